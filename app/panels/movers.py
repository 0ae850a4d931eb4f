"""What would move a key figure most: a short tornado under the bridge that says why it moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.charts.of_study import tornado_chart
from app.charts.view import ChartView
from app.theme import label, link, px, rule

if TYPE_CHECKING:  # made by the engine, which is loaded with the first figures
    from models import TornadoPicture

MOST = 8
"""Terms shown here; the page of sensitivities shows more of them."""
_REST = "with less effect are under Sensitivity"


class Movers(QWidget):
    """In sight only while there is a tornado of the figure that is asked about."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: TornadoPicture | None = None
        self.chart = ChartView("What would move it most", QSize(px(300), px(320)))
        self.chart.setFixedHeight(px(330))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(4), 0, 0)
        column.setSpacing(px(8))
        column.addWidget(rule())
        self.more = link("Open in Sensitivity", "arrow-right")
        head = QHBoxLayout()
        head.setSpacing(px(12))
        head.addWidget(label("What would move it most?", "panel"))
        head.addWidget(self.more)
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(self.chart)
        self.hide()

    def show_tornado(self, found: TornadoPicture | None) -> None:
        """Show what moves the figure of the deal as it is, or nothing."""
        self._found = found
        chart = tornado_chart(found, MOST, _REST) if found is not None else None
        self.setVisible(chart is not None)
        if chart is not None:
            self.chart.show_chart(chart)

    def show_stale(self) -> None:
        """What is shown is of the deal as it was."""
        chart = tornado_chart(self._found, MOST, _REST) if self._found is not None else None
        if chart is not None:
            self.chart.show_chart(chart, stale=True)
