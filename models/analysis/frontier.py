"""Two terms traded off: the deals that no other one beats for vendor and partner at once, subject to lender cover."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.analysis.grid import Axis, at_pairs, axis_of, terms_of
from models.analysis.offer import base_figure_info
from models.analysis.terms import entered_changes
from models.analysis.trials import Cancelled, Progress, never, unheard
from models.deal.schema import Deal

STEPS = 41


@dataclass(frozen=True)
class FrontierPoint:
    """One deal: its two terms and what they give vendor, partner and lenders, in file units."""

    x: float
    y: float
    vendor: float
    partner: float
    cover: float | None
    best: bool
    """Whether no other point that lenders accept is better for one side and no worse for the other."""


@dataclass(frozen=True)
class Frontier:
    """The set of deals that no other deal of the grid beats.

    Attributes:
        points: those deals, from the best for the partner to the best for the vendor.
        others: every other deal that lenders accept, for the background.
        refused: how many pairs lenders do not accept.
        missing: how many pairs are no deal or have no figure for a side.
        least: the cover asked for.
        note: why there is no point, "" where there is one.
    """

    x: Axis
    y: Axis
    vendor: str
    partner: str
    cover: str
    least: float
    points: tuple[FrontierPoint, ...]
    others: tuple[FrontierPoint, ...]
    refused: int
    missing: int
    note: str


def frontier(
    deal: Deal,
    x: str,
    y: str,
    *,
    vendor: str = "vendor_support_npv",
    partner: str = "partner_irr",
    cover: str = "min_dscr",
    least: float | None = None,
    x_range: tuple[float, float] | None = None,
    y_range: tuple[float, float] | None = None,
    steps: int = STEPS,
    cancelled: Cancelled = never,
    progress: Progress = unheard,
) -> Frontier:
    """Every pair of values of two terms in one evaluation, and of these the ones no other beats.

    Args:
        vendor, partner: key figures of which each side wants more.
        cover: key figure that lenders ask a least value of; a deal without debt has none and is accepted.
        least: that value, by default the lock-up DSCR of the deal.
        x_range, y_range: low and high of the terms, by default 40 % less and more.

    Raises:
        DealError: no such term or key figure, or twice the same term.
        CancelledError: `cancelled` said so.
    """
    for name in (vendor, partner, cover):
        base_figure_info(deal, name)
    asked = deal.senior_debt.lockup_dscr if least is None else least
    first, second = axis_of(deal, x, x_range, steps), axis_of(deal, y, y_range, steps)
    xs, ys = np.array(first.values), np.array(second.values)
    columns = np.tile(xs, len(ys)), np.repeat(ys, len(xs))
    names = tuple(dict.fromkeys((vendor, partner, cover)))
    found = at_pairs(deal, terms_of(deal, x, y), columns, names, cancelled=cancelled, progress=progress)
    gains, returns, covers = (found.values[name][:-1] for name in (vendor, partner, cover))
    exists = np.isfinite(gains) & np.isfinite(returns)
    accepted = exists & ~(covers < asked - 1e-12)
    best = _unbeaten(gains, returns, accepted)
    made = {
        int(k): FrontierPoint(
            float(columns[0][k]), float(columns[1][k]), float(gains[k]), float(returns[k]),
            float(covers[k]) if np.isfinite(covers[k]) else None, bool(best[k]),
        )
        for k in np.flatnonzero(accepted)
    }  # fmt: skip
    points = sorted((point for point in made.values() if point.best), key=lambda point: (point.vendor, -point.partner))
    others = tuple(point for point in made.values() if not point.best)
    missing = int((~exists).sum())
    refused = int((exists & ~accepted).sum())
    note = "" if points else _none(deal, cover, asked, covers[exists])
    return Frontier(first, second, vendor, partner, cover, asked, tuple(points), others, refused, missing, note)


def _unbeaten(gains: np.ndarray, returns: np.ndarray, accepted: np.ndarray) -> np.ndarray:
    """Points of which no accepted other one is better in one figure and no worse in the other."""
    best = np.zeros(len(gains), dtype=bool)
    where = np.flatnonzero(accepted)
    order = where[np.lexsort((-returns[where], -gains[where]))]
    highest = -np.inf
    for k in order:
        if returns[k] > highest:
            best[k] = True
            highest = returns[k]
    return best


def _none(deal: Deal, cover: str, asked: float, covers: np.ndarray) -> str:
    label = base_figure_info(deal, cover).label
    known = covers[np.isfinite(covers)]
    if not known.size:
        return "No pair of values is a deal with a figure for both sides."
    return f"No pair reaches {asked:.2f} x: {label} is at most {known.max():.2f} x."


def frontier_changes(deal: Deal, found: Frontier, point: FrontierPoint, step: float | None = None) -> dict[str, object]:
    """What a point changes, by path, rounded to what people negotiate in, for a scenario of its own.

    Args:
        step: to round to; by default what each term is negotiated in; 0 leaves the values as they are.
    """
    return {
        **entered_changes(deal, found.x.path, point.x, step),
        **entered_changes(deal, found.y.path, point.y, step),
    }
