"""The charts that do not run over time, as plain values: no colours, no pixels, no Qt, no arithmetic of the deal."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.charts.spec import Chart, Limit
from app.places import AnyPlace, DealPlace, FigurePlace
from models import Between, Cell, CellTable


@dataclass(frozen=True)
class Bin:
    """One bar of a histogram: from `low` up to `high`, with its share in the unit of the vertical axis.

    `between` are the paths in it, None where it shows none.
    """

    low: float
    high: float
    share: float
    between: Between | None = None


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
    beyond; `axis` names what is measured, under the plot, `name` is that figure.
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
    name: str = ""

    def figure(self, at: int | None, _row: int | None) -> AnyPlace | None:
        """The paths of a bar, without a position the mean; the first bar is the one at zero, if there is one."""
        if not self.name:
            return None
        if at is None:
            return FigurePlace(self.name, simulated=True)
        bars = (*(() if self.zero is None else (Between(0.0, 0.0),)), *(each.between for each in self.bins))
        return FigurePlace(self.name, simulated=True, part=bars[at])

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
    """What a term does at its low and at its high value; None where there is no such figure, with the reason.

    `low_place` and `high_place` are where these figures come from.
    """

    name: str
    by: str
    low: float | None
    high: float | None
    reason: str = ""
    low_place: DealPlace | None = None
    high_place: DealPlace | None = None


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

    def figure(self, at: int | None, row: int | None) -> AnyPlace | None:
        """The figure at the low (row 0) or high (row 1) value of a term; without a row where it moves most."""
        if at is None:
            return None
        swing = self.swings[at]
        ends = ((swing.low, swing.low_place), (swing.high, swing.high_place))
        known = [(abs(value - self.base), place) for value, place in ends if value is not None]
        if row is not None and ends[row][0] is not None:
            return ends[row][1]
        return max(known, key=lambda end: end[0])[1] if known else None

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

    Cells under `threshold` have another colour. `now` is the cell (x, y) of the deal as it stands. `place` is the
    figure of the deal, and `steps` have the terms of each column and row that are put into it.
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
    place: DealPlace | None = None
    steps: tuple[tuple[tuple[str, object], ...], tuple[tuple[str, object], ...]] = ((), ())

    def figure(self, at: int | None, _row: int | None) -> AnyPlace | None:
        """The figure of a cell, counted along each row from the bottom one, or why there is none."""
        if at is None or self.place is None:
            return None
        y, x = divmod(at, len(self.xs))
        return replace(self.place, terms=(self.steps[0][x], self.steps[1][y]))

    def table(self) -> CellTable:
        """The grid with the terms at its edges, the highest row first as drawn."""
        rows = [(name, *row) for name, row in zip(self.ys, self.values, strict=True)]
        return CellTable.of(self.title, (f"{self.y_name} \\ {self.x_name}", *self.xs), reversed(rows))


@dataclass(frozen=True)
class BridgeStep:
    """One bar of a bridge: a level where it starts or ends, or else a change. `note` is the second line under it,
    `place` where its figure comes from."""

    name: str
    note: str
    value: float
    is_level: bool = False
    place: AnyPlace | None = None


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

    def figure(self, at: int | None, _row: int | None) -> AnyPlace | None:
        """Where the figure of a bar comes from."""
        return None if at is None else self.steps[at].place

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

    def figure(self, at: int | None, _row: int | None) -> AnyPlace | None:
        """Where the part at a place comes from, or the first; places run through each pile from its top."""
        lines = [part.line for pile in self.piles for part in reversed(pile.slices)]
        line = lines[at or 0] if lines else ""
        return FigurePlace(line) if line else None

    def table(self) -> CellTable:
        """One row for each part."""
        rows = [(pile.name, part.name, part.value, part.share) for pile in self.piles for part in pile.slices]
        return CellTable.of(self.title, ("", "", self.unit, "Share"), rows)


@dataclass(frozen=True)
class Point:
    """One point: `label` is written beside it, `name` and `notes` stand in its box, `place` is where it comes from."""

    x: float
    y: float
    name: str = ""
    label: str = ""
    notes: tuple[str, ...] = ()
    place: AnyPlace | None = None


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

    def places(self) -> tuple[tuple[int, int], ...]:
        """The points of all curves as (curve, point), by their place on the axis."""
        every = ((curve, at) for curve in range(len(self.curves)) for at in range(len(self.curves[curve].points)))
        return tuple(sorted(every, key=lambda place: (self.curves[place[0]].points[place[1]].x, place)))

    def figure(self, at: int | None, _row: int | None) -> AnyPlace | None:
        """Where a point of `places` comes from."""
        if at is None:
            return None
        curve, point = self.places()[at]
        return self.curves[curve].points[point].place

    def table(self) -> CellTable:
        """One row for each point."""
        rows = [(point.name or curve.name, point.x, point.y) for curve in self.curves for point in curve.points]
        return CellTable.of(self.title, ("", self.x_name, self.unit), rows)


AnyChart = Chart | Histogram | Tornado | HeatMap | Bridge | Piles | Curves
