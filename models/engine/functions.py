"""What the operators call: each works on floats and on arrays of shape (months or 1, columns or 1)."""

from __future__ import annotations

import calendar
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Value = Array | float

# 400 years of the Gregorian calendar repeat exactly
_DAYS = np.array([calendar.monthrange(2000 + k // 12, k % 12 + 1)[1] for k in range(4800)], dtype=np.float64)
_DAYS_LIST: list[float] = _DAYS.tolist()
_YEAR_2000 = 24000


def least(*values: Value) -> Any:
    result = values[0]
    for value in values[1:]:
        result = np.minimum(result, value)
    return result


def greatest(*values: Value) -> Any:
    result = values[0]
    for value in values[1:]:
        result = np.maximum(result, value)
    return result


def power(base: Value, exponent: Value, out: Array | None = None) -> Any:
    """Base to the power of the exponent, for every column by the same method.

    NumPy takes a short cut where the exponent is one number (0.5, 2), which may differ in the last digit.
    """
    if np.ndim(base) == 0 and isinstance(exponent, np.ndarray):
        each = np.ascontiguousarray(exponent)
    else:
        shape = np.broadcast_shapes(np.shape(base), np.shape(exponent))
        each = np.ascontiguousarray(np.broadcast_to(exponent, shape))
    return np.power(base, each, out=out)


def dot(*values: Any) -> Any:
    """Sum of the products of the first half of the values with the second half."""
    half = len(values) // 2
    result = values[0] * values[half]
    for a, b in zip(values[1:half], values[half + 1 :], strict=True):
        result = result + a * b
    return result


def ratio(a: Value, b: Value, otherwise: Value, above: Value) -> Any:
    """a / b where b > above, else `otherwise`; nothing is divided where it is not."""
    meaningful = np.greater(b, above)
    return np.where(meaningful, a / np.where(meaningful, b, 1.0), otherwise)


def days_in_month(month: Any) -> Any:
    """Calendar days of a month given as 12 x year + month - 1."""
    if isinstance(month, float | int):
        return _DAYS_LIST[(int(month) - _YEAR_2000) % 4800]
    return _DAYS[(month.astype(np.int64) - _YEAR_2000) % 4800]


def level_payment(rate: Any, payments: Any, balloon: Any) -> Any:
    """Payment a month that brings a loan of 1 to `balloon` in a number of payments, at a rate a month."""
    safe = np.where(rate == 0, 1.0, rate)
    repaid = -np.expm1(-payments * np.log1p(safe))  # 1 - (1 + rate) ** -payments, exact for the smallest rates too
    return np.where(rate == 0, (1.0 - balloon) / payments, safe * (1 - balloon * (1 - repaid)) / repaid)


def prior(row: Array, start: Value, months: int) -> Array:
    """A row moved one month later; month 0 holds the start."""
    columns = max(row.shape[1], np.shape(start)[-1] if np.ndim(start) else 1)
    result = np.empty((months, columns))
    result[0] = start
    result[1:] = row[:-1]
    return result


def following(row: Array, start: Value, months: int) -> Array:
    """A row moved one month earlier; the last month holds 0."""
    del start
    result = np.zeros((months, row.shape[1]))
    result[:-1] = row[1:]
    return result


def prior_list(row: list[float], start: float, months: int) -> list[float]:
    """`prior` for a row of plain numbers."""
    return [start, *row[: months - 1]]


def following_list(row: list[float], start: float, months: int) -> list[float]:
    """`following` for a row of plain numbers."""
    del start
    return [*row[1:months], 0.0]


def as_rows(value: Any, months: int) -> Array:
    """A value as an array of shape (months, columns or 1)."""
    array = np.asarray(value, dtype=np.float64)
    if array.ndim == 2 and array.shape[0] == months:
        return array
    rows = np.empty((months, array.shape[1] if array.ndim == 2 else 1))
    rows[...] = array
    return rows


def as_one(value: Any) -> Array:
    """The value of a line with one value for the deal, shape (1, columns or 1)."""
    return np.asarray(value, dtype=np.float64).reshape(1, -1)


def total(row: Array) -> Array:
    return np.asarray(row.sum(axis=0, keepdims=True))


def smallest(row: Array) -> Array:
    return np.asarray(row.min(axis=0, keepdims=True))


def largest(row: Array) -> Array:
    return np.asarray(row.max(axis=0, keepdims=True))


def product(a: Array, b: Array) -> Array:
    return np.asarray((a * b).sum(axis=0, keepdims=True))


def by_year(table: Array, year: Any, ends: bool) -> Array:
    """Entries of a table of shape (years, columns or 1) for contract years, the first being 1."""
    index = np.asarray(year).astype(np.int64) - 1
    last = table.shape[0] - 1
    held = np.clip(index, 0, last)
    if table.shape[1] == 1:
        values = table[held, 0]
    else:
        values = np.take_along_axis(table, np.broadcast_to(held, (held.shape[0], table.shape[1])), axis=0)
    return np.where(index > last, 0.0, values) if ends else np.asarray(values)


def window(row: Array, first: Any, last: Any, month: Array) -> Array:
    """Sum of a row of shape (months, columns) over the months first..last, for each month and column."""
    months = row.shape[0]
    low, high = np.broadcast_arrays(as_rows(first, months), as_rows(last, months))
    steps = month[:, 0]
    if low.shape[1] == row.shape[1] == 1:
        inside = (steps[None, :] >= low) & (steps[None, :] <= high)
        return np.asarray(inside.astype(np.float64) @ row)
    result = np.empty((months, max(low.shape[1], row.shape[1])))
    for m in range(months):
        if low.shape[1] == 1:
            first_month, past = max(0, int(np.ceil(low[m, 0]))), max(0, int(np.floor(high[m, 0])) + 1)
            result[m] = row[first_month:past].sum(axis=0)
        else:
            inside = (month >= low[m]) & (month <= high[m])
            result[m] = np.where(inside, row, 0.0).sum(axis=0)
    return result


def trailing(history: Any, first: Any, m: int) -> Any:
    """Sum of a row known up to month m, from month `first`: over a list of floats, or rows of columns."""
    if isinstance(history, list):
        return sum(history[max(0, int(first)) : m + 1])
    if np.size(first) == 1:
        return history[max(0, int(np.asarray(first).reshape(()))) : m + 1].sum(axis=0)
    steps = np.arange(m + 1, dtype=np.float64)[:, None]
    return np.where(steps >= first, history[: m + 1], 0.0).sum(axis=0)


def number(value: Any) -> Any:
    """A value that is the same in all columns and months, as NumPy takes it fastest: an array without dimensions."""
    return np.asarray(value).reshape(())


def by_month(value: Any, months: int) -> list[Any]:
    """A value that is the same in all columns, month by month as `number`."""
    row = np.broadcast_to(np.asarray(value).reshape(-1), months)
    return [row[m, ...] for m in range(months)]


def choose(met: Any, then: Any, otherwise: Any, out: Array) -> None:
    """Write one value where the condition holds and the other where it does not; mostly it holds in all or in none."""
    holds = np.count_nonzero(met)
    if holds == 0:
        np.copyto(out, otherwise)
    elif holds == np.size(met):
        np.copyto(out, then)
    else:
        np.copyto(out, np.where(met, then, otherwise))


def by_year_in_month(table: Array, year: Any, ends: bool) -> Array:
    """`by_year` for a single month: contract years as a number or by column."""
    return np.asarray(by_year(table, np.reshape(year, (1, -1)), ends)[0])
