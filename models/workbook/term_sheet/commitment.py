"""The capacity commitment in words: what is covered, at which floor, what is paid and when it ends."""

from __future__ import annotations

from models.workbook.term_sheet.blocks import Block, Grid, Paragraph, Points, Terms, said
from models.workbook.term_sheet.facts import Facts, Part
from models.workbook.term_sheet.fees import fee_terms
from models.workbook.term_sheet.order import reference
from models.workbook.term_sheet.words import about, amount, every, millions, month, percent, price


def commitment(facts: Facts) -> Terms:
    given = facts.support("capacity_commitment")
    if given is None:
        return [("Commitment", said("None. The Vendor commits to no capacity under these terms."))]
    terms: Terms = [
        (given.name, _promise(given)),
        ("Coverage", said(_coverage(given))),
    ]
    if facts.years and any(given.floor_prices):
        terms.append(("Floor price", [_floor_table(facts, given), Paragraph(_after_table(facts, given))]))
    else:
        terms.append(("Floor price", said("No floor price is agreed yet; until it is, nothing is payable.")))
    terms += [
        ("Settlement", said(_settlement(given))),
        ("Netting", said(_netting(given))),
        ("Caps", _caps(facts, given)),
    ]
    if given.longstop:
        terms.append(
            (
                "Longstop date",
                said(
                    f"{month(given.longstop)}. A phase that enters service after this month is not covered, and "
                    "the "
                    "floor amount is computed without it."
                ),
            )
        )
    terms += fee_terms(given, "the commitment still open", "the maximum commitment")
    terms.append(
        (
            "End on default",
            said(
                f"The commitment ends with the Partner’s default ({reference('Events of default and cure')}). "
                "From the "
                "month after the default nothing is payable under it, and a claim that has not been settled by "
                "then lapses. The Lenders take note of this when they size the senior debt."
            ),
        )
    )
    return terms


def _promise(given: Part) -> list[Block]:
    less = f", less a deductible of {percent(given.deductible)}" if given.deductible else ""
    match given.basis:
        case "revenue":
            measure = f"{percent(1 - given.deductible)} of the floor amount" if given.deductible else "the floor amount"
            text = (
                f"If the cloud revenue of the Supported Systems in a settlement period is less than {measure}, the "
                "Vendor "
                "pays the difference to the Partner. The floor amount is the covered GPU-hours of the period "
                "multiplied by "
                "the floor price of the contract year."
            )
            if given.deductible:
                text += f" The Partner bears the first {percent(given.deductible)} of the floor amount."
            return said(text)
        case "utilisation":
            return said(
                f"If the GPU-hours sold from the Supported Systems in a month are less than "
                f"{percent(given.utilisation_floor)} of their available GPU-hours, the Vendor pays the floor price"
                f"{less}, for each GPU-hour that is missing."
            )
        case _:
            unsold = Paragraph(
                "For each available GPU-hour of the Supported Systems that is not sold in a month, up to the covered "
                f"GPU-hours, the Vendor pays the floor price{less}."
            )
    if given.basis == "unsold_hours":
        return [unsold]
    return [
        unsold,
        Paragraph(
            "In a month in which the average price obtained from tenants is below the floor price"
            f"{less}, the Partner may hand over all covered GPU-hours to the Vendor, unsold ones first, and is paid "
            "for "
            "all of them, provided that the caps leave room for the whole claim of the settlement period. Sales to all "
            "tenants are then reduced in proportion."
        ),
    ]


def _coverage(given: Part) -> str:
    part = "All" if given.coverage == 1 else percent(given.coverage)
    return f"{part} of the available GPU-hours of the Supported Systems (the covered GPU-hours)."


def _floor_table(facts: Facts, given: Part) -> Grid:
    amounts = facts.by_year("committed_floor")
    prices = [*given.floor_prices, *[0.0] * facts.years]
    rows = [
        (str(year + 1), facts.period(year), price(prices[year]), millions(amounts[year]) if amounts else "0.0")
        for year in range(min(len(given.floor_prices), facts.years))
    ]
    rows.append(("Total", "", "", millions(facts.figure("gross_commitment"))))
    head = (
        "Contract year", "Period", f"Floor price, {facts.currency} per GPU-hour",
        f"Floor amount before caps, {facts.currency} million",
    )  # fmt: skip
    return Grid(head, tuple(rows), words=2, total=True)


def _after_table(facts: Facts, given: Part) -> str:
    after = " No floor applies after the last contract year shown." if len(given.floor_prices) < facts.years else ""
    return f"Floor amounts assume the delivery dates and availability of section 2.{after}"


def _settlement(given: Part) -> str:
    often = every(given.settlement_months).capitalize()
    return (
        f"{often}, counted from the first month in which a phase is in service, and in the last month of the Term. The "
        "base case assumes that the Vendor pays in the month of settlement."
    )


def _netting(given: Part) -> str:
    if given.basis == "revenue" and given.netting == "annual":
        return (
            "Within a contract year, months in which revenue exceeds the floor amount are set against months in "
            "which it "
            "falls short. Nothing that an earlier settlement paid is taken back."
        )
    if given.basis == "revenue":
        return (
            "Within a settlement period, months in which revenue exceeds the floor amount are set against months in "
            "which "
            "it falls short. Each settlement period stands alone."
        )
    return "Claims are determined month by month and added up for each settlement period; there is no netting."


def _caps(facts: Facts, given: Part) -> list[Block]:
    caps = []
    if given.aggregate_cap is not None:
        caps.append(f"In total over the Term: {amount(facts.currency, given.aggregate_cap)}.")
    if given.annual_cap is not None:
        caps.append(f"In each contract year: {amount(facts.currency, given.annual_cap)}.")
    if not caps:
        most = about(facts.currency, facts.figure("gross_commitment"))
        return said(f"There is no cap beyond the floor amounts themselves, which add up to {most}.")
    return [Points(tuple(caps)), Paragraph("What a cap leaves unpaid is not carried forward.")]
