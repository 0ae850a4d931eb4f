"""The charts of a simulation, described from what the analysis hands over."""

from __future__ import annotations

from app.charts.kinds import Bin, Histogram, TailMark
from app.charts.of_deal import year_spans
from app.charts.spec import Band, Chart, Panel, Series, Span
from models import CallsByYear, Exposure, FanShown, Outcomes


def outcomes_chart(outcomes: Outcomes) -> Histogram:
    """How a figure is spread over the paths."""
    return Histogram(
        outcomes.title,
        outcomes.subtitle,
        outcomes.axis,
        tuple(Bin(*bar) for bar in outcomes.bars),
        tuple(TailMark(*mark) for mark in outcomes.marks),
        outcomes.summary,
        outcomes.zero,
        outcomes.tail,
        open_end=outcomes.zero is not None,
        decimals=outcomes.decimals,
    )


def fan_chart(fan: FanShown) -> Chart:
    """Percentiles as two bands around the median, and what they are measured against as a step line."""
    high, upper, middle, lower, low = fan.rows
    rows = [Series(middle.name, middle.values, "line", 1, decimals=fan.decimals)]
    if fan.against is not None:
        rows.append(Series(fan.against.name, fan.against.values, "step", 2, decimals=fan.decimals))
    bands = (
        Band(low.name, low.values, high.name, high.values, decimals=fan.decimals, labelled=True),
        Band(lower.name, lower.values, upper.name, upper.values, decimals=fan.decimals),
    )
    spans = year_spans(fan.years, short=False)
    panels = (Panel(fan.unit, tuple(rows), bands=bands),)
    return Chart(fan.title, fan.subtitle, fan.positions, spans, panels, fan.summary)


def exposure_chart(exposure: Exposure) -> Chart:
    """What could be called on paper, over what is likely, on one time axis."""
    paper = Series("Contractual", exposure.contractual, "area", 8, "maximum still open", decimals=2)
    high = Series("95 % of paths", exposure.high, "step", 2, decimals=1)
    expected = Series("Expected", exposure.expected, "area", 1, decimals=1)
    panels = (Panel(exposure.contractual_unit, (paper,)), Panel(exposure.unit, (high, expected), 1.15))
    spans = year_spans(exposure.years, short=False)
    return Chart(exposure.title, exposure.subtitle, exposure.positions, spans, panels, exposure.summary)


def calls_by_year_chart(calls: CallsByYear) -> Chart:
    """Probability of a call in each year as bars, and of any call so far as a line."""
    rows = (
        Series("In the year", calls.in_year, "bar", 1, decimals=1),
        Series("So far", calls.so_far, "line", 2, decimals=1),
    )
    spans = tuple(Span(at, at + 1, words) for at, words in enumerate(calls.years))
    panels = (Panel("%", rows),)
    return Chart(calls.title, calls.subtitle, calls.positions, spans, panels, calls.summary, year_lines=False)
