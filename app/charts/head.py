"""The head of a chart: the finding and what is drawn, or for small charts a title and a legend."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from app.charts.axes import LEFT, paint_bar
from app.charts.spec import Series
from app.charts.words import heavy
from app.theme import Theme, font

_SWATCH = 9.0
_WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)


def head_height(title: str, subtitle: str, width: float) -> float:
    """The height of a head: words that do not fit in one line go on in the next."""
    return _height(title, font("strong"), width) + _height(subtitle, font("small"), width) + 2


def paint_head(painter: QPainter, title: str, subtitle: str, area: QRectF, theme: Theme) -> None:
    """Draw title and subtitle into the area."""
    first = QRectF(area)
    first.setHeight(_height(title, font("strong"), area.width()))
    painter.setFont(font("strong"))
    painter.setPen(theme.text)
    painter.drawText(first, _WRAPPED, title)
    second = QRectF(area.left(), first.bottom() + 2, area.width(), area.height() - first.height())
    painter.setFont(font("small"))
    painter.setPen(theme.text2)
    painter.drawText(second, _WRAPPED, subtitle)


def paint_small_head(painter: QPainter, title: str, rows: tuple[Series, ...], area: QRectF, theme: Theme) -> None:
    """Draw title and legend of a small chart into the area."""
    painter.setFont(heavy())
    painter.setPen(theme.text)
    metrics = QFontMetricsF(painter.font())
    words = metrics.elidedText(title, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(QRectF(area.left(), area.top(), area.width(), metrics.height()), LEFT, words)
    second = QRectF(area.left(), area.top() + metrics.height() + 2, area.width(), area.height() - metrics.height())
    _legend(painter, rows, second, theme)


def _height(words: str, face: QFont, width: float) -> float:
    metrics = QFontMetricsF(face)
    return max(metrics.height(), metrics.boundingRect(QRectF(0, 0, width, 1000), _WRAPPED, words).height())


def _legend(painter: QPainter, rows: tuple[Series, ...], area: QRectF, theme: Theme) -> None:
    painter.setFont(font("small"))
    metrics = QFontMetricsF(painter.font())
    height = metrics.height()
    x = area.left()
    for series in rows:
        x += paint_swatch(painter, series, x, area.top() + height / 2, theme) + 5
        painter.setPen(theme.text2)
        width = metrics.horizontalAdvance(series.name)
        painter.drawText(QRectF(x, area.top(), width + 2, height), LEFT, series.name)
        x += width + 14


def paint_swatch(painter: QPainter, series: Series, x: float, middle: float, theme: Theme) -> float:
    """A small sample of how a series is drawn, vertically around `middle`; returns its width."""
    colour = theme.series[series.colour - 1]
    if series.kind in ("line", "step", "stroke"):
        pen = QPen(colour, 2.2 if series.kind != "stroke" else 3)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if series.dashed:
            pen.setDashPattern([2, 1])
        painter.setPen(pen)
        painter.drawLine(round(x), round(middle), round(x + 14), round(middle))
        return 14.0
    box = QRectF(x, round(middle - _SWATCH / 2), _SWATCH, _SWATCH)
    paint_bar(painter, box, colour, theme, hatched=series.hatched)
    if series.kind == "area":
        painter.fillRect(box.adjusted(1.5, 1.5, -1.5, -1.5), theme.base)
    return _SWATCH
