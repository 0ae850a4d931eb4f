"""The vendor's share of cloud revenue, as it accrues and falls due, and the deferred hardware price."""

from models.language.line import Kind, Measure
from models.language.tree import Input
from models.language.words import (
    HALF_CENT,
    by_year,
    either,
    flag,
    greatest,
    least,
    prior,
    round_up,
    sum_of_products,
    where,
)
from models.lines.book import line

SECTION = "Revenue share"


@line("Share base", Measure.MONEY, section=SECTION)
def share_base(
    revenue_share,
    in_operation,
    cloud_revenue,
    supported_revenue,
    power_cost,
    supported_fraction,
    floor_amount,
    commitment_paid,
):
    """Revenue that the vendor shares in: all of it, what power leaves, or what exceeds the floor."""
    match revenue_share.basis:
        case "gross":
            base = supported_revenue
        case "net_of_power":
            base = greatest(0, cloud_revenue - power_cost) * supported_fraction
        case _:
            base = greatest(0, supported_revenue - floor_amount)
    if revenue_share.include_support_payments:
        base = base + commitment_paid
    return in_operation * base


@line("Share base earlier in the contract year", Measure.MONEY, section=SECTION, kind=Kind.BALANCE)
def base_before(year_starts, base_in_year):
    """Bands count the base of the contract year so far."""
    return where(year_starts > 0, 0, prior(base_in_year))


@line("Share base in the contract year", Measure.MONEY, section=SECTION, kind=Kind.BALANCE)
def base_in_year(base_before, share_base):
    """Running total of the contract year."""
    return base_before + share_base


@line("Share rate", Measure.FRACTION, section=SECTION, each="band")
def band_rate(band, contract_year):
    """Rate agreed for the band and the contract year."""
    return by_year(band.rates, contract_year)


@line("Share base in the band", Measure.MONEY, section=SECTION, each="band")
def band_base(band, base_before, base_in_year):
    """Part of the month's base that falls inside the band, counted over the contract year."""
    top = base_in_year if band.upper is None else least(base_in_year, band.upper)
    return greatest(0, top - greatest(base_before, band.lower))


@line("Holiday over", Measure.FLAG, section=SECTION)
def share_starts(revenue_share, operation_month):
    """No share is calculated in the first months of operation if a holiday is agreed."""
    return flag(operation_month > revenue_share.holiday_months)


@line("Share calculated", Measure.MONEY, section=SECTION)
def share_calculated(share_starts, band_rate, band_base):
    """Each band's rate on the base inside it."""
    return share_starts * sum_of_products(band_rate, band_base)


@line("Share calculated in the contract year", Measure.MONEY, section=SECTION, kind=Kind.BALANCE)
def calculated_in_year(revenue_share, year_starts, calculated_in_year, share_calculated):
    """Running total of the contract year, to compare with the minimum."""
    if not _has_minimum(revenue_share):
        return None
    return where(year_starts > 0, 0, prior(calculated_in_year)) + share_calculated


def _has_minimum(revenue_share):
    return isinstance(revenue_share.minimum_annual, Input)


@line("Minimum share", Measure.MONEY, section=SECTION, kind=Kind.BALANCE)
def minimum_share(revenue_share, contract_year):
    """Minimum agreed for the contract year."""
    return by_year(revenue_share.minimum_annual, contract_year) if _has_minimum(revenue_share) else None


@line("Share top-up", Measure.MONEY, section=SECTION)
def share_top_up(revenue_share, operating, year_ends, minimum_share, calculated_in_year):
    """Brings the share of a full contract year to the minimum agreed for it."""
    if not _has_minimum(revenue_share):
        return None
    return operating * year_ends * greatest(0, minimum_share - calculated_in_year)


@line("Cap on the share", Measure.MONEY, section=SECTION, once=True)
def share_cap(revenue_share, supported_hardware_price):
    """The share ends when it has returned this multiple of the hardware price of supported phases."""
    if revenue_share.cap_multiple is None:
        return None
    return revenue_share.cap_multiple * supported_hardware_price


@line("Share left under the cap", Measure.MONEY, section=SECTION, kind=Kind.BALANCE)
def share_left(revenue_share, share_cap, counted_to_date):
    """What can still accrue before the cap is full."""
    if revenue_share.cap_multiple is None:
        return None
    return greatest(0, share_cap - prior(counted_to_date))


@line("Share counted under the cap", Measure.MONEY, section=SECTION)
def share_counted(revenue_share, share_calculated, share_top_up, share_left):
    """Share and top-up as far as the cap leaves room."""
    due = share_calculated + share_top_up
    return due if revenue_share.cap_multiple is None else least(due, share_left)


@line("Share counted to date", Measure.MONEY, section=SECTION, kind=Kind.BALANCE)
def counted_to_date(revenue_share, counted_to_date, share_counted, cap_full):
    """What has counted towards the cap."""
    if revenue_share.cap_multiple is None:
        return None
    return prior(counted_to_date) + where(cap_full > 0, 0, share_counted)


@line("Cap on the share is full", Measure.FLAG, section=SECTION)
def cap_full(revenue_share, share_left):
    """From the month after the cap is reached only the tail rate accrues."""
    if revenue_share.cap_multiple is None:
        return None
    return flag(share_left <= HALF_CENT)


@line("Share accrued", Measure.MONEY, section=SECTION)
def share_accrued(revenue_share, share_counted, cap_full, share_base):
    """The vendor's share earned in the month."""
    if revenue_share.cap_multiple is None:
        return share_counted
    return where(cap_full > 0, revenue_share.tail_rate * share_base, share_counted)


@line("Settlement of the share", Measure.FLAG, section=SECTION)
def share_settles(revenue_share, last_month, operation_month, enforcement):
    """The share falls due every few months counted from operation, in the last month, and at enforcement."""
    every = revenue_share.settlement_months
    regular = round_up(operation_month / every) * every == operation_month
    return flag(either(last_month > 0, enforcement > 0, regular))


@line("Share due", Measure.MONEY, section=SECTION)
def share_due(share_settles, share_payable, share_accrued):
    """All that has accrued since the last settlement."""
    return share_settles * (prior(share_payable) + share_accrued)


@line("Share accrued, not yet due", Measure.MONEY, section=SECTION, kind=Kind.BALANCE)
def share_payable(share_payable, share_accrued, share_due):
    """Waits for the next settlement."""
    return prior(share_payable) + share_accrued - share_due


@line("Share owed", Measure.MONEY, section=SECTION, kind=Kind.BALANCE)
def share_owed(revenue_share, share_arrears, share_due):
    """What is due now, with arrears and the interest on them."""
    return prior(share_arrears) * (1 + revenue_share.deferral_rate / 12) + share_due


@line("Share may be paid", Measure.FLAG, section=SECTION)
def share_flows(commitment, revenue_share, last_month, called):
    """While the vendor pays under the commitment the share waits, if agreed so; not in the last month."""
    if not commitment or not revenue_share.suspend_while_called:
        return 1
    return flag(either(last_month > 0, called < 1))


@line("Deferred price before recoupment", Measure.MONEY, section=SECTION, kind=Kind.BALANCE)
def deferred_owed(vendor_finance, deferred_balance, hardware_deferred):
    """Deferred hardware price with its interest and what this month's deliveries add."""
    return prior(deferred_balance) * (1 + vendor_finance.rate / 12) + hardware_deferred


@line("Recoupment due", Measure.MONEY, section=SECTION)
def recoupment_due(vendor_finance, supported_revenue, deferred_owed):
    """The deferred price is repaid by a part of the supported revenue."""
    return least(vendor_finance.recoupment_rate * supported_revenue, deferred_owed)
