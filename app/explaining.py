"""Explaining figures: which one is looked at, the way back, and the explanations, made away from the window."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

import models  # the engine explains in the worker's thread
from app.live import Figures, Live
from app.places import AnyPlace, Explainable, FigurePlace, StepPlace
from app.runner import Answer, Failure, Runner

if TYPE_CHECKING:
    from app.simulating import Simulation
    from models import Case, Deal, Explanation, OverTerm

MOST_NESTED = 24
"""Rows of ingredients up to which those of the ingredients are listed too."""
MOST_STEPS = 100
"""Figures that the way back leads to; the deals of earlier ones are let go."""


@dataclass(frozen=True)
class Explained:
    """A figure with its explanation, those of its ingredients by their key, and its line over the term."""

    place: FigurePlace | StepPlace
    case_title: str
    currency: str
    explanation: Explanation
    nested: Mapping[tuple[str, str, int, int], Explanation]
    term: OverTerm | None
    months: tuple[str, ...]
    workbook: str = ""  # where the figure stands in the exported workbook
    drawn: tuple[Case, tuple[str, ...]] | None = None  # the case and the lines that are drawn over the term
    rules: Mapping[tuple[str, int | None], str] = field(default_factory=dict)  # which rule gave a line in a month


def explained_simulated(simulation: Simulation, place: FigurePlace, *, stale: bool) -> Explained:
    """All that a page shows of a figure of a simulation."""
    result, case = simulation.result, simulation.case
    found = models.explain_simulated(result, case, place.name, place.month, place.last, place.part)
    title = f"{'stale ' if stale else ''}simulation of {simulation.at:%H:%M}"
    return Explained(place, title, case.deal.currency, found, {}, None, ())


def explained_candidate(deal: Deal, title: str, place: FigurePlace) -> Explained:
    """All that a page shows of a figure of the simulation of another deal, whose paths are not opened as a case."""
    found = models.explain_simulated(models.simulate_candidate(deal), models.evaluate(deal), place.name)
    kept = tuple(each for each in found.ingredients if each.kind != "path")
    return Explained(place, title, deal.currency, replace(found, ingredients=kept), {}, None, ())


def explained_step(place: StepPlace) -> Explained:
    """All that a page shows of a contribution of a bridge."""
    found = models.explain_step(place.bridge, place.at, place.names)
    return Explained(place, "", place.bridge.states[1].currency, found, {}, None, ())


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
    rows = [each.name for each in found.ingredients if each.kind == "row"]
    term = models.over_term(case, found.name, *rows)
    months = tuple(models.month_label(date) for date in case.dates)
    drawn = None if term is None else (case, term.lines)
    workbook = models.workbook_place(case, found.name, found.month, internal=not partner)
    return Explained(place, title, case.deal.currency, found, nested, term, months, workbook, drawn, rules)


@dataclass(frozen=True)
class _Look:
    """A figure looked at, and the deal it is of with what that is called; None for the case shown on the tabs.

    `of_deal` is for a figure of the deal itself, looked at while the tabs show a path of its simulation.
    """

    place: FigurePlace | StepPlace
    other: tuple[Deal, str] | None = None
    of_deal: bool = False

    @property
    def figure(self) -> tuple[object, ...]:
        """What it is, whatever the month."""
        if isinstance(self.place, StepPlace):
            return self.place.name, self.place.names, self.place.at
        return self.place.name, self.place.simulated, self.place.part


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
        self._back: list[_Look] = []
        self._forward: list[_Look] = []
        self._at: _Look | None = None
        self._asked: _Look | None = None  # the one that is explained on the page, or soon
        self._basis: tuple[object, ...] = ()  # what that rests on
        self._labels: dict[tuple[object, ...], str] = {}
        self._on_tabs: Callable[[], Figures | None] = lambda: None
        self._simulation: Callable[[], tuple[Simulation, bool] | None] = lambda: None
        runner.answered.connect(self._on_answer)
        runner.refused.connect(self._on_failure)

    def read_simulation(self, simulation: Callable[[], tuple[Simulation, bool] | None]) -> None:
        """Say where the simulation is found whose figures are explained, and whether it is stale."""
        self._simulation = simulation

    def read_tabs(self, shown: Callable[[], Figures | None]) -> None:
        """Say where the figures are found that the tabs show."""
        self._on_tabs = shown

    @property
    def _path(self) -> Figures | None:
        """The path of the simulation that the tabs show, None where they show the deal."""
        shown = self._on_tabs()
        return shown if shown is not None and shown.path is not None else None

    @property
    def place(self) -> FigurePlace | StepPlace | None:
        """The figure looked at, None before the first."""
        return None if self._at is None else self._at.place

    def way(self) -> tuple[tuple[str, str], ...]:
        """What the figures that led here are called, the one looked at last, each with its deal; "" for that shown."""
        looks = (*self._back, self._at) if self._at is not None else ()
        return tuple(
            (self._labels.get(look.figure, look.place.name), look.other[1] if look.other else "") for look in looks
        )

    def explain(self, place: AnyPlace, *, of_deal: bool = False) -> None:
        """Look at a figure of the case shown on the tabs, or of the deal that the place names.

        Args:
            of_deal: it is one of the deal itself, which is shown beside the tabs while they show a path.
        """
        if isinstance(place, StepPlace):
            self._look(_Look(place, self._unless_shown(place.bridge.states[1], place.names[1])))
            return
        if isinstance(place, FigurePlace):
            self._look(_Look(place, of_deal=of_deal))
            return
        deal, title = place.deal, place.title
        if place.terms:
            figures, terms = self._live.figures, models.terms_text(deal, place.terms)
            if figures is not None and figures.scenario and self._is_live(deal):
                title = figures.title
            title = f"{title} with {terms}"
            try:
                deal = models.with_terms(deal, place.terms)
            except models.DealError as error:
                self._asked = None
                self.refused.emit(f"There is no deal with {terms}. {error}")
                return
        self._look(_Look(place.place, self._unless_shown(deal, title)))

    def _unless_shown(self, deal: Deal, title: str) -> tuple[Deal, str] | None:
        """A deal with its title, None where it is the one shown."""
        return None if self._path is None and self._is_live(deal) else (deal, title)

    def _is_live(self, deal: Deal) -> bool:
        """Whether a deal is the one that is open now, whatever scenarios either of them carries."""
        figures = self._live.figures
        return figures is not None and not models.field_changes(figures.case.deal, deal)

    def go_on(self, place: FigurePlace) -> None:
        """Look at another figure of the deal that is looked at."""
        self._look(_Look(place) if self._at is None else replace(self._at, place=place))

    def leave_case(self) -> None:
        """Come back to the deal that is shown everywhere."""
        if self._at is not None:
            self._at = _Look(self._at.place)
        self.refresh()

    @property
    def is_elsewhere(self) -> bool:
        """True while a figure of another deal than the one shown is looked at."""
        if self._at is None or isinstance(self._at.place, StepPlace):
            return False
        return self._at.other is not None or (self._at.of_deal and self._path is not None)

    def back(self) -> None:
        """Go to the figure before."""
        if self._back and self._at is not None:
            self._forward.append(self._at)
            self._go(self._back.pop())

    def forward(self) -> None:
        """Go to the figure that was left by going back."""
        if self._forward and self._at is not None:
            self._back.append(self._at)
            self._go(self._forward.pop())

    def forget(self) -> None:
        """Another deal has other figures."""
        self._back.clear()
        self._forward.clear()
        self._labels.clear()
        self._at = self._asked = None
        self._runner.forget(self._slot)

    def refresh(self) -> None:
        """Explain the figure looked at anew where what it rests on has changed since it was asked for."""
        if self._at is not None and not (self._at == self._asked and _same(self._rests_on(self._at), self._basis)):
            self._ask(self._at)

    def _rests_on(self, look: _Look) -> tuple[object, ...]:
        """What the explanation of a figure is made of: nothing that changes where it is of another deal."""
        if isinstance(look.place, StepPlace) or look.other is not None:
            return ()
        if look.place.simulated:
            return self._simulation() or ()
        return ((None if look.of_deal else self._path) or self._live.figures,)

    def _look(self, look: _Look) -> None:
        if self._at is not None and look != self._at:
            if (look.figure, look.other) != (self._at.figure, self._at.other):  # another month is no step of the way
                self._back.append(self._at)
                del self._back[:-MOST_STEPS]
            self._forward.clear()
        self._go(look)

    def _go(self, look: _Look) -> None:
        self._at = look
        self.moved.emit((*(each.place for each in self._back), look.place), bool(self._back), bool(self._forward))
        self._ask(look)

    def _ask(self, look: _Look) -> None:
        self._asked, self._basis, place = look, self._rests_on(look), look.place
        if isinstance(place, StepPlace):
            self._runner.ask(self._slot, lambda: explained_step(place))
            return
        if place.simulated:
            self._ask_simulated(place, look.other)
            return
        figures: Figures | None = (None if look.of_deal else self._path) or self._live.figures
        if figures is None:
            return
        of, title = look.other or (figures.case, figures.title)
        partner = self._partner

        def work() -> Explained:
            case = models.evaluate(of) if isinstance(of, models.Deal) else of
            return explained(case, place, title, partner=partner)

        self._runner.ask(self._slot, work)

    def _ask_simulated(self, place: FigurePlace, other: tuple[Deal, str] | None) -> None:
        if other is not None:
            self._runner.ask(self._slot, lambda: explained_candidate(*other, place))
            return
        found = self._simulation()
        if found is None:
            self._runner.forget(self._slot)
            self.refused.emit("No simulation of this deal yet. F5 runs it; then its figures can be explained.")
        else:
            self._runner.ask(self._slot, lambda: explained_simulated(found[0], place, stale=found[1]))

    def _on_answer(self, slot: str, answer: Answer) -> None:
        if slot == self._slot and isinstance(answer.result, Explained):
            self._labels[_Look(answer.result.place).figure] = answer.result.explanation.label
            self.shown.emit(answer.result)

    def _on_failure(self, slot: str, failure: Failure) -> None:
        if slot != self._slot:
            return
        if isinstance(failure.error, ValueError):
            self.refused.emit(str(failure.error))
        else:
            self.broken.emit(failure.trace)


def _same(these: tuple[object, ...], those: tuple[object, ...]) -> bool:
    """Whether two bases of an explanation are the very same objects."""
    return len(these) == len(those) and all(one is other for one, other in zip(these, those, strict=True))


def figure_in_focus() -> AnyPlace | None:
    """The figure that the keyboard focus is on, None where it is on none."""
    return next((each.figure_in_focus() for each in _around_focus() if isinstance(each, Explainable)), None)


def _around_focus() -> Iterator[QWidget]:
    """The widget in focus and those it is in, from the inside out."""
    at: QObject | None = QApplication.focusWidget()
    while isinstance(at, QWidget):
        yield at
        at = at.parent()
