"""A bridge from one level to another; the bars of the levels are broken where the axis does not start at zero."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPolygonF

from app.charts.axes import LEFT, RIGHT, paint_bar, paint_break, paint_values, put, put_on_ground, ticks_width
from app.charts.head import head_height, paint_head
from app.charts.hover import Box, BoxRow
from app.charts.kinds import Bridge, BridgeStep
from app.charts.scale import Scale, inner_ticks, round_step
from app.charts.words import heavy, number
from app.theme import Theme, font

_UP, _DOWN, _END = 3, 2, 1  # numbers of the series
_WIDEST = 100.0  # of a bar
_FIGURES = 48.0  # about what the figures at the left of the axis take
_STRIDE = 6.0  # between two places that are tried for a label


class BridgeDrawing:
    """See `Drawing`."""

    step_right, step_down = 1, 0

    def __init__(self, chart: Bridge, area: QRectF) -> None:
        self._chart = chart
        self._line = QFontMetricsF(font("small")).height()
        self._head = QRectF(area)
        self._head.setHeight(head_height(chart.title, chart.subtitle, area.width()))
        self._area = area
        self._ends = _ends(chart.steps)
        top = self._head.bottom() + 2.6 * self._line
        bottom = area.bottom() - self._names_height(area.width() - _FIGURES) - 6
        self._axis = self._make_axis(bottom - top)
        left = area.left() + ticks_width([self._axis]) + 8
        self._plot = QRectF(left, top, max(40.0, area.right() - left), max(20.0, bottom - top))
        self.positions = len(chart.steps)
        self._slot = self._plot.width() / max(1, self.positions)

    def paint(self, painter: QPainter, theme: Theme) -> None:
        chart, plot = self._chart, self._plot
        paint_head(painter, chart.title, chart.subtitle, self._head, theme)
        paint_values(painter, plot, self._axis, "", theme)
        over = QRectF(plot.left(), self._head.bottom() + 0.4 * self._line, plot.width(), self._line)
        put(painter, over, chart.unit, font("small"), theme.text2)
        if self._axis.low > 0:
            start = f"Broken bars: the axis starts at {number(self._axis.low, self._axis.decimals)}"
            put(painter, over, start, font("small"), theme.text2, RIGHT)
        self._paint_limits(painter, theme)
        for index, step in enumerate(chart.steps):
            self._paint_step(painter, index, step, theme)
        self._name_limits(painter, theme)

    def index_at(self, at: QPointF) -> int | None:
        inside = self._plot.left() <= at.x() < self._plot.right() and self._plot.top() - 40 <= at.y()
        return min(self.positions - 1, int((at.x() - self._plot.left()) / self._slot)) if inside else None

    def row_at(self, _at: QPointF) -> int | None:
        return None

    def anchor(self, index: int) -> QPointF:
        return QPointF(self._bar(index).right(), self._plot.top())

    def box(self, index: int) -> Box:
        step = self._chart.steps[index]
        rows = [BoxRow(self._chart.unit, self._figure(step))]
        if step.note:
            rows.append(BoxRow(step.note, ""))
        if not step.is_level:
            rows.append(BoxRow("then", number(self._ends[index][1], self._chart.decimals)))
        return Box(step.name, tuple(rows))

    def bring_out(self, painter: QPainter, index: int, theme: Theme) -> None:
        painter.setPen(QPen(theme.text, 1.5))
        painter.drawRect(self._bar(index).adjusted(-2, -2, 2, 2))

    def _make_axis(self, height: float) -> Scale:
        """From zero, unless the changes would then be too small to see."""
        levels = [value for ends in self._ends for value in ends if value is not None]
        levels += [limit.value for limit in self._chart.limits]
        low, high = min(levels, default=0.0), max(levels, default=1.0)
        most = 5 if height > 8 * self._line else 3
        if low > 0 and high - low < 0.5 * high:
            step = round_step(max(high - low, high * 1e-6) * 1.3, most)
            start = max(0.0, low - 0.9 * step)
            return inner_ticks(start, high + 0.15 * step, most)
        return inner_ticks(min(0.0, low), max(0.0, high), most)

    def _x(self, index: int) -> float:
        return self._plot.left() + (index + 0.5) * self._slot

    def _y(self, value: float) -> float:
        return self._axis.place(max(value, self._axis.low), self._plot.bottom(), self._plot.top())

    def _bar(self, index: int) -> QRectF:
        start, end = self._ends[index]
        width = min(_WIDEST, self._slot * 0.62)
        bottom = self._plot.bottom() if start is None and self._axis.low > 0 else self._y(start or 0.0)
        top = self._y(end)
        return QRectF(self._x(index) - width / 2, min(top, bottom), width, max(1.0, abs(bottom - top)))

    def _figure(self, step: BridgeStep) -> str:
        words = number(step.value, self._chart.decimals)
        return words if step.is_level or words.startswith("−") else f"+{words}"

    def _paint_step(self, painter: QPainter, index: int, step: BridgeStep, theme: Theme) -> None:
        bar = self._bar(index)
        if step.is_level:
            colour = theme.axis if index == 0 else theme.series[_END - 1]
            painter.fillRect(bar, colour)
            if self._axis.low > 0:
                paint_break(painter, bar, bar.bottom() - min(14.0, bar.height() / 2), theme.base)
        else:
            paint_bar(
                painter, bar, theme.series[(_UP if step.value >= 0 else _DOWN) - 1], theme, hatched=step.value < 0
            )
        if index + 1 < self.positions:
            y = round(self._y(self._ends[index][1])) + 0.5
            painter.setPen(QPen(theme.axis, 1))
            painter.drawLine(QPointF(bar.right(), y), QPointF(self._bar(index + 1).left(), y))
        words = self._figure(step)
        room = QFontMetricsF(heavy()).horizontalAdvance(words)
        arrow = 0.0 if step.is_level or abs(step.value) < 1e-12 else 14.0
        place = QRectF(bar.center().x() - (room - arrow) / 2, bar.top() - self._line - 3, room + 2, self._line)
        if arrow:
            painter.fillRect(QRectF(place.left() - 16, place.top(), 16, place.height()), theme.base)
        put_on_ground(painter, place, words, heavy(), theme.text, theme.base, LEFT)
        if arrow:
            _paint_arrow(painter, QPointF(place.left() - 9, place.center().y()), theme, up=step.value > 0)
        self._paint_name(painter, index, step, theme)

    def _names_height(self, width: float) -> float:
        slot = width / max(1, len(self._chart.steps)) - 8
        names = max((_height(_whole(step.name), slot) for step in self._chart.steps), default=self._line)
        notes = max((_height(step.note, slot) for step in self._chart.steps if step.note), default=0.0)
        return names + notes

    def _paint_name(self, painter: QPainter, index: int, step: BridgeStep, theme: Theme) -> None:
        width = self._slot - 4
        place = QRectF(self._x(index) - width / 2, self._plot.bottom() + 4, width, 4 * self._line)
        wrapped = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)
        painter.setFont(font("small_strong"))
        painter.setPen(theme.text)
        painter.drawText(place, wrapped, _whole(step.name))
        place.translate(0, _height(_whole(step.name), self._slot - 8))
        painter.setFont(font("small"))
        painter.setPen(theme.text2)
        painter.drawText(place, wrapped, step.note)

    def _paint_limits(self, painter: QPainter, theme: Theme) -> None:
        for limit in self._chart.limits:
            y = round(self._y(limit.value)) + 0.5
            pen = QPen(theme.text2, 1.2)
            if limit.dotted:
                pen.setDashPattern([1, 1.6])
            painter.setPen(pen)
            painter.drawLine(QPointF(self._plot.left(), y), QPointF(self._plot.right(), y))

    def _name_limits(self, painter: QPainter, theme: Theme) -> None:
        """Write the name of each limit over or under its line, where no bar and no figure stands."""
        bars = [self._bar(index) for index in range(self.positions)]
        taken = [bar.adjusted(-4, -self._line - 4, 4, 0) for bar in bars]
        taken += [
            QRectF(bar.center().x() - self._slot / 2, bar.top() - self._line - 4, self._slot, self._line)
            for bar in bars
        ]
        for limit in self._chart.limits:
            y = round(self._y(limit.value)) + 0.5
            width = QFontMetricsF(font("small")).horizontalAdvance(limit.label) + 4
            places = [
                QRectF(x, top, width, self._line)
                for top in (y - self._line - 1, y + 2)
                for x in (self._plot.left() + 6 + at * _STRIDE for at in range(int(self._plot.width() / _STRIDE)))
                if x + width <= self._plot.right() and top >= self._plot.top() - self._line
            ]
            free = (place for place in places if not any(place.intersects(each) for each in taken))
            last = QRectF(self._plot.right() - width, y - self._line - 1, width, self._line)
            put_on_ground(painter, next(free, last), limit.label, font("small"), theme.text2, theme.base, LEFT)


def _whole(name: str) -> str:
    """A name whose last number never stands alone in a line: `year 1` stays together."""
    head, _, last = name.rpartition(" ")
    return f"{head}\u00a0{last}" if head and last.isdigit() else name


def _ends(steps: tuple[BridgeStep, ...]) -> list[tuple[float | None, float]]:
    """Where each bar starts (None: at the bottom) and ends."""
    ends: list[tuple[float | None, float]] = []
    level = 0.0
    for step in steps:
        ends.append((None, step.value) if step.is_level else (level, level + step.value))
        level = ends[-1][1]
    return ends


def _height(words: str, width: float) -> float:
    metrics = QFontMetricsF(font("small_strong"))
    wrapped = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)
    return metrics.boundingRect(QRectF(0, 0, max(20.0, width), 1000), wrapped, words).height()


def _paint_arrow(painter: QPainter, at: QPointF, theme: Theme, *, up: bool) -> None:
    tip = -4.0 if up else 4.0
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.text)
    painter.drawPolygon(
        QPolygonF([QPointF(at.x() - 5, at.y() - tip), QPointF(at.x() + 5, at.y() - tip), QPointF(at.x(), at.y() + tip)])
    )
    painter.setBrush(Qt.BrushStyle.NoBrush)
