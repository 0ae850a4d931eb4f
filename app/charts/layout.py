"""Where the parts of a chart lie in a rectangle: head, axes, panels, gutter."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

from app.charts.axes import ticks_width
from app.charts.head import head_height
from app.charts.scale import Scale, scale
from app.charts.spec import Chart, Panel
from app.charts.words import gutter_labels, heavy
from app.theme import font

GAP = 8.0
_GUTTER = 0.37  # of the width that names at the right take at most
_SWATCHED = 16.0  # what a sample of the colour takes before a name


@dataclass(frozen=True)
class Frame:
    """One panel with its plot rectangle and its scale."""

    panel: Panel
    plot: QRectF
    scale: Scale

    def y(self, value: float) -> float:
        """The vertical place of a value."""
        return self.scale.place(value, self.plot.bottom(), self.plot.top())


@dataclass(frozen=True)
class Layout:
    """The head of the chart, its frames from top to bottom, and the gutter at the right of them."""

    area: QRectF
    head: QRectF
    frames: tuple[Frame, ...]
    gutter: QRectF
    positions: int

    @property
    def slot(self) -> float:
        """The width of one position."""
        return self.frames[0].plot.width() / max(1, self.positions)

    def left(self, index: float) -> float:
        """The left edge of a position."""
        return self.frames[0].plot.left() + index * self.slot

    def centre(self, index: int) -> float:
        """The middle of a position."""
        return self.left(index + 0.5)

    def index_at(self, x: float) -> int | None:
        """The position under a horizontal place, or None beside the plot."""
        plot = self.frames[0].plot
        if not self.positions or not plot.left() <= x <= plot.right():
            return None
        return min(self.positions - 1, int((x - plot.left()) / self.slot))


def lay_out(chart: Chart, area: QRectF) -> Layout:
    """The layout of a chart in an area, in device-independent pixels."""
    small = QFontMetricsF(font("small"))
    line = small.height()
    head_lines = QFontMetricsF(font("small_strong")).height() + line + 2
    beside = max(area.width() / 3, area.width() - chart.aside)
    if not chart.compact:
        head_lines = head_height(chart.title, chart.subtitle, beside)
    head = QRectF(area.left(), area.top(), beside, head_lines)
    unit_room = 0.0 if chart.compact else line * 0.9
    top = head.bottom() + (line / 2 + 2 if chart.compact else line * 0.7)
    bottom = area.bottom() - line - 6
    between = line * 0.9
    room = max(10.0, bottom - top - between * (len(chart.panels) - 1))
    shares = sum(panel.share for panel in chart.panels)
    scales = []
    for panel in chart.panels:
        height = room * panel.share / shares
        most = 2 if height < 5 * line and not chart.compact else 3 if height < 9 * line else 5
        scales.append(scale(_values(panel), most, panel.ceiling))
    left = area.left() + ticks_width(scales) + 6
    gutter_width = 0.0
    if not chart.compact:
        strong = QFontMetricsF(heavy())
        texts = [label for panel in chart.panels for label in gutter_labels(panel)]
        wide = [
            max(strong.horizontalAdvance(text.name), small.horizontalAdvance(text.note))
            + (_SWATCHED if text.swatch is not None else 0)
            for text in texts
        ]
        gutter_width = min(max(wide, default=0.0) + GAP, area.width() * _GUTTER)
    right = area.right() - gutter_width
    frames = []
    at = top
    for panel, axis in zip(chart.panels, scales, strict=True):
        height = room * panel.share / shares
        inner = unit_room if panel.unit else 0.0
        frames.append(Frame(panel, QRectF(left, at + inner, max(10.0, right - left), height - inner), axis))
        at += height + between
    gutter = QRectF(right + GAP, top, max(0.0, gutter_width - GAP), bottom - top)
    return Layout(area, head, tuple(frames), gutter, len(chart.positions))


def _values(panel: Panel) -> list[float]:
    shown = [value for column in panel.columns() for value in column.values if value is not None]
    for index in range(max((len(series.values) for series in panel.series), default=0)):
        parts = [series.values[index] or 0.0 for series in panel.series if series.kind == "stack"]
        shown += [sum(part for part in parts if part > 0), sum(part for part in parts if part < 0)]
    return shown + [limit.value for limit in panel.limits]
