"""Where the money comes from and where it goes: cash by calendar year, and sources and uses of the capital."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from models.analysis.reading import MONEY_DUST, Computed, Reading
from models.analysis.series import Stretches, Values, Years, stretches_of, years_of
from models.analysis.sums import SUMS, figure_of

Side = Literal["in", "out", "kept"]


@dataclass(frozen=True)
class CashPart:
    """One part of the cash by calendar year, in millions: what comes in above zero, what goes out below.

    `key` names the part for good, `line` what `explain` takes: its line of the model, or the sum of its lines. What is
    put by in cash and reserve is below zero in a year in which it grows.
    """

    key: str
    name: str
    side: Side
    values: Values
    line: str


@dataclass(frozen=True)
class CashWaterfall:
    """Cash of each calendar year in parts that add up to nothing, with the sentence that says where it goes."""

    title: str
    subtitle: str
    unit: str
    decimals: int
    years: Years
    positions: tuple[str, ...]
    parts: tuple[CashPart, ...]
    months: Stretches
    summary: str


@dataclass(frozen=True)
class FundingPart:
    """One source or use of capital in millions; `share` is its part of all in per cent, in words, `line` what
    `explain` takes: its line of the model, or the sum of its lines."""

    key: str
    name: str
    value: float
    share: str
    line: str


@dataclass(frozen=True)
class Funding:
    """Sources and uses of the capital up to the last delivery; both add up to `total`, in words."""

    title: str
    subtitle: str
    unit: str
    decimals: int
    total: str
    sources: tuple[FundingPart, ...]
    uses: tuple[FundingPart, ...]
    summary: str


_IN = (
    ("revenue", "Cloud revenue", ("cloud_revenue",)),
    ("support", SUMS["sum.support"].label, SUMS["sum.support"].plus),
    ("sponsors", SUMS["sum.sponsors"].label, SUMS["sum.sponsors"].plus),
    ("sale", "Sale of systems", ("residual_proceeds",)),
)
_OUT = (
    ("costs", "Operating costs", ("operating_costs_paid",)),
    ("rent", "Rent", ("rent_paid_cash",)),
    ("tax", "Tax", ("tax_paid",)),
    ("lenders", SUMS["sum.lenders"].label, SUMS["sum.lenders"].plus),
    ("vendor", SUMS["sum.vendor"].label, SUMS["sum.vendor"].plus),
    ("shareholders", "Shareholders", ("shareholders_paid",)),
)
_NOUNS = {
    "costs": "operating costs", "rent": "rent", "tax": "tax", "lenders": "the lenders", "vendor": "the vendor",
    "shareholders": "the shareholders",
}  # fmt: skip


def cash_waterfall(case: Computed) -> CashWaterfall:
    """The cash of a case by calendar year: what comes in, who is paid from it, and what is put by."""
    read = Reading(case)
    years = years_of(read)
    cuts = [(a, b) for _, a, b in years.stretches]
    parts = (
        CashPart(key, name, side, tuple(value / 1e6 for value in values), _figure_of_part(read, key))
        for key, name, side, values in cash_parts(read, cuts)
    )
    shown = tuple(part for part in parts if any(abs(value or 0.0) * 1e6 > MONEY_DUST for value in part.values))
    title, sentence = _cash_words(read, shown)
    return CashWaterfall(
        title,
        "What comes in above the line, who is paid from it below",
        f"{read.money_unit} a year",
        read.money_decimals,
        Years(tuple((year, at, at + 1) for at, (year, _, _) in enumerate(years.stretches))),
        tuple(str(year) for year, _, _ in years.stretches),
        shown,
        stretches_of(cuts),
        sentence,
    )


def cash_parts(read: Reading, cuts: Sequence[tuple[int, int]]) -> list[tuple[str, str, Side, tuple[float, ...]]]:
    """Key, name, side and values of each part of the cash over stretches of months, (first, after the last).

    Values are in file units; those of a stretch add up to nothing.
    """
    parts: list[tuple[str, str, Side, tuple[float, ...]]] = []
    parts += [(key, name, "in", _sum(read, names, cuts, 1)) for key, name, names in _IN]
    parts += [(key, name, "out", _sum(read, names, cuts, -1)) for key, name, names in _OUT]
    held = [cash + reserve for cash, reserve in zip(read.line("cash_close"), read.line("dsra_balance"), strict=True)]
    before = [held[a - 1] if a else read.line("cash_open")[0] for a, _ in cuts]
    kept = tuple(start - held[b - 1] for start, (_, b) in zip(before, cuts, strict=True))
    return [*parts, ("kept", "Cash and reserve", "kept", kept)]


def _figure_of_part(read: Reading, key: str) -> str:
    """What explains a part: its line, or the sum of its lines."""
    if f"sum.{key}" in SUMS:
        return figure_of(f"sum.{key}", lambda name: read.line(name) if read.has(name) else ())
    return next(names[0] for each, _, names in (*_IN, *_OUT) if each == key)


def _sum(read: Reading, names: Sequence[str], cuts: Sequence[tuple[int, int]], sign: int) -> tuple[float, ...]:
    rows = [read.line(name) for name in names if read.has(name)]
    return tuple(sign * sum(sum(row[a:b]) for row in rows) for a, b in cuts)


def _cash_words(read: Reading, parts: tuple[CashPart, ...]) -> tuple[str, str]:
    totals = {part.key: sum(value or 0.0 for value in part.values) for part in parts}
    came = sum(total for key, total in totals.items() if total > 0 and key != "kept")
    paid = sorted(((-total, key) for key, total in totals.items() if key in _NOUNS), reverse=True)
    if came * 1e6 <= MONEY_DUST or not paid:
        return "No cash comes in", "No cash comes in."
    first = f"{_percent(paid[0][0], came)} % of the cash goes to {_NOUNS[paid[0][1]]}"
    title = f"{first}, {_percent(paid[1][0], came)} % to {_NOUNS[paid[1][1]]}" if len(paid) > 1 else first
    words = [f"{part.name} {read.millions(abs(totals[part.key]) * 1e6)}" for part in parts if part.side != "kept"]
    return title, f"{title}. In all: {', '.join(words)}."


def _percent(part: float, whole: float) -> str:
    return f"{part / whole * 100:.0f}"


_CAPITAL = {"debt": "debt_draw", "deferred": "hardware_deferred", "equity": "equity_for_capex"}
"""The line of the model behind each source of capital that is one."""


def sources_and_uses(case: Computed) -> Funding:
    """What the capital is spent on and who puts it up; what the vendor defers counts on both sides."""
    read = Reading(case)
    deferred = read.total("hardware_deferred")
    hardware = read.total("hardware_paid") + deferred
    uses = [
        ("hardware", "Hardware", hardware),
        ("other", "Other capital", read.total("capex_paid") - read.total("hardware_paid")),
        ("fees", "Upfront fees", read.total("support_upfront_paid") + read.total("loan_upfront_fee")),
    ]
    sources = [
        ("debt", "Senior debt", read.total("debt_draw")),
        ("deferred", "Vendor finance", deferred),
        ("equity", "Equity", read.total("equity_for_capex")),
    ]
    whole = sum(value for _, _, value in uses)
    title = _funding_title(sources, whole)
    put_up, spent = _funding(read, sources, whole), _funding(read, uses, whole)
    total = f"{whole / 1e6:,.{read.money_decimals}f}"
    words = [f"{part.name} {part.value:,.{read.money_decimals}f}, {part.share}" for part in (*put_up, *spent)]
    return Funding(
        title,
        "Capital cost and upfront fees, all deliveries",
        read.money_unit,
        read.money_decimals,
        total,
        put_up,
        spent,
        f"{title}. {'; '.join(words)}.",
    )


def _funding(read: Reading, parts: list[tuple[str, str, float]], whole: float) -> tuple[FundingPart, ...]:
    return tuple(
        FundingPart(
            key, name, value / 1e6, f"{value / whole * 100:.1f} %", _CAPITAL.get(key) or _figure_of_part(read, key)
        )
        for key, name, value in parts
        if value > MONEY_DUST
    )


def _funding_title(sources: list[tuple[str, str, float]], whole: float) -> str:
    if whole <= MONEY_DUST:
        return "Nothing is built"
    largest = max(sources, key=lambda part: part[2])
    verb = {"debt": "Senior debt pays", "deferred": "The vendor defers", "equity": "Equity pays"}[largest[0]]
    return f"{verb} {'' if largest[0] == 'deferred' else 'for '}{largest[2] / whole * 100:.0f} % of the capital cost"
