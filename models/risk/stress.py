"""Reverse stress: how far demand and prices must be off together before an event of the deal comes about."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from models.deal.schema import Deal
from models.risk.drivers import (
    DEFAULT_MONTH,
    DELIVERY_DELAY,
    DEMAND_FACTOR,
    PRICE_FACTOR,
    RESIDUAL_FACTOR,
    DriverTerms,
    terms_of,
)
from models.risk.figures import POSITION
from models.risk.model import SimulatedModel
from models.risk.results import StressPoint

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]

LIMIT = 8.0
"""Longest shock looked at, in standard deviations."""

EVENTS = {
    "called": "The support is called",
    "service_missed": "Debt service is missed",
    "position_negative": "The vendor's net position turns negative",
}

_DIRECTIONS, _STEPS, _HALVINGS, _FINER = 48, 33, 24, 3
HALF_CENT = 0.005


def reverse_stress(deal: Deal, *, check: Callable[[], None] = lambda: None) -> tuple[StressPoint, ...]:
    """The smallest joint shock for each event.

    A shock (d, p) puts the common log factors of demand and prices d and p of their standard deviations off in every
    month: factor[m] = exp(beta * sqrt(1 - segment_share) * d * sqrt(Var x[m])), so that no shock is the base case. With
    the correlation r of the shocks its length is sqrt((d^2 - 2 r d p + p^2) / (1 - r^2)). Every direction is walked
    in steps of a quarter until the event comes about, then the step and the angle are refined.

    Args:
        check: called between evaluations; may raise to stop.
    """
    walk = _Walk(deal, check)
    return tuple(walk.smallest(event) for event in EVENTS)


class _Walk:
    def __init__(self, deal: Deal, check: Callable[[], None]) -> None:
        self.deal, self.terms, self.check = deal, terms_of(deal), check
        self.model = SimulatedModel(deal, ("support_called", "debt_service_unpaid", POSITION))
        angles = np.linspace(0.0, 2 * np.pi, _DIRECTIONS, endpoint=False)
        radii = np.linspace(0.0, LIMIT, _STEPS)
        self.angles, self.radii = angles, radii
        grid = [self.happens(np.full(_DIRECTIONS, radius, dtype=np.float64), angles) for radius in radii.tolist()]
        self.grid = {event: np.stack([flags[event] for flags in grid]) for event in EVENTS}  # (steps, directions)

    def smallest(self, event: str) -> StressPoint:
        hit = self.grid[event]
        if hit[0].any():
            return self._point(event, 0.0, 0.0)
        first = np.where(hit.any(axis=0), hit.argmax(axis=0), _STEPS)
        if first.min() == _STEPS:
            return StressPoint(event, EVENTS[event], None, None, None, None, LIMIT)
        angles, width = self.angles[first == first.min()], 2 * np.pi / _DIRECTIONS
        low, high = self.radii[first.min() - 1], self.radii[first.min()]
        # the nearest direction may lie between two walked ones
        for _ in range(_FINER):
            spread = np.linspace(-width, width, 9)
            angles = np.unique((angles[:, None] + spread[None, :]).ravel())
            lengths = self._crossings(event, angles, max(0.0, low - 0.25), high)
            best = int(lengths.argmin())
            angles, width = angles[[best]], width / 4
        return self._point(event, float(lengths[best]), float(angles[0]))

    def _crossings(self, event: str, angles: Array, low: float, high: float) -> Array:
        """Shortest length at which the event comes about in each direction, infinite where it does not by `high`."""
        a, b = np.full(angles.size, low), np.full(angles.size, high)
        reached = self.happens(b, angles)[event]
        for _ in range(_HALVINGS):
            middle = (a + b) / 2
            hit = self.happens(middle, angles)[event]
            a, b = np.where(hit, a, middle), np.where(hit, middle, b)
        return np.where(reached, b, np.inf)

    def happens(self, lengths: Array, angles: Array) -> dict[str, Flags]:
        """Which events come about under shocks of these lengths and directions, shape (shocks,) each."""
        self.check()
        lines = self._lines(*_shocks(lengths, angles, self.terms.correlation))
        size = lengths.size
        found = {
            "called": (lines["support_called"] > 0).any(axis=0),
            "service_missed": (lines["debt_service_unpaid"] > HALF_CENT).any(axis=0),
            "position_negative": lines[POSITION][0] < -HALF_CENT,
        }
        return {event: np.broadcast_to(flags, size) for event, flags in found.items()}

    def _lines(self, demand: Array, price: Array) -> dict[str, Array]:
        return self.model.run(stressed(self.terms, demand, price))

    def _point(self, event: str, length: float, angle: float) -> StressPoint:
        demand, price = _shocks(np.array([length]), np.array([angle]), self.terms.correlation)
        lines = self._lines(np.repeat(demand, 2), np.repeat(price, 2))
        rows = {"called": lines["support_called"] > 0, "service_missed": lines["debt_service_unpaid"] > HALF_CENT}
        month = int(rows[event][:, 0].argmax()) if event in rows else None
        return StressPoint(event, EVENTS[event], length, float(demand[0]), float(price[0]), month, LIMIT)


def stressed(terms: DriverTerms, demand: Array, price: Array) -> dict[str, Array]:
    """Drivers under common shocks in standard deviations, shape (shocks,) each."""
    loading, size = np.sqrt(1 - terms.segment_share), demand.size
    made: dict[str, Array] = {
        RESIDUAL_FACTOR: np.ones((1, size)),
        DEFAULT_MONTH: np.full((1, size), float(terms.months)),
        **{DELIVERY_DELAY.format(i): np.zeros((1, size)) for i in range(len(terms.delays))},
    }
    logs = (
        (DEMAND_FACTOR, np.sqrt(terms.demand.variance)[:, None] * demand),
        (PRICE_FACTOR, np.sqrt(terms.price.variance)[:, None] * price),
    )
    for s, betas in enumerate(terms.betas):
        for beta, (name, log) in zip(betas, logs, strict=True):
            made[name.format(s)] = np.exp(beta * loading * log)
    return made


def _shocks(lengths: Array, angles: Array, correlation: float) -> tuple[Array, Array]:
    """Shocks of demand and prices from their length and direction in independent coordinates."""
    u, v = lengths * np.cos(angles), lengths * np.sin(angles)
    return u, correlation * u + np.sqrt(1 - correlation**2) * v
