"""A table of a few rows that is shown whole: labels at the left, figures at the right, reasons below their row."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractTableModel,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QFontMetrics, QGuiApplication, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.forms.marks import Marks, write
from app.places import FigurePlace
from app.tables.clipboard import to_tsv
from app.tables.figures import DASH, raw
from app.tables.heads import PAD, PLAIN, ColumnHead, paint_ring, paint_rules
from app.theme import font, px, theme_of
from models import ShownCell, ShownTable

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_ROLE = Qt.ItemDataRole
_WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)
_SHORT = 16  # a reason of at most so many letters stands in the place of the figure


class EstimatesModel(QAbstractTableModel):
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

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's own name
        """Lines without the head."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's own name
        """The labels and the columns of figures."""
        return 0 if parent.isValid() else len(self._table.heads)

    def is_reason(self, line: int) -> bool:
        """True for a line that says why the row above it lacks a figure."""
        return self._lines[line][1]

    def is_figure(self, line: int, column: int) -> bool:
        """True where a figure stands."""
        return column > 0 and not self.is_reason(line) and self._cell(line, column).value is not None

    def text(self, line: int, column: int) -> str:
        """What a cell shows."""
        row, below = self._lines[line]
        if column == 0:
            return _reason(self._table, row) if below else self._table.rows[row].label
        if below:
            return ""
        cell = self._cell(line, column)
        if cell.value is None:
            return cell.reason if 0 < len(cell.reason) <= _SHORT else DASH if cell.reason else ""
        return write(cell.value, 0, cell.decimals, self._marks, exact=False)

    def _cell(self, line: int, column: int) -> ShownCell:
        return self._table.rows[self._lines[line][0]].cells[column - 1]

    def _raw(self, line: int, column: int) -> str:
        if column == 0 or self.is_reason(line):
            return self.text(line, column)
        value = self._cell(line, column).value
        return self.text(line, column) if value is None else raw(value, 0, self._marks)

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> object:
        """Texts and what a screen reader says."""
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == _ROLE.DisplayRole:
            return self.text(row, column)
        if role == _ROLE.AccessibleTextRole:
            stale = ", stale" if self.faint else ""
            if column == 0:
                return f"{self.text(row, 0)}{stale}"
            return f"{self.text(row, 0)}, {self._table.heads[column]}: {self.text(row, column)}{stale}"
        if role == _ROLE.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(  # noqa: N802 - Qt's own name
        self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole
    ) -> object:
        """The heads of the columns."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._table.heads):
            return None
        if role == _ROLE.DisplayRole:
            return self._table.heads[section]
        side = Qt.AlignmentFlag.AlignLeft if section == 0 else Qt.AlignmentFlag.AlignRight
        return int(side | Qt.AlignmentFlag.AlignVCenter) if role == _ROLE.TextAlignmentRole else None

    def figure_at(self, line: int) -> str:
        """The name of the figure of a line, "" where it has none."""
        return self._table.rows[self._lines[line][0]].name

    def rows_as_text(self, rows: list[int]) -> str:
        """Rows with the heads as tab-separated text in full precision."""
        columns = range(self.columnCount())
        lines = [list(self._table.heads)] + [[self._raw(row, column) for column in columns] for row in rows]
        return to_tsv(lines)


def _reason(table: ShownTable, row: int) -> str:
    """Why a row lacks a figure, where that needs a line of its own."""
    reasons = (cell.reason for cell in table.rows[row].cells if cell.value is None)
    words = next((reason for reason in reasons if len(reason) > _SHORT), "")
    return words[:1].upper() + words[1:]


class _Cells(QStyledItemDelegate):
    """Labels and figures over thin rules; a reason in small words, closer to its row."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view, model = option.widget, index.model()
        assert isinstance(view, QAbstractItemView)
        assert isinstance(model, EstimatesModel)
        theme, rect = theme_of(view), QRect(option.rect)
        line, column = index.row(), index.column()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(rect, theme.sel if selected else theme.base)
        inner = rect.adjusted(px(PAD), 0, -px(PAD), 0)
        strong = not model.is_reason(line) and (column == 0 or model.is_figure(line, column))
        painter.setFont(font("body" if strong else "small"))
        plain = theme.text2 if model.faint or not strong else theme.text
        painter.setPen(theme.seltext if selected else plain)
        if model.is_reason(line):
            painter.drawText(inner, _WRAPPED, model.text(line, column))
        else:
            side = Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
            painter.drawText(inner, side | Qt.AlignmentFlag.AlignVCenter, model.text(line, column))
        if line + 1 >= model.rowCount() or not model.is_reason(line + 1):
            paint_rules(painter, rect, PLAIN, theme)
        paint_ring(painter, rect, view, index)
        painter.restore()


class EstimatesTable(QTableView):
    """A table as high as its rows, which scrolls sideways where it is too wide; copies the chosen rows, or all."""

    explain_wished = Signal(object)  # FigurePlace

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figures = EstimatesModel(self)
        self._heads = ColumnHead(self)
        self.setHorizontalHeader(self._heads)
        self.verticalHeader().hide()
        self.setModel(self.figures)
        self.setItemDelegate(_Cells(self))
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._heads.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._heads.setFixedHeight(px(28))
        action = QAction("Copy", self)
        action.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(self.copy)
        self.activated.connect(self._explain)  # a double click, or Enter
        self.addAction(action)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

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

    def copy(self) -> None:
        """Put the chosen rows on the clipboard at full precision, with the heads; without a choice all."""
        chosen = sorted({index.row() for index in self.selectionModel().selectedRows()})
        rows = chosen or list(range(self.figures.rowCount()))
        QGuiApplication.clipboard().setText(self.figures.rows_as_text(rows))

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
        head = self.figures.headerData(column, Qt.Orientation.Horizontal)
        return max(metrics.horizontalAdvance(text) for text in [*texts, str(head)]) + 2 * px(PAD) + 2

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
