"""What every editor draws over itself: the corner of a changed value and the sign of one that cannot be used."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPainter, QPolygon
from PySide6.QtWidgets import QWidget

from app.theme import pixmap, px, theme_of


def paint_corner(painter: QPainter, rect: QRect, widget: QWidget) -> None:
    """A filled corner at the top left of a value that differs from the saved deal."""
    side = px(7)
    at = rect.topLeft()
    painter.setPen(theme_of(widget).focus)
    painter.setBrush(theme_of(widget).focus)
    painter.drawPolygon(QPolygon([at, at + QPoint(side, 0), at + QPoint(0, side)]))


def paint_alert(painter: QPainter, rect: QRect, widget: QWidget) -> None:
    """The sign of an entry that cannot be used, at the left of its field or cell."""
    side = px(14)
    sign = pixmap("circle-alert", theme_of(widget).negative, side, widget.devicePixelRatioF())
    painter.drawPixmap(rect.left() + px(8), rect.center().y() - side // 2 + 1, sign)
