"""Piles of parts side by side at one scale, each part named beside it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from app.charts.axes import LEFT, paint_bar, put, widest
from app.charts.head import head_height, paint_head
from app.charts.hover import Box, BoxRow
from app.charts.kinds import Pile, Piles, Slice
from app.charts.scale import push_apart
from app.charts.words import heavy, number
from app.theme import Theme, font

_NARROWEST, _WIDEST = 20.0, 96.0  # width of a pile


class PilesDrawing:
    """See `Drawing`. Places run through the parts of each pile from its top."""

    step_right, step_down = 0, 1

    def __init__(self, chart: Piles, area: QRectF) -> None:
        self._chart = chart
        self._line = QFontMetricsF(font("small")).height()
        self._head = QRectF(area)
        self._head.setHeight(head_height(chart.title, chart.subtitle, area.width()))
        top = self._head.bottom() + 2.2 * self._line
        self._plot = QRectF(area.left(), top, area.width(), max(20.0, area.bottom() - top - 4))
        self._room = self._plot.width() / max(1, len(chart.piles))
        names = widest([part.name for pile in chart.piles for part in pile.slices], heavy())
        self._width = max(_NARROWEST, min(_WIDEST, self._room - names - 16))
        self._most = max((sum(part.value for part in pile.slices) for pile in chart.piles), default=0.0) or 1.0
        self._parts = [(x, part) for x, pile in enumerate(chart.piles) for part in reversed(pile.slices)]
        self._bars = [bar for x, pile in enumerate(chart.piles) for bar in reversed(self._bars_of(x, pile))]
        self.positions = len(self._parts)

    def paint(self, painter: QPainter, theme: Theme) -> None:
        paint_head(painter, self._chart.title, self._chart.subtitle, self._head, theme)
        for (_, part), bar in zip(self._parts, self._bars, strict=True):
            paint_bar(painter, bar, theme.series[part.colour - 1], theme, hatched=part.hatched)
        painter.setPen(QPen(theme.axis, 1))
        y = round(self._plot.bottom()) + 0.5
        for x, pile in enumerate(self._chart.piles):
            left = self._plot.left() + x * self._room
            painter.setPen(QPen(theme.axis, 1))
            painter.drawLine(QPointF(left, y), QPointF(left + self._width, y))
            over = QRectF(left, self._plot.top() - self._line - 4, self._room, self._line)
            put(painter, over, f"{pile.name} {pile.total}", heavy(), theme.text)
            self._paint_names(painter, x, theme)

    def index_at(self, at: QPointF) -> int | None:
        return next((index for index, bar in enumerate(self._bars) if bar.contains(at)), None)

    def row_at(self, _at: QPointF) -> int | None:
        return None

    def anchor(self, index: int) -> QPointF:
        return QPointF(self._bars[index].right(), self._bars[index].top())

    def box(self, index: int) -> Box:
        x, part = self._parts[index]
        rows = [BoxRow(self._chart.unit, number(part.value, self._chart.decimals), part.colour)]
        if part.share:
            rows.append(BoxRow(f"of {self._chart.piles[x].name.lower()}", part.share))
        return Box(part.name, tuple(rows))

    def bring_out(self, painter: QPainter, index: int, theme: Theme) -> None:
        painter.setPen(QPen(theme.text, 1.5))
        painter.drawRect(self._bars[index].adjusted(-1, -1, 1, 1))

    def _bars_of(self, x: int, pile: Pile) -> list[QRectF]:
        bars = []
        bottom = self._plot.bottom()
        for part in pile.slices:
            height = part.value / self._most * self._plot.height()
            gap = 1.0 if height > 3 else 0.0
            bars.append(QRectF(self._plot.left() + x * self._room, bottom - height + gap, self._width, height - gap))
            bottom -= height
        return bars

    def _paint_names(self, painter: QPainter, x: int, theme: Theme) -> None:
        mine = [(part, bar) for (at, part), bar in zip(self._parts, self._bars, strict=True) if at == x]
        # where two lines a part do not fit, the figures follow the name in the same line
        tall = 2 * self._line * len(mine) <= self._plot.height()
        height = 2 * self._line if tall else self._line
        tops = push_apart(
            [bar.center().y() for _, bar in mine], [height] * len(mine), self._plot.top(), self._plot.bottom()
        )
        left = self._plot.left() + x * self._room + self._width + 10
        for (part, _), top in zip(mine, tops, strict=True):
            self._paint_label(painter, part, QRectF(left, top, self._room - self._width - 14, self._line), tall, theme)

    def _paint_label(self, painter: QPainter, part: Slice, place: QRectF, tall: bool, theme: Theme) -> None:
        put(painter, place, part.name, heavy(), theme.series_text[part.colour - 1], LEFT)
        figures = "  ".join(each for each in (number(part.value, self._chart.decimals), part.share) if each)
        if tall:
            place.translate(0, self._line)
        else:
            place.setLeft(place.left() + QFontMetricsF(heavy()).horizontalAdvance(part.name) + 8)
        put(painter, place, figures, font("small"), theme.text2, LEFT)
