"""What the pointer or the arrow keys bring out of a chart: a box with all values of one place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from app.charts.axes import LEFT, RIGHT
from app.charts.words import heavy
from app.theme import Theme, font

_PAD = 10.0


@dataclass(frozen=True)
class BoxRow:
    """One value: its name, its figure in words, and the number of its series where it has a colour."""

    name: str
    text: str
    colour: int | None = None


@dataclass(frozen=True)
class Box:
    """All values of one place of a chart."""

    head: str
    rows: tuple[BoxRow, ...]

    def spoken(self) -> str:
        """The box in words, for screen readers."""
        return ". ".join([self.head, *(f"{row.name} {row.text}".strip() for row in self.rows)])


def paint_box(painter: QPainter, area: QRectF, at: QPointF, box: Box, theme: Theme) -> None:
    """Draw the box beside a point, kept inside the area of the chart."""
    strong = QFontMetricsF(heavy())
    small = QFontMetricsF(font("small"))
    line = strong.height() + 3
    indent = 14 if any(row.colour for row in box.rows) else 0
    names = max((small.horizontalAdvance(row.name) for row in box.rows), default=0.0)
    figures = max((strong.horizontalAdvance(row.text) for row in box.rows), default=0.0)
    width = max(indent + names + 20 + figures, strong.horizontalAdvance(box.head)) + 2 * _PAD
    height = line * (len(box.rows) + 1) + 2 * _PAD - 6
    left = at.x() + 12 if at.x() + 12 + width < area.right() else at.x() - 12 - width
    left = min(max(area.left(), left), max(area.left(), area.right() - width))
    top = min(at.y() + 4, max(area.top(), area.bottom() - height))
    place = QRectF(left, top, width, height)
    painter.setPen(QPen(theme.control, 1))
    painter.setBrush(theme.button)
    painter.drawRoundedRect(place, 4, 4)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    row = QRectF(left + _PAD, top + _PAD - 4, width - 2 * _PAD, line)
    painter.setPen(theme.text)
    painter.setFont(heavy())
    painter.drawText(row, LEFT, box.head)
    for each in box.rows:
        row.translate(0, line)
        if each.colour is not None:
            painter.fillRect(QRectF(row.left(), row.center().y() - 4, 8, 8), theme.series[each.colour - 1])
        painter.setPen(theme.text)
        painter.setFont(font("small"))
        painter.drawText(row.adjusted(indent, 0, 0, 0), LEFT, each.name)
        painter.setFont(heavy())
        painter.drawText(row, RIGHT, each.text)


def paint_dots(painter: QPainter, dots: Sequence[tuple[QPointF, QColor]], ground: QColor) -> None:
    """Points of series, set off from what lies under them."""
    painter.setPen(QPen(ground, 1.5))
    for at, colour in dots:
        painter.setBrush(colour)
        painter.drawEllipse(at, 4.5, 4.5)
    painter.setBrush(Qt.BrushStyle.NoBrush)
