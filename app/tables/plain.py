"""A table of words and figures: figures right-aligned, copied at full precision, rows that can be opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from app.places import AnyPlace
from app.tables.base import NOWHERE, FigureModel, FigureTable, Look
from app.tables.heads import PAD
from app.theme import font, px

Index = QModelIndex | QPersistentModelIndex
_ROW = 25
_WIDEST, _LEAST = 260, 140  # of a column of words; the last one gives way before the table scrolls


@dataclass(frozen=True)
class Cell:
    """What a cell shows and, where it is a figure, its exact value in the unit shown and where that comes from."""

    text: str
    value: float | None = None
    tip: str = ""
    link: bool = False
    place: AnyPlace | None = None


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


class PlainModel(FigureModel):
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

    def rowCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 - Qt's own name
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 - Qt's own name
        return 0 if parent.isValid() else len(self.heads)

    def head(self, column: int) -> tuple[str, str]:
        return self.heads[column].words, ""

    def text(self, row: int, column: int) -> str:
        return self.rows[row].cells[column].text

    def value(self, row: int, column: int) -> float | None:
        return self.rows[row].cells[column].value

    def is_figure(self, column: int) -> bool:
        return self.heads[column].figures

    def is_internal_at(self, row: int, _column: int) -> bool:
        return self.rows[row].internal

    def tip(self, row: int, column: int) -> str:
        return self.rows[row].cells[column].tip

    def look(self, row: int, column: int) -> Look:
        """Links in blue, what is internal with its lock."""
        each = self.rows[row]
        lock = "lock" if each.internal and column == 0 else ""
        return Look("strong" if each.strong else "body", "link" if each.cells[column].link else "text", icon=lock)


class PlainTable(FigureTable):
    """`opened` carries the key of a row that was opened, by Enter or a double click; a figure is explained by them.

    With `grows` it is as tall as its rows, for pages that scroll as a whole.
    """

    opened = Signal(object)
    explain_wished = Signal(object)  # AnyPlace

    def __init__(self, name: str, parent: QWidget | None = None, *, grows: bool = False) -> None:
        made = PlainModel()
        super().__init__(name, made, parent)
        self.table = made
        self._grows = grows
        self.setWordWrap(True)
        if grows:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.doubleClicked.connect(self._open)

    def show_rows(self, heads: Sequence[PlainHead], rows: Sequence[PlainRow]) -> None:
        """Show other rows."""
        self.table.show(heads, rows)
        self._heads.setFixedHeight(px(28))
        self._measure()

    def text(self, row: int, column: int) -> str:
        """What a cell shows."""
        return self.table.text(row, column)

    def figure_in_focus(self) -> AnyPlace | None:
        """Where the figure in focus comes from, None where the focus is on none."""
        at = self.currentIndex()
        return self.table.rows[at.row()].cells[at.column()].place if at.isValid() else None

    def _measure(self) -> None:
        metrics = QFontMetrics(font("strong"))
        widths, wished = [], []
        for column, head in enumerate(self.table.heads):
            texts = [head.words, *(row.cells[column].text for row in self.table.rows)]
            lock = px(16) if column == 0 and any(row.internal for row in self.table.rows) else 0
            needed = max(metrics.horizontalAdvance(text) for text in texts) + 2 * px(PAD) + 4 + lock
            wished.append(needed)
            widths.append(needed if head.figures or column == 0 else min(needed, px(_WIDEST)))
        frame = 2 * self.frameWidth()
        room = self.width() - frame - (0 if self._grows else self.verticalScrollBar().sizeHint().width())
        words = [at for at, head in enumerate(self.table.heads) if not head.figures]
        for column in words[1:-1]:  # as wide as they wish where there is room
            widths[column] += max(0, min(wished[column] - widths[column], room - sum(widths)))
        spare = room - sum(widths)
        if words and words[-1]:
            widths[words[-1]] = max(widths[words[-1]] + spare, min(widths[words[-1]], px(_LEAST)))
        elif words:
            widths[0] += max(0, spare)
        for column, wide in enumerate(widths):
            self.setColumnWidth(column, wide)
        heights = self._wrap([(at, widths[at]) for at in words if at])
        if self._grows:
            bar = self.horizontalScrollBar().sizeHint().height() if spare < 0 else 0
            self.setFixedHeight(px(28) + sum(heights) + bar + 2)

    def _wrap(self, columns: Sequence[tuple[int, int]]) -> list[int]:
        """How high each row is with all lines of its words in columns of these widths."""
        metrics = QFontMetrics(font("body"))
        heights = []
        for at, row in enumerate(self.table.rows):
            high = px(_ROW)
            for column, wide in columns:
                text, inner = row.cells[column].text, wide - 2 * px(PAD)
                if metrics.horizontalAdvance(text) > inner:
                    lines = metrics.boundingRect(QRect(0, 0, max(1, inner), high), Qt.TextFlag.TextWordWrap, text)
                    high = max(high, lines.height() + px(8))
            if self.rowHeight(at) != high:
                self.setRowHeight(at, high)
            heights.append(high)
        return heights

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
        row = self.table.rows[index.row()]
        place = row.cells[index.column()].place
        if place is not None:
            self.explain_wished.emit(place)
        elif row.key is not None:
            self.opened.emit(row.key)
