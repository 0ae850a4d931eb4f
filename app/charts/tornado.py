"""A tornado: what a term does at its low value, hatched, and at its high value, solid."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from app.charts.axes import CENTRE, LEFT, RIGHT, paint_bar, put, put_on_ground, widest
from app.charts.head import head_height, paint_head
from app.charts.hover import Box, BoxRow
from app.charts.kinds import Swing, Tornado
from app.charts.scale import inner_ticks
from app.charts.words import heavy, number
from app.theme import Theme, font

_LOW, _HIGH = 2, 1  # numbers of the series
_TALLEST = 38.0  # of a row
_AIR = 3.0  # between the words of two rows where there is least room


class TornadoDrawing:
    """See `Drawing`."""

    step_right, step_down = 0, 1

    def __init__(self, chart: Tornado, area: QRectF) -> None:
        self._chart = chart
        self._area = area
        self._line = QFontMetricsF(font("small")).height()
        self._head = QRectF(area)
        self._head.setHeight(head_height(chart.title, chart.subtitle, area.width()))
        self._key = QRectF(area.left(), self._head.bottom() + 4, area.width(), self._line)
        self._heads = QRectF(area.left(), self._key.bottom() + 4, area.width(), self._line)
        top = self._heads.bottom() + 4
        room = area.bottom() - top - 4
        least = QFontMetricsF(font("body")).height() + _AIR
        rows = max(1, len(chart.swings))
        if room < rows * least:  # the last ones give way to a line that says so
            rows = max(1, int((room - self._line) / least))
        self._swings = chart.swings[:rows]
        self._row = min(_TALLEST, max(least, (room - (self._line if rows < len(chart.swings) else 0)) / rows))
        names = max(
            widest([swing.name for swing in chart.swings], font("body")), widest([chart.name_head], font("small"))
        )
        by = max(widest([swing.by for swing in chart.swings], font("small")), widest(["by"], font("small")))
        self._by_right = area.left() + names + 20 + by
        values = [value for swing in chart.swings for value in (swing.low, swing.high) if value is not None]
        written = [number(value, chart.decimals) for value in [*values, chart.base]]
        self._figure = widest(written, font("small")) + 8
        left, right = self._by_right + 16 + self._figure, area.right() - self._figure
        self._plot = QRectF(left, top, max(30.0, right - left), self._row * rows)
        low, high = min([chart.base, *values]), max([chart.base, *values])
        self._axis = inner_ticks(low, high, 4)
        self.positions = len(self._swings)

    def paint(self, painter: QPainter, theme: Theme) -> None:
        chart = self._chart
        paint_head(painter, chart.title, chart.subtitle, self._head, theme)
        self._paint_key(painter, theme)
        put(painter, self._heads, chart.name_head, font("small"), theme.text2)
        by = QRectF(self._area.left(), self._heads.top(), self._by_right - self._area.left(), self._line)
        put(painter, by, "by", font("small"), theme.text2, RIGHT)
        self._paint_axis(painter, theme)
        for index, swing in enumerate(self._swings):
            self._paint_row(painter, index, swing, theme)
        self._paint_rest(painter, theme)
        x = round(self._x(chart.base))
        painter.setPen(QPen(theme.text, 1.6))
        painter.drawLine(QPointF(x, self._plot.top() - 4), QPointF(x, self._plot.bottom()))

    def _paint_rest(self, painter: QPainter, theme: Theme) -> None:
        """Say how many bars there is no room for."""
        rest = len(self._chart.swings) - len(self._swings)
        if rest:
            place = QRectF(self._area.left(), self._plot.bottom(), self._area.width(), self._line)
            put(painter, place, f"and {rest} more, drawn where there is more height", font("small"), theme.text2)

    def index_at(self, at: QPointF) -> int | None:
        index = int((at.y() - self._plot.top()) // self._row)
        inside = self._area.left() <= at.x() <= self._area.right()
        return index if inside and 0 <= index < self.positions else None

    def row_at(self, at: QPointF) -> int | None:
        """The end whose bar is under a point: 0 the low one, 1 the high one; None beside the bars."""
        index = self.index_at(at)
        if index is None:
            return None
        bars = self._bars(index, self._swings[index])
        return next((row for row, bar in enumerate(bars) if bar is not None and bar.contains(at)), None)

    def anchor(self, index: int) -> QPointF:
        return QPointF(self._plot.center().x(), self._plot.top() + (index + 1) * self._row)

    def box(self, index: int) -> Box:
        chart, swing = self._chart, self._swings[index]
        rows = [
            BoxRow(chart.low_name, number(swing.low, chart.decimals), _LOW),
            BoxRow(chart.high_name, number(swing.high, chart.decimals), _HIGH),
            BoxRow(chart.base_label, ""),
        ]
        if swing.reason:
            rows.append(BoxRow(swing.reason, ""))
        return Box(f"{swing.name}, {swing.by}" if swing.by else swing.name, tuple(rows))

    def bring_out(self, painter: QPainter, index: int, theme: Theme) -> None:
        row = QRectF(self._area.left(), self._plot.top() + index * self._row, self._area.width(), self._row)
        painter.setPen(QPen(theme.text2, 1))
        painter.drawRect(row.adjusted(0.5, 0.5, -0.5, -0.5))

    def _x(self, value: float) -> float:
        return self._axis.place(value, self._plot.left(), self._plot.right())

    def _paint_key(self, painter: QPainter, theme: Theme) -> None:
        x = self._key.left()
        for name, series, hatched in ((self._chart.low_name, _LOW, True), (self._chart.high_name, _HIGH, False)):
            box = QRectF(x, round(self._key.center().y() - 5), 10, 10)
            paint_bar(painter, box, theme.series[series - 1], theme, hatched=hatched)
            width = QFontMetricsF(font("small")).horizontalAdvance(name) + 2
            put(painter, QRectF(x + 15, self._key.top(), width, self._line), name, font("small"), theme.text2)
            x += width + 34

    def _paint_axis(self, painter: QPainter, theme: Theme) -> None:
        base = self._x(self._chart.base)
        width = QFontMetricsF(heavy()).horizontalAdvance(self._chart.base_label)
        middle = min(max(base, self._plot.left()), self._area.right() - width / 2)
        label = QRectF(middle - width / 2 - 1, self._heads.top(), width + 2, self._line)
        put(painter, label, self._chart.base_label, heavy(), theme.text, CENTRE)
        for tick in self._axis.ticks:
            x = round(self._x(tick)) + 0.5
            painter.setPen(QPen(theme.grid, 1))
            painter.drawLine(QPointF(x, self._plot.top()), QPointF(x, self._plot.bottom()))
            words = number(tick, self._axis.decimals)
            half = QFontMetricsF(font("small")).horizontalAdvance(words) / 2
            place = QRectF(x - half - 1, self._heads.top(), 2 * half + 2, self._line)
            if not place.adjusted(-6, 0, 6, 0).intersects(label):
                put(painter, place, words, font("small"), theme.text2, CENTRE)
        if self._chart.unit:
            place = QRectF(self._area.left(), self._key.top(), self._area.width(), self._line)
            put(painter, place, self._chart.unit, font("small"), theme.text2, RIGHT)

    def _paint_row(self, painter: QPainter, index: int, swing: Swing, theme: Theme) -> None:
        top = self._plot.top() + index * self._row
        row = QRectF(self._area.left(), top, self._by_right - self._area.left(), self._row)
        put(painter, row, swing.name, font("body"), theme.text)
        put(painter, row, swing.by, font("small"), theme.text2, RIGHT)
        base = self._chart.base
        ends = (swing.low, swing.high)
        for series, value, bar in zip((_LOW, _HIGH), ends, self._bars(index, swing), strict=True):
            if value is None or bar is None:
                x = self._x(base) + (6 if series == _HIGH else -6)
                align = LEFT if series == _HIGH else RIGHT
                place = QRectF(x, top, 200, self._row) if series == _HIGH else QRectF(x - 200, top, 200, self._row)
                put(painter, place, "none", font("small"), theme.text2, align)
                continue
            paint_bar(painter, bar, theme.series[series - 1], theme, hatched=series == _LOW)
            # where one end moves nothing that can be read, its figure stands on the side the other leaves free
            known = [each for each in ends if each is not None]
            other = next((each for each in known if not self._moves(value) and self._moves(each)), None)
            above = value >= base if other is None else other < base
            self._paint_figure(painter, value, bar, theme, above=above)

    def _bars(self, index: int, swing: Swing) -> tuple[QRectF | None, QRectF | None]:
        """The bars of the low and of the high value; two to the same side would hide one another, so each has half of
        the row."""
        base, ends = self._chart.base, (swing.low, swing.high)
        known = [value for value in ends if value is not None]
        same_side = (
            len(known) == len(ends) and all(map(self._moves, known)) and (known[0] - base) * (known[1] - base) > 0
        )
        thick = self._row * 0.66
        top = self._plot.top() + index * self._row + (self._row - thick) / 2

        def bar(at: int, value: float) -> QRectF:
            left, right = sorted((self._x(base), self._x(value)))
            y, height = (top + at * thick / 2, thick / 2) if same_side else (top, thick)
            return QRectF(left, y, right - left, height)

        low, high = (None if value is None else bar(at, value) for at, value in enumerate(ends))
        return low, high

    def _moves(self, value: float) -> bool:
        """Whether a value is written otherwise than that of the deal as it is."""
        return number(value, self._chart.decimals) != number(self._chart.base, self._chart.decimals)

    def _paint_figure(self, painter: QPainter, value: float, row: QRectF, theme: Theme, *, above: bool) -> None:
        x = self._x(value)
        place = QRectF(x + 6 if above else x - 206, row.center().y() - self._line / 2, 200, self._line)
        words = number(value, self._chart.decimals)
        put_on_ground(painter, place, words, font("small"), theme.text, theme.base, LEFT if above else RIGHT)
