"""What each section of the list says of the deal in at most 22 characters, chosen to fit and never cut by the eye."""

from __future__ import annotations

from models.deal.field import currency_mark
from models.deal.schema import Deal

LONGEST = 22
_SHARE_OF = {"gross": "of gross", "net_of_power": "net of power", "excess_over_floor": "of excess"}
_SUPPORT_WORDS = {
    "capacity_commitment": "Floor",
    "debt_guarantee": "Debt guarantee",
    "lease_guarantee": "Lease guarantee",
    "residual_value": "Residual value",
    "letter_of_credit": "Letter of credit",
}


def section_summaries(deal: Deal) -> dict[str, str]:
    """The summary of each section by its key."""
    found = {
        "deal": f"{deal.currency}, {deal.months} months",
        "partner": deal.partner.name,
        "phases": _phases(deal),
        "demand": f"{len(deal.demand)} segment{'s' if len(deal.demand) > 1 else ''}",
        "costs": f"Rent {currency_mark(deal.currency)}{_short(deal.operations.rent_per_kw_month)}/kW-month",
        "debt": _debt(deal),
        "share": _share(deal),
        "support": _support(deal),
        "internal": "Return and risk",
    }
    return {key: cut(words) for key, words in found.items()}


def cut(words: str) -> str:
    """Words of at most `LONGEST` characters; longer ones end in an ellipsis."""
    return words if len(words) <= LONGEST else words[: LONGEST - 1].rstrip() + "…"


def _short(value: float) -> str:
    """A figure with at most two digits after the point and no needless ones."""
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def _percent(part: float) -> str:
    return _short(part * 100)


def _phases(deal: Deal) -> str:
    first = deal.phases[0]
    words = [word for word in first.system.split() if any(letter.isdigit() for letter in word)]
    system = words[0] if words else "GPUs"
    if all((phase.gpus, phase.system) == (first.gpus, first.system) for phase in deal.phases):
        count = f"{len(deal.phases)} × " if len(deal.phases) > 1 else ""
        return f"{count}{first.gpus:,.0f} {system}"
    total, end = sum(phase.gpus for phase in deal.phases), f" GPUs, {len(deal.phases)} phases"
    whole = f"{total:,.0f}{end}"
    return whole if len(whole) <= LONGEST else f"{total / 1000:,.0f}k{end}"


def _debt(deal: Deal) -> str:
    debt = deal.senior_debt
    rate = f"{(debt.base_rate + debt.margin) * 100:.2f} %"
    if debt.sizing == "fixed" and debt.fixed_amount is not None:
        return f"{rate}, {currency_mark(deal.currency)}{debt.fixed_amount / 1e6:,.0f}m"
    if debt.sizing == "advance":
        return f"{rate}, {_percent(debt.advance_rate)} % of cost"
    return f"{rate}, cover {debt.target_dscr:.2f}"


def _share(deal: Deal) -> str:
    share = deal.revenue_share
    rates = [row[0] for row in share.rates if row]
    if not any(rates):
        return "None"
    first, last = _percent(rates[0]), _percent(rates[-1])
    span = first if first == last else f"{first} to {last}"
    return f"{span} % {_SHARE_OF[share.basis]}"


def _support(deal: Deal) -> str:
    given = deal.credit_support
    if not given:
        return "None"
    first = given[0]
    words = _SUPPORT_WORDS[first.kind]
    if len(given) > 1:
        return f"{words} and {len(given) - 1} more"
    if first.kind == "capacity_commitment":
        years = len(first.floor_prices)
        return f"Floor, {years} year{'s' if years != 1 else ''}"
    return words
