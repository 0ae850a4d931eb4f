"""Where things go on an axis: round values, and labels that keep their distance."""

from __future__ import annotations

import math
from dataclasses import dataclass

LEAST = 3
"""Round values without which an axis that need not hold zero is hard to read."""


@dataclass(frozen=True)
class Scale:
    """An axis from `low` to `high` with round `ticks`, drawn between two pixel positions."""

    low: float
    high: float
    ticks: tuple[float, ...]
    decimals: int

    def place(self, value: float, bottom: float, top: float) -> float:
        """The pixel of a value when `low` is at `bottom` and `high` at `top`."""
        return bottom + (value - self.low) / (self.high - self.low) * (top - bottom)


def round_step(span: float, most: int) -> float:
    """The smallest of 1, 2, 5 x 10^k that divides the span into at most `most` parts."""
    rough = span / most
    size = 10.0 ** math.floor(math.log10(rough))
    return next(size * part for part in (1.0, 2.0, 5.0, 10.0) if size * part >= rough * (1 - 1e-9))


def scale(values: list[float], most: int, ceiling: float | None = None, *, round_up: bool = False) -> Scale:
    """An axis that holds zero and all values, with 2 to `most` + 1 ticks; above `ceiling` it is cut.

    With `round_up` it ends at a tick.
    """
    low = min([0.0, *values])
    high = max([0.0, *values])
    if ceiling is not None and high > ceiling:
        high = ceiling
    if high - low < 1e-12:  # nothing but zero: a line to stand on, and no figure that none of them reaches
        return Scale(0.0, 1.0, (0.0,), 0)
    step = round_step(high - low, most)
    first = math.floor(low / step + 1e-9)
    last = math.floor(high / step + 1e-9)
    if low < 0:
        low = first * step
    if round_up and high > last * step + 1e-9 * step:
        last += 1
        high = last * step
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    ticks = tuple(number * step for number in range(first, last + 1))
    return Scale(low, high, ticks, decimals)


def inner_ticks(low: float, high: float, most: int) -> Scale:
    """An axis from `low` to `high`, which need not hold zero, with the round values between its ends."""
    if high - low < 1e-12:
        high = low + 1.0
    step = round_step(high - low, most)
    ticks = _multiples(step, low, high)
    if len(ticks) < LEAST:
        step = round_step(high - low, 2 * most)
        ticks = _multiples(step, low, high)
    return Scale(low, high, ticks, max(0, -math.floor(math.log10(step) + 1e-9)))


def _multiples(step: float, low: float, high: float) -> tuple[float, ...]:
    return tuple(number * step for number in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1))


def push_apart(wanted: list[float], heights: list[float], low: float, high: float) -> list[float]:
    """Tops for labels that want to be centred at `wanted`, kept in order, apart, and within low..high if they fit."""
    order = sorted(range(len(wanted)), key=lambda index: wanted[index] - heights[index] / 2)
    tops = [0.0] * len(wanted)
    edge = low
    for index in order:
        tops[index] = max(edge, wanted[index] - heights[index] / 2)
        edge = tops[index] + heights[index]
    edge = high
    for index in reversed(order):
        tops[index] = max(low, min(tops[index], edge - heights[index]))
        edge = tops[index]
    return tops
