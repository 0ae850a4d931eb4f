"""A table of words and figures: figures right-aligned, copied at full precision, rows that can be opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QAction, QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.tables.clipboard import to_tsv
from app.tables.figures import raw
from app.tables.heads import PAD, ColumnHead, paint_ring
from app.theme import font, pixmap, px, theme_of

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_ROLE = Qt.ItemDataRole
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_WIDEST = 260


@dataclass(frozen=True)
class Cell:
    """What a cell shows and, where it is a figure, its exact value in the unit shown."""

    text: str
    value: float | None = None
    tip: str = ""
    link: bool = False


@dataclass(frozen=True)
class PlainRow:
    """One row; `key` is what opening it tells, `internal` puts the lock before it."""

    cells: tuple[Cell, ...]
    key: object = None
    strong: bool = False
    internal: bool = False


@dataclass(frozen=True)
class PlainHead:
    """The head of a column, over words at the left or figures at the right."""

    words: str
    figures: bool = True


class PlainModel(QAbstractTableModel):
    """Rows of cells under heads."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.heads: tuple[PlainHead, ...] = ()
        self.rows: tuple[PlainRow, ...] = ()

    def show(self, heads: Sequence[PlainHead], rows: Sequence[PlainRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.heads, self.rows = tuple(heads), tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's own name
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's own name
        return 0 if parent.isValid() else len(self.heads)

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> object:
        """Texts, tooltips and what a screen reader says."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        cell = row.cells[index.column()]
        if role == _ROLE.AccessibleTextRole:
            internal = ", internal" if row.internal else ""
            return f"{row.cells[0].text}{internal}, {self.heads[index.column()].words}: {cell.text}"
        answers: dict[int, object] = {
            _ROLE.DisplayRole: cell.text,
            _ROLE.ToolTipRole: cell.tip or None,
            _ROLE.TextAlignmentRole: _RIGHT if self.heads[index.column()].figures else _LEFT,
        }
        return answers.get(role)

    def headerData(  # noqa: N802 - Qt's own name
        self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole
    ) -> object:
        """Heads of the columns."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.heads):
            return None
        head = self.heads[section]
        answers: dict[int, object] = {
            _ROLE.DisplayRole: head.words,
            _ROLE.TextAlignmentRole: _RIGHT if head.figures else _LEFT,
        }
        return answers.get(role)


class _Cells(QStyledItemDelegate):
    """Thin rules below rows; links in blue, what is internal with its lock."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view, model = option.widget, index.model()
        assert isinstance(view, QTableView)
        assert isinstance(model, PlainModel)
        theme, rect = theme_of(view), QRect(option.rect)
        row = model.rows[index.row()]
        cell = row.cells[index.column()]
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(rect, theme.sel if chosen else theme.base)
        painter.setFont(font("strong" if row.strong else "body"))
        painter.setPen(theme.seltext if chosen else theme.link if cell.link else theme.text)
        inner = rect.adjusted(px(PAD), 0, -px(PAD), 0)
        if row.internal and index.column() == 0:
            side = px(12)
            lock = pixmap("lock", theme.internal, side, view.devicePixelRatioF())
            painter.drawPixmap(inner.left(), inner.center().y() - side // 2, lock)
            inner.setLeft(inner.left() + side + px(4))
        figures = model.heads[index.column()].figures
        words = painter.fontMetrics().elidedText(cell.text, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag(_RIGHT if figures else _LEFT), words)
        painter.setPen(QPen(theme.line, 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        paint_ring(painter, rect, view, index)
        painter.restore()


class PlainTable(QTableView):
    """`opened` carries the key of a row and the column that was opened, by Enter or a double click.

    With `grows` it is as tall as its rows, for pages that scroll as a whole.
    """

    opened = Signal(object, int)

    def __init__(self, name: str, parent: QWidget | None = None, *, grows: bool = False) -> None:
        super().__init__(parent)
        self.table = PlainModel(self)
        self._grows = grows
        self.setModel(self.table)
        self.setItemDelegate(_Cells(self))
        self._heads = ColumnHead(self, pad=PAD)
        self.setHorizontalHeader(self._heads)
        self._heads.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(px(20))
        self.verticalHeader().setDefaultSectionSize(px(25))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(name)
        if grows:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        copy = QAction("Copy", self)
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(self.copy)
        self.addAction(copy)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.doubleClicked.connect(self._open)

    def show_rows(self, heads: Sequence[PlainHead], rows: Sequence[PlainRow]) -> None:
        """Show other rows."""
        self.table.show(heads, rows)
        self._heads.setFixedHeight(px(28))
        self._measure()

    def copy(self) -> None:
        """Put the whole table on the clipboard, figures at full precision."""
        lines = [[head.words for head in self.table.heads]]
        for row in self.table.rows:
            lines.append([cell.text if cell.value is None else raw(cell.value) for cell in row.cells])
        QGuiApplication.clipboard().setText(to_tsv(lines))

    def text(self, row: int, column: int) -> str:
        """What a cell shows."""
        return self.table.rows[row].cells[column].text

    def _measure(self) -> None:
        metrics = QFontMetrics(font("strong"))
        widths = []
        for column, head in enumerate(self.table.heads):
            texts = [head.words, *(row.cells[column].text for row in self.table.rows)]
            lock = px(16) if column == 0 and any(row.internal for row in self.table.rows) else 0
            needed = max(metrics.horizontalAdvance(text) for text in texts) + 2 * px(PAD) + 4 + lock
            widths.append(needed if head.figures or column == 0 else min(needed, px(_WIDEST)))
        frame = 2 * self.frameWidth()
        room = self.width() - frame - (0 if self._grows else self.verticalScrollBar().sizeHint().width())
        spare = room - sum(widths)
        words = [at for at, head in enumerate(self.table.heads) if not head.figures]
        if spare > 0 and words:
            widths[words[-1]] += spare
        for column, wide in enumerate(widths):
            self.setColumnWidth(column, wide)
        if self._grows:
            bar = self.horizontalScrollBar().sizeHint().height() if spare < 0 else 0
            self.setFixedHeight(px(28) + px(25) * len(self.table.rows) + bar + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._measure()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Enter opens the row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        key = self.table.rows[index.row()].key
        if key is not None:
            self.opened.emit(key, index.column())
