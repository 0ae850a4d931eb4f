"""The waterfall tab: where the cash of each year goes, and who pays for the build."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QWidget

import models  # both are read from the case, which the engine has computed
from app.charts.of_cash import cash_waterfall_chart, funding_chart
from app.charts.view import ChartView
from app.live import Figures
from app.panels.charts import copied
from app.theme import px, set_look

_LEAST = 240  # height of a chart, for a 13 px font
_BESIDE = 560  # width from which on both have room side by side


class WaterfallPage(QScrollArea):
    """Two charts side by side, in a narrow window one below the other; what is copied is the one with the focus, or
    else the cash."""

    title = "Waterfall"
    has_picture = True

    def __init__(self) -> None:
        super().__init__()
        self.cash = ChartView("Cash waterfall by year", QSize(px(300), px(_LEAST)))
        self.funding = ChartView("Sources and uses", QSize(px(230), px(_LEAST)))
        body = QWidget()
        set_look(body, "pane")
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, body)
        self._row.setContentsMargins(px(18), px(10), px(12), px(6))
        self._row.setSpacing(px(24))
        self._row.addWidget(self.cash, 5)
        self._row.addWidget(self.funding, 3)
        self.setWidget(body)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_figures(self, figures: Figures) -> None:
        """Draw the charts of other figures."""
        case = figures.case
        self.cash.show_chart(cash_waterfall_chart(models.cash_waterfall(case)), over=partial(models.waterfall_by, case))
        self.funding.show_chart(funding_chart(models.sources_and_uses(figures.case)))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        way = QBoxLayout.Direction
        self._row.setDirection(way.LeftToRight if self.width() >= px(_BESIDE) else way.TopToBottom)
        super().resizeEvent(event)

    def copy_numbers(self) -> None:
        copied(self.cash, self.funding).copy_numbers()

    def copy_picture(self) -> None:
        copied(self.cash, self.funding).copy_picture()
