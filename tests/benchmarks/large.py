"""How a deal of 12 phases, 20 segments and 240 months feels: opening, typing, scrolling, switching, pasting.

    uv run python -m tests.benchmarks.large [rounds]

The Austral template is typed into in the same run: the ratio says more than milliseconds of one machine.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import get_args

from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from app.dialogs import QtDialogs
from app.forms.year_table import YearTable
from app.panels.cash_flow import CashFlowPage, Period
from app.runner import Runner
from app.session import load_engine
from app.settings import Settings
from app.theme import apply_theme
from app.window import Window
from models import save_deal, sections
from tests.benchmarks.keystroke import measure, opened
from tests.benchmarks.large_deal import MONTHS, SEGMENTS, large_deal

ROUNDS = 6
TYPED, SCROLLED, SWITCHED = 50.0, 16.7, 100.0
"""Milliseconds wanted: from a key to the painted figures, for one step of scrolling, and to another tab or section."""


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
    window.warm_up()  # as it is by the time that somebody has chosen a file
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


def scrolled(window: Window, period: Period = "month") -> list[float]:
    """Milliseconds of each step through the table of a period, to the right and then down, painted."""
    window.desk.results.choose(CashFlowPage.title)
    page = window.desk.results.page(CashFlowPage)
    page.choose_period(period)
    view = page.table().view
    taken = []
    for bar in (view.horizontalScrollBar(), view.verticalScrollBar()):
        for value in range(bar.minimum(), bar.maximum() + 1, bar.singleStep()):
            started = perf_counter()
            bar.setValue(value)
            view.viewport().repaint()
            taken.append((perf_counter() - started) * 1000)
    return taken


def painted(act: Callable[[], object]) -> float:
    """Milliseconds until something is done and all that it changes is painted."""
    started = perf_counter()
    act()
    QCoreApplication.sendPostedEvents()
    return (perf_counter() - started) * 1000


def switched(window: Window, rounds: int = ROUNDS) -> dict[str, list[float]]:
    """Milliseconds of going to each section and each tab, and of other periods of the table, each seen before."""
    desk = window.desk
    page = desk.results.page(CashFlowPage)
    periods = get_args(Period)

    def to_sections() -> list[float]:
        return [painted(partial(desk.sections.choose, section.key)) for section in sections()]

    def to_tabs() -> list[float]:
        return [painted(partial(desk.results.choose, tab)) for tab in desk.results.titles()]

    def to_periods() -> list[float]:
        desk.results.choose(CashFlowPage.title)
        return [painted(partial(page.choose_period, period)) for period in periods]

    found = {}
    for what, go in (("sections", to_sections), ("tabs", to_tabs), ("periods", to_periods)):
        go()
        found[what] = [each for _ in range(rounds) for each in go()]
    return found


def pasted(window: Window) -> tuple[float, float]:
    """Milliseconds until 240 months of a tenant are pasted, and until that is undone, each painted."""
    place = f"demand[{SEGMENTS - 1}].gpus_by_month"
    window.desk.go_to(place)
    painted(lambda: None)
    table = next(each for each in window.desk.forms.page().findChildren(YearTable) if place in each.binding.paths)
    QGuiApplication.clipboard().setText("\n".join("\t".join(["77"] * 12) for _ in range(MONTHS // 12)))
    table.view.setCurrentIndex(table.model.index(0, 0))
    before = window.document.deal
    there = painted(table.paste)
    assert window.document.deal != before
    back = painted(window.document.stack.undo)
    assert window.document.deal == before
    return there, back


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
        steps = [Taken(f"by {period}", tuple(scrolled(window, period))) for period in get_args(Period)]
        steps += [Taken(what, tuple(times)) for what, times in switched(window).items()]
        there, back = pasted(window)
        window.give_up()
    say = sys.stdout.write
    say(f"opened and shown in {opening:.0f} ms\n")
    for before, after in zip(small, large, strict=True):
        ratio = after.usual / before.usual
        say(f"{after.what:12}  p50 {after.usual:5.1f} ms  p95 {after.high:5.1f} ms  {ratio:.2f} times Austral\n")
    for each in steps:
        say(f"{each.what:12}  p50 {each.usual:5.1f} ms  p95 {each.high:5.1f} ms  most {max(each.times):.1f} ms\n")
    say(f"{MONTHS} months pasted in {there:.0f} ms, undone in {back:.0f} ms\n")
    held = all(each.high <= TYPED for each in large)
    held &= all(each.high <= (SCROLLED if each.what.startswith("by ") else SWITCHED) for each in steps)
    wanted = f"p95 of typing at most {TYPED:.0f} ms, of scrolling {SCROLLED} ms, of switching {SWITCHED:.0f} ms"
    say(f"wanted: {wanted}: {'held' if held else 'NOT held'}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(*(int(word) for word in sys.argv[1:2])))
