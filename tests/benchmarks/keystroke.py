"""How long it takes from a keystroke in the form until the key figures are painted; run as a script for the figures."""

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.dialogs import QtDialogs
from app.runner import Runner
from app.session import load_engine
from app.settings import Settings
from app.theme import apply_theme
from app.window import Window

FIELDS = ("credit_support[0].floor_prices[1]", "senior_debt.target_dscr", "operations.rent_per_kw_month")
ROUNDS = 12
SEEN = 30  # milliseconds that a page is looked at before somebody types into it
TOO_LONG = 5_000  # milliseconds after which a figure counts as lost


class Painted(QObject):
    """Runs the event loop until a widget is painted after the figures of the newest deal have come."""

    def __init__(self, window: Window, watched: QWidget) -> None:
        super().__init__()
        self._window = window
        self._watched = watched
        self._loop = QEventLoop()
        self._come = False
        self._lost = False
        self._limit = QTimer()
        self._limit.setSingleShot(True)
        self._limit.timeout.connect(self._give_up)
        window.live.shown.connect(self._on_figures)
        watched.installEventFilter(self)

    def milliseconds(self, act: Callable[[], object]) -> float | None:
        """The time from `act` to the painted figures; None where it did not change the deal."""
        self._come = False
        before = self._window.document.deal
        started = perf_counter()
        act()
        if self._window.document.deal is before:
            return None
        self._limit.start(TOO_LONG)
        self._loop.exec()
        self._limit.stop()
        if self._lost:
            raise TimeoutError("no figures were painted")
        return (perf_counter() - started) * 1000

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        """Leave the loop once the paint that was waited for is done."""
        if self._come and event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self._loop.quit)
        return False

    def _on_figures(self) -> None:
        self._come = True
        self._watched.update()  # also where the figure reads as before

    def _give_up(self) -> None:
        self._lost = True
        self._loop.quit()


def measure(window: Window, rounds: int) -> list[float]:
    """Milliseconds of every keystroke that changes the deal: numbers typed over in three fields, again and again."""
    taken: list[float] = []
    painted = Painted(window, window.desk.rail.row("partner_irr").widget)
    for turn in range(rounds):
        for path, numbers in zip(FIELDS, (("3.2", "3.4"), ("1.3", "1.4"), ("180", "190")), strict=True):
            window.desk.go_to(path)
            _rest(SEEN)  # nobody types into a page that is not painted yet
            for letter in numbers[turn % 2]:
                target = QApplication.focusWidget()
                assert target is not None
                took = painted.milliseconds(_typing(target, letter))
                if took is not None:
                    taken.append(took)
            end = QApplication.focusWidget()
            assert end is not None
            QTest.keyClick(end, Qt.Key.Key_Return)
            _rest(0)  # an editor in a table closes once the event loop comes round
    return taken


def _rest(milliseconds: int) -> None:
    """Let the event loop run."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _typing(target: QWidget, letter: str) -> Callable[[], None]:
    return lambda: QTest.keyClicks(target, letter)


def opened(name: str, folder: Path) -> Window:
    """A window with a template open and its figures shown."""
    window = Window(Settings(folder), QtDialogs(), Runner(load_engine))
    window.resize(1440, 900)
    window.show()
    loop = QEventLoop()
    window.live.shown.connect(loop.quit)
    window.filing.open_template(name)
    loop.exec()
    return window


def main(rounds: int = ROUNDS) -> int:
    """Print the figures for two templates on every tab."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    apply_theme(app, "light")
    for name in ("austral", "fjord"):
        with tempfile.TemporaryDirectory() as folder:
            window = opened(name, Path(folder))
            for tab in window.desk.results.titles():
                window.desk.results.choose(tab)
                taken = measure(window, rounds)
                high = quantiles(taken, n=20)[-1]
                where = f"{name:10} {tab.replace('&&', '&'):12} {len(taken):4} keystrokes"
                print(f"{where}  p50 {median(taken):5.1f} ms  p95 {high:5.1f} ms")  # noqa: T201 - a script that is run for its figures
            window.give_up()
    return 0


if __name__ == "__main__":
    sys.exit(main(*(int(word) for word in sys.argv[1:2])))
