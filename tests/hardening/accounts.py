"""What must hold for the figures of any deal, found from its flows and its agreed terms alone.

The boundary is drawn around the project: everybody outside it has one account, positive where money leaves the project.
What all of them receive in a month and what the project holds more at its end (cash, reserve account, escrow) is zero
together. The vendor's flow values bought capacity that it can use itself; here it counts as the money paid.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from models.deal.part import Part
from models.deal.support import CapacityCommitment, DebtGuarantee, LeaseGuarantee, LetterOfCredit, ResidualValue
from models.engine.case import Case
from models.language.line import Kind, Measure
from models.lines.checks import SECTION as CHECKS

Array = NDArray[np.float64]

MAY_BE_NEGATIVE = {
    "cfads_12m": "costs above revenue",
    "cfads_without_12m": "costs above revenue",
    "claims_before": "a surplus of revenue, netted with later months",
    "claims_to_date": "a surplus of revenue, netted with later months",
    "equity_to_date": "money paid in and not yet back",
    "principal_months": "principal by its distance from the draws, which count against it",
    "residual_short": "systems worth more than the strike",
}
"""Sums of money that are not owed or held by anybody, and why they fall below zero."""


ROUNDING = 1e-12
"""Part of the money of a deal that rounding may make or lose."""
HALF_CENT = 0.005
"""What is owed or held no more than this is nothing."""
LEAST = 1.0
"""Money of a deal below which half a cent is no small part of it: then only what holds month by month is asked for."""


def short(values: Array, scale: float) -> float:
    """The furthest of some values below zero, beyond half a cent and rounding; else 0."""
    lowest = float(values.min(initial=0.0))
    return lowest if lowest < -(HALF_CENT + ROUNDING * scale) else 0.0


def scale_of(case: Case) -> float:
    """The size of a deal in money, to which rounding is in proportion."""
    lines = case.lines
    spent = lines["capex_paid"].sum() + lines["cloud_revenue"].sum() + lines["rent_due"].sum()
    return float(spent + np.abs(lines["partner_equity_flow"]).sum())


def accounts(case: Case) -> dict[str, Array]:
    """What each side outside the project receives, by month; negative where it pays."""
    line = case.lines
    lenders = line["debt_service_paid"] + line["sweep"] + line["final_debt_repaid"] + line["lender_recovery"]
    paid_by_vendor = sum(
        line[name]
        for name in (
            "commitment_paid",
            "debt_guarantee_draw",
            "lease_guarantee_draw",
            "letter_of_credit_draw",
            "residual_value_paid",
        )
    )
    return {
        "tenants": -line["cloud_revenue"],
        "suppliers": line["operating_costs_paid"] + line["capex_paid"] - line["hardware_paid"],
        "landlord": line["rent_paid_cash"] + line["escrow_draw"] + line["lease_guarantee_draw"],
        "state": line["tax_paid"],
        "lenders": lenders + line["loan_upfront_fee"] + line["ultimate_draw"] - line["debt_draw"],
        "vendor": line["vendor_flow"] + line["support_payments"] - paid_by_vendor,
        "partner": line["partner_equity_flow"],
        "buyers of systems": -line["residual_proceeds"],
    }


def held(case: Case) -> Array:
    """What the project holds at the end of each month."""
    return case.lines["cash_close"] + case.lines["dsra_balance"] + case.lines["escrow_balance"]


def faults(case: Case) -> Iterator[str]:
    """What is wrong with the figures of a deal, in words; nothing where all holds."""
    scale = scale_of(case)
    yield from _numbers(case)
    yield from _boundary(case, scale)
    yield from _calendar(case)
    if scale < LEAST:
        return
    if not abs(float(sum(map(np.sum, accounts(case).values())))) <= ROUNDING * scale:
        yield "over its life all sides together receive something"
    yield from _signs(case, scale)
    yield from _limits(case, scale)
    for name, line in case.model.lines.items():
        if line.definition.section == CHECKS and line.definition.label and name.startswith("check_"):
            furthest = float(np.abs(case.lines[name]).max())
            if furthest > ROUNDING * scale:
                yield f"{name} is {furthest}"


def _numbers(case: Case) -> Iterator[str]:
    """Nothing is without a number but a ratio that says so, and no key figure is beyond all measure."""
    for name, line in case.model.lines.items():
        values = np.array([case.once[name]]) if line.once else case.lines[name]
        if np.isnan(values).any() or (np.isinf(values).any() and not line.may_be_missing):
            yield f"{name} is no number"
    for name, figure in case.kpis.items():
        if (figure is None) != (name in case.reasons) or not (figure is None or np.isfinite(figure)):
            yield f"the key figure {name} is {figure}, for {case.reasons.get(name, 'no reason')}"


def _boundary(case: Case, scale: float) -> Iterator[str]:
    received = sum(accounts(case).values(), np.zeros(case.months))
    moved = received + np.diff(held(case), prepend=0.0)
    furthest = float(np.abs(moved).max())
    if not furthest <= ROUNDING * scale:
        yield f"money is made or lost: {furthest} in month {int(np.abs(moved).argmax())}"


def _signs(case: Case, scale: float) -> Iterator[str]:
    for name, line in case.model.lines.items():
        definition = line.definition
        money = definition.measure is Measure.MONEY and definition.kind is Kind.BALANCE
        paid = definition.measure is Measure.MONEY and name.endswith(("_paid", "_draw", "_release", "_loss"))
        hours = definition.measure is Measure.GPU_HOURS
        if definition.output in MAY_BE_NEGATIVE or not (money or paid or hours):
            continue
        values = np.array([case.once[name]]) if line.once else case.lines[name]
        if lowest := short(values, scale):
            yield f"{name} falls to {lowest}"


def _limits(case: Case, scale: float) -> Iterator[str]:
    for name, room in _room(case):
        if lowest := short(room, scale):
            yield f"{name} is passed by {-lowest}"


def _room(case: Case) -> Iterator[tuple[str, Array]]:
    """What is left under each limit that the deal agrees, month by month."""
    deal, line, once = case.deal, case.lines, case.once
    for support in deal.credit_support:
        yield from _room_of_support(case, support)
    if deal.senior_debt.sizing != "fixed":
        yield "the advance rate", np.array([once["advance_limit"] - once["debt_amount"]])
    if deal.senior_debt.sizing == "cover":
        yield "the cover of the debt", np.array([once["debt_cover_capacity"] - once["debt_amount"]])
    yield "the debt agreed", once["debt_amount"] - line["debt_draw"].cumsum()
    if deal.revenue_share.cap_multiple is not None:
        supported = sum(phase.gpus * phase.hardware_price for phase in deal.phases if phase.supported)
        room = deal.revenue_share.cap_multiple * supported - line["share_accrued"].cumsum()
        if deal.revenue_share.tail_rate > 0:  # what follows a full cap does not count
            room = room[: int(np.argmax(np.append(room <= HALF_CENT, True))) + 1]
        yield "the cap of the share", room
    yield "the tax that a profit can pay", -line["tax_unpaid"]
    capacity = line["available_gpu_hours"] - line["sold_gpu_hours"]
    yield "the hours available", capacity


def _room_of_support(case: Case, support: Part) -> Iterator[tuple[str, Array]]:
    line, once = case.lines, case.once
    if isinstance(support, CapacityCommitment):
        paid = line["commitment_paid"]
        if support.aggregate_cap is not None:
            yield "the cap of the commitment", support.aggregate_cap - paid.cumsum()
        if support.annual_cap is not None:
            year = np.maximum(0, np.arange(case.months) - int(once["first_operation"])) // 12
            yield "its cap of a year", support.annual_cap - np.bincount(year, weights=paid).astype(np.float64)
        if support.basis != "utilisation":  # which may promise more hours than are covered
            yield "the gross commitment", once["gross_commitment"] - paid.cumsum()
    elif isinstance(support, DebtGuarantee):
        cap = support.cap if support.cap is not None else (support.cap_fraction or 0.0) * once["debt_amount"]
        yield "the cap of the debt guarantee", cap - line["debt_guarantee_draw"].cumsum()
    elif isinstance(support, LeaseGuarantee):
        yield "the cap of the lease guarantee", support.cap - line["lease_guarantee_draw"].cumsum()
        yield "the escrow", support.escrow - line["escrow_draw"].cumsum()
        paid = line["rent_paid_cash"] + line["escrow_draw"] + line["lease_guarantee_draw"]
        yield "the rent", (line["rent_due"] - paid).cumsum()
    elif isinstance(support, ResidualValue):
        cost = sum(phase.gpus * phase.hardware_price for phase in case.deal.phases)
        most = support.quota * support.strike_fraction
        if support.cap_fraction is not None:
            most = min(most, support.cap_fraction)
        yield "the residual value promised", most * cost - line["residual_value_paid"].cumsum()
    elif isinstance(support, LetterOfCredit):
        yield "the letter of credit", support.amount - line["letter_of_credit_draw"].cumsum()


def _calendar(case: Case) -> Iterator[str]:
    days = [monthrange(int(date[:4]), int(date[5:]))[1] for date in case.dates]
    if not np.array_equal(case.lines["hours"], 24.0 * np.array(days)):
        yield "a month does not have the hours of its calendar days"
