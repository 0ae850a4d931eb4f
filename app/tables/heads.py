"""Heads of tables: columns with one or two lines of words, and row labels that stay while the figures scroll."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLabel, QTableView, QToolTip, QWidget

from app.theme import Theme, advance, font, px, theme_of

SUBHEAD = Qt.ItemDataRole.UserRole + 1  # second line of a column head
ROW_STYLE = Qt.ItemDataRole.UserRole + 2  # one of the styles below, on row heads and cells
PLAIN, INPUT, CALCULATED, SUBTOTAL, SECTION = "plain", "input", "calculated", "subtotal", "section"
PAD = 8
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

Index = QModelIndex | QPersistentModelIndex


class ColumnHead(QHeaderView):
    """Column heads, right-aligned on the edge of their figures, with a rule below that is darker than those of rows."""

    def __init__(self, view: QAbstractItemView, *, pad: int = PAD, subheads: bool = True) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._pad = pad
        self._subheads = subheads  # whether any column may have a second line
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(px(24))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """Tall enough for the second line if any column has one."""
        two = self._subheads and any(self._sub(at) for at in range(self.count()))
        return QSize(0, px(40) if two else px(28))  # as wide as its view, whatever the columns want

    def _sub(self, at: int) -> str:
        if not self._subheads:
            return ""
        model = self.model()
        said = model.headerData(at, Qt.Orientation.Horizontal, SUBHEAD) if model is not None else None
        return said if isinstance(said, str) else ""

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:  # noqa: N802 - Qt's own name
        """One head."""
        theme = theme_of(self)
        painter.save()
        painter.fillRect(rect, theme.base)
        words = str(self.model().headerData(logical, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole) or "")
        sub = self._sub(logical)
        inner = rect.adjusted(px(4), 0, -px(self._pad), -px(3))
        said = self.model().headerData(logical, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
        left = isinstance(said, int) and bool(said & Qt.AlignmentFlag.AlignLeft.value)
        right = Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight
        if left:
            inner.setLeft(rect.left() + px(self._pad))
        if sub:
            small = font("small")
            below = QFontMetrics(small).height()
            painter.setFont(small)
            painter.setPen(theme.text2)
            painter.drawText(inner, right | Qt.AlignmentFlag.AlignBottom, sub)
            painter.setFont(font("strong"))
            painter.setPen(theme.text)
            painter.drawText(inner.adjusted(0, 0, 0, -below - 1), right | Qt.AlignmentFlag.AlignBottom, words)
        else:
            painter.setFont(font("body"))
            painter.setPen(theme.text2)
            painter.drawText(inner.adjusted(0, px(3), 0, 0), right | Qt.AlignmentFlag.AlignVCenter, words)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.control)
        painter.restore()


class RowHead(QHeaderView):
    """Row labels, left-aligned; being a header they stay when the figures scroll sideways.

    One that is longer than the head is wide is cut in its middle, and then a tooltip says all of it.
    """

    def __init__(self, view: QAbstractItemView, *, pad: int = 0, least: int = 0) -> None:
        super().__init__(Qt.Orientation.Vertical, view)
        self._pad = pad
        self.least = least  # width of the design
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(px(20))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """As wide as the longest label."""
        return QSize(self.wanted_width(), 0)  # as tall as its view

    def wanted_width(self) -> int:
        """The width at which no label is cut off, in device-independent pixels."""
        widest = max((self._advance(row) for row in range(self.count())), default=0)
        return max(px(self.least), widest + px(self._pad) + px(16))

    def is_cut(self, row: int) -> bool:
        """True where the label of a row does not fit."""
        return self._advance(row) > self.width() - px(self._pad) - px(4)

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        """The tooltip of a label that is cut; the others say all that they have to."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            row = self.logicalIndexAt(event.pos())
            QToolTip.showText(event.globalPos(), self.tip(row), self)
            return True
        return super().viewportEvent(event)

    def tip(self, row: int) -> str:
        """The whole label where it is cut, else nothing."""
        return self._words(row) if 0 <= row < self.count() and self.is_cut(row) else ""

    def _advance(self, row: int) -> int:
        bold = self._style(row) in (SUBTOTAL, SECTION)
        return advance("strong" if bold else "body", self._words(row))

    def _words(self, row: int) -> str:
        return str(self.model().headerData(row, Qt.Orientation.Vertical, Qt.ItemDataRole.DisplayRole) or "")

    def _style(self, row: int) -> str:
        return str(self.model().headerData(row, Qt.Orientation.Vertical, ROW_STYLE) or PLAIN)

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:  # noqa: N802 - Qt's own name
        """One label with the rule of its row."""
        theme = theme_of(self)
        style = self._style(logical)
        painter.save()
        painter.fillRect(rect, theme.base)
        painter.setFont(font("strong" if style in (SUBTOTAL, SECTION) else "body"))
        painter.setPen(theme.text2 if style == CALCULATED else theme.text)
        inner = rect.adjusted(px(self._pad), 0, -px(4), 0)
        if style == SECTION:
            inner.adjust(0, px(6), 0, 0)
        words = painter.fontMetrics().elidedText(self._words(logical), Qt.TextElideMode.ElideMiddle, inner.width())
        painter.drawText(inner, LEFT, words)
        paint_rules(painter, rect, style, theme)
        painter.restore()


def paint_rules(painter: QPainter, rect: QRect, style: str, theme: Theme) -> None:
    """The rules of a row: thin below every row, darker ones round a subtotal, none below an input row's own border."""
    if style == INPUT:
        return
    dark = style in (SUBTOTAL, SECTION)
    # filled, not drawn: lines of neighbouring cells meet at every scale of the screen
    painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.control if dark else theme.line)
    if style == SUBTOTAL:
        painter.fillRect(rect.left(), rect.top() - 1, rect.width(), 1, theme.control)


def paint_ring(painter: QPainter, rect: QRect, view: QAbstractItemView, index: Index) -> None:
    """The ring round the current cell of a table that has the keyboard focus; nothing round any other."""
    if view.hasFocus() and view.currentIndex() == index:
        painter.setPen(QPen(theme_of(view).focus, 2))
        painter.drawRect(rect.adjusted(1, 1, -1, -2))


def lay_plain(view: QTableView, heads: QHeaderView, labels: QHeaderView | None) -> None:
    """Give a table its heads and row labels, whose widths the program sets, and the look of all: no grid, no wrapping.

    Without labels rows have the usual height. Tab leads out of the table.
    """
    view.setHorizontalHeader(heads)
    heads.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    if labels is not None:
        view.setVerticalHeader(labels)
        labels.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    else:
        view.verticalHeader().hide()
        view.verticalHeader().setMinimumSectionSize(px(20))
        view.verticalHeader().setDefaultSectionSize(px(25))
    view.setCornerButtonEnabled(False)
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setTabKeyNavigation(False)


class Corner(QLabel):
    """The words above the row labels, such as "Contract year" or "$m", with the rule of the heads."""

    def __init__(self, view: QWidget, *, pad: int = 0) -> None:
        super().__init__(view)
        self._pad = pad
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's own name
        """Words over a rule, on the ground of the table, in line with the last line of the heads beside them."""
        theme = theme_of(self)
        two_lines = self.height() > px(32)
        inner = self.rect().adjusted(px(self._pad), 0, 0, -px(3) if two_lines else 0)
        down = Qt.AlignmentFlag.AlignBottom if two_lines else Qt.AlignmentFlag.AlignVCenter
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.base)
            painter.setFont(font("small" if two_lines else "body"))
            painter.setPen(theme.text2)
            painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | down, self.text())
            painter.setPen(QPen(theme.control, 1))
            painter.drawLine(self.rect().bottomLeft(), self.rect().bottomRight())
