"""What every test of the window gets: no screen, settings and questions of its own, and nothing left behind."""

import gc
import os
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before anything imports Qt

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QThread
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.dialogs import Elsewhere, Left, Mend, Outside, Unsaved
from app.paper import Sheet
from app.runner import Runner
from app.session import load_engine
from app.settings import Settings
from app.theme import apply_theme
from app.window import Window
from models import Deal, SourceTable


class Script:
    """Answers to the questions of the program, in the order they are expected; any other question fails the test."""

    def __init__(self) -> None:
        self._expected: list[tuple[str, Any]] = []
        self.told: list[tuple[str, str]] = []
        self.asked: list[tuple[str, tuple[object, ...]]] = []

    def expect(self, question: str, answer: object = None) -> None:
        """The next question is this one, and this is the answer."""
        self._expected.append((question, answer))

    def left(self) -> list[str]:
        """Questions expected and never asked."""
        return [question for question, _ in self._expected]

    def _answer(self, question: str, *said: object) -> Any:
        if not self._expected or self._expected[0][0] != question:
            pytest.fail(f"The program asks {question}{said}, and the script expects {self.left() or 'nothing'}")
        self.asked.append((question, said))
        return self._expected.pop(0)[1]

    def open_deal(self, _parent: QWidget, folder: str) -> Path | None:
        return self._path(self._answer("open_deal", folder))

    def save_deal(self, _parent: QWidget, suggested: str) -> Path | None:
        return self._path(self._answer("save_deal", suggested))

    def open_workbook(self, _parent: QWidget, folder: str) -> Path | None:
        return self._path(self._answer("open_workbook", folder))

    def save_workbook(self, _parent: QWidget, suggested: str) -> Path | None:
        return self._path(self._answer("save_workbook", suggested))

    def preview(self, _parent: QWidget, sheet: Sheet) -> None:
        self._answer("preview", sheet)

    def save_picture(self, _parent: QWidget, suggested: str) -> Path | None:
        return self._path(self._answer("save_picture", suggested))

    def save_figures(self, _parent: QWidget, suggested: str) -> Path | None:
        return self._path(self._answer("save_figures", suggested))

    def save_table(self, _parent: QWidget, suggested: str) -> Path | None:
        return self._path(self._answer("save_table", Path(suggested).name))

    def unsaved(self, _parent: QWidget, name: str, changes: str) -> Unsaved:
        answer = self._answer("unsaved", name, changes)
        assert isinstance(answer, Unsaved)
        return answer

    def open_table(self, _parent: QWidget, folder: str) -> Path | None:
        return self._path(self._answer("open_table", folder))

    def import_series(
        self, _parent: QWidget, name: str, tables: Sequence[SourceTable], deal: Deal, tenant: int
    ) -> tuple[int, tuple[float, ...]] | None:
        answer = self._answer("import_series", name, tables, deal, tenant)
        assert answer is None or isinstance(answer, tuple)
        return answer

    def opened_elsewhere(self, _parent: QWidget, name: str, holder: str, *, saving: bool) -> Elsewhere:
        answer = self._answer("opened_elsewhere", name, holder, saving)
        assert isinstance(answer, Elsewhere)
        return answer

    def changed_outside(self, _parent: QWidget, name: str, changes: str) -> Outside:
        answer = self._answer("changed_outside", name, changes)
        assert isinstance(answer, Outside)
        return answer

    def overwrite_outside(self, _parent: QWidget, name: str) -> Outside:
        answer = self._answer("overwrite_outside", name)
        assert isinstance(answer, Outside)
        return answer

    def left_unsaved(self, _parent: QWidget, name: str, words: str) -> Left:
        answer = self._answer("left_unsaved", name, words)
        assert isinstance(answer, Left)
        return answer

    def unfit_scenario(self, _parent: QWidget, name: str, why: str, unfit: str) -> Mend:
        answer = self._answer("unfit_scenario", name, why, unfit)
        assert isinstance(answer, Mend)
        return answer

    def lost_changes(self, _parent: QWidget, name: str, places: Sequence[str]) -> bool:
        return bool(self._answer("lost_changes", name, tuple(places)))

    def tell(self, _parent: QWidget, title: str, text: str, _icon: str = "") -> None:
        self._answer("tell", title, text)
        self.told.append((title, text))

    def name(self, _parent: QWidget, title: str, suggested: str, taken: Collection[str], verb: str) -> str | None:
        answer = self._answer("name", title, suggested, tuple(taken), verb)
        assert answer is None or isinstance(answer, str)
        return answer

    @staticmethod
    def _path(answer: object) -> Path | None:
        assert answer is None or isinstance(answer, Path)
        return answer


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings in a folder of this test."""
    return Settings(tmp_path / "settings")


@pytest.fixture
def dialogs() -> Iterator[Script]:
    """The questions of the program, scripted; the test fails on one that is not expected, or not asked."""
    script = Script()
    yield script
    assert script.left() == [], f"never asked: {script.left()}"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Numbers in English marks, whatever the machine speaks."""
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    yield
    QLocale.setDefault(before)


@pytest.fixture(scope="session", autouse=True)
def imported() -> None:
    """What is imported once for all tests is no litter of any of them, and need not be looked through after each."""
    load_engine()
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def nothing_left_behind(qapp: QApplication) -> Iterator[None]:
    """Fails a test that leaves a window or a thread behind."""
    before = set(threading.enumerate())
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    left = [f"{type(widget).__name__} {widget.objectName()}" for widget in qapp.topLevelWidgets()]
    assert left == [], "windows are left behind"
    # where a thread of Qt's waits for one of Python's, Python notes it under a name like this for good
    new = [thread.name for thread in threading.enumerate() if thread not in before]
    threads = [name for name in new if not name.startswith("Dummy-")]
    assert threads + _running() == [], "threads are left behind"


def _running() -> list[str]:
    """The Qt threads that still run; Python's own list does not hold them."""
    threads = [each for each in gc.get_objects() if issubclass(type(each), QThread)]
    return [repr(thread) for thread in threads if isValid(thread) and thread.isRunning()]


@pytest.fixture
def themed(qapp: QApplication) -> QApplication:
    """The application in its light theme."""
    apply_theme(qapp, "light")
    return qapp


@pytest.fixture
def make_window(qtbot: QtBot, themed: QApplication, settings: Settings, dialogs: Script) -> Callable[[], Window]:
    """Makes windows that are closed at the end of the test, changes given up and all threads waited for."""

    assert themed.palette() is not None

    def made() -> Window:
        window = Window(settings, dialogs, Runner(load_engine))
        qtbot.addWidget(window, before_close_func=lambda closed: closed.give_up())
        if settings.state("window") is None:
            window.resize(1440, 900)
        window.show()
        qtbot.waitExposed(window)
        return window

    return made


@pytest.fixture
def window(make_window: Callable[[], Window]) -> Window:
    """A window on the start page."""
    return make_window()
