"""A window without a screen that is put into a state and photographed: it waits until nothing more will change."""

from __future__ import annotations

import gc
import json
import os
import shutil
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractEventDispatcher,
    QCoreApplication,
    QEvent,
    QEventLoop,
    QLocale,
    QTimer,
    qInstallMessageHandler,
)
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QDialog, QWidget

from app.dialogs import QtDialogs
from app.runner import Answer, Failure, Runner
from app.session import load_engine
from app.settings import Settings
from app.theme import apply_theme
from app.theme.apply import Mode
from app.window import Window

LONGEST = 60_000
"""Milliseconds after which a state that never comes is given up."""
TURNS = 4
"""Turns of the event loop for which a state must last: the layout of a form takes more than one."""
SHORT = 1_000
"""Timers of fewer milliseconds are waited for: they hold back something that will be shown."""


def screenless(folder: Path, size: tuple[int, int]) -> QApplication:
    """The application on a screen that is only memory, a little larger than the windows that are photographed."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    screen = {"name": "memory", "x": 0, "y": 0, "width": size[0], "height": size[1], "logicalDpi": 96, "dpr": 1}
    file = folder / "screen.json"
    file.write_text(json.dumps({"screens": [screen]}), encoding="utf-8")
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={file}"
    qInstallMessageHandler(_told)
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    app = QApplication(["backstop"])
    app.setApplicationName("Backstop")
    return app


def _told(_kind: object, _where: object, text: str) -> None:
    """Pass on what Qt says, but for what this kind of screen always says."""
    if not text.startswith("This plugin does not support"):
        sys.stderr.write(f"{text}\n")


class Answers(QtDialogs):
    """The real dialogs, but for those of the platform that ask for a file: these give the next file of a list."""

    def __init__(self) -> None:
        self.files: list[Path] = []
        self.names: list[str] = []

    def open_deal(self, parent: QWidget, folder: str) -> Path | None:
        return self._next() if self.files else super().open_deal(parent, folder)

    def save_deal(self, parent: QWidget, suggested: str) -> Path | None:
        return self._next() if self.files else super().save_deal(parent, suggested)

    def open_workbook(self, _parent: QWidget, _folder: str) -> Path | None:
        return self._next()

    def save_workbook(self, parent: QWidget, suggested: str) -> Path | None:
        return self._next() if self.files else super().save_workbook(parent, suggested)

    def open_table(self, _parent: QWidget, _folder: str) -> Path | None:
        return self._next()

    def name(self, parent: QWidget, title: str, suggested: str, taken: Collection[str], verb: str) -> str | None:
        return self.names.pop(0) if self.names else super().name(parent, title, suggested, taken, verb)

    def _next(self) -> Path:
        return self.files.pop(0)


class Watched(Runner):
    """A runner that knows whether an answer is still on its way."""

    def __init__(self) -> None:
        super().__init__(load_engine)
        self._open: dict[str, int] = {}
        self.answered.connect(self._on_outcome)
        self.refused.connect(self._on_outcome)

    def ask(self, slot: str, work: Callable[[], object], *, live: bool = False) -> int:
        number = super().ask(slot, work, live=live)
        self._open[slot] = number
        return number

    def forget(self, slot: str) -> None:
        super().forget(slot)
        self._open.pop(slot, None)

    def is_quiet(self) -> bool:
        """True while nothing is computed."""
        return not self._open and not self.jobs()

    def _on_outcome(self, slot: str, outcome: Answer | Failure) -> None:
        if self._open.get(slot) == outcome.number:
            del self._open[slot]


class Stage:
    """One window with settings of its own in `folder`, of a theme and size; pictures go to `keep`."""

    def __init__(
        self, app: QApplication, folder: Path, theme: Mode, size: tuple[int, int], keep: Callable[[str, QWidget], None]
    ) -> None:
        self.app = app
        self.folder = folder
        self.theme: Mode = theme
        self.size = size
        self._keep = keep
        self.answers = Answers()
        self.settings = Settings(folder / "settings")
        self.settings.theme = theme
        apply_theme(app, theme)
        self.runner = Watched()
        self.window = self._opened()

    def _opened(self) -> Window:
        window = Window(self.settings, self.answers, self.runner)
        window.broken.connect(self._give_up)
        window.resize(*self.size)
        window.move(0, 0)
        window.show()
        window.activateWindow()
        return window

    def again(self) -> Window:
        """Close the window as a crash would leave it, its work kept aside, and open another one."""
        self.close()
        self.runner = Watched()
        self.window = self._opened()
        return self.window

    def close(self) -> None:
        """Close the window without a question, and let everything of it go."""
        self.window.partner.leave()
        self.window.give_up()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        gc.collect()

    # waiting

    def settle(self) -> None:
        """Wait until nothing is computed, held back or left to be painted."""
        self.wait(lambda: self.runner.is_quiet() and not self._holds_back())

    def wait(self, done: Callable[[], bool]) -> None:
        """Wait until `done`, asked whenever there is nothing else to do."""
        loop = QEventLoop()
        dispatcher = QAbstractEventDispatcher.instance()
        assert dispatcher is not None
        late = QTimer()
        late.setSingleShot(True)
        late.timeout.connect(lambda: loop.exit(1))
        late.start(LONGEST)
        still = 0

        def look() -> None:
            nonlocal still
            still = still + 1 if done() else 0
            if still >= TURNS:
                loop.quit()
            elif still:
                dispatcher.wakeUp()

        dispatcher.aboutToBlock.connect(look)
        try:
            if loop.exec() != 0:
                raise TimeoutError("the window never came to the state that was to be photographed")
        finally:
            dispatcher.aboutToBlock.disconnect(look)

    def _holds_back(self) -> bool:
        tops = [top for top in self.app.topLevelWidgets() if top.isVisible()]
        timers = [timer for top in (self.window, *tops) for timer in top.findChildren(QTimer)]
        return any(timer.isActive() and timer.isSingleShot() and timer.interval() < SHORT for timer in timers)

    # pictures

    def take(self, name: str, widget: QWidget | None = None) -> None:
        """Photograph the window, or a widget, as it is once it is at rest."""
        self.settle()
        self.snap(name, widget)

    def snap(self, name: str, widget: QWidget | None = None) -> None:
        """Photograph the window, or a widget, just as it is."""
        self._keep(name, widget or self.window)

    def take_modal(self, name: str, act: Callable[[], object]) -> None:
        """Do what asks a question, photograph that, and answer it with Escape."""
        with self._photographed(name) as taken:
            act()
            self.wait(lambda: bool(taken) and self.app.activeModalWidget() is None)

    @contextmanager
    def _photographed(self, name: str) -> Iterator[list[str]]:
        """While this lasts, the next question is photographed and turned down."""
        dispatcher = QAbstractEventDispatcher.instance()
        assert dispatcher is not None
        taken: list[str] = []

        def look() -> None:
            asked = self.app.activeModalWidget()
            if isinstance(asked, QDialog) and not taken and asked.isVisible():
                taken.append(name)
                self.snap(name, asked)
                QTimer.singleShot(0, asked, asked.reject)

        dispatcher.aboutToBlock.connect(look)
        try:
            yield taken
        finally:
            dispatcher.aboutToBlock.disconnect(look)

    # acting

    def open(self, template: str) -> None:
        """Open a template as a file of its own, so that it counts as saved, and wait for its figures."""
        self.open_file(self.copied(template))

    def copied(self, template: str) -> Path:
        """A copy of a template in the folder of this stage, under the deal's own name."""
        from models import load_template, resource  # noqa: PLC0415 - the engine is loaded when it is first needed

        target = self.folder / f"{load_template(template).name}.deal"
        shutil.copyfile(resource("templates", f"{template}.deal"), target)
        return target

    def open_file(self, path: Path) -> None:
        """Open a deal and wait for its figures."""
        self.window.open_path(str(path))
        self.settle()

    def section(self, key: str) -> None:
        """Show the form of a section."""
        self.window.desk.fold(False)
        self.window.desk.sections.choose(key)

    def tab(self, title: str, *, folded: bool = False) -> None:
        """Bring a tab of the results to the front, over the whole height where the form is folded away."""
        self.window.desk.fold(folded)
        self.window.desk.results.choose(title)
        self.settle()

    def edit(self, path: str, value: Any) -> None:
        """Change a field of the deal, as an edit with words."""
        refusal = self.window.document.edit(path, value, path, "")
        assert not refusal, refusal

    def type(self, path: str, text: str) -> None:
        """Go to a field and type over what stands there, without leaving it."""
        self.window.desk.go_to(path)
        held = QApplication.focusWidget()
        assert held is not None, "nothing has the focus"
        if not isinstance(held, QAbstractItemView):  # a table begins an entry of its own with the first letter
            QTest.keySequence(held, "Ctrl+A")
        for letter in text:
            taker = QApplication.focusWidget()
            assert taker is not None
            QTest.keyClicks(taker, letter)

    def _give_up(self, trace: str) -> None:
        raise RuntimeError(f"the program made a mistake:\n{trace}")


def park_pointer() -> None:
    """Take the pointer out of the picture, where it would hover over something."""
    QCursor.setPos(-10, -10)
