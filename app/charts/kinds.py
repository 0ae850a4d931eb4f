"""The charts that do not run over time, as plain values: no colours, no pixels, no Qt, no arithmetic of the deal."""

from __future__ import annotations

from dataclasses import dataclass

from app.charts.spec import Chart, Limit
from app.places import FigurePlace
from models import Cell, CellTable


@dataclass(frozen=True)
class Bin:
    """One bar of a histogram: from `low` up to `high`, with its share in the unit of the vertical axis."""

    low: float
    high: float
    share: float


@dataclass(frozen=True)
class TailMark:
    """A value that is marked by a line across the bars: solid, or dashed for a mean beyond a value."""

    value: float
    label: str
    dashed: bool = False


@dataclass(frozen=True)
class Histogram:
    """Shares of paths by the size of an outcome.

    `zero` is the share at exactly zero with its name, a bar of its own which is broken where it is far higher than
    the others. Bars from `tail` on have the colour of the tail. `open_end` says that the last bar holds everything
    beyond; `axis` names what is measured, under the plot.
    """

    title: str
    subtitle: str
    axis: str
    bins: tuple[Bin, ...]
    marks: tuple[TailMark, ...]
    summary: str
    zero: tuple[str, float] | None = None
    tail: float | None = None
    open_end: bool = False
    share_name: str = "Share of paths, %"
    decimals: int = 0

    def table(self) -> CellTable:
        """The bars as a table, then the marks."""
        rows: list[tuple[Cell, ...]] = [] if self.zero is None else [(self.zero[0], self.zero[0], self.zero[1])]
        last = len(self.bins) - 1
        rows += [
            (each.low, None if self.open_end and at == last else each.high, each.share)
            for at, each in enumerate(self.bins)
        ]
        rows += [(mark.label, mark.value, None) for mark in self.marks]
        return CellTable.of(self.title, (f"{self.axis}: from", "to", self.share_name), rows)


@dataclass(frozen=True)
class Swing:
    """What a term does at its low and at its high value; None where there is no such figure, with the reason."""

    name: str
    by: str
    low: float | None
    high: float | None
    reason: str = ""


@dataclass(frozen=True)
class Tornado:
    """Terms changed one at a time, the largest effect first; `base` is the figure as it stands."""

    title: str
    subtitle: str
    unit: str
    base: float
    base_label: str
    swings: tuple[Swing, ...]
    summary: str
    decimals: int = 1
    name_head: str = "Changed one at a time"
    low_name: str = "Low value of the term"
    high_name: str = "High value"

    def table(self) -> CellTable:
        """One row for each term."""
        rows = [(swing.name, swing.by, swing.low, swing.high) for swing in self.swings]
        heads = (self.name_head, "by", f"{self.low_name}, {self.unit}", f"{self.high_name}, {self.unit}")
        return CellTable.of(self.title, heads, rows)


@dataclass(frozen=True)
class Contour:
    """Where the figure has one value: lines through points (x, y) counted in cells from the middle of the first.

    `strong` is for the level that matters.
    """

    label: str
    lines: tuple[tuple[tuple[float, float], ...], ...]
    strong: bool = False


@dataclass(frozen=True)
class HeatMap:
    """A figure over two terms: `values[y][x]`, the first row at the bottom; None where it does not exist.

    Cells under `threshold` have another colour. `now` is the cell (x, y) of the deal as it stands.
    """

    title: str
    subtitle: str
    x_name: str
    xs: tuple[str, ...]
    y_name: str
    ys: tuple[str, ...]
    values: tuple[tuple[float | None, ...], ...]
    summary: str
    decimals: int = 1
    contours: tuple[Contour, ...] = ()
    threshold: float | None = None
    now: tuple[int, int] | None = None

    def table(self) -> CellTable:
        """The grid with the terms at its edges, the highest row first as drawn."""
        rows = [(name, *row) for name, row in zip(self.ys, self.values, strict=True)]
        return CellTable.of(self.title, (f"{self.y_name} \\ {self.x_name}", *self.xs), reversed(rows))


@dataclass(frozen=True)
class BridgeStep:
    """One bar of a bridge: a level where it starts or ends, or else a change. `note` is the second line under it."""

    name: str
    note: str
    value: float
    is_level: bool = False


@dataclass(frozen=True)
class Bridge:
    """From one level to another by changes that add up. The first and the last step are levels."""

    title: str
    subtitle: str
    unit: str
    steps: tuple[BridgeStep, ...]
    summary: str
    decimals: int = 1
    limits: tuple[Limit, ...] = ()

    def table(self) -> CellTable:
        """One row for each bar."""
        rows = [(step.name, step.note, step.value) for step in self.steps]
        return CellTable.of(self.title, ("", "", self.unit), rows)


@dataclass(frozen=True)
class Slice:
    """One part of a pile, with its share in words and the line of the model that it is the sum of."""

    name: str
    value: float
    share: str = ""
    colour: int = 1
    hatched: bool = False
    line: str = ""


@dataclass(frozen=True)
class Pile:
    """Parts on one another, the first at the bottom; `total` in words."""

    name: str
    total: str
    slices: tuple[Slice, ...]


@dataclass(frozen=True)
class Piles:
    """Piles side by side at one scale, such as sources and uses."""

    title: str
    subtitle: str
    unit: str
    piles: tuple[Pile, ...]
    summary: str
    decimals: int = 0

    def figure(self, at: int | None, _row: int | None) -> FigurePlace | None:
        """Where the part at a place comes from, or the first; places run through each pile from its top."""
        lines = [part.line for pile in self.piles for part in reversed(pile.slices)]
        return FigurePlace(lines[at or 0]) if lines else None

    def table(self) -> CellTable:
        """One row for each part."""
        rows = [(pile.name, part.name, part.value, part.share) for pile in self.piles for part in pile.slices]
        return CellTable.of(self.title, ("", "", self.unit, "Share"), rows)


@dataclass(frozen=True)
class Point:
    """One point: `label` is written beside it, `name` and `notes` stand in its box."""

    x: float
    y: float
    name: str = ""
    label: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Curve:
    """Points by `x`, joined by a line or each a dot."""

    name: str
    points: tuple[Point, ...]
    colour: int = 1
    line: bool = True
    dots: bool = False
    dashed: bool = False


@dataclass(frozen=True)
class Curves:
    """Figures over a term, or one figure against another; `now` is where the deal stands on the axis, in words."""

    title: str
    subtitle: str
    x_name: str
    unit: str
    curves: tuple[Curve, ...]
    summary: str
    x_decimals: int = 1
    decimals: int = 1
    limits: tuple[Limit, ...] = ()
    now: tuple[float, str] | None = None
    from_zero: bool = False

    def table(self) -> CellTable:
        """One row for each point."""
        rows = [(point.name or curve.name, point.x, point.y) for curve in self.curves for point in curve.points]
        return CellTable.of(self.title, ("", self.x_name, self.unit), rows)


AnyChart = Chart | Histogram | Tornado | HeatMap | Bridge | Piles | Curves
