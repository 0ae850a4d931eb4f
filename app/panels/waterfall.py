"""The waterfall tab: where the cash of each year goes, and who pays for the build."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QWidget

import models  # both are read from the case, which the engine has computed
from app.charts.of_cash import cash_waterfall_chart, funding_chart
from app.charts.view import ChartView
from app.live import Figures
from app.panels.charts import copied
from app.theme import px


class WaterfallPage(QWidget):
    """Two charts side by side; what is copied is the one with the focus, or else the cash."""

    title = "Waterfall"
    has_picture = True

    def __init__(self) -> None:
        super().__init__()
        self.cash = ChartView("Cash waterfall by year", QSize(px(300), px(140)))
        self.funding = ChartView("Sources and uses", QSize(px(230), px(140)))
        row = QHBoxLayout(self)
        row.setContentsMargins(px(18), px(10), px(12), px(6))
        row.setSpacing(px(24))
        row.addWidget(self.cash, 5)
        row.addWidget(self.funding, 3)

    def show_figures(self, figures: Figures) -> None:
        """Draw the charts of other figures."""
        case = figures.case
        self.cash.show_chart(cash_waterfall_chart(models.cash_waterfall(case)), over=partial(models.waterfall_by, case))
        self.funding.show_chart(funding_chart(models.sources_and_uses(figures.case)))

    def copy_numbers(self) -> None:
        copied(self.cash, self.funding).copy_numbers()

    def copy_picture(self) -> None:
        copied(self.cash, self.funding).copy_picture()
