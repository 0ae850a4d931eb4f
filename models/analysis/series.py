"""Rows for charts: sums by year and quarter, cover and debt by month, each with a sentence on what it shows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from models.analysis.figures import SUPPORT_PAYMENTS, default_month, support_paid
from models.analysis.reading import MONEY_DUST, Reading
from models.analysis.sums import SUMS
from models.deal.months import month_number

Values = tuple[float | None, ...]


@dataclass(frozen=True)
class Years:
    """Stretches of positions by calendar year: (year, first position, position after the last)."""

    stretches: tuple[tuple[int, int, int], ...]


Stretches = tuple[tuple[int, int], ...]
"""First and last month of each position of a chart, counted from 0."""


@dataclass(frozen=True)
class Bars:
    """Two rows over the same positions, in millions: `front` is what there is, `back` what it is measured against.

    The lines of the model are those that the rows show, "" where a row is made of several.
    """

    title: str
    positions: tuple[str, ...]
    years: Years
    front_name: str
    front: Values
    back_name: str
    back: Values
    front_line: str
    back_line: str
    months: Stretches


@dataclass(frozen=True)
class Cover:
    """DSCR over twelve months with its limits, and the debt balance in millions, by month."""

    title: str
    subtitle: str
    positions: tuple[str, ...]
    years: Years
    cover: Values
    without: Values
    note: str
    lockup: float
    lowest: tuple[int, float, str] | None
    ceiling: float | None
    debt_name: str
    debt: Values
    debt_note: str
    name: str = "Base case"


@dataclass(frozen=True)
class Payment:
    """What one support pays, in millions, with its total in words, and its line of the model."""

    name: str
    values: Values
    note: str
    line: str


@dataclass(frozen=True)
class Calls:
    """Revenue of the supported capacity against its floor, and what the support pays, by quarter in millions.

    `floor`, `revenue` and `payments` are empty where there is none; the title then says so.
    """

    title: str
    subtitle: str
    positions: tuple[str, ...]
    years: Years
    unit: str
    revenue: Values
    floor: Values
    payments: tuple[Payment, ...]
    months: Stretches


def years_of_steps(case: Reading, step: int, positions: int) -> Years:
    """The calendar years of positions that are each `step` months long."""
    first = month_number(case.deal.start)
    starts = [(first + index * step) // 12 for index in range(positions)]
    cuts = [index for index in range(positions) if index == 0 or starts[index] != starts[index - 1]]
    return Years(tuple((starts[a], a, b) for a, b in zip(cuts, [*cuts[1:], positions], strict=True)))


def years_of(case: Reading) -> Years:
    """The calendar years of all months."""
    return years_of_steps(case, 1, case.months)


def _quarters(case: Reading) -> tuple[int, tuple[str, ...]]:
    """How many whole quarters of the model there are, counted from its start, and their names."""
    count = case.months // 3
    return count, tuple(f"{case.month(3 * q)} to {case.month(3 * q + 2)}" for q in range(count))


def stretches_of(cuts: Sequence[tuple[int, int]]) -> Stretches:
    """Stretches of months, each (first, after the last), by their first and last month."""
    return tuple((first, end - 1) for first, end in cuts)


def _sums(values: list[float], cuts: list[tuple[int, int]]) -> Values:
    return tuple(sum(values[a:b]) / 1e6 for a, b in cuts)


def cash_by_year(case: Reading) -> Bars:
    """Cash available for debt service and the scheduled service, by calendar year, in millions."""
    years = years_of(case)
    cuts = [(a, b) for _, a, b in years.stretches]
    service = _sums(case.line("scheduled_debt_service"), cuts)
    count = len(cuts)
    return Bars(
        f"Cash and debt service, {case.money_unit} a year",
        tuple(str(year) for year, _, _ in years.stretches),
        Years(tuple((years.stretches[i][0], i, i + 1) for i in range(count))),
        "Cash available",
        _sums(case.line("cfads"), cuts),
        "Debt service",
        tuple(value if value is not None and value * 1e6 > MONEY_DUST else None for value in service),
        "cfads",
        "scheduled_debt_service",
        stretches_of(cuts),
    )


def revenue_by_quarter(case: Reading) -> Bars:
    """Cloud revenue against the floor by quarter, in millions; against costs and debt where there is no floor."""
    count, names = _quarters(case)
    cuts = [(3 * q, 3 * q + 3) for q in range(count)]
    floor = case.line("floor_amount")
    against, title, name, line = floor, "Revenue against floor", "Floor", "floor_amount"
    if not any(value > MONEY_DUST for value in floor):
        parts = [case.line(part) for part in SUMS["sum.due"].plus]
        against = [sum(month) for month in zip(*parts, strict=True)]
        title, name, line = "Revenue against costs", SUMS["sum.due"].label, "sum.due"
    return Bars(
        f"{title}, {case.money_unit} a quarter",
        names,
        years_of_steps(case, 3, count),
        "Cloud revenue",
        _sums(case.line("cloud_revenue"), cuts),
        name,
        _sums(against, cuts),
        "cloud_revenue",
        line,
        stretches_of(cuts),
    )


def cover_by_month(case: Reading) -> Cover:
    """Debt service cover over twelve months and the debt balance, with the sentence that says how tight it is."""
    cover: Values = tuple(value if math.isfinite(value) else None for value in case.line("dscr_12m"))
    without: Values = ()
    if case.has("dscr_without_support") and case.total("commitment_paid") > MONEY_DUST:
        raw = case.line("dscr_without_support")
        without = tuple(value if math.isfinite(value) else None for value in raw)
    lowest = _lowest(case, cover)
    shown = [value for value in cover if value is not None]
    ceiling = max(2.0, 1.5 * case.deal.senior_debt.lockup_dscr, 1.8 * lowest[1] if lowest else 0.0)
    cut = bool(shown) and max(shown) > 1.15 * ceiling
    title, subtitle = _cover_words(case, cover, without, lowest)
    note = "" if not shown else f"to {max(shown):,.2f}" if cut else ""
    called = support_paid(case) > MONEY_DUST
    return Cover(
        title,
        subtitle,
        tuple(case.month(index) for index in range(case.months)),
        years_of(case),
        cover,
        without,
        ", ".join(part for part in ("" if called else "no call", note) if part),
        case.deal.senior_debt.lockup_dscr,
        lowest,
        ceiling if cut else None,
        f"Senior debt, {case.money_unit}",
        tuple(value / 1e6 for value in case.line("debt_balance")),
        _debt_note(case),
        case.name[:1].upper() + case.name[1:],
    )


def _lowest(case: Reading, cover: Values) -> tuple[int, float, str] | None:
    least = case.kpi("min_dscr")
    if least is None:
        return None
    near = [index for index, value in enumerate(cover) if value is not None and abs(value - least) <= 1e-9 * abs(least)]
    if not near:
        return None
    return near[0], least, f"Lowest {least:.2f}, {case.month(near[0])}".replace("-", "−")


def _cover_words(
    case: Reading, cover: Values, without: Values, lowest: tuple[int, float, str] | None
) -> tuple[str, str]:
    if lowest is None:
        if case.total("debt_draw") <= MONEY_DUST:
            return "No cover to show", "There is no senior debt, and so no cover to show."
        reason = case.case.reasons.get("min_dscr", "") or "there is no debt service to cover in any full year"
        return "No cover to show", f"{reason[:1].upper()}{reason[1:].removesuffix('.')}."
    index, least, _ = lowest
    lockup = case.deal.senior_debt.lockup_dscr
    shown = [value for value in cover if value is not None]
    early = any(value is not None and value < least - 0.005 for value in cover[:index])
    since = ", after a year of repayment" if early else ""  # else the line looks lower before it
    subtitle = f"Lowest {least:.2f} in {case.month(index)}{since}.".replace("-", "−")
    alone = [value for value in without if value is not None]
    if alone:
        least_alone = case.kpi("min_dscr_without_support")
        subtitle += f" Without the support {min(alone) if least_alone is None else least_alone:.2f}.".replace("-", "−")
    default = default_month(case)
    if default is not None:
        title = f"The project defaults in {case.month(default)}"
    elif least < 1.0:
        title = f"Cash falls short of debt service in {_months(sum(value < 1 for value in shown))}"
    elif least < lockup:
        title = f"Cover is under the lock-up in {_months(sum(value < lockup for value in shown))}"
    elif alone and min(alone) < lockup:
        title = "Cover stays above lock-up; only the support keeps it there"
    elif case.deal.credit_support and support_paid(case) <= MONEY_DUST:
        title = "Cover stays above lock-up; the support is never called"
    else:
        title = "Cover stays above lock-up"
    return title, subtitle


def _months(count: int) -> str:
    return f"{count} month{'s' if count != 1 else ''}"


def _debt_note(case: Reading) -> str:
    drawn = case.total("debt_draw")
    if drawn <= MONEY_DUST:
        return "none drawn"
    balance = case.line("debt_balance")
    last_draw = max(index for index, value in enumerate(case.line("debt_draw")) if value > MONEY_DUST)
    repaid = next((m for m in range(last_draw, case.months) if balance[m] <= MONEY_DUST), None)
    words = f"{drawn / 1e6:,.{case.money_decimals}f} drawn, "
    if repaid is None:
        return words + "not all repaid"
    default = default_month(case)
    return words + f"{'repaid' if default is None or repaid < default else 'settled'} {case.month(repaid)}"


def calls_by_quarter(case: Reading) -> Calls:
    """What the support secures and pays, by quarter, with the sentence that says so."""
    count, names = _quarters(case)
    cuts = [(3 * q, 3 * q + 3) for q in range(count)]
    revenue = [
        value * part for value, part in zip(case.line("cloud_revenue"), case.line("supported_fraction"), strict=True)
    ]
    floor = case.line("floor_amount")
    has_floor = any(value > MONEY_DUST for value in floor)
    given: set[str] = {support.kind for support in case.deal.credit_support}
    lines = {name: word for name, word in SUPPORT_PAYMENTS.items() if case.has(name) and _KINDS[name] in given}
    title, subtitle = _call_words(case, given)
    return Calls(
        title,
        subtitle,
        names,
        years_of_steps(case, 3, count),
        f"{case.money_unit} a quarter",
        _sums(revenue, cuts) if has_floor else (),
        _sums(floor, cuts) if has_floor else (),
        tuple(
            Payment(f"{word} paid", _sums(case.line(name), cuts), f"{case.millions(case.total(name))} in all", name)
            for name, word in lines.items()
            if case.total(name) > MONEY_DUST
        ),
        stretches_of(cuts),
    )


_KINDS = {
    "commitment_paid": "capacity_commitment",
    "debt_guarantee_draw": "debt_guarantee",
    "lease_guarantee_draw": "lease_guarantee",
    "letter_of_credit_draw": "letter_of_credit",
    "residual_value_paid": "residual_value",
}


def _call_words(case: Reading, given: set[str]) -> tuple[str, str]:
    if not given:
        return "This deal has no credit support", ""
    paid = support_paid(case)
    subtitle = f"By quarter, {case.name}"
    refused = case.total("commitment_unpaid_claim")
    if refused > MONEY_DUST:
        subtitle = f"By quarter, {case.name}; caps refuse {case.millions(refused)} of claims"
    if paid > MONEY_DUST:
        called = [
            m
            for m in range(case.months)
            if any(case.line(name)[m] > MONEY_DUST for name in SUPPORT_PAYMENTS if case.has(name))
        ]
        first, last = case.month(called[0]), case.month(called[-1])
        when = f"in {first}" if first == last else f"between {first} and {last}"
        return f"The support pays {case.millions(paid)} {when}", subtitle
    if "capacity_commitment" in given and any(value > MONEY_DUST for value in case.line("floor_amount")):
        return "Revenue stays above the floor; nothing is called", subtitle
    return f"Nothing is called in the {case.name}", subtitle
