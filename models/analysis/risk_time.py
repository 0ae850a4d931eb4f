"""A simulation over time: fans of lines, the exposure, and calls by year."""

from __future__ import annotations

import math

from models.analysis.reading import MONEY_DUST
from models.analysis.risk_reading import RiskReading, capital, per_cent
from models.analysis.risk_shown import CallsByYear, Exposure, FanRow, FanShown, Percentile
from models.analysis.series import Values, years_of, years_of_steps
from models.language.line import Kind

_AGAINST = {"cloud_revenue": ("floor_amount", "Floor"), "cfads": ("scheduled_debt_service", "Debt service")}
_RAMP = 2  # quarters below a level at the start are no news
_NAMES = ("5 %", "25 %", "Median", "75 %", "95 %")


def fan_of(read: RiskReading, line: str) -> FanShown:
    """Percentiles of a line by quarter over the paths not in default, with the sentence that says how low they go."""
    months = len(read.result.dates)
    ends = tuple(range(2, months, 3))
    fan = read.result.fan(line, ends, survivors=True)
    shown, label = read.shown_line(line), read.label_of_line(line)
    rows = [
        FanRow(name, tuple(None if math.isnan(value) else value * shown.factor for value in values), Percentile(share))
        for name, share, values in zip(_NAMES, fan.percentiles, fan.values.tolist(), strict=True)
    ]
    against = _against(read, line, ends, shown.factor)
    is_flow = read.result.kinds[line] is Kind.FLOW
    unit = f"{shown.unit} a quarter" if is_flow else shown.unit
    title = _fan_title(read, line, rows, against, ends)
    low, middle, high = ([value for value in rows[k].values if value is not None] for k in (0, 2, 4))
    digits = shown.decimals if shown.unit == read.money_unit else 2
    words = (
        f" Median {middle[0]:,.{digits}f} at first and {middle[-1]:,.{digits}f} at last; at last 5 % of paths are below"
        f" {low[-1]:,.{digits}f} and 5 % above {high[-1]:,.{digits}f}."
        if middle
        else ""
    )
    return FanShown(
        title,
        f"{label}: median, 50 % and 90 % of paths not in default",
        unit,
        digits,
        tuple(f"{read.month(end - 2)} to {read.month(end)}" for end in ends),
        years_of_steps(read.base, 3, len(ends)),
        tuple(reversed(rows)),
        against,
        f"{title}.{words}",
        line,
        tuple((end - 2, end) for end in ends),
    )


def _against(read: RiskReading, line: str, ends: tuple[int, ...], factor: float) -> FanRow | None:
    if line == "dscr_12m":
        lockup = read.case.deal.senior_debt.lockup_dscr
        return FanRow(f"Lock-up {lockup:.2f}", (lockup,) * len(ends)) if lockup > 0 else None
    if line not in _AGAINST:
        return None
    name, words = _AGAINST[line]
    months = read.base.line(name)
    if not any(value > MONEY_DUST for value in months):
        return None
    return FanRow(words, tuple(sum(months[end - 2 : end + 1]) * factor for end in ends), line=name)


def _fan_title(read: RiskReading, line: str, rows: list[FanRow], against: FanRow | None, ends: tuple[int, ...]) -> str:
    years = [int(read.result.dates[end][:4]) for end in ends]
    if against is None:
        return _median_title(read.label_of_line(line), rows[2], years)
    factor, base = read.shown_line(line).factor, read.base.line(line)
    limit = f"{against.name[0].lower()}{against.name[1:]}"
    levels = against.values

    def under(values: Values) -> set[int]:
        """Quarters in which a row is below its level."""
        pairs = enumerate(zip(values, levels, strict=True))
        return {at for at, (x, level) in pairs if x is not None and level and x < level * (1 - 1e-9)}

    sums = tuple(sum(base[end - 2 : end + 1]) * factor for end in ends)
    # while it ramps up the base case is below as well, and the paths tell nothing new
    known = under(sums) if read.result.kinds[line] is Kind.FLOW else set()
    if len(known) > _RAMP:
        return f"The base case itself is below the {limit} {_when([years[at] for at in known])}"
    for row, who in ((rows[2], "Half of the paths fall"), (rows[0], "The 5 % path falls")):
        if new := under(row.values) - known:
            return f"{who} below the {limit} {_when([years[at] for at in new])}"
    if known:
        return f"The 5 % path is below the {limit} only where the base case is"
    return f"Even the 5 % path stays above the {limit}"


def _median_title(label: str, median: FanRow, years: list[int]) -> str:
    known = [(value, years[at]) for at, value in enumerate(median.values) if value is not None]
    if not known or max(known)[0] <= 0:
        return f"{label}: nothing on most paths"
    return f"{label}: the median is highest in {max(known)[1]}"


def _when(years: list[int]) -> str:
    known = sorted(set(years))
    if len(known) == 1:
        return f"only in {known[0]}"
    if len(known) == 2:
        return f"in {known[0]} and {known[1]}"
    if known[-1] - known[0] + 1 == len(known):
        return f"from {known[0]} to {known[-1]}"
    return f"in {len(known)} years between {known[0]} and {known[-1]}"


def exposure_of(read: RiskReading) -> Exposure | None:
    """What may still be called, by month; None where the support can never pay."""
    profile = read.result.profile
    contractual, expected, high = (row.tolist() for row in (profile.contractual, profile.expected, profile.high))
    most = max(contractual)
    if most <= MONEY_DUST and max(high) <= MONEY_DUST:
        return None
    large = most >= 1e9
    mark = read.money_unit.removesuffix("m")
    part = max(expected) / most if most > MONEY_DUST else 0.0
    words = f"{part * 100:.1f}" if part < 0.1 else f"{part * 100:.0f}"
    title = f"Expected payments are at most {words} % of what could be called"
    if part < 0.02:
        title = "Exposure: large on paper, small in expectation"
    months = len(read.result.dates)
    return Exposure(
        title,
        "Payments still to come, seen from each month, undiscounted",
        tuple(read.month(index) for index in range(months)),
        years_of(read.base),
        f"{mark}bn" if large else read.money_unit,
        _scaled(contractual, 1e-9 if large else 1e-6),
        read.money_unit,
        _scaled(expected, 1e-6),
        _scaled(high, 1e-6),
        f"{title}. Contractual {most / 1e6:,.0f}, expected {max(expected) / 1e6:,.1f}, 95 % of paths at most "
        f"{max(high) / 1e6:,.1f} {read.money_unit}.",
    )


def _scaled(values: list[float], factor: float) -> Values:
    return tuple(value * factor for value in values)


def calls_of(read: RiskReading) -> CallsByYear:
    """Probability of a call in each year of the model and up to its end."""
    in_year = [(estimate.value or 0.0) for estimate in read.result.called_in_year]
    so_far = [(estimate.value or 0.0) for estimate in read.result.called_by_year]
    words = [read.year_words(year) for year in range(len(in_year))]
    ever = so_far[-1] if so_far else 0.0
    if ever <= 0:
        title = "No path calls the support in any year"
    else:
        most = max(range(len(in_year)), key=lambda year: in_year[year])
        title = f"Calls are likeliest in {words[most][0]}: on {per_cent(in_year[most])} % of paths"
    return CallsByYear(
        title,
        "Probability of a call by year, % of paths",
        tuple(span for _, span in words),
        tuple(short for short, _ in words),
        tuple(value * 100 for value in in_year),
        tuple(value * 100 for value in so_far),
        capital(f"{title}. {per_cent(ever)} % of paths ever call it."),
        tuple((12 * year, min(12 * year + 11, len(read.result.dates) - 1)) for year in range(len(in_year))),
    )
