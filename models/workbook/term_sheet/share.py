"""The revenue share in words: of what, how much, when it is due and where it ranks."""

from __future__ import annotations

from models.workbook.term_sheet.blocks import Block, Grid, Paragraph, Terms, said
from models.workbook.term_sheet.facts import Facts
from models.workbook.term_sheet.order import reference
from models.workbook.term_sheet.words import about, count, every, months, percent, times

MOST_BANDS = 4
"""Bands that have columns of their own."""


def revenue_share(facts: Facts) -> Terms:
    share = facts.share
    if not any(any(rates) for rates in share.rates) and not any(share.minimum_annual):
        terms: Terms = [("Share", said("None. The Vendor takes no share of the cloud revenue under these terms."))]
        return terms + _kicker(facts)
    terms = [
        ("Basis", said(_BASIS[share.basis] + _with_support(facts))),
        ("Rates", [_rate_table(facts), Paragraph(_reading(facts))]),
    ]
    if share.holiday_months:
        first = facts.month(facts.operation + share.holiday_months)
        terms.append(
            (
                "Start",
                said(
                    f"No share is charged in the first {months(share.holiday_months)} of operation; it is "
                    "charged from "
                    f"{first}. Revenue of the earlier months counts towards the bands of the contract year."
                ),
            )
        )
    terms += [("Minimum", _minimum(facts)), ("Cap", said(_cap(facts)))]
    terms += [
        (
            "Settlement",
            said(
                f"{every(share.settlement_months).capitalize()}, counted from the first month in which a phase "
                "is in "
                "service, and in the last month of the Term."
            ),
        ),
        ("Rank", said(_rank(facts))),
        ("Deferral", said(_deferral(facts))),
    ]
    return terms + _kicker(facts)


_BASIS = {
    "gross": "The cloud revenue of the Supported Systems, as collected.",
    "net_of_power": "The cloud revenue of the Supported Systems, as collected, less their cost of power; never less "
    "than nil.",
    "excess_over_floor": "The amount by which the cloud revenue of the Supported Systems in a month exceeds the "
    "floor amount of "
    "that month; never less than nil.",
}


def _with_support(facts: Facts) -> str:
    if not facts.share.include_support_payments or not facts.support("capacity_commitment"):
        return " Payments of the Vendor under the capacity commitment do not count." if facts.supports else ""
    return " Payments of the Vendor under the capacity commitment count as revenue."


def _rate_table(facts: Facts) -> Grid:
    share, currency = facts.share, facts.currency
    rates = list(share.rates)
    while len(rates) > 1 and rates[-1] == rates[-2]:
        rates.pop()  # the last year stands for all later ones
    shown = max(1, min(len(rates), facts.years))
    rows = []
    for year in range(shown):
        last = year == shown - 1 and facts.years > shown
        period = f"from {facts.month(facts.operation + 12 * year)}" if last else facts.period(year)
        rows.append((f"{year + 1} and later" if last else str(year + 1), period, *map(percent, rates[year])))
    bands = share.bands[: len(rates[0])] if rates else (0.0,)
    if len(bands) > MOST_BANDS:
        return _long_table(facts, rates, bands, shown)
    heads = [_band(currency, bands, k) for k in range(len(bands))]
    return Grid(("Contract year", "Period", *heads), tuple(rows), words=2)


def _long_table(facts: Facts, rates: list[tuple[float, ...]], bands: tuple[float, ...], shown: int) -> Grid:
    """Many bands stand below each other."""
    rows = [
        (str(year + 1), facts.period(year), _band(facts.currency, bands, k), percent(rates[year][k]))
        for year in range(shown)
        for k in range(len(bands))
    ]
    return Grid(("Contract year", "Period", "Part of the basis", "Share"), tuple(rows), words=3)


def _band(currency: str, bands: tuple[float, ...], k: int) -> str:
    if len(bands) == 1:
        return "Share of the basis"
    if k + 1 < len(bands):
        return f"Up to {currency} {count(bands[1])}" if k == 0 else f"Up to {currency} {count(bands[k + 1])}"
    return f"Above {currency} {count(bands[k])}"


def _reading(facts: Facts) -> str:
    if len(facts.share.bands) == 1:
        return "The rate of a contract year applies to the whole basis of that year."
    return (
        "Each rate applies to that part of the basis of a contract year which lies inside its band; the basis is "
        "added up "
        "from the start of the contract year."
    )


def _minimum(facts: Facts) -> list[Block]:
    share = facts.share
    if not any(share.minimum_annual):
        return said("None.")
    amounts = list(share.minimum_annual)
    while len(amounts) > 1 and amounts[-1] == amounts[-2]:
        amounts.pop()
    shown = max(1, min(len(amounts), facts.years))
    rows = []
    for year in range(shown):
        last = year == shown - 1 and facts.years > shown
        rows.append((f"{year + 1} and later" if last else str(year + 1), count(amounts[year])))
    return [
        Grid(("Contract year", f"Minimum share, {facts.currency}"), tuple(rows)),
        Paragraph(
            "In the last month of a full contract year the Partner tops up the share of that year to the minimum."
        ),
    ]


def _cap(facts: Facts) -> str:
    share = facts.share
    if share.cap_multiple is None:
        return "None."
    total = about(facts.currency, facts.once("share_cap"))
    after = (
        f" From the month in which the cap was already reached the Vendor receives {percent(share.tail_rate)} of "
        "the basis."
        if share.tail_rate
        else " Once it is reached no further share is charged."
    )
    return f"{times(share.cap_multiple)} the hardware price of all phases marked as supported, {total} in total.{after}"


def _rank(facts: Facts) -> str:
    place = reference("Order of payments")
    if facts.share.rank == "before_debt":
        return (
            f"Paid before debt service ({place}), before the first repayment only from cash above the interest "
            "owed. The "
            "Lenders size the senior debt in the knowledge of this."
        )
    return f"Subordinated: paid after debt service, the reserve account, support fees and reimbursements ({place})."


def _deferral(facts: Facts) -> str:
    share = facts.share
    interest = (
        f" with interest at {percent(share.deferral_rate)} a year" if share.deferral_rate else " without interest"
    )
    text = f"A share that is due and cannot be paid from cash is carried forward{interest}."
    if share.suspend_while_called and facts.support("capacity_commitment"):
        text += (
            " Nothing is paid from a settlement of the capacity commitment at which the Vendor pays until the next "
            "one at "
            "which it does not; what falls due in between is carried forward in the same way."
        )
    return text


def _kicker(facts: Facts) -> Terms:
    if not facts.deal.equity_kicker:
        return []
    part = percent(facts.deal.equity_kicker)
    return [("Equity participation", said(f"The Vendor receives {part} of every distribution to the Shareholders."))]
