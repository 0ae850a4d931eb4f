"""The cash flow as a table by month, quarter or year."""

from __future__ import annotations

from functools import partial
from typing import Literal, get_args

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

import models  # the table is computed by the engine, which is loaded with the first figures
from app.live import Figures
from app.tables import CashFlowTable
from app.theme import label, px

Period = Literal["month", "quarter", "year"]
_TITLES = {"month": "Cash flow by month", "quarter": "Cash flow by quarter", "year": "Cash flow by calendar year"}


class CashFlowPage(QWidget):
    """The table with its switch; figures copy out as tab-separated text."""

    title = "Cash flow"
    has_picture = False

    def __init__(self) -> None:
        super().__init__()
        self._figures: Figures | None = None
        self._title = label("", "strong")
        self._subtitle = label("", "small", "secondary")
        self._period = QComboBox()
        self._period.setAccessibleName("Period")
        for period in get_args(Period):
            self._period.addItem(f"By {period}", period)
        self._period.setCurrentIndex(self._period.findData("year"))
        self._table = CashFlowTable()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._subtitle)
        head = QHBoxLayout()
        head.setContentsMargins(px(20), 0, 0, 0)
        head.addLayout(words, 1)
        head.addWidget(self._period, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(10), px(12), 0)
        column.setSpacing(px(6))
        column.addLayout(head)
        column.addWidget(self._table, 1)
        self._period.currentIndexChanged.connect(self._refresh)

    def show_figures(self, figures: Figures) -> None:
        """Show the table of other figures."""
        self._figures = figures
        self._refresh()

    def choose_period(self, period: Period) -> None:
        """Show another period."""
        self._period.setCurrentIndex(self._period.findData(period))

    def period(self) -> Period:
        """The period now shown."""
        period: Period = self._period.currentData()
        return period

    def table(self) -> CashFlowTable:
        """The table itself."""
        return self._table

    def copy_numbers(self) -> None:
        """Put the whole table, with its headings, on the clipboard."""
        self._table.copy_all()

    def copy_picture(self) -> None:
        """A table has no picture."""

    def _refresh(self) -> None:
        if self._figures is None:
            return
        period, case = self.period(), self._figures.case
        self._title.setText(_TITLES[period])
        self._subtitle.setText(self._figures.title)
        self._table.show_table(models.cash_flow_table(case, period), case.deal.currency)
        self._table.outlet.give_periods(partial(models.cash_flow_by, case))
