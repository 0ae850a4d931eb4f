"""Saving figures as a file: all of a deal, or those of one table or chart, wherever it stands."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

import models  # the writer is loaded in the thread of the job
from app.actions import Actions
from app.desk import Desk
from app.dialogs import Dialogs
from app.filing import Filing
from app.live import Live
from app.one_job import OneJob, Said
from app.panels.cash_flow import CashFlowPage
from app.picturing import Picturing
from app.runner import Progress, Runner
from app.tables.outlet import Outlet
from models import CellTable


class FiguresOut(OneJob):
    """One file at a time."""

    def __init__(self, filing: Filing, runner: Runner, dialogs: Dialogs, parent: QWidget) -> None:
        super().__init__(runner, dialogs, parent)
        self._filing = filing
        self._pictures = Picturing(filing, dialogs)

    def add_to(self, actions: Actions, live: Live, desk: Desk) -> None:
        """Let the commands of the menu save what is in sight."""
        results = desk.results
        actions.on(
            {
                "save_figures": lambda: self.start(live, desk),
                "save_numbers": results.save_numbers,
                "save_picture": lambda: self._pictures.save(results.picture_in_front()),
            }
        )
        desk.furnished.connect(partial(self.attach, desk))

    def attach(self, place: QWidget) -> None:
        """Let every table and chart in a window be saved, its picture too."""
        self._pictures.attach(place)
        for outlet in place.findChildren(Outlet):
            outlet.wished.connect(partial(self._save, outlet))

    def start(self, live: Live, desk: Desk, *, partner: bool = False) -> None:
        """Ask where to and write all figures of the deal in sight; nothing happens while others are being written."""
        figures = live.figures
        if self.is_busy or figures is None:
            return
        path = self._dialogs.save_figures(desk.window(), self._filing.suggested(" figures.xlsx"))
        if path is None:
            return
        period, case = desk.results.page(CashFlowPage).period(), figures.case

        def work(_progress: Progress) -> None:
            models.write_figures(case, path, period, partner=partner)

        self.begin(Said.of_writing(path.name), work)

    def _save(self, outlet: Outlet, tables: Sequence[CellTable], ending: str) -> None:
        """Ask where to and write the tables of one result."""
        if self.is_busy:
            return
        name = outlet.name()
        path = self._dialogs.save_table(outlet.window(), self._filing.suggested(f" {name}{ending}"))
        if path is None:
            return

        def work(_progress: Progress) -> None:
            models.write_tables(tables, path, name)

        self.begin(Said.of_writing(path.name), work)
