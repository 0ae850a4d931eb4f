"""The charts of a simulation, described from what the analysis hands over."""

from __future__ import annotations

from app.charts.kinds import Bin, Histogram, TailMark
from app.charts.of_deal import year_spans
from app.charts.spec import Band, Chart, Panel, Series, Span
from models import (
    CALLED_IN_YEAR,
    CALLED_SO_FAR,
    CONTRACTUAL_AHEAD,
    EXPECTED_AHEAD,
    HIGH_AHEAD,
    CallsByYear,
    Exposure,
    FanShown,
    Outcomes,
)


def outcomes_chart(outcomes: Outcomes) -> Histogram:
    """How a figure is spread over the paths."""
    return Histogram(
        outcomes.title,
        outcomes.subtitle,
        outcomes.axis,
        tuple(Bin(*bar, between) for bar, between in zip(outcomes.bars, outcomes.between, strict=True)),
        tuple(TailMark(*mark) for mark in outcomes.marks),
        outcomes.summary,
        outcomes.zero,
        outcomes.tail,
        open_end=outcomes.zero is not None,
        decimals=outcomes.decimals,
        name=outcomes.name,
    )


def fan_chart(fan: FanShown) -> Chart:
    """Percentiles as two bands around the median, and what they are measured against as a step line."""
    low, lower, middle, upper, high = (
        Series(row.name, row.values, decimals=fan.decimals, line=fan.line, percentile=row.percentile)
        for row in reversed(fan.rows)
    )
    rows = [middle]
    if fan.against is not None:
        against = fan.against
        rows.append(Series(against.name, against.values, "step", 2, decimals=fan.decimals, line=against.line))
    bands = (Band(low, high, labelled=True), Band(lower, upper))
    spans = year_spans(fan.years, short=False)
    panels = (Panel(fan.unit, tuple(rows), bands=bands),)
    return Chart(fan.title, fan.subtitle, fan.positions, spans, panels, fan.summary, months=fan.months)


def exposure_chart(exposure: Exposure) -> Chart:
    """What could be called on paper, over what is likely, on one time axis."""
    paper = Series(
        "Contractual", exposure.contractual, "area", 8, "maximum still open", decimals=2, line=CONTRACTUAL_AHEAD,
        simulated=True,
    )  # fmt: skip
    high = Series("95 % of paths", exposure.high, "step", 2, decimals=1, line=HIGH_AHEAD, simulated=True)
    expected = Series("Expected", exposure.expected, "area", 1, decimals=1, line=EXPECTED_AHEAD, simulated=True)
    panels = (Panel(exposure.contractual_unit, (paper,)), Panel(exposure.unit, (high, expected), 1.15))
    spans = year_spans(exposure.years, short=False)
    months = tuple((month, month) for month in range(len(exposure.positions)))
    return Chart(exposure.title, exposure.subtitle, exposure.positions, spans, panels, exposure.summary, months=months)


def calls_by_year_chart(calls: CallsByYear) -> Chart:
    """Probability of a call in each year as bars, and of any call so far as a line."""
    rows = (
        Series("In the year", calls.in_year, "bar", 1, decimals=1, line=CALLED_IN_YEAR, simulated=True),
        Series("So far", calls.so_far, "line", 2, decimals=1, line=CALLED_SO_FAR, simulated=True),
    )
    spans = tuple(Span(at, at + 1, words) for at, words in enumerate(calls.years))
    panels = (Panel("%", rows),)
    return Chart(
        calls.title,
        calls.subtitle,
        calls.positions,
        spans,
        panels,
        calls.summary,
        year_lines=False,
        months=calls.months,
    )
