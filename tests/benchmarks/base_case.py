"""How long the base case of a worked deal takes when only a number changes.

    uv run python -m tests.benchmarks.base_case [rounds]

The pure-Python month loop, which the tests hold against the engine, is measured in the same run on the same deals: the
ratio says more than milliseconds of one machine.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from statistics import median
from time import perf_counter

from models import Deal, dumps_deal, evaluate, load_template, with_value
from tests.agreement import month_loop

NAME = "austral"
ROUNDS = 60
TARGET = 10.0
"""Milliseconds that the engine may take."""


@dataclass(frozen=True)
class Measured:
    """Medians in milliseconds over a number of rounds, and how long the engine took the first time."""

    rounds: int
    first: float
    engine: float
    loop: float

    @property
    def ratio(self) -> float:
        """How many times longer the month loop takes."""
        return self.loop / self.engine


def variants(rounds: int) -> list[Deal]:
    """The deal once for each round, each time with another price and another target cover."""
    deal = load_template(NAME)
    price, cover = deal.demand[0].price, deal.senior_debt.target_dscr
    steps = [1 + step / (10 * rounds) for step in range(rounds)]
    priced = [with_value(deal, "demand[0].price", price * step) for step in steps]
    return [with_value(each, "senior_debt.target_dscr", cover * step) for each, step in zip(priced, steps, strict=True)]


def measure(rounds: int = ROUNDS) -> Measured:
    """Evaluate the deals, all by the engine and then all by the month loop."""
    first, *deals = variants(rounds + 1)
    cold = _seconds(partial(evaluate, first))
    engine = [_seconds(partial(evaluate, deal)) for deal in deals]
    fields = [json.loads(dumps_deal(deal)) for deal in deals]
    loop = [_seconds(partial(month_loop.evaluate, deal)) for deal in fields]
    return Measured(rounds, 1000 * cold, 1000 * median(engine), 1000 * median(loop))


def _seconds(work: Callable[[], object]) -> float:
    begun = perf_counter()
    work()
    return perf_counter() - begun


def report(measured: Measured) -> str:
    """What was measured, in words."""
    return (
        f"Base case of {NAME}, median of {measured.rounds} evaluations with other numbers each time:\n"
        f"  engine      {measured.engine:6.2f} ms (at most {TARGET:.0f} wanted; {measured.first:.0f} the first time)\n"
        f"  month loop  {measured.loop:6.2f} ms ({measured.ratio:.2f} times as long)\n"
    )


if __name__ == "__main__":
    sys.stdout.write(report(measure(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)))
