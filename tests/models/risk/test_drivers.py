"""The distributions of the drivers against theory: means, deviations, correlations, default frequencies, delays."""

from __future__ import annotations

from math import exp, sqrt
from statistics import NormalDist

import numpy as np
import pytest
from numpy.typing import NDArray

from models.deal.schema import Deal
from models.risk.curves import CURVES, by_month
from models.risk.drivers import DEFAULT_MONTH, DELIVERY_DELAY, RESIDUAL_FACTOR, Drivers, LogFactor, terms_of
from models.risk.settings import RiskSettings
from models.risk.streams import BLOCK
from tests.models.deal.samples import Json, raw
from tests.models.risk.deals import uncertain

Array = NDArray[np.float64]

BLOCKS = 60
PATHS = BLOCKS * BLOCK
NORMAL = NormalDist()


def deal_with(**uncertainty: object) -> Deal:
    """Austral with other assumptions about risk."""
    deal = raw()
    deal["uncertainty"] |= uncertainty
    return Deal.model_validate(deal)


def drawn(deal: Deal, sampling: str = "random", blocks: int = BLOCKS) -> dict[str, Array]:
    """The drivers of many paths."""
    settings = RiskSettings(PATHS, deal.uncertainty.seed, sampling)  # type: ignore[arg-type]  # a word of the test's table
    return Drivers(terms_of(deal), settings).tile(0, blocks)


def near(found: Array | float, expected: Array | float, error: Array | float, times: float = 3.5) -> None:
    """A figure is the expected one, within a few of its standard errors."""
    off = np.abs(np.asarray(found) - expected) / error
    assert off.max() < times, (found, expected, error)


@pytest.mark.parametrize("reversion", [0.0, 0.5, 3.0])
@pytest.mark.parametrize("kind", ["demand", "price"])
def test_factors_have_mean_one_and_the_deviation_of_the_process(kind: str, reversion: float) -> None:
    """In every month the mean of a factor is 1 and its log has the variance beta^2 vol^2 (1 - exp(-2kt)) / 2k."""
    deal = deal_with(**{f"{kind}_reversion": reversion, f"{kind}_volatility": 0.25})
    rows = drawn(deal)[f"demand[4].{kind}_factor"]
    beta = 1.2 if kind == "demand" else 1.0
    years = np.arange(1, deal.months + 1) / 12
    time = years if reversion == 0 else (1 - np.exp(-2 * reversion * years)) / (2 * reversion)
    variance = beta**2 * 0.25**2 * time
    near(rows.mean(axis=1), 1.0, np.sqrt(np.expm1(variance) / PATHS))
    logs = np.log(rows)
    near(logs.var(axis=1), variance, variance * sqrt(2 / PATHS))
    near(logs.mean(axis=1), -variance / 2, np.sqrt(variance / PATHS))


def test_shocks_fade_at_the_speed_of_reversion() -> None:
    """The log a year later is correlated with the log now as exp(-k) times the ratio of the deviations says."""
    k, deal = 0.7, deal_with(demand_reversion=0.7)
    logs = np.log(drawn(deal)["demand[2].demand_factor"])
    spread = np.sqrt(LogFactor(0.25, k, deal.months).variance)
    expected = exp(-k) * spread[23] / spread[35]
    near(np.corrcoef(logs[23], logs[35])[0, 1], expected, (1 - expected**2) / sqrt(PATHS))


@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
def test_segments_share_what_is_not_their_own(share: float) -> None:
    """Two segments' logs are correlated by 1 - segment_share; demand and prices of one by that times `correlation`."""
    deal = deal_with(segment_share=share, demand_reversion=0.0, correlation=0.6)
    rows = {name: np.log(row[-1]) for name, row in drawn(deal).items() if "factor" in name and row.shape[0] > 1}
    for a, b, expected in (
        ("demand[2].demand_factor", "demand[4].demand_factor", 1 - share),
        ("demand[2].price_factor", "demand[3].price_factor", 1 - share),
        ("demand[2].demand_factor", "demand[2].price_factor", 0.6 * (1 - share)),
    ):
        error = max(1e-12, (1 - expected**2) / sqrt(PATHS))
        near(np.corrcoef(rows[a], rows[b])[0, 1], expected, error)


def test_the_residual_factor_is_lognormal_and_follows_prices() -> None:
    """Its mean is 1, its log has the deviation asked for and the correlation asked for with the sum of price shocks."""
    deal = deal_with(residual_volatility=0.4, residual_correlation=0.5, segment_share=0.0, price_reversion=0.0)
    rows = drawn(deal)
    factor, prices = rows[RESIDUAL_FACTOR][0], np.log(rows["demand[2].price_factor"][-1])
    near(factor.mean(), 1.0, sqrt((exp(0.16) - 1) / PATHS))
    near(np.log(factor).std(), 0.4, 0.4 / sqrt(2 * PATHS))
    near(np.corrcoef(np.log(factor), prices)[0, 1], 0.5, 0.75 / sqrt(PATHS))


@pytest.mark.parametrize("sampling", ["random", "antithetic", "sobol"])
@pytest.mark.parametrize("correlation", [0.0, 0.5, 1.0])
def test_defaults_follow_the_curve_of_the_rating(correlation: float, sampling: str) -> None:
    """By the end of every year the share of paths in default is the rating's, however defaults hang on demand."""
    months = drawn(deal_with(default_correlation=correlation), sampling)[DEFAULT_MONTH][0]
    for year, probability in enumerate(CURVES["B"][:6], start=1):
        near((months < 12 * year).mean(), probability, sqrt(probability * (1 - probability) / PATHS))


def test_a_curve_of_the_deal_takes_the_place_of_the_rating() -> None:
    """`default_curve` overrides the table; within a year and beyond its end the hazard is constant."""
    curve = (0.1, 0.1, 0.28)
    rows = by_month(curve, 60)
    assert rows[[11, 23, 35]] == pytest.approx([0.1, 0.1, 0.28])
    assert 1 - rows[5] == pytest.approx(sqrt(0.9))
    assert 1 - rows[47] == pytest.approx(0.72 * 0.8)
    months = drawn(deal_with(default_curve=curve))[DEFAULT_MONTH][0]
    near((months < 36).mean(), 0.28, sqrt(0.28 * 0.72 / PATHS))
    assert not ((months >= 12) & (months < 24)).any()


def test_a_partner_that_never_defaults_never_does() -> None:
    """With `partner_default` none the month of default lies beyond the model on every path."""
    assert (drawn(deal_with(partner_default="none"))[DEFAULT_MONTH] == 74).all()


@pytest.mark.parametrize("rho", [0.2, 0.6])
def test_defaults_given_demand_are_those_of_vasicek(rho: float) -> None:
    """Given the common factor, defaults by year three occur as often as the one-factor formula says, in every tenth."""
    deal = deal_with(default_correlation=rho, segment_share=0.0, demand_reversion=0.0, seed=9)
    rows = drawn(deal)
    logs = np.log(rows["demand[2].demand_factor"][-1])
    deviation = 0.25 * sqrt(deal.months / 12)
    z = (logs + deviation**2 / 2) / deviation
    barrier = NORMAL.inv_cdf(CURVES["B"][2])
    given = np.array([NORMAL.cdf((barrier - sqrt(rho) * x) / sqrt(1 - rho)) for x in z.tolist()])
    defaulted = rows[DEFAULT_MONTH][0] < 36
    for tenth in np.array_split(np.argsort(z), 10):
        expected = given[tenth].mean()
        error = sqrt((given[tenth] * (1 - given[tenth])).sum()) / tenth.size
        near(defaulted[tenth].mean(), expected, error + 1e-9)
    assert defaulted[np.argsort(z)[: PATHS // 10]].mean() > 2 * CURVES["B"][2]


@pytest.mark.parametrize("mean", [0.5, 3.0])
def test_delays_are_geometric(mean: float) -> None:
    """A delay has the mean of the deal, the deviation sqrt(M (1 + M)), and is none with probability 1 / (1 + M)."""
    rows = drawn(deal_with(delivery_delay_months=[mean, 0.0, mean, mean]))
    late = rows[DELIVERY_DELAY.format(0)][0]
    near(late.mean(), mean, sqrt(mean * (1 + mean) / PATHS))
    near(late.std(), sqrt(mean * (1 + mean)), 2.5 * sqrt(mean * (1 + mean) / PATHS))
    near((late == 0).mean(), 1 / (1 + mean), 0.5 / sqrt(PATHS))
    assert (rows[DELIVERY_DELAY.format(1)] == 0).all()
    assert abs(np.corrcoef(late, rows[DELIVERY_DELAY.format(2)][0])[0, 1]) < 4 / sqrt(PATHS)


@pytest.mark.parametrize("sampling", ["antithetic", "sobol"])
def test_other_ways_of_sampling_have_the_same_distribution(sampling: str) -> None:
    """Factors from pairs and from scrambled points have mean 1, the same deviations and correlations as random ones."""
    rows = drawn(deal_with(segment_share=0.3, demand_reversion=0.0), sampling)
    for month in (0, 30, 73):
        factor = rows["demand[2].demand_factor"][month]
        variance = 0.25**2 * (month + 1) / 12
        near(factor.mean(), 1.0, sqrt((exp(variance) - 1) / PATHS))
        near(np.log(factor).std(), sqrt(variance), sqrt(variance / PATHS))
    logs = [np.log(rows[f"demand[{s}].demand_factor"][73]) for s in (2, 4)]
    near(np.corrcoef(*logs)[0, 1], 0.7, 1 / sqrt(PATHS))


def test_pairs_mirror_each_other() -> None:
    """With antithetic pairs the shocks of a path and its neighbour cancel: their logs add up to twice the drift."""
    rows = drawn(deal_with(), "antithetic", 1)
    logs = np.log(rows["demand[2].price_factor"])
    variance = 0.25**2 * np.arange(1, 75) / 12
    assert logs[:, 0::2] + logs[:, 1::2] == pytest.approx(np.repeat(-variance[:, None], BLOCK // 2, axis=1), abs=1e-12)


@pytest.mark.parametrize("sampling", ["random", "antithetic", "sobol"])
def test_a_block_alone_is_what_it_is_among_others(sampling: str) -> None:
    """Block 3 drawn alone equals block 3 of a tile of five, to the last bit, in every driver."""
    deal = deal_with(delivery_delay_months=[1.0, 1.0, 1.0, 1.0])
    many = {name: row.copy() for name, row in drawn(deal, sampling, 5).items()}
    settings = RiskSettings(PATHS, deal.uncertainty.seed, sampling)  # type: ignore[arg-type]  # a word of the test's table
    alone = Drivers(terms_of(deal), settings).tile(3, 1)
    for name, row in alone.items():
        expected = many[name][:, 3 * BLOCK : 4 * BLOCK] if row.shape[1] > 1 else many[name]
        assert np.array_equal(row, expected), name


def test_deals_that_differ_in_one_driver_share_the_others() -> None:
    """Another loading of one segment leaves the numbers of all other segments, values and defaults as they were."""
    deal = raw()
    before = {name: row.copy() for name, row in drawn(Deal.model_validate(deal), blocks=1).items()}
    deal["demand"][2] |= {"demand_beta": 0.0, "price_beta": 2.0}
    after = drawn(Deal.model_validate(deal), blocks=1)
    changed = [name for name, row in before.items() if not np.array_equal(row, after[name])]
    assert changed == ["demand[2].demand_factor", "demand[2].price_factor"]


def test_nothing_varies_where_nothing_is_uncertain() -> None:
    """Without volatility all factors are 1, as in the base case."""
    fields: Json = raw() | {"uncertainty": uncertain()}
    for name, row in drawn(Deal.model_validate(fields), blocks=1).items():
        assert (row == (74 if name == DEFAULT_MONTH else 1)).all(), name
