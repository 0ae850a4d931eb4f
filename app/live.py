"""Keeps the figures in step with the deal: every change is computed away from the window, only the newest is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

import models  # its engine is loaded when the worker first computes, not with the window
from app.document import Document
from app.runner import Answer, Failure, Runner
from app.shared_deal import SharedDeal

if TYPE_CHECKING:
    from models import Case, Deal, Glance

DIM_AFTER = 40  # milliseconds: figures that come sooner would only flicker


@dataclass(frozen=True)
class Figures:
    """A computed deal and all that is shown of it."""

    case: Case
    glance: Glance
    milliseconds: float
    scenario: str = ""
    path: int | None = None  # of the simulation, where the case is one of its paths

    @property
    def title(self) -> str:
        """What the figures are of."""
        if self.path is not None:
            return f"Path {self.path + 1:,} of the simulation"
        return f"Scenario “{self.scenario}”" if self.scenario else "Base case"


class _Compared:
    """The case that figures are compared with, computed once; used in the worker's thread only."""

    def __init__(self) -> None:
        self._case: Case | None = None

    def case(self, deal: Deal) -> Case:
        if self._case is None or self._case.deal is not deal:
            self._case = models.evaluate(deal)
        return self._case


class Live(QObject):
    """Asks for figures whenever the deal changes or is saved, and hands on those of the newest deal."""

    shown = Signal(object)  # Figures of the deal that is open now
    waiting = Signal()  # new figures are taking long enough to be told
    failed = Signal()  # there are no figures of the deal that is open now: see `failure`
    broken = Signal(str)  # a trace: the program made a mistake

    def __init__(
        self, document: Document | SharedDeal, runner: Runner, parent: QObject | None = None, *, partner: bool = False
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._runner = runner
        self._partner = partner
        self._slot = "partner view" if partner else "base case"
        self._compared = _Compared()
        self._figures: Figures | None = None
        self._failure = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DIM_AFTER)
        self._timer.timeout.connect(self.waiting)
        document.opened.connect(self.refresh)
        document.changed.connect(self.refresh)
        document.saved_now.connect(self.refresh)
        document.closed.connect(self._forget)
        runner.answered.connect(self._on_answer)
        runner.refused.connect(self._on_failure)

    @property
    def failure(self) -> str:
        """Why the deal that is open has no figures; "" while it has."""
        return self._failure

    @property
    def figures(self) -> Figures | None:
        """The last figures shown, None while there are none."""
        return self._figures

    def refresh(self) -> None:
        """Compute the deal as it is now."""
        document, cases = self._document, self._compared
        deal, scenario, partner = document.deal, document.scenario, self._partner
        other = document.base if scenario else document.saved

        def work() -> tuple[Case, Glance, str]:
            before = cases.case(other)
            case = before if deal is other else models.evaluate(deal)
            name = f"scenario “{scenario}”" if scenario and not partner else "base case"
            seen = models.glance(case, before, name=name)
            return case, models.partner_glance(seen) if partner else seen, scenario

        self._runner.ask(self._slot, work, live=True)
        if not self._timer.isActive():
            self._timer.start()

    def _forget(self) -> None:
        self._timer.stop()
        self._runner.forget(self._slot)
        self._figures = None
        self._failure = ""

    def _on_answer(self, slot: str, answer: Answer) -> None:
        if slot != self._slot or not isinstance(answer.result, tuple):
            return
        self._timer.stop()
        case, seen, scenario = answer.result
        self._failure = ""
        self._figures = Figures(case, seen, answer.milliseconds, scenario)
        self.shown.emit(self._figures)

    def _on_failure(self, slot: str, failure: Failure) -> None:
        if slot != self._slot:
            return
        self._timer.stop()
        self.waiting.emit()
        if isinstance(failure.error, ValueError):
            self._failure = str(failure.error)
            self.failed.emit()
        else:
            self.broken.emit(failure.trace)
