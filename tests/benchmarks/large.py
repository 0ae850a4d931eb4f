"""How a deal of 12 phases, 20 segments and 240 months feels: opening, typing on every tab, scrolling the monthly table.

    uv run python -m tests.benchmarks.large [rounds]

The Austral template is typed into in the same run: the ratio says more than milliseconds of one machine.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from app.dialogs import QtDialogs
from app.panels.cash_flow import CashFlowPage
from app.runner import Runner
from app.session import load_engine
from app.settings import Settings
from app.theme import apply_theme
from app.window import Window
from models import save_deal
from tests.benchmarks.keystroke import measure, opened
from tests.benchmarks.large_deal import large_deal

ROUNDS = 6
TYPED, SCROLLED = 50.0, 16.7
"""Milliseconds wanted: from a key to the painted figures at the 95th percentile, and for one step of scrolling."""


@dataclass(frozen=True)
class Taken:
    """How long one thing took, again and again, in milliseconds."""

    what: str
    times: tuple[float, ...]

    @property
    def usual(self) -> float:
        """The median."""
        return median(self.times)

    @property
    def high(self) -> float:
        """The 95th percentile."""
        return quantiles(self.times, n=20)[-1] if len(self.times) > 1 else self.times[0]


def new_window(folder: Path) -> Window:
    """A window on its start page, with settings in a folder."""
    window = Window(Settings(folder), QtDialogs(), Runner(load_engine))
    window.resize(1440, 900)
    window.show()
    return window


def open_large(window: Window, folder: Path) -> float:
    """Open the large deal from a file in a folder; the milliseconds until its figures are shown."""
    path = folder / "large.deal"
    save_deal(large_deal(), path)
    loop = QEventLoop()
    window.live.shown.connect(loop.quit)
    started = perf_counter()
    window.open_path(str(path))
    loop.exec()
    return (perf_counter() - started) * 1000


def scrolled(window: Window) -> list[float]:
    """Milliseconds of each step through the monthly table, to the right and then down, painted."""
    window.desk.results.choose(CashFlowPage.title)
    page = window.desk.results.page(CashFlowPage)
    page.choose_period("month")
    view = page.table().view
    taken = []
    for bar in (view.horizontalScrollBar(), view.verticalScrollBar()):
        for value in range(bar.minimum(), bar.maximum() + 1, bar.singleStep()):
            started = perf_counter()
            bar.setValue(value)
            view.viewport().repaint()
            taken.append((perf_counter() - started) * 1000)
    return taken


def typed(window: Window, rounds: int) -> list[Taken]:
    """Typing on every tab, with the table of the cash flow by month."""
    window.desk.results.page(CashFlowPage).choose_period("month")
    taken = []
    for tab in window.desk.results.titles():
        window.desk.results.choose(tab)
        taken.append(Taken(tab.replace("&&", "&"), tuple(measure(window, rounds))))
    return taken


def main(rounds: int = ROUNDS) -> int:
    """Print the figures."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    apply_theme(app, "light")
    with tempfile.TemporaryDirectory() as folder:
        window = opened("austral", Path(folder))
        small = typed(window, rounds)
        window.give_up()
        window = new_window(Path(folder))
        opening = open_large(window, Path(folder))
        large = typed(window, rounds)
        steps = Taken("scrolling", tuple(scrolled(window)))
        window.give_up()
    say = sys.stdout.write
    say(f"opened and shown in {opening:.0f} ms\n")
    for before, after in zip(small, large, strict=True):
        ratio = after.usual / before.usual
        say(f"{after.what:12}  p50 {after.usual:5.1f} ms  p95 {after.high:5.1f} ms  {ratio:.2f} times Austral\n")
    say(f"scrolling     p50 {steps.usual:5.1f} ms  p95 {steps.high:5.1f} ms  most {max(steps.times):.1f} ms\n")
    held = all(each.high <= TYPED for each in large) and steps.high <= SCROLLED
    wanted = f"typing p95 at most {TYPED:.0f} ms, scrolling p95 at most {SCROLLED} ms"
    say(f"wanted: {wanted}: {'held' if held else 'NOT held'}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(*(int(word) for word in sys.argv[1:2])))
