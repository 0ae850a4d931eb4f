"""Sharing the screen: the partner's window takes the place of all others, and what is begun in it is done for it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from shiboken6 import isValid

from app.document import Document
from app.exporting import Exporting
from app.figures_out import FiguresOut
from app.filing import Filing
from app.runner import Runner

if TYPE_CHECKING:
    from app.partner_window import PartnerWindow

BUSY = "The partner view opens once the work that is running is done: what comes of it could tell too much"


class Job(Protocol):
    """What runs away from the window and says so."""

    @property
    def moved(self) -> SignalInstance:
        """(words, part done)."""

    @property
    def ended(self) -> SignalInstance:
        """(what came of it)."""

    def stop(self) -> None:
        """Ask it to stop."""


class PartnerView(QObject):
    """Opens the partner's window and leaves it."""

    refused = Signal(str)  # why the view is not opened now
    broken = Signal(str)  # a trace: the program made a mistake

    def __init__(
        self,
        document: Document,
        runner: Runner,
        filing: Filing,
        exporting: Exporting,
        figures_out: FiguresOut,
        main: QMainWindow,
    ) -> None:
        super().__init__(main)
        self._document = document
        self._runner = runner
        self._filing = filing
        self._exporting = exporting
        self._figures_out = figures_out
        self._main = main
        self._jobs: list[Job] = []
        self._running: set[Job] = set()
        self._hidden: list[QWidget] = []
        self.window: PartnerWindow | None = None

    def follow(self, job: Job) -> None:
        """Know whether a job runs, and show it in the view where it was begun there."""
        self._jobs.append(job)
        job.moved.connect(partial(self._on_moved, job))
        job.ended.connect(partial(self._on_ended, job))

    def enter(self) -> None:
        """Show what a partner may see, and hide every other window.

        Not while a job runs that was begun elsewhere: what comes of it could tell more than the view does.
        """
        if self.window is not None or not self._document.is_open:
            return
        if self._running:
            self.refused.emit(BUSY)
            return
        from app.partner_window import PartnerWindow  # noqa: PLC0415 - loaded when it is first shown

        view = self.window = PartnerWindow(self._document, self._runner)
        view.setGeometry(self._main.geometry())
        view.setWindowState(self._main.windowState() & ~Qt.WindowState.WindowMinimized)
        view.left.connect(self.leave)
        view.broken.connect(self.broken)
        view.save_wished.connect(self._filing.save)
        view.export_wished.connect(partial(self._exporting.start, "partner"))
        view.figures_wished.connect(partial(self._figures_out.start, partner=True))
        self._figures_out.attach(view)
        for job in self._jobs:
            view.status.stop_wished.connect(job.stop)
        view.show()
        self._hidden = [top for top in QApplication.topLevelWidgets() if top.isVisible() and top is not view]
        for top in self._hidden:
            top.hide()

    def leave(self) -> None:
        """Come back to the other windows."""
        if self.window is None:
            return
        view, self.window = self.window, None
        self._main.show()
        for top in filter(isValid, self._hidden):
            if top.windowType() in (Qt.WindowType.Window, Qt.WindowType.Dialog):  # no tip or menu of back then
                top.show()
        self._hidden = []
        view.hide()
        view.deleteLater()

    def _on_moved(self, job: Job, words: str, done: float) -> None:
        self._running.add(job)
        if self.window is not None:
            self.window.status.show_job(words, done)

    def _on_ended(self, job: Job, words: str) -> None:
        self._running.discard(job)
        if self.window is not None:
            self.window.status.end_job(words)
