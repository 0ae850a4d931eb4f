"""What is kept of the paths: every value of each figure, or counts once there are very many; and sums for the errors.

The values of the first `EXACT` paths are kept. Of more paths a value counts in a bin of all numbers that share its
sign, exponent and first twelve binary digits, and stands for the middle of it, at most 0.013 % off, so that memory
stays flat. Counts add up in any order. Means and their errors always come from sums over the fixed blocks of paths,
added up in the order of the blocks. So neither threads nor tiles change a bit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import sqrt
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from models.risk.estimates import Estimate, Sample, error_of_mean, sample_of
from models.risk.settings import RiskSettings
from models.risk.sobol import REPLICATES
from models.risk.streams import BLOCK

Array = NDArray[np.float64]
Whole = NDArray[np.int64]

EXACT = 131_072
"""Paths up to which every value is kept."""

_DIGITS = 12
_DROPPED = 52 - _DIGITS
PRECISION = 2.0 ** -(_DIGITS + 1)
"""Largest relative error of a value that is only counted."""


class Gathered:
    """The figures of all paths of one deal."""

    def __init__(self, names: Sequence[str], settings: RiskSettings, *, spread: Sequence[str]) -> None:
        """Make room for the figures `names`; those in `spread` are asked for percentiles, the others for means."""
        self.names, self.settings = tuple(names), settings
        self._at = {name: k for k, name in enumerate(self.names)}
        self._exact = settings.paths <= EXACT
        self._spread = tuple(spread)
        self._rows = np.array([self._at[name] for name in spread], dtype=np.int64)
        self._values = np.empty((len(spread), min(settings.paths, EXACT)))
        self._counts: list[tuple[Whole, Whole]] = [(np.empty(0, np.int64), np.empty(0, np.int64)) for _ in spread]
        blocks = -(-settings.paths // BLOCK)
        units = REPLICATES if settings.sampling == "sobol" else 1
        self._sums = np.zeros((blocks, 5, len(self.names), units))
        self._shift = np.zeros(len(self.names))
        self._lock = Lock()

    def shift_by(self, values: Sequence[float]) -> None:
        """Values near those to come, taken off before squaring so that no digit is lost."""
        self._shift[:] = values

    def put(self, first: int, matrix: Array) -> None:
        """Take the figures of consecutive blocks of paths, shape (names, columns), NaN where one does not exist."""
        start = first * BLOCK
        number = min(matrix.shape[1], self.settings.paths - start)
        self._add_up(first, matrix, number)
        chosen = matrix[self._rows, :number]
        kept = self._values[:, start : start + number]
        kept[:] = chosen[:, : kept.shape[1]]
        if self._exact:
            return
        found = [_counted(row) for row in chosen]
        with self._lock:
            self._counts = [_merged(old, new) for old, new in zip(self._counts, found, strict=True)]

    def _add_up(self, first: int, matrix: Array, number: int) -> None:
        there = ~np.isnan(matrix)
        there[:, number:] = False
        off = np.where(there, matrix - self._shift[:, None], 0.0)
        blocks = matrix.shape[1] // BLOCK
        s, c = (x.reshape(len(self.names), blocks, BLOCK) for x in (off, there.astype(np.float64)))
        if self.settings.sampling == "sobol":
            shape = (len(self.names), blocks, BLOCK // REPLICATES, REPLICATES)
            sums = [x.reshape(shape).sum(axis=2).transpose(1, 0, 2) for x in (s, c)]
            self._sums[first : first + blocks, 0] = sums[0]
            self._sums[first : first + blocks, 1] = sums[1]
            return
        if self.settings.sampling == "antithetic":
            s, c = (x[:, :, 0::2] + x[:, :, 1::2] for x in (s, c))
        for k, x in enumerate((s, c, s * s, s * c, c * c)):
            self._sums[first : first + blocks, k, :, 0] = x.sum(axis=2).T

    def mean(self, name: str) -> Estimate:
        """Mean over the paths in which the figure exists, with its standard error."""
        at = self._at[name]
        total = self._sums[:, :, at, :].sum(axis=0)  # (5, units)
        if self.settings.sampling == "sobol":
            s, c = total[0], total[1]
            total = np.array([[x.sum()] for x in (s, c, s * s, s * c, c * c)])
        s, c, ss, sc, cc = total[:, 0].tolist()
        if c == 0:
            return Estimate(None)
        mean = s / c
        number = self._units(c)
        if number < 2:
            return Estimate(mean + float(self._shift[at]))
        variance = max(0.0, ss - 2 * mean * sc + mean * mean * cc) * number / (number - 1)
        return Estimate(mean + float(self._shift[at]), sqrt(variance) / c)

    def _units(self, paths: float) -> float:
        match self.settings.sampling:
            case "random":
                return paths
            case "antithetic":
                return float(-(-paths // 2))
            case _:
                return min(float(REPLICATES), paths)

    def sample(self, name: str) -> Sample:
        """All values of a figure in `spread`."""
        row = self._spread.index(name)
        if self._exact:
            return sample_of(self._values[row])
        keys, counts = self._counts[row]
        return Sample(_middles(keys), counts, PRECISION)

    def first_values(self, name: str) -> Array:
        """Values of a figure in `spread` on the first `EXACT` paths, in their order, shape (paths,)."""
        return np.array(self._values[self._spread.index(name)])

    def error(self, function: Callable[..., Array], *names: str) -> float | None:
        """Standard error of the mean of a function of figures in `spread` that exist in every path.

        Beyond `EXACT` paths it is that of the first `EXACT`, less by the square root of their part of all.
        """
        found = error_of_mean(function(*(self._values[self._spread.index(n)] for n in names)), self.settings.sampling)
        return None if found is None else found * sqrt(self._values.shape[1] / self.settings.paths)


def _counted(values: Array) -> tuple[Whole, Whole]:
    """Numbers of the bins that values fall into, ascending, and how many fall into each."""
    bits = values[~np.isnan(values)].view(np.int64)
    # the bits of a negative number run backwards; turned round, whole numbers are in the order of the values
    ordered = np.where(bits < 0, np.int64(-(2**63)) - bits, bits) >> _DROPPED
    keys, counts = np.unique(ordered, return_counts=True)
    return keys, counts.astype(np.int64)


def _middles(keys: Whole) -> Array:
    """The middle of each bin."""
    ordered = (keys << _DROPPED) + (1 << (_DROPPED - 1))
    ordered = np.where(keys == 0, 0, ordered)
    return np.where(ordered < 0, np.int64(-(2**63)) - ordered, ordered).view(np.float64)


def _merged(a: tuple[Whole, Whole], b: tuple[Whole, Whole]) -> tuple[Whole, Whole]:
    keys, place = np.unique(np.concatenate([a[0], b[0]]), return_inverse=True)
    counts = np.zeros(keys.size, dtype=np.int64)
    np.add.at(counts, place, np.concatenate([a[1], b[1]]))
    return keys, counts
