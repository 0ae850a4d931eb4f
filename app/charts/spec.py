"""What a chart shows, as plain values: no colours, no pixels, no Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Kind = Literal["line", "step", "area", "bar", "stroke"]


@dataclass(frozen=True)
class Series:
    """One row of figures over the positions of the chart; None leaves a gap.

    `kind`: a line, a step line, a step line with the area under it filled, bars, or a short stroke per
    position (drawn over bars). `colour` counts from 1. `note` is the second line of its label.
    """

    name: str
    values: tuple[float | None, ...]
    kind: Kind = "line"
    colour: int = 1
    note: str = ""
    dashed: bool = False
    decimals: int = 0


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
    """One pair of axes. `ceiling` cuts the axis where the story ends; below `danger` the ground is tinted."""

    unit: str
    series: tuple[Series, ...]
    share: float = 1.0
    limits: tuple[Limit, ...] = ()
    marks: tuple[Mark, ...] = ()
    ceiling: float | None = None
    danger: float | None = None


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
    under the title and no labels at the right.
    """

    title: str
    subtitle: str
    positions: tuple[str, ...]
    spans: tuple[Span, ...]
    panels: tuple[Panel, ...]
    summary: str
    compact: bool = False
    year_lines: bool = True

    def series(self) -> tuple[Series, ...]:
        """Every row of every panel, from top to bottom."""
        return tuple(series for panel in self.panels for series in panel.series)

    def as_text(self, write: Callable[[float], str]) -> str:
        """All figures as a table for a spreadsheet: tab-separated, written by `write`, headings first."""
        rows = self.series()
        lines = ["\t".join(["", *(row.name for row in rows)])]
        for index, position in enumerate(self.positions):
            cells = ("" if (value := row.values[index]) is None else write(value) for row in rows)
            lines.append("\t".join([position, *cells]))
        return "\r\n".join(lines) + "\r\n"
