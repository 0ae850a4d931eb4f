"""How much senior debt the deal carries, and its schedule. Sizing is before tax and on the base case."""

from models.language.line import Kind, Measure
from models.language.words import (
    HALF_CENT,
    NA,
    by_year,
    following,
    greatest,
    largest,
    least,
    level_payment,
    prior,
    ratio,
    smallest,
    sum_between,
    sum_of,
    total,
    total_of_products,
    where,
)
from models.lines.book import line

SIZING = "Debt sizing"
SCHEDULE = "Debt schedule"


@line("Floor price", Measure.PRICE, section=SIZING, kind=Kind.PRICE)
def floor_price(commitment, in_operation, contract_year):
    """Price per GPU-hour agreed for the contract year; none before operation and after the table ends."""
    if not commitment:
        return None
    return in_operation * by_year(commitment.floor_prices, contract_year, ends=True)


@line("Committed GPU-hours before any default", Measure.GPU_HOURS, section=SIZING)
def committed_gpu_hours(commitment, supported_capacity_gpu_hours):
    """Covered part of the supported hours."""
    if not commitment:
        return None
    return commitment.coverage * supported_capacity_gpu_hours


@line("Floor amount before any default", Measure.MONEY, section=SIZING)
def committed_floor(floor_price, committed_gpu_hours):
    """What the committed hours are worth at the floor price."""
    return committed_gpu_hours * floor_price


@line("Gross commitment", Measure.MONEY, section=SIZING, once=True)
def gross_commitment(committed_floor):
    """All floor amounts of the deal, caps ignored."""
    return total(committed_floor)


@line("Floor amount still to come", Measure.MONEY, section=SIZING, kind=Kind.BALANCE)
def floor_ahead(committed_floor, floor_ahead):
    """Floor amounts from this month on; the base of the running fee."""
    return following(floor_ahead) + committed_floor


def _counted(senior_debt, segments, lines):
    """Lines of the segments whose sales the sizing case counts."""
    contracted = senior_debt.sizing_case == "contracted"
    pairs = zip(segments, lines, strict=True)
    return sum_of(item for segment, item in pairs if segment.product == "reserved" or not contracted)


@line("GPU-hours in the sizing case", Measure.GPU_HOURS, section=SIZING)
def sizing_hours(senior_debt, segments, committed_gpu_hours, base_sold):
    """Hours sold in the case on which lenders size: the floor called, reserved tenants only, or all tenants."""
    if senior_debt.sizing_case == "floor_called":
        return committed_gpu_hours
    return _counted(senior_debt, segments, base_sold)


@line("Revenue in the sizing case", Measure.MONEY, section=SIZING)
def sizing_revenue(senior_debt, segments, committed_floor, base_revenue):
    """Revenue in that case, less the lenders' haircut."""
    called = senior_debt.sizing_case == "floor_called"
    revenue = committed_floor if called else _counted(senior_debt, segments, base_revenue)
    return revenue * (1 - senior_debt.sizing_haircut)


@line("Power cost in the sizing case", Measure.MONEY, section=SIZING)
def sizing_power_cost(operations, full_power_cost, sizing_hours, capacity_gpu_hours):
    """Power at the utilisation of the sizing case."""
    idle = operations.idle_power_fraction
    return full_power_cost * (idle + (1 - idle) * ratio(sizing_hours, capacity_gpu_hours))


@line("Operating costs in the sizing case", Measure.MONEY, section=SIZING)
def sizing_costs(operations, inflation, sizing_hours, sizing_revenue, sizing_power_cost, standing_costs):
    """Operating costs at the hours and the revenue of the sizing case."""
    variable = sizing_hours * operations.variable_cost_per_gpu_hour * inflation
    return sizing_power_cost + standing_costs + variable + operations.sga_fraction * sizing_revenue


@line("Cash for debt service in the sizing case", Measure.MONEY, section=SIZING)
def sizing_cfads(partner_default_month, sizing_revenue, sizing_costs, rent_due, contract_rent):
    """Cash that lenders count on, before tax."""
    rent = rent_due if partner_default_month is None else contract_rent
    return greatest(0, sizing_revenue - sizing_costs - rent)


@line("Interest rate a month", Measure.RATE, section=SIZING, once=True)
def debt_rate(senior_debt):
    """Base rate and margin; loan interest is a twelfth of the annual rate."""
    return (senior_debt.base_rate + senior_debt.margin) / 12


@line("Service that the sizing case covers", Measure.MONEY, section=SIZING)
def sizing_service(senior_debt, repaying, sizing_cfads):
    """Largest debt service in the month at the target cover."""
    return repaying * sizing_cfads / senior_debt.target_dscr


@line("Discount factor at the loan rate", Measure.NUMBER, section=SIZING)
def loan_discount(month, debt_rate, first_repayment_month):
    """Brings cash of a month back to one month before the first repayment at the loan's rate."""
    return (1 + debt_rate) ** (first_repayment_month - month - 1)


@line("Level payment of a loan of 1", Measure.NUMBER, section=SIZING, once=True)
def level_service(senior_debt, debt_rate, repayments):
    """Monthly payment that repays an annuity loan of 1 down to its balloon."""
    if senior_debt.profile != "annuity":
        return None
    return level_payment(debt_rate, repayments, senior_debt.balloon_fraction)


@line("Repayment a month of a loan of 1", Measure.NUMBER, section=SIZING, once=True)
def equal_principal(senior_debt, repayments):
    """Equal principal that repays a straight-line loan of 1 down to its balloon."""
    if senior_debt.profile != "straight_line":
        return None
    return ratio(1 - senior_debt.balloon_fraction, repayments)


@line("Service of a loan of 1, balloon apart", Measure.NUMBER, section=SIZING)
def unit_service(month, senior_debt, debt_rate, repaying, first_repayment_month, level_service, equal_principal):
    """What each month of the repayment window costs for every unit of an annuity or straight-line loan."""
    if senior_debt.profile == "sculpted":
        return None
    if senior_debt.profile == "annuity":
        return level_service * repaying
    outstanding = 1 - equal_principal * (month - first_repayment_month)
    return repaying * (equal_principal + debt_rate * outstanding)


@line("Debt that the month covers", Measure.MONEY, section=SIZING, kind=Kind.RATIO)
def affordable_debt(senior_debt, sizing_service, unit_service):
    """Largest debt whose service in this month the sizing case covers, balloon apart."""
    if senior_debt.profile == "sculpted":
        return None
    return ratio(sizing_service, unit_service, otherwise=NA)


@line("Part of a loan that its balloon carries", Measure.FRACTION, section=SIZING, once=True)
def balloon_worth(senior_debt, debt_rate, repayments):
    """Present value of the balloon of a sculpted loan of 1; the rest must come from scheduled service."""
    if senior_debt.profile != "sculpted":
        return None
    return senior_debt.balloon_fraction * (1 + debt_rate) ** (0 - repayments)


@line("Debt that cover allows", Measure.MONEY, section=SIZING, once=True)
def debt_cover_capacity(
    senior_debt, balloon_worth, sizing_service, loan_discount, unit_service, affordable_debt, advance_limit
):
    """Largest debt at the target cover in the sizing case; a loan that costs no service is limited by its advance."""
    if senior_debt.profile != "sculpted":
        return where(largest(unit_service) > 0, smallest(affordable_debt), advance_limit)
    return ratio(total_of_products(sizing_service, loan_discount), 1 - balloon_worth, otherwise=advance_limit)


@line("Debt that the advance rate allows", Measure.MONEY, section=SIZING, once=True)
def advance_limit(senior_debt, capex):
    """Lenders finance at most this part of the capital cost."""
    return senior_debt.advance_rate * capex


@line("Senior debt", Measure.MONEY, section=SIZING, once=True)
def debt_amount(senior_debt, debt_cover_capacity, advance_limit):
    """Debt of the deal as its sizing says: what cover and advance rate allow, the advance rate alone, or an amount."""
    if senior_debt.sizing == "fixed":
        return senior_debt.fixed_amount
    return advance_limit if senior_debt.sizing == "advance" else least(debt_cover_capacity, advance_limit)


@line("Debt in part of what cover allows", Measure.FRACTION, section=SCHEDULE, once=True)
def debt_scale(senior_debt, debt_amount, debt_cover_capacity):
    """A sculpted schedule keeps its shape and is scaled to the debt."""
    if senior_debt.profile != "sculpted":
        return None
    return ratio(debt_amount, debt_cover_capacity, above=HALF_CENT)


@line("Draw as planned", Measure.MONEY, section=SCHEDULE)
def planned_draw(delayed, before_repayment, debt_amount, planned_capex, capex):
    """Debt is drawn at each delivery in proportion to the capital cost; for one that comes too late it lapses."""
    draw = debt_amount * ratio(planned_capex, capex, above=HALF_CENT)
    return before_repayment * draw if delayed else draw


@line("Principal as scheduled", Measure.MONEY, section=SCHEDULE)
def scheduled_principal(
    senior_debt,
    debt_amount,
    debt_rate,
    debt_scale,
    level_service,
    equal_principal,
    repaying,
    repayment_ends,
    sizing_service,
    scheduled_balance,
):
    """Repayment by profile; the last month of the window repays all that is left."""
    left = prior(scheduled_balance)
    match senior_debt.profile:
        case "sculpted":
            regular = repaying * (debt_scale * sizing_service - left * debt_rate)
        case "annuity":
            regular = repaying * (level_service * debt_amount - left * debt_rate)
        case _:
            regular = repaying * equal_principal * debt_amount
    return where(repayment_ends > 0, left, regular)


@line("Balance as scheduled", Measure.MONEY, section=SCHEDULE, kind=Kind.BALANCE)
def scheduled_balance(scheduled_balance, planned_draw, scheduled_principal):
    """Debt outstanding if everything is drawn and paid as scheduled."""
    return prior(scheduled_balance) + planned_draw - scheduled_principal


@line("Principal as scheduled, balloon apart", Measure.MONEY, section=SCHEDULE)
def regular_principal(senior_debt, debt_amount, repayment_ends, scheduled_principal):
    """Cover is measured without the balloon."""
    return scheduled_principal - repayment_ends * senior_debt.balloon_fraction * debt_amount


@line("Service as scheduled, balloon apart", Measure.MONEY, section=SCHEDULE)
def scheduled_service(repaying, debt_rate, scheduled_balance, regular_principal):
    """Interest on the schedule and scheduled principal inside the repayment window."""
    return repaying * (prior(scheduled_balance) * debt_rate + regular_principal)


@line("Service the reserve looks ahead to", Measure.MONEY, section=SCHEDULE, kind=Kind.BALANCE)
def reserve_ahead(month, senior_debt, scheduled_service):
    """Scheduled service of the months that the reserve account must cover."""
    return sum_between(scheduled_service, month + 1, month + senior_debt.dsra_months)


@line("Service until the next settlement", Measure.MONEY, section=SCHEDULE, kind=Kind.BALANCE)
def settlement_ahead(month, commitment, scheduled_service):
    """Calls are settled every few months and service falls every month, so cash for the months between is kept."""
    if not commitment:
        return None
    return sum_between(scheduled_service, month + 1, month + commitment.settlement_months - 1)
