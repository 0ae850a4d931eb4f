"""Engine against month loop: `uv run python -m tests.agreement.many_loops 1200 [FIRST]`.

Every line and key figure of the random deals of so many seeds is held against the month loop in plain Python, in the
base case, on one simulated path of each, and with a residual value paid after a default.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.deal.months import month_number
from models.deal.paths import deal_from
from models.deal.schema import Deal
from models.engine.case import evaluate, program_of
from models.lines.binding import bind

from . import month_loop
from .month_loop_plan import Json
from .paid_late import paid_late
from .random_deals import random_deal, random_path

Array = NDArray[np.float64]
Figures = Mapping[str, float | int | None]

OFTEN = 100
"""Seeds after which the command says how far it is."""


def differences(
    found: Mapping[str, Array], expected: Mapping[str, Sequence[float] | Array]
) -> Iterator[tuple[Any, ...]]:
    """Every cell that is not within a cent and nine digits of what is expected; infinities must be the same."""
    for name, values in expected.items():
        assert len(found[name]) == len(values), name
        for month, (value, wanted) in enumerate(zip(found[name].tolist(), values, strict=True)):
            if value != wanted and not abs(value - wanted) <= 0.01 + 1e-9 * abs(wanted):
                yield name, month, value, wanted


def figures_differ(found: Figures, expected: Figures) -> Iterator[tuple[Any, ...]]:
    """Every key figure that is not the expected one, or exists where it should not."""
    assert set(expected) == set(found)
    for name, wanted in expected.items():
        value = found[name]
        if wanted is None or not isfinite(wanted):
            if value is not None:
                yield name, value, wanted
        elif value is None or abs(value - wanted) > 1e-6 + 1e-8 * abs(wanted):
            yield name, value, wanted


def base_case_differs(fields: Json) -> list[tuple[Any, ...]]:
    """What the engine finds otherwise than the month loop: (name, month, engine, loop), key figures without month."""
    case = evaluate(deal_from(fields))
    lines, figures = month_loop.evaluate(fields)
    return [*differences(case.lines, lines), *figures_differ(case.kpis, figures)]


def path_differs(fields: Json, path: Json) -> list[tuple[Any, ...]]:
    """The same of the lines on a path, `path` as `random_path` gives it."""
    deal = deal_from(fields)
    lines, _ = month_loop.evaluate(fields, **path)
    rows = program_of(deal, simulated=True).run(bind(deal, path_inputs(path, deal.months)), deal.months)
    return list(differences({name: row[:, 0] for name, row in rows.items()}, lines))


def path_of(seed: int, fields: Json) -> Json:
    """The path of a seed; for one in three the partner defaults before the last delivery, where there is time to."""
    path = random_path(seed, fields)
    if seed % 3 == 0 and last_delivery(deal_from(fields)) > 0:
        path["partner_default"] = last_delivery(deal_from(fields)) - 1
    return path


def last_delivery(deal: Deal) -> int:
    """The month, counted from 0, in which the last systems arrive."""
    return max(month_number(phase.delivery) for phase in deal.phases) - month_number(deal.start)


def path_inputs(path: Json, months: int) -> dict[str, Array | float]:
    """The factors of a path as inputs of the model."""
    inputs: dict[str, Array | float] = {}
    for name in ("demand_factor", "price_factor"):
        for number, factors in enumerate(path[name]):
            inputs[f"demand[{number}].{name}"] = np.array(factors)[:, None]
    residual, default = path["residual_factor"], path["partner_default"]
    inputs["factors.residual_factor"] = np.array(residual)[:, None] if isinstance(residual, list) else residual
    inputs["factors.partner_default_month"] = float(months if default is None else default)
    return inputs


def wrong(seeds: Iterable[int]) -> Iterator[str]:
    """What differs in the deals of some seeds, in words."""
    for seed in seeds:
        fields = random_deal(seed)
        late = paid_late(fields)
        tried = {"": base_case_differs(fields), ", path": path_differs(fields, path_of(seed, fields))}
        tried |= {} if late is None else {", paid late": base_case_differs(late)}
        for what, found in tried.items():
            yield from (f"seed {seed}{what}: {difference}" for difference in found[:5])


def main(arguments: Sequence[str]) -> int:
    """Compare as many random deals as asked; 1 where any differs."""
    number = int(arguments[0]) if arguments else 1200
    first = int(arguments[1]) if len(arguments) > 1 else 0
    began, found = time.monotonic(), 0
    for start in range(first, first + number, OFTEN):
        seeds = range(start, min(start + OFTEN, first + number))
        texts = list(wrong(seeds))
        found += len(texts)
        told = "\n".join([f"seeds {seeds[0]} to {seeds[-1]}: {len(texts)} differences", *texts])
        sys.stdout.write(f"{told} ({time.monotonic() - began:.0f} s)\n")
        sys.stdout.flush()
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
