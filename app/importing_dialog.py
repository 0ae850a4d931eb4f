"""The dialog in which a month series is chosen from a file: sheet, columns, tenant; with what would enter the deal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

import models  # what reads tables is loaded by the job that reads the file, before this dialog is made
from app.tables.figures import figure
from app.theme import label, px
from models import Deal, DealError, segment_label, with_value

if TYPE_CHECKING:
    from models import MonthValues, SourceTable

_HEADS = ("Month", "GPUs")
_SHOWN = 60  # rows of the preview
_STAMPS: tuple[tuple[Literal["beginning", "end"], str], ...] = (
    ("beginning", "the beginning of their period"),
    ("end", "the end of their period"),
)
_ORDERS: tuple[tuple[Literal["day first", "month first"] | None, str], ...] = (
    (None, "as the values show"),
    ("day first", "day, then month"),
    ("month first", "month, then day"),
)
_MARKS: tuple[tuple[Literal[".", ","] | None, str], ...] = (
    (None, "as the values show"),
    (".", "1,234.5"),
    (",", "1.234,5"),
)


class ImportDialog(QDialog):
    """Shows the months that the chosen columns give, and every gap and double, before anything enters the deal."""

    def __init__(self, parent: QWidget, name: str, tables: Sequence[SourceTable], deal: Deal, tenant: int = 0) -> None:
        super().__init__(parent)
        self._tables = tables
        self._deal = deal
        self._found: MonthValues | None = None
        self.setWindowTitle("Import a month series")
        self.tenant = _choice("Segment", [segment_label(each.segment) for each in deal.demand])
        self.tenant.setCurrentIndex(tenant)
        self.sheet = _choice("Sheet", [each.name for each in tables])
        self.dates = _choice("Dates from", [])
        self.values = _choice("GPUs from", [])
        self.stamp = _choice("Dates mark", [words for _, words in _STAMPS])
        self.order = _choice("Dates are written", [words for _, words in _ORDERS])
        self.mark = _choice("Numbers are written", [words for _, words in _MARKS])
        self._choices = (self.tenant, self.sheet, self.dates, self.values, self.stamp, self.order, self.mark)
        self.preview = QTableWidget(0, 2)
        self.preview.setAccessibleName("Months that would enter the deal")
        self.preview.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        for column, side in ((0, Qt.AlignmentFlag.AlignLeft), (1, Qt.AlignmentFlag.AlignRight)):
            head = QTableWidgetItem(_HEADS[column])
            head.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
            self.preview.setHorizontalHeaderItem(column, head)
        self.preview.verticalHeader().hide()
        self.preview.verticalHeader().setDefaultSectionSize(px(25))
        self.preview.setTabKeyNavigation(False)
        self.preview.setShowGrid(False)
        self.preview.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.notes = label("", "small", "secondary", wrap=True)
        self.notes.setMinimumHeight(px(64))
        self.notes.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.accept_button = self.buttons.addButton("Import", QDialogButtonBox.ButtonRole.AcceptRole)
        self.accept_button.setDefault(True)
        self._build(name)
        self.sheet.currentIndexChanged.connect(self._on_sheet)
        for choice in (self.tenant, *self._choices[2:]):
            choice.currentIndexChanged.connect(self._show)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._on_sheet()

    def _build(self, name: str) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(6))
        for row, choice in enumerate(self._choices):
            words = label(choice.accessibleName())
            words.setBuddy(choice)
            grid.addWidget(words, row, 0)
            grid.addWidget(choice, row, 1)
        grid.addWidget(self.preview, 0, 2, len(self._choices), 1)
        grid.setColumnMinimumWidth(1, px(220))
        grid.setColumnStretch(2, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(10))
        column.addWidget(label(f"GPUs by month from {name}", "panel"))
        column.addWidget(label(models.IMPORT_RULE, "small", "secondary", wrap=True))
        column.addLayout(grid, 1)
        column.addWidget(self.notes)
        column.addWidget(self.buttons)
        self.resize(px(760), px(480))

    def result_of_choice(self) -> tuple[int, tuple[float, ...]]:
        """The number of the tenant and the values by month."""
        assert self._found is not None, "nothing can be imported as chosen"
        return self.tenant.currentIndex(), self._found.values

    def _on_sheet(self) -> None:
        table = self._table
        suggested = models.suggested_columns(table)
        for choice, column in zip((self.dates, self.values), suggested, strict=True):
            choice.blockSignals(True)
            choice.clear()
            choice.addItems(list(table.heads))
            choice.setCurrentIndex(column)
            choice.blockSignals(False)
        self._show()

    @property
    def _table(self) -> SourceTable:
        return self._tables[max(0, self.sheet.currentIndex())]

    def _show(self) -> None:
        """Work out what the choices give, and show it or why there is nothing."""
        try:
            self._found = models.month_values(
                self._table,
                self.dates.currentIndex(),
                self.values.currentIndex(),
                start=self._deal.start,
                months=self._deal.months,
                stamp=_STAMPS[self.stamp.currentIndex()][0],
                order=_ORDERS[self.order.currentIndex()][0],
                mark=_MARKS[self.mark.currentIndex()][0],
            )
            path = f"demand[{max(0, self.tenant.currentIndex())}].gpus_by_month"
            with_value(self._deal, path, self._found.values)
            count = len(self._found.values)
            said = [f"{count} month{'' if count == 1 else 's'} from {self._found.every} values.", *self._found.notes]
        except (models.ImportRefusedError, DealError) as error:
            self._found = None
            said = [str(error)]
        self.notes.setText("\n".join(said))
        self.accept_button.setEnabled(self._found is not None)
        self._fill()

    def _fill(self) -> None:
        months = () if self._found is None else self._found.months[:_SHOWN]
        self.preview.setRowCount(len(months))
        for row, month in enumerate(months):
            assert self._found is not None
            value = QTableWidgetItem(figure(self._found.values[row], 0, 0))
            value.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.preview.setItem(row, 0, QTableWidgetItem(month))
            self.preview.setItem(row, 1, value)


def _choice(name: str, words: Sequence[str]) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.addItems(list(words))
    return made
