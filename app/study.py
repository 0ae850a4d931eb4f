"""Longer computations of the deal: one at a time of a kind, away from the window, to be stopped, and never shown stale.

A request is a frozen value that knows how to compute itself; the newest takes the place of the one before.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal

from app.document import Document
from app.resting import Rest
from app.runner import Answer, Failure, Progress, Runner

if TYPE_CHECKING:
    from models import Deal


class Request(Protocol):
    """What is asked of a deal."""

    def run(self, deal: Deal, progress: Progress) -> object:
        """The answer for a deal, computed in the thread of a job; `progress` is told how far it is and may stop it."""


class Study(QObject):
    """Computes requests of one kind; an answer is of the deal as it was when asked, `is_current` says if it holds.

    Where `follows` says so, the request is asked again after every change: what runs is then given up at a change, and
    the next is begun only when the deal rests, so that typing does not share the processor with it.
    """

    began = Signal()
    moved = Signal(float)  # part done
    found = Signal(object, object)  # request, result
    refused = Signal(str)  # why there is no result
    stopped = Signal()
    outdated = Signal()  # the deal has changed since the last request
    broken = Signal(str)  # a trace: the program made a mistake

    def __init__(
        self, document: Document, runner: Runner, parent: QObject, *, follows: Callable[[], bool] = lambda: False
    ) -> None:
        super().__init__(parent)
        self._follows = follows
        self._rest = Rest(document, self)
        self._document = document
        self._runner = runner
        self._job: int | None = None
        self._request: Request | None = None
        self._deal: Deal | None = None
        document.changed.connect(self._on_changed)
        document.opened.connect(self._on_opened)
        document.closed.connect(self._on_opened)
        runner.progressed.connect(self._on_progress)
        runner.finished.connect(self._on_finished)
        runner.failed.connect(self._on_failed)
        runner.stopped.connect(self._on_stopped)

    @property
    def busy(self) -> bool:
        """True while something is computed."""
        return self._job is not None

    @property
    def is_current(self) -> bool:
        """True while the last request was about the deal as it is now."""
        return self._deal is not None and self._document.is_open and self._deal is self._document.deal

    def ask(self, request: Request) -> None:
        """Compute a request in place of any before, for the deal as it is when it begins."""
        self._cancel()
        if self._follows():
            self._rest.then(lambda: self._begin(request))
        else:
            self._begin(request)

    def _begin(self, request: Request) -> None:
        self._cancel()
        deal = self._document.deal
        self._request, self._deal = request, deal
        self._job = self._runner.start(lambda progress: request.run(deal, progress))
        self.began.emit()

    def stop(self) -> None:
        """Ask what is being computed to stop."""
        if self._job is not None:
            self._runner.cancel(self._job)

    def _cancel(self) -> None:
        if self._job is not None:
            self._runner.cancel(self._job)
            self._job = None

    def _on_changed(self, _deal: object) -> None:
        if self._follows():
            self._cancel()
        if self._deal is not None:
            self.outdated.emit()

    def _on_opened(self, *_: object) -> None:
        self._cancel()
        self._request = self._deal = None

    def _on_progress(self, number: int, done: float) -> None:
        if number == self._job:
            self.moved.emit(done)

    def _on_finished(self, answer: Answer) -> None:
        if answer.number == self._job:
            self._job = None
            self.found.emit(self._request, answer.result)
            if not self.is_current:  # the deal changed while it was computed
                self.outdated.emit()

    def _on_stopped(self, number: int) -> None:
        if number == self._job:
            self._job = None
            self._deal = None
            self.stopped.emit()

    def _on_failed(self, failure: Failure) -> None:
        if failure.number != self._job:
            return
        self._job = None
        if isinstance(failure.error, ValueError):
            self.refused.emit(str(failure.error))
        else:
            self.broken.emit(failure.trace)
