"""What a chart over time shows, as plain values: no colours, no pixels, no Qt. `kinds` has the other charts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from app.places import AnyPlace, DealPlace, FigurePlace
from models import CellTable

if TYPE_CHECKING:  # named only
    from models import Deal, Percentile

Kind = Literal["line", "step", "area", "bar", "stack", "stroke"]
Values = tuple[float | None, ...]


@dataclass(frozen=True)
class Other:
    """Another deal that a row is of, what it is called, and its month at the first position of the chart."""

    deal: Deal
    title: str
    month: int


@dataclass(frozen=True)
class Series:
    """One row of figures over the positions of the chart; None leaves a gap.

    `kind`: a line, a step line, a step line with the area under it filled, bars, bars stacked on those of the
    series before it (what is below zero downwards), or a short stroke per position (drawn over bars). `colour`
    counts from 1. `note` is the second line of its label. `hatched` tells bars apart without their colour. `named`
    is False where the head of the chart names it already. `line` is the figure it shows, "" for none: a line of the
    model, or with `simulated` one of the simulation, with `percentile` that of a line; `other` is the deal it is of
    where that is not the one of the chart.
    """

    name: str
    values: Values
    kind: Kind = "line"
    colour: int = 1
    note: str = ""
    dashed: bool = False
    decimals: int = 0
    hatched: bool = False
    named: bool = True
    line: str = ""
    simulated: bool = False
    percentile: Percentile | None = None
    other: Other | None = None

    def figure(self, months: tuple[int, int] | None) -> AnyPlace | None:
        """Where its figure over months comes from; without them the line or figure over the whole term."""
        if not self.line:
            return None
        if months is None and self.simulated:
            return None  # what is likely in a month has no whole
        if months is None and self.percentile is not None:
            return FigurePlace(self.line)
        first, last = months or (None, None)
        until = last if last != first else None
        if self.other is None:
            return FigurePlace(self.line, first, until, self.simulated or self.percentile is not None, self.percentile)
        shift = self.other.month
        place = FigurePlace(
            self.line, None if first is None else first + shift, None if until is None else until + shift
        )
        return DealPlace(place, self.other.deal, self.other.title)


@dataclass(frozen=True)
class Band:
    """The ground between two rows, such as the 5 % and the 95 % path of a fan, drawn behind the series.

    Bands are listed from the widest to the narrowest. `labelled` names both ends at the right.
    """

    low: Series
    high: Series
    colour: int = 1
    labelled: bool = False


@dataclass(frozen=True)
class Column:
    """One column of what a chart says in figures; `colour` None for what has no line of its own."""

    name: str
    values: Values
    decimals: int
    colour: int | None = None


@dataclass(frozen=True)
class Limit:
    """A level that matters, drawn right across: dotted for a warning, solid for the end."""

    value: float
    label: str
    dotted: bool = False


@dataclass(frozen=True)
class Mark:
    """A point with words, on the position `index`."""

    index: int
    value: float
    text: str
    colour: int = 1


@dataclass(frozen=True)
class Panel:
    """One pair of axes. `ceiling` cuts the axis where the story ends; below `danger` the ground is tinted.

    `counted` is the unit where another panel says it for this one.
    """

    unit: str
    series: tuple[Series, ...]
    share: float = 1.0
    limits: tuple[Limit, ...] = ()
    marks: tuple[Mark, ...] = ()
    ceiling: float | None = None
    danger: float | None = None
    bands: tuple[Band, ...] = ()
    counted: str = ""

    def rows(self) -> tuple[Series, ...]:
        """Every row drawn in it: the series, then both ends of each band."""
        return (*self.series, *(row for band in self.bands for row in (band.low, band.high)))

    def columns(self) -> tuple[Column, ...]:
        """All its figures, of a fan from the highest row to the lowest; notes tell rows of one name apart."""
        above = [Column(band.high.name, band.high.values, band.high.decimals) for band in self.bands]
        below = [Column(band.low.name, band.low.values, band.low.decimals) for band in reversed(self.bands)]
        names = [row.name for row in self.series]
        lines = [
            Column(
                f"{row.name} {row.note}" if names.count(row.name) > 1 else row.name,
                row.values,
                row.decimals,
                row.colour,
            )
            for row in self.series
        ]
        return (*above, *lines[:1], *below, *lines[1:])


@dataclass(frozen=True)
class Span:
    """A stretch of positions with one label under the axis: from `first` up to, but without, `end`."""

    first: int
    end: int
    label: str


@dataclass(frozen=True)
class Chart:
    """A whole chart: `positions` names every place on the axis in full, `spans` labels stretches of it.

    The title is the finding, the subtitle says what is drawn. `compact` is for small charts: a legend row
    under the title and no labels at the right. `aside` is the width at the right of the head that is taken. `months`
    has the first and the last month of each position, counted from 0, where the rows show lines of the model.
    """

    title: str
    subtitle: str
    positions: tuple[str, ...]
    spans: tuple[Span, ...]
    panels: tuple[Panel, ...]
    summary: str
    compact: bool = False
    year_lines: bool = True
    aside: int = 0
    months: tuple[tuple[int, int], ...] = ()

    def figure(self, at: int | None, row: int | None) -> AnyPlace | None:
        """Where the figure of a row at a position comes from; without a row the first that has one, without a position
        all of it. None for what shows none."""
        if not self.months:
            return None
        months = None if at is None else self.months[at]
        rows = (each for number, each in enumerate(self.rows()) if row is None or number == row)
        found = (each.figure(months) for each in rows if at is None or each.values[at] is not None)
        return next((place for place in found if place is not None), None)

    def series(self) -> tuple[Series, ...]:
        """Every row of every panel but the ends of bands, from top to bottom."""
        return tuple(series for panel in self.panels for series in panel.series)

    def rows(self) -> tuple[Series, ...]:
        """Every row of every panel, from top to bottom, the ends of bands after the other rows of their panel."""
        return tuple(row for panel in self.panels for row in panel.rows())

    def columns(self) -> tuple[Column, ...]:
        """All figures of every panel, from top to bottom."""
        return tuple(column for panel in self.panels for column in panel.columns())

    def table(self) -> CellTable:
        """All figures as a table, each column headed by its name and the unit of its panel."""
        columns = self.columns()
        units = [panel.unit or panel.counted for panel in self.panels for _ in panel.columns()]
        heads = [
            f"{column.name}, {unit}" if unit and "," not in column.name else column.name
            for column, unit in zip(columns, units, strict=True)
        ]
        rows = [[position, *(column.values[at] for column in columns)] for at, position in enumerate(self.positions)]
        return CellTable.of(self.title, ("" if any(units) else self.title, *heads), rows)
