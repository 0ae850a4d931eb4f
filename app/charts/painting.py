"""The painter of every chart: the same code for the screen, for a copied picture and for a file."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from app.charts.head import paint_head
from app.charts.layout import Frame, Layout
from app.charts.scale import push_apart
from app.charts.spec import Chart, Series
from app.charts.words import gutter_labels, heavy, number
from app.theme import Theme, font

LINE_WIDTH = 2.2
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter


def paint_chart(painter: QPainter, chart: Chart, layout: Layout, theme: Theme) -> None:
    """Draw the chart, laid out before, without hover."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_head(painter, chart, layout.head, theme)
    for frame in layout.frames:
        _ground(painter, chart, frame, layout, theme)
        _series(painter, frame, layout, theme)
        _limits(painter, frame, theme)
        _marks(painter, frame, layout, theme)
        if not chart.compact:
            _gutter(painter, frame, layout, theme)
    _spans(painter, chart, layout, theme)


def blend(front: QColor, back: QColor, part: float) -> QColor:
    """A solid colour that looks like `part` of the front over the back."""
    rest = 1 - part
    return QColor.fromRgbF(
        part * front.redF() + rest * back.redF(),
        part * front.greenF() + rest * back.greenF(),
        part * front.blueF() + rest * back.blueF(),
    )


def _ground(painter: QPainter, chart: Chart, frame: Frame, layout: Layout, theme: Theme) -> None:
    plot = frame.plot
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    if frame.panel.danger is not None:
        top = max(plot.top(), frame.y(frame.panel.danger))
        painter.fillRect(
            QRectF(plot.left(), top, plot.width(), plot.bottom() - top), blend(theme.negative_bg, theme.base, 0.6)
        )
    painter.setPen(QPen(theme.grid, 1))
    if chart.year_lines:
        for span in chart.spans[1:]:
            x = round(layout.left(span.first))
            painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
    painter.setFont(font("small"))
    line = painter.fontMetrics().height()
    for tick in frame.scale.ticks:
        y = round(frame.y(tick))
        painter.setPen(QPen(theme.axis if abs(tick) < 1e-12 else theme.grid, 1))
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
        painter.setPen(theme.text2)
        words = QRectF(plot.left() - 206, y - line / 2, 200, line)
        painter.drawText(words, RIGHT, number(tick, frame.scale.decimals))
    if frame.panel.unit:
        painter.drawText(QRectF(plot.left() + 6, plot.top() - line, plot.width(), line), LEFT, frame.panel.unit)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)


def _spans(painter: QPainter, chart: Chart, layout: Layout, theme: Theme) -> None:
    painter.setFont(font("small"))
    painter.setPen(theme.text2)
    metrics = QFontMetricsF(painter.font())
    y = layout.frames[-1].plot.bottom() + 4
    edge = 0.0
    for span in chart.spans:
        middle = (layout.left(span.first) + layout.left(span.end)) / 2
        width = metrics.horizontalAdvance(span.label)
        room = layout.left(span.end) - layout.left(span.first)
        if middle - width / 2 < edge or (width > room and not chart.compact):
            continue
        painter.drawText(QRectF(middle - 60, y, 120, metrics.height()), CENTRE, span.label)
        edge = middle + width / 2 + 4


def _series(painter: QPainter, frame: Frame, layout: Layout, theme: Theme) -> None:
    painter.save()
    painter.setClipRect(frame.plot.adjusted(-1, -1, 1, 2))
    for series in frame.panel.series:
        colour = theme.series[series.colour - 1]
        if series.kind == "bar":
            _bars(painter, series, frame, layout, colour)
        elif series.kind == "stroke":
            _strokes(painter, series, frame, layout, theme)
        else:
            for run in _runs(series):
                points = _points(run, series.kind != "line", frame, layout)
                if series.kind == "area":
                    _fill(painter, points, frame, blend(colour, theme.base, 0.22))
                pen = QPen(colour, LINE_WIDTH if series.kind == "line" else 1.6)
                pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
                if series.dashed:
                    pen.setDashPattern([4, 2.5])
                painter.setPen(pen)
                painter.drawPolyline(points)
    painter.restore()


def _runs(series: Series) -> list[list[tuple[int, float]]]:
    """Stretches without a gap, each of (position, value)."""
    runs: list[list[tuple[int, float]]] = [[]]
    for index, value in enumerate(series.values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append((index, value))
    return [run for run in runs if run]


def _points(run: list[tuple[int, float]], step: bool, frame: Frame, layout: Layout) -> QPolygonF:
    points = []
    for index, value in run:
        y = frame.y(value)
        if step:
            points += [QPointF(layout.left(index), y), QPointF(layout.left(index + 1), y)]
        else:
            points.append(QPointF(layout.centre(index), y))
    return QPolygonF(points)


def _fill(painter: QPainter, points: QPolygonF, frame: Frame, colour: QColor) -> None:
    zero = frame.y(0.0)
    area = QPolygonF([QPointF(points.first().x(), zero), *points.toList(), QPointF(points.last().x(), zero)])
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(area)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _bars(painter: QPainter, series: Series, frame: Frame, layout: Layout, colour: QColor) -> None:
    gap = layout.slot * 0.3 if layout.slot >= 14 else min(1.0, layout.slot * 0.25)
    zero = frame.y(0.0)
    for index, value in enumerate(series.values):
        if value:
            y = frame.y(value)
            bar = QRectF(layout.left(index) + gap / 2, min(y, zero), layout.slot - gap, abs(zero - y))
            painter.fillRect(bar, colour)


def _strokes(painter: QPainter, series: Series, frame: Frame, layout: Layout, theme: Theme) -> None:
    colour = theme.series[series.colour - 1]
    for index, value in enumerate(series.values):
        if value is not None:
            bar = QRectF(layout.left(index) + 1, frame.y(value) - 1.5, layout.slot - 2, 3)
            painter.fillRect(bar.adjusted(0, -1.5, 0, 1.5), theme.base)
            painter.fillRect(bar, colour)


def _limits(painter: QPainter, frame: Frame, theme: Theme) -> None:
    for limit in frame.panel.limits:
        pen = QPen(theme.negative, 1.3)
        if limit.dotted:
            pen.setDashPattern([1, 1.6])
        painter.setPen(pen)
        y = round(frame.y(limit.value)) + 0.5
        painter.drawLine(QPointF(frame.plot.left(), y), QPointF(frame.plot.right(), y))


def _marks(painter: QPainter, frame: Frame, layout: Layout, theme: Theme) -> None:
    painter.setFont(font("small_strong"))
    metrics = QFontMetricsF(painter.font())
    for mark in frame.panel.marks:
        if mark.value > frame.scale.high:
            continue
        x, y = layout.centre(mark.index), frame.y(mark.value)
        paint_dot(painter, QPointF(x, y), theme.series[mark.colour - 1], theme.base)
        width = metrics.horizontalAdvance(mark.text)
        left = min(x + 2, frame.plot.right() - width - 4)
        words = QRectF(left, y + 6, width + 2, metrics.height())
        # under the point a lowest value has free ground, unless a limit runs there
        if any(words.top() - 2 < frame.y(limit.value) < words.bottom() for limit in frame.panel.limits):
            words.moveBottomRight(QPointF(max(x - 2, frame.plot.left() + words.width() + 4), y - 5))
        painter.setPen(theme.text)
        painter.drawText(words, LEFT, mark.text)


def paint_dot(painter: QPainter, at: QPointF, colour: QColor, ground: QColor) -> None:
    """A point of a series, set off from what lies under it."""
    painter.setPen(QPen(ground, 1.5))
    painter.setBrush(colour)
    painter.drawEllipse(at, 4.5, 4.5)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _gutter(painter: QPainter, frame: Frame, layout: Layout, theme: Theme) -> None:
    strong = QFontMetricsF(heavy())
    small = QFontMetricsF(font("small"))
    labels = gutter_labels(frame.panel)
    heights = [strong.height() + (small.height() if text.note else 0) for text in labels]
    lone = len(frame.panel.series) == 1 and not frame.panel.limits
    wanted = [
        frame.plot.top() + height / 2 if text.value is None or lone else frame.y(min(text.value, frame.scale.high))
        for text, height in zip(labels, heights, strict=True)
    ]
    tops = push_apart(wanted, heights, frame.plot.top() - 4, frame.plot.bottom() + 4)
    for text, top in zip(labels, tops, strict=True):
        painter.setFont(heavy() if text.colour else font("small"))
        painter.setPen(theme.series_text[text.colour - 1] if text.colour else theme.negative)
        place = QRectF(layout.gutter.left(), top, layout.gutter.width() + 2, strong.height())
        painter.drawText(place, LEFT, text.name)
        if text.note:
            painter.setFont(font("small"))
            painter.setPen(theme.text2)
            painter.drawText(place.translated(0, strong.height()), LEFT, text.note)
