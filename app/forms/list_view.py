"""The overview table of a list: names at the left, the chosen row in the colour of selection."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.forms.list_model import ListModel
from app.forms.marking import paint_change
from app.tables.heads import ColumnHead, Corner, RowHead, lay_plain, paint_rules
from app.theme import font, px, theme_of

Index = QModelIndex | QPersistentModelIndex
_PAD = 10
_MARK = 21  # how far from what is written a mark of change begins: in a wide column its edge is out of sight of it


class _Names(RowHead):
    """Names of items; the chosen one in the colour of selection, one with an unusable entry in that of errors."""

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:  # noqa: N802 - Qt's own name
        theme = theme_of(self)
        view = self.parent()
        chosen = isinstance(view, QTableView) and view.currentIndex().row() == logical
        ink = self.model().headerData(logical, Qt.Orientation.Vertical, Qt.ItemDataRole.ForegroundRole)
        painter.save()
        painter.fillRect(rect, theme.sel if chosen else theme.base)
        painter.setFont(font("strong" if chosen else "body"))
        painter.setPen(ink or (theme.seltext if chosen else theme.text))
        words = str(self.model().headerData(logical, Qt.Orientation.Vertical, Qt.ItemDataRole.DisplayRole) or "")
        inner = rect.adjusted(px(8), 0, -px(4), 0)
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
        paint_rules(painter, rect, "plain", theme)
        model = self.model()
        if isinstance(model, ListModel) and model.is_new(logical):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_change(painter, rect.adjusted(2, 2, 0, 0), self, right=True)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if chosen and isinstance(view, QTableView) and view.hasFocus():
            painter.setPen(QPen(theme.focus, 2))
            left, top, bottom = rect.left() + 1, rect.top() + 1, rect.bottom()
            painter.drawPolyline([QPoint(rect.right() + 2, top), QPoint(left, top), QPoint(left, bottom)])
            painter.drawLine(left, bottom, rect.right() + 2, bottom)
        painter.restore()

    def wanted_width(self) -> int:
        """Room for every name in bold."""
        metrics = QFontMetrics(font("strong"))
        names = [
            str(self.model().headerData(row, Qt.Orientation.Vertical, Qt.ItemDataRole.DisplayRole) or "")
            for row in range(self.count())
        ]
        return max(px(110), max((metrics.horizontalAdvance(name) for name in names), default=0) + px(28))


class _Cells(QStyledItemDelegate):
    """Texts over thin rules, with the corner of what changed."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view, model = option.widget, index.model()
        assert isinstance(view, QWidget)
        assert isinstance(model, ListModel)
        theme, rect = theme_of(view), QRect(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(rect, theme.sel if selected else theme.base)
        painter.setFont(font("body"))
        painter.setPen(theme.seltext if selected else theme.text)
        aligned = Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole))
        text, inner = str(index.data() or ""), rect.adjusted(px(_PAD), 0, -px(_PAD), 0)
        painter.drawText(inner, aligned, text)
        paint_rules(painter, rect, "plain", theme)
        if model.is_changed(index.row(), index.column()):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            wide, room = painter.fontMetrics().horizontalAdvance(text), px(_MARK)
            if aligned & Qt.AlignmentFlag.AlignLeft:
                rect.setRight(min(rect.right(), inner.left() + wide + room))
                paint_change(painter, rect.adjusted(2, 1, 0, 0), view, right=True)
            else:
                rect.setLeft(max(rect.left(), inner.right() - wide - room))
                paint_change(painter, rect.adjusted(2, 1, 0, 0), view)
        painter.restore()


class ListView(QTableView):
    """One item is always chosen; `opened` asks for its fields."""

    opened = Signal()

    def __init__(self, model: ListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items = model
        self._heads = ColumnHead(self, pad=_PAD)
        self._names = _Names(self)
        self.setModel(model)
        self.setItemDelegate(_Cells(self))
        lay_plain(self, self._heads, self._names)
        self._corner = Corner(self, pad=8)
        self._corner.setText(model.listing.one.capitalize())
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.activated.connect(self.opened)
        model.modelReset.connect(self._measure)
        model.headerDataChanged.connect(self._measure)
        model.headerDataChanged.connect(self._names.viewport().update)

    def choose(self, row: int) -> None:
        """Make an item the chosen one."""
        if 0 <= row < self._items.rowCount():
            self.selectRow(row)
            self.setCurrentIndex(self._items.index(row, 0))

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802 - Qt's own name
        """The name's colour follows the choice."""
        super().currentChanged(current, previous)
        self._names.viewport().update()

    def _measure(self) -> None:
        for row in range(self._items.rowCount()):
            self.setRowHeight(row, px(26))
        self._names.setFixedWidth(self._names.wanted_width())
        self._heads.setFixedHeight(px(28))
        count = self._items.columnCount()
        needed = [self._needed(column) for column in range(count)]
        spare = max(0, self.width() - self._names.width() - sum(needed) - 1)
        for column in range(count):
            extra = spare // count + (spare % count if column == count - 1 else 0)
            self.setColumnWidth(column, needed[column] + extra)
        self._corner.setGeometry(0, 0, self._names.width(), self._heads.height())
        self.updateGeometries()
        self.setFixedHeight(self.sizeHint().height())

    def _needed(self, column: int) -> int:
        metrics = QFontMetrics(font("body"))
        texts = [str(self._items.index(row, column).data() or "") for row in range(self._items.rowCount())]
        texts.append(str(self._items.headerData(column, Qt.Orientation.Horizontal) or ""))
        return max(metrics.horizontalAdvance(text) for text in texts) + 2 * px(_PAD) + 2

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """All rows, the heads, and the bar for scrolling sideways where it is needed."""
        rows = sum(self.rowHeight(row) for row in range(self._items.rowCount()))
        columns = sum(self.columnWidth(column) for column in range(self._items.columnCount()))
        bar = self.horizontalScrollBar().sizeHint().height() if columns + self._names.width() > self.width() else 0
        return QSize(px(400), self._heads.height() + rows + bar + 1)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        """Share the width anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._measure()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's own name
        """The table, with a ring round the chosen row while it has the focus."""
        super().paintEvent(event)
        if self.hasFocus() and self.currentIndex().isValid():
            row = self.currentIndex().row()
            with QPainter(self.viewport()) as painter:
                painter.setPen(QPen(theme_of(self).focus, 2))
                top, high = self.rowViewportPosition(row), self.rowHeight(row)
                right, bottom = self.viewport().width() - 1, top + high - 1
                painter.drawPolyline([QPoint(0, top + 1), QPoint(right, top + 1), QPoint(right, bottom)])
                painter.drawLine(right, bottom, 0, bottom)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's own name
        """The ring comes with the focus."""
        super().focusInEvent(event)
        self._names.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's own name
        """The ring goes with the focus."""
        super().focusOutEvent(event)
        self._names.viewport().update()
        self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's own name
        """Up and down belongs to the page."""
        event.ignore()
