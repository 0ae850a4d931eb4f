"""Default curves: cumulative probability by year of each rating, and what it is by month.

Source of the table: S&P Global Ratings, global corporate average cumulative default rates by rating, 1981-2024.
`uncertainty.default_curve` takes its place where a deal gives one.
"""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from models.deal.schema import Deal

Array = NDArray[np.float64]

CURVES: dict[str, tuple[float, ...]] = {
    "A": (0.0005, 0.0011, 0.0019, 0.0029, 0.0039, 0.0051, 0.0065, 0.0078, 0.0090, 0.0103),
    "BBB": (0.0014, 0.0038, 0.0067, 0.0101, 0.0136, 0.0171, 0.0200, 0.0230, 0.0258, 0.0286),
    "BB": (0.0056, 0.0176, 0.0312, 0.0448, 0.0575, 0.0693, 0.0794, 0.0886, 0.0968, 0.1044),
    "B": (0.0293, 0.0693, 0.1046, 0.1331, 0.1560, 0.1745, 0.1890, 0.2006, 0.2108, 0.2202),
    "CCC": (0.2612, 0.3592, 0.4132, 0.4435, 0.4653, 0.4757, 0.4861, 0.4929, 0.4989, 0.5043),
}
"""Cumulative probability of default within 1, 2, ... 10 years."""


def curve_of(deal: Deal) -> tuple[float, ...]:
    """Cumulative probability of the partner's own default by year; empty where it never defaults by itself."""
    if deal.uncertainty.partner_default == "none":
        return ()
    return deal.uncertainty.default_curve or CURVES[deal.partner.rating]


def by_month(curve: tuple[float, ...], months: int) -> Array:
    """Cumulative probability of default by the end of each month, shape (months,).

    Within a year the hazard is constant: survival runs geometrically from the survival at its start to that at its
    end. Beyond the table the hazard of its last year goes on. A table that falls counts as staying level.
    """
    if not curve:
        return np.zeros(months)
    survival = np.minimum.accumulate(1.0 - np.array([0.0, *curve]))
    years = np.arange(1, months + 1) / 12
    year = np.minimum(np.ceil(years).astype(np.int64), len(curve))
    start, end = survival[year - 1], survival[year]
    kept = np.divide(end, start, out=np.zeros(months), where=start > 0)
    return np.asarray(1.0 - start * kept ** (years - (year - 1)))


def normal_quantiles(probabilities: Array) -> Array:
    """Values below which a standard normal lies with these probabilities; 0 and 1 give minus and plus infinity."""
    inverse = NormalDist().inv_cdf
    ends = {0.0: -np.inf, 1.0: np.inf}
    return np.array([ends[p] if p in ends else inverse(p) for p in probabilities.tolist()])
