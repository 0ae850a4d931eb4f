"""Every value at which a figure meets a target: a scan, then all brackets narrowed at once, many points at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Figure = Callable[[Array], Array]
"""The figure at values of shape (n,), NaN where it does not exist."""

_ROUNDS = 10
_EVEN = 9
_GRADED = np.array([1e-1, 1e-2, 1e-3, 1e-4, 1e-6, 1e-8])
_NEAR = 1e-9
"""Part of the figure's size within which a point of the scan counts as a root."""
_CLOSE = 1e-7
"""Part of it from which a straight line between the two ends does the rest."""
_NARROW = 1e-12


@dataclass(frozen=True)
class Bracket:
    """Two values between which the figure crosses the target, and the figure less the target at each."""

    low: float
    high: float
    at_low: float
    at_high: float

    @property
    def best(self) -> float:
        """Where a straight line between the two meets the target."""
        if self.at_low == self.at_high:
            return self.low
        return self.low - self.at_low * (self.high - self.low) / (self.at_high - self.at_low)

    @property
    def slope(self) -> float:
        return (self.at_high - self.at_low) / (self.high - self.low) if self.high > self.low else 0.0


@dataclass(frozen=True)
class Found:
    """Roots, jumps over the target, and stretches along which the figure equals it."""

    roots: tuple[Bracket, ...]
    jumps: tuple[Bracket, ...]
    level: tuple[tuple[float, float], ...]


def roots_of(
    figure: Figure, values: Array, figures: Array, target: float, size: float, *, base: float, whole: bool = False
) -> Found:
    """Narrow every crossing of a scan.

    Args:
        figure: evaluated again for all brackets together in each round.
        values, figures: the scan, shape (n,), ascending.
        size: size of the figure, in parts of which nearness is measured.
        base: where a whole stretch meets the target, the value of it nearest to this one is the root.
        whole: only whole numbers are tried.
    """
    away = figures - target
    near = np.abs(away) <= _NEAR * size
    level = tuple(_runs(values, near))
    brackets = [
        Bracket(float(values[k]), float(values[k + 1]), float(away[k]), float(away[k + 1]))
        for k in range(len(values) - 1)
        if away[k] * away[k + 1] < 0 and not near[k] and not near[k + 1]
    ]
    known = (values, away)
    for _ in range(_ROUNDS):
        open_ones = [each for each in brackets if not _done(each, size, whole)]
        if not open_ones:
            break
        trials = [_candidates(each, known, whole) for each in open_ones]
        found = figure(np.concatenate(trials)) - target
        ends = np.cumsum([len(each) for each in trials])
        parts = np.split(found, ends[:-1])
        known = (np.concatenate([known[0], *trials]), np.concatenate([known[1], found]))
        narrowed = {id(old): _narrowed(old, xs, gs) for old, xs, gs in zip(open_ones, trials, parts, strict=True)}
        brackets = [narrowed.get(id(each), each) for each in brackets]
    roots = tuple(each for each in brackets if _meets(each, size))
    points = tuple(Bracket(at, at, 0.0, 0.0) for low, high in level for at in (min(max(base, low), high),))
    jumps = tuple(each for each in brackets if not _meets(each, size))
    stretches = tuple((low, high) for low, high in level if low < high)
    return Found(tuple(sorted((*roots, *points), key=lambda each: each.low)), jumps, stretches)


def _runs(values: Array, near: NDArray[np.bool_]) -> list[tuple[float, float]]:
    """Neighbouring values of a scan that all meet the target, as stretches."""
    runs: list[tuple[float, float]] = []
    for k, value in enumerate(values.tolist()):
        if near[k]:
            runs = [*runs[:-1], (runs[-1][0], value)] if runs and k and near[k - 1] else [*runs, (value, value)]
    return runs


def _done(bracket: Bracket, size: float, whole: bool) -> bool:
    narrow = 1.0 if whole else _NARROW * max(abs(bracket.low), abs(bracket.high))
    return bracket.high - bracket.low <= narrow or max(abs(bracket.at_low), abs(bracket.at_high)) <= _CLOSE * size


def _meets(bracket: Bracket, size: float) -> bool:
    """Whether the figure comes as near to the target as the values come to each other: a root, not a jump."""
    nearest = min(abs(bracket.at_low), abs(bracket.at_high))
    return nearest <= 10 * _CLOSE * size


def _candidates(bracket: Bracket, known: tuple[Array, Array], whole: bool) -> Array:
    """Even steps through a bracket and steps of many sizes around where the figure is expected to meet the target."""
    width = bracket.high - bracket.low
    points = [bracket.low + width * np.arange(1, _EVEN + 1) / (_EVEN + 1)]
    for guess in (bracket.best, _curved(bracket, known)):
        points.append(np.array([guess, *(guess + width * _GRADED), *(guess - width * _GRADED)]))
    values = np.concatenate(points)
    values = np.unique(np.round(values) if whole else values)
    return values[(values > bracket.low) & (values < bracket.high)]


def _curved(bracket: Bracket, known: tuple[Array, Array]) -> float:
    """Where the cubic through the four nearest points, the value as a function of the figure, meets the target."""
    values, away = known
    usable = np.flatnonzero(np.isfinite(away))
    nearest = usable[np.argsort(np.abs(values[usable] - bracket.best), kind="stable")[:4]]
    xs, gs = values[nearest], away[nearest]
    if len(set(gs.tolist())) < len(gs):
        return bracket.best
    total = 0.0
    for k in range(len(xs)):
        others = np.delete(gs, k)
        total += float(xs[k] * np.prod(others / (others - gs[k])))
    return total if bracket.low < total < bracket.high else bracket.best


def _narrowed(bracket: Bracket, values: Array, away: Array) -> Bracket:
    """The narrowest pair of neighbours with the crossing between them, points without a figure left out."""
    xs = np.concatenate([[bracket.low], values, [bracket.high]])
    gs = np.concatenate([[bracket.at_low], away, [bracket.at_high]])
    kept = np.isfinite(gs)
    xs, gs = xs[kept], gs[kept]
    exact = np.flatnonzero(gs == 0)
    if exact.size:
        at = float(xs[exact[0]])
        return Bracket(at, at, 0.0, 0.0)
    crossings = np.flatnonzero(gs[:-1] * gs[1:] < 0)
    at = int(crossings[np.argmin(np.abs(gs[crossings]) + np.abs(gs[crossings + 1]))])
    return Bracket(float(xs[at]), float(xs[at + 1]), float(gs[at]), float(gs[at + 1]))
