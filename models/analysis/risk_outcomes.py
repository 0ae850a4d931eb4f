"""Distributions of a simulation as bars with round edges, each with the sentence that says what they show."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np

from models.analysis.reading import MONEY_DUST
from models.analysis.risk_reading import LOSS, RiskReading, are, capital, per_cent
from models.analysis.risk_shown import Between, Outcomes
from models.risk.estimates import Sample

_BARS = 26
_ROUND = (1.0, 2.0, 4.0, 5.0, 10.0)
_MANY = 0.2  # from this part of the paths on, exactly nothing is a bar of its own

Mark = tuple[float | None, str, bool]


def figure_outcomes(read: RiskReading, name: str) -> Outcomes:
    """The distribution of a key figure or a present value, with the sentence that says what it shows."""
    if name == LOSS:
        return loss_outcomes(read)
    sample = read.distribution(name).sample
    if read.shown(name).unit == read.money_unit and _nothing(sample) >= _MANY:
        return _amount(read, name)
    return _spread(read, name)


def loss_outcomes(read: RiskReading) -> Outcomes:
    """The net support paid: no call as a bar of its own, percentiles and tail means marked, the tail told apart."""
    known = read.result.measures
    marks: tuple[Mark, ...] = (
        (known.expected_loss.value, "Mean", False),
        (known.var95.value, "VaR 95", False),
        (known.cvar95.value, "CVaR 95", True),
        (known.var99.value, "VaR 99", False),
        (known.cvar99.value, "CVaR 99", True),
    )
    return _from_nothing(
        read, LOSS, "No call", marks, known.var95.value, _loss_title(_nothing(read.distribution(LOSS).sample))
    )


def _amount(read: RiskReading, name: str) -> Outcomes:
    """An amount that is nothing on many paths."""
    spread, label = read.distribution(name), read.label(name).removesuffix(", present value")
    sample = spread.sample
    marks: tuple[Mark, ...] = ((spread.mean.value, "Mean", False), (spread.p95, "95 %", False),
                               (sample.quantile(0.99), "99 %", False))  # fmt: skip
    return _from_nothing(read, name, "None", marks, None, f"{label}: none on {_of_paths(_nothing(sample))}")


def _from_nothing(
    read: RiskReading, name: str, zero: str, marks: tuple[Mark, ...], tail: float | None, title: str
) -> Outcomes:
    """An amount with exactly nothing as a bar of its own."""
    shown, sample = read.shown(name), read.distribution(name).sample
    nothing, label = _nothing(sample), read.label(name)
    known = [(value * shown.factor, words, dashed) for value, words, dashed in marks if value is not None]
    reach = max(1.08 * max((value for value, _, _ in known), default=0.0), sample.quantile(0.995) * shown.factor)
    step = 1.0
    edges: list[float] = []
    if float(sample.values[-1]) > MONEY_DUST:
        step = _step(reach, 1e-6)
        lowest = float(sample.values[0])
        first = math.floor(lowest * shown.factor / step) if lowest < -MONEY_DUST else 0
        count = 5 * math.ceil(reach / step / 5 - 1e-9)
        edges = [step * k for k in range(first, count + 1)]
    bars = _bars(sample, edges, shown.factor, MONEY_DUST)
    has_tail = tail is not None and tail > MONEY_DUST
    words = [f"{each}  {_short(value)}" for value, each, _ in known]
    drawn = tuple((value, text, dashed) for (value, _, dashed), text in zip(known, words, strict=True))
    return Outcomes(
        title,
        f"Share of paths in %, one bar per {read.width_words(shown, step)}"
        + ("; the tail beyond VaR 95 set apart" if has_tail else ""),
        f"{label}, {shown.unit}",
        bars,
        drawn if bars else (),
        (zero, nothing * 100),
        math.ceil((tail or 0.0) * shown.factor / step - 0.5) * step if has_tail else None,
        0 if step >= 1 else 2,
        f"{title}. {label} in {shown.unit}: {', '.join(words)}.",
        name,
        _between(edges, shown.factor, apart=True),
    )


def _short(value: float) -> str:
    return f"{value:,.{0 if abs(value) >= 10 else 1}f}".replace("-", "−")


def _loss_title(nothing: float) -> str:
    if nothing >= 1:
        return "No path calls the support"
    if nothing <= 0:
        return "Every path calls the support"
    if nothing < 0.05:
        return f"Only {per_cent(nothing)} % of the paths never call the support"
    return capital(are(nothing, "never calls", "never call")) + " the support"


def _spread(read: RiskReading, name: str) -> Outcomes:
    """Any other figure: between its far percentiles, with those that matter and the base case marked."""
    spread, shown, label = read.distribution(name), read.shown(name), read.label(name)
    sample = spread.sample
    low, high = (sample.quantile(p) * shown.factor for p in (0.005, 0.995))
    step = _step(max(high - low, abs(high) * 1e-9), 1e-9)
    first = math.floor(low / step)
    last = max(math.ceil(high / step), first + 1)
    edges = [step * k for k in range(first, last + 1)]
    bars = _bars(sample, edges, shown.factor, None)
    marks: tuple[Mark, ...] = (
        (spread.p5, "5 %", False),
        (spread.p50, "Median", False),
        (spread.p95, "95 %", False),
        (read.base.kpi(name), "Base case", True),
    )
    drawn = tuple(
        (value * shown.factor, f"{words}  {shown.write(value)}", dashed)
        for value, words, dashed in marks
        if value is not None
    )
    lacking = f"; {spread.missing * 100:.1f} % of paths have none" if spread.missing > 0 else ""
    title = _figure_title(read, name)
    return Outcomes(
        title,
        f"Share of paths in %, one bar per {read.width_words(shown, step)}{lacking}",
        f"{label}, {shown.unit}",
        bars,
        drawn,
        None,
        None,
        0 if step >= 1 else 2,
        f"{title}. {label} in {shown.unit}: {', '.join(words for _, words, _ in drawn)}.",
        name,
        _between(edges, shown.factor, apart=False),
    )


def _figure_title(read: RiskReading, name: str) -> str:
    deal, spread, shown = read.case.deal, read.distribution(name), read.shown(name)
    limits = {
        "partner_irr": (deal.partner.discount_rate, f"the cost of equity, {deal.partner.discount_rate * 100:.1f} %,"),
        "min_dscr": (1.0, "1.00"),
        "min_dscr_without_support": (1.0, "1.00"),
        "vendor_npv": (0.0, "zero"),
        "vendor_support_npv": (0.0, "zero"),
        "vendor_position_npv": (0.0, "zero"),
        "partner_npv": (0.0, "zero"),
    }
    label = read.label(name).removesuffix(", present value")
    if name in limits:
        limit, words = limits[name]
        under = float(spread.sample.counts[spread.sample.values < limit].sum()) / max(1, spread.sample.size)
        return f"{label} is under {words} on {_of_paths(under)}"
    if spread.p25 is None or spread.p75 is None:
        return label
    low, high, unit = shown.write(spread.p25), shown.write(spread.p75), f" {shown.unit}" if shown.unit else ""
    if low == high:
        return f"{label} is {low}{unit} on most paths"
    return f"{label}: half of the paths lie between {low} and {high}{unit}"


def _of_paths(part: float) -> str:
    return "no path" if part <= 0 else "every path" if part >= 1 else f"{per_cent(part)} % of the paths"


def _nothing(sample: Sample) -> float:
    """Part of the paths on which an amount is nothing."""
    return float(sample.counts[np.abs(sample.values) <= MONEY_DUST].sum()) / max(1, sample.size)


def _step(reach: float, least: float) -> float:
    """The smallest round width of which at most `_BARS` reach that far."""
    rough = max(reach / _BARS, least)
    size = 10.0 ** math.floor(math.log10(rough))
    return next(size * part for part in _ROUND if size * part >= rough * (1 - 1e-9))


def _bars(
    sample: Sample, edges: list[float], factor: float, dust: float | None
) -> tuple[tuple[float, float, float], ...]:
    """Bars between edges in the unit shown; the first holds what lies below it as well, the last what lies beyond.

    With `dust`, what is nearer to nothing than that is left out.
    """
    if not edges:
        return ()
    values, counts = sample.values, sample.counts
    if dust is not None:
        some = np.abs(values) > dust
        values, counts = values[some], counts[some]
    inner = np.array(edges[1:-1]) / factor
    places = np.searchsorted(inner, values, side="right")
    shares = np.bincount(places, weights=counts, minlength=len(edges) - 1) / max(1, sample.size) * 100
    return tuple((a, b, share) for a, b, share in zip(edges, edges[1:], shares.tolist(), strict=False))


def _between(edges: list[float], factor: float, *, apart: bool) -> tuple[Between, ...]:
    """The paths that `_bars` counts in each bar."""
    if not edges:
        return ()
    inner = (-math.inf, *(np.array(edges[1:-1]) / factor).tolist(), math.inf)
    return tuple(Between(a, b, apart) for a, b in pairwise(inner))
