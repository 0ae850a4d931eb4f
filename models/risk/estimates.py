"""Estimates from simulated paths, each with its standard error.

Percentiles follow one rule: the smallest value that at least the part p of all paths does not exceed. A tail mean is
the expected shortfall of Acerbi and Tasche (2002), q + mean(max(0, x - q)) / (1 - p).

Errors know how the paths were drawn. The units are single paths, antithetic pairs, or the sixteen scrambles of Sobol
points; with s_u the sum over a unit and c_u its number of paths, a mean has the variance
sum_u (s_u - c_u * mean)^2 / n^2 * U / (U - 1). A percentile q has the error by which p must be wrong to move it
(Woodruff, 1952): half the distance between the percentiles p - e and p + e, with e the error of the part of paths
at or below q. A tail mean has that of the mean of max(0, x - q) / (1 - p), a standard deviation that of
((x - mean)^2 - variance) / (2 * standard deviation).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np
from numpy.typing import NDArray

from models.deal.internal import Sampling
from models.risk.sobol import REPLICATES

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Estimate:
    """A figure and its standard error; None where there is none."""

    value: float | None
    se: float | None = None


@dataclass(frozen=True)
class Sample:
    """All values that occur, in ascending order, and how many paths have each.

    Attributes:
        values: shape (values,).
        counts: paths with each value, shape (values,).
        precision: largest relative error of a value, 0 where they are exact.
    """

    values: Array
    counts: NDArray[np.int64]
    precision: float = 0.0

    @property
    def size(self) -> int:
        """Paths in which the figure exists."""
        return int(self.counts.sum())

    def quantile(self, p: float) -> float:
        """The smallest value that at least the part p of the paths does not exceed.

        Raises:
            ValueError: the sample is empty.
        """
        if not self.values.size:
            raise ValueError("there is no path to take a percentile of")
        below = np.cumsum(self.counts)
        rank = min(self.size, max(1, ceil(round(p * self.size, 9))))
        return float(self.values[np.searchsorted(below, rank)])

    def tail_mean(self, p: float) -> float:
        """Mean of the worst part 1 - p of the paths, the highest values."""
        q = self.quantile(p)
        over = float(np.maximum(0.0, self.values - q) @ self.counts) / self.size
        return q + over / (1 - p) if p < 1 else q

    def histogram(self, edges: Array) -> Array:
        """Part of the paths between consecutive edges, the last one included; shape (edges - 1,)."""
        counts, _ = np.histogram(self.values, bins=edges, weights=self.counts)
        return np.asarray(counts / self.size)


def sample_of(values: Array) -> Sample:
    """The sample of plain values, those that do not exist (NaN) left out."""
    kept = np.sort(values[~np.isnan(values)])
    return Sample(kept, np.ones(kept.size, dtype=np.int64))


@dataclass(frozen=True)
class Distribution:
    """How a figure is distributed over the paths; percentiles None where it exists in none.

    Attributes:
        mean: with its standard error, over the paths in which the figure exists.
        missing: part of the paths in which it does not.
        edges, shares: a histogram of 50 bins between the lowest and the highest value: bounds of shape (51,), and
            the part of these paths in each of shape (50,). Empty where the figure is the same in all.
        sample: the values themselves, for other percentiles and bins.
    """

    mean: Estimate
    p5: float | None
    p25: float | None
    p50: float | None
    p75: float | None
    p95: float | None
    missing: float
    edges: Array
    shares: Array
    sample: Sample


BINS = 50
PERCENTILES = (0.05, 0.25, 0.50, 0.75, 0.95)


def distribution_of(sample: Sample, mean: Estimate, paths: int) -> Distribution:
    """The distribution of a figure that has this sample among so many paths."""
    p5, p25, p50, p75, p95 = (sample.quantile(p) if sample.size else None for p in PERCENTILES)
    edges, shares = np.empty(0), np.empty(0)
    if sample.size and sample.values[-1] > sample.values[0]:
        edges = np.linspace(sample.values[0], sample.values[-1], BINS + 1)
        shares = sample.histogram(edges)
    return Distribution(mean, p5, p25, p50, p75, p95, 1 - sample.size / paths, edges, shares, sample)


def error_of_mean(values: Array, sampling: Sampling) -> float | None:
    """Standard error of the mean of a value by path, in the order of the paths; None from a single unit."""
    paths = values.size
    deviation = values - values.mean()
    if sampling == "random":
        units = deviation
    elif sampling == "antithetic":
        units = np.add.reduceat(deviation, np.arange(0, paths, 2))
    else:
        units = np.array([deviation[r::REPLICATES].sum() for r in range(min(REPLICATES, paths))])
    number = units.size
    return None if number < 2 else sqrt(float(units @ units) * number / (number - 1)) / paths
