"""Percentiles, tail means and their standard errors, from values kept and from values only counted."""

from __future__ import annotations

from collections.abc import Callable
from math import sqrt
from statistics import NormalDist

import numpy as np
import pytest
from numpy.typing import NDArray

from models.deal.internal import Sampling
from models.risk import gathering
from models.risk.estimates import Estimate, Sample, distribution_of, error_of_mean, sample_of
from models.risk.gathering import PRECISION, Gathered
from models.risk.settings import RiskSettings
from models.risk.sobol import DIGITS, REPLICATES, Points, direction_numbers, normals_of, primitive_polynomials
from models.risk.streams import BLOCK

Array = NDArray[np.float64]


def test_a_percentile_is_the_smallest_value_that_enough_paths_do_not_exceed() -> None:
    """Of ten values the 95th percentile is the tenth, the median the fifth, the tenth part the first."""
    sample = sample_of(np.array([3.0, 1.0, np.nan, 2.0, 10.0, 9.0, 8.0, 7.0, 6.0, 5.0, 4.0]))
    assert [sample.quantile(p) for p in (0.0, 0.1, 0.11, 0.5, 0.95, 1.0)] == [1, 1, 2, 5, 10, 10]
    assert sample.size == 10


def test_percentiles_of_counted_values_follow_the_same_rule() -> None:
    """Values that occur several times count as often."""
    counted = Sample(np.array([1.0, 2.0, 3.0]), np.array([7, 2, 1]))
    plain = sample_of(np.repeat([1.0, 2.0, 3.0], [7, 2, 1]))
    for p in np.linspace(0, 1, 41).tolist():
        assert counted.quantile(p) == plain.quantile(p)
        assert counted.tail_mean(p) == pytest.approx(plain.tail_mean(p))


def test_the_tail_mean_is_the_expected_shortfall() -> None:
    """The mean of the worst tenth of a hundred values is that of the ten highest; of all of them, their mean."""
    sample = sample_of(np.arange(1.0, 101.0))
    assert sample.tail_mean(0.9) == pytest.approx(95.5)
    assert sample.tail_mean(0.0) == pytest.approx(50.5)
    assert sample.tail_mean(0.905) == pytest.approx((0.5 * 91 + sum(range(92, 101))) / 9.5)


def test_an_empty_sample_has_no_percentile() -> None:
    """A figure that exists on no path has no percentiles and no histogram, and is missing everywhere."""
    empty = distribution_of(sample_of(np.full(4, np.nan)), Estimate(None), 4)
    assert (empty.p5, empty.p95, empty.missing, empty.shares.size) == (None, None, 1.0, 0)
    with pytest.raises(ValueError, match="no path"):
        empty.sample.quantile(0.5)


def test_a_histogram_holds_every_path() -> None:
    """The parts of the bins add up to one, the highest value included."""
    found = distribution_of(sample_of(np.random.default_rng(1).normal(size=500)), Estimate(0.0), 500)
    assert found.shares.sum() == pytest.approx(1)
    assert found.edges.size == found.shares.size + 1


def gathered(values: Array, sampling: Sampling = "random") -> Gathered:
    """The figure "x" of so many paths."""
    made = Gathered(["x"], RiskSettings(values.size, 1, sampling), spread=["x"])
    whole = np.zeros(-(-values.size // BLOCK) * BLOCK)
    whole[: values.size] = values
    for first in range(whole.size // BLOCK):
        made.put(first, whole[None, first * BLOCK : (first + 1) * BLOCK])
    return made


def test_errors_of_means_are_those_of_the_units() -> None:
    """Random paths, pairs and scrambles: the error is that of the mean of the units' means."""
    values = np.random.default_rng(2).normal(size=4096)
    pairs = values.reshape(-1, 2).mean(axis=1)
    scrambles = values.reshape(-1, REPLICATES).mean(axis=0)
    for sampling, units in (("random", values), ("antithetic", pairs), ("sobol", scrambles)):
        expected = units.std(ddof=1) / sqrt(units.size)
        found = gathered(values, sampling).mean("x")  # type: ignore[arg-type]  # a word of the loop's table
        assert found.value == pytest.approx(values.mean())
        assert found.se == pytest.approx(expected), sampling
        assert error_of_mean(values, sampling) == pytest.approx(expected), sampling  # type: ignore[arg-type]  # the same


def test_a_mean_counts_only_paths_where_the_figure_exists() -> None:
    """Missing figures leave mean and error to the paths that have one."""
    values = np.random.default_rng(3).normal(5.0, 1.0, size=1500)
    values[::3] = np.nan
    found, kept = gathered(values).mean("x"), values[~np.isnan(values)]
    assert found.value == pytest.approx(kept.mean())
    assert found.se == pytest.approx(kept.std(ddof=1) / sqrt(kept.size))


@pytest.mark.parametrize("count", [1, 2, 513])
def test_few_paths_are_no_trouble(count: int) -> None:
    """A single path has a mean and no error."""
    found = gathered(np.arange(float(count))).mean("x")
    assert found.value == (count - 1) / 2
    assert (found.se is None) == (count == 1)


def test_a_constant_has_no_error() -> None:
    """A figure that is the same on every path, however large, has the error 0."""
    made = Gathered(["x"], RiskSettings(1000, 1, "random"), spread=["x"])
    made.shift_by([1567349383.597])
    for first in range(2):
        made.put(first, np.full((1, BLOCK), 1567349383.597))
    assert made.mean("x").se == 0


@pytest.fixture
def few_exact(monkeypatch: pytest.MonkeyPatch) -> int:
    """Only the first 2,048 paths keep their values."""
    monkeypatch.setattr(gathering, "EXACT", 2048)
    return 2048


def test_counted_values_are_near_enough(few_exact: int) -> None:
    """Percentiles of values that were only counted are within the precision named, means are exact, in any order."""
    values = np.random.default_rng(4).standard_t(3, size=20_000) * 1e8
    values[:5000] = 0.0
    made, plain = gathered(values), sample_of(values)
    assert made.sample("x").size == plain.size
    for p in (0.01, 0.05, 0.3, 0.5, 0.95, 0.99, 0.999):
        assert made.sample("x").quantile(p) == pytest.approx(plain.quantile(p), rel=PRECISION)
        assert made.sample("x").tail_mean(p) == pytest.approx(plain.tail_mean(p), rel=PRECISION)
    assert made.mean("x").value == pytest.approx(values.mean(), rel=1e-12)
    assert made.mean("x").se == pytest.approx(values.std(ddof=1) / sqrt(values.size), rel=1e-12)
    assert few_exact < values.size


def test_counts_do_not_depend_on_the_order_of_the_blocks(few_exact: int) -> None:
    """Blocks put in reverse give the same bins, counts and sums, to the last bit."""
    values = np.random.default_rng(5).normal(size=8 * BLOCK)
    made = Gathered(["x"], RiskSettings(values.size, 1, "random"), spread=["x"])
    for first in reversed(range(8)):
        made.put(first, values[None, first * BLOCK : (first + 1) * BLOCK])
    other = gathered(values)
    assert values.size > few_exact
    assert np.array_equal(made.sample("x").values, other.sample("x").values)
    assert np.array_equal(made.sample("x").counts, other.sample("x").counts)
    assert made.mean("x") == other.mean("x")
    assert made.error(lambda x: x, "x") == other.error(lambda x: x, "x")


def spread_of(statistic: Callable[[Array], float]) -> float:
    """The deviation of a statistic of 2,000 normals over many samples."""
    return float(np.std([statistic(np.random.default_rng(seed).normal(size=2000)) for seed in range(400)]))


def test_errors_of_tail_means_are_what_samples_show() -> None:
    """The error of the influence function of a tail mean is the spread of tail means over many samples."""
    shown = spread_of(lambda x: sample_of(x).tail_mean(0.95))
    values = np.random.default_rng(1000).normal(size=200_000)
    q = sample_of(values).quantile(0.95)
    said = error_of_mean(np.maximum(0.0, values - q) / 0.05, "random")
    assert said is not None
    assert said * sqrt(100) == pytest.approx(shown, rel=0.12)


def test_points_fill_every_interval_once() -> None:
    """In each coordinate and scramble the first 256 points fall one into each 256th of the unit interval."""
    points = Points(7)
    for dimension in (0, 1, 5, 40, 100):
        found = points.coordinate(dimension, 0, 256)
        for scramble in range(REPLICATES):
            assert len(set((found[:, scramble] * 256).astype(int))) == 256


def test_points_average_a_product_better_than_chance() -> None:
    """Over eight coordinates the error of a smooth mean is less than a tenth of that of random points."""
    points = Points(3)
    x = np.stack([points.coordinate(d, 0, 1024) for d in range(8)])
    means = np.prod(1 + (x - 0.5) / 2, axis=0).mean(axis=0)
    assert means.mean() == pytest.approx(1, abs=4 * means.std(ddof=1) / 4)
    assert means.std(ddof=1) < 0.1 * sqrt(((1 + 1 / 48) ** 8 - 1) / 1024)


def test_polynomials_and_directions_are_those_of_sobol_sequences() -> None:
    """The polynomials are the primitive ones by degree, and each direction number has its own leading bit."""
    first = [next_ for next_, _ in zip(primitive_polynomials(), range(8), strict=False)]
    assert [bits for _, bits in first] == [0b11, 0b111, 0b1011, 0b1101, 0b10011, 0b11001, 0b100101, 0b101001]
    for numbers in direction_numbers(64):
        for i, number in enumerate(numbers):
            assert number & -number == 1 << (DIGITS - 1 - i)


def test_normal_quantiles_are_exact_enough() -> None:
    """The polynomial agrees with the normal quantile to 1e-11, far into the tails."""
    uniforms = np.concatenate(
        [np.random.default_rng(1).random(2000), 2.0 ** -np.arange(1, 33), 1 - 2.0 ** -np.arange(1, 33)]
    )
    expected = [NormalDist().inv_cdf(u) for u in uniforms.tolist()]
    assert normals_of(uniforms) == pytest.approx(expected, abs=1e-11)
