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
    exponents, grid = _powers(flows.shape[0])
    signs = np.sign(grid @ flows)
    changes = (signs[:-1] * signs[1:] < 0) | (signs[:-1] == 0)
    counts = changes.sum(axis=0)
    rates = np.full(flows.shape[1], np.nan)
    single = np.flatnonzero((counts == 1) & (flows.min(axis=0) < -HALF_CENT) & (flows.max(axis=0) > HALF_CENT))
    if single.size:
        steps = _rates()
        at = changes[:, single].argmax(axis=0)
        rates[single] = _refine(flows[:, single], exponents, steps[at], steps[at + 1])
    return rates, [_reason(flows[:, c], int(counts[c]), bool(np.isnan(rates[c]))) for c in range(flows.shape[1])]


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
        return terms.sum(axis=0), -(terms * exponents[:, None]).sum(axis=0)

    sign_low = np.sign(values(low)[0])
    x = (low + high) / 2
    for _ in range(_STEPS):
        value, slope = values(x)
        left = np.sign(value) == sign_low
        low, high = np.where(left, x, low), np.where(left, high, x)
        with np.errstate(all="ignore"):
            step = x - value / slope
        following = np.where((step > low) & (step < high), step, (low + high) / 2)
        done = np.abs(following - x) <= 1e-15 * np.maximum(1.0, np.abs(x))
        x = following
        if done.all():
            break
    return np.expm1(x)


def _reason(flows: Array, roots: int, missing: bool) -> str | None:
    if not missing:
        return None
    if np.abs(flows).max(initial=0.0) <= HALF_CENT:
        return NO_FLOW
    if flows.max() <= HALF_CENT:
        return NEVER_PAID_OUT
    if flows.min() >= -HALF_CENT:
        return NEVER_PAID_IN
    return SEVERAL.format(count=roots) if roots > 1 else NO_ROOT
