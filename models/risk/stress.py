"""Reverse stress: how far demand and prices must be off together before an event of the deal comes about."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from models.deal.schema import Deal
from models.engine.returns import HALF_CENT
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
Lengths = dict[str, float]

LIMIT = 8.0
"""Longest shock looked at, in standard deviations."""

EVENTS = {
    "called": "The support is called",
    "service_missed": "Debt service is missed",
    "position_negative": "The vendor's net position turns negative",
}

_DIRECTIONS, _STEPS = 48, 33
_FINER, _SPREAD = 3, 9
_PARTS, _ROUNDS = 16, 3


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
    lengths, angles = walk.coarse()
    found = [event for event in EVENTS if 0 < lengths[event] <= LIMIT]
    width = 2 * np.pi / _DIRECTIONS
    for _ in range(_FINER if found else 0):  # the nearest direction may lie between two walked ones
        lengths, angles = walk.finer(found, lengths, angles, width)
        width /= 4
    return tuple(walk.point(event, lengths[event], angles[event]) for event in EVENTS)


class _Walk:
    def __init__(self, deal: Deal, check: Callable[[], None]) -> None:
        self.terms, self.check = terms_of(deal), check
        self.model = SimulatedModel(deal, ("support_called", "debt_service_unpaid", POSITION))

    def coarse(self) -> tuple[Lengths, Lengths]:
        """For each event the shortest step at which it comes about in any direction (infinite if none), and which."""
        angles = np.linspace(0.0, 2 * np.pi, _DIRECTIONS, endpoint=False)
        radii = np.linspace(0.0, LIMIT, _STEPS)
        hit = self.happens(np.repeat(radii, _DIRECTIONS), np.tile(angles, _STEPS))
        lengths, where = dict[str, float](), dict[str, float]()
        for event, flags in hit.items():
            steps, directions = np.nonzero(flags.reshape(_STEPS, _DIRECTIONS))
            lengths[event] = float(radii[steps[0]]) if steps.size else np.inf
            where[event] = float(np.median(angles[directions[steps == steps[0]]])) if steps.size else 0.0
        return lengths, where

    def finer(self, events: list[str], lengths: Lengths, angles: Lengths, width: float) -> tuple[Lengths, Lengths]:
        """The same around the angles known, by sixteenths; all events in one evaluation."""
        around = np.concatenate([angles[event] + np.linspace(-width, width, _SPREAD) for event in events])
        high = np.repeat([lengths[event] for event in events], _SPREAD)
        low = np.maximum(0.0, high - 2 * LIMIT / (_STEPS - 1))
        chosen, rows = np.repeat(np.arange(len(events)), _SPREAD), np.arange(around.size)
        parts = np.linspace(0.0, 1.0, _PARTS + 1)[1:]
        reached = np.ones(around.size)
        for round_ in range(_ROUNDS):
            at = low[:, None] + (high - low)[:, None] * parts
            flags = self.happens(at.ravel(), np.repeat(around, _PARTS))
            hit = np.stack([flags[event] for event in events]).reshape(len(events), -1, _PARTS)[chosen, rows]
            if round_ == 0:
                reached = hit.max(axis=1).astype(np.float64)
            first = np.where(hit.any(axis=1), hit.argmax(axis=1), _PARTS - 1)
            high, low = at[rows, first], np.where(first > 0, at[rows, first - 1], low)
        crossings = np.where(reached > 0, high, np.inf).reshape(len(events), _SPREAD)
        best = crossings.argmin(axis=1)
        found = {event: float(crossings[k, best[k]]) for k, event in enumerate(events)}
        where = {event: float(around[k * _SPREAD + best[k]]) for k, event in enumerate(events)}
        return {**lengths, **found}, {**angles, **where}

    def happens(self, lengths: Array, angles: Array) -> dict[str, Flags]:
        """Which events come about under shocks of these lengths and directions, shape (shocks,) each."""
        self.check()
        demand, price = _shocks(lengths, angles, self.terms.correlation)
        lines = self.model.run(stressed(self.terms, demand, price))
        found = {
            "called": (lines["support_called"] > 0).any(axis=0),
            "service_missed": (lines["debt_service_unpaid"] > HALF_CENT).any(axis=0),
            "position_negative": lines[POSITION][0] < -HALF_CENT,
        }
        return {event: np.broadcast_to(flags, lengths.size) for event, flags in found.items()}

    def point(self, event: str, length: float, angle: float) -> StressPoint:
        if length > LIMIT:
            return StressPoint(event, EVENTS[event], None, None, None, None, LIMIT)
        demand, price = _shocks(np.array([length, length]), np.array([angle, angle]), self.terms.correlation)
        lines = self.model.run(stressed(self.terms, demand, price))
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
