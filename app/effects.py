"""The marginal effect of the field in focus: what one natural step of it does, told while one looks at it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

import models  # the engine answers in the worker's thread
from app.document import Document
from app.live import Live
from app.panels.forms import FormStack
from app.resting import Rest
from app.runner import Answer, Failure, Runner

_SLOT = "marginal"
PAUSE = 150
"""Milliseconds a field has the focus before its effect is asked for: going through fields asks for none."""


class Effects(QObject):
    """Asks for the effect of the field in focus, and again whenever the figures have changed."""

    broken = Signal(str)

    def __init__(self, document: Document, live: Live, runner: Runner, forms: FormStack, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._runner = runner
        self._forms = forms
        self._path = ""
        self._rest = Rest(document, self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(lambda: self._rest.then(self._ask))
        live.shown.connect(lambda _figures: self._rest.then(self._ask))
        document.opened.connect(lambda _deal: self.visit(""))
        document.closed.connect(lambda: self.visit(""))
        runner.answered.connect(self._on_answer)
        runner.refused.connect(self._on_failure)

    def visit(self, path: str) -> None:
        """The entry of a path has the focus now, "" for none."""
        if path == self._path:
            return
        self._path = path
        self._runner.forget(_SLOT)
        self._forms.show_effect("", "")
        self._timer.stop()
        if path:
            self._timer.start()

    def _ask(self) -> None:
        if self._document.is_open and self._path:
            deal, path = self._document.deal, self._path
            self._runner.ask(_SLOT, lambda: (path, models.marginal(deal, path).sentence))

    def _on_answer(self, slot: str, answer: Answer) -> None:
        if slot == _SLOT and isinstance(answer.result, tuple):
            path, sentence = answer.result
            self._forms.show_effect(path, sentence)

    def _on_failure(self, slot: str, failure: Failure) -> None:
        if slot != _SLOT:
            return
        if isinstance(failure.error, ValueError):  # words, dates without a step, or a deal without figures
            self._forms.show_effect("", "")
        else:
            self.broken.emit(failure.trace)
