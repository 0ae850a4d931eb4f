"""Simulated deals against formulas: what a floor costs, how often it is called, what default costs a lender."""

from __future__ import annotations

from math import log, sqrt
from statistics import NormalDist

import pytest

from models.engine.case import evaluate
from models.risk.estimates import Estimate
from models.risk.figures import CALLED_IN, KPI_NAMES, LENDER_LOSS, LOSS
from models.risk.measures import measures_of
from models.risk.paths import pass_over
from models.risk.settings import settings_of
from models.risk.stress import reverse_stress
from tests.models.risk.deals import GPUS, MONTHS, PRICE, one_segment, uncertain

PHI = NormalDist().cdf


def agrees(found: Estimate, expected: float, times: float = 3.0) -> None:
    """An estimate is the expected figure within so many of its own standard errors, and has an error worth the name."""
    assert found.value is not None
    assert found.se
    assert abs(found.value - expected) < times * found.se, (found, expected)


def put(forward: float, strike: float, deviation: float) -> float:
    """Mean of max(0, strike - lognormal) by Black (1976)."""
    d = log(forward / strike) / deviation + deviation / 2
    return strike * PHI(deviation - d) - forward * PHI(-d)


@pytest.mark.parametrize("sampling", ["random", "antithetic", "sobol"])
@pytest.mark.parametrize(("floor", "reversion"), [(3.6, 0.0), (3.0, 0.0), (3.6, 2.0)])
def test_a_floor_costs_what_its_puts_cost(sampling: str, floor: float, reversion: float) -> None:
    """A floor settled every month is a strip of puts on lognormal revenue: EL is their present value by Black.

    Without reversion the log of the price has the deviation 0.3 sqrt(t), with it the one of the process.
    """
    known = uncertain(price_volatility=0.3, price_reversion=reversion, sampling=sampling)
    deal = one_segment(floor, uncertainty=known)
    lines = evaluate(deal).lines
    expected = 0.0
    for month in range(MONTHS):
        years = (month + 1) / 12
        time = years if not reversion else (1 - 2.718281828459045 ** (-2 * reversion * years)) / (2 * reversion)
        hours = GPUS * lines["hours"][month]
        expected += put(PRICE * hours, floor * hours, 0.3 * sqrt(time)) / 1.09**years
    (passed,) = pass_over([deal], settings_of(deal), kpis=())
    agrees(passed.figures.mean(LOSS), expected)


def test_a_floor_is_called_as_often_as_prices_fall_below_it() -> None:
    """With one settlement, in the twelfth month, the probability of a call is that of one normal variable."""
    deal = one_segment(3.6, months=12)
    support = deal.credit_support[0].model_copy(update={"settlement_months": 12, "netting": "none"})
    flat = deal.demand[0].model_copy(update={"gpus_by_month": (0.0,) * 11 + (float(GPUS),)})
    hours = 24.0 * 31 / (24 * 365)
    floors = support.model_copy(update={"floor_prices": (3.6 * hours,)})
    deal = deal.model_copy(update={"credit_support": (floors,), "demand": (flat,)})
    (passed,) = pass_over([deal], settings_of(deal), kpis=KPI_NAMES)
    deviation = 0.3
    agrees(passed.figures.mean(CALLED_IN.format(1)), PHI((log(3.6 / PRICE) + deviation**2 / 2) / deviation))


def test_a_lender_loses_what_the_partner_owes_when_it_defaults() -> None:
    """With debt repaid at the end and worthless systems, a lender's EL is the debt times the discounted hazard."""
    deal = one_segment(
        0.5, months=48, uncertainty=uncertain(partner_default="rating", default_curve=[0.05, 0.12, 0.2, 0.3])
    )
    debt = 2e6
    loan = deal.senior_debt.model_copy(
        update={
            "fixed_amount": debt, "profile": "straight_line", "balloon_fraction": 1.0, "repayment_months": 47,
            "base_rate": 0.0, "margin": 0.0, "dsra_months": 0, "cash_sweep": 0.0, "upfront_fee": 0.0,
            "commitment_fee": 0.0,
        }
    )  # fmt: skip
    worthless = deal.collateral.model_copy(
        update={"annual_value_decline": 1.0, "floor_fraction": 0.0, "enforcement_months": 1}
    )
    late = deal.demand[0].model_copy(update={"gpus_by_month": (0.0, *(float(GPUS),) * 47)})  # no cash is left to take
    share = deal.revenue_share.model_copy(update={"rates": ()})
    deal = deal.model_copy(
        update={"senior_debt": loan, "collateral": worthless, "demand": (late,), "revenue_share": share}
    )
    (passed,) = pass_over([deal], settings_of(deal), kpis=KPI_NAMES)
    found = passed.figures.mean(LENDER_LOSS)
    curve = [0.0, 0.05, 0.12, 0.2, 0.3]
    expected = 0.0
    for month in range(47):  # never in the last month; the lenders lose it a month later
        by = [_probability(curve, (month + k) / 12) for k in (0, 1)]
        expected += debt * (by[1] - by[0]) / 1.09 ** ((month + 2) / 12)
    agrees(found, expected)
    agrees(passed.figures.mean("defaulted"), _probability(curve, 47 / 12))


def _probability(curve: list[float], years: float) -> float:
    year = min(int(years), len(curve) - 2)
    low, high = 1 - curve[year], 1 - curve[year + 1]
    return float(1 - low * (high / low) ** (years - year))


def test_the_nearest_shock_that_calls_a_floor_is_the_fall_to_it() -> None:
    """Prices must fall by log(price / floor); the nearest shock has demand fall with them as their correlation says."""
    known = uncertain(price_volatility=0.3, demand_volatility=0.2, correlation=0.6)
    deal = one_segment(3.0, uncertainty=known)
    called, missed, negative = reverse_stress(deal)
    fall = log(PRICE / 3.0) / (0.3 * sqrt(MONTHS / 12))
    assert called.distance == pytest.approx(fall, abs=2e-3)
    assert called.price == pytest.approx(-fall, abs=2e-3)
    assert called.demand == pytest.approx(-0.6 * fall, abs=0.1)
    assert called.month == MONTHS - 1
    assert missed.distance is None  # there is no debt
    assert called.distance is not None
    assert negative.distance is None or negative.distance > called.distance


def test_a_deal_that_is_called_anyway_needs_no_shock() -> None:
    """Where the base case has the event, the distance is 0."""
    called, _, _ = reverse_stress(one_segment(4.5))
    assert (called.distance, called.demand, called.price, called.month) == (0.0, 0.0, 0.0, 0)


def test_a_loss_too_rare_for_the_value_at_risk_leaves_no_capital_and_says_why() -> None:
    """Fewer paths than 1 % lose: there is an expected loss, no value at risk, and the reason speaks of that alone."""
    (measures,) = measures_of([one_segment(1.2)], paths=4000)
    assert measures.expected_loss.value is not None
    assert measures.expected_loss.value > 0
    assert (measures.value_at_risk.value, measures.raroc.value) == (0.0, None)
    assert "the value at risk is not above the expected loss" in measures.reasons["raroc"]
