"""The random numbers of a simulation: standard normals in fixed blocks of paths, each block from its own seed.

A block of 512 paths draws its numbers from generators seeded by (seed, block, stream); so path K needs block K // 512
alone, and neither the size of a tile, the number of threads nor the number of paths moves a single bit. Each driver has
streams of its own: deals that differ in one driver keep the numbers of all others (common random numbers). SFC64 draws
a normal in two thirds of the time that Philox takes, and a seed sequence keeps its streams apart as a counter would.

Three ways of sampling share one layout, (rows, 512):

- random: independent numbers.
- antithetic: path 2j+1 has the numbers of path 2j with the sign reversed.
- sobol: the coordinates that matter most (the slow waves of each shock, and the draws a path makes once) come from
  scrambled Sobol points, the rest is random. An orthonormal change of coordinates takes the waves' random part out
  and puts the points in, so every number is a standard normal as before. Path k is point k // 16 of scramble k % 16.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from models.deal.internal import Sampling
from models.risk.sobol import REPLICATES, Points, normals_of

Array = NDArray[np.float64]

BLOCK = 512
"""Paths that are drawn together; a multiple of the Sobol scrambles."""

WAVES = 4
"""Slow waves of a shock that Sobol points stand for."""

ONCE, DEMAND, PRICE, FIRST_OWN = 0, 1, 2, 3
"""Streams: what a path draws once, the common shocks, then two for each segment."""


@dataclass(frozen=True)
class Streams:
    """The normals of one seed and way of sampling."""

    seed: int
    sampling: Sampling
    months: int

    def once(self, block: int, rows: int) -> Array:
        """Numbers drawn once a path, shape (rows, BLOCK)."""
        drawn = self._drawn(block, ONCE, np.empty((rows, BLOCK)))
        if self.sampling == "sobol":
            drawn[:_ONCE_DIMENSIONS] = self._points(block, 0, _ONCE_DIMENSIONS)
        return drawn

    def shocks(self, block: int, stream: int, into: Array) -> Array:
        """The monthly shocks of a stream, written into an array of shape (months, BLOCK)."""
        drawn = self._drawn(block, stream, into)
        if self.sampling == "sobol":
            waves, first = self._waves, _ONCE_DIMENSIONS + WAVES * (stream - DEMAND)
            # einsum without BLAS: the same bits whatever else runs
            replaced = np.einsum("wm,mc->wc", waves, drawn)
            drawn += np.einsum("wm,wc->mc", waves, self._points(block, first, waves.shape[0]) - replaced)
        return drawn

    def _drawn(self, block: int, stream: int, into: Array) -> Array:
        source = np.random.SeedSequence(self.seed, spawn_key=(block, stream))
        generator = np.random.Generator(np.random.SFC64(source))
        if self.sampling == "antithetic":
            half = generator.standard_normal((into.shape[0], BLOCK // 2))
            into[:, 0::2] = half
            np.negative(half, out=into[:, 1::2])
        else:
            generator.standard_normal(out=into)
        return into

    def _points(self, block: int, first: int, count: int) -> Array:
        """Normals of consecutive coordinates of the Sobol points for the paths of a block, shape (count, BLOCK)."""
        each = BLOCK // REPLICATES
        points = [self._sobol.coordinate(first + k, block * each, each).reshape(BLOCK) for k in range(count)]
        return normals_of(np.stack(points))

    @cached_property
    def _sobol(self) -> Points:
        return Points(self.seed)

    @cached_property
    def _waves(self) -> Array:
        """Orthonormal cosines (DCT-IV), slowest first: those a running sum of shocks depends on most."""
        count = min(WAVES, self.months)
        angles = np.outer(np.arange(count) + 0.5, np.arange(self.months) + 0.5) * np.pi / self.months
        return np.asarray(np.sqrt(2.0 / self.months) * np.cos(angles))


_ONCE_DIMENSIONS = 2
"""Draws made once a path that get Sobol coordinates: residual value and default."""
