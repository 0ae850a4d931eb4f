"""The cash flow as a table: labels stay at the left, periods run to the right, and everything copies out exactly."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QStyle, QStyleOptionViewItem, QTableView, QWidget

from app.forms.marks import Marks
from app.places import FigurePlace
from app.tables.base import NOWHERE, FigureCells, FigureModel, FigureTable
from app.tables.figures import figure
from app.tables.heads import (
    PAD,
    PLAIN,
    RIGHT,
    ROW_STYLE,
    SECTION,
    SUBTOTAL,
    ColumnHead,
    Corner,
    RowHead,
    paint_ring,
    paint_rules,
)
from app.tables.pinned import PinnedTotal
from app.tables.scales import Scale, scale_of
from app.tables.stretches import stretches
from app.tables.widths import shared
from app.theme import advance, font, px, theme_of
from models import Unit, unit_text

if TYPE_CHECKING:  # the engine is loaded with the first figures, not with the window
    from models import Row, Table

Index = QModelIndex | QPersistentModelIndex
_LABELS = 40  # per cent of the width that labels take at most
_ROLE = Qt.ItemDataRole


class CashFlowModel(FigureModel):
    """Rows under the headings of their sections. A heading is a row without figures."""

    refreshed = Signal()  # the same lines and periods, other figures

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns: tuple[str, ...] = ()
        self._brief: tuple[str, ...] = ()
        self._spans: tuple[tuple[int, int], ...] = ()
        self.has_total = False  # whether there is a column of totals, the last
        self._lines: list[Row | str] = []
        self._shown: dict[tuple[int, int], str] = {}
        self._marks = Marks.of(QLocale())
        self.unit = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The heads of the periods, and of their total."""
        return self._columns

    @property
    def heads(self) -> tuple[str, ...]:
        """The same as they are painted: where the place says the rest, in brief."""
        return self._brief

    def is_total(self, column: int) -> bool:
        """Whether a column is the total of those before it."""
        return self.has_total and column == len(self._columns) - 1

    def show_table(self, table: Table, currency: str, brief: tuple[str, ...] = ()) -> None:
        """Show other figures; where only they differ, selection and scrolling stay. `brief` are heads as painted."""
        lines: list[Row | str] = []
        section = ""
        for row in table.rows:
            if row.section != section:
                section = row.section
                lines.append(section)
            lines.append(row)
        heads = (*table.columns, "Total") if table.has_total else table.columns
        same = self._columns == heads and [_key(line) for line in lines] == [_key(x) for x in self._lines]
        marks, unit = Marks.of(QLocale()), unit_text(Unit.MONEY, currency)
        if not same:
            self.beginResetModel()
        other = [
            at
            for at, (line, before) in enumerate(zip(lines, self._lines, strict=False))
            if line != before or marks != self._marks
        ]
        self._columns, self._lines, self._spans = heads, lines, table.spans
        self._brief = (*brief, *heads[len(brief) :])
        self.has_total = table.has_total
        self._shown.clear()
        self._marks, self.unit = marks, unit
        if not same:
            self.endResetModel()
        elif other and self._columns:
            last = len(self._columns) - 1
            for first, end in stretches(other):  # a row that is as before need not be painted
                self.dataChanged.emit(self.index(first, 0), self.index(end, last))
            self.refreshed.emit()

    def rowCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 - Qt's own name
        """Lines and headings."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 - Qt's own name
        """Periods."""
        return 0 if parent.isValid() else len(self._columns)

    def place(self, row: int, column: int | None = None) -> FigurePlace | None:
        """Where a figure comes from: a line in the months of a column, or without one in all months."""
        line = self._lines[row]
        if isinstance(line, str):
            return None
        if column is None or not self._spans:
            return FigurePlace(line.name)
        first, last = (self._spans[0][0], self._spans[-1][1]) if self.is_total(column) else self._spans[column]
        return FigurePlace(line.name, first, last if last > first else None)

    def style(self, row: int) -> str:
        """How a row is drawn."""
        line = self._lines[row]
        if isinstance(line, str):
            return SECTION
        return SUBTOTAL if line.subtotal else PLAIN

    def label(self, row: int) -> str:
        """The label of a row, with its unit where that is not the table's."""
        line = self._lines[row]
        if isinstance(line, str):
            return line
        suffix = scale_of(line).suffix
        return f"{line.label}, {suffix}" if suffix else line.label

    def text(self, row: int, column: int) -> str:
        """What a cell shows."""
        known = self._shown.get((row, column))
        if known is None:
            known = self._shown[(row, column)] = self._written(row, column)
        return known

    def _written(self, row: int, column: int) -> str:
        line = self._lines[row]
        if isinstance(line, str):
            return ""
        scale, value = scale_of(line), self._value(line, column)
        return "" if value is None else figure(value, scale.power, scale.decimals, self._marks)

    def _value(self, line: Row, column: int) -> float | None:
        value = line.total if self.is_total(column) else line.values[column]
        return value if value is not None and math.isfinite(value) else None

    def value(self, row: int, column: int) -> float | None:
        """The exact figure in the unit shown; None where there is none."""
        line = self._lines[row]
        value = None if isinstance(line, str) else self._value(line, column)
        if isinstance(line, str) or value is None:
            return None
        return float(Decimal(repr(value)).scaleb(-scale_of(line).power))

    def title(self) -> str:
        return "Cash flow"

    def head(self, column: int) -> tuple[str, str]:
        return self._columns[column], ""

    def is_figure(self, _column: int) -> bool:
        return True

    def row_heads(self) -> tuple[str, ...]:
        return (self.unit,)

    def row_words(self, row: int) -> tuple[str, ...]:
        return (self.label(row),)

    def spoken(self, row: int, column: int) -> str:
        """Label, period, figure and unit."""
        line = self._lines[row]
        unit = "" if isinstance(line, str) or scale_of(line).suffix else f" {self.unit}"
        return f"{self.label(row)}, {self._columns[column]}: {self.text(row, column)}{unit}"

    def widest(self, column: int | None = None) -> list[str]:
        """Texts no figure of a column, or of any, is wider than: the extremes of each unit."""
        ends: dict[Scale, list[float]] = {}
        for line in self._lines:
            if isinstance(line, str):
                continue
            total = () if line.total is None else (line.total,)
            if column is None:
                values = (*line.values, *total)
            else:
                values = total if self.is_total(column) else line.values[column : column + 1]
            if not math.isfinite(sum(values)):  # one that does not exist is infinite, and shows nothing
                values = tuple(value for value in values if math.isfinite(value))
            if values:
                ends.setdefault(scale_of(line), []).extend((min(values), max(values)))
        return [
            figure(value, scale.power, scale.decimals, self._marks)
            for scale, values in ends.items()
            for value in (min(values), max(values))
        ]

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Figures can be chosen, headings cannot."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        base = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        return base if isinstance(self._lines[index.row()], str) else base | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> object:
        """Texts, what a screen reader says, and the style of the row."""
        return self.style(index.row()) if role == ROW_STYLE and index.isValid() else super().data(index, role)

    def headerData(  # noqa: N802 - Qt's own name
        self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole
    ) -> object:
        """Periods and labels."""
        if orientation == Qt.Orientation.Horizontal:
            brief = role == _ROLE.DisplayRole and 0 <= section < len(self._brief)
            return self._brief[section] if brief else super().headerData(section, orientation, role)
        if not 0 <= section < len(self._lines):
            return None
        answers: dict[int, object] = {_ROLE.DisplayRole: self.label(section), ROW_STYLE: self.style(section)}
        return answers.get(role)


def _key(line: Row | str) -> tuple[str, str]:
    return ("", line) if isinstance(line, str) else (line.name, line.label)


class _Figures(FigureCells):
    """Subtotals are bold between darker rules; painted at one go, for there are thousands of cells by month."""

    def __init__(self, model: CashFlowModel, view: QTableView) -> None:
        super().__init__(model, view)
        self._figures = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = self._figures
        row, column = index.row(), index.column()
        theme, rect, style = theme_of(), QRect(option.rect), model.style(row)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(rect, theme.sel if selected else theme.base)
        painter.setFont(font("strong" if style == SUBTOTAL or model.is_total(column) else "body"))
        painter.setPen(theme.seltext if selected else theme.text)
        painter.drawText(rect.adjusted(0, 0, -px(PAD), 0), RIGHT, model.text(row, column))
        paint_rules(painter, rect, style, theme)
        paint_ring(painter, rect, self.view, index)
        painter.restore()


class CashFlowView(FigureTable):
    """The view: whole periods, as many as there is room for, of one width unless all fit only otherwise."""

    explain_wished = Signal(object)  # FigurePlace
    _pinned: PinnedTotal | None = None  # before there is a model

    def __init__(self, model: CashFlowModel, parent: QWidget | None = None) -> None:
        super().__init__("Cash flow", model, parent)
        self._figures = model
        self.setItemDelegate(_Figures(model, self))
        self._corner = Corner(self, pad=PAD)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._pinned = PinnedTotal(self)
        for view in (self, self._pinned):
            view.doubleClicked.connect(self._explain_at)
        self._labels.sectionDoubleClicked.connect(lambda row: self._explain(self._figures.place(row)))
        model.modelReset.connect(self._rows)
        model.modelReset.connect(self.measure)
        model.refreshed.connect(self.measure)

    def make_heads(self) -> ColumnHead:
        return ColumnHead(self, subheads=False)

    def make_labels(self) -> RowHead:
        self._labels = RowHead(self, pad=PAD, least=160)
        return self._labels

    def figure_in_focus(self) -> FigurePlace | None:
        """Where the figure of the current cell comes from."""
        index = self.currentIndex()
        return self._figures.place(index.row(), index.column()) if index.isValid() else None

    def place_at(self, row: int, column: int) -> FigurePlace | None:
        """Where the figure of a cell comes from."""
        return self._figures.place(row, column)

    def _explain(self, place: FigurePlace | None) -> None:
        if place is not None:
            self.explain_wished.emit(place)

    def _explain_at(self, index: Index) -> None:
        self._explain(self._figures.place(index.row(), index.column()))

    def _rows(self) -> None:
        for row in range(self._figures.rowCount()):
            self.setRowHeight(row, px(34) if self._figures.style(row) == SECTION else px(25))

    def measure(self) -> None:
        """Give labels, heads and periods their widths."""
        columns = self._figures.columnCount()
        self._corner.setText(self._figures.unit)
        self._heads.setFixedHeight(px(28))
        most = self.width() * _LABELS // 100
        labels = min(self._labels.wanted_width(), max(most, px(self._labels.least)))
        room = self.width() - 2 * self.frameWidth() - labels - self.verticalScrollBar().sizeHint().width()
        beside = px(PAD) + px(10)
        heads = [advance("body", head) + beside for head in self._figures.heads]
        needed: list[int] = []
        if sum(heads) > room:  # they scroll, and are of one width: no need to look at each
            needed = [max(self._needed(), *heads)] * columns
            over = room % (room // max(1, room // needed[0])) if room >= needed[0] else 0
            labels, room = labels + over, room - over  # no sliver of the next one at the edge
        elif columns:
            needed = [max(head, self._needed(column)) for column, head in enumerate(heads)]
        self._labels.setFixedWidth(labels)  # once: every other width lays out and measures the table anew
        self._corner.setGeometry(0, 0, labels, self._heads.height())
        if not columns:
            return
        for column, wide in enumerate(shared(needed, room)):
            if self.columnWidth(column) != wide:
                self._heads.resizeSection(column, wide)
        self._lay()

    def _lay(self) -> None:
        if self._pinned is not None:
            self._pinned.lay(self._figures.has_total)

    def scrollTo(  # noqa: N802 - Qt's own name
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """A period below the pinned total is not in sight."""
        super().scrollTo(index, hint)
        if self._pinned is not None and not self._figures.is_total(index.column()):
            self._pinned.uncover(index)

    def _needed(self, column: int | None = None) -> int:
        """The least width of a column for its figures, or of any column."""
        return max((advance("strong", text) for text in self._figures.widest(column)), default=0) + px(PAD) + px(10)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        """Share the width anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.measure()
        else:
            self._lay()


class CashFlowTable(QWidget):
    """The table as a page shows it, with its ways to the clipboard."""

    def __init__(self, parent: QWidget | None = None, *, inset: int = 20) -> None:
        super().__init__(parent)
        self.model = CashFlowModel(self)
        self.view = CashFlowView(self.model, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(inset), 0, 0, 0)
        row.addWidget(self.view)
        self.setFocusProxy(self.view)
        self.explain_wished = self.view.explain_wished
        self.outlet = self.view.outlet

    def show_table(self, table: Table, currency: str = "USD", brief: tuple[str, ...] = ()) -> None:
        """Show a table of the engine; money is shown in millions of the currency. `brief` are heads as painted."""
        self.model.show_table(table, currency, brief)

    def copy(self) -> None:
        """Put the chosen figures on the clipboard at full precision, with labels and heads; without a choice all."""
        self.view.copy()

    def copy_all(self) -> None:
        """Put the whole table on the clipboard."""
        self.outlet.copy()
