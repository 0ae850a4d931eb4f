"""Inputs of a deal that vary by column: numbers, dates, counts of months, flags, tables and series."""

from __future__ import annotations

import json
from random import Random

import numpy as np
from numpy.typing import NDArray

from models.deal.files import loads_deal
from models.deal.schema import Deal
from models.lines.binding import Inputs, bind
from tests.agreement.random_deals import random_deal

Array = NDArray[np.float64]

DATES = frozenset({"delivery", "first_repayment", "longstop", "end", "date", "escrow_release"})
FLAGS = frozenset({"supported", "include_residual"})
SAME = frozenset({"start", "months"})


def seeded_deal(seed: int) -> Deal:
    """The random deal of a seed."""
    return loads_deal(json.dumps(random_deal(seed)).encode())


def varied_inputs(deal: Deal, columns: int, seed: int) -> Inputs:
    """The numbers of a deal, about half of them different in each column."""
    rng = Random(seed)
    inputs = bind(deal)
    for path, value in inputs.items():
        name = path.rsplit(".", 1)[-1]
        if path in SAME or rng.random() < 0.5:
            continue
        if isinstance(value, np.ndarray):
            rows = [[entry * rng.uniform(0.8, 1.1) for _ in range(columns)] for entry in value[:, 0].tolist()]
            inputs[path] = np.array(rows)
        else:
            inputs[path] = np.array([[_changed(name, value, rng) for _ in range(columns)]])
    return inputs


def _changed(name: str, value: float, rng: Random) -> float:
    if name in DATES:
        return value + rng.choice([-1, 0, 0, 1])
    if name in FLAGS:
        return float(rng.random() < 0.5)
    if name == "settlement_months":
        return float(rng.choice([1, 2, 3, 4, 6, 12]))
    if name.endswith("_months"):
        return max(1.0, value + rng.choice([-2, -1, 0, 1, 2]))
    return value * rng.uniform(0.8, 1.1)


def column_of(inputs: Inputs, column: int) -> Inputs:
    """The inputs of one column alone, as those of a single deal."""
    alone: Inputs = {}
    for path, value in inputs.items():
        if isinstance(value, float):
            alone[path] = value
        else:
            one = value[:, [column]] if value.shape[1] > 1 else value
            table = value.shape[0] > 1 or path.rsplit(".", 1)[-1] in TABLES
            alone[path] = one if table else float(one[0, 0])
    return alone


TABLES = ("gpus_by_month", "floor_prices", "minimum_annual", *(f"rates_{band}" for band in range(12)))
