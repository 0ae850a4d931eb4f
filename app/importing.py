"""Taking a month series from a file of somebody else's: read as a job, chosen in a dialog, one step of undo."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

import models  # what reads tables is loaded in the thread of the job
from app.dialogs import Dialogs
from app.document import Document
from app.runner import Answer, Failure, Progress, Runner
from app.settings import Settings
from models import segment_label


class Importing(QObject):
    """One file at a time."""

    moved = Signal(str, float)  # words, part done
    ended = Signal(str)  # what came of it, in words
    broken = Signal(str)  # a trace: the program made a mistake

    def __init__(
        self, document: Document, runner: Runner, dialogs: Dialogs, settings: Settings, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._runner = runner
        self._dialogs = dialogs
        self._settings = settings
        self._window = parent
        self._job: tuple[int, Path] | None = None
        runner.finished.connect(self._on_finished)
        runner.failed.connect(self._on_failed)
        runner.stopped.connect(self._on_stopped)

    def start(self) -> None:
        """Ask for a file and read it; nothing happens while another one is read."""
        if self._job is not None or not self._document.is_open:
            return
        path = self._dialogs.open_table(self._window, self._settings.last_folder)
        if path is None:
            return

        def work(progress: Progress) -> object:
            tables = models.read_tables(path, cancelled=progress.cancelled)
            assert callable(models.month_values)  # loads what the dialog works with
            return tables

        self._job = (self._runner.start(work), path)
        self.moved.emit(f"Reading {path.name}", 0.0)

    def stop(self) -> None:
        """Ask the reading to stop."""
        if self._job is not None:
            self._runner.cancel(self._job[0])

    def _on_finished(self, answer: Answer) -> None:
        if self._job is None or self._job[0] != answer.number:
            return
        path, self._job = self._job[1], None
        self.ended.emit("")
        if not self._document.is_open or not isinstance(answer.result, tuple):
            return
        chosen = self._dialogs.import_series(self._window, path.name, answer.result, self._document.deal)
        if chosen is None:
            return
        tenant, values = chosen
        name = segment_label(self._document.deal.demand[tenant].segment)
        refusal = self._document.edit(
            f"demand[{tenant}].gpus_by_month", values, f"{name}: GPUs by month from {path.name}", ""
        )
        if refusal:
            self._dialogs.tell(self._window, f"{path.name} cannot be taken over", refusal)
        else:
            self.ended.emit(f"GPUs of {name} taken from {path.name}")

    def _on_stopped(self, number: int) -> None:
        if self._job is not None and self._job[0] == number:
            self._job = None
            self.ended.emit("Reading stopped")

    def _on_failed(self, failure: Failure) -> None:
        if self._job is None or self._job[0] != failure.number:
            return
        path, self._job = self._job[1], None
        self.ended.emit(f"{path.name} was not read")
        if isinstance(failure.error, models.ImportRefusedError | models.RefusedError):
            self._dialogs.tell(self._window, f"{path.name} cannot be imported", str(failure.error))
        else:
            self.broken.emit(failure.trace)
