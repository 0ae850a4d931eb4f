"""The senior debt in words: how much, on what it is sized, how it is repaid and what it costs."""

from __future__ import annotations

from models.workbook.term_sheet.blocks import Points, Terms, said
from models.workbook.term_sheet.facts import Facts
from models.workbook.term_sheet.words import about, amount, capital, month, months, percent, points, times


def senior_debt(facts: Facts) -> Terms:
    debt = facts.debt
    terms: Terms = [
        ("Amount", said(_amount(facts))),
        ("Sizing", [Points(tuple(_sizing(facts)))]),
        (
            "Drawing",
            said("At each delivery, in proportion to the capital cost of that phase; the Shareholders fund the rest."),
        ),
        ("Tenor and profile", said(_tenor(facts))),
        ("Pricing", [Points(tuple(_pricing(facts)))]),
    ]
    reserve = (
        f"An account equal to the scheduled debt service of the next {months(debt.dsra_months)}, and never more "
        "than the "
        "debt itself. It is filled from operations and drawn when debt service is short."
        if debt.dsra_months
        else "None."
    )
    lockup = (
        f"No distribution is made while the cover over the last twelve months is below {times(debt.lockup_dscr)}, "
        "while "
        "anything is unpaid or in arrears, or while the reserve account is not full."
        if debt.lockup_dscr
        else "No distribution is made while anything is unpaid or in arrears or the reserve account is not full."
    )
    sweep = (
        f"{percent(debt.cash_sweep)} of the cash above what is kept prepays the debt each month from the first "
        "repayment; "
        "later instalments fall in proportion."
        if debt.cash_sweep
        else "None."
    )
    return [
        *terms,
        ("Reserve account", said(reserve)),
        ("Distribution lock-up", said(lockup)),
        ("Cash sweep", said(sweep)),
    ]


def _amount(facts: Facts) -> str:
    debt = facts.debt
    if debt.sizing == "fixed" and debt.fixed_amount is not None:
        return f"{amount(facts.currency, debt.fixed_amount)}, agreed between the Partner and the Lenders."
    size = about(facts.currency, facts.figure("debt_amount"))
    return f"Expected to be {size}; fixed at financial close on the terms below and on the shared base case."


def _sizing(facts: Facts) -> list[str]:
    debt = facts.debt
    said = []
    if debt.sizing == "cover":
        said.append(f"Debt service cover of {times(debt.target_dscr)} in the sizing case, before tax.")
    if debt.sizing == "fixed":
        said.append("The amount is fixed; it is not above the capital cost.")
    else:
        said.append(
            f"At most {percent(debt.advance_rate)} of the capital cost without any part of the hardware price that is "
            f"deferred, {about(facts.currency, facts.figure('advance_limit'))}."
        )
    if debt.sizing == "cover" or debt.profile == "sculpted":
        case = _CASES[debt.sizing_case]
        less = f", less a haircut of {percent(debt.sizing_haircut)}" if debt.sizing_haircut else ""
        said.append(f"Sizing case: {case}{less}.")
    if debt.sizing == "cover":
        capacity = about(facts.currency, facts.figure("debt_cover_capacity"))
        said.append(f"Amount that the cover alone would allow: {capacity}. The lower of the two amounts applies.")
    return said


_CASES = {
    "floor_called": "the capacity commitment is called in full, so that the covered GPU-hours earn the floor price "
    "and no more",
    "contracted": "revenue from reserved capacity under contract only",
    "base": "revenue of the shared base case",
}


def _tenor(facts: Facts) -> str:
    debt = facts.debt
    shape = _PROFILES[debt.profile]
    count = round(facts.once("repayments"))
    last = facts.month(round(facts.once("first_repayment_month")) + count - 1)
    balloon = (
        f" {capital(percent(debt.balloon_fraction))} of the debt is left for the last instalment."
        if debt.balloon_fraction
        else ""
    )
    return (
        f"{capital(months(count))[:1].upper()}{months(count)[1:]} of repayments, from {month(debt.first_repayment)} to "
        f"{last}. {shape}{balloon}"
    )


_PROFILES = {
    "sculpted": "Sculpted: debt service follows the cash of the sizing case.",
    "annuity": "Annuity: level monthly payments of interest and principal.",
    "straight_line": "Straight line: equal monthly instalments of principal.",
}


def _pricing(facts: Facts) -> list[str]:
    debt = facts.debt
    said = [
        f"Interest: {percent(debt.base_rate)} a year as base rate plus a margin of {points(debt.margin)}, payable "
        "monthly.",
        f"Upfront fee: {percent(debt.upfront_fee)} of the debt, on the first delivery, funded by the Shareholders.",
        f"Commitment fee: {percent(debt.commitment_fee)} a year on what is undrawn, until the last delivery.",
    ]
    if debt.default_margin:
        said.append(
            f"Default interest: {points(debt.default_margin)} above the rate, on interest that was not paid when due."
        )
    return [sentence for sentence in said if " 0% " not in f" {sentence} " or sentence.startswith("Interest")]
