"""Exporting a workbook or term sheet as a job: where to, how far, and what came of it; and the preview of printing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

import models  # the writer is loaded in the thread of the job
from app.dialogs import Dialogs
from app.document import Document
from app.documents import write_document
from app.filing import Filing
from app.paper import Sheet
from app.runner import Answer, Failure, Progress, Runner

Edition = Literal["partner", "internal"]
Results = Callable[["models.Deal"], "Sequence[models.ResultTable]"]
"""Gives the tables of results that are at hand for a deal, none where they are of another."""


class Exporting(QObject):
    """One export at a time."""

    moved = Signal(str, float)  # words, part done
    ended = Signal(str)  # what came of it, in words
    broken = Signal(str)  # a trace: the program made a mistake

    def __init__(self, document: Document, filing: Filing, runner: Runner, dialogs: Dialogs, parent: QWidget) -> None:
        super().__init__(parent)
        self._document = document
        self._filing = filing
        self._runner = runner
        self._dialogs = dialogs
        self._window = parent
        self._job: tuple[int, str] | None = None  # its number, and what it writes
        self._results: list[Results] = []
        runner.progressed.connect(self._on_progress)
        runner.finished.connect(self._on_finished)
        runner.failed.connect(self._on_failed)
        runner.stopped.connect(self._on_stopped)

    def add_results(self, results: Results) -> None:
        """Let the internal workbook print these results too, where they are of the deal that is exported."""
        self._results.append(results)

    def start(self, edition: Edition) -> None:
        """Ask where to and begin, with the scenario looked at; nothing happens while another export runs."""
        if self._job is not None or not self._document.is_open:
            return
        suffix = ".xlsx" if edition == "partner" else " internal.xlsx"
        path = self._dialogs.save_workbook(self._window, self._filing.suggested(suffix))
        if path is None:
            return
        deal, internal = self._document.deal, edition == "internal"
        scenario = self._document.scenario if internal else ""  # a partner is told of none
        results = [table for each in self._results for table in each(deal)] if internal else []

        def work(progress: Progress) -> str:
            write_document(
                deal, edition, path,
                scenario=scenario, results=results, progress=progress, cancelled=progress.cancelled,
            )  # fmt: skip
            return f"{path.name} written"

        self._job = (self._runner.start(work), path.name)
        self.moved.emit(self._words(), 0.0)

    def preview(self) -> None:
        """Lay out the partner's term sheet and show it as it would be printed."""
        if self._job is not None or not self._document.is_open:
            return
        deal = self._document.deal

        def work(progress: Progress) -> Sheet:
            sheet = models.term_sheet(deal, "partner")
            progress(0.5)
            return Sheet(models.term_sheet_html(sheet), sheet.deal, sheet.mark)

        self._job = (self._runner.start(work), "the term sheet")
        self.moved.emit(self._words(), 0.0)

    def stop(self) -> None:
        """Ask the running export to stop."""
        if self._job is not None:
            self._runner.cancel(self._job[0])

    def _words(self) -> str:
        return f"Writing {self._job[1]}" if self._job else ""

    def _on_progress(self, number: int, done: float) -> None:
        if self._job and self._job[0] == number:
            self.moved.emit(self._words(), done)

    def _on_finished(self, answer: Answer) -> None:
        if not self._job or self._job[0] != answer.number:
            return
        self._job = None
        if isinstance(answer.result, Sheet):
            self.ended.emit("")
            self._dialogs.preview(self._window, answer.result)
        else:
            self.ended.emit(str(answer.result))

    def _on_stopped(self, number: int) -> None:
        if self._job and self._job[0] == number:
            self._job = None
            self.ended.emit("Export stopped; no file was written")

    def _on_failed(self, failure: Failure) -> None:
        if not self._job or self._job[0] != failure.number:
            return
        name = self._job[1]
        self._job = None
        self.ended.emit(f"{name} was not written")
        if isinstance(failure.error, OSError | ValueError):
            self._dialogs.tell(self._window, f"{name} could not be written", _reason(failure.error))
        else:
            self.broken.emit(failure.trace)


def _reason(error: Exception) -> str:
    if isinstance(error, PermissionError):
        return "The file or folder does not allow writing. Is the workbook open in another program?"
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}."
    return str(error)
