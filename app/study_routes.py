"""Brings requests of the pages to the studies that compute them, and the results back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

import models  # tables are made of a finished study, when everything is loaded
from app.desk import Desk
from app.document import Document
from app.panels.sensitivity import SensitivityPage
from app.panels.term_picks import TermPicks
from app.requests import Offer, TornadoRequest, offer_of
from app.resting import Rest
from app.runner import Answer, Failure, Runner
from app.study import Study

if TYPE_CHECKING:
    from models import Deal, ResultTable, TornadoPicture

_OFFER = "offer"


class StudyRoutes(QObject):
    """One study for each page that asks for one; what is on offer is read off the deal in the worker's thread."""

    broken = Signal(str)
    offered = Signal(object)  # Offer
    scenario_wished = Signal(str, object)  # name, changes by path

    def __init__(self, document: Document, runner: Runner, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._runner = runner
        self._desk = desk
        self._offer: Offer | None = None
        self.picks: TermPicks | None = None
        self._tornado: TornadoPicture | None = None
        self._page = desk.results.page(SensitivityPage)
        self.sensitivity = Study(document, runner, self, follows=lambda: not self._page.choices.is_simulated())
        self._rest = Rest(document, self)
        page, study = self._page, self.sensitivity
        page.wanted.connect(study.ask)
        page.stop_wished.connect(study.stop)
        page.scenario_wished.connect(self.scenario_wished)
        page.offer_wished.connect(self.ask_offer)
        study.began.connect(lambda: page.show_progress(0.0))
        study.moved.connect(page.show_progress)
        study.found.connect(page.show_found)
        study.found.connect(self._keep)
        study.refused.connect(page.refuse)
        study.stopped.connect(page.show_stopped)
        study.outdated.connect(page.show_stale)
        study.broken.connect(self.broken)
        page.terms_wished.connect(self._show_picks)
        document.opened.connect(lambda _deal: self._forget())
        runner.answered.connect(self._on_answer)
        runner.refused.connect(self._on_failure)

    def _show_picks(self) -> None:
        """Let the terms of the tornado be chosen."""
        if self._offer is None:
            return
        if self.picks is None:
            self.picks = TermPicks(self._desk.window())
            self.picks.picked.connect(self._page.choose_inputs)
        self.picks.model.show(self._offer, self._page.inputs())
        self.picks.show()
        self.picks.activateWindow()

    def results(self, deal: Deal) -> Sequence[ResultTable]:
        """The tornado shown last as a table, where it is of this very deal; none otherwise."""
        if self._tornado is None or not self.sensitivity.is_current or deal is not self._document.deal:
            return ()
        return (models.sensitivity_table(self._tornado.found, deal.currency),)

    def _keep(self, request: object, found: TornadoPicture) -> None:
        self._tornado = found if isinstance(request, TornadoRequest) else None

    def _forget(self) -> None:
        self._offer = self._tornado = None
        if self.picks is not None:
            self.picks.hide()
        self._page.forget()

    def ask_offer(self) -> None:
        """Read off the deal what can be asked of it."""
        if self._document.is_open:
            self._rest.then(self._ask_offer)

    def _ask_offer(self) -> None:
        deal = self._document.deal
        self._runner.ask(_OFFER, lambda: offer_of(deal))

    def _on_answer(self, slot: str, answer: Answer) -> None:
        if slot == _OFFER and isinstance(answer.result, Offer) and self._document.is_open:
            self._offer = answer.result
            self._page.offer(answer.result)
            self.offered.emit(answer.result)

    def _on_failure(self, slot: str, failure: Failure) -> None:
        if slot == _OFFER:
            self.broken.emit(failure.trace)
