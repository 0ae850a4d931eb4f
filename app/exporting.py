"""Exporting a workbook or term sheet as a job: where to, how far, and what came of it; and the preview of printing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, cast

from PySide6.QtWidgets import QWidget

import models  # the writer is loaded in the thread of the job
from app.dialogs import Dialogs
from app.document import Document
from app.documents import write_document
from app.filing import Filing
from app.one_job import OneJob, Said
from app.runner import Progress, Runner

if TYPE_CHECKING:
    from app.paper import Sheet

Edition = Literal["partner", "internal"]
Results = Callable[["models.Deal"], "Sequence[models.ResultTable]"]
"""Gives the tables of results that are at hand for a deal, none where they are of another."""
_STOPPED = "Export stopped; no file was written"


class Exporting(OneJob):
    """One export at a time."""

    def __init__(self, document: Document, filing: Filing, runner: Runner, dialogs: Dialogs, parent: QWidget) -> None:
        super().__init__(runner, dialogs, parent)
        self._document = document
        self._filing = filing
        self._results: list[Results] = []

    def add_results(self, results: Results) -> None:
        """Let the internal workbook print these results too, where they are of the deal that is exported."""
        self._results.append(results)

    def start(self, edition: Edition) -> None:
        """Ask where to and begin, with the scenario looked at; nothing happens while another export runs."""
        if self.is_busy or not self._document.is_open:
            return
        suffix = ".xlsx" if edition == "partner" else " internal.xlsx"
        path = self._dialogs.save_workbook(self._window, self._filing.suggested(suffix))
        if path is None:
            return
        deal, internal = self._document.deal, edition == "internal"
        scenario = self._document.scenario if internal else ""  # a partner is told of none
        results = [table for each in self._results for table in each(deal)] if internal else []

        def work(progress: Progress) -> None:
            write_document(
                deal, edition, path,
                scenario=scenario, results=results, progress=progress, cancelled=progress.cancelled,
            )  # fmt: skip

        self.begin(replace(Said.of_writing(path.name), stopped=_STOPPED), work)

    def preview(self) -> None:
        """Lay out the partner's term sheet and show it as it would be printed."""
        if self.is_busy or not self._document.is_open:
            return
        from app.paper import Sheet  # noqa: PLC0415 - laying out pages is loaded with the first of them

        deal = self._document.deal

        def work(progress: Progress) -> Sheet:
            sheet = models.term_sheet(deal, "partner")
            progress(0.5)
            return Sheet(models.term_sheet_html(sheet), sheet.deal, sheet.mark)

        said = replace(Said.of_writing("the term sheet"), done="", stopped=_STOPPED)
        self.begin(said, work, self._show)

    def _show(self, sheet: object) -> None:
        self._dialogs.preview(self._window, cast("Sheet", sheet))
