"""Saving the picture of a chart as a file."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from app.charts.view import ChartView
from app.dialogs import Dialogs
from app.filing import Filing


class Picturing:
    """Asks where to for every chart of the window; all of them are there when the window is."""

    def __init__(self, filing: Filing, dialogs: Dialogs, window: QWidget) -> None:
        self._filing = filing
        self._dialogs = dialogs
        self._window = window
        for view in window.findChildren(ChartView):
            view.file_wished.connect(partial(self.save, view))

    def save(self, view: ChartView | None) -> None:
        """Save the picture of a chart, as PNG or SVG by the name the user gives it; nothing without a chart."""
        if view is None or view.chart() is None:
            return
        path = self._dialogs.save_picture(self._window, self._filing.suggested(f" {view.accessibleName()}.png"))
        if path is None:
            return
        try:
            view.save_picture(path)
        except OSError as error:
            reason = f"{error.strerror or error}."
            self._dialogs.tell(self._window, f"{path.name} could not be written", reason)
