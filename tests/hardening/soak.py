"""Hours of use in short: `uv run python -m tests.hardening.soak MINUTES [SEED]`.

A window without a screen is used at random: fields typed over, undone and done again, simulations run and stopped,
tabs and sections changed, figures explained, terms solved for, the help opened, the theme changed, scenarios made and
left, the partner view entered, workbooks exported, deals saved, closed and opened. After each deal widgets, threads and
memory are counted; they must not grow, and nothing may break.
"""

from __future__ import annotations

import gc
import os
import random
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from traceback import format_exception

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from app.charts.view import ChartView
from app.dialogs import QtDialogs, Unsaved
from app.panels.solve import SolveDialog
from app.runner import Runner, give_back
from app.session import load_engine
from app.settings import Settings
from app.theme import apply_theme
from app.window import Window
from models import sections, template_names

FIELDS = (
    "credit_support[0].floor_prices[1]",
    "senior_debt.target_dscr",
    "operations.rent_per_kw_month",
    "partner.tax_rate",
    "revenue_share.rates[0][0]",
)
STEPS = 25
"""Things done with a deal before it is closed."""
WARM = 10
"""Deals before the counting begins: caches and pages made once are full by then."""
LONGEST_JOB = 20.0
"""Seconds within which work must have ended that was stopped, on a machine that does other work too."""
LEAST = 9
"""Deals counted from which on growth can be told."""
MOST_MEMORY = 0.10
"""Part by which memory may be higher over the last third of the deals than over the first: it is never quite still."""


@dataclass(frozen=True)
class Count:
    """What there is once a deal is closed."""

    widgets: int
    threads: int
    megabytes: float


class Answers(QtDialogs):
    """Answers every question without showing it; what is told is kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.told: list[str] = []

    def save_deal(self, _parent: QWidget, suggested: str) -> Path | None:
        return self._folder / Path(suggested).name

    def save_figures(self, _parent: QWidget, suggested: str) -> Path | None:
        return self._folder / Path(suggested).name

    def save_workbook(self, _parent: QWidget, suggested: str) -> Path | None:
        return self._folder / Path(suggested).name

    def unsaved(self, _parent: QWidget, _name: str, _changes: str) -> Unsaved:
        return Unsaved.DISCARD

    def name(self, _parent: QWidget, _title: str, suggested: str, _taken: Collection[str], _verb: str) -> str | None:
        return suggested

    def tell(self, _parent: QWidget, title: str, text: str, _icon: str = "") -> None:
        self.told.append(f"{title}: {text}")


class Soak:
    """One window in use; `faults` are traces of the program's own mistakes and messages that were not expected."""

    def __init__(self, folder: Path, seed: int) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self._app = app
        self.faults: list[str] = []
        self.done = Counter[str]()
        self._dice = random.Random(seed)
        self._answers = Answers(folder)
        self._runner = Runner(load_engine)
        self.window = Window(Settings(folder / "settings"), self._answers, self._runner)
        self.window.broken.connect(self.faults.append)
        self.window.resize(1280, 800)
        self.window.show()

    def deal(self) -> Count:
        """Open a deal, use it, close it, and count what is left."""
        window = self.window
        self.until(window.live.shown, lambda: window.filing.open_template(self._dice.choice(self.templates())))
        acts = self._acts()
        for _ in range(STEPS):
            name = self._dice.choice(list(acts))
            self.done[name] += 1
            acts[name]()
            self.rest(self._dice.choice((0, 10, 60)))
        window.partner.leave()
        if window.risk.simulating.is_running:
            window.risk.simulating.stop()
        window.exporting.stop()
        window.filing.close()
        self.rest(300)
        self._end_jobs()
        return counted()

    def _end_jobs(self) -> None:
        """Wait for work that was stopped and has not noticed yet: its threads and memory are not left behind."""
        end = monotonic() + LONGEST_JOB
        while self._runner.jobs():
            if monotonic() > end:
                self.faults.append(f"work runs on {LONGEST_JOB} seconds after its deal was closed")
                return
            self.rest(50)

    def close(self) -> None:
        """Close the window, while a simulation runs."""
        self.until(self.window.live.shown, lambda: self.window.filing.open_template("austral"))
        self.window.risk.simulating.start()
        self.rest(30)
        self.window.give_up()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self.faults += self._answers.told

    def _acts(self) -> dict[str, Callable[[], object]]:
        window, dice = self.window, self._dice
        desk, actions = window.desk, window.actions_
        return {
            "type": self._type,
            "type again": self._type,
            "undo": actions["undo"].trigger,
            "redo": actions["redo"].trigger,
            "section": lambda: desk.sections.choose(dice.choice(sections()).key),
            "tab": lambda: desk.results.choose(dice.choice(desk.results.titles())),
            "run": window.risk.simulating.start,
            "stop": window.risk.simulating.stop,
            "new scenario": window.scenarios.make,
            "next scenario": lambda: window.scenarios.step(1),
            "delete scenario": lambda: window.scenarios.delete() if window.document.scenario else None,
            "partner view": dice.choice((window.partner.enter, window.partner.leave)),
            "export": lambda: window.exporting.start(dice.choice(("partner", "internal"))),
            "save": window.filing.save,
            "fold": desk.toggle_fold,
            "explain": actions["explain"].trigger,
            "explain a chart": self._explain_chart,
            "help": lambda: self._look_up("help"),
            "line items": lambda: self._look_up("reference"),
            "solve": self._solve,
            "theme": lambda: apply_theme(self._app, dice.choice(("light", "dark"))),
            "save tables": lambda: window.figures_out.start(window.live, desk),
        }

    def _explain_chart(self) -> None:
        """Ask a chart in sight what one of its places comes from."""
        charts = [each for each in self.window.desk.findChildren(ChartView) if each.isVisible() and each.chart()]
        if charts:
            chart = self._dice.choice(charts)
            chart.setFocus()
            for _ in range(self._dice.randrange(6)):
                QTest.keyClick(chart, self._dice.choice((Qt.Key.Key_Right, Qt.Key.Key_Down)))
            self.window.actions_["explain"].trigger()

    def _look_up(self, action: str) -> None:
        """Open the help or the list of line items for a moment."""
        self.window.actions_[action].trigger()
        self.rest(10)
        for dialog in self._dialogs():
            dialog.close()

    def _solve(self) -> None:
        """Open the dialog, and search at the second time when it knows the terms; it is put away with the deal."""
        self.window.actions_["solve"].trigger()
        self.rest(60)
        for dialog in self._dialogs():
            if isinstance(dialog, SolveDialog) and dialog.go.isEnabled():
                dialog.go.click()
                self.rest(60)
            dialog.close()

    @staticmethod
    def _dialogs() -> list[QDialog]:
        return [each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible()]

    def _type(self) -> None:
        if self.window.partner.window is not None:
            return
        self.type_over(self._dice.choice(FIELDS), self._dice.choice(("1.3", "12", "0.25", "3.4", "x", "200")))

    def type_over(self, path: str, text: str) -> None:
        """Type into the field at a path, letter by letter, and end with Enter."""
        self.window.desk.go_to(path)
        for letter in text:
            self._key(letter)
        held = QApplication.focusWidget()
        if held is not None:
            QTest.keyClick(held, Qt.Key.Key_Return)

    @staticmethod
    def _key(letter: str) -> None:
        held = QApplication.focusWidget()
        if held is not None:
            QTest.keyClicks(held, letter)

    @staticmethod
    def templates() -> tuple[str, ...]:
        """The names of the templates that have figures."""
        return tuple(each.name for each in template_names() if each.name != "empty")

    @staticmethod
    def rest(milliseconds: int) -> None:
        """Let the event loop run."""
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    @staticmethod
    def until(signal: object, act: Callable[[], object]) -> None:
        """Do something and let the event loop run until a signal comes, or for a while where it does not."""
        loop = QEventLoop()
        signal.connect(loop.quit)  # type: ignore[attr-defined]  # a bound signal, which Qt's stubs do not name
        QTimer.singleShot(20_000, loop.quit)
        act()
        loop.exec()


def counted() -> Count:
    """Widgets, threads and memory, after everything that may go has gone."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    give_back()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    pages = int(Path("/proc/self/statm").read_text().split()[1]) if Path("/proc/self/statm").exists() else 0
    tasks = Path("/proc/self/task")  # every thread, also those of Qt and NumPy, of which Python knows nothing
    threads = len(list(tasks.iterdir())) if tasks.exists() else threading.active_count()
    megabytes = pages * os.sysconf("SC_PAGE_SIZE") / 1e6 if pages else 0.0
    return Count(len(QApplication.allWidgets()), threads, megabytes)


def grown(counts: list[Count]) -> list[str]:
    """What has grown from the first third of the deals to the last, in words; the first few deals do not count."""
    steady = counts[WARM:]
    third = max(1, len(steady) // 3)
    if len(steady) < LEAST:  # too few to tell growth from caches that are still filled
        return []
    first, last = steady[:third], steady[-third:]
    found = []
    for what in ("widgets", "threads", "megabytes"):
        before, after = (max(getattr(each, what) for each in part) for part in (first, last))
        room = {"widgets": 40, "threads": 2, "megabytes": MOST_MEMORY * before}[what]
        if after > before + room:
            found.append(f"{what} grew from {before:.0f} to {after:.0f}")
    return found


def main(minutes: float, seed: int = 1) -> int:
    """Use a window for so long, print what was done and counted; 1 where something broke or grew."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    apply_theme(app, "light")
    end = monotonic() + 60 * minutes
    broken: list[str] = []
    sys.excepthook = lambda kind, error, trace: broken.append("".join(format_exception(kind, error, trace)))
    counts: list[Count] = []
    with tempfile.TemporaryDirectory() as folder:
        soak = Soak(Path(folder), seed)
        while monotonic() < end or not counts:
            counts.append(soak.deal())
            if len(counts) % 10 == 1:
                sys.stdout.write(f"deal {len(counts):4}: {counts[-1]}\n")
                sys.stdout.flush()
        soak.close()
    sys.stdout.write(f"{len(counts)} deals, {sum(soak.done.values())} acts: {dict(sorted(soak.done.items()))}\n")
    sys.stdout.write(f"at the end: {counts[-1]}; after the window is closed: {counted()}\n")
    wrong = broken + soak.faults + grown(counts)
    sys.stdout.write("\n".join(wrong) + "\n" if wrong else "nothing broke and nothing grew\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 60.0, *(int(word) for word in sys.argv[2:3])))
