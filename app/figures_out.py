"""Saving the figures of the results as a file: a job of its own, for the window and for the partner's view of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

import models  # the writer is loaded in the thread of the job
from app.desk import Desk
from app.dialogs import Dialogs
from app.filing import Filing
from app.live import Live
from app.panels.cash_flow import CashFlowPage
from app.runner import Answer, Failure, Progress, Runner


class FiguresOut(QObject):
    """One file at a time."""

    moved = Signal(str, float)  # words, part done
    ended = Signal(str)  # what came of it, in words
    broken = Signal(str)  # a trace: the program made a mistake

    def __init__(self, filing: Filing, runner: Runner, dialogs: Dialogs, parent: QWidget) -> None:
        super().__init__(parent)
        self._filing = filing
        self._runner = runner
        self._dialogs = dialogs
        self._job: tuple[int, Path] | None = None
        self._window = parent
        runner.finished.connect(self._on_finished)
        runner.failed.connect(self._on_failed)
        runner.stopped.connect(self._on_stopped)

    def start(self, live: Live, desk: Desk, *, partner: bool = False) -> None:
        """Ask where to and write the figures in sight; nothing happens while others are being written."""
        figures = live.figures
        if self._job is not None or figures is None:
            return
        path = self._dialogs.save_figures(desk.window(), self._filing.suggested(" figures.xlsx"))
        if path is None:
            return
        period, case = desk.results.page(CashFlowPage).period(), figures.case

        def work(_progress: Progress) -> None:
            models.write_figures(case, path, period, partner=partner)

        self._job = (self._runner.start(work), path)
        self.moved.emit(f"Writing {path.name}", 0.0)

    def stop(self) -> None:
        """Ask the writing to stop; it is over before anyone could notice."""
        if self._job is not None:
            self._runner.cancel(self._job[0])

    def _taken(self, number: int) -> Path | None:
        if self._job is None or self._job[0] != number:
            return None
        path, self._job = self._job[1], None
        return path

    def _on_finished(self, answer: Answer) -> None:
        path = self._taken(answer.number)
        if path is not None:
            self.ended.emit(f"{path.name} written")

    def _on_stopped(self, number: int) -> None:
        path = self._taken(number)
        if path is not None:
            self.ended.emit(f"{path.name} was not written")

    def _on_failed(self, failure: Failure) -> None:
        path = self._taken(failure.number)
        if path is None:
            return
        self.ended.emit(f"{path.name} was not written")
        if isinstance(failure.error, OSError | ValueError):
            reason = failure.error.strerror if isinstance(failure.error, OSError) else None
            text = f"{reason}." if reason else str(failure.error)
            self._dialogs.tell(self._window, f"{path.name} could not be written", text)
        else:
            self.broken.emit(failure.trace)
