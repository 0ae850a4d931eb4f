"""What the pointer or the arrow keys bring out: one line across all panels, dots, and a box with all values."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from app.charts.layout import Layout
from app.charts.painting import LEFT, RIGHT, paint_dot
from app.charts.spec import Chart
from app.charts.words import heavy, number
from app.theme import Theme, font

_PAD = 10.0


def paint_hover(painter: QPainter, chart: Chart, layout: Layout, index: int, theme: Theme) -> None:
    """Draw the hover line at a position and its box, kept inside the area of the chart."""
    x = layout.centre(index)
    top, bottom = layout.frames[0].plot.top(), layout.frames[-1].plot.bottom()
    painter.setPen(QPen(theme.text2, 1))
    painter.drawLine(QPointF(round(x) + 0.5, top), QPointF(round(x) + 0.5, bottom))
    for frame in layout.frames:
        for series in frame.panel.series:
            value = series.values[index]
            if value is not None and series.kind != "bar" and value <= frame.scale.high:
                paint_dot(painter, QPointF(x, frame.y(value)), theme.series[series.colour - 1], theme.base)
    _box(painter, chart, layout, index, theme)


def _box(painter: QPainter, chart: Chart, layout: Layout, index: int, theme: Theme) -> None:
    at, area = QPointF(layout.centre(index), layout.frames[0].plot.top()), layout.area
    rows = [(series, number(series.values[index], series.decimals)) for series in chart.series()]
    strong = QFontMetricsF(heavy())
    small = QFontMetricsF(font("small"))
    line = strong.height() + 3
    names = max(small.horizontalAdvance(series.name) for series, _ in rows)
    figures = max(strong.horizontalAdvance(text) for _, text in rows)
    width = max(14 + names + 20 + figures, strong.horizontalAdvance(chart.positions[index])) + 2 * _PAD
    height = line * (len(rows) + 1) + 2 * _PAD - 6
    left = at.x() + 12 if at.x() + 12 + width < area.right() else at.x() - 12 - width
    left = min(max(area.left(), left), max(area.left(), area.right() - width))
    top = min(at.y() + 4, max(area.top(), area.bottom() - height))
    box = QRectF(left, top, width, height)
    painter.setPen(QPen(theme.control, 1))
    painter.setBrush(theme.button)
    painter.drawRoundedRect(box, 4, 4)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    row = QRectF(left + _PAD, top + _PAD - 4, width - 2 * _PAD, line)
    painter.setPen(theme.text)
    painter.setFont(heavy())
    painter.drawText(row, LEFT, chart.positions[index])
    for series, text in rows:
        row.translate(0, line)
        painter.fillRect(QRectF(row.left(), row.center().y() - 4, 8, 8), theme.series[series.colour - 1])
        painter.setPen(theme.text)
        painter.setFont(font("small"))
        painter.drawText(row.adjusted(14, 0, 0, 0), LEFT, series.name)
        painter.setFont(heavy())
        painter.drawText(row, RIGHT, text)
