"""What every chart is made of: axes, words, solid tints, hatched and broken bars."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from app.charts.scale import Scale
from app.charts.words import number
from app.theme import Theme, font

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter
_HATCH = 6.5  # device-independent pixels between two lines of a hatching
_AROUND = [(across * 2, down * 2) for across in (-1, 0, 1) for down in (-1, 0, 1) if across or down]


def blend(front: QColor, back: QColor, part: float) -> QColor:
    """A solid colour that looks like `part` of the front over the back."""
    rest = 1 - part
    return QColor.fromRgbF(
        part * front.redF() + rest * back.redF(),
        part * front.greenF() + rest * back.greenF(),
        part * front.blueF() + rest * back.blueF(),
    )


def put(
    painter: QPainter, place: QRectF, words: str, face: QFont, colour: QColor, align: Qt.AlignmentFlag = LEFT
) -> None:
    """Write words into a place."""
    painter.setFont(face)
    painter.setPen(colour)
    painter.drawText(place, align, words)


def put_on_ground(
    painter: QPainter, place: QRectF, words: str, face: QFont, colour: QColor, ground: QColor, align: Qt.AlignmentFlag
) -> None:
    """Write words over a drawing, on a patch of the ground so that nothing runs through them."""
    width = QFontMetricsF(face).horizontalAdvance(words) + 4
    patch = QRectF(place)
    patch.setWidth(width)
    if align == RIGHT:
        patch.moveRight(place.right() + 2)
    elif align == CENTRE:
        patch.moveCenter(place.center())
    else:
        patch.moveLeft(place.left() - 2)
    painter.fillRect(patch, ground)
    put(painter, place, words, face, colour, align)


def put_outlined(painter: QPainter, place: QRectF, words: str, face: QFont, colour: QColor, ground: QColor) -> None:
    """Write words over a drawing, with an edge of the ground around the letters so that lines end before them."""
    for across, down in _AROUND:
        put(painter, place.translated(across, down), words, face, ground)
    put(painter, place, words, face, colour)


def widest(words: list[str], face: QFont) -> float:
    """The width of the widest of some words."""
    metrics = QFontMetricsF(face)
    return max((metrics.horizontalAdvance(each) for each in words), default=0.0)


def ticks_width(scales: list[Scale]) -> float:
    """The room that the figures at the left of some axes need."""
    return widest([number(tick, axis.decimals) for axis in scales for tick in axis.ticks], font("small"))


def paint_values(painter: QPainter, plot: QRectF, axis: Scale, unit: str, theme: Theme) -> None:
    """Horizontal lines at the round values with their figures at the left, and the unit above the axis."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setFont(font("small"))
    line = painter.fontMetrics().height()
    for tick in axis.ticks:
        y = round(axis.place(tick, plot.bottom(), plot.top()))
        painter.setPen(QPen(theme.axis if abs(tick) < 1e-12 else theme.grid, 1))
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
        painter.setPen(theme.text2)
        words = QRectF(plot.left() - 206, y - line / 2, 200, line)
        painter.drawText(words, RIGHT, number(tick, axis.decimals))
    if unit:
        painter.setPen(theme.text2)
        painter.drawText(QRectF(plot.left() + 6, plot.top() - line - 2, plot.width(), line), LEFT, unit)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)


def paint_bar(painter: QPainter, bar: QRectF, colour: QColor, theme: Theme, *, hatched: bool = False) -> None:
    """A bar, solid or hatched; what is hatched keeps a solid edge, so that its length can be read."""
    if not hatched or bar.width() < 3 or bar.height() < 3:
        painter.fillRect(bar, colour)
        return
    painter.save()
    painter.fillRect(bar, blend(colour, theme.base, 0.25))
    painter.setClipRect(bar, Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(colour, 2.0))
    start = bar.left() - bar.height() - _HATCH
    while start < bar.right():
        painter.drawLine(QLineF(start, bar.bottom(), start + bar.height(), bar.top()))
        start += _HATCH
    painter.setPen(QPen(colour, 2))
    painter.drawRect(bar.adjusted(1, 1, -1, -1))
    painter.restore()


def paint_break(painter: QPainter, bar: QRectF, y: float, ground: QColor) -> None:
    """A slanted gap across a bar around a height: the bar is longer than drawn."""
    slant, gap = min(8.0, bar.width() * 0.12), 6.0
    left, right = bar.left() - 1, bar.right() + 1
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawPolygon(
        QPolygonF(
            [
                QPointF(left, y + slant / 2),
                QPointF(right, y - slant / 2),
                QPointF(right, y - slant / 2 + gap),
                QPointF(left, y + slant / 2 + gap),
            ]
        )
    )
    painter.setBrush(Qt.BrushStyle.NoBrush)
