"""A chart over time, drawn in an area: hover is one line across all panels."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from app.charts.hover import Box, BoxRow, paint_dots
from app.charts.layout import Frame, lay_out
from app.charts.painting import paint_chart
from app.charts.spec import Chart
from app.charts.words import number
from app.theme import Theme


class OverTime:
    """See `Drawing`."""

    step_right, step_down = 1, 0

    def __init__(self, chart: Chart, area: QRectF) -> None:
        self._chart = chart
        self._layout = lay_out(chart, area)
        self.positions = len(chart.positions)

    def paint(self, painter: QPainter, theme: Theme) -> None:
        paint_chart(painter, self._chart, self._layout, theme)

    def index_at(self, at: QPointF) -> int | None:
        return self._layout.index_at(at.x())

    def row_at(self, at: QPointF) -> int | None:
        """The row nearest to a point, counted through all panels, of a stack the part there; None beside the plot."""
        index = self.index_at(at)
        if index is None:
            return None
        before, nearest = 0, (float("inf"), float("inf"), 0)
        for frame in self._layout.frames:
            beside = max(frame.plot.top() - at.y(), at.y() - frame.plot.bottom(), 0.0)
            for row, ends in enumerate(_ends(frame, index), start=before):
                away = max(min(ends) - at.y(), at.y() - max(ends), 0.0) if ends else float("inf")
                nearest = min(nearest, (beside, away, row))
            before += len(frame.panel.rows())
        return nearest[2]

    def anchor(self, index: int) -> QPointF:
        return QPointF(self._layout.centre(index), self._layout.frames[0].plot.top())

    def box(self, index: int) -> Box:
        rows = (
            BoxRow(column.name, number(column.values[index], column.decimals), column.colour)
            for column in self._chart.columns()
        )
        return Box(self._chart.positions[index], tuple(rows))

    def bring_out(self, painter: QPainter, index: int, theme: Theme) -> None:
        frames = self._layout.frames
        x = round(self._layout.centre(index)) + 0.5
        painter.setPen(QPen(theme.text2, 1))
        painter.drawLine(QPointF(x, frames[0].plot.top()), QPointF(x, frames[-1].plot.bottom()))
        dots = [
            (QPointF(self._layout.centre(index), frame.y(value)), theme.series[series.colour - 1])
            for frame in frames
            for series in frame.panel.series
            if series.kind not in ("bar", "stack")
            and (value := series.values[index]) is not None
            and value <= frame.scale.high
        ]
        paint_dots(painter, dots, theme.base)


def _ends(frame: Frame, index: int) -> Iterator[tuple[float, ...]]:
    """Where each row of a panel lies at a position: a part of a stack between two places, others at one or nowhere."""
    above = below = 0.0
    for series in frame.panel.series:
        value = series.values[index]
        if value is None:
            yield ()
        elif series.kind != "stack":
            yield (frame.y(value),)
        elif value > 0:
            yield frame.y(above), frame.y(above + value)
            above += value
        else:
            yield frame.y(below), frame.y(below + value)
            below += value
    for row in frame.panel.rows()[len(frame.panel.series) :]:
        end = row.values[index]
        yield () if end is None else (frame.y(end),)
