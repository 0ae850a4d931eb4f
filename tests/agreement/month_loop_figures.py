"""Key figures of the independent month loop, from its lines."""

from __future__ import annotations

from math import isfinite

from .month_loop_plan import HALF_A_CENT, Plan

Figures = dict[str, float | int | None]


def key_figures(made: Plan, lines: dict[str, list[float]]) -> Figures:
    """Return the key figures of a run: totals in money, ratios, months, annual rates; None where one does not exist."""
    total = {name: sum(values) for name, values in lines.items()}
    equity = lines["partner_equity_flow"]
    rate_vendor = made.deal["vendor"]["discount_rate"]
    capex = total["capex_paid"]
    return {
        "debt_amount": made.debt,
        "debt_cover_capacity": made.cover,
        "advance_limit": made.limit,
        "capex": capex,
        "loan_to_cost": made.debt / capex if capex > 0 else None,
        "gross_commitment": sum(made.floor_open),
        "cloud_revenue": total["cloud_revenue"],
        "share_paid": total["share_paid"],
        "share_of_revenue": total["share_paid"] / total["cloud_revenue"] if total["cloud_revenue"] > 0 else None,
        "commitment_paid": total["commitment_paid"],
        "guarantee_paid": total["debt_guarantee_draw"],
        "lease_guarantee_paid": total["lease_guarantee_draw"],
        "lender_loss": total["lender_loss"],
        "distributions": total["distributions"],
        "equity_invested": total["equity_for_capex"] + total["sponsor_support"],
        "min_dscr": _min_dscr(made, lines, "cfads"),
        "min_dscr_without_support": _min_dscr(made, lines, "cfads_without_support"),
        "min_dscr_called": _min_dscr_called(made),
        "llcr": _llcr(made, lines),
        "average_life": _average_life(made),
        "payback_month": _payback(equity),
        "vendor_support_npv": npv(lines["vendor_support_flow"], rate_vendor),
        "vendor_npv": npv(lines["vendor_flow"], rate_vendor),
        "partner_npv": npv(equity, made.deal["partner"]["discount_rate"]),
        "partner_irr": irr(equity),
        "defaulted": int(max(lines["defaulted"])),
    }


def npv(flow: list[float], rate: float) -> float:
    """Return the worth of a monthly flow at an effective annual rate, flows at month ends."""
    return float(sum(amount / (1 + rate) ** ((month + 1) / 12) for month, amount in enumerate(flow)))


def irr(flow: list[float]) -> float | None:
    """Return the annual effective rate at which a flow is worth nothing, by bisection, or None where there is none."""
    if not (min(flow) < -HALF_A_CENT and max(flow) > HALF_A_CENT):
        return None
    low, high = -0.9999, 1000.0
    at_low = npv(flow, low)
    if at_low * npv(flow, high) > 0:
        return None
    for _ in range(200):
        middle = (low + high) / 2
        at_middle = npv(flow, middle)
        if at_low * at_middle <= 0:
            high = middle
        else:
            low, at_low = middle, at_middle
    return (low + high) / 2


def _min_dscr(made: Plan, lines: dict[str, list[float]], cash: str) -> float | None:
    """Return the least twelve-month cover from the twelfth month of the window, and that of the month of default."""
    found = []
    default = next((month for month, flag in enumerate(lines["defaulted"]) if flag), None)
    for month in range(made.first, made.first + made.window):
        if (month < made.first + 11 and month != default) or not isfinite(lines["dscr_12m"][month]):
            continue
        since = max(made.first, month - 11)
        service = sum(lines["scheduled_debt_service"][since : month + 1])
        found.append(sum(lines[cash][since : month + 1]) / service)
    return min(found) if found else None


def _min_dscr_called(made: Plan) -> float | None:
    """Return the least cover of the schedule by the cash flow the debt was sized on."""
    window = range(made.first, made.first + made.window)
    found = [
        made.sizing_cfads[month] / made.scheduled_service[month]
        for month in window
        if made.scheduled_service[month] > HALF_A_CENT
    ]
    return min(found) if found else None


def _llcr(made: Plan, lines: dict[str, list[float]]) -> float | None:
    """Return the worth of the cash flow of the window, at the loan's rate, over the debt."""
    if made.debt <= HALF_A_CENT:
        return None
    window = range(made.first, made.first + made.window)
    worth = sum(lines["cfads"][month] / (1 + made.rate) ** (month - made.first + 1) for month in window)
    return worth / made.debt


def _average_life(made: Plan) -> float | None:
    """Return the years that drawn debt stays out by the schedule, counted from each draw."""
    if made.debt <= HALF_A_CENT:
        return None
    balance, repaid = 0.0, 0.0
    for month, scheduled in enumerate(made.scheduled_balance):
        principal = balance + made.draw[month] - scheduled
        repaid += (month + 1) * principal
        balance = scheduled
    drawn = sum((month + 1) * draw for month, draw in enumerate(made.draw))
    return (repaid - drawn) / made.debt / 12


def _payback(equity: list[float]) -> int | None:
    """Return the first month from which the cumulated flow of the shareholders stays at or above zero."""
    cumulated, since = 0.0, None
    for month, amount in enumerate(equity):
        cumulated += amount
        if cumulated < -HALF_A_CENT:
            since = None
        elif since is None:
            since = month
    return since
