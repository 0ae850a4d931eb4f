"""The order in which cash is paid, and what happens when it does not suffice."""

from __future__ import annotations

from collections.abc import Iterator

from models.workbook.term_sheet.blocks import Paragraph, Points, Terms, said
from models.workbook.term_sheet.facts import Facts
from models.workbook.term_sheet.words import amount, capital, listed, month, months


def order_of_payments(facts: Facts) -> Terms:
    share = _vendor_claims(facts)
    return [
        (
            "Each month",
            [
                Paragraph(
                    f"Cash at the start of the month, {listed(list(_sources(facts)))} are applied in this order:"
                ),
                Points(tuple(_steps(facts, share))),
            ],
        ),
        ("Cash kept", said(_kept(facts, share))),
        (
            "Before the first repayment",
            said(
                f"Until {month(facts.debt.first_repayment)} the Shareholders cover whatever cash is short for "
                "costs, "
                "rent, tax and interest; there is no distribution."
            ),
        ),
        (
            "End of the Term",
            said(
                "In the last month cash, reserve account and any escrow are released"
                + (" and the systems are sold" if facts.deal.include_residual else "")
                + f". They pay the senior debt, {listed([*_last_claims(facts, share), 'then the Partner'])}."
            ),
        ),
    ]


def _vendor_claims(facts: Facts) -> str:
    claims = []
    if any(any(rates) for rates in facts.share.rates) or any(facts.share.minimum_annual):
        claims.append("the revenue share")
    if facts.finance.deferred_fraction:
        claims.append("the Deferred Price")
    return listed(claims) if claims else ""


def _sources(facts: Facts) -> Iterator[str]:
    if facts.support("capacity_commitment"):
        yield "payments of the Vendor under the capacity commitment"
    if facts.support("residual_value"):
        yield "payments under the residual value guarantee"
    yield "cloud revenue"


def _steps(facts: Facts, share: str) -> Iterator[str]:
    rank = facts.share.rank
    yield "operating costs;"
    lease = facts.support("lease_guarantee")
    short = "; what is short is drawn from the escrow, then under the lease guarantee" if lease else ""
    yield f"rent of the data centre{short};"
    yield "tax;"
    if share and rank == "before_debt":
        yield f"{share};"
    helpers = ["the reserve account"] if facts.debt.dsra_months else []
    helpers += ["the letter of credit"] if facts.support("letter_of_credit") else []
    guarantee = facts.support("debt_guarantee")
    helpers += ["the debt guarantee"] if guarantee and guarantee.timing == "timely" else []
    drawn = f"; what is short is drawn from {_then(helpers)}" if helpers else ""
    yield f"interest and fees of the senior debt, then its principal{drawn};"
    if facts.debt.dsra_months:
        yield "the reserve account, up to its required balance; what it holds beyond that is released;"
    if any(support.fee_bps or support.upfront_fee for support in facts.supports):
        yield "fees for the support, those in arrears first;"
    if any(support.reimbursable for support in facts.supports):
        yield "reimbursement of support payments, with interest;"
    if share and rank == "after_debt":
        yield f"{share};"
    if facts.debt.cash_sweep:
        yield "the cash sweep;"
    yield "distributions to the Shareholders, if they are permitted."


def _then(words: list[str]) -> str:
    return ", then ".join(words)


def _kept(facts: Facts, share: str) -> str:
    kept = []
    if facts.partner.minimum_cash:
        kept.append(f"a minimum of {amount(facts.currency, facts.partner.minimum_cash)}")
    if share:
        kept.append("any share accrued and not yet due")
    commitment = facts.support("capacity_commitment")
    if commitment and commitment.settlement_months > 1:
        ahead = months(commitment.settlement_months - 1)
        kept.append(f"scheduled debt service of the next {ahead}, because claims are settled only {_often(commitment)}")
    if not kept:
        return "Nothing is held back before a distribution beyond the reserve account."
    return f"{capital(listed(kept))} stay in the Project before any sweep or distribution."


def _often(commitment: object) -> str:
    return f"every {months(getattr(commitment, 'settlement_months', 1))}"


def _last_claims(facts: Facts, share: str) -> Iterator[str]:
    if any(support.reimbursable for support in facts.supports):
        yield "reimbursements owed to the Vendor"
    if share:
        yield f"what is owed of {share}"


def default(facts: Facts) -> Terms:
    cure = months(facts.debt.cure_months)
    after = months(facts.collateral.enforcement_months)
    effects = ["the Partner stops operating the systems for its own account;"]
    if facts.support("capacity_commitment"):
        effects.append("the capacity commitment ends, and a claim not yet settled lapses;")
    kept = ["the reserve account"] if facts.debt.dsra_months else []
    kept += ["the letter of credit"] if facts.support("letter_of_credit") else []
    guarantee = facts.support("debt_guarantee")
    kept += ["the debt guarantee"] if guarantee and guarantee.timing == "timely" else []
    if kept:
        effects.append(f"debt service is paid from {_then(kept)}, as far as they reach;")
    if facts.support("lease_guarantee"):
        effects.append("rent is paid under the lease guarantee within its terms;")
    effects.append(f"the security is enforced {after} after the default.")
    return [
        (
            "Payment default",
            said(
                "Operating costs, rent, tax or debt service are not paid in full in the month in which they are due; "
                "there is no cure period."
                if facts.debt.cure_months == 1
                else f"Operating costs, rent, tax or debt service remain unpaid, in whole or in part, in {cure} in "
                "succession (the cure period). An amount that is made good within the cure period is no default."
            ),
        ),
        ("Consequences", [Points(tuple(effects))]),
        ("Proceeds", said(_proceeds(facts))),
    ]


def _proceeds(facts: Facts) -> str:
    claims = ["the Lenders"]
    guarantee = facts.support("debt_guarantee")
    vendor = ["reimbursements"] if any(support.reimbursable for support in facts.supports) else []
    if _vendor_claims(facts):
        vendor.append(f"what is owed of {_vendor_claims(facts)}")
    if any(support.fee_bps for support in facts.supports):
        vendor.append("fees in arrears")
    if vendor:
        claims.append(f"the Vendor for {listed(vendor)}")
    claims.append("the Partner")
    loss = " The debt guarantee then pays its part of what the Lenders have not recovered." if guarantee else ""
    return (
        "The net proceeds of the systems, the reserve account and the cash of the Project are paid to "
        f"{_then(claims)}.{loss}"
    )
