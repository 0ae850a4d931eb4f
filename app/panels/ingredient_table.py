"""The table of what went into a figure; Enter or a double click goes on to an ingredient."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
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

from app.panels.explain_words import IngredientRow
from app.tables.heads import ColumnHead
from app.theme import font, pixmap, px, theme_of

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_ROLE = Qt.ItemDataRole
LABEL, VALUE, UNIT, KIND, SOURCE = range(5)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_PAD, _INDENT, _ROW = 8, 12, 25


class IngredientModel(QAbstractTableModel):
    """Ingredients with value, unit, kind, and what they are made of."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[IngredientRow, ...] = ()
        self._heads = ("Ingredient", "Value", "", "Kind", "From")

    def show_rows(self, rows: tuple[IngredientRow, ...], when: str) -> None:
        """Show other ingredients; `when` heads their values."""
        self.beginResetModel()
        self._rows = rows
        self._heads = ("Ingredient", when or "Value", "", "Kind", "From")
        self.endResetModel()

    def row(self, at: int) -> IngredientRow:
        """One ingredient."""
        return self._rows[at]

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's own name
        """Ingredients."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's own name
        """Five columns."""
        return 0 if parent.isValid() else len(self._heads)

    def text(self, row: int, column: int) -> str:
        """What a cell says."""
        each = self._rows[row]
        return (each.label, each.value, each.unit, each.kind, each.source)[column]

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> object:
        """Texts, tooltips and what a screen reader says."""
        if not index.isValid():
            return None
        each = self._rows[index.row()]
        if role == _ROLE.AccessibleTextRole:
            internal = ", internal" if each.internal else ""
            return f"{each.label}: {each.value} {each.unit}, {each.kind}{internal}" + (
                f", from {each.source}" if each.source else ""
            )
        tips = {LABEL: each.label, VALUE: each.exact, SOURCE: each.source}
        answers: dict[int, object] = {
            _ROLE.DisplayRole: self.text(index.row(), index.column()),
            _ROLE.ToolTipRole: tips.get(index.column()),
            _ROLE.TextAlignmentRole: _RIGHT if index.column() == VALUE else _LEFT,
        }
        return answers.get(role)

    def headerData(  # noqa: N802 - Qt's own name
        self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole
    ) -> object:
        """Heads of the columns."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._heads):
            return None
        answers: dict[int, object] = {
            _ROLE.DisplayRole: self._heads[section],
            _ROLE.TextAlignmentRole: _RIGHT if section == VALUE else _LEFT,
        }
        return answers.get(role)


class _Cells(QStyledItemDelegate):
    """Names are links, inputs are tinted, ingredients of ingredients stand further in."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view, model = option.widget, index.model()
        assert isinstance(view, QTableView)
        assert isinstance(model, IngredientModel)
        theme, rect = theme_of(view), QRect(option.rect)
        each, column = model.row(index.row()), index.column()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        entered = each.is_input and column in (VALUE, UNIT)
        painter.fillRect(rect, theme.sel if chosen else theme.inputbg if entered else theme.base)
        strong = each.level == 0 and column in (LABEL, VALUE)
        painter.setFont(font("strong" if strong else "body"))
        ink = theme.text if column == VALUE else theme.text2
        if column == LABEL and each.link is not None:
            ink = theme.link
        if entered or (each.is_input and column == KIND):
            ink = theme.input
        painter.setPen(theme.seltext if chosen else ink)
        inner = rect.adjusted(px(_PAD) + (px(_INDENT) * each.level if column == LABEL else 0), 0, -px(_PAD), 0)
        if each.internal and column == LABEL:
            side = px(12)
            lock = pixmap("lock", theme.internal, side, view.devicePixelRatioF())
            painter.drawPixmap(inner.left(), inner.center().y() - side // 2, lock)
            inner.setLeft(inner.left() + side + px(4))
        words = painter.fontMetrics().elidedText(
            model.text(index.row(), column), Qt.TextElideMode.ElideRight, inner.width()
        )
        painter.drawText(inner, Qt.AlignmentFlag(_RIGHT if column == VALUE else _LEFT), words)
        painter.setPen(QPen(theme.line, 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if view.hasFocus() and column == LABEL and view.currentIndex().row() == index.row():
            painter.setPen(QPen(theme.focus, 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -2))
        painter.restore()


class IngredientTable(QTableView):
    """As tall as its rows; `followed` carries the ingredient gone on to."""

    followed = Signal(object)  # IngredientRow

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = IngredientModel(self)
        self.setModel(self.table)
        self.setItemDelegate(_Cells(self))
        self._heads = ColumnHead(self, pad=_PAD)
        self.setHorizontalHeader(self._heads)
        self._heads.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(px(20))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Ingredients")
        self.setMouseTracking(True)
        self.clicked.connect(self._on_click)

    def show_rows(self, rows: tuple[IngredientRow, ...], when: str) -> None:
        """Show other ingredients."""
        self.table.show_rows(rows, when)
        for at in range(len(rows)):
            self.setRowHeight(at, px(_ROW))
        self._heads.setFixedHeight(px(28))
        self.setFixedHeight(px(28) + px(_ROW) * len(rows) + 1)
        self._measure()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """Narrow panes cut the last column first."""
        return QSize(px(320), super().minimumSizeHint().height())

    def _measure(self) -> None:
        strong, body = QFontMetrics(font("strong")), QFontMetrics(font("body"))
        rows = range(self.table.rowCount())

        def needed(column: int, metrics: QFontMetrics) -> int:
            head = str(self.table.headerData(column, Qt.Orientation.Horizontal) or "")
            texts = [self.table.text(at, column) for at in rows]
            return max((metrics.horizontalAdvance(text) for text in [head, *texts]), default=0) + 2 * px(_PAD) + 2

        room = self.width()
        label = min(needed(LABEL, strong) + px(_INDENT) + px(16), room * 45 // 100)
        others = [needed(VALUE, strong), needed(UNIT, body), needed(KIND, body)]
        for column, wide in zip((LABEL, VALUE, UNIT, KIND), (label, *others), strict=True):
            self.setColumnWidth(column, wide)
        self.setColumnWidth(SOURCE, max(px(40), room - label - sum(others)))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        super().resizeEvent(event)
        self._measure()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Enter goes on to the ingredient."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._follow(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's own name
        """A hand over what can be followed."""
        index = self.indexAt(event.position().toPoint())
        over = index.isValid() and index.column() == LABEL and self.table.row(index.row()).link is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's own name
        """Anywhere in the row but on its name, which one click has followed already."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() != LABEL:
            self._follow(index.row())

    def _on_click(self, index: QModelIndex) -> None:
        if index.column() == LABEL:
            self._follow(index.row())

    def _follow(self, at: int) -> None:
        if self.table.row(at).link is not None:
            self.followed.emit(self.table.row(at))
