"""What every kind of chart can do once it has an area, and the choice of the one that draws a chart."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from app.charts.bridge import BridgeDrawing
from app.charts.curves import CurvesDrawing
from app.charts.heat_map import HeatMapDrawing
from app.charts.histogram import HistogramDrawing
from app.charts.hover import Box
from app.charts.kinds import AnyChart, Bridge, Curves, HeatMap, Histogram, Piles, Tornado
from app.charts.over_time import OverTime
from app.charts.piles import PilesDrawing
from app.charts.spec import Chart
from app.charts.tornado import TornadoDrawing
from app.theme import Theme


class Drawing(Protocol):
    """A chart in an area. Places that can be brought out are counted from 0 to `positions` - 1.

    The arrow keys go `step_right` and `step_down` places on; 0 means that they do nothing.
    """

    positions: int
    step_right: int
    step_down: int

    def paint(self, painter: QPainter, theme: Theme) -> None:
        """Draw everything but what is brought out."""

    def index_at(self, at: QPointF) -> int | None:
        """The place under a point, None beside the drawing."""

    def row_at(self, at: QPointF) -> int | None:
        """The row under a point, where a place has several that are explained apart; None where it has one."""

    def anchor(self, index: int) -> QPointF:
        """Where the box of a place is put."""

    def box(self, index: int) -> Box:
        """The values of a place."""

    def bring_out(self, painter: QPainter, index: int, theme: Theme) -> None:
        """Mark a place."""


def drawing_of(chart: AnyChart, area: QRectF) -> Drawing:
    """The drawing of a chart in an area, in device-independent pixels."""
    return _DRAWINGS[type(chart)](chart, area)


_DRAWINGS: dict[type[AnyChart], Callable[..., Drawing]] = {
    Chart: OverTime,
    Histogram: HistogramDrawing,
    Tornado: TornadoDrawing,
    HeatMap: HeatMapDrawing,
    Bridge: BridgeDrawing,
    Piles: PilesDrawing,
    Curves: CurvesDrawing,
}
