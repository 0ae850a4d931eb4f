"""Internal rate of return of many flows at once, with a reason where there is none."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

LOWEST, HIGHEST = -0.9999, 1000.0
"""Annual rates between which a root is looked for."""

_GRID = 400
_STEPS = 60
_SECANTS = 15
_CLOSE = 1e-13
HALF_CENT = 0.005

NO_FLOW = "no money moves"
NEVER_PAID_IN = "the shareholders pay nothing in, so any rate would do"
NEVER_PAID_OUT = "the shareholders never get any money back"
SEVERAL = "{count} rates bring the net present value to zero, because the flows change sign more than once"
NO_ROOT = "no rate between -99.99 % and 100,000 % a year brings the net present value to zero"


def irr(flows: Array) -> tuple[Array, list[str | None]]:
    """Annual effective rate r with sum flows[m] / (1 + r) ** ((m + 1) / 12) = 0, for each column.

    Args:
        flows: shape (months, columns), at the end of each month.

    Returns:
        Rates of shape (columns,), NaN where none or several exist, and for each column None or the reason why.
    """
    rates = np.full(flows.shape[1], np.nan)
    counts = np.zeros(flows.shape[1], dtype=np.int64)
    low, high = flows.min(axis=0), flows.max(axis=0)
    both = (low < -HALF_CENT) & (high > HALF_CENT)
    plain = np.flatnonzero(both & _turns_once(flows))
    if plain.size:
        rates[plain] = _only_rate(flows if plain.size == flows.shape[1] else flows.take(plain, axis=1))
    left = np.flatnonzero(np.isnan(rates) & both)
    if left.size:
        rates[left], counts[left] = _searched(flows.take(left, axis=1))
    return rates, _reasons(rates, counts, low, high)


def _turns_once(flows: Array) -> NDArray[np.bool_]:
    """Columns in which money first flows one way and then the other; by Descartes' rule they have one rate at most."""
    paid, received = flows < 0, flows > 0
    paid_later = (np.logical_or.accumulate(received, axis=0) & paid).any(axis=0)
    received_later = (np.logical_or.accumulate(paid, axis=0) & received).any(axis=0)
    return np.asarray(paid_later != received_later)


def _only_rate(flows: Array) -> Array:
    """The rate of flows that turn once, NaN where it is outside the range or not found in a few steps.

    With x = log(1 + r), the log of what is received over what is paid in, both discounted, is nearly a straight line
    in x: its slope is how much later the one lies than the other. Secants along it, from no discounting on.
    """
    received, when = _months_with(np.maximum(flows, 0.0))
    paid, before = _months_with(np.maximum(-flows, 0.0))
    months = flows.shape[0]
    found = np.full(flows.shape[1], np.nan)
    column = np.arange(flows.shape[1])
    with np.errstate(all="ignore"):
        total, other = _sum(received), _sum(paid)
        later = (received * _years(when)).sum(axis=0) / total - (paid * _years(before)).sum(axis=0) / other
        last_x, last = np.zeros(column.size), np.log(total / other)
        x = last / later
        for _ in range(_SECANTS):
            powers = _powers_of(np.exp(x / -12), months)
            now = np.log(_sum(received * powers[when]) / _sum(paid * powers[before]))
            step = now * (x - last_x) / (last - now)
            step[now == 0] = 0.0
            last_x, last, x = x, now, x + step
            close = np.abs(step) <= _CLOSE
            going = np.flatnonzero(~close & np.isfinite(x))
            found[column[close]] = x[close]
            if not going.size:
                break
            if going.size < x.size:
                column, last_x, last, x = column[going], last_x[going], last[going], x[going]
                received, paid = received.take(going, axis=1), paid.take(going, axis=1)
    found[(found < np.log1p(LOWEST)) | (found > np.log1p(HIGHEST))] = np.nan
    return np.asarray(np.expm1(found))


def _powers_of(base: Array, count: int) -> Array:
    """The powers 1, 2, ... of each column, shape (count, columns): twice as many known at each step."""
    powers = np.empty((count, base.size))
    powers[0] = base
    known = 1
    while known < count:
        more = powers[known : 2 * known]
        np.multiply(powers[: more.shape[0]], powers[known - 1], out=more)
        known += more.shape[0]
    return powers


def _sum(amounts: Array) -> Array:
    """Sums by column, month after month: in the same order for one column as for many."""
    return np.asarray(amounts.sum(axis=0) if amounts.shape[1] > 1 else np.add.accumulate(amounts, axis=0)[-1])


def _months_with(amounts: Array) -> tuple[Array, slice]:
    """The rows from the first month with an amount in any column to the last, and which they are."""
    there = np.flatnonzero(amounts.any(axis=1))
    rows = slice(int(there[0]), int(there[-1]) + 1)
    return amounts[rows], rows


def _years(months: slice) -> Array:
    return (np.arange(months.start + 1, months.stop + 1, dtype=np.float64) / 12)[:, None]


def _searched(flows: Array) -> tuple[Array, NDArray[np.int64]]:
    """Rates found between the rates of a grid, NaN where there is not exactly one, and how many there are."""
    exponents, grid = _powers(flows.shape[0])
    signs = np.sign(grid @ flows)
    changes = (signs[:-1] * signs[1:] < 0) | (signs[:-1] == 0)
    counts = changes.sum(axis=0)
    rates = np.full(flows.shape[1], np.nan)
    single = np.flatnonzero(counts == 1)
    if single.size:
        steps = _rates()
        at = changes[:, single].argmax(axis=0)
        rates[single] = _refine(flows.take(single, axis=1), exponents, steps[at], steps[at + 1])
    return rates, counts


def _rates() -> Array:
    return np.asarray(np.linspace(np.log1p(LOWEST), np.log1p(HIGHEST), _GRID))


@lru_cache(maxsize=8)
def _powers(months: int) -> tuple[Array, Array]:
    exponents = np.arange(1, months + 1, dtype=np.float64) / 12
    # each row scaled by its largest power: only signs are read from it
    logs = -_rates()[:, None] * exponents[None, :]
    return exponents, np.exp(logs - logs.max(axis=1, keepdims=True))


def _refine(flows: Array, exponents: Array, low: Array, high: Array) -> Array:
    """Newton steps on x = log(1 + r), kept inside the bracket, halving it where they leave it."""

    def values(x: Array) -> tuple[Array, Array]:
        terms = flows * np.exp(-exponents[:, None] * x[None, :])
        return _sum(terms), -_sum(terms * exponents[:, None])

    sign_low = np.sign(values(low)[0])
    x = (low + high) / 2
    finished = np.zeros(x.shape, dtype=np.bool_)
    for _ in range(_STEPS):
        value, slope = values(x)
        left = np.sign(value) == sign_low
        low, high = np.where(left, x, low), np.where(left, high, x)
        with np.errstate(all="ignore"):
            step = x - value / slope
        following = np.where((step > low) & (step < high), step, (low + high) / 2)
        done = np.abs(following - x) <= 1e-15 * np.maximum(1.0, np.abs(x))
        x = np.where(finished, x, following)  # others may need more steps: a rate does not depend on its neighbours
        finished |= done
        if finished.all():
            break
    return np.asarray(np.expm1(x))


def _reasons(rates: Array, counts: NDArray[np.int64], low: Array, high: Array) -> list[str | None]:
    cases = (~np.isnan(rates), np.maximum(-low, high) <= HALF_CENT, high <= HALF_CENT, low >= -HALF_CENT, counts <= 1)
    known = (None, NO_FLOW, NEVER_PAID_OUT, NEVER_PAID_IN, NO_ROOT)
    which = np.select(cases, range(len(known)), len(known)).tolist()
    return [
        known[k] if k < len(known) else SEVERAL.format(count=count)
        for k, count in zip(which, counts.tolist(), strict=True)
    ]
