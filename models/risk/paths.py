"""A pass over the paths: tiles of a few blocks, on threads, every deal of the pass under the same drivers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from models.deal.schema import Deal
from models.engine.case import evaluate
from models.engine.evaluate import CancelledError
from models.risk.drivers import DEFAULT_MONTH, Drivers, DriverTerms, terms_of
from models.risk.figures import KPI_NAMES, PRESENT_VALUES, event_names, read_figures, wanted_of
from models.risk.gathering import Gathered
from models.risk.model import SimulatedModel
from models.risk.settings import RiskSettings
from models.risk.streams import BLOCK

Array = NDArray[np.float64]

TILE = 4096
"""Paths evaluated together: enough to spread the cost of a call, few enough to stay in the cache."""

THREADS = 2

_WALKING = Lock()

KEPT_PATHS = 8192
"""Paths of which chosen lines are kept month by month: the first ones, for fans and profiles."""


@dataclass(frozen=True)
class Passed:
    """What a pass leaves of one deal.

    Attributes:
        figures: of all paths.
        rows: chosen lines of the first paths, by name, shape (months, paths).
    """

    figures: Gathered
    rows: dict[str, Array]


Pass = Callable[[Sequence[Deal]], tuple[Passed, ...]]
"""A pass over some deals, its paths and threads settled."""


class _Deal:
    """One deal of a pass: its model, and room for what is kept."""

    def __init__(
        self,
        deal: Deal,
        settings: RiskSettings,
        kpis: Sequence[str],
        lines: Sequence[str],
        check: Callable[[], None],
    ) -> None:
        check()
        self.deal, self.kpis, self.events = deal, tuple(kpis), bool(kpis)
        self.terms = terms_of(deal)
        keep, over_months = wanted_of(kpis, events=self.events)
        self.model = SimulatedModel(deal, keep, over_months)
        check()
        self.full = SimulatedModel(deal, (*keep, *lines), over_months) if lines else self.model
        check()
        spread = (*self.kpis, *PRESENT_VALUES)
        names = (*spread, *(event_names(deal) if self.events else ()))
        self.gathered = Gathered(names, settings, spread=spread)
        base = evaluate(deal)
        known = {**base.once, **{name: value or 0.0 for name, value in base.kpis.items()}}
        self.gathered.shift_by([known.get(name, 0.0) for name in names])
        kept = min(KEPT_PATHS, settings.paths)
        self.rows = {name: np.empty((deal.months, kept)) for name in lines}

    def take(self, first: int, blocks: int, drivers: dict[str, Array], check: Callable[[], None]) -> None:
        columns, start = blocks * BLOCK, first * BLOCK
        keeping = bool(self.rows) and start < KEPT_PATHS
        model = self.full if keeping else self.model
        with _WALKING:  # one walks at a time anyway; who has waited asks again whether to go on
            check()
            lines = model.run(drivers)
        figures = read_figures(self.deal, lines, drivers[DEFAULT_MONTH], self.kpis, columns, events=self.events)
        self.gathered.put(first, figures)
        if keeping:
            for name, rows in self.rows.items():
                kept = rows[:, start : start + columns]
                kept[:] = np.broadcast_to(lines[name], (rows.shape[0], columns))[:, : kept.shape[1]]


def pass_over(
    deals: Sequence[Deal],
    settings: RiskSettings,
    *,
    kpis: Sequence[str] = KPI_NAMES,
    lines: Sequence[str] = (),
    drivers: dict[DriverTerms, Drivers] | None = None,
    threads: int = THREADS,
    tile: int = TILE,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[float], None] = lambda _share: None,
) -> tuple[Passed, ...]:
    """Simulate deals under common random numbers.

    Args:
        kpis: key figures wanted of each path; without any, only present values are taken and no events.
        lines: monthly lines to keep of the first `KEPT_PATHS` paths.
        drivers: those of earlier passes with the same settings, by their terms; new ones join them.
        tile: paths evaluated together, at least a block of 512; the results do not depend on it, to the last bit.
        cancelled: asked before each model is made, and by every thread before each tile and between its parts.
        progress: told the share done, 0..1, always from the calling thread.

    Raises:
        CancelledError: `cancelled` said so.
        FiguresError: a figure of a path is beyond all measure.
    """

    def check() -> None:
        if cancelled():
            raise CancelledError

    made = [_Deal(deal, settings, kpis, lines, check) for deal in deals]
    known = {} if drivers is None else drivers
    for each in made:
        known.setdefault(each.terms, Drivers(each.terms, settings, remember=drivers is not None))
    tiles = list(_tiles(settings.paths, tile))

    def run(first: int, blocks: int) -> int:
        drawn: dict[DriverTerms, dict[str, Array]] = {}
        for each in made:
            check()
            if each.terms not in drawn:
                drawn[each.terms] = known[each.terms].tile(first, blocks)
            each.take(first, blocks, drawn[each.terms], check)
        return blocks

    done, total = 0, sum(blocks for _, blocks in tiles)
    with ThreadPoolExecutor(max_workers=threads, thread_name_prefix="paths") as pool:
        waiting: list[Future[int]] = [pool.submit(run, first, blocks) for first, blocks in tiles]
        try:
            for future in as_completed(waiting):
                done += future.result()
                progress(done / total)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
    return tuple(Passed(each.gathered, each.rows) for each in made)


def _tiles(paths: int, tile: int) -> Iterator[tuple[int, int]]:
    """First block and number of blocks of each tile; none has paths both inside and beyond those kept by month."""
    blocks, each, kept = -(-paths // BLOCK), max(1, tile // BLOCK), KEPT_PATHS // BLOCK
    first = 0
    while first < blocks:
        end = min(first + each, blocks)
        if first < kept < end:
            end = kept
        yield first, end - first
        first = end
