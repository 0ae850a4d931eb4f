"""The state drawn over the chart of cover: the saved deal, the base or a scenario, computed away from the window."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

import models  # its engine is loaded in the worker's thread
from app.charts.of_deal import Overlay
from app.desk import Desk
from app.document import Document
from app.forms import BASE
from app.live import Live
from app.panels.cover import CoverPage
from app.resting import Rest
from app.runner import Answer, Failure, Runner
from models import Deal, DealError, scenario_deal, scenario_names

_SLOT = "overlay"
_SAVED, _BASE, _SCENARIO = "saved", "base", "scenario "


class Overlaying(QObject):
    """Offers the states there are and computes the one that is chosen, again whenever the deal rests after a change."""

    broken = Signal(str)  # a trace: the program made a mistake

    def __init__(self, document: Document, live: Live, runner: Runner, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._runner = runner
        self._page = desk.results.page(CoverPage)
        self._rest = Rest(document, self)
        self._page.overlay_wished.connect(lambda _key: self._ask())
        live.shown.connect(lambda _figures: self._refresh())
        document.opened.connect(lambda _deal: self._forget())
        document.closed.connect(self._forget)
        runner.answered.connect(self._on_answer)
        runner.refused.connect(self._on_failure)

    def states(self) -> tuple[tuple[str, str], ...]:
        """Key and name of every state that can be drawn over the one looked at."""
        document, here = self._document, self._document.scenario
        first = ((_BASE, BASE),) if here else ((_SAVED, "Saved"),) if document.is_modified else ()
        others = (name for name in scenario_names(document.base) if name != here)
        return (*first, *((_SCENARIO + name, name) for name in others))

    def _refresh(self) -> None:
        self._page.offer(self.states())
        if self._page.chosen():
            self._rest.then(self._ask)

    def _ask(self) -> None:
        key = self._page.chosen()
        if not key or not self._document.is_open:
            self._runner.forget(_SLOT)
            self._page.show_overlay(None)
            return
        try:
            deal = self._deal_of(key)
        except DealError:  # a scenario that cannot be used says so where it is chosen
            self._page.show_overlay(None)
            return
        name = dict(self.states()).get(key, "")

        def work() -> tuple[str, Overlay]:
            case = models.evaluate(deal)
            return key, Overlay(name, deal, models.glance(case, case, name=name).cover)

        self._runner.ask(_SLOT, work)

    def _deal_of(self, key: str) -> Deal:
        if key == _SAVED:
            return self._document.saved
        return scenario_deal(self._document.base, key.removeprefix(_SCENARIO) if key != _BASE else "")

    def _forget(self) -> None:
        self._runner.forget(_SLOT)
        self._page.forget()

    def _on_answer(self, slot: str, answer: Answer) -> None:
        if slot == _SLOT and isinstance(answer.result, tuple):
            key, over = answer.result
            if key == self._page.chosen():
                self._page.show_overlay(over)

    def _on_failure(self, slot: str, failure: Failure) -> None:
        if slot != _SLOT:
            return
        self._page.show_overlay(None)
        if not isinstance(failure.error, ValueError):
            self.broken.emit(failure.trace)
