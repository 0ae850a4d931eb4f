"""Scrambled Sobol points: direction numbers from primitive polynomials, scrambled anew in each of 16 replicates.

A Sobol sequence (1967) fills the unit cube more evenly than chance. Dimension d has direction numbers v_1, v_2, ...
that follow the recurrence of a primitive polynomial over GF(2); the point n is the exclusive or of the v_i whose bit
is set in n. Each replicate multiplies the direction numbers by a random lower-triangular matrix of bits and adds a
random digital shift (Matousek, 1998): every point is then uniform, and the spread of the replicates' means is an
honest error, which a single sequence does not have.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Bits = NDArray[np.uint64]

REPLICATES = 16
"""Independent scrambles; their means are the units from which errors are computed."""

DIGITS = 32
"""Binary digits of a coordinate, and most points of a scramble as a power of two."""


def primitive_polynomials() -> Iterator[tuple[int, int]]:
    """Primitive polynomials over GF(2) by degree: (degree, bits with the leading one)."""
    degree = 1
    while True:
        for low in range(1, 1 << degree, 2):
            polynomial = (1 << degree) | low
            if _is_primitive(polynomial, degree):
                yield degree, polynomial
        degree += 1


def _is_primitive(polynomial: int, degree: int) -> bool:
    """Whether the powers of x modulo the polynomial run through all residues but 0."""
    residue, order = 1, 0
    while True:
        residue <<= 1
        if residue >> degree:
            residue ^= polynomial
        order += 1
        if residue == 1:
            return order == (1 << degree) - 1
        if residue == 0 or order >= 1 << degree:
            return False


@cache
def direction_numbers(dimensions: int) -> tuple[tuple[int, ...], ...]:
    """For each dimension its direction numbers, each a fraction of 2**DIGITS; the first is van der Corput's."""
    numbers = [tuple(1 << (DIGITS - 1 - i) for i in range(DIGITS))]
    choice = np.random.Generator(np.random.PCG64(_CHOICE))
    for degree, polynomial in islice(primitive_polynomials(), dimensions - 1):
        # any odd numbers below 2**i will do as a start; scrambling evens out a poor choice
        start = [2 * int(choice.integers(0, 1 << i)) + 1 for i in range(degree)]
        v = [m << (DIGITS - 1 - i) for i, m in enumerate(start)]
        for i in range(degree, DIGITS):
            new = v[i - degree] ^ (v[i - degree] >> degree)
            for k in range(1, degree):
                if polynomial >> (degree - k) & 1:
                    new ^= v[i - k]
            v.append(new)
        numbers.append(tuple(v))
    return tuple(numbers)


_CHOICE = 20_270_101
"""Seed of the odd numbers that begin each recurrence; fixed, so that a sequence never changes."""


@dataclass
class Points:
    """Coordinates of scrambled Sobol points, one sequence for each replicate."""

    seed: int
    _scrambled: dict[int, tuple[Bits, Bits]] = field(default_factory=dict)

    def coordinate(self, dimension: int, first: int, count: int) -> Array:
        """One coordinate of consecutive points in all replicates, shape (count, REPLICATES), inside (0, 1)."""
        directions, shift = self._scramble(dimension)
        digits = int(first + count - 1).bit_length()
        index, place = np.arange(first, first + count, dtype=np.uint64), np.arange(digits, dtype=np.uint64)
        chosen = (index[:, None] >> place) & np.uint64(1)
        found = shift ^ np.bitwise_xor.reduce(chosen[:, :, None] * directions[:digits], axis=1)
        return np.asarray((found + 0.5) / float(1 << DIGITS), dtype=np.float64)

    def _scramble(self, dimension: int) -> tuple[Bits, Bits]:
        """Direction numbers, shape (DIGITS, REPLICATES), and digital shift, shape (REPLICATES,), of a dimension."""
        if dimension not in self._scrambled:
            source = np.random.SeedSequence(self.seed, spawn_key=(_SCRAMBLE, dimension))
            random = np.random.Generator(np.random.SFC64(source))
            plain = direction_numbers(max(64, dimension + 1))[dimension]
            rows = random.integers(0, 1 << DIGITS, size=(DIGITS, REPLICATES), dtype=np.uint64)
            shift = random.integers(0, 1 << DIGITS, size=REPLICATES, dtype=np.uint64)
            directions = np.zeros((DIGITS, REPLICATES), dtype=np.uint64)
            for digit in range(DIGITS):
                place = np.uint64(DIGITS - 1 - digit)
                # digit `digit` of the result looks at the digits before it, at random, and at itself
                above = np.uint64(((1 << digit) - 1) << (DIGITS - digit))
                mask = (rows[digit] & above) | (np.uint64(1) << place)
                for i, number in enumerate(plain):
                    parity = np.bitwise_count(mask & np.uint64(number)).astype(np.uint64) & np.uint64(1)
                    directions[i] |= parity << place
            self._scrambled[dimension] = (directions, shift)
        return self._scrambled[dimension]


_SCRAMBLE = 2**31
"""Keeps the scrambles' seeds apart from those of the blocks."""


@cache
def _inverse() -> tuple[np.polynomial.Chebyshev, float, float]:
    """Minus the normal quantile of u = exp(-r^2/2), over r, as a polynomial good to 1e-12."""
    low, high = float(np.sqrt(2 * np.log(2))), float(np.sqrt(2 * (DIGITS + 2) * np.log(2)))
    inverse = NormalDist().inv_cdf

    def values(r: Array) -> Array:
        return np.array([-inverse(min(0.5, float(np.exp(-x * x / 2)))) for x in r.ravel()]).reshape(r.shape)

    return np.polynomial.Chebyshev.interpolate(values, 28, domain=[low, high]), low, high


def normals_of(uniforms: Array) -> Array:
    """Standard normal quantiles of numbers inside (0, 1)."""
    polynomial, low, high = _inverse()
    tail = np.minimum(uniforms, 1.0 - uniforms)
    r = np.clip(np.sqrt(-2.0 * np.log(tail)), low, high)
    return np.asarray(np.copysign(np.maximum(0.0, polynomial(r)), uniforms - 0.5))
