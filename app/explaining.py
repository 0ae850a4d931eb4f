"""Explaining figures: which one is looked at, the way back, and the explanations, made away from the window."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

import models  # the engine explains in the worker's thread
from app.live import Figures, Live
from app.places import Explainable, ExplainsItself, FigurePlace
from app.runner import Answer, Failure, Runner

if TYPE_CHECKING:
    from app.simulating import Simulation
    from models import Case, Deal, Explanation, OverTerm

MOST_NESTED = 24
"""Rows of ingredients up to which those of the ingredients are listed too."""


@dataclass(frozen=True)
class Explained:
    """A figure with its explanation, those of its ingredients by their key, and its line over the term."""

    place: FigurePlace
    case_title: str
    explanation: Explanation
    nested: Mapping[tuple[str, str, int, int], Explanation]
    term: OverTerm | None
    months: tuple[str, ...]
    workbook: str = ""  # where the figure stands in the exported workbook
    drawn: tuple[Case, str] | None = None  # the case and the line that is drawn over the term
    rules: Mapping[tuple[str, int | None], str] = field(default_factory=dict)  # which rule gave a line in a month


def explained_simulated(simulation: Simulation, place: FigurePlace, *, stale: bool) -> Explained:
    """All that a page shows of a figure of a simulation."""
    found = models.explain_simulated(simulation.result, simulation.case, place.name)
    title = f"{'stale ' if stale else ''}simulation of {simulation.at:%H:%M}"
    return Explained(place, title, found, {}, None, ())


def explained(case: Case, place: FigurePlace, title: str, *, partner: bool = False) -> Explained:
    """All that a page shows of a figure; for a partner without what is internal."""

    def found_of(name: str, month: int | None, last: int | None = None) -> Explanation:
        made = models.explain(case, name, month, last)
        return models.partner_explanation(case, made) if partner else made

    found = found_of(place.name, place.month, place.last)
    nested = {}
    for each in found.ingredients:
        if each.kind == "line" and each.link is not None:
            nested[each.key] = found_of(each.link.name, each.link.month)
    if len(found.ingredients) + sum(len(each.ingredients) for each in nested.values()) > MOST_NESTED:
        nested = {key: replace(each, ingredients=()) for key, each in nested.items()}
    listed = [*found.ingredients, *(below for each in nested.values() for below in each.ingredients)]
    rules = {
        (each.link.name, each.link.month): models.why_of(case, each.link.name, each.link.month, partner=partner)
        for each in listed
        if each.kind == "line" and each.link is not None
    }
    rows = [found.name, *(each.name for each in found.ingredients if each.kind == "row")]
    monthly = next((name for name in rows if name in case.lines), None)
    term = None if monthly is None else models.over_term(case, monthly)
    months = tuple(models.month_label(date) for date in case.dates)
    drawn = None if monthly is None else (case, monthly)
    workbook = models.workbook_place(case, found.name, found.month, internal=not partner)
    return Explained(place, title, found, nested, term, months, workbook, drawn, rules)


class Explaining(QObject):
    """The figure looked at, and the ones before and after it."""

    shown = Signal(object)  # Explained
    refused = Signal(str)  # why there is nothing to explain
    moved = Signal(object, bool, bool)  # the places back to the first, and whether there is a way back and forward
    broken = Signal(str)  # a trace: the program made a mistake

    def __init__(self, live: Live, runner: Runner, parent: QObject | None = None, *, partner: bool = False) -> None:
        super().__init__(parent)
        self._partner = partner
        self._slot = "explain for the partner" if partner else "explain"
        self._live = live
        self._runner = runner
        self._back: list[FigurePlace] = []
        self._forward: list[FigurePlace] = []
        self._place: FigurePlace | None = None
        self._other: tuple[Deal, str] | None = None
        self._labels: dict[tuple[str, bool], str] = {}
        self._path: Figures | None = None  # of the simulation, while it is shown on the tabs
        self._simulation: Callable[[], tuple[Simulation, bool] | None] = lambda: None
        runner.answered.connect(self._on_answer)
        runner.refused.connect(self._on_failure)

    def read_simulation(self, simulation: Callable[[], tuple[Simulation, bool] | None]) -> None:
        """Say where the simulation is found whose figures are explained, and whether it is stale."""
        self._simulation = simulation

    @property
    def place(self) -> FigurePlace | None:
        """The figure looked at, None before the first."""
        return self._place

    def names(self) -> tuple[str, ...]:
        """What the figures that led here are called, the one looked at last."""
        places = (*self._back, self._place) if self._place is not None else ()
        return tuple(self._labels.get((place.name, place.simulated), place.name) for place in places)

    def explain(self, place: FigurePlace) -> None:
        """Look at a figure."""
        if self._place is not None and place != self._place:
            if _figure(place) != _figure(self._place):  # another month of the same line is no step of the way
                self._back.append(self._place)
            self._forward.clear()
        self._go(place)

    def explain_deal(self, deal: Deal, title: str, place: FigurePlace) -> None:
        """Look at a figure of a deal that is not the one shown; it is evaluated in the worker's thread."""
        self._other = (deal, title)
        self.explain(place)

    def leave_case(self) -> None:
        """Come back to the deal that is shown everywhere."""
        self._other = None
        self.refresh()

    @property
    def is_elsewhere(self) -> bool:
        """True while a figure of another deal than the one shown is looked at."""
        return self._other is not None

    def back(self) -> None:
        """Go to the figure before."""
        if self._back and self._place is not None:
            self._forward.append(self._place)
            self._go(self._back.pop())

    def forward(self) -> None:
        """Go to the figure that was left by going back."""
        if self._forward and self._place is not None:
            self._back.append(self._place)
            self._go(self._forward.pop())

    def forget(self) -> None:
        """Another deal has other figures."""
        self._back.clear()
        self._forward.clear()
        self._place = self._other = self._path = None
        self._runner.forget(self._slot)

    def follow(self, figures: Figures) -> None:
        """Explain what the tabs show: the newest figures, or a path of the simulation while one is shown."""
        self._path = figures if figures.path is not None else None

    def refresh(self) -> None:
        """Explain the figure looked at anew, after the figures have changed."""
        if self._place is not None:
            self._ask(self._place)

    def _go(self, place: FigurePlace) -> None:
        self._place = place
        self.moved.emit((*self._back, place), bool(self._back), bool(self._forward))
        self._ask(place)

    def _ask(self, place: FigurePlace) -> None:
        figures: Figures | None = self._path or self._live.figures
        if place.simulated:
            self._ask_simulated(place)
            return
        if figures is None:
            return
        of, title = self._other or (figures.case, figures.title)
        partner = self._partner

        def work() -> Explained:
            case = models.evaluate(of) if isinstance(of, models.Deal) else of
            return explained(case, place, title, partner=partner)

        self._runner.ask(self._slot, work)

    def _ask_simulated(self, place: FigurePlace) -> None:
        found = self._simulation()
        if found is None:
            self._runner.forget(self._slot)
            self.refused.emit("No simulation of this deal yet. F5 runs it; then its figures can be explained.")
        else:
            self._runner.ask(self._slot, lambda: explained_simulated(found[0], place, stale=found[1]))

    def _on_answer(self, slot: str, answer: Answer) -> None:
        if slot == self._slot and isinstance(answer.result, Explained):
            self._labels[_figure(answer.result.place)] = answer.result.explanation.label
            self.shown.emit(answer.result)

    def _on_failure(self, slot: str, failure: Failure) -> None:
        if slot != self._slot:
            return
        if isinstance(failure.error, ValueError):
            self.refused.emit(str(failure.error))
        else:
            self.broken.emit(failure.trace)


def _figure(place: FigurePlace) -> tuple[str, bool]:
    """What a figure is, whatever the month."""
    return place.name, place.simulated


def figure_in_focus() -> FigurePlace | None:
    """The figure that the keyboard focus is on, None where it is on none."""
    return next((each.figure_in_focus() for each in _around_focus() if isinstance(each, Explainable)), None)


def explained_where_it_stands() -> bool:
    """Ask the widget in focus to have its figure explained as that of another deal; False where it has none."""
    return any(each.explain_in_focus() for each in _around_focus() if isinstance(each, ExplainsItself))


def _around_focus() -> Iterator[QWidget]:
    """The widget in focus and those it is in, from the inside out."""
    at: QObject | None = QApplication.focusWidget()
    while isinstance(at, QWidget):
        yield at
        at = at.parent()
