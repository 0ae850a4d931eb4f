"""Rates of return against brute force, and the reasons where there is none."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.engine.returns import HIGHEST, LOWEST, NEVER_PAID_IN, NEVER_PAID_OUT, NO_FLOW, NO_ROOT, irr


def value(flow: list[float], rate: float) -> float:
    """What a flow at month ends is worth at an effective annual rate."""
    return float(sum(amount / (1 + rate) ** ((month + 1) / 12) for month, amount in enumerate(flow)))


def roots(flow: list[float]) -> list[float]:
    """Every rate that a fine search finds, each halved down to the last digits."""
    grid = np.expm1(np.linspace(np.log1p(LOWEST), np.log1p(HIGHEST), 4001))
    exponents = (np.arange(len(flow)) + 1) / 12
    signs = np.sign((np.array(flow) / (1 + grid[:, None]) ** exponents).sum(axis=1))
    return [halved(flow, grid[k], grid[k + 1]) for k in np.flatnonzero(signs[:-1] * signs[1:] < 0)]


def halved(flow: list[float], low: float, high: float) -> float:
    """The rate between two others at which the flow is worth nothing."""
    rising = value(flow, low) < 0
    for _ in range(100):
        middle = (low + high) / 2
        if (value(flow, middle) < 0) == rising:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def rate_of(flow: list[float]) -> tuple[float, str | None]:
    """The rate of one flow and the reason where there is none."""
    rates, reasons = irr(np.array(flow, dtype=np.float64)[:, None])
    return float(rates[0]), reasons[0]


investments = st.tuples(
    st.lists(st.floats(-1e8, -1.0), min_size=1, max_size=6),
    st.lists(st.floats(0.0, 1e8), min_size=1, max_size=40).filter(lambda flow: max(flow) > 1),
)


@settings(derandomize=True, deadline=None, max_examples=80)
@given(investments)
def test_an_investment_has_the_rate_that_brute_force_finds(flow: tuple[list[float], list[float]]) -> None:
    """Money that goes out first and comes back later has one rate: the one a search by halving finds."""
    invested, returned = flow
    both = invested + returned
    expected = roots(both)
    rate, reason = rate_of(both)
    if len(expected) == 1:
        assert reason is None
        assert rate == pytest.approx(expected[0], rel=1e-9, abs=1e-9)
    else:
        assert np.isnan(rate)
        assert reason == NO_ROOT


@pytest.mark.parametrize("annual", [-0.9, -0.2, 0.0, 0.1479762413795399, 2.0, 500.0])
def test_a_rate_put_in_comes_out(annual: float) -> None:
    """A flow built to earn a rate is found to earn it, to the last digits."""
    flow = [-100.0] + [0.0] * 23 + [100.0 * (1 + annual) ** 2]
    rate, reason = rate_of(flow)
    assert reason is None
    assert rate == pytest.approx(annual, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize(
    ("flow", "reason"),
    [
        ([0.0] * 12, NO_FLOW),
        ([0.004, -0.004], NO_FLOW),
        ([-5.0, -1.0, 0.0], NEVER_PAID_OUT),
        ([-5.0, 0.004], NEVER_PAID_OUT),
        ([5.0, 0.0, 1.0], NEVER_PAID_IN),
        ([100.0, -300.0, 250.0], NO_ROOT),
        ([-1.0, 1000.0], NO_ROOT),
    ],
)
def test_no_rate_has_a_reason(flow: list[float], reason: str) -> None:
    """Where no rate exists there is none, and a sentence says why."""
    rate, found = rate_of(flow)
    assert np.isnan(rate)
    assert found == reason


def test_several_rates_are_none() -> None:
    """A flow worth nothing at two rates has no rate of return, and the reason counts them."""
    once, twice = 1.01, 1.05
    flow = [-100.0, 100.0 * (once + twice), -100.0 * once * twice]
    assert len(roots(flow)) == 2
    rate, reason = rate_of(flow)
    assert np.isnan(rate)
    assert reason is not None
    assert reason.startswith("2 rates bring the net present value to zero")


def test_columns_do_not_know_of_each_other() -> None:
    """The rates of many flows at once are those of each alone, missing ones among them."""
    rng = np.random.default_rng(3)
    flows = rng.normal(0.2, 1, (30, 50)) * 1e6
    flows[0] -= 8e6
    flows[:, 7] = 0.0
    flows[:, 8] = np.abs(flows[:, 8])
    rates, reasons = irr(flows)
    for column in range(50):
        alone, why = irr(flows[:, [column]])
        assert reasons[column] == why[0]
        assert rates[column] == pytest.approx(alone[0], rel=1e-12, nan_ok=True)
    for start, stop in ((0, 2), (3, 20), (20, 50)):
        assert irr(flows[:, start:stop])[0].tobytes() == rates[start:stop].tobytes()
    assert sum(reason is None for reason in reasons) > 20


def test_many_investments_have_the_rates_of_a_search() -> None:
    """Rates of many investments, good ones, losses and hopeless ones among them, are what halving finds for each."""
    rng = np.random.default_rng(5)
    flows = np.vstack([-rng.gamma(2, 5e6, (4, 60)), rng.gamma(2, 1e6, (30, 60))])
    flows[4:] *= np.geomspace(1e-3, 1e3, 60)
    rates, reasons = irr(flows)
    for column in range(60):
        flow = flows[:, column].tolist()
        found = roots(flow)
        assert len(found) <= 1
        assert (reasons[column] is None) == (len(found) == 1)
        if found:
            assert rates[column] == pytest.approx(found[0], rel=1e-9, abs=1e-9)
    assert (rates > 1).sum() > 5
    assert (rates < -0.5).sum() > 5


def test_a_lone_column_has_the_bits_it_has_among_others() -> None:
    """Rates come out the same to the last bit for a column alone, in a few or among many, whatever its flows."""
    rng = np.random.default_rng(9)
    flows = np.vstack([-rng.gamma(2, 5e6, (4, 200)), rng.gamma(2, 1e6, (30, 200))])
    flows[:, ::9] *= -1
    flows[-1, ::7] *= -1
    rates, _ = irr(flows)
    assert np.isfinite(rates).sum() > 150
    for start, stop in ((0, 1), (7, 8), (9, 10), (1, 3), (3, 90)):
        assert irr(flows[:, start:stop])[0].tobytes() == rates[start:stop].tobytes()
