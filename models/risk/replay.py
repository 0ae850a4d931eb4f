"""A single path again: its drivers, and the deal evaluated under them as a case of its own."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models.deal.schema import Deal
from models.engine.case import Case
from models.risk.drivers import (
    DEFAULT_MONTH,
    DELIVERY_DELAY,
    DEMAND_FACTOR,
    PRICE_FACTOR,
    RESIDUAL_FACTOR,
    Drivers,
    terms_of,
)
from models.risk.model import simulated_case
from models.risk.settings import MOST_PATHS, RiskError, settings_of
from models.risk.streams import BLOCK

Array = NDArray[np.float64]


def path_case(deal: Deal, path: int, *, seed: int | None = None) -> Case:
    """Path number `path` (the first is 0) of the deal's simulation as a case.

    Raises:
        RiskError: there can be no such path or seed.
        FiguresError: a figure of the path is beyond all measure.
    """
    return simulated_case(deal, _column(deal, path, seed))


def path_drivers(deal: Deal, path: int, *, seed: int | None = None) -> dict[str, tuple[float, ...]]:
    """What drives a path, by month: `demand_factor[s]`, `price_factor[s]`, `residual_factor`, `partner_default`.

    `partner_default` is 1 from the month of the partner's own default on. Where deliveries can be late,
    `delivery_delay[i]` is the delay of phase i in months.

    Raises:
        RiskError: there can be no such path or seed.
    """
    drivers, months = _column(deal, path, seed), deal.months
    rows = {f"demand_factor[{s}]": drivers[DEMAND_FACTOR.format(s)] for s in range(len(deal.demand))}
    rows |= {f"price_factor[{s}]": drivers[PRICE_FACTOR.format(s)] for s in range(len(deal.demand))}
    rows["residual_factor"] = drivers[RESIDUAL_FACTOR]
    rows["partner_default"] = np.where(np.arange(months)[:, None] >= drivers[DEFAULT_MONTH], 1.0, 0.0)
    late = [name for name in map(DELIVERY_DELAY.format, range(len(deal.phases))) if name in drivers]
    rows |= {f"delivery_delay[{i}]": drivers[name] for i, name in enumerate(late)}
    return {name: tuple(np.broadcast_to(row, (months, 1))[:, 0].tolist()) for name, row in rows.items()}


def _column(deal: Deal, path: int, seed: int | None) -> dict[str, Array]:
    """The drivers of one path, shape (months or 1, 1)."""
    if not 0 <= path < MOST_PATHS:
        raise RiskError(f"There is no path {path}; paths are numbered from 0 to {MOST_PATHS - 1:,}.")
    settings = settings_of(deal, paths=path + 1, seed=seed)
    block, column = divmod(path, BLOCK)
    drawn = Drivers(terms_of(deal), settings).tile(block, 1)
    return {name: rows[:, [column]] if rows.shape[1] > 1 else rows for name, rows in drawn.items()}
