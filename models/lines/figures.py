"""Key figures of a deal that are one number, as line items like all others."""

from models.language.line import Kind, Measure
from models.language.words import (
    HALF_CENT,
    NA,
    largest,
    ratio,
    smallest,
    total,
    total_of_products,
    where,
)
from models.lines.book import line

SECTION = "Key figures"
RETURNS = "Present values"


@line("Loan to cost", Measure.FRACTION, section=SECTION, once=True)
def loan_to_cost(debt_amount, capex):
    """Senior debt in part of the capital cost."""
    return ratio(debt_amount, capex, otherwise=NA, above=HALF_CENT)


@line("Equity invested", Measure.MONEY, section=SECTION, once=True)
def equity_invested(equity_for_capex, sponsor_support):
    """Equity for capital cost and sponsor support; escrow and opening cash apart."""
    return total(equity_for_capex) + total(sponsor_support)


@line("Lowest DSCR", Measure.MULTIPLE, section=SECTION, once=True)
def min_dscr(service_counted, dscr_counted):
    """Least cover from the twelfth month of the repayment window to its end, and in the month of a default."""
    return where(largest(service_counted) > HALF_CENT, smallest(dscr_counted), NA)


@line("Lowest DSCR without support", Measure.MULTIPLE, section=SECTION, once=True)
def min_dscr_without_support(service_counted, dscr_counted_without):
    """The same if the vendor paid nothing."""
    return where(largest(service_counted) > HALF_CENT, smallest(dscr_counted_without), NA)


@line("Lowest DSCR of the sizing case", Measure.MULTIPLE, section=SECTION, once=True)
def min_dscr_called(scheduled_service, dscr_called):
    """Least cover of scheduled service in the case on which lenders size."""
    return where(largest(scheduled_service) > HALF_CENT, smallest(dscr_called), NA)


@line("Cash for debt service in the window", Measure.MONEY, section=SECTION)
def cfads_in_window(repaying, cfads):
    """Cash over the life of the loan."""
    return repaying * cfads


@line("LLCR", Measure.MULTIPLE, section=SECTION, once=True)
def llcr(cfads_in_window, loan_discount, debt_amount):
    """Loan life cover: present value of cash in the repayment window, at the loan's rate, in part of the debt."""
    return ratio(total_of_products(cfads_in_window, loan_discount), debt_amount, otherwise=NA, above=HALF_CENT)


@line("Months of principal and draws", Measure.MONEY, section=SECTION, kind=Kind.BALANCE)
def principal_months(month, scheduled_principal, planned_draw):
    """Each repayment and each draw weighted by its month."""
    return month * (scheduled_principal - planned_draw)


@line("Average life", Measure.YEARS, section=SECTION, once=True)
def average_life(principal_months, debt_amount):
    """Years from a draw until scheduled repayment, weighted by principal."""
    return ratio(total(principal_months) / 12, debt_amount, otherwise=NA, above=HALF_CENT)


@line("Months not yet paid back", Measure.MONTHS, section=SECTION, kind=Kind.COUNT)
def unpaid_back(month, equity_to_date):
    """The number of the next month, wherever the shareholders are still out of pocket."""
    return where(equity_to_date < 0 - HALF_CENT, month + 1, 0)


@line("Payback month", Measure.MONTH, section=SECTION, once=True)
def payback_month(deal, unpaid_back):
    """First month from which the shareholders have their money back and keep it."""
    return where(largest(unpaid_back) < deal.months, largest(unpaid_back), NA)


@line("Share of revenue", Measure.FRACTION, section=SECTION, once=True)
def share_of_revenue(share_paid, cloud_revenue):
    """Share paid in part of the cloud revenue."""
    return ratio(total(share_paid), total(cloud_revenue), otherwise=NA, above=HALF_CENT)


@line("Discount factor of the vendor", Measure.NUMBER, section=RETURNS)
def vendor_discount(month, vendor):
    """Effective annual discounting of flows at the end of each month."""
    return (1 + vendor.discount_rate) ** ((0 - month - 1) / 12)


@line("Vendor's NPV of the support", Measure.MONEY, section=RETURNS, once=True)
def vendor_support_npv(vendor_support_flow, vendor_discount):
    """Present value of what the support earns and costs the vendor."""
    return total_of_products(vendor_support_flow, vendor_discount)


@line("Vendor's NPV", Measure.MONEY, section=RETURNS, once=True)
def vendor_npv(vendor_flow, vendor_discount):
    """Present value with the hardware price."""
    return total_of_products(vendor_flow, vendor_discount)


@line("PV of net support payments", Measure.MONEY, section=RETURNS, once=True)
def net_support_npv(net_support_payments, vendor_discount):
    """What the support costs in one path; the loss whose mean and tail a simulation measures."""
    return total_of_products(net_support_payments, vendor_discount)


@line("PV of what is paid for the support", Measure.MONEY, section=RETURNS, once=True)
def support_income_npv(support_income, vendor_discount):
    """Share, fees and kicker at the vendor's rate."""
    return total_of_products(support_income, vendor_discount)


@line("PV of the margin on hardware", Measure.MONEY, section=RETURNS, once=True)
def hardware_margin_npv(hardware_margin, vendor_discount):
    """All of the margin; incrementality says which part the support brings."""
    return total_of_products(hardware_margin, vendor_discount)


@line("PV of the vendor's net position", Measure.MONEY, section=RETURNS, once=True)
def vendor_position_npv(vendor_position, vendor_discount):
    """Whether the vendor is paid for the risk it takes, the margin that the support brings included."""
    return total_of_products(vendor_position, vendor_discount)


@line("PV of the lenders' loss", Measure.MONEY, section=RETURNS, once=True)
def lender_loss_npv(lender_loss, vendor_discount):
    """What lenders lose in one path, at the vendor's rate as all present values of a simulation."""
    return total_of_products(lender_loss, vendor_discount)


@line("Discount factor of the partner", Measure.NUMBER, section=RETURNS)
def partner_discount(month, partner):
    """Effective annual discounting at the cost of equity."""
    return (1 + partner.discount_rate) ** ((0 - month - 1) / 12)


@line("Partner's NPV", Measure.MONEY, section=RETURNS, once=True)
def partner_npv(partner_equity_flow, partner_discount):
    """Present value of the shareholders' flows at their cost of equity."""
    return total_of_products(partner_equity_flow, partner_discount)
