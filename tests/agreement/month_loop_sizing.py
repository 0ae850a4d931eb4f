"""Sizing and schedule of the senior debt, for the independent month loop: before tax and in the base case."""

from __future__ import annotations

from .month_loop_plan import HALF_A_CENT, Json, Plan, month_number


def size_debt(made: Plan) -> None:
    """Fill the debt side of a plan: sizing cash flow, cover, debt, draws, schedule and upfront fees."""
    terms = made.deal["senior_debt"]
    made.rate = (terms["base_rate"] + terms["margin"]) / 12
    made.first = month_number(terms["first_repayment"]) - month_number(made.deal["start"])
    made.window = max(0, min(terms["repayment_months"], made.months - made.first))
    made.sizing_cfads = sizing_cfads(made)
    made.cover = _cover(made)
    total = sum(made.capex)
    made.limit = terms["advance_rate"] * total
    made.debt = {
        "cover": min(made.cover, made.limit),
        "advance": made.limit,
        "fixed": terms["fixed_amount"] or 0.0,
    }[terms["sizing"]]
    if total <= 0:
        made.debt = 0.0
    drawn = 0.0
    for month in range(made.months):
        made.draw.append(made.debt * made.capex[month] / total if total > 0 else 0.0)
        drawn += made.draw[month]
        made.undrawn.append(max(0.0, made.debt - drawn))
    _schedule(made)
    _upfront_fees(made)


def sizing_cfads(made: Plan) -> list[float]:
    """Return the cash flow by month that the lenders size their debt on."""
    terms = made.deal["senior_debt"]
    keep = 1 - terms["sizing_haircut"]
    commitment: Json = made.commitment or {"coverage": 0.0}
    cash = []
    for month in range(made.months):
        if terms["sizing_case"] == "floor_called":
            sold, revenue = commitment["coverage"] * made.supported[month], made.floor_open[month] * keep
        else:
            sold, revenue = _base_sales(made, month, only_reserved=terms["sizing_case"] == "contracted")
            revenue *= keep
        available = made.available[month]
        power = made.power(month, sold / available if available > 0 else 0.0)
        cash.append(max(0.0, revenue - made.costs(month, power, sold, revenue) - made.rent[month]))
    return cash


def _base_sales(made: Plan, month: int, *, only_reserved: bool) -> tuple[float, float]:
    """Return hours and revenue of all segments, or of the reserved ones, served in the order of the list."""
    left = made.available[month]
    hours, revenue = 0.0, 0.0
    for entry, wanted, price in zip(made.deal["demand"], made.wanted, made.price, strict=True):
        sold = min(wanted[month], left)
        left -= sold
        if not only_reserved or entry["product"] == "reserved":
            hours += sold
            revenue += sold * price[month] * (1 - entry["bad_debt"])
    return hours, revenue


def _level(rate: float, count: int, balloon: float) -> float:
    """Return the level payment per unit of debt that leaves the balloon after so many months."""
    if rate == 0:
        return (1 - balloon) / count
    discount = (1 + rate) ** -count
    return rate * (1 - balloon * discount) / (1 - discount)


def _cover(made: Plan) -> float:
    """Return the largest debt the sizing cash flow covers."""
    terms = made.deal["senior_debt"]
    rate, count, balloon = made.rate, made.window, terms["balloon_fraction"]
    if count == 0:
        return 0.0
    service = [cash / terms["target_dscr"] for cash in made.sizing_cfads[made.first : made.first + count]]
    if terms["profile"] == "sculpted":
        worth = sum(paid / (1 + rate) ** (at + 1) for at, paid in enumerate(service))
        kept = 1 - balloon * (1 + rate) ** -count
        return worth / kept if kept > 0 else 0.0
    if terms["profile"] == "annuity":
        unit = _level(rate, count, balloon)
        return min(service) / unit if unit > 0 else 0.0
    part = (1 - balloon) / count
    units = [part + rate * (1 - at * part) for at in range(count)]
    return min((paid / unit if unit > 0 else 0.0) for paid, unit in zip(service, units, strict=True))


def _schedule(made: Plan) -> None:
    """Fill the scheduled balance, and scheduled principal and service, both without the balloon."""
    terms = made.deal["senior_debt"]
    rate, count, balloon = made.rate, made.window, terms["balloon_fraction"]
    balance = 0.0
    scale = made.debt / made.cover if made.cover > HALF_A_CENT else 0.0
    for month in range(made.months):
        opening = balance
        balance += made.draw[month]
        principal = 0.0
        if made.in_window(month):
            if month == made.first + count - 1:
                balance = 0.0
                principal = opening - balloon * made.debt
            else:
                if terms["profile"] == "sculpted":
                    principal = scale * made.sizing_cfads[month] / terms["target_dscr"] - opening * rate
                elif terms["profile"] == "annuity":
                    principal = made.debt * _level(rate, count, balloon) - opening * rate
                else:
                    principal = made.debt * (1 - balloon) / count
                balance -= principal
        elif month >= made.first:
            balance = 0.0
        made.scheduled_balance.append(balance)
        made.scheduled_principal.append(principal)
        made.scheduled_service.append(opening * rate + principal if made.in_window(month) else 0.0)


def _upfront_fees(made: Plan) -> None:
    """Fill the fees paid at the first delivery, to the lenders and to the vendor, and the cap of the guarantee."""
    made.loan_upfront, made.support_upfront = [0.0] * made.months, [0.0] * made.months
    month = min(phase.delivery for phase in made.phases)
    made.loan_upfront[month] = made.deal["senior_debt"]["upfront_fee"] * made.debt
    fees = 0.0
    if entry := made.supports.get("capacity_commitment"):
        gross = sum(made.floor_open)
        cap = entry["aggregate_cap"]
        fees += entry["upfront_fee"] * (gross if cap is None else min(gross, cap))
    if entry := made.supports.get("debt_guarantee"):
        made.guarantee_cap = entry["cap"] if entry["cap"] is not None else (entry["cap_fraction"] or 0.0) * made.debt
        fees += entry["upfront_fee"] * made.guarantee_cap
    if entry := made.supports.get("lease_guarantee"):
        fees += entry["upfront_fee"] * entry["cap"]
    if entry := made.supports.get("letter_of_credit"):
        fees += entry["upfront_fee"] * entry["amount"]
    made.support_upfront[month] = fees
