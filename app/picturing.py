"""Saving the picture of a chart as a file."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

import models  # what writes files is loaded when one is written
from app.dialogs import Dialogs
from app.filing import Filing
from app.one_job import reason_of

if TYPE_CHECKING:
    from app.charts.view import ChartView


class Picturing:
    """Asks where to for every chart of the windows it is attached to; all of a window's charts are there with it."""

    def __init__(self, filing: Filing, dialogs: Dialogs) -> None:
        self._filing = filing
        self._dialogs = dialogs

    def attach(self, place: QWidget) -> None:
        """Let the picture of every chart in a window be saved."""
        from app.charts.view import ChartView  # noqa: PLC0415 - loaded with the charts themselves

        for view in place.findChildren(ChartView):
            view.file_wished.connect(partial(self.save, view))

    def save(self, view: ChartView | None) -> None:
        """Save the picture of a chart, as the name the user gives it says: PNG, SVG or PDF; nothing without a chart."""
        if view is None or view.chart() is None:
            return
        path = self._dialogs.save_picture(view.window(), self._filing.suggested(f" {view.accessibleName()}.png"))
        if path is None:
            return
        try:
            models.replace_file(path, view.file_of(path.suffix))
        except OSError as error:
            self._dialogs.tell(view.window(), f"{path.name} could not be written", reason_of(error))
