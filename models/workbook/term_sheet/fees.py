"""Fees and reimbursement, which every kind of support can have."""

from __future__ import annotations

from models.deal.field import Unit
from models.deal.values import number_text
from models.workbook.term_sheet.blocks import Terms, said
from models.workbook.term_sheet.facts import Part
from models.workbook.term_sheet.words import percent


def fees(given: Part, running: str, most: str) -> str:
    """What the partner pays for a support, in one or two sentences."""
    said = []
    if given.fee_bps:
        rate = number_text(Unit.BPS, float(given.fee_bps))
        said.append(f"{rate} basis points a year on {running}, payable monthly.")
    if given.upfront_fee:
        said.append(f"{percent(given.upfront_fee)} of {most} once, on the first delivery, funded by the Shareholders.")
    return " ".join(said) or "None."


def reimbursement(given: Part) -> str:
    """Whether payments must be returned."""
    if not given.reimbursable:
        return "Payments are not reimbursed."
    rate = (
        f"with interest at {percent(given.reimbursement_rate)} a year"
        if given.reimbursement_rate
        else "without interest"
    )
    return (
        f"Payments become a debt of the Partner to the Vendor, {rate}, repaid from cash after debt service, the "
        "reserve "
        "account and support fees, and shared in proportion with other reimbursements."
    )


def fee_terms(given: Part, running: str, most: str) -> Terms:
    """The same as terms of their own."""
    return [("Fees", said(fees(given, running, most))), ("Reimbursement", said(reimbursement(given)))]
