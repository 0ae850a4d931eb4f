"""How long the questions take that need many cases: a tornado, a two-way grid, a term solved for.

    uv run python -m tests.benchmarks.columns [rounds]

The same number of single evaluations one after the other, measured in the same run, stands beside each. Processor time
is given too: on a machine that does other work as well it says more than the clock.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from statistics import median
from time import perf_counter, process_time

from models import Deal, evaluate, grid, load_template, solve, terms_on_offer, tornado, with_value

NAME = "austral"
ROUNDS = 20
INPUTS = 40
STEPS = 41


@dataclass(frozen=True)
class Question:
    """Something asked of a deal, the cases it needs, and the milliseconds it may take."""

    name: str
    ask: Callable[[Deal], object]
    cases: int
    target: float


@dataclass(frozen=True)
class Measured:
    """Milliseconds of one question: the first time, then medians by the clock and of the processor."""

    question: Question
    first: float
    clock: float
    processor: float
    single: float
    """Of the processor, for as many single evaluations."""


def questions(deal: Deal, inputs: int = INPUTS, steps: int = STEPS) -> tuple[Question, ...]:
    """A tornado of so many inputs, a grid of so many steps each way, and a solve that sizes the debt at each trial."""
    chosen = [term.path for term in terms_on_offer(deal)][:inputs]
    floor = "credit_support[0].floor_prices*"
    return (
        Question(
            f"tornado, {len(chosen)} inputs", lambda each: tornado(each, "vendor_npv", chosen), 2 * len(chosen) + 1, 60
        ),
        Question(
            f"grid, {steps} x {steps}",
            lambda each: grid(each, "senior_debt.target_dscr", floor, "partner_irr", steps=steps),
            steps * steps,
            300,
        ),
        Question("solve, debt sized again", lambda each: solve(each, floor, "partner_irr", 0.15), 1, 100),
    )


def measure(rounds: int = ROUNDS, inputs: int = INPUTS, steps: int = STEPS) -> tuple[Measured, ...]:
    """Ask each question of other numbers in every round, all of them in turn."""
    deal = load_template(NAME)
    asked = questions(deal, inputs, steps)
    price = deal.demand[0].price
    deals = [with_value(deal, "demand[0].price", price * (1 + k / (10 * rounds))) for k in range(rounds)]
    first = [_milliseconds(partial(question.ask, deal))[0] for question in asked]
    taken: list[list[tuple[float, float]]] = [[] for _ in asked]
    single: list[float] = []
    for each in deals:
        for k, question in enumerate(asked):
            taken[k].append(_milliseconds(partial(question.ask, each)))
        single.append(_milliseconds(partial(evaluate, each))[1])
    return tuple(
        Measured(
            question, first[k], median(clock for clock, _ in taken[k]), median(busy for _, busy in taken[k]),
            median(single) * question.cases,
        )
        for k, question in enumerate(asked)
    )  # fmt: skip


def _milliseconds(work: Callable[[], object]) -> tuple[float, float]:
    begun, busy = perf_counter(), process_time()
    work()
    return 1000 * (perf_counter() - begun), 1000 * (process_time() - busy)


def report(measured: tuple[Measured, ...]) -> str:
    """What was measured, in words."""
    lines = [f"Questions about {NAME}, medians with other numbers each time:"]
    for each in measured:
        beside = f"; {each.single:.0f} ms for {each.question.cases} evaluations" if each.question.cases > 1 else ""
        lines.append(
            f"  {each.question.name:24} {each.clock:6.0f} ms by the clock, {each.processor:5.0f} ms of the processor"
            f" (at most {each.question.target:.0f} wanted; {each.first:.0f} the first time{beside})"
        )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(report(measure(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)))
