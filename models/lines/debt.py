"""The loan as it is drawn, charged and repaid, and the cover it has."""

from models.language.line import Kind, Measure
from models.language.words import (
    HALF_CENT,
    NA,
    both,
    either,
    flag,
    greatest,
    least,
    prior,
    ratio,
    sum_since,
    where,
)
from models.lines.book import line

LOAN = "Senior debt"
COVER = "Cover"


@line("Debt drawn", Measure.MONEY, section=LOAN)
def debt_draw(operating, planned_draw):
    """Drawn at each delivery; nothing is drawn after a default."""
    return operating * planned_draw


@line("Debt drawn to date", Measure.MONEY, section=LOAN, kind=Kind.BALANCE)
def debt_drawn(debt_drawn, planned_draw):
    """All draws planned so far; the rest of the loan is undrawn."""
    return prior(debt_drawn) + planned_draw


@line("Draws end", Measure.FLAG, section=LOAN)
def draws_end(delayed, month, first_repayment_month):
    """A delivery after this month finds no loan: what is undrawn lapses, and the schedule shrinks with it."""
    return flag(month == first_repayment_month - 1) if delayed else None


@line("Interest due", Measure.MONEY, section=LOAN)
def interest_due(debt_balance, debt_rate):
    """A month's interest on the balance brought forward."""
    return prior(debt_balance) * debt_rate


@line("Commitment fee of the loan", Measure.MONEY, section=LOAN)
def commitment_fee(senior_debt, delayed, before_repayment, operating, debt_amount, debt_drawn):
    """Charged on what is undrawn after this month's draw, until it lapses."""
    fee = operating * senior_debt.commitment_fee / 12 * greatest(0, debt_amount - debt_drawn)
    return before_repayment * fee if delayed else fee


@line("Interest owed", Measure.MONEY, section=LOAN, kind=Kind.BALANCE)
def interest_owed(senior_debt, debt_rate, interest_due, interest_arrears, commitment_fee):
    """Interest, commitment fee, and arrears of both with interest at the default rate."""
    growth = 1 + debt_rate + senior_debt.default_margin / 12
    return interest_due + prior(interest_arrears) * growth + commitment_fee


@line("Principal due", Measure.MONEY, section=LOAN, kind=Kind.BALANCE)
def principal_due(before_repayment, debt_balance, debt_draw, prepayment_factor, scheduled_balance):
    """What brings the debt to its schedule; prepayments lower the rest of the schedule pro rata."""
    above = prior(debt_balance) + debt_draw - prior(prepayment_factor) * scheduled_balance
    return where(before_repayment > 0, 0, greatest(0, above))


@line("Debt service due", Measure.MONEY, section=LOAN, kind=Kind.BALANCE)
def debt_service_due(interest_owed, principal_due):
    """Interest is paid first."""
    return interest_owed + principal_due


@line("Interest unpaid", Measure.MONEY, section=LOAN, kind=Kind.BALANCE)
def interest_unpaid(interest_owed, debt_service_paid):
    """Interest that debt service did not reach."""
    return greatest(0, interest_owed - debt_service_paid)


@line("Principal paid", Measure.MONEY, section=LOAN)
def principal_paid(interest_owed, debt_service_paid):
    """What debt service leaves after interest."""
    return greatest(0, debt_service_paid - interest_owed)


@line("Debt after debt service", Measure.MONEY, section=LOAN, kind=Kind.BALANCE)
def debt_after_service(debt_balance, debt_draw, principal_paid):
    """Balance before the sweep."""
    return prior(debt_balance) + debt_draw - principal_paid


@line("Cash kept", Measure.MONEY, section="Sweep and distributions", kind=Kind.BALANCE)
def cash_kept(partner, share_payable, prepayment_factor, settlement_ahead):
    """Minimum cash, the share that waits for its settlement, and debt service until the next settlement."""
    return partner.minimum_cash + share_payable + prior(prepayment_factor) * settlement_ahead


@line("Cash sweep", Measure.MONEY, section="Sweep and distributions")
def sweep(senior_debt, before_repayment, cash_at_end, cash_kept, debt_after_service):
    """Part of the cash above what is kept prepays debt."""
    swept = senior_debt.cash_sweep * greatest(0, cash_at_end - cash_kept)
    return (1 - before_repayment) * least(swept, debt_after_service)


@line("Prepayment factor", Measure.FRACTION, section="Sweep and distributions", start=1)
def prepayment_factor(prepayment_factor, debt_after_service, sweep, delayed, draws_end, debt_drawn, debt_amount):
    """Part of the schedule that is left after prepayments and, where deliveries can be late, after the lapse."""
    kept = ratio(debt_after_service - sweep, debt_after_service, otherwise=1, above=HALF_CENT)
    left = prior(prepayment_factor) * kept
    if not delayed:
        return left
    return left * where(draws_end > 0, ratio(debt_drawn, debt_amount, otherwise=1, above=HALF_CENT), 1)


@line("Recovered from the residual value", Measure.MONEY, section=LOAN)
def residual_recovery(residual, operating, enforcement, residual_value_paid, debt_after_service, interest_unpaid):
    """Between default and enforcement a residual value payment goes to the lenders, as far as they are owed."""
    if not residual:
        return None
    owed = debt_after_service + interest_unpaid
    return (1 - operating) * (1 - enforcement) * least(residual_value_paid, owed)


@line("Interest recovered from the residual value", Measure.MONEY, section=LOAN)
def residual_interest(residual_recovery, interest_unpaid):
    """Interest comes first."""
    return least(residual_recovery, interest_unpaid)


@line("Debt before closing", Measure.MONEY, section=LOAN, kind=Kind.BALANCE)
def debt_before_closing(debt_after_service, sweep, residual_recovery, residual_interest):
    """Balance after service, sweep and recoveries."""
    return debt_after_service - sweep - (residual_recovery - residual_interest)


@line("Senior debt outstanding", Measure.MONEY, section=LOAN, kind=Kind.BALANCE, name="debt_balance")
def debt_balance(closing, debt_before_closing):
    """Nothing is left after the closing account."""
    return (1 - closing) * debt_before_closing


@line("Arrears of interest", Measure.MONEY, section=LOAN, kind=Kind.BALANCE)
def interest_arrears(closing, interest_unpaid, residual_interest):
    """Interest and commitment fees still owed."""
    return (1 - closing) * (interest_unpaid - residual_interest)


@line("Cash for debt service", Measure.MONEY, section=COVER, name="cfads")
def cfads(
    revenue_share,
    operating,
    cloud_revenue,
    commitment_paid,
    operating_costs,
    rent_due,
    tax_paid,
    share_paid_in_order,
    recoupment_in_order,
):
    """Revenue and commitment less costs, rent, tax, and the share where it ranks before debt; 0 after a default."""
    cash = cloud_revenue + commitment_paid - operating_costs - operating * rent_due - tax_paid
    if revenue_share.rank == "before_debt":
        return cash - share_paid_in_order - recoupment_in_order
    return cash


@line("Cash for debt service without support", Measure.MONEY, section=COVER)
def cfads_without_support(cfads, commitment_paid):
    """The same if the vendor paid nothing."""
    return cfads - commitment_paid


@line("Scheduled debt service", Measure.MONEY, section=COVER)
def scheduled_debt_service(
    operating, interest_due, commitment_fee, regular_principal, prepayment_factor, principal_due
):
    """Service against which cover is measured: what the schedule asks, balloon apart, if that much is still due."""
    principal = greatest(0, least(regular_principal * prior(prepayment_factor), principal_due))
    return operating * (interest_due + commitment_fee + principal)


@line("First month of the cover test", Measure.MONTH, section=COVER)
def cover_from(month, first_repayment_month):
    """Cover looks back twelve months, but not before the first repayment."""
    return greatest(first_repayment_month, month - 12 + 1)


@line("Cash for debt service, 12 months", Measure.MONEY, section=COVER, kind=Kind.BALANCE)
def cfads_12m(cfads, cover_from):
    """Numerator of the cover."""
    return sum_since(cfads, cover_from)


@line("Cash for debt service without support, 12 months", Measure.MONEY, section=COVER, kind=Kind.BALANCE)
def cfads_without_12m(cfads_without_support, cover_from):
    """Numerator of the cover without support."""
    return sum_since(cfads_without_support, cover_from)


@line("Debt service, 12 months", Measure.MONEY, section=COVER, kind=Kind.BALANCE)
def service_12m(operating, repaying, scheduled_debt_service, cover_from):
    """Denominator of the cover; 0 outside the repayment window and after a default."""
    return operating * repaying * sum_since(scheduled_debt_service, cover_from)


@line("DSCR, 12 months", Measure.MULTIPLE, section=COVER)
def dscr_12m(cfads_12m, service_12m):
    """How many times the cash of the last twelve months covers their debt service, from the first repayment on."""
    return ratio(cfads_12m, service_12m, otherwise=NA, above=HALF_CENT)


@line("DSCR, 12 months, without support", Measure.MULTIPLE, section=COVER)
def dscr_without_support(cfads_without_12m, service_12m):
    """The same if the vendor paid nothing."""
    return ratio(cfads_without_12m, service_12m, otherwise=NA, above=HALF_CENT)


@line("Loan to value", Measure.FRACTION, section=COVER)
def loan_to_value(debt_balance, collateral_value):
    """Debt against what the systems would sell for."""
    return ratio(debt_balance, collateral_value, otherwise=NA, above=HALF_CENT)


@line("Lock-up", Measure.MULTIPLE, section=COVER)
def lockup_level(senior_debt, repaying):
    """Cover below which nothing is distributed, inside the repayment window."""
    return where(repaying > 0, senior_debt.lockup_dscr, NA)


@line("Cover reaches the lock-up", Measure.FLAG, section=COVER)
def cover_holds(senior_debt, service_12m, cfads_12m):
    """Inside the repayment window nothing is distributed while cover is below the lock-up."""
    return flag(either(service_12m <= HALF_CENT, cfads_12m >= senior_debt.lockup_dscr * service_12m))


@line("Debt service that counts for the lowest cover", Measure.MONEY, section=COVER, kind=Kind.BALANCE)
def service_counted(month, first_repayment_month, repaying, default_month, service_12m):
    """Cover counts from the twelfth month of the window to its end, and in the month of a default."""
    full = both(repaying > 0, month >= first_repayment_month + 12 - 1)
    return where(either(full, default_month > 0), service_12m, 0)


@line("Cover that counts", Measure.MULTIPLE, section=COVER)
def dscr_counted(cfads_12m, service_counted):
    """Cover in the months that count for the lowest."""
    return ratio(cfads_12m, service_counted, otherwise=NA, above=HALF_CENT)


@line("Cover that counts, without support", Measure.MULTIPLE, section=COVER)
def dscr_counted_without(cfads_without_12m, service_counted):
    """The same if the vendor paid nothing."""
    return ratio(cfads_without_12m, service_counted, otherwise=NA, above=HALF_CENT)


@line("Cover of the sizing case", Measure.MULTIPLE, section=COVER)
def dscr_called(sizing_cfads, scheduled_service):
    """Cover of scheduled service in the case on which lenders size."""
    return ratio(sizing_cfads, scheduled_service, otherwise=NA, above=HALF_CENT)
