"""The two small charts of the rail."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize

import models  # figures by period are added up by the engine, which has computed the case
from app.charts.of_deal import cash_chart, revenue_chart
from app.charts.view import ChartView
from app.theme import px

if TYPE_CHECKING:  # made by the engine, which is loaded with the first figures
    from models import Case, Glance


class RailCharts:
    """Cash and revenue; in a rail with little room the second gives way first."""

    def __init__(self, least: int) -> None:
        """`least` is the height of each, for a 13 px font."""
        self.cash = ChartView("Cash and debt service by year", QSize(px(200), px(least)))
        self.revenue = ChartView("Revenue against floor by quarter", QSize(px(200), px(least)))

    def show_glance(self, glance: Glance, case: Case) -> None:
        """Draw the charts of a case."""
        self.cash.show_chart(cash_chart(glance.cash), over=partial(models.chart_by, case, "cash"))
        self.revenue.show_chart(revenue_chart(glance.revenue), over=partial(models.chart_by, case, "revenue"))

    def show_first(self, shown: int) -> None:
        """Have as many of them in sight."""
        self.cash.setVisible(shown >= 1)
        self.revenue.setVisible(shown >= 2)
