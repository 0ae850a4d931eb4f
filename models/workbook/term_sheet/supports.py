"""The guarantees and the letter of credit in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from models.workbook.term_sheet.blocks import Points, Terms, said
from models.workbook.term_sheet.facts import Facts, Part
from models.workbook.term_sheet.fees import fees, reimbursement
from models.workbook.term_sheet.words import about, amount, month, months, percent


def other_support(facts: Facts) -> Terms:
    given = [support for support in facts.supports if support.kind in _SAID]
    if not given:
        return [
            (
                "Guarantees",
                said("None. The Vendor gives no guarantee and no letter of credit under these terms."),
            )
        ]
    return [(support.name, [Points(tuple(_SAID[support.kind](facts, support)))]) for support in given]


def _debt_guarantee(facts: Facts, given: Part) -> Iterator[str]:
    currency = facts.currency
    yield f"Beneficiaries: the Lenders. Cover: {percent(given.coverage)} of each amount guaranteed."
    if given.cap is not None:
        yield f"Cap: {amount(currency, given.cap)} in total."
    else:
        part = percent(given.cap_fraction) if given.cap_fraction is not None else "all"
        most = about(currency, facts.once("guarantee_cap"))
        yield f"Cap: {part} of the senior debt, expected to be {most}, in total."
    if given.timing == "timely":
        yield (
            "Draw: debt service that is still short after the reserve account and any letter of credit is paid when "
            "due; an "
            "amount that stayed unpaid in the month before is not covered twice."
        )
    yield "Draw after enforcement: the covered part of the loss that remains once the proceeds have been applied."
    yield f"Fees: {fees(given, 'the lesser of the cap still open and the covered part of the debt', 'the cap')}"
    yield f"Reimbursement: {_lower(reimbursement(given))}"


def _lease_guarantee(facts: Facts, given: Part) -> Iterator[str]:
    currency = facts.currency
    end = month(given.end) if given.end else "the end of the Term"
    yield f"Beneficiary: the landlord of the data centre. Period: from {month(given.start)} to {end}."
    yield f"Cap: {amount(currency, given.cap)} in total, beyond the escrow."
    if given.escrow:
        back = f"in {month(given.escrow_release)}" if given.escrow_release else "in the last month of the Term"
        yield (
            f"Escrow: {amount(currency, given.escrow)}, posted by the Shareholders in the first month and drawn "
            "before the "
            f"Vendor pays. What is left is returned to the Partner {back}."
        )
    else:
        yield "Escrow: none."
    yield "Draw: rent that is due and not paid by the Partner, first from the escrow, then from the Vendor."
    whole = f"the whole rent for {months(given.relet_months)}, then" if given.relet_months else ""
    rest = f"{percent(1 - given.relet_fraction)} of it, on the footing that the site is re-let for the rest"
    yield f"After a default: {whole} {rest}.".replace("  ", " ")
    yield f"Fees: {fees(given, 'the cap still open while the guarantee runs', 'the cap')}"
    yield f"Reimbursement: {_lower(reimbursement(given))}"


def _residual_value(facts: Facts, given: Part) -> Iterator[str]:
    del facts
    yield f"Date of measurement: {month(given.date)}. Each phase is measured by itself."
    yield f"Value promised: {percent(given.strike_fraction)} of the hardware price of the phase."
    cost = f", after a remarketing cost of {percent(given.remarketing_cost)}" if given.remarketing_cost else ""
    yield (
        f"Payment: {percent(given.quota)} of the amount by which the market value{cost} falls short of the value "
        "promised."
    )
    cap = (
        f"{percent(given.cap_fraction)} of the hardware price of each phase"
        if given.cap_fraction is not None
        else "none"
    )
    yield f"Cap: {cap}."
    yield "Draw: paid into the Partner’s cash; after a default, against the senior debt first; none after enforcement."
    yield f"Reimbursement: {_lower(reimbursement(given))}"


def _letter(facts: Facts, given: Part) -> Iterator[str]:
    yield "Beneficiaries: the Lenders. Issuer: a bank acceptable to them, for the account of the Vendor."
    yield f"Amount: {amount(facts.currency, given.amount)} in total."
    yield "Draw: debt service that is still short once the reserve account is empty."
    yield f"Fees: {fees(given, 'the amount still open', 'the amount')}"
    yield f"Reimbursement: {_lower(reimbursement(given))}"


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


_SAID: dict[str, Callable[[Facts, Part], Iterator[str]]] = {
    "debt_guarantee": _debt_guarantee,
    "lease_guarantee": _lease_guarantee,
    "residual_value": _residual_value,
    "letter_of_credit": _letter,
}
