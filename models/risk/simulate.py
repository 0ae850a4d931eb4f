"""A whole simulation: with and without the support, break-even terms, reverse stress."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from models.deal.schema import Deal
from models.engine.case import evaluate
from models.engine.evaluate import CancelledError
from models.risk.break_even import SEARCH_PATHS, break_even
from models.risk.drivers import Drivers, DriverTerms
from models.risk.estimates import Distribution, Estimate, distribution_of
from models.risk.exposure import PAYMENTS, profile_of
from models.risk.figures import (
    CALLED,
    CALLED_BY,
    CALLED_IN,
    DEFAULTED_BY,
    KPI_NAMES,
    LOSS,
    OWN_DEFAULT_BY,
    PRESENT_VALUES,
    years_of,
)
from models.risk.gathering import Gathered
from models.risk.measures import risk_measures
from models.risk.paths import THREADS, TILE, Pass, Passed, pass_over
from models.risk.results import RiskResult
from models.risk.settings import MOST_THREADS, RiskError, RiskSettings, settings_of
from models.risk.stress import reverse_stress
from models.risk.terms import without_support

Array = NDArray[np.float64]

FAN_LINES = ("cloud_revenue", "cfads", "dscr_12m", "commitment_paid", "share_paid", "distributions")
"""Lines whose percentiles by month are kept unless others are asked for."""

_MAIN, _SEARCH = 0.45, 0.45
"""Parts of the work, for the progress: the paths themselves, and the search for break-even terms."""


def simulate(
    deal: Deal,
    *,
    paths: int | None = None,
    seed: int | None = None,
    lines: Sequence[str] = FAN_LINES,
    threads: int | None = None,
    tile: int = TILE,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[float], None] = lambda _share: None,
) -> RiskResult:
    """Simulate a deal through every line of its waterfall.

    Args:
        paths, seed: in place of the deal's.
        lines: monthly lines that get a fan.
        threads: working at the same time, by default two; the results do not depend on it, to the last bit.
        tile: paths evaluated together; the same.
        cancelled: asked many times a second from the working threads.
        progress: told the share done, 0..1, from the calling thread.

    Raises:
        RiskError: a setting out of range; the message says what is allowed.
        CancelledError: `cancelled` said so.
        FiguresError: a figure of a path is beyond all measure.
    """
    threads = THREADS if threads is None else threads
    if not 1 <= threads <= MOST_THREADS:
        raise RiskError(f"{threads} threads cannot be used; give a whole number from 1 to {MOST_THREADS}.")
    settings, base = settings_of(deal, paths=paths, seed=seed), evaluate(deal)
    kept = tuple(dict.fromkeys((*lines, PAYMENTS, "defaulted")))
    agreed, bare = pass_over(
        [deal, without_support(deal)],
        settings,
        lines=kept,
        threads=threads,
        tile=tile,
        cancelled=cancelled,
        progress=lambda share: progress(_MAIN * share),
    )
    done = _MAIN

    def passes(asked: RiskSettings) -> Pass:
        drivers: dict[DriverTerms, Drivers] | None = {} if asked.paths <= SEARCH_PATHS else None

        def run(deals: Sequence[Deal]) -> tuple[Passed, ...]:
            nonlocal done
            start, step = done, (_MAIN + _SEARCH - done) * (0.1 if drivers is not None else 0.4)
            found = pass_over(
                deals,
                asked,
                kpis=(),
                drivers=drivers,
                threads=threads,
                tile=tile,
                cancelled=cancelled,
                progress=lambda share: progress(start + step * share),
            )
            done = start + step
            return found

        return run

    fee, scale = break_even(deal, settings, passes)
    progress(_MAIN + _SEARCH)

    def check() -> None:
        if cancelled():
            raise CancelledError

    stresses = reverse_stress(deal, check=check)
    progress(1.0)
    figures, years = agreed.figures, range(1, years_of(deal) + 1)

    def by_year(name: str) -> tuple[Estimate, ...]:
        return tuple(figures.mean(name.format(year)) for year in years)

    return RiskResult(
        settings=settings,
        dates=base.dates,
        currency=deal.currency,
        kpis=_distributions(figures, KPI_NAMES),
        present_values=_distributions(figures, PRESENT_VALUES),
        measures=risk_measures(figures, deal),
        kpis_without=_distributions(bare.figures, KPI_NAMES),
        present_values_without=_distributions(bare.figures, PRESENT_VALUES),
        measures_without=risk_measures(bare.figures, deal),
        called=figures.mean(CALLED),
        called_in_year=by_year(CALLED_IN),
        called_by_year=by_year(CALLED_BY),
        own_default_by_year=by_year(OWN_DEFAULT_BY),
        default_by_year=by_year(DEFAULTED_BY),
        profile=profile_of(base, agreed.rows[PAYMENTS]),
        hurdle=deal.vendor.hurdle_raroc,
        break_even_fee_bps=fee,
        break_even_share_scale=scale,
        stresses=stresses,
        rows=agreed.rows,
        losses=figures.first_values(LOSS),
        kinds={name: base.model.lines[name].definition.kind for name in lines},
    )


def _distributions(figures: Gathered, names: Sequence[str]) -> dict[str, Distribution]:
    paths = figures.settings.paths
    return {name: distribution_of(figures.sample(name), figures.mean(name), paths) for name in names}
