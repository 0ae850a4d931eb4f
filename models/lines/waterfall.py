"""The month, in order: what comes in, what is paid from it, and what is kept."""

from models.language.line import Kind, Measure
from models.language.words import greatest, least, months_between, positive, prior, where
from models.lines.book import line

INFLOW = "Cash in"
COSTS = "Costs, rent and tax paid"
DEBT = "Debt service"
SHARE = "Share in the order of payments"
BELOW = "Reserve and fees"


@line("Cash brought forward", Measure.MONEY, section=INFLOW, kind=Kind.BALANCE)
def cash_open(cash_close):
    """Cash at the end of the month before; in the first month what the shareholders put in."""
    return prior(cash_close)


@line("Operating costs owed", Measure.MONEY, section=INFLOW, kind=Kind.BALANCE)
def costs_owed(operating_costs, costs_unpaid):
    """Costs of the month and what the month before left unpaid, without interest."""
    return operating_costs + prior(costs_unpaid)


@line("Rent owed", Measure.MONEY, section=INFLOW, kind=Kind.BALANCE)
def rent_owed(rent_due, rent_unpaid):
    """Rent of the month and what the month before left unpaid, without interest."""
    return rent_due + prior(rent_unpaid)


@line("Tax owed", Measure.MONEY, section=INFLOW, kind=Kind.BALANCE)
def tax_owed(tax_due, tax_unpaid):
    """Tax of the month and what the month before left unpaid, without interest."""
    return tax_due + prior(tax_unpaid)


@line("Cash before shareholders", Measure.MONEY, section=INFLOW, kind=Kind.BALANCE)
def cash_earned(cash_open, cloud_revenue, commitment_paid, residual_value_paid):
    """Cash brought forward, revenue and what the vendor pays."""
    return cash_open + cloud_revenue + commitment_paid + residual_value_paid


@line("Sponsor support", Measure.MONEY, section=INFLOW)
def sponsor_support(operating, before_repayment, costs_owed, rent_owed, tax_owed, interest_owed, cash_earned):
    """Before the first repayment shareholders cover whatever is short for costs, rent, tax and interest."""
    needed = costs_owed + rent_owed + tax_owed + interest_owed
    return operating * before_repayment * greatest(0, needed - cash_earned)


@line("Cash that can be spent", Measure.MONEY, section=COSTS, kind=Kind.BALANCE)
def cash_to_spend(operating, cash_earned, sponsor_support):
    """After a default cash waits for enforcement and nothing is paid from it."""
    return operating * (cash_earned + sponsor_support)


@line("Operating costs paid", Measure.MONEY, section=COSTS)
def operating_costs_paid(cash_to_spend, costs_owed):
    """First call on cash."""
    return least(cash_to_spend, costs_owed)


@line("Operating costs unpaid", Measure.MONEY, section=COSTS, kind=Kind.BALANCE)
def costs_unpaid(operating, costs_owed, operating_costs_paid):
    """Owed again next month."""
    return operating * (costs_owed - operating_costs_paid)


@line("Cash after operating costs", Measure.MONEY, section=COSTS, kind=Kind.BALANCE)
def cash_after_costs(cash_to_spend, operating_costs_paid):
    """Left for rent."""
    return cash_to_spend - operating_costs_paid


@line("Rent paid from cash", Measure.MONEY, section=COSTS)
def rent_paid_cash(cash_after_costs, rent_owed):
    """Second call on cash."""
    return least(cash_after_costs, rent_owed)


@line("Rent to let again", Measure.FRACTION, section=COSTS)
def rent_claimed_part(lease, operating, months_since_default):
    """After a default the whole rent is claimed until the space is let again, then what a new tenant does not pay."""
    if not lease:
        return None
    return (1 - operating) * where(months_since_default > lease.relet_months, 1 - lease.relet_fraction, 1)


@line("Rent that the partner did not pay", Measure.MONEY, section=COSTS)
def rent_claim(lease, operating, rent_due, rent_owed, rent_paid_cash, rent_claimed_part):
    """Claim on escrow and lease guarantee."""
    if not lease:
        return None
    return operating * (rent_owed - rent_paid_cash) + rent_claimed_part * rent_due


@line("Escrow draw", Measure.MONEY, section=COSTS)
def escrow_draw(lease, rent_claim, escrow_balance):
    """Rent is taken from the escrow first, until it is returned."""
    return least(prior(escrow_balance), rent_claim) if lease else None


@line("Lease guarantee draw", Measure.MONEY, section=COSTS)
def lease_guarantee_draw(lease, lease_runs, lease_left, rent_claim, escrow_draw):
    """Then from the vendor, between the dates and up to the cap."""
    return lease_runs * least(rent_claim - escrow_draw, lease_left) if lease else None


@line("Rent unpaid", Measure.MONEY, section=COSTS, kind=Kind.BALANCE)
def rent_unpaid(operating, rent_owed, rent_paid_cash, escrow_draw, lease_guarantee_draw):
    """Owed again next month."""
    return operating * (rent_owed - rent_paid_cash - escrow_draw - lease_guarantee_draw)


@line("Escrow returned to cash", Measure.MONEY, section=COSTS)
def escrow_to_cash(deal, lease, month, operating, escrow_balance, escrow_draw):
    """What is left of the escrow goes to the partner's cash in the month agreed, if it still operates."""
    if not lease or lease.escrow_release is None:
        return None
    due = month == months_between(lease.escrow_release, deal.start)
    return operating * where(due, prior(escrow_balance) - escrow_draw, 0)


@line("Escrow", Measure.MONEY, section=COSTS, kind=Kind.BALANCE, start=lambda lease: lease.escrow if lease else None)
def escrow_balance(lease, last_month, escrow_balance, escrow_draw, escrow_to_cash):
    """Posted by the shareholders in the first month; nothing stays after the last."""
    if not lease:
        return None
    return (1 - last_month) * (prior(escrow_balance) - escrow_draw - escrow_to_cash)


@line("Escrow left at the end", Measure.MONEY, section=COSTS)
def escrow_left(lease, last_month, escrow_balance, escrow_draw, escrow_to_cash):
    """In the last month the rest is released: to the closing account or, after a default, to the shareholders."""
    if not lease:
        return None
    return last_month * (prior(escrow_balance) - escrow_draw - escrow_to_cash)


@line("Escrow returned", Measure.MONEY, section=COSTS)
def escrow_released(lease, operating, escrow_to_cash, escrow_left):
    """To the partner's cash in the month agreed or, after a default, what is left to the shareholders at the end."""
    return escrow_to_cash + (1 - operating) * escrow_left if lease else None


@line("Cash after rent", Measure.MONEY, section=COSTS, kind=Kind.BALANCE)
def cash_after_rent(cash_after_costs, rent_paid_cash, escrow_to_cash):
    """Left for tax."""
    return cash_after_costs - rent_paid_cash + escrow_to_cash


@line("Tax paid", Measure.MONEY, section=COSTS)
def tax_paid(cash_after_rent, tax_owed):
    """Third call on cash."""
    return least(cash_after_rent, tax_owed)


@line("Tax unpaid", Measure.MONEY, section=COSTS, kind=Kind.BALANCE)
def tax_unpaid(operating, tax_owed, tax_paid):
    """Owed again next month."""
    return operating * (tax_owed - tax_paid)


@line("Cash after tax", Measure.MONEY, section=COSTS, kind=Kind.BALANCE)
def cash_after_tax(cash_after_rent, tax_paid):
    """Left for debt service, or for the share where it ranks before debt."""
    return cash_after_rent - tax_paid


def _first(revenue_share):
    return revenue_share.rank == "before_debt"


@line("Cash for the share", Measure.MONEY, section=SHARE, kind=Kind.BALANCE)
def cash_for_share(revenue_share, before_repayment, cash_after_tax, interest_owed, cash_after_reimbursement):
    """Before debt all cash (until the first repayment what interest leaves of it), after debt what all others leave."""
    if not _first(revenue_share):
        return cash_after_reimbursement
    return greatest(0, cash_after_tax - before_repayment * interest_owed)


@line("Share paid in the order of payments", Measure.MONEY, section=SHARE)
def share_paid_in_order(share_flows, cash_for_share, share_owed):
    """What is owed, as far as cash reaches and the share is not suspended."""
    return share_flows * least(cash_for_share, share_owed)


@line("Recoupment paid in the order of payments", Measure.MONEY, section=SHARE)
def recoupment_in_order(cash_for_share, share_paid_in_order, recoupment_due):
    """The deferred hardware price is recouped right after the share."""
    return least(cash_for_share - share_paid_in_order, recoupment_due)


@line("Cash left for debt service", Measure.MONEY, section=DEBT, kind=Kind.BALANCE)
def cash_for_debt(revenue_share, cash_after_tax, share_paid_in_order, recoupment_in_order):
    """Left for interest and principal."""
    return cash_after_tax - share_paid_in_order - recoupment_in_order if _first(revenue_share) else cash_after_tax


@line("Debt service paid from cash", Measure.MONEY, section=DEBT)
def service_from_cash(cash_for_debt, debt_service_due):
    """Interest and principal, as far as cash reaches."""
    return least(cash_for_debt, debt_service_due)


@line("Draw on the reserve account", Measure.MONEY, section=DEBT)
def dsra_draw(dsra_balance, debt_service_due, service_from_cash):
    """What cash leaves short is taken from the reserve account."""
    return least(prior(dsra_balance), debt_service_due - service_from_cash)


@line("Short after the reserve account", Measure.MONEY, section=DEBT)
def short_after_reserve(debt_service_due, service_from_cash, dsra_draw):
    """Left for the letter of credit and the guarantee."""
    return debt_service_due - service_from_cash - dsra_draw


@line("Short that support may pay", Measure.MONEY, section=DEBT)
def short_for_support(short_after_reserve):
    """A shortfall of half a cent or less is none, and nobody is called for it."""
    return where(positive(short_after_reserve), short_after_reserve, 0)


@line("Draw on the letter of credit", Measure.MONEY, section=DEBT)
def letter_of_credit_draw(letter, letter_left, short_for_support):
    """Then from the letter of credit, up to its amount."""
    return least(letter_left, short_for_support) if letter else None


@line("Paid by a timely guarantee", Measure.MONEY, section=DEBT)
def timely_draw(guarantee, guarantee_left, short_for_support, letter_of_credit_draw, debt_service_unpaid):
    """The guaranteed part of what is still short, what stayed unpaid the month before left out: no cover twice."""
    if not guarantee or guarantee.timing != "timely":
        return None
    new = greatest(0, short_for_support - letter_of_credit_draw - prior(debt_service_unpaid))
    return least(guarantee_left, guarantee.coverage * new)


@line("Debt service unpaid", Measure.MONEY, section=DEBT, kind=Kind.BALANCE)
def debt_service_unpaid(short_after_reserve, letter_of_credit_draw, timely_draw):
    """Interest and principal that nobody paid; it stays owed."""
    return short_after_reserve - letter_of_credit_draw - timely_draw


@line("Debt service paid", Measure.MONEY, section=DEBT)
def debt_service_paid(debt_service_due, debt_service_unpaid):
    """From cash, reserve, letter of credit and guarantee."""
    return debt_service_due - debt_service_unpaid


@line("Cash after debt service", Measure.MONEY, section=BELOW, kind=Kind.BALANCE)
def cash_after_service(cash_for_debt, service_from_cash):
    """Left for the reserve account."""
    return cash_for_debt - service_from_cash


@line("Reserve target", Measure.MONEY, section=BELOW, kind=Kind.BALANCE)
def reserve_target(operating, in_operation, prepayment_factor, reserve_ahead, debt_after_service):
    """Scheduled service of the months agreed, at most the debt left; none before operation and after a default."""
    return operating * in_operation * least(prior(prepayment_factor) * reserve_ahead, debt_after_service)


@line("Paid into the reserve account", Measure.MONEY, section=BELOW)
def reserve_topup(cash_after_service, reserve_target, dsra_balance, dsra_draw):
    """The account is filled to its target before anyone below is paid."""
    return least(cash_after_service, greatest(0, reserve_target - (prior(dsra_balance) - dsra_draw)))


@line("Released from the reserve account", Measure.MONEY, section=BELOW)
def reserve_release(operating, reserve_target, dsra_balance, dsra_draw):
    """What exceeds the target goes back to cash."""
    return operating * greatest(0, prior(dsra_balance) - dsra_draw - reserve_target)


@line("Reserve account before closing", Measure.MONEY, section=BELOW, kind=Kind.BALANCE)
def reserve_before_closing(dsra_balance, dsra_draw, reserve_topup, reserve_release):
    """Balance after this month's movements."""
    return prior(dsra_balance) - dsra_draw + reserve_topup - reserve_release


@line("Reserve account", Measure.MONEY, section=BELOW, kind=Kind.BALANCE)
def dsra_balance(closing, reserve_before_closing):
    """Held for the lenders until the end or enforcement."""
    return (1 - closing) * reserve_before_closing


@line("Cash after the reserve account", Measure.MONEY, section=BELOW, kind=Kind.BALANCE)
def cash_after_reserve(cash_after_service, reserve_topup, reserve_release):
    """Left for support fees."""
    return cash_after_service - reserve_topup + reserve_release


@line("Support fees owed", Measure.MONEY, section=BELOW, kind=Kind.BALANCE)
def fees_owed(support_fees_charged, fee_arrears):
    """Running fees of the month and arrears."""
    return support_fees_charged + prior(fee_arrears)


@line("Support fees paid in the order of payments", Measure.MONEY, section=BELOW)
def fees_in_order(cash_after_reserve, fees_owed):
    """As far as cash reaches."""
    return least(cash_after_reserve, fees_owed)


@line("Cash after support fees", Measure.MONEY, section=BELOW, kind=Kind.BALANCE)
def cash_after_fees(cash_after_reserve, fees_in_order):
    """Left for reimbursement."""
    return cash_after_reserve - fees_in_order


@line("Reimbursement paid in the order of payments", Measure.MONEY, section=BELOW)
def reimbursement_in_order(cash_after_fees, reimbursement_owed):
    """The vendor gets back what it paid under reimbursable support, with interest."""
    return least(cash_after_fees, reimbursement_owed)


@line("Cash after reimbursement", Measure.MONEY, section=BELOW, kind=Kind.BALANCE)
def cash_after_reimbursement(cash_after_fees, reimbursement_in_order):
    """Left for the share where it ranks after debt, for the sweep and for distributions."""
    return cash_after_fees - reimbursement_in_order


@line("Cash at the end of the order", Measure.MONEY, section=BELOW, kind=Kind.BALANCE)
def cash_at_end(revenue_share, cash_after_reimbursement, share_paid_in_order, recoupment_in_order):
    """Left for sweep and distributions."""
    if _first(revenue_share):
        return cash_after_reimbursement
    return cash_after_reimbursement - share_paid_in_order - recoupment_in_order
