"""Brings what the Solve dialog wants to the study that searches, and what it found into the deal."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.dialogs import Dialogs
from app.document import Document
from app.panels.solve import SolveDialog
from app.requests import Offer
from app.runner import Runner
from app.scenarios import Scenarios
from app.study import Study


class SolveRoutes(QObject):
    """Keeps one dialog, made when it is first wanted."""

    broken = Signal(str)
    made = Signal(object)  # the SolveDialog, before it is shown for the first time
    offer_wished = Signal()

    def __init__(
        self, document: Document, runner: Runner, dialogs: Dialogs, scenarios: Scenarios, window: QWidget
    ) -> None:
        super().__init__(window)
        self._document = document
        self._dialogs = dialogs
        self._scenarios = scenarios
        self._window = window
        self._dialog: SolveDialog | None = None
        self.study = Study(document, runner, self)
        self.study.broken.connect(self.broken)
        document.opened.connect(lambda _deal: self._put_away())
        document.closed.connect(self._put_away)

    def show(self) -> SolveDialog:
        """Bring the dialog to the front."""
        if self._dialog is None:
            self._dialog = self._made()
        self._dialog.show()
        self._dialog.activateWindow()
        self._dialog.term.setFocus()
        self.offer_wished.emit()
        return self._dialog

    def offer(self, offer: Offer) -> None:
        """Offer what can be asked of the deal as it is."""
        if self._dialog is not None:
            self._dialog.offer(offer, self._document.deal)

    def _made(self) -> SolveDialog:
        made, study = SolveDialog(self._window), self.study
        self.made.emit(made)
        made.wanted.connect(study.ask)
        made.stop_wished.connect(study.stop)
        made.apply_wished.connect(self._enter)
        made.scenario_wished.connect(lambda changes, _words: self._scenarios.add("Solved", dict(changes)))
        study.began.connect(lambda: made.show_progress(0.0))
        study.moved.connect(made.show_progress)
        study.found.connect(lambda _request, found: made.show_found(found))
        study.refused.connect(made.refuse)
        study.stopped.connect(made.show_stopped)
        study.outdated.connect(made.show_stale)
        return made

    def _enter(self, changes: Mapping[str, object], words: str) -> None:
        refusal = self._document.take(changes, words)
        if refusal:
            self._dialogs.tell(self._window, "The value cannot be entered", refusal)

    def _put_away(self) -> None:
        if self._dialog is not None:
            self._dialog.hide()
            self._dialog.forget()
