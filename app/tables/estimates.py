"""A table of a few rows that is shown whole: labels at the left, figures at the right, reasons below their row."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QSizePolicy, QTableView, QWidget

from app.forms.marks import Marks, write
from app.places import FigurePlace
from app.tables.base import NOWHERE, FigureCells, FigureModel, FigureTable, Look
from app.tables.figures import DASH
from app.tables.heads import PAD
from app.theme import font, px
from models import ShownCell, ShownTable

Index = QModelIndex | QPersistentModelIndex
_WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)
_SHORT = 16  # a reason of at most so many letters stands in the place of the figure


class EstimatesModel(FigureModel):
    """Labels in the first column, figures in the others."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table = ShownTable("", "", (), ())
        self._lines: list[tuple[int, bool]] = []  # row of the table; True for the reason below it
        self._marks = Marks.of(QLocale())
        self.faint = False

    def show_table(self, table: ShownTable, *, faint: bool) -> None:
        """Show another table; `faint` for figures that are stale."""
        self.beginResetModel()
        self._table, self.faint, self._marks = table, faint, Marks.of(QLocale())
        self._lines = []
        for row in range(len(table.rows)):
            self._lines.append((row, False))
            if _reason(table, row):
                self._lines.append((row, True))
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 - Qt's own name
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 - Qt's own name
        return 0 if parent.isValid() else len(self._table.heads)

    def title(self) -> str:
        return self._table.title

    def head(self, column: int) -> tuple[str, str]:
        return self._table.heads[column], ""

    def is_figure(self, column: int) -> bool:
        return column > 0

    def is_reason(self, line: int) -> bool:
        """True for a line that says why the row above it lacks a figure."""
        return self._lines[line][1]

    def text(self, line: int, column: int) -> str:
        row, below = self._lines[line]
        if column == 0:
            return _reason(self._table, row) if below else self._table.rows[row].label
        if below:
            return ""
        cell = self._cell_of(line, column)
        if cell.value is None:
            return cell.reason if 0 < len(cell.reason) <= _SHORT else DASH if cell.reason else ""
        if cell.value < 0 and not self._table.signed and round(cell.value, cell.decimals):
            return f"({write(-cell.value, 0, cell.decimals, self._marks, exact=False)})"
        return write(cell.value, 0, cell.decimals, self._marks, exact=False)

    def value(self, line: int, column: int) -> float | None:
        return None if column == 0 or self.is_reason(line) else self._cell_of(line, column).value

    def _cell_of(self, line: int, column: int) -> ShownCell:
        return self._table.rows[self._lines[line][0]].cells[column - 1]

    def spoken(self, line: int, column: int) -> str:
        stale = ", stale" if self.faint else ""
        beside = f", {self._table.heads[column]}: {self.text(line, column)}" if column else ""
        return f"{self.text(line, 0)}{beside}{stale}"

    def figure_at(self, line: int) -> str:
        """The name of the figure of a line, "" where it has none."""
        return self._table.rows[self._lines[line][0]].name

    def look(self, line: int, column: int) -> Look:
        """What is no figure, and no label of one, is small."""
        strong = not self.is_reason(line) and (column == 0 or self.value(line, column) is not None)
        return Look("body" if strong else "small", "text" if strong and not self.faint else "text2")


def _reason(table: ShownTable, row: int) -> str:
    """Why a row lacks a figure, where that needs a line of its own."""
    reasons = (cell.reason for cell in table.rows[row].cells if cell.value is None)
    words = next((reason for reason in reasons if len(reason) > _SHORT), "")
    return words[:1].upper() + words[1:]


class _Cells(FigureCells):
    """A reason is wrapped, and closer to its row."""

    def __init__(self, model: EstimatesModel, view: QTableView) -> None:
        super().__init__(model, view)
        self._figures = model

    def paint_words(self, painter: QPainter, inner: QRect, index: Index) -> None:
        if self._figures.is_reason(index.row()):
            painter.drawText(inner, _WRAPPED, self._figures.text(index.row(), index.column()))
        else:
            super().paint_words(painter, inner, index)

    def paint_rules(self, painter: QPainter, rect: QRect, index: Index) -> None:
        below = index.row() + 1
        if below >= self._figures.rowCount() or not self._figures.is_reason(below):
            super().paint_rules(painter, rect, index)


class EstimatesTable(FigureTable):
    """A table as high as its rows, which scrolls sideways where it is too wide; copies the chosen rows, or all."""

    explain_wished = Signal(object)  # FigurePlace

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        made = EstimatesModel()
        super().__init__(name, made, parent)
        self.figures = made
        self.setItemDelegate(_Cells(made, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._heads.setFixedHeight(px(28))
        self.activated.connect(self._explain)  # a double click, or Enter

    def figure_in_focus(self) -> FigurePlace | None:
        """The figure of the current row."""
        index = self.currentIndex()
        name = self.figures.figure_at(index.row()) if index.isValid() else ""
        return FigurePlace(name, simulated=True) if name else None

    def _explain(self) -> None:
        place = self.figure_in_focus()
        if place is not None:
            self.explain_wished.emit(place)

    def show_table(self, table: ShownTable, *, faint: bool = False) -> None:
        """Show another table, in grey where it is stale."""
        self.figures.show_table(table, faint=faint)
        self.clearSpans()
        for line in range(self.figures.rowCount()):
            if self.figures.is_reason(line):
                self.setSpan(line, 0, 1, self.figures.columnCount())
        self._measure()
        self.updateGeometry()

    def needed_width(self) -> int:
        """The width at which nothing is cut off, in device-independent pixels."""
        return sum(self._needed(column) for column in range(self.figures.columnCount()))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        rows = sum(self.rowHeight(row) for row in range(self.figures.rowCount()))
        needed = self.needed_width()
        bar = self.horizontalScrollBar().sizeHint().height() if needed > self.width() else 0
        return QSize(needed, px(28) + rows + bar + 2)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        return QSize(px(200), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        super().resizeEvent(event)
        self._measure()

    def _needed(self, column: int) -> int:
        metrics = QFontMetrics(font("body"))
        lines = range(self.figures.rowCount())
        texts = [self.figures.text(line, column) for line in lines if not self.figures.is_reason(line)]
        texts.append(self.figures.head(column)[0])
        return max(metrics.horizontalAdvance(text) for text in texts) + 2 * px(PAD) + 2

    def _measure(self) -> None:
        """Columns of figures as wide as they need; the labels take what is left."""
        count = self.figures.columnCount()
        if not count:
            return
        taken = 0
        for column in range(1, count):
            width = self._needed(column)
            self.setColumnWidth(column, width)
            taken += width
        self.setColumnWidth(0, max(self._needed(0), self.viewport().width() - taken))
        before = self.sizeHint().height()
        small = QFontMetrics(font("small"))
        for line in range(self.figures.rowCount()):
            height = px(25)
            if self.figures.is_reason(line):
                room = QRect(0, 0, max(px(60), self.viewport().width() - 2 * px(PAD)), px(400))
                height = small.boundingRect(room, _WRAPPED, self.figures.text(line, 0)).height() + px(5)
            self.setRowHeight(line, height)
        if self.sizeHint().height() != before:
            self.updateGeometry()
