"""What every table of results has in common: its model, how its cells are painted, and how they copy out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.tables.heads import LEFT, PAD, RIGHT, SUBHEAD, ColumnHead, lay_plain, paint_ring
from app.tables.outlet import Outlet, put
from app.theme import Role, font, pixmap, px, theme_of
from models import CellTable

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
_ROLE = Qt.ItemDataRole


@dataclass(frozen=True)
class Look:
    """How a cell is painted: ink and ground by the names of colours, and what stands before its words.

    `icon` is drawn in the colour `icon_ink`; `indent` moves the words in, in device-independent pixels.
    """

    type: Role = "body"
    ink: str = "text"
    ground: str = "base"
    icon: str = ""
    icon_ink: str = "internal"
    indent: int = 0


class FigureModel(QAbstractTableModel):
    """Words and figures under heads. What a table shows is said by the methods below, everything else follows."""

    def head(self, _column: int, /) -> tuple[str, str]:
        """The head of a column and what stands below it."""
        return "", ""

    def text(self, _row: int, _column: int, /) -> str:
        """What a cell shows."""
        return ""

    def value(self, _row: int, _column: int, /) -> float | None:
        """The exact value of a figure in the unit shown, None for words."""
        return None

    def is_figure(self, column: int) -> bool:
        """Whether a column holds figures, at the right."""
        return column > 0

    def is_internal_at(self, _row: int, _column: int, /) -> bool:
        """Whether a cell is for the vendor's eyes only."""
        return False

    def tip(self, _row: int, _column: int, /) -> str:
        """What there is to say about a cell beyond its text."""
        return ""

    def spoken(self, row: int, column: int) -> str:
        """What a screen reader says."""
        internal = ", internal" if self.is_internal_at(row, column) else ""
        return f"{self.text(row, 0)}{internal}, {' '.join(filter(None, self.head(column)))}: {self.text(row, column)}"

    def look(self, _row: int, _column: int, /) -> Look:
        """How a cell is painted."""
        return Look()

    def title(self) -> str:
        """What the table is called in a file."""
        return ""

    def row_heads(self) -> tuple[str, ...]:
        """Heads of the words that a copied row begins with, where the table shows them beside its cells."""
        return ()

    def row_words(self, _row: int, /) -> tuple[str, ...]:
        """The words that a copied row begins with."""
        return ()

    def cells(self, rows: Sequence[int], columns: Sequence[int]) -> CellTable:
        """Rows with the chosen columns, the first of all among them, exact, for the clipboard or a file."""
        if not self.row_heads() and 0 not in columns and self.columnCount():
            columns = [0, *columns]
        heads = (*self.row_heads(), *(", ".join(filter(None, self.head(column))) for column in columns))
        made = [(*self.row_words(row), *(self._cell(row, column) for column in columns)) for row in rows]
        return CellTable.of(self.title(), heads, made)

    def _cell(self, row: int, column: int) -> float | str:
        value = self.value(row, column)
        if value is not None:
            return value
        marked = column == 0 and self.is_internal_at(row, column)
        return f"{self.text(row, column)} (internal)" if marked else self.text(row, column)

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> object:
        """Texts, tooltips and what a screen reader says."""
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == _ROLE.DisplayRole:
            return self.text(row, column)
        if role == _ROLE.AccessibleTextRole:
            return self.spoken(row, column)
        if role == _ROLE.ToolTipRole:
            return self.tip(row, column) or None
        return int(RIGHT if self.is_figure(column) else LEFT) if role == _ROLE.TextAlignmentRole else None

    def headerData(  # noqa: N802 - Qt's own name
        self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole
    ) -> object:
        """Heads of the columns, with what stands below them."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < self.columnCount():
            return None
        words, below = self.head(section)
        answers: dict[int, object] = {
            _ROLE.DisplayRole: words,
            SUBHEAD: below,
            _ROLE.TextAlignmentRole: int(RIGHT if self.is_figure(section) else LEFT),
        }
        return answers.get(role)


class FigureCells(QStyledItemDelegate):
    """Words at the left, figures at the right, over thin rules; a ring round the cell in focus."""

    def __init__(self, model: FigureModel, view: QTableView) -> None:
        super().__init__(view)
        self.model = model
        self.view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view, model = self.view, self.model
        theme, rect = theme_of(view), QRect(option.rect)
        row, column = index.row(), index.column()
        look = model.look(row, column)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(rect, theme.sel if chosen else theme.colour(look.ground))
        inner = rect.adjusted(px(PAD) + look.indent, 0, -px(PAD), 0)
        inner.setLeft(inner.left() + self.paint_before(painter, inner, index))
        if look.icon:
            side = px(12)
            mark = pixmap(look.icon, theme.colour(look.icon_ink), side, view.devicePixelRatioF())
            painter.drawPixmap(inner.left(), inner.center().y() - side // 2, mark)
            inner.setLeft(inner.left() + side + px(4))
        painter.setFont(font(look.type))
        painter.setPen(theme.seltext if chosen else theme.colour(look.ink))
        self.paint_words(painter, inner, index)
        self.paint_rules(painter, rect, index)
        paint_ring(painter, rect, view, index)
        painter.restore()

    def paint_before(self, _painter: QPainter, _inner: QRect, _index: Index, /) -> int:
        """Draw what stands before the words; gives how wide it is."""
        return 0

    def paint_words(self, painter: QPainter, inner: QRect, index: Index) -> None:
        """Draw the words of a cell, cut where there is no room for them, or over lines where the table wraps them."""
        if self.view.wordWrap() and not self.model.is_figure(index.column()):
            painter.drawText(inner, LEFT | Qt.TextFlag.TextWordWrap, self.model.text(index.row(), index.column()))
            return
        words = painter.fontMetrics().elidedText(
            self.model.text(index.row(), index.column()), Qt.TextElideMode.ElideRight, inner.width()
        )
        painter.drawText(inner, RIGHT if self.model.is_figure(index.column()) else LEFT, words)

    def paint_rules(self, painter: QPainter, rect: QRect, _index: Index, /) -> None:
        """Draw the rule below a cell."""
        painter.setPen(QPen(theme_of(self.view).line, 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())


class FigureTable(QTableView):
    """A table of results: Ctrl+C copies what is chosen, or all where nothing is, with heads and every digit."""

    def __init__(self, name: str, model: FigureModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        model.setParent(self)
        self._heads = self.make_heads()
        lay_plain(self, self._heads, self.make_labels())
        self.setModel(model)  # after its headers, so that they hear of a change before the view does
        self.setItemDelegate(FigureCells(model, self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(name)
        self.outlet = Outlet(self, self.all_cells, self.chosen_cells)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def make_heads(self) -> ColumnHead:
        """The heads of the columns."""
        return ColumnHead(self)

    def make_labels(self) -> QHeaderView | None:
        """The labels beside the rows, None where the first column has them."""
        return None

    def all_cells(self) -> CellTable | None:
        """Every row and column, None while there is none."""
        rows, columns = self._model.rowCount(), self._model.columnCount()
        return self._titled(range(rows), range(columns)) if rows and columns else None

    def chosen_cells(self) -> CellTable | None:
        """The rows and columns in which anything is chosen, all where nothing is."""
        chosen = self.selectionModel().selectedIndexes()
        if not chosen:
            return self.all_cells()
        return self._titled(sorted({each.row() for each in chosen}), sorted({each.column() for each in chosen}))

    def _titled(self, rows: Sequence[int], columns: Sequence[int]) -> CellTable:
        made = self._model.cells(rows, columns)
        return made if made.title else CellTable(self.accessibleName(), made.heads, made.rows)

    def copy(self) -> None:
        """Put what is chosen on the clipboard, or the whole table where nothing is."""
        put(self.chosen_cells())
