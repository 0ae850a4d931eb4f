"""The table of what went into a figure; Enter or a double click goes on to an ingredient."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QSizePolicy, QWidget

from app.panels.explain_words import IngredientRow
from app.tables.base import NOWHERE, FigureModel, FigureTable, Look
from app.tables.heads import PAD
from app.theme import font, px

Index = QModelIndex | QPersistentModelIndex
LABEL, VALUE, UNIT, KIND, SOURCE = range(5)
_NARROW = 1000  # below, the kind stands with what a figure is made of, and only where it is no calculated one
_INDENT, _ROW, _UNIT = 12, 25, 112  # the last is all a unit gets where what a figure is made of needs the room


class IngredientModel(FigureModel):
    """Ingredients with value, unit, kind, and what they are made of."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[IngredientRow, ...] = ()
        self._heads = ("Ingredient", "Value", "", "Kind", "From")
        self.unit = ""
        self.narrow = False

    def show_rows(self, rows: tuple[IngredientRow, ...], when: str) -> None:
        """Show other ingredients; `when` heads their values."""
        self.beginResetModel()
        self._rows = rows
        units = {row.unit for row in rows if row.unit or row.number is not None}
        self.unit = units.pop() if len(units) == 1 else ""  # of all: said once, in the head
        head = ", ".join(filter(None, (when or "Value", self.unit)))
        self._heads = ("Ingredient", head, "", "Kind", "From")
        self.endResetModel()

    def row(self, at: int) -> IngredientRow:
        """One ingredient."""
        return self._rows[at]

    def rowCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 - Qt's own name
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 - Qt's own name
        return 0 if parent.isValid() else len(self._heads)

    def head(self, column: int) -> tuple[str, str]:
        return self._heads[column], ""

    def is_figure(self, column: int) -> bool:
        return column == VALUE

    def is_internal_at(self, row: int, _column: int) -> bool:
        return self._rows[row].internal

    def text(self, row: int, column: int) -> str:
        each = self._rows[row]
        unit = "" if self.unit else each.unit
        source = each.source
        if self.narrow and each.kind not in ("Calculated", ""):
            source = f"{each.kind}: {source}" if source else each.kind
        return (each.label, each.value, unit, each.kind, source)[column]

    def value(self, row: int, column: int) -> float | None:
        return self._rows[row].number if column == VALUE else None

    def _cell(self, row: int, column: int) -> float | str:
        """What is copied has a column for the kind however narrow the table is."""
        return self._rows[row].source if column == SOURCE else super()._cell(row, column)

    def tip(self, row: int, column: int) -> str:
        each = self._rows[row]
        return {LABEL: each.label, VALUE: each.exact, SOURCE: each.source}.get(column, "")

    def spoken(self, row: int, _column: int) -> str:
        """The whole row, whichever of its cells is looked at."""
        each = self._rows[row]
        internal = ", internal" if each.internal else ""
        source = f", from {each.source}" if each.source else ""
        return f"{each.label}: {each.value} {each.unit}, {each.kind}{internal}{source}"

    def look(self, row: int, column: int) -> Look:
        """Names are links, inputs are tinted, ingredients of ingredients stand further in."""
        each = self._rows[row]
        entered = each.is_input and column in (VALUE, UNIT)
        ink = "text" if column == VALUE else "text2"
        if column == LABEL and each.link is not None:
            ink = "link"
        if entered or (each.is_input and column == KIND):
            ink = "input"
        return Look(
            "strong" if each.level == 0 and column in (LABEL, VALUE) else "body",
            ink,
            "inputbg" if entered else "base",
            "lock" if each.internal and column == LABEL else "",
            indent=px(_INDENT) * each.level if column == LABEL else 0,
        )


class IngredientTable(FigureTable):
    """As tall as its rows; `followed` carries the ingredient gone on to."""

    followed = Signal(object)  # IngredientRow

    def __init__(self, parent: QWidget | None = None) -> None:
        made = IngredientModel()
        super().__init__("Ingredients", made, parent)
        self.table = made
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setWordWrap(True)
        self.clicked.connect(self._on_click)

    def show_rows(self, rows: tuple[IngredientRow, ...], when: str) -> None:
        """Show other ingredients."""
        self.table.show_rows(rows, when)
        self._heads.setFixedHeight(px(28))
        self._measure()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """What has no room in a narrow pane goes on in further lines."""
        return QSize(px(320), super().minimumSizeHint().height())

    def _measure(self) -> None:
        self.table.narrow = self.width() < px(_NARROW)
        self.setColumnHidden(KIND, self.table.narrow)
        strong, body = QFontMetrics(font("strong")), QFontMetrics(font("body"))
        rows = range(self.table.rowCount())

        def needed(column: int, metrics: QFontMetrics) -> int:
            head = self.table.head(column)[0]
            texts = [self.table.text(at, column) for at in rows]
            return max((metrics.horizontalAdvance(text) for text in [head, *texts]), default=0) + 2 * px(PAD) + 2

        value, kind = needed(VALUE, strong), 0 if self.table.narrow else needed(KIND, body)
        label = needed(LABEL, strong) + px(_INDENT) + px(16)
        unit = 0 if self.table.unit else needed(UNIT, body)
        room = self.width() - value - kind
        source = min(needed(SOURCE, body), room * (46 if self.table.narrow else 40) // 100)
        if label + unit + source > room:
            label = min(label, max(room * 36 // 100, room - unit - source))
            unit = min(unit, max(px(_UNIT), room - label - source))
        widths = (label, value, unit, kind, max(px(40), room - label - unit))
        for column, wide in enumerate(widths):
            self.setColumnWidth(column, wide)
        heights = [self._height(at, widths) for at in rows]
        for at, high in enumerate(heights):
            self.setRowHeight(at, high)
        self.setFixedHeight(px(28) + sum(heights) + 1)

    def _height(self, at: int, widths: Sequence[int]) -> int:
        """How high a row is, with all lines of its words."""
        high = 0
        for column in (LABEL, UNIT, SOURCE):
            look = self.table.look(at, column)
            inner = widths[column] - 2 * px(PAD) - look.indent - (px(16) if look.icon else 0)
            words = QRect(0, 0, max(inner, 1), px(_ROW))
            wrap = Qt.TextFlag.TextWordWrap
            high = max(
                high, QFontMetrics(font(look.type)).boundingRect(words, wrap, self.table.text(at, column)).height()
            )
        return max(px(_ROW), high + px(8))

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
