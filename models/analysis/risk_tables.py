"""The results of a simulation as tables: figures with their standard errors, with and without support, stresses."""

from __future__ import annotations

from models.analysis.measure_names import MEASURE_NAMES
from models.analysis.risk_figures import (
    ANY_DEFAULT,
    BREAK_EVEN_FEE,
    BREAK_EVEN_SHARE,
    CALLED,
    LOW_COVER,
    OWN_DEFAULT,
    STRESS,
)
from models.analysis.risk_reading import LENDERS, LOSS, POSITION, RiskReading, error_decimals
from models.analysis.risk_shown import ShownCell, ShownRow, ShownTable
from models.engine.case import KEY_FIGURES
from models.risk.estimates import Distribution, Estimate

_NONE = ShownCell(None)
_EVENTS = {
    "called": "Support called",
    "service_missed": "Debt service missed",
    "position_negative": "Vendor position below zero",
}


def _pair(estimate: Estimate, factor: float, reason: str = "", least: int = 1) -> tuple[ShownCell, ShownCell]:
    digits = error_decimals(estimate, factor, least)
    value = None if estimate.value is None else estimate.value * factor
    error = None if estimate.se is None else estimate.se * factor
    return ShownCell(value, digits, reason if value is None else ""), ShownCell(error, digits)


def results_table(read: RiskReading) -> ShownTable:
    """The measures of risk, each with its standard error."""
    result, measures, unit = read.result, read.result.measures, read.money_unit
    years = len(result.dates) / 12
    term = f"{years:.0f}" if years == int(years) else f"{years:.1f}"
    level = f"{result.settings.confidence * 100:g}"
    rows = [ShownRow("Probability of any call, %", _pair(result.called, 100), CALLED)]
    rows += [
        ShownRow(f"{known.label}, {unit}", _pair(getattr(measures, known.attribute), 1e-6), name)
        for name, known in MEASURE_NAMES.items()
        if known.unit == "money" and name != "value_at_risk"  # which is one of the quantiles
    ]
    hurdle = f"{result.hurdle * 100:g}"
    rows.append(
        ShownRow(f"RAROC, % a year (hurdle {hurdle})", _pair(measures.raroc, 100, _reason(read, "raroc")), "raroc")
    )
    fee, share = result.break_even_fee_bps, result.break_even_share_scale
    rows.append(ShownRow("Break-even running fee, bp", (ShownCell(fee.value, 1, fee.reason), _NONE), BREAK_EVEN_FEE))
    rates = _share_words(share.value)
    rows.append(
        ShownRow(
            f"Break-even share, {rates}",
            (ShownCell(_first_rate(read, share.value), 1, share.reason), _NONE),
            BREAK_EVEN_SHARE,
        )
    )
    if result.own_default_by_year:
        own = _pair(result.own_default_by_year[-1], 100)
        rows.append(ShownRow(f"Partner default in {term} years, %", own, OWN_DEFAULT))
    if result.default_by_year:
        rows.append(ShownRow(f"Any default in {term} years, %", _pair(result.default_by_year[-1], 100), ANY_DEFAULT))
    settings = result.settings
    return ShownTable(
        "Results with standard errors",
        f"{settings.paths:,} paths, seed {settings.seed}; economic capital at VaR {level}",
        ("Measure", "Value", "± s.e."),
        tuple(rows),
    )


def _reason(read: RiskReading, name: str) -> str:
    return read.result.measures.reasons.get(name, "")


def _first_rate(read: RiskReading, scale: float | None) -> float | None:
    rates = read.case.deal.revenue_share.rates
    return None if scale is None or not rates or not rates[0] else rates[0][0] * scale * 100


def _share_words(scale: float | None) -> str:
    """What the row of the break-even share shows: the rate of the first year, and by what all rates are multiplied."""
    return "year 1, %" if scale is None else f"year 1, % (× {scale:.2f})"


def support_table(read: RiskReading) -> ShownTable:
    """The same paths with the support as agreed and with it taken away."""
    result, unit = read.result, read.money_unit
    rows = []
    with_, without = result.measures, result.measures_without
    for name, label, estimates, factor in (
        ("defaulted", "Defaults, %", _means(read, "defaulted"), 100.0),
        ("partner_irr", "Partner IRR, mean, %", _means(read, "partner_irr"), 100.0),
        ("distributions", f"Distributions, mean, {unit}", _means(read, "distributions"), 1e-6),
        ("share_paid", f"Share paid, mean, {unit}", _means(read, "share_paid"), 1e-6),
        ("lender_el", f"Lenders' expected loss, {unit}", (with_.lender_loss, without.lender_loss), 1e-6),
        ("el", f"Expected loss, {unit}", (with_.expected_loss, without.expected_loss), 1e-6),
        ("vendor_position", f"Vendor position, {unit}", (with_.vendor_position, without.vendor_position), 1e-6),
    ):
        rows.append(ShownRow(label, (*_pair(estimates[0], factor), *_pair(estimates[1], factor)), name))
    for label, name in (("Lowest DSCR, 5 % path, x", "min_dscr"),):
        low = (result.kpis[name].p5, result.kpis_without[name].p5)
        rows.append(ShownRow(label, (ShownCell(low[0], 2), _NONE, ShownCell(low[1], 2), _NONE), LOW_COVER))
    return ShownTable(
        "With and without the support",
        "The same paths; without, nothing is paid and no fee charged",
        ("Figure", "With", "± s.e.", "Without", "± s.e."),
        tuple(rows),
    )


def _means(read: RiskReading, name: str) -> tuple[Estimate, Estimate]:
    """The mean of a key figure with the support and without it."""
    return read.result.kpis[name].mean, read.result.kpis_without[name].mean


def stress_table(read: RiskReading) -> ShownTable:
    """Reverse stress: how far demand and prices must fall together."""
    rows = []
    for point in read.result.stresses:
        reason = f"none up to {point.limit:g}"
        when = "" if point.month is None else f", {read.month(point.month)}"
        rows.append(
            ShownRow(
                f"{_EVENTS[point.event]}{when}",
                (
                    ShownCell(point.distance, 2, reason if point.distance is None else ""),
                    ShownCell(point.demand, 2),
                    ShownCell(point.price, 2),
                ),
                STRESS + point.event,
            )
        )
    return ShownTable(
        "Reverse stress: the smallest shock that does it",
        "Demand and prices off in every month, in standard deviations; 0 where the base case has it",
        ("Event", "Joint", "Demand", "Prices"),
        tuple(rows),
        signed=True,
    )


def figures_table(read: RiskReading) -> ShownTable:
    """Every key figure that differs from path to path: mean with its error, percentiles, how often it is missing."""
    rows = []
    for name in (LOSS, POSITION, LENDERS):
        rows.append(_spread_row(read, name, read.distribution(name)))
    for figure in KEY_FIGURES:
        spread = read.result.kpis[figure.name]
        if figure.how != "ever" and read.differs(figure.name):
            rows.append(_spread_row(read, figure.name, spread))
    return ShownTable(
        "Key figures over the paths",
        "A figure that does not exist on a path is left out of its mean and percentiles",
        ("Figure", "Mean", "± s.e.", "5 %", "25 %", "Median", "75 %", "95 %", "None, %"),
        tuple(rows),
    )


def _spread_row(read: RiskReading, name: str, spread: Distribution) -> ShownRow:
    shown = read.shown(name)
    digits = max(shown.decimals, 1) if shown.unit != "x" else 2
    cells = _pair(spread.mean, shown.factor, least=digits)
    percentiles = tuple(
        ShownCell(shown.of(value), digits) for value in (spread.p5, spread.p25, spread.p50, spread.p75, spread.p95)
    )
    label = read.label(name)
    return ShownRow(
        f"{label}, {shown.unit}" if shown.unit else label,
        (*cells, *percentiles, ShownCell(spread.missing * 100, 1)),
        name,
    )
