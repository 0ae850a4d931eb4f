"""Measures of risk of many candidate deals, all on the same paths, as the figures of a tornado, a grid or a solve."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from models.analysis.offer import SIMULATED_FIGURES
from models.analysis.trials import Cancelled, Figures, Progress, never, unheard
from models.deal.schema import Deal
from models.risk.estimates import Estimate
from models.risk.measures import measures_of
from models.risk.results import RiskMeasures, RiskResult
from models.risk.settings import settings_of
from models.risk.simulate import simulate

MOST_PATHS = 2000
"""Paths for each of many candidates where nothing else is said; common paths make their differences exact enough."""


_OWN_NAMES = {"el": "expected_loss", "lender_el": "lender_loss"}


def measure_of(measures: RiskMeasures, name: str) -> float | None:
    """A measure of risk by its name in files; None where it does not exist."""
    estimate: Estimate = getattr(measures, _OWN_NAMES.get(name, name))
    return estimate.value


def is_simulated(name: str) -> bool:
    """Whether a figure comes from the simulation."""
    return name in SIMULATED_FIGURES


def simulate_candidate(deal: Deal) -> RiskResult:
    """The simulation behind the figures that `simulated_figures` has for a deal.

    Raises:
        RiskError, FiguresError: as for `simulate`.
    """
    return simulate(deal, paths=min(settings_of(deal).paths, MOST_PATHS))


def simulated_figures(
    deals: Sequence[Deal | None],
    name: str,
    *,
    paths: int | None = None,
    seed: int | None = None,
    cancelled: Cancelled = never,
    progress: Progress = unheard,
) -> Figures:
    """A measure of risk for each deal, under the same drivers.

    Args:
        deals: candidates, None where there is no deal that could be used.
        name: one of `SIMULATED_FIGURES`.
        paths: for each, by default the first deal's own number but at most `MOST_PATHS`.

    Raises:
        RiskError, CancelledError, FiguresError: as for `simulate`.
    """
    values = np.full(len(deals), np.nan)
    reasons: list[str | None] = [None] * len(deals)
    known = [(k, deal) for k, deal in enumerate(deals) if deal is not None]
    if known:
        first = known[0][1]
        count = min(settings_of(first).paths, MOST_PATHS) if paths is None else paths
        measured = measures_of(
            [deal for _, deal in known], paths=count, seed=seed, cancelled=cancelled, progress=progress
        )
        for (k, _), each in zip(known, measured, strict=True):
            value = measure_of(each, name)
            if value is None:
                reasons[k] = each.reasons.get(name, "the simulation gives none")
            else:
                values[k] = value
    return Figures({name: values}, {name: tuple(reasons)})
