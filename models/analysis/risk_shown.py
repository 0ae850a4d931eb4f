"""What a simulation shows, as plain values: charts and tables in the units of the eye, with sentences that say it."""

from __future__ import annotations

from dataclasses import dataclass

from models.analysis.series import Stretches, Values, Years

CONTRACTUAL_AHEAD, HIGH_AHEAD, EXPECTED_AHEAD = "contractual_ahead", "high_ahead", "expected_ahead"
CALLED_IN_YEAR, CALLED_SO_FAR = "called_in_year", "called_so_far"
"""What `explain_simulated` calls the rows of exposure and of calls by year, each in a month or year."""


@dataclass(frozen=True)
class Between:
    """Paths from one value of a figure up to, but without, another, in file units; `apart` leaves out those with
    nothing. From 0 to 0 are the paths with nothing."""

    low: float
    high: float
    apart: bool = False


@dataclass(frozen=True)
class Percentile:
    """The value that this part of the paths does not exceed."""

    share: float


@dataclass(frozen=True)
class Outcomes:
    """How a figure is spread over the paths.

    Attributes:
        bars: (from, to, part of the paths in %) in the unit of `axis`; the last holds everything beyond.
        marks: (value, words, dashed) of percentiles and means.
        zero: words and part of the paths in % for exactly nothing, None where there is no such bar.
        tail: where the tail begins, None where none is told apart.
        name: of the figure; `between` has the paths in each of the bars.
    """

    title: str
    subtitle: str
    axis: str
    bars: tuple[tuple[float, float, float], ...]
    marks: tuple[tuple[float, str, bool], ...]
    zero: tuple[str, float] | None
    tail: float | None
    decimals: int
    summary: str
    name: str
    between: tuple[Between, ...]


@dataclass(frozen=True)
class FanRow:
    """One percentile by period, or the base case of another line where `line` names one."""

    name: str
    values: Values
    percentile: Percentile | None = None
    line: str = ""


@dataclass(frozen=True)
class FanShown:
    """Percentiles of a line by quarter from the highest to the lowest, with what it is measured against."""

    title: str
    subtitle: str
    unit: str
    decimals: int
    positions: tuple[str, ...]
    years: Years
    rows: tuple[FanRow, ...]
    against: FanRow | None
    summary: str
    line: str
    months: Stretches


@dataclass(frozen=True)
class Exposure:
    """Payments still to come, seen from each month: the most on paper above, what is likely below."""

    title: str
    subtitle: str
    positions: tuple[str, ...]
    years: Years
    contractual_unit: str
    contractual: Values
    unit: str
    expected: Values
    high: Values
    summary: str


@dataclass(frozen=True)
class CallsByYear:
    """Probability in % that the support is called in a year of the model, and by its end."""

    title: str
    subtitle: str
    positions: tuple[str, ...]
    years: tuple[str, ...]
    in_year: Values
    so_far: Values
    summary: str
    months: Stretches


@dataclass(frozen=True)
class ShownCell:
    """A figure in the unit of its row; None has a reason in words, or none where it says nothing."""

    value: float | None
    decimals: int = 0
    reason: str = ""


@dataclass(frozen=True)
class ShownRow:
    """One row of a table under its heads; `name` is what `explain_simulated` calls its figure, "" for none."""

    label: str
    cells: tuple[ShownCell, ...]
    name: str = ""


@dataclass(frozen=True)
class ShownTable:
    """Rows under heads; the first head is that of the labels. `signed` for changes, which carry a sign."""

    title: str
    subtitle: str
    heads: tuple[str, ...]
    rows: tuple[ShownRow, ...]
    signed: bool = False


@dataclass(frozen=True)
class PathChoice:
    """A path worth a look: its number in the simulation, counted from 0, and what it is."""

    path: int
    words: str


@dataclass(frozen=True)
class RiskShown:
    """All that is shown of a simulation, but for what the user chooses among.

    Attributes:
        settings: such as `20,000 paths, seed 7`.
        sampling: how the numbers were drawn, in words; "" for plain random numbers.
        wrong_way: what ties the partner's default to demand.
        expected_loss: value and standard error in millions, with the decimals of the rail.
        outcomes, fans: (name, label) of the figures and lines on offer.
    """

    settings: str
    sampling: str
    wrong_way: str
    expected_loss: tuple[float, float | None, int]
    money_unit: str
    loss: Outcomes
    exposure: Exposure | None
    calls: CallsByYear
    results: ShownTable
    support: ShownTable
    stress: ShownTable
    figures: ShownTable
    paths: tuple[PathChoice, ...]
    outcomes: tuple[tuple[str, str], ...]
    fans: tuple[tuple[str, str], ...]
