"""The head of a chart: the finding and what is drawn, or for small charts a title and a legend."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from app.charts.spec import Chart, Series
from app.charts.words import heavy
from app.theme import Theme, font

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_SWATCH = 9.0


def paint_head(painter: QPainter, chart: Chart, area: QRectF, theme: Theme) -> None:
    """Draw title and subtitle, or title and legend, into the area."""
    painter.setFont(heavy() if chart.compact else font("strong"))
    painter.setPen(theme.text)
    metrics = QFontMetricsF(painter.font())
    title = metrics.elidedText(chart.title, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(QRectF(area.left(), area.top(), area.width(), metrics.height()), _LEFT, title)
    second = QRectF(area.left(), area.top() + metrics.height() + 2, area.width(), area.height() - metrics.height())
    if chart.compact:
        _legend(painter, chart.series(), second, theme)
        return
    painter.setFont(font("small"))
    painter.setPen(theme.text2)
    words = painter.fontMetrics().elidedText(chart.subtitle, Qt.TextElideMode.ElideRight, round(area.width()))
    painter.drawText(QRectF(second.left(), second.top(), second.width(), painter.fontMetrics().height()), _LEFT, words)


def _legend(painter: QPainter, rows: tuple[Series, ...], area: QRectF, theme: Theme) -> None:
    painter.setFont(font("small"))
    metrics = QFontMetricsF(painter.font())
    height = metrics.height()
    x = area.left()
    for series in rows:
        x += paint_swatch(painter, series, x, area.top() + height / 2, theme) + 5
        painter.setPen(theme.text2)
        width = metrics.horizontalAdvance(series.name)
        painter.drawText(QRectF(x, area.top(), width + 2, height), _LEFT, series.name)
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
    painter.fillRect(box, colour)
    if series.kind == "area":
        painter.fillRect(box.adjusted(1.5, 1.5, -1.5, -1.5), theme.base)
    return _SWATCH
