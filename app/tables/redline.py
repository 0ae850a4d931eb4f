"""The table of a redline: what a returned workbook would change, each with a tick, both values and its effects."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QTableView, QWidget

from app.tables.base import FigureCells, FigureTable
from app.tables.heads import PAD, ColumnHead
from app.tables.redline_model import TOGETHER, RedlineModel
from app.theme import font, pixmap, px, theme_of

Index = QModelIndex | QPersistentModelIndex
_BOX = 14
_WIDEST_WORDS = 300


class _Heads(ColumnHead):
    """Heads, with the lock on those of internal figures."""

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:  # noqa: N802 - Qt's own name
        super().paintSection(painter, rect, logical)
        model = self.model()
        if isinstance(model, RedlineModel) and model.is_internal(logical):
            side = px(12)
            lock = pixmap("lock", theme_of(self).internal, side, self.devicePixelRatioF())
            painter.drawPixmap(rect.left() + px(6), rect.top() + px(7), lock)


class _Cells(FigureCells):
    """Boxes before the rows; the last row is a subtotal."""

    def __init__(self, model: RedlineModel, view: QTableView) -> None:
        super().__init__(model, view)
        self._changes = model

    def paint_before(self, painter: QPainter, inner: QRect, index: Index) -> int:
        if index.column() != 0:
            return 0
        on = self._changes.is_ticked(index.row())
        if on is not None:
            self._paint_box(painter, box_in(inner.adjusted(-px(PAD), 0, 0, 0)), self.view, on=on)
        return px(_BOX + PAD)

    def paint_rules(self, painter: QPainter, rect: QRect, index: Index) -> None:
        last = self._changes.is_ticked(index.row()) is None
        theme = theme_of(self.view)
        painter.setPen(QPen(theme.control if last else theme.line, 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if last:
            painter.drawLine(rect.topLeft(), rect.topRight())

    def editorEvent(  # noqa: N802 - Qt's own name
        self, _event: QEvent, _model: QAbstractItemModel, _option: QStyleOptionViewItem, _index: Index
    ) -> bool:
        """Boxes are ticked by the table, where they are painted; the style would look for them elsewhere."""
        return False

    @staticmethod
    def _paint_box(painter: QPainter, box: QRect, view: QTableView, *, on: bool) -> None:
        theme = theme_of(view)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.accent if on else theme.control, 1))
        painter.setBrush(theme.accent if on else theme.inputbg)
        painter.drawRoundedRect(box, px(3), px(3))
        if on:
            painter.drawPixmap(box.topLeft(), pixmap("check", theme.on_accent, box.width(), view.devicePixelRatioF()))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def box_in(rect: QRect) -> QRect:
    """Where the box of a row stands in its first cell."""
    side = px(_BOX)
    return QRect(rect.left() + px(PAD), rect.center().y() - side // 2, side, side)


class RedlineTable(FigureTable):
    """Space or a click on the box ticks a row; the arrows go from cell to cell."""

    def __init__(self, parent: QWidget | None = None) -> None:
        made = RedlineModel()
        super().__init__("Changes of the returned workbook", made, parent)
        self.table = made
        self.setItemDelegate(_Cells(made, self))
        self.verticalHeader().setDefaultSectionSize(px(26))
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.together = TogetherRow(self)
        self.table.modelReset.connect(self._measure)

    def make_heads(self) -> ColumnHead:
        return _Heads(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Space ticks the row."""
        on = self.table.is_ticked(self.currentIndex().row()) if self.currentIndex().isValid() else None
        if event.key() == Qt.Key.Key_Space and on is not None:
            self.table.tick(self.currentIndex().row(), not on)
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's own name
        """A click on a box ticks its row."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        on = self.table.is_ticked(index.row()) if index.isValid() and index.column() == 0 else None
        reach = px(4)
        box = box_in(self.visualRect(index)).adjusted(-reach, -reach, reach, reach)
        if on is not None and event.button() == Qt.MouseButton.LeftButton and box.contains(event.position().toPoint()):
            self.table.tick(index.row(), not on)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's own name
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measure()

    def _measure(self) -> None:
        """Columns as wide as what they hold; the field gets what is left."""
        metrics, small = QFontMetrics(font("strong")), QFontMetrics(font("small"))
        table = self.table
        widths = []
        for column in range(table.columnCount()):
            head, unit = table.head(column)
            lock = px(16) if table.is_internal(column) else 0
            texts = [table.text(row, column) for row in range(table.rowCount())]
            figure = "−1,234.5" if table.is_figure(column) and column >= 4 else ""
            widest = max(metrics.horizontalAdvance(text) for text in (head, figure, *texts))
            needed = max(widest + lock, small.horizontalAdvance(unit) + lock) + 2 * px(PAD) + 4
            mark = px(_BOX + PAD) if column == 0 or head == "As issued" else 0
            words = not table.is_figure(column) or column < 5
            widths.append(min(needed + mark, px(_WIDEST_WORDS)) if words else needed)
        if widths:
            spare = self.viewport().width() - sum(widths)
            widths[0] += max(0, spare)
        for column, wide in enumerate(widths):
            self.setColumnWidth(column, wide)
            self.together.setColumnWidth(column, wide)
        self._heads.setFixedHeight(px(40))
        last = table.rowCount() - 1
        for row in range(table.rowCount()):
            self.setRowHidden(row, row == last)
            self.together.setRowHidden(row, row != last)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        super().resizeEvent(event)
        self._measure()


class TogetherRow(QTableView):
    """The last row of a redline, which stays in sight below the others and scrolls sideways with them."""

    def __init__(self, above: RedlineTable) -> None:
        super().__init__(above)
        self.setModel(above.table)
        self.setItemDelegate(_Cells(above.table, self))
        self.horizontalHeader().hide()
        self.horizontalHeader().setMinimumSectionSize(px(24))
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(px(20))
        self.verticalHeader().setDefaultSectionSize(px(28))
        self.setFixedHeight(px(29))
        self.setShowGrid(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for bar in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            bar(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(TOGETHER)
        above.horizontalScrollBar().valueChanged.connect(self.horizontalScrollBar().setValue)
