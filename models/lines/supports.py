"""Guarantees, residual value and letter of credit: limits, fees and what is left of them."""

from models.language.line import Kind, Measure
from models.language.words import (
    BASIS_POINTS,
    HALF_CENT,
    both,
    flag,
    greatest,
    least,
    months_between,
    prior,
    ratio,
    sum_of,
)
from models.lines.book import line

SECTION = "Other support"
FEES = "Support fees"


@line("Cap of the debt guarantee", Measure.MONEY, section=SECTION, once=True)
def guarantee_cap(guarantee, debt_amount):
    """Most the guarantee ever pays: the amount agreed or, without one, a part of the debt."""
    if not guarantee:
        return None
    return guarantee.cap if guarantee.cap is not None else guarantee.cap_fraction * debt_amount


@line("Left of the debt guarantee", Measure.MONEY, section=SECTION, kind=Kind.BALANCE)
def guarantee_left(guarantee, guarantee_cap, guarantee_to_date):
    """What the guarantee can still pay, before this month's draw."""
    return greatest(0, guarantee_cap - prior(guarantee_to_date)) if guarantee else None


@line("Debt guarantee drawn to date", Measure.MONEY, section=SECTION, kind=Kind.BALANCE)
def guarantee_to_date(guarantee, guarantee_to_date, debt_guarantee_draw):
    """All draws so far."""
    return prior(guarantee_to_date) + debt_guarantee_draw if guarantee else None


@line("Left of the lease guarantee", Measure.MONEY, section=SECTION, kind=Kind.BALANCE)
def lease_left(lease, lease_to_date):
    """What the vendor can still be asked to pay of the rent, before this month's draw."""
    return greatest(0, lease.cap - prior(lease_to_date)) if lease else None


@line("Lease guarantee drawn to date", Measure.MONEY, section=SECTION, kind=Kind.BALANCE)
def lease_to_date(lease, lease_to_date, lease_guarantee_draw):
    """All draws so far."""
    return prior(lease_to_date) + lease_guarantee_draw if lease else None


@line("First month of the lease guarantee", Measure.MONTH, section=SECTION, once=True)
def lease_starts(deal, lease):
    """The vendor pays rent from here on."""
    return months_between(lease.start, deal.start) if lease else None


@line("Last month of the lease guarantee", Measure.MONTH, section=SECTION, once=True)
def lease_ends(deal, lease):
    """The vendor pays rent up to here; it may lie beyond the model."""
    return months_between(lease.end, deal.start) if lease and lease.end is not None else None


@line("Lease guarantee in force", Measure.FLAG, section=SECTION)
def lease_runs(lease, month, lease_starts, lease_ends):
    """1 between its dates, both included."""
    if not lease:
        return None
    begun = month >= lease_starts
    return flag(begun if lease.end is None else both(begun, month <= lease_ends))


@line("Left of the letter of credit", Measure.MONEY, section=SECTION, kind=Kind.BALANCE)
def letter_left(letter, letter_to_date):
    """What can still be drawn, before this month's draw."""
    return greatest(0, letter.amount - prior(letter_to_date)) if letter else None


@line("Letter of credit drawn to date", Measure.MONEY, section=SECTION, kind=Kind.BALANCE)
def letter_to_date(letter, letter_to_date, letter_of_credit_draw):
    """All draws so far."""
    return prior(letter_to_date) + letter_of_credit_draw if letter else None


@line("Residual value is measured", Measure.FLAG, section=SECTION)
def residual_date(deal, residual, month, enforced_before):
    """The month agreed; nothing is paid once the lenders have enforced."""
    if not residual:
        return None
    return flag(both(month == months_between(residual.date, deal.start), enforced_before < 1))


@line("Value short of the strike", Measure.MONEY, section=SECTION, each="phase", kind=Kind.BALANCE)
def residual_short(residual, hardware_cost, phase_value):
    """What the systems, after remarketing, are worth less than promised; negative where they are worth more."""
    if not residual:
        return None
    return residual.strike_fraction * hardware_cost - phase_value * (1 - residual.remarketing_cost)


@line("Residual value claim", Measure.MONEY, section=SECTION, each="phase")
def residual_claim(
    residual, partner_default_month, delayed, residual_date, residual_short, delivered, phase_bought, phase_held
):
    """The agreed part of the shortfall at the date agreed; only for systems delivered."""
    if not residual:
        return None
    claim = residual_date * delivered * residual.quota * greatest(0, residual_short)
    if partner_default_month is None:
        return claim
    return claim * (phase_held if delayed else phase_bought)


@line("Residual value paid", Measure.MONEY, section=SECTION)
def residual_value_paid(residual, residual_capped):
    """What the vendor pays because the systems are worth less than promised."""
    return sum_of(residual_capped) if residual else None


@line("Residual value claim within the cap", Measure.MONEY, section=SECTION, each="phase")
def residual_capped(residual, residual_claim, hardware_cost):
    """The claim of the phase, at most the agreed part of its price."""
    if not residual:
        return None
    if residual.cap_fraction is None:
        return residual_claim
    return least(residual_claim, residual.cap_fraction * hardware_cost)


@line("Fee of the commitment", Measure.MONEY, section=FEES)
def commitment_running_fee(commitment, operating, commitment_open):
    """Running fee on what is still open."""
    return operating * _monthly(commitment) * commitment_open if commitment else None


@line("Fee of the debt guarantee", Measure.MONEY, section=FEES)
def guarantee_running_fee(guarantee, operating, guarantee_left, debt_balance):
    """Running fee on the debt guaranteed, as far as the cap still holds it."""
    if not guarantee:
        return None
    return operating * _monthly(guarantee) * least(guarantee_left, guarantee.coverage * prior(debt_balance))


@line("Fee of the lease guarantee", Measure.MONEY, section=FEES)
def lease_running_fee(lease, operating, lease_runs, lease_left):
    """Running fee on what is left, between its dates."""
    return operating * lease_runs * _monthly(lease) * lease_left if lease else None


@line("Fee of the letter of credit", Measure.MONEY, section=FEES)
def letter_running_fee(letter, operating, letter_left):
    """Running fee on what is left."""
    return operating * _monthly(letter) * letter_left if letter else None


def _monthly(support):
    return support.fee_bps / BASIS_POINTS / 12


@line("Support fees charged", Measure.MONEY, section=FEES)
def support_fees_charged(commitment_running_fee, guarantee_running_fee, lease_running_fee, letter_running_fee):
    """Running fees of all support; the residual value carries none."""
    return sum_of([commitment_running_fee, guarantee_running_fee, lease_running_fee, letter_running_fee])


@line("First delivery", Measure.FLAG, section=FEES)
def first_delivery(any_delivered):
    """Upfront fees of loan and support fall here."""
    return any_delivered - prior(any_delivered)


@line("Upfront fee of the commitment", Measure.MONEY, section=FEES, once=True)
def commitment_upfront(commitment, gross_commitment):
    """On the gross commitment, or its cap in total if that is smaller."""
    if not commitment:
        return None
    capped = commitment.aggregate_cap is not None
    base = least(gross_commitment, commitment.aggregate_cap) if capped else gross_commitment
    return commitment.upfront_fee * base


@line("Upfront fee of the debt guarantee", Measure.MONEY, section=FEES, once=True)
def guarantee_upfront(guarantee, guarantee_cap):
    """On its cap."""
    return guarantee.upfront_fee * guarantee_cap if guarantee else None


@line("Upfront fee of the lease guarantee", Measure.MONEY, section=FEES, once=True)
def lease_upfront(lease):
    """On its cap."""
    return lease.upfront_fee * lease.cap if lease else None


@line("Upfront fee of the letter of credit", Measure.MONEY, section=FEES, once=True)
def letter_upfront(letter):
    """On its amount."""
    return letter.upfront_fee * letter.amount if letter else None


@line("Upfront fees of support", Measure.MONEY, section=FEES, once=True)
def support_upfront(commitment_upfront, guarantee_upfront, lease_upfront, letter_upfront):
    """Of all support; the residual value carries none."""
    return sum_of([commitment_upfront, guarantee_upfront, lease_upfront, letter_upfront])


@line("Upfront fees of support paid", Measure.MONEY, section=FEES)
def support_upfront_paid(operating, first_delivery, support_upfront):
    """Paid at the first delivery, from equity."""
    return operating * first_delivery * support_upfront


@line("Upfront fee of the loan", Measure.MONEY, section=FEES)
def loan_upfront_fee(senior_debt, operating, first_delivery, debt_amount):
    """Paid at the first delivery, from equity."""
    return operating * first_delivery * senior_debt.upfront_fee * debt_amount


@line("Payment that must be returned", Measure.MONEY, section="Reimbursement", each="claim")
def claim_paid(claim, commitment_paid, timely_draw, lease_guarantee_draw, residual_value_paid, letter_of_credit_draw):
    """Payments under a reimbursable support are a debt of the partner to the vendor; one at enforcement joins later."""
    return {
        "commitment": commitment_paid,
        "guarantee": timely_draw,
        "lease": lease_guarantee_draw,
        "residual": residual_value_paid,
        "letter": letter_of_credit_draw,
    }[claim.short]


@line("Owed under the support", Measure.MONEY, section="Reimbursement", each="claim", kind=Kind.BALANCE)
def claim_owed(claim, claim_balance, claim_paid):
    """Balance brought forward with its interest, and this month's payment."""
    return prior(claim_balance) * (1 + claim.reimbursement_rate / 12) + claim_paid


@line("Reimbursement owed", Measure.MONEY, section="Reimbursement", kind=Kind.BALANCE)
def reimbursement_owed(claim_owed):
    """All that the partner owes the vendor for support paid."""
    return sum_of(claim_owed)


@line("Part of reimbursement that stays", Measure.FRACTION, section="Reimbursement")
def reimbursement_kept(reimbursement_owed, reimbursement_paid):
    """Repayments are shared pro rata among the supports."""
    return 1 - ratio(reimbursement_paid, reimbursement_owed, above=HALF_CENT)


@line("Balance under the support", Measure.MONEY, section="Reimbursement", each="claim", kind=Kind.BALANCE)
def claim_balance(claim, claim_owed, reimbursement_kept, ultimate_draw):
    """What stays owed under the support, with what a guarantee pays at enforcement."""
    kept = claim_owed * reimbursement_kept
    return kept + ultimate_draw if claim.short == "guarantee" else kept


@line("Reimbursement balance", Measure.MONEY, section="Reimbursement", kind=Kind.BALANCE)
def reimbursement_balance(claim_balance):
    """What the partner still owes the vendor for support paid."""
    return sum_of(claim_balance)
