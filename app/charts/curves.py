"""Figures over a term that runs along the axis: curves, and points that can be told one by one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPolygonF

from app.charts.axes import CENTRE, paint_values, put, put_on_ground, ticks_width, widest
from app.charts.head import head_height, paint_head
from app.charts.hover import Box, BoxRow, paint_dots
from app.charts.kinds import Curve, Curves
from app.charts.scale import inner_ticks, push_apart
from app.charts.words import heavy, number
from app.theme import Theme, font


class CurvesDrawing:
    """See `Drawing`. Places are the points of all curves, by their place on the axis."""

    step_right, step_down = 1, 0

    def __init__(self, chart: Curves, area: QRectF) -> None:
        self._chart = chart
        self._area = area
        self._line = QFontMetricsF(font("small")).height()
        self._head = QRectF(area)
        self._head.setHeight(head_height(chart.title, chart.subtitle, area.width()))
        top = self._head.bottom() + self._line * 1.7
        bottom = area.bottom() - 2 * self._line - 8
        points = [point for curve in chart.curves for point in curve.points]
        ys = [point.y for point in points] + [limit.value for limit in chart.limits]
        xs = [point.x for point in points] + ([] if chart.now is None else [chart.now[0]])
        low, high = min(ys, default=0.0), max(ys, default=1.0)
        room = 0.06 * (high - low)
        self._ys = inner_ticks(
            min(0.0, low) if chart.from_zero else low - room, high + room, 5 if bottom - top > 8 * self._line else 3
        )
        left = area.left() + ticks_width([self._ys]) + 8
        names = [curve.name for curve in chart.curves if curve.name] + [limit.label for limit in chart.limits]
        gutter = min(area.width() * 0.35, widest(names, heavy()) + 8) if names else 4.0
        self._plot = QRectF(left, top, max(40.0, area.right() - left - gutter), max(20.0, bottom - top))
        self._gutter = gutter
        edge = 0.03 * (max(xs, default=1.0) - min(xs, default=0.0))
        self._xs = inner_ticks(min(xs, default=0.0) - edge, max(xs, default=1.0) + edge, 6)
        self._places = chart.places()
        self.positions = len(self._places)

    def paint(self, painter: QPainter, theme: Theme) -> None:
        chart, plot = self._chart, self._plot
        paint_head(painter, chart.title, chart.subtitle, self._head, theme)
        paint_values(painter, plot, self._ys, chart.unit, theme)
        self._paint_across(painter, theme)
        for limit in chart.limits:
            pen = QPen(theme.negative, 1.3)
            if limit.dotted:
                pen.setDashPattern([1, 1.6])
            painter.setPen(pen)
            y = round(self._y(limit.value)) + 0.5
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
        for curve in chart.curves:
            self._paint_curve(painter, curve, theme)
        self._paint_now(painter, theme)
        self._paint_names(painter, theme)

    def index_at(self, at: QPointF) -> int | None:
        if not self._plot.adjusted(-8, -8, 8, 8).contains(at) or not self._places:
            return None
        lengths = [(self._point(index) - at).manhattanLength() for index in range(self.positions)]
        return lengths.index(min(lengths))

    def row_at(self, _at: QPointF) -> int | None:
        return None

    def anchor(self, index: int) -> QPointF:
        return self._point(index)

    def box(self, index: int) -> Box:
        chart = self._chart
        curve, at = self._places[index]
        point = chart.curves[curve].points[at]
        rows = [
            BoxRow(chart.x_name, number(point.x, chart.x_decimals)),
            BoxRow(chart.curves[curve].name or chart.unit, number(point.y, chart.decimals), chart.curves[curve].colour),
        ]
        rows += [BoxRow(line, "") for line in point.notes]
        return Box(point.name or f"{chart.x_name} {number(point.x, chart.x_decimals)}", tuple(rows))

    def bring_out(self, painter: QPainter, index: int, theme: Theme) -> None:
        curve, _ = self._places[index]
        paint_dots(painter, [(self._point(index), theme.series[self._chart.curves[curve].colour - 1])], theme.text)

    def _x(self, value: float) -> float:
        return self._xs.place(value, self._plot.left(), self._plot.right())

    def _y(self, value: float) -> float:
        return self._ys.place(value, self._plot.bottom(), self._plot.top())

    def _point(self, index: int) -> QPointF:
        curve, at = self._places[index]
        point = self._chart.curves[curve].points[at]
        return QPointF(self._x(point.x), self._y(point.y))

    def _paint_across(self, painter: QPainter, theme: Theme) -> None:
        plot = self._plot
        painter.setPen(QPen(theme.axis, 1))
        painter.drawLine(QPointF(plot.left(), round(plot.bottom())), QPointF(plot.right(), round(plot.bottom())))
        for tick in self._xs.ticks:
            x = round(self._x(tick)) + 0.5
            painter.setPen(QPen(theme.grid, 1))
            painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
            place = QRectF(x - 60, plot.bottom() + 4, 120, self._line)
            put(painter, place, number(tick, self._xs.decimals), font("small"), theme.text2, CENTRE)
        under = QRectF(plot.left(), plot.bottom() + self._line + 5, plot.width(), self._line)
        put(painter, under, self._chart.x_name, font("small"), theme.text2, CENTRE)

    def _paint_curve(self, painter: QPainter, curve: Curve, theme: Theme) -> None:
        colour = theme.series[curve.colour - 1]
        points = [QPointF(self._x(point.x), self._y(point.y)) for point in curve.points]
        if curve.line:
            pen = QPen(colour, 2.2)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            if curve.dashed:
                pen.setDashPattern([4, 2.5])
            painter.setPen(pen)
            painter.drawPolyline(QPolygonF(points))
        if curve.dots:
            paint_dots(painter, [(point, colour) for point in points], theme.base)
            for point, at in zip(curve.points, points, strict=True):
                if point.label:
                    self._paint_label(painter, point.label, at, theme)

    def _paint_label(self, painter: QPainter, words: str, at: QPointF, theme: Theme) -> None:
        width = QFontMetricsF(font("small")).horizontalAdvance(words)
        put_on_ground(painter, self.free_place(at, width), words, font("small"), theme.text, theme.base, CENTRE)

    def free_place(self, at: QPointF, width: float) -> QRectF:
        """Beside a point, else above or below it: where words of a width hide least of the curves."""
        beside, high = at.y() - self._line / 2, self._line
        places = [
            QRectF(left, top, width, high)
            for left, top in (
                (at.x() + 9, beside),
                (at.x() - 9 - width, beside),
                (at.x() - width / 2, at.y() - 7 - high),
                (at.x() - width / 2, at.y() + 7),
            )
            if self._plot.left() <= left and left + width <= self._plot.right()
        ]
        drawn = [point for curve in self._chart.curves for point in self._passed(curve)]
        return min(
            places,
            key=lambda place: sum(place.adjusted(-3, -3, 3, 3).contains(point) for point in drawn),
            default=QRectF(at.x() + 9, beside, width, high),
        )

    def _passed(self, curve: Curve) -> Iterator[QPointF]:
        """Points that a curve goes through, close enough for no words to fit between."""
        points = [QPointF(self._x(point.x), self._y(point.y)) for point in curve.points]
        yield from points
        for here, there in pairwise(points) if curve.line else ():
            steps = int((there - here).manhattanLength() // 8)
            yield from (here + (there - here) * (step / (steps + 1)) for step in range(1, steps + 1))

    def _paint_now(self, painter: QPainter, theme: Theme) -> None:
        if self._chart.now is None:
            return
        value, words = self._chart.now
        x = round(self._x(value)) + 0.5
        painter.setPen(QPen(theme.text, 1.4))
        painter.drawLine(QPointF(x, self._plot.top() - 2), QPointF(x, self._plot.bottom()))
        width = QFontMetricsF(heavy()).horizontalAdvance(words)
        left = min(max(x - width / 2, self._plot.left()), self._area.right() - width)
        place = QRectF(left, self._plot.top() - self._line - 3, width, self._line)
        put_on_ground(painter, place, words, heavy(), theme.text, theme.base, CENTRE)

    def _paint_names(self, painter: QPainter, theme: Theme) -> None:
        names = [
            (curve.name, self._y(curve.points[-1].y), theme.series_text[curve.colour - 1], heavy())
            for curve in self._chart.curves
            if curve.name and curve.points
        ]
        names += [(limit.label, self._y(limit.value), theme.negative, font("small")) for limit in self._chart.limits]
        tops = push_apart(
            [name[1] for name in names], [self._line] * len(names), self._plot.top() - 4, self._plot.bottom() + 4
        )
        for (words, _, colour, face), top in zip(names, tops, strict=True):
            put(painter, QRectF(self._plot.right() + 8, top, self._gutter, self._line), words, face, colour)
