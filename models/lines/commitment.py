"""The capacity commitment: what it covers, what is claimed under it, and what the vendor pays."""

from models.language.line import Kind, Measure
from models.language.words import (
    both,
    either,
    flag,
    greatest,
    least,
    positive,
    prior,
    ratio,
    round_up,
    sum_of,
    where,
)
from models.lines.book import line

SECTION = "Capacity commitment"


@line("Settlement of the commitment", Measure.FLAG, section=SECTION)
def commitment_settles(commitment, last_month, operation_month):
    """Claims are settled every few months counted from operation, and in the last month."""
    if not commitment:
        return None
    every = commitment.settlement_months
    return flag(either(last_month > 0, round_up(operation_month / every) * every == operation_month))


@line("Claims start again", Measure.FLAG, section=SECTION)
def claims_restart(commitment, year_starts, commitment_settles):
    """What counts towards a claim starts again after each settlement or, netted within it, each contract year."""
    if not commitment:
        return None
    if commitment.basis == "revenue" and commitment.netting == "annual":
        return year_starts
    return prior(commitment_settles)


@line("Floor amount", Measure.MONEY, section=SECTION)
def floor_amount(operating, committed_floor):
    """Value of the covered hours at the floor price; none after a default."""
    return operating * committed_floor


@line("Floor after deductible", Measure.PRICE, section=SECTION, kind=Kind.PRICE)
def claim_price(commitment, floor_price):
    """Price per hour that a claim by hours is paid at."""
    if not commitment or commitment.basis == "revenue":
        return None
    return floor_price * (1 - commitment.deductible)


@line("Covered GPU-hours", Measure.GPU_HOURS, section=SECTION)
def covered_gpu_hours(operating, committed_gpu_hours):
    """Most hours that can be claimed for."""
    return operating * committed_gpu_hours


def _put(commitment):
    return bool(commitment) and commitment.basis == "unsold_hours_put"


@line("GPU-hours tenants take, all segments", Measure.GPU_HOURS, section=SECTION)
def offered_hours(commitment, offered_gpu_hours):
    """Hours that could be sold to tenants."""
    return sum_of(offered_gpu_hours) if _put(commitment) else None


@line("Revenue tenants offer, all segments", Measure.MONEY, section=SECTION)
def offered_total(commitment, offered_revenue):
    """Revenue that tenants would pay for them."""
    return sum_of(offered_revenue) if _put(commitment) else None


@line("Claim if all is handed over", Measure.MONEY, section=SECTION)
def put_claim(commitment, covered_gpu_hours, claim_price):
    """The partner may hand over all covered hours at the floor price."""
    return covered_gpu_hours * claim_price if _put(commitment) else None


@line("Claims of the period so far", Measure.MONEY, section=SECTION, kind=Kind.BALANCE)
def claims_before(commitment, claims_restart, claims_to_date):
    """Claims of earlier months that wait for the settlement."""
    if not commitment:
        return None
    return where(claims_restart > 0, 0, prior(claims_to_date))


@line("Put pays within the caps", Measure.FLAG, section=SECTION)
def put_fits(commitment, claims_before, put_claim, aggregate_left, annual_left):
    """Nothing is handed over that the caps would leave unpaid."""
    if not _put(commitment):
        return None
    left = [cap for cap, given in _caps(commitment, aggregate_left, annual_left) if given]
    return flag(both(*(claims_before + put_claim <= cap for cap in left))) if left else 1


@line("Put exercised", Measure.FLAG, section=SECTION)
def put_exercised(commitment, offered_hours, offered_total, claim_price, put_fits):
    """A rational partner hands over its hours when the average price obtained is below what the vendor pays."""
    if not _put(commitment):
        return None
    return put_fits * flag(offered_total < claim_price * offered_hours)


@line("Part of sales handed over", Measure.FRACTION, section=SECTION)
def handed_over(commitment, put_exercised, covered_gpu_hours, unsold_covered, offered_hours):
    """Unsold hours are handed over first; the rest comes from every segment alike."""
    if not _put(commitment):
        return None
    return put_exercised * ratio(greatest(0, covered_gpu_hours - unsold_covered), offered_hours)


@line("Unsold hours that support covers", Measure.GPU_HOURS, section=SECTION)
def unsold_covered(commitment, tenants_leave, supported_fraction):
    """Covered phases take their part of the unsold hours, before anything is handed over."""
    if not commitment or commitment.basis not in ("unsold_hours", "unsold_hours_put"):
        return None
    return tenants_leave * supported_fraction


@line("Claim of the month", Measure.MONEY, section=SECTION)
def monthly_claim(
    commitment,
    floor_amount,
    supported_revenue,
    supported_gpu_hours,
    sold_gpu_hours,
    supported_fraction,
    covered_gpu_hours,
    claim_price,
    unsold_covered,
    put_exercised,
    put_claim,
):
    """What the month adds to the claim by the basis agreed; a shortfall of revenue may also be a surplus."""
    if not commitment:
        return None
    if commitment.basis == "revenue":
        return (1 - commitment.deductible) * floor_amount - supported_revenue
    if commitment.basis == "utilisation":
        promised = commitment.utilisation_floor * supported_gpu_hours
        return greatest(0, promised - sold_gpu_hours * supported_fraction) * claim_price
    unsold = least(unsold_covered, covered_gpu_hours) * claim_price
    return where(put_exercised > 0, put_claim, unsold) if _put(commitment) else unsold


@line("Claims to date", Measure.MONEY, section=SECTION, kind=Kind.BALANCE)
def claims_to_date(claims_before, monthly_claim):
    """Claims since the last settlement or, netted within it, since the contract year began."""
    return claims_before + monthly_claim


@line("Commitment claimed", Measure.MONEY, section=SECTION)
def commitment_claim(commitment, operating, commitment_settles, claims_to_date, paid_in_year_before):
    """Claim at a settlement; one not yet settled when the partner defaults lapses."""
    if not commitment:
        return None
    annual = commitment.basis == "revenue" and commitment.netting == "annual"
    claim = claims_to_date - paid_in_year_before if annual else claims_to_date
    return operating * commitment_settles * greatest(0, claim)


def _needs_year(commitment):
    return bool(commitment) and (
        commitment.annual_cap is not None or (commitment.basis == "revenue" and commitment.netting == "annual")
    )


@line("Paid earlier in the contract year", Measure.MONEY, section=SECTION, kind=Kind.BALANCE)
def paid_in_year_before(commitment, year_starts, paid_in_year):
    """The cap per contract year and netting count what the year has seen so far."""
    if not _needs_year(commitment):
        return None
    return where(year_starts > 0, 0, prior(paid_in_year))


@line("Paid in the contract year", Measure.MONEY, section=SECTION, kind=Kind.BALANCE)
def paid_in_year(commitment, paid_in_year_before, commitment_paid):
    """Running total of the contract year."""
    return paid_in_year_before + commitment_paid if _needs_year(commitment) else None


@line("Left under the cap in total", Measure.MONEY, section=SECTION, kind=Kind.BALANCE)
def aggregate_left(commitment, commitment_to_date):
    """What the vendor can still be asked to pay over the life of the deal."""
    if not commitment or commitment.aggregate_cap is None:
        return None
    return greatest(0, commitment.aggregate_cap - prior(commitment_to_date))


@line("Left under the cap of the contract year", Measure.MONEY, section=SECTION, kind=Kind.BALANCE)
def annual_left(commitment, paid_in_year_before):
    """What the vendor can still be asked to pay in this contract year."""
    if not commitment or commitment.annual_cap is None:
        return None
    return greatest(0, commitment.annual_cap - paid_in_year_before)


def _caps(commitment, aggregate_left, annual_left):
    return (
        (aggregate_left, commitment.aggregate_cap is not None),
        (annual_left, commitment.annual_cap is not None),
    )


@line("Commitment paid", Measure.MONEY, section=SECTION)
def commitment_paid(commitment, commitment_claim, aggregate_left, annual_left):
    """What the vendor pays for capacity that did not earn its floor, within both caps."""
    if not commitment:
        return None
    caps = [cap for cap, given in _caps(commitment, aggregate_left, annual_left) if given]
    return least(commitment_claim, *caps)


@line("Commitment paid to date", Measure.MONEY, section=SECTION, kind=Kind.BALANCE)
def commitment_to_date(commitment_to_date, commitment_paid):
    """All payments so far."""
    return prior(commitment_to_date) + commitment_paid


@line("Claim that a cap refused", Measure.MONEY, section=SECTION)
def commitment_unpaid_claim(commitment_claim, commitment_paid):
    """Claimed and not paid because a cap was reached; it is not carried forward."""
    return commitment_claim - commitment_paid


@line("Commitment still open", Measure.MONEY, section=SECTION, kind=Kind.BALANCE)
def commitment_open(commitment, floor_ahead, commitment_to_date):
    """Most the vendor can still be asked to pay from here on, as if the partner never defaulted; the fee base."""
    if not commitment:
        return None
    if commitment.aggregate_cap is None:
        return floor_ahead
    return least(floor_ahead, commitment.aggregate_cap - commitment_to_date)


@line("Payment under the commitment", Measure.FLAG, section=SECTION)
def paid_now(commitment, revenue_share, commitment_paid):
    """1 in a month in which the vendor pays."""
    if not commitment or not revenue_share.suspend_while_called:
        return None
    return flag(positive(commitment_paid))


@line("The vendor pays under the commitment", Measure.FLAG, section=SECTION)
def called(commitment, revenue_share, commitment_settles, paid_now, called):
    """Turns 1 at a settlement with a payment and 0 at the next one without."""
    if not commitment or not revenue_share.suspend_while_called:
        return None
    return where(commitment_settles > 0, paid_now, prior(called))
