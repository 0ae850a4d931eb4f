"""What each side pays and receives."""

from models.language.line import Kind, Measure
from models.language.words import HALF_CENT, flag, greatest, largest, positive, prior, ratio, sum_of, total, where
from models.lines.book import line

VENDOR = "Paid to the vendor"
PARTNER = "Partner"
RETURNS = "Vendor"


@line("Share paid", Measure.MONEY, section=VENDOR)
def share_paid(share_paid_in_order, share_at_closing):
    """In the order of payments and from the closing account."""
    return share_paid_in_order + share_at_closing


@line("Share in arrears", Measure.MONEY, section=VENDOR, kind=Kind.BALANCE)
def share_arrears(share_owed, share_paid):
    """Due and not paid; it carries interest at the deferral rate."""
    return share_owed - share_paid


@line("Recoupment paid", Measure.MONEY, section=VENDOR)
def recoupment_paid(recoupment_in_order, recoupment_at_closing):
    """Deferred hardware price paid back."""
    return recoupment_in_order + recoupment_at_closing


@line("Deferred hardware price outstanding", Measure.MONEY, section=VENDOR, kind=Kind.BALANCE)
def deferred_balance(deferred_owed, recoupment_paid):
    """What the partner still owes for hardware."""
    return deferred_owed - recoupment_paid


@line("Support fees paid", Measure.MONEY, section=VENDOR)
def support_fees_paid(support_upfront_paid, fees_in_order, fees_at_closing):
    """Upfront fees from equity, running fees from cash."""
    return support_upfront_paid + fees_in_order + fees_at_closing


@line("Support fees in arrears", Measure.MONEY, section=VENDOR, kind=Kind.BALANCE)
def fee_arrears(fees_owed, fees_in_order, fees_at_closing):
    """Charged and not paid."""
    return fees_owed - fees_in_order - fees_at_closing


@line("Reimbursement paid", Measure.MONEY, section=VENDOR)
def reimbursement_paid(reimbursement_in_order, reimbursement_at_closing):
    """Support payments that the partner returned, with interest."""
    return reimbursement_in_order + reimbursement_at_closing


@line("Distributions", Measure.MONEY, section=PARTNER)
def distributions(distribution_in_order, left_to_partner, operating, escrow_left):
    """To the shareholders: in the order of payments, from the closing account, and escrow left after a default."""
    return distribution_in_order + left_to_partner + (1 - operating) * escrow_left


@line("Equity for capital cost", Measure.MONEY, section=PARTNER)
def equity_for_capex(capex_paid, support_upfront_paid, loan_upfront_fee, debt_draw):
    """Shareholders fund what debt does not: capital cost and upfront fees."""
    return capex_paid + support_upfront_paid + loan_upfront_fee - debt_draw


@line("First month", Measure.FLAG, section=PARTNER)
def first_month(month):
    """Shareholders post opening cash and escrow here."""
    return flag(month < 1)


@line("Partner's equity flow", Measure.MONEY, section=PARTNER)
def partner_equity_flow(deal, partner, lease, first_month, distributions, equity_for_capex, sponsor_support):
    """What the shareholders receive less what they pay in."""
    posted = partner.opening_cash + lease.escrow if lease else partner.opening_cash
    received = distributions * (1 - deal.equity_kicker)
    return received - equity_for_capex - sponsor_support - first_month * posted


@line("Received by the shareholders", Measure.MONEY, section=PARTNER)
def equity_received(partner_equity_flow):
    """Months in which they receive more than they pay in."""
    return greatest(0, partner_equity_flow)


@line("Paid in by the shareholders", Measure.MONEY, section=PARTNER)
def equity_paid_in(partner_equity_flow):
    """Months in which they pay in more than they receive."""
    return greatest(0, 0 - partner_equity_flow)


@line("Received, weighted by month", Measure.MONEY, section=PARTNER, kind=Kind.BALANCE)
def equity_received_months(month, equity_received):
    """Late money weighs more; leads to the mean month of what the shareholders receive."""
    return month * equity_received


@line("Paid in, weighted by month", Measure.MONEY, section=PARTNER, kind=Kind.BALANCE)
def equity_paid_in_months(month, equity_paid_in):
    """Leads to the mean month of what the shareholders pay in."""
    return month * equity_paid_in


@line("Month of a payment", Measure.MONTH, section=PARTNER, kind=Kind.COUNT)
def equity_paid_in_at(month, equity_paid_in):
    """The number of the month where the shareholders pay in, else 0."""
    return where(positive(equity_paid_in), month, 0)


@line("Mean month of what is received", Measure.MONTHS, section=PARTNER, once=True)
def mean_month_received(equity_received, equity_received_months):
    """When the shareholders have their money back, on average."""
    return ratio(total(equity_received_months), total(equity_received), above=HALF_CENT)


@line("Mean month of what is paid in", Measure.MONTHS, section=PARTNER, once=True)
def mean_month_paid_in(equity_paid_in, equity_paid_in_months):
    """From when on the shareholders' money is out, on average."""
    return ratio(total(equity_paid_in_months), total(equity_paid_in), above=HALF_CENT)


@line("Month from which money counts as out", Measure.MONTHS, section=PARTNER, once=True)
def equity_out_from(equity_received, equity_paid_in, equity_paid_in_at, mean_month_paid_in):
    """The mean month, moved halfway to the last payment where money is lost: late payments then weigh more."""
    late = (mean_month_paid_in + largest(equity_paid_in_at)) * 12 / 24
    return where(total(equity_received) < total(equity_paid_in), late, mean_month_paid_in)


@line("Months the shareholders' money is out", Measure.MONTHS, section=PARTNER, once=True)
def equity_months(mean_month_received, equity_out_from):
    """The multiple of money over this time is near the rate of return, and a spreadsheet's search starts there."""
    return greatest(1, mean_month_received - equity_out_from)


@line("Partner's equity flow to date", Measure.MONEY, section=PARTNER, kind=Kind.BALANCE)
def equity_to_date(equity_to_date, partner_equity_flow):
    """The investment is paid back when this stays positive."""
    return prior(equity_to_date) + partner_equity_flow


@line("Support payments of the vendor", Measure.MONEY, section=RETURNS)
def support_payments(
    commitment,
    commitment_paid,
    debt_guarantee_draw,
    lease_guarantee_draw,
    letter_of_credit_draw,
    residual_value_paid,
):
    """What support costs the vendor; capacity that it can use itself is worth a part of the payment."""
    bought = commitment_paid * (1 - commitment.internal_use_value) if commitment else 0
    return bought + debt_guarantee_draw + lease_guarantee_draw + letter_of_credit_draw + residual_value_paid


@line("Support called", Measure.FLAG, section=RETURNS)
def support_called(
    supports,
    commitment_paid,
    debt_guarantee_draw,
    lease_guarantee_draw,
    letter_of_credit_draw,
    residual_value_paid,
):
    """1 in a month in which the vendor pays under any support."""
    if not supports:
        return None
    paid = [commitment_paid, debt_guarantee_draw, lease_guarantee_draw, letter_of_credit_draw, residual_value_paid]
    return flag(positive(sum_of(paid)))


@line("Vendor's flow from the support", Measure.MONEY, section=RETURNS)
def vendor_support_flow(
    deal, share_paid, recoupment_paid, support_fees_paid, reimbursement_paid, distributions, support_payments
):
    """Share, recoupment, fees, reimbursement and kicker, less what support costs."""
    received = share_paid + recoupment_paid + support_fees_paid + reimbursement_paid
    return received + deal.equity_kicker * distributions - support_payments


@line("Vendor's flow", Measure.MONEY, section=RETURNS)
def vendor_flow(vendor_support_flow, hardware_paid):
    """With the hardware price paid at delivery."""
    return vendor_support_flow + hardware_paid


@line("Net support payments", Measure.MONEY, section=RETURNS)
def net_support_payments(support_payments, reimbursement_paid):
    """What support costs the vendor, less what the partner pays back; its mean present value is the expected loss."""
    return support_payments - reimbursement_paid


@line("Paid for the support", Measure.MONEY, section=RETURNS)
def support_income(deal, share_paid, support_fees_paid, distributions):
    """Share, fees and kicker: what the vendor is paid for the risk it takes."""
    return share_paid + support_fees_paid + deal.equity_kicker * distributions


@line("Margin on hardware", Measure.MONEY, section=RETURNS)
def hardware_margin(vendor, hardware_paid, hardware_deferred, recoupment_paid):
    """Money received for hardware less what it costs the vendor; a deferred price counts when it is recouped."""
    cost = (1 - vendor.gross_margin) * (hardware_paid + hardware_deferred)
    return hardware_paid + recoupment_paid - cost


@line("Vendor's net position", Measure.MONEY, section=RETURNS)
def vendor_position(vendor, support_income, hardware_margin, net_support_payments):
    """Share, fees, kicker and the margin that would not exist without the support, less net support payments."""
    return support_income + vendor.incrementality * hardware_margin - net_support_payments
