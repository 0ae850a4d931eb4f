"""Tax on profit after losses brought forward."""

from models.language.line import Kind, Measure
from models.language.words import greatest, prior
from models.lines.book import line

SECTION = "Tax"


@line("Taxable profit before losses", Measure.MONEY, section=SECTION)
def taxable_profit(
    operating,
    cloud_revenue,
    commitment_paid,
    operating_costs,
    rent_due,
    interest_due,
    commitment_fee,
    support_fees_charged,
    support_upfront_paid,
    loan_upfront_fee,
    share_accrued,
    depreciation,
):
    """Revenue and commitment less everything that is charged in the month; may be negative."""
    earned = cloud_revenue + commitment_paid - operating_costs - rent_due
    financed = interest_due + commitment_fee + loan_upfront_fee
    vendor = support_fees_charged + support_upfront_paid + share_accrued
    return operating * (earned - financed - vendor - depreciation)


@line("Losses carried forward", Measure.MONEY, section=SECTION, kind=Kind.BALANCE)
def tax_losses(tax_losses, taxable_profit):
    """Losses lower later profits, without limit of time."""
    return greatest(0, prior(tax_losses) - taxable_profit)


@line("Tax due", Measure.MONEY, section=SECTION)
def tax_due(partner, tax_losses, taxable_profit):
    """Tax on what losses brought forward leave of the profit."""
    return partner.tax_rate * greatest(0, taxable_profit - prior(tax_losses))
