"""A histogram of outcomes: nothing as a bar of its own, marks that step down from right to left."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from app.charts.axes import CENTRE, LEFT, RIGHT, paint_break, paint_values, put, put_on_ground, ticks_width, widest
from app.charts.head import head_height, paint_head
from app.charts.hover import Box, BoxRow
from app.charts.kinds import Bin, Histogram, TailMark
from app.charts.scale import Scale, inner_ticks, scale
from app.charts.words import heavy, number
from app.theme import Theme, font

_ZERO_SHARE = 0.11  # of the width, for the bar at zero
_ZERO_GAP = 0.07
_FREE = 0.3  # of the axis: from here on names of marks may stand before the bars


class HistogramDrawing:
    """See `Drawing`. The first place is the bar at zero, if there is one."""

    step_right, step_down = 1, 0

    def __init__(self, chart: Histogram, area: QRectF) -> None:
        self._chart = chart
        self._line = QFontMetricsF(font("small")).height()
        self._head = QRectF(area)
        self._head.setHeight(head_height(chart.title, chart.subtitle, area.width()))
        top = self._head.bottom() + self._line * 1.8
        bottom = area.bottom() - 2 * self._line - 8
        shares = [each.share for each in chart.bins]
        highest = max(shares, default=0.0)
        self._broken = chart.zero is not None and highest > 0 and chart.zero[1] > 1.25 * highest
        if chart.zero is not None and not self._broken:
            shares.append(chart.zero[1])
        shares += self._headroom(highest, bottom - top)
        axis = scale(shares, 5 if bottom - top > 8 * self._line else 3, round_up=True)
        self._axis = replace(axis, ticks=tuple(tick for tick in axis.ticks if tick <= 100))  # no part is more than all
        left = area.left() + ticks_width([self._axis]) + 8
        self._plot = QRectF(left, top, max(40.0, area.right() - left - 6), max(20.0, bottom - top))
        room = self._plot.width()
        zero = chart.zero is not None
        start = self._plot.left() + (room * (_ZERO_SHARE + _ZERO_GAP) if zero else 0.0) + 4
        ends = (chart.bins[0].low, chart.bins[-1].high) if chart.bins else (0.0, 1.0)
        self._values = Scale(ends[0], ends[1] if ends[1] > ends[0] else ends[0] + 1.0, (), 0)
        self._ends = start, self._plot.right() - max(8.0, widest([f"{number(ends[1], 0)}+"], font("small")) / 2 - 4)
        self._zero_bar = QRectF(self._plot.left() + room * 0.03, 0, max(10.0, room * _ZERO_SHARE), 0)
        self.positions = len(chart.bins) + zero

    def paint(self, painter: QPainter, theme: Theme) -> None:
        chart, plot = self._chart, self._plot
        paint_head(painter, chart.title, chart.subtitle, self._head, theme)
        paint_values(painter, plot, self._axis, "", theme)
        painter.setPen(QPen(theme.axis, 1))
        painter.drawLine(
            QPointF(plot.left(), round(plot.bottom()) + 0.5), QPointF(plot.right(), round(plot.bottom()) + 0.5)
        )
        for index in range(self.positions):
            tail = chart.tail is not None and index >= self._first and self._bin(index).low >= chart.tail * (1 - 1e-9)
            painter.fillRect(self._bar(index), theme.series[1 if tail else 0])
        if chart.zero is not None:
            self._paint_zero(painter, theme)
        self._paint_axis(painter, theme)
        self._paint_marks(painter, theme)

    def index_at(self, at: QPointF) -> int | None:
        if not self._plot.top() - 30 <= at.y() <= self._plot.bottom() + 4:
            return None
        for index in range(self.positions):
            bar = self._bar(index)
            if bar.left() - 1 <= at.x() <= bar.right() + 1:
                return index
        return None

    def row_at(self, _at: QPointF) -> int | None:
        return None

    def anchor(self, index: int) -> QPointF:
        return QPointF(self._bar(index).right(), self._plot.top())

    def box(self, index: int) -> Box:
        chart = self._chart
        if index < self._first:
            assert chart.zero is not None
            return Box(chart.zero[0], (BoxRow(chart.share_name, number(chart.zero[1], 1)),))
        each = self._bin(index)
        low = number(each.low, chart.decimals)
        beyond = chart.open_end and index == self.positions - 1
        head = f"{low} and more" if beyond else f"{low} to {number(each.high, chart.decimals)}"
        return Box(head, (BoxRow(chart.share_name, number(each.share, 2)),))

    def bring_out(self, painter: QPainter, index: int, theme: Theme) -> None:
        painter.setPen(QPen(theme.text, 1.5))
        painter.drawRect(self._bar(index).adjusted(-1, -1, 1, 0))

    def _headroom(self, highest: float, height: float) -> list[float]:
        """A share up to which the axis reaches where tall bars would stand behind the names of the marks."""
        bins, rows = self._chart.bins, len(self._chart.marks)
        if not bins or not rows:
            return []
        left = bins[0].low + _FREE * (bins[-1].high - bins[0].low)
        behind = max((each.share for each in bins if each.low >= left), default=0.0)
        part = min(0.75, max(0.4, 1 - rows * (self._line + 3) / max(1.0, height)))
        return [behind / part] if behind > part * highest else []

    @property
    def _first(self) -> int:
        """The place of the first bar that is not the one at zero."""
        return 0 if self._chart.zero is None else 1

    def _bin(self, index: int) -> Bin:
        return self._chart.bins[index - self._first]

    def _x(self, value: float) -> float:
        left, right = self._ends
        return self._values.place(min(max(value, self._values.low), self._values.high), left, right)

    def _y(self, share: float) -> float:
        return self._axis.place(min(share, self._axis.high), self._plot.bottom(), self._plot.top())

    def _bar(self, index: int) -> QRectF:
        if index < self._first:
            assert self._chart.zero is not None
            bar = QRectF(self._zero_bar)
            bar.setTop(self._y(self._chart.zero[1]))
        else:
            each = self._bin(index)
            left, right = self._x(each.low), self._x(each.high)
            gap = 1.0 if right - left > 3 else 0.0
            bar = QRectF(left, self._y(each.share), right - left - gap, 0)
        bar.setBottom(self._plot.bottom())
        return bar

    def _paint_zero(self, painter: QPainter, theme: Theme) -> None:
        assert self._chart.zero is not None
        name, share = self._chart.zero
        bar = self._bar(0)
        if self._broken:
            paint_break(painter, bar, bar.top() + min(30.0, bar.height() * 0.2), theme.base)
        words = QRectF(bar.center().x() - 60, bar.top() - self._line - 3, 120, self._line)
        put(painter, words, f"{number(share, 1)} %", heavy(), theme.text, CENTRE)
        under = QRectF(bar.center().x() - 60, self._plot.bottom() + 4, 120, self._line)
        put(painter, under, name, font("small"), theme.text2, CENTRE)

    def _paint_axis(self, painter: QPainter, theme: Theme) -> None:
        left, right = self._ends
        under = self._plot.bottom() + 4
        ticks = inner_ticks(self._values.low, self._values.high, 6 if right - left > 260 else 4)
        last = len(ticks.ticks) - 1
        for at, tick in enumerate(ticks.ticks):
            beyond = "+" if self._chart.open_end and at == last and tick >= self._values.high * (1 - 1e-9) else ""
            place = QRectF(self._x(tick) - 60, under, 120, self._line)
            put(painter, place, number(tick, ticks.decimals) + beyond, font("small"), theme.text2, CENTRE)
        axis = QRectF(left, under + self._line + 1, right - left, self._line)
        put(painter, axis, self._chart.axis, font("small"), theme.text2, CENTRE)

    def _paint_marks(self, painter: QPainter, theme: Theme) -> None:
        """Each mark is lower than the one at its right, so that its name, at its left, crosses no line."""
        marks = sorted(self._chart.marks, key=lambda mark: -mark.value)
        step = min(20.0, max(self._line + 3, self._plot.height() * 0.6 / max(1, len(marks))))
        top = self._plot.top() - 4
        places = [self._x(mark.value) for mark in marks]
        for at, (mark, x) in enumerate(zip(marks, places, strict=True)):
            y = top + at * step
            pen = QPen(theme.text, 1.4)
            if mark.dashed:
                pen.setDashPattern([4, 2])
            painter.setPen(pen)
            painter.drawLine(QPointF(round(x) + 0.5, y), QPointF(round(x) + 0.5, self._plot.bottom()))
        for at, (mark, x) in enumerate(zip(marks, places, strict=True)):
            self._paint_mark(painter, mark, x, top + at * step, places[at - 1] if at else self._plot.right(), theme)

    def _paint_mark(self, painter: QPainter, mark: TailMark, x: float, y: float, next_x: float, theme: Theme) -> None:
        small = font("small_strong")
        width = QFontMetricsF(small).horizontalAdvance(mark.label)
        place = QRectF(x - 5 - width, y, width, self._line)
        align = RIGHT
        if place.left() < self._ends[0] and x + 6 + width < next_x:
            place.moveLeft(x + 6)
            align = LEFT
        elif place.left() < self._plot.left():
            place.moveLeft(self._plot.left())
        put_on_ground(painter, place, mark.label, small, theme.text, theme.base, align)
