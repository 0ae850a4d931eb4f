"""A figure over two terms: cells with their numbers, and lines where it has one value."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from app.charts.axes import CENTRE, RIGHT, blend, put, put_on_ground, widest
from app.charts.head import head_height, paint_head
from app.charts.hover import Box, BoxRow
from app.charts.kinds import Contour, HeatMap
from app.charts.words import heavy, number
from app.theme import Theme, font

_FAINT, FULL = 0.08, 0.5  # how strong the tint of the lowest and of the highest cell is; figures stay readable on it


class HeatMapDrawing:
    """See `Drawing`. Places run from left to right, the lowest row first."""

    step_right = 1

    def __init__(self, chart: HeatMap, area: QRectF) -> None:
        self._chart = chart
        self._line = QFontMetricsF(font("small")).height()
        self._head = QRectF(area)
        self._head.setHeight(head_height(chart.title, chart.subtitle, area.width()))
        left = area.left() + widest(list(chart.ys), font("small")) + 8
        top = self._head.bottom() + self._line + 10
        bottom = area.bottom() - 2 * self._line - 8
        self._plot = QRectF(left, top, max(30.0, area.right() - left - 1), max(20.0, bottom - top))
        self._across, self._up = max(1, len(chart.xs)), max(1, len(chart.ys))
        self._cell = (self._plot.width() / self._across, self._plot.height() / self._up)
        shown = [value for row in chart.values for value in row if value is not None]
        self._low, self._high = min(shown, default=0.0), max(shown, default=1.0)
        self.positions = len(chart.xs) * len(chart.ys)
        self.step_down = -len(chart.xs)

    def paint(self, painter: QPainter, theme: Theme) -> None:
        chart = self._chart
        paint_head(painter, chart.title, chart.subtitle, self._head, theme)
        above = QRectF(self._plot.left(), self._plot.top() - self._line - 4, self._plot.width(), self._line)
        put(painter, above, chart.y_name, font("small"), theme.text2)
        self._paint_cells(painter, theme)
        if chart.now is not None:
            painter.setPen(QPen(theme.text, 2))
            painter.drawRect(self._place(*chart.now).adjusted(1, 1, -1, -1))
        for contour in chart.contours:
            self._paint_contour(painter, contour, theme)
        for contour in chart.contours:
            self._name_contour(painter, contour, theme)
        self._paint_edges(painter, theme)

    def index_at(self, at: QPointF) -> int | None:
        x = int((at.x() - self._plot.left()) // self._cell[0])
        y = int((self._plot.bottom() - at.y()) // self._cell[1])
        inside = 0 <= x < len(self._chart.xs) and 0 <= y < len(self._chart.ys)
        return y * len(self._chart.xs) + x if inside else None

    def row_at(self, _at: QPointF) -> int | None:
        return None

    def anchor(self, index: int) -> QPointF:
        place = self._place(*self._at(index))
        return QPointF(place.right() - 8, place.center().y())

    def box(self, index: int) -> Box:
        chart = self._chart
        x, y = self._at(index)
        head = number(chart.values[y][x], chart.decimals)
        return Box(head, (BoxRow(chart.x_name, chart.xs[x]), BoxRow(chart.y_name, chart.ys[y])))

    def bring_out(self, painter: QPainter, index: int, theme: Theme) -> None:
        painter.setPen(QPen(theme.text, 2, Qt.PenStyle.DotLine))
        painter.drawRect(self._place(*self._at(index)).adjusted(1, 1, -1, -1))

    def _at(self, index: int) -> tuple[int, int]:
        return index % len(self._chart.xs), index // len(self._chart.xs)

    def _place(self, x: int, y: int) -> QRectF:
        width, height = self._cell
        left = round(self._plot.left() + x * width)
        top = round(self._plot.bottom() - (y + 1) * height)
        right = round(self._plot.left() + (x + 1) * width)
        bottom = round(self._plot.bottom() - y * height)
        return QRectF(left, top, right - left - 1, bottom - top - 1)

    def _tint(self, value: float, theme: Theme) -> QColor:
        """The more of a figure, the stronger its tint; under the threshold the less, the stronger."""
        limit = self._chart.threshold
        colour, start, end = theme.series[0], self._low, self._high
        if limit is not None and value < limit:
            colour, start, end = theme.series[1], min(limit, self._high), self._low
        elif limit is not None:
            start = max(limit, self._low)
        part = (value - start) / (end - start) if end != start else 0.0
        return blend(colour, theme.base, _FAINT + (FULL - _FAINT) * min(1.0, max(0.0, part)))

    def _paint_cells(self, painter: QPainter, theme: Theme) -> None:
        chart = self._chart
        written = [number(value, chart.decimals) for row in chart.values for value in row]
        fits = widest(written, font("small")) + 6 <= self._cell[0] and self._line <= self._cell[1]
        for y, row in enumerate(chart.values):
            for x, value in enumerate(row):
                place = self._place(x, y)
                painter.fillRect(place, theme.window if value is None else self._tint(value, theme))
                if fits:
                    colour = theme.text2 if value is None else theme.text
                    put(painter, place, number(value, chart.decimals), font("small"), colour, CENTRE)

    def _point(self, at: tuple[float, float]) -> QPointF:
        return QPointF(
            self._plot.left() + (at[0] + 0.5) * self._cell[0], self._plot.bottom() - (at[1] + 0.5) * self._cell[1]
        )

    def _paint_contour(self, painter: QPainter, contour: Contour, theme: Theme) -> None:
        painter.save()
        painter.setClipRect(self._plot)
        for width, colour in ((5.0, theme.base), (2.4 if contour.strong else 1.2, theme.text)):
            if width == 5.0 and not contour.strong:
                continue
            pen = QPen(colour, width)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            if not contour.strong:
                pen.setDashPattern([4, 3])
            painter.setPen(pen)
            for line in contour.lines:
                painter.drawPolyline(QPolygonF([self._point(at) for at in line]))
        painter.restore()

    def _name_contour(self, painter: QPainter, contour: Contour, theme: Theme) -> None:
        longest = max(contour.lines, key=len, default=())
        if not longest or not contour.label:
            return
        at = self._point(longest[len(longest) // 2])
        face = heavy() if contour.strong else font("small")
        width = QFontMetricsF(face).horizontalAdvance(contour.label)
        left = min(max(at.x() - width / 2, self._plot.left() + 3), self._plot.right() - width - 3)
        top = min(max(at.y() - self._line / 2, self._plot.top()), self._plot.bottom() - self._line)
        place = QRectF(left, top, width, self._line)
        put_on_ground(painter, place, contour.label, face, theme.text, theme.base, CENTRE)

    def _paint_edges(self, painter: QPainter, theme: Theme) -> None:
        chart, small = self._chart, font("small")
        for y, words in enumerate(chart.ys):
            row = self._place(0, y)
            if y % self._every(len(chart.ys), self._line + 2, self._cell[1]) == 0:
                place = QRectF(self._plot.left() - 208, row.center().y() - self._line / 2, 202, self._line)
                put(painter, place, words, small, theme.text2, RIGHT)
        every = self._every(len(chart.xs), widest(list(chart.xs), small) + 8, self._cell[0])
        for x, words in enumerate(chart.xs):
            if x % every == 0:
                column = self._place(x, 0)
                place = QRectF(column.center().x() - 100, self._plot.bottom() + 3, 200, self._line)
                put(painter, place, words, small, theme.text2, CENTRE)
        under = QRectF(self._plot.left(), self._plot.bottom() + self._line + 5, self._plot.width(), self._line)
        put(painter, under, chart.x_name, small, theme.text2, CENTRE)

    @staticmethod
    def _every(count: int, needed: float, room: float) -> int:
        """Every how manieth name is written, so that none runs into the next."""
        return next((step for step in range(1, count) if step * room >= needed), max(1, count))
