"""Distributions, default, enforcement and the last month."""

from models.language.line import Kind, Measure
from models.language.words import HALF_CENT, ONE_CENT, both, either, flag, greatest, least, prior, where
from models.lines.book import line

DISTRIBUTIONS = "Sweep and distributions"
DEFAULT = "Default"
CLOSING = "Closing account"


@line("Unpaid in the month", Measure.MONEY, section=DEFAULT, kind=Kind.BALANCE)
def unpaid(costs_unpaid, rent_unpaid, tax_unpaid, debt_service_unpaid):
    """Costs, rent, tax and debt service that nobody paid."""
    return costs_unpaid + rent_unpaid + tax_unpaid + debt_service_unpaid


@line("Owed to the vendor after the order of payments", Measure.MONEY, section=DISTRIBUTIONS, kind=Kind.BALANCE)
def vendor_arrears(
    share_owed, share_paid_in_order, fees_owed, fees_in_order, reimbursement_owed, reimbursement_in_order
):
    """Share, fees and reimbursement in arrears; nothing is distributed while there are any."""
    return share_owed - share_paid_in_order + fees_owed - fees_in_order + reimbursement_owed - reimbursement_in_order


@line("Distribution allowed", Measure.FLAG, section=DISTRIBUTIONS)
def may_distribute(before_repayment, unpaid, vendor_arrears, reserve_before_closing, reserve_target, cover_holds):
    """From the first repayment on, if nothing is unpaid or in arrears, the reserve is full and cover holds."""
    return flag(
        both(
            before_repayment < 1,
            unpaid <= HALF_CENT,
            vendor_arrears <= HALF_CENT,
            reserve_before_closing >= reserve_target - HALF_CENT,
            cover_holds > 0,
        )
    )


@line("Distribution in the order of payments", Measure.MONEY, section=DISTRIBUTIONS)
def distribution_in_order(may_distribute, cash_at_end, sweep, cash_kept):
    """Cash above what is kept."""
    return may_distribute * greatest(0, cash_at_end - sweep - cash_kept)


@line("Cash before closing", Measure.MONEY, section=DISTRIBUTIONS, kind=Kind.BALANCE)
def cash_before_closing(operating, cash_at_end, sweep, distribution_in_order, cash_earned, residual_recovery):
    """What stays in the project; after a default all cash waits for enforcement."""
    waiting = (1 - operating) * (cash_earned - residual_recovery)
    return cash_at_end - sweep - distribution_in_order + waiting


@line("Months in a row with something unpaid", Measure.MONTHS, section=DEFAULT, kind=Kind.COUNT)
def unpaid_months(unpaid, unpaid_months):
    """A default needs several in a row; what is paid late in between ends the count."""
    return where(unpaid > ONE_CENT, prior(unpaid_months) + 1, 0)


@line("Defaulted", Measure.FLAG, section=DEFAULT)
def defaulted(senior_debt, partner_default_month, last_month, own_default, unpaid_months, defaulted):
    """1 from the month in which the cure period ends without payment; never in the last month."""
    missed = unpaid_months >= senior_debt.cure_months
    if partner_default_month is not None:
        missed = either(missed, own_default > 0)
    return flag(either(prior(defaulted) > 0, both(last_month < 1, missed)))


@line("Month of default", Measure.FLAG, section=DEFAULT)
def default_month(defaulted):
    """The month in which the default occurs."""
    return defaulted - prior(defaulted)


@line("Months since default", Measure.MONTHS, section=DEFAULT, kind=Kind.COUNT)
def months_since_default(defaulted, months_since_default):
    """1 in the month after the default."""
    return prior(defaulted) * (prior(months_since_default) + 1)


@line("Enforcement", Measure.FLAG, section=DEFAULT)
def enforcement(collateral, last_month, months_since_default):
    """Lenders enforce some months after the default, in the last month at the latest."""
    agreed = collateral.enforcement_months
    early = both(last_month > 0, months_since_default < agreed)
    return flag(both(months_since_default > 0, either(months_since_default == agreed, early)))


@line("Already enforced", Measure.FLAG, section=DEFAULT)
def enforced_before(collateral, months_since_default):
    """1 from the month after enforcement."""
    return flag(months_since_default > collateral.enforcement_months)


@line("Last month without default", Measure.FLAG, section=CLOSING)
def final_month(operating, last_month):
    """Everything that is left is released."""
    return operating * last_month


@line("Closing", Measure.FLAG, section=CLOSING)
def closing(final_month, enforcement):
    """The month of the closing account: enforcement, or the last month without a default."""
    return final_month + enforcement


@line("Proceeds of the systems", Measure.MONEY, section=CLOSING)
def residual_proceeds(deal, collateral, final_month, enforcement, collateral_value):
    """Systems are sold at enforcement, and in the last month if agreed; the cost of selling comes off."""
    sold = enforcement + final_month * deal.include_residual
    return sold * collateral_value * (1 - collateral.sale_cost)


@line("Closing account", Measure.MONEY, section=CLOSING)
def pool(closing, final_month, cash_before_closing, reserve_before_closing, residual_proceeds, escrow_left):
    """Cash, reserve, proceeds, and the escrow where there was no default."""
    return closing * (cash_before_closing + reserve_before_closing) + residual_proceeds + final_month * escrow_left


@line("Lenders' claim", Measure.MONEY, section=CLOSING)
def lender_claim(closing, debt_before_closing, interest_unpaid):
    """Debt with arrears of interest."""
    return closing * (debt_before_closing + interest_unpaid)


@line("Closing account to lenders", Measure.MONEY, section=CLOSING)
def pool_to_lenders(pool, lender_claim):
    """Lenders come first."""
    return least(pool, lender_claim)


@line("Debt repaid in the last month", Measure.MONEY, section=CLOSING)
def final_debt_repaid(final_month, pool_to_lenders):
    """From the closing account, without a default."""
    return final_month * pool_to_lenders


@line("Recovered by lenders", Measure.MONEY, section=CLOSING)
def lender_recovery(enforcement, pool_to_lenders, residual_recovery):
    """From enforcement, and from a residual value payment before it."""
    return enforcement * pool_to_lenders + residual_recovery


@line("Lenders short", Measure.MONEY, section=CLOSING)
def lender_short(lender_claim, pool_to_lenders):
    """What the closing account does not cover."""
    return lender_claim - pool_to_lenders


@line("Paid by the guarantee at enforcement", Measure.MONEY, section=CLOSING)
def ultimate_draw(guarantee, enforcement, guarantee_left, timely_draw, lender_short):
    """The guaranteed part of the remaining loss, within the cap."""
    if not guarantee:
        return None
    return enforcement * least(guarantee_left - timely_draw, guarantee.coverage * lender_short)


@line("Debt guarantee draw", Measure.MONEY, section=CLOSING)
def debt_guarantee_draw(timely_draw, ultimate_draw):
    """All that the guarantee pays in the month."""
    return timely_draw + ultimate_draw


@line("Lenders' loss", Measure.MONEY, section=CLOSING)
def lender_loss(lender_short, ultimate_draw):
    """What nobody pays."""
    return lender_short - ultimate_draw


@line("Left after lenders", Measure.MONEY, section=CLOSING)
def left_after_lenders(pool, pool_to_lenders):
    """For the vendor's claims, then the partner."""
    return pool - pool_to_lenders


@line("Reimbursement from the closing account", Measure.MONEY, section=CLOSING)
def reimbursement_at_closing(closing, left_after_lenders, reimbursement_owed, reimbursement_in_order):
    """First of the vendor's claims."""
    return least(left_after_lenders, closing * (reimbursement_owed - reimbursement_in_order))


@line("Left after reimbursement", Measure.MONEY, section=CLOSING)
def left_after_reimbursement(left_after_lenders, reimbursement_at_closing):
    """For the share."""
    return left_after_lenders - reimbursement_at_closing


@line("Share from the closing account", Measure.MONEY, section=CLOSING)
def share_at_closing(closing, left_after_reimbursement, share_owed, share_paid_in_order):
    """What is due and in arrears."""
    return least(left_after_reimbursement, closing * (share_owed - share_paid_in_order))


@line("Left after the share", Measure.MONEY, section=CLOSING)
def left_after_share(left_after_reimbursement, share_at_closing):
    """For fee arrears."""
    return left_after_reimbursement - share_at_closing


@line("Support fees from the closing account", Measure.MONEY, section=CLOSING)
def fees_at_closing(enforcement, left_after_share, fees_owed, fees_in_order):
    """Arrears of fees are paid at enforcement."""
    return enforcement * least(left_after_share, fees_owed - fees_in_order)


@line("Left after support fees", Measure.MONEY, section=CLOSING)
def left_after_fees(left_after_share, fees_at_closing):
    """For the deferred hardware price."""
    return left_after_share - fees_at_closing


@line("Deferred price from the closing account", Measure.MONEY, section=CLOSING)
def recoupment_at_closing(closing, left_after_fees, deferred_owed, recoupment_in_order):
    """Last of the vendor's claims."""
    return least(left_after_fees, closing * (deferred_owed - recoupment_in_order))


@line("Closing account to the partner", Measure.MONEY, section=CLOSING)
def left_to_partner(left_after_fees, recoupment_at_closing):
    """What all others leave."""
    return left_after_fees - recoupment_at_closing


@line(
    "Cash carried forward",
    Measure.MONEY,
    section=CLOSING,
    kind=Kind.BALANCE,
    start=lambda partner: partner.opening_cash,
)
def cash_close(closing, cash_before_closing):
    """Nothing is left after the closing account."""
    return (1 - closing) * cash_before_closing
