"""Controls side by side that go on in the next line where there is no room for them."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QLayoutItem, QSizePolicy, QWidget

from app.theme.fonts import px


class Flow(QLayout):
    """Items from left to right in as many lines as they need, each as wide as it wishes and in the middle of its line.

    What belongs together, such as words and the choice they are about, is to be put in as one widget: see `together`.
    """

    def __init__(self, parent: QWidget | None = None, *, gap: int = 8, line_gap: int = 6) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = px(gap)
        self._line_gap = px(line_gap)
        self._heights: dict[int, int] = {}  # by width, until something in it changes: layouts ask again and again
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802 - Qt's own name
        self._items.append(item)

    def invalidate(self) -> None:
        """Forget the heights: Qt calls this where an item has come, gone or changed its size."""
        self._heights.clear()
        super().invalidate()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt's own name
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt's own name
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802 - Qt's own name
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's own name
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's own name
        """The height of all lines in a width, in device-independent pixels."""
        known = self._heights.get(width)
        if known is None:
            edge = self.contentsMargins()
            lines = self._lines(width - edge.left() - edge.right())
            inner = sum(_height(line) for line in lines) + self._line_gap * max(0, len(lines) - 1)
            known = self._heights[width] = inner + edge.top() + edge.bottom()
        return known

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """All in one line."""
        shown = [item.sizeHint() for item in self._shown()]
        wide = sum(size.width() for size in shown) + self._gap * max(0, len(shown) - 1)
        return QSize(wide, max((size.height() for size in shown), default=0)).grownBy(self.contentsMargins())

    def minimumSize(self) -> QSize:  # noqa: N802 - Qt's own name
        """One below the other."""
        shown = [item.minimumSize() for item in self._shown()]
        wide, high = (max((side(size) for size in shown), default=0) for side in (QSize.width, QSize.height))
        return QSize(wide, high).grownBy(self.contentsMargins())

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802 - Qt's own name
        super().setGeometry(rect)
        rect = rect.marginsRemoved(self.contentsMargins())
        top = rect.top()
        for line in self._lines(rect.width()):
            left, high = rect.left(), _height(line)
            for item in line:
                size = _size(item, rect.width())
                item.setGeometry(QRect(left, top + (high - size.height()) // 2, size.width(), size.height()))
                left += size.width() + self._gap
            top += high + self._line_gap

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty() and item.sizeHint().width() > 0]

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        taken = 0
        for item in self._shown():
            wide = _size(item, width).width()
            if lines and taken + self._gap + wide <= width:
                lines[-1].append(item)
                taken += self._gap + wide
            else:
                lines.append([item])
                taken = wide
        return lines


def _size(item: QLayoutItem, width: int) -> QSize:
    """The size of an item: what it wishes, but no wider than the line."""
    return item.sizeHint().boundedTo(QSize(max(width, item.minimumSize().width()), 100_000))


def _height(line: list[QLayoutItem]) -> int:
    return max(item.sizeHint().height() for item in line)


def together(*parts: QWidget, gap: int = 8) -> QWidget:
    """Widgets in one row that stay beside each other."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(px(gap))
    for part in parts:
        row.addWidget(part)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return made
