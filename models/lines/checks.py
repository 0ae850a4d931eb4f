"""Checks: each is 0 in every month of a sound deal; a deviation of half a cent or less is none."""

from models.language.line import Kind, Measure
from models.language.tree import is_const
from models.language.words import beyond_dust, greatest, least, prior, sum_of
from models.lines.book import line

SECTION = "Checks"


@line("Sources less uses of capital", Measure.MONEY, section=SECTION)
def check_funding(capex_paid, support_upfront_paid, loan_upfront_fee, debt_draw, equity_for_capex):
    """Capital cost and upfront fees are funded by debt and equity, to the cent."""
    return beyond_dust(capex_paid + support_upfront_paid + loan_upfront_fee - debt_draw - equity_for_capex)


@line("Escrow received", Measure.MONEY, section=SECTION)
def escrow_received(escrow_to_cash, final_month, escrow_left):
    """Returned in the month agreed, or released in the last one."""
    return escrow_to_cash + final_month * escrow_left


@line("Running fees paid", Measure.MONEY, section=SECTION)
def running_fees_paid(fees_in_order, fees_at_closing):
    """Support fees paid from the project's cash; upfront fees come from equity."""
    return fees_in_order + fees_at_closing


@line("Paid to the shareholders", Measure.MONEY, section=SECTION)
def shareholders_paid(distribution_in_order, left_to_partner):
    """Distributions from the project's cash."""
    return distribution_in_order + left_to_partner


@line("Cash received", Measure.MONEY, section=SECTION)
def cash_received(
    cloud_revenue, commitment_paid, residual_value_paid, sponsor_support, residual_proceeds, escrow_received
):
    """Everything that comes in."""
    vendor = commitment_paid + residual_value_paid
    return cloud_revenue + vendor + sponsor_support + residual_proceeds + escrow_received


@line("Cash to suppliers, state, lenders", Measure.MONEY, section=SECTION)
def cash_paid_first(
    operating_costs_paid,
    rent_paid_cash,
    tax_paid,
    service_from_cash,
    dsra_draw,
    sweep,
    final_debt_repaid,
    lender_recovery,
):
    """Everything that goes out before the vendor and the shareholders."""
    lenders = service_from_cash + dsra_draw + sweep + final_debt_repaid + lender_recovery
    return operating_costs_paid + rent_paid_cash + tax_paid + lenders


@line("Cash to vendor and shareholders", Measure.MONEY, section=SECTION)
def cash_paid_last(running_fees_paid, reimbursement_paid, share_paid, recoupment_paid, shareholders_paid):
    """Everything that goes out after them."""
    return running_fees_paid + reimbursement_paid + share_paid + recoupment_paid + shareholders_paid


@line("Cash in less cash out less what is left", Measure.MONEY, section=SECTION)
def check_cash(cash_open, cash_received, cash_paid_first, cash_paid_last, cash_close, dsra_balance):
    """What came in equals what went out plus what is left in cash and in the reserve account."""
    moved = cash_open + cash_received - cash_paid_first - cash_paid_last
    return beyond_dust(moved + prior(dsra_balance) - dsra_balance - cash_close)


@line("Debt account", Measure.MONEY, section=SECTION)
def check_debt(
    debt_balance,
    interest_arrears,
    debt_draw,
    interest_owed,
    debt_service_paid,
    sweep,
    final_debt_repaid,
    lender_recovery,
    ultimate_draw,
    lender_loss,
):
    """Debt and arrears brought forward, drawn and charged, less all that lenders got or lost, is what is left."""
    charged = prior(debt_balance) + debt_draw + interest_owed
    settled = debt_service_paid + sweep + final_debt_repaid + lender_recovery + ultimate_draw + lender_loss
    return beyond_dust(charged - settled - debt_balance - interest_arrears)


@line("Negative balances", Measure.MONEY, section=SECTION)
def check_balances(cash_close, dsra_balance, debt_balance, interest_arrears, escrow_balance, lowest_vendor_balance):
    """No account is ever overdrawn."""
    lowest = least(cash_close, dsra_balance, debt_balance, interest_arrears, escrow_balance, lowest_vendor_balance)
    return beyond_dust(least(0, lowest))


@line("Lowest balance owed to the vendor", Measure.MONEY, section=SECTION, kind=Kind.BALANCE)
def lowest_vendor_balance(share_payable, share_arrears, fee_arrears, reimbursement_balance, deferred_balance):
    """Part of the test that no account is overdrawn."""
    return least(share_payable, share_arrears, fee_arrears, reimbursement_balance, deferred_balance)


@line("Bands of the share", Measure.MONEY, section=SECTION)
def check_bands(share_base, band_base):
    """The parts of the base in all bands add up to the base."""
    return beyond_dust(sum_of(band_base) - share_base)


@line("Furthest beyond a limit", Measure.MONEY, section=SECTION, kind=Kind.BALANCE)
def beyond_limits(
    commitment,
    guarantee,
    lease,
    letter,
    commitment_to_date,
    guarantee_to_date,
    guarantee_cap,
    lease_to_date,
    letter_to_date,
):
    """What the support furthest beyond its cap has paid too much so far."""
    beyond = []
    if commitment and commitment.aggregate_cap is not None:
        beyond.append(commitment_to_date - commitment.aggregate_cap)
    if guarantee:
        beyond.append(guarantee_to_date - guarantee_cap)
    if lease:
        beyond.append(lease_to_date - lease.cap)
    if letter:
        beyond.append(letter_to_date - letter.amount)
    return greatest(0, *beyond) if beyond else None


@line("Paid beyond a limit", Measure.MONEY, section=SECTION)
def check_limits(beyond_limits):
    """No support pays more than its cap."""
    return None if is_const(beyond_limits, 0) else beyond_dust(beyond_limits)


@line("Left over after the last month", Measure.MONEY, section=SECTION)
def check_end(last_month, debt_balance, cash_close, dsra_balance, escrow_balance):
    """Everything is repaid, lost or released by the end."""
    return beyond_dust(last_month * (debt_balance + cash_close + dsra_balance + escrow_balance))


@line("GPU-hours sold and unsold less available", Measure.GPU_HOURS, section=SECTION)
def check_hours(available_gpu_hours, segment_sold, unsold_gpu_hours):
    """Every available hour is sold to a segment or unsold."""
    return beyond_dust(sum_of(segment_sold) + unsold_gpu_hours - available_gpu_hours)
