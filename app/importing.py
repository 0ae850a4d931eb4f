"""Taking a month series from a file of somebody else's: read as a job, chosen in a dialog, one step of undo."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

import models  # what reads tables is loaded in the thread of the job
from app.dialogs import Dialogs
from app.document import Document
from app.one_job import OneJob, Said
from app.runner import Progress, Runner
from app.settings import Settings
from models import segment_label


class Importing(OneJob):
    """One file at a time."""

    def __init__(
        self, document: Document, runner: Runner, dialogs: Dialogs, settings: Settings, parent: QWidget
    ) -> None:
        super().__init__(runner, dialogs, parent)
        self._document = document
        self._settings = settings
        document.opened.connect(self.abandon)  # a series is for the deal it was asked for
        document.closed.connect(self.abandon)

    def start(self, tenant: int = 0) -> None:
        """Ask for a file and read it for a tenant, by its number; nothing happens while another one is read."""
        if self.is_busy or not self._document.is_open:
            return
        path = self._dialogs.open_table(self._window, self._settings.last_folder)
        if path is None:
            return

        def work(progress: Progress) -> object:
            tables = models.read_tables(path, cancelled=progress.cancelled)
            assert callable(models.month_values)  # loads what the dialog works with
            return tables

        said = Said(
            f"Reading {path.name}", "", "Reading stopped", f"{path.name} was not read",
            f"{path.name} cannot be imported",
        )  # fmt: skip
        self.begin(said, work, lambda tables: self._choose(path, tables, tenant))

    def expects(self, error: Exception) -> bool:
        """A file that gives no series is told to the user."""
        return isinstance(error, models.ImportRefusedError | models.RefusedError)

    def _choose(self, path: Path, tables: object, tenant: int) -> None:
        """Let the user choose what is taken, and take it."""
        if not isinstance(tables, tuple):
            return
        if tenant >= len(self._document.deal.demand):
            self.ended.emit(f"{path.name} was not taken: its tenant is not in the deal any more")
            return
        chosen = self._dialogs.import_series(self._window, path.name, tables, self._document.deal, tenant)
        if chosen is None:
            return
        tenant, values = chosen
        name = segment_label(self._document.deal.demand[tenant].segment)
        refusal = self._document.edit(
            f"demand[{tenant}].gpus_by_month", values, f"{name}: GPUs by month from {path.name}", ""
        )
        if refusal:
            self._dialogs.tell(self._window, f"{path.name} cannot be imported", refusal)
        else:
            self.ended.emit(f"GPUs of {name} taken from {path.name}")
