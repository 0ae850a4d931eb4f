"""Values at any dates as values by month, by one rule that is stated with the result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median
from typing import Literal

import pandas as pd
from openpyxl.utils import get_column_letter

from models.deal.kinds import MOST_MONEY
from models.deal.months import month_label, month_number, month_text
from models.importing.columns import DayOrder, Mark, as_date, as_number, as_year, day_order_of, mark_of, refuse_open
from models.importing.source import ImportRefusedError, SourceTable

Stamp = Literal["beginning", "end"]
"""What a date says of its period: that it begins, or that it ends with that day."""

IMPORT_RULE = (
    "A value holds for the whole period of its date (day, week, month, quarter or year); a month takes the average "
    "over its days."
)
MOST_NAMED = 6

_PERIODS = (
    ("daily", 3, pd.DateOffset(days=1)),
    ("weekly", 12, pd.DateOffset(days=7)),
    ("monthly", 75, pd.DateOffset(months=1)),
    ("quarterly", 140, pd.DateOffset(months=3)),
    ("yearly", 400, pd.DateOffset(years=1)),
)


@dataclass(frozen=True)
class MonthValues:
    """A series by month for a deal.

    Attributes:
        values: one for each month of the deal, as many as are known or lie before one that is.
        months: their labels.
        every: daily, weekly, monthly, quarterly or yearly.
        notes: what was found and done, in sentences: gaps, doubles, rows left out, months outside the deal.
    """

    values: tuple[float, ...]
    months: tuple[str, ...]
    every: str
    notes: tuple[str, ...]


def month_values(
    table: SourceTable,
    date_column: int,
    value_column: int,
    *,
    start: str,
    months: int,
    stamp: Stamp = "beginning",
    order: DayOrder | None = None,
    mark: Mark | None = None,
) -> MonthValues:
    """The values of a table by month of a deal.

    Args:
        table: whence.
        date_column: number of the column with the dates, from 0.
        value_column: number of the column with the values, from 0.
        start: first month of the deal, `YYYY-MM`.
        months: number of months of the deal.
        stamp: what the dates say of their periods.
        order: which number of a date is the day, where the dates themselves do not tell.
        mark: the decimal mark, where the numbers themselves do not tell.

    Raises:
        ImportRefusedError: nothing can be read from these columns, it can be read in two ways, or a value is beyond
            what any field takes.
    """
    dates = [row[date_column] for row in table.rows]
    values = [row[value_column] for row in table.rows]
    head, first = (table.heads[date_column], table.heads[value_column]), table.first
    if as_date(head[0], order or "day first") and as_number(head[1], mark or mark_of([head[1]])) is not None:
        dates, values, first = [head[0], *dates], [head[1], *values], first - 1  # a file without headings
    refuse_open(values, dates, order, mark)
    order, mark = order or day_order_of(dates), mark or mark_of(values)
    days = [as_date(when, order) for when in dates]
    if not any(days):
        days = [as_year(when) for when in dates]  # else a year among months is a sum of them
    known: dict[date, float] = {}
    doubles: list[str] = []
    left_out: list[str] = []
    for number, (when, day, what) in enumerate(zip(dates, days, values, strict=True), start=first):
        if when is None and what is None:
            continue
        value = as_number(what, mark)
        if day is None or value is None:
            left_out.append(f"{_place(table, number)} (“{_shown(when)}”, “{_shown(what)}”)")
            continue
        if abs(value) > MOST_MONEY:
            where = _place(table, number)
            raise ImportRefusedError(
                f"{where[0].upper()}{where[1:]} holds “{_shown(what)}” in “{head[1]}”; no field takes a number "
                f"beyond {MOST_MONEY:,.0f}."
            )
        if day in known:
            doubles.append(f"{day:%d %b %Y}")
        known[day] = value
    if not known:
        raise ImportRefusedError(
            f"No {'column' if table.turned else 'row'} has a date in “{head[0]}” and a number in “{head[1]}”."
        )
    notes = [
        *(["The dates stand across; each row of the file is a series."] if table.turned else []),
        *_listed(left_out, "was left out", "were left out", "for want of a date or a number"),
        *_listed(doubles, "stands", "stand", "more than once; the last value counts"),
    ]
    period = _period(sorted({day for day in days if day is not None}))
    return _by_month(known, period, start, months, stamp, notes)


def _by_month(
    known: dict[date, float],
    period: tuple[str, pd.DateOffset],
    start: str,
    months: int,
    stamp: Stamp,
    notes: list[str],
) -> MonthValues:
    series = pd.Series(known, dtype=float)
    series.index = pd.to_datetime(series.index)
    series = series.sort_index()
    every, length = period
    index = pd.DatetimeIndex(series.index)
    begins = index if stamp == "beginning" else pd.DatetimeIndex(index + pd.Timedelta(days=1) - length)
    ends = pd.DatetimeIndex(begins + length)
    every_day = pd.date_range(begins[0], ends[-1] - pd.Timedelta(days=1), freq="D")
    holds = begins.searchsorted(every_day, side="right") - 1
    days = pd.Series(series.to_numpy()[holds], index=every_day).where(every_day < ends[holds])
    grouped = days.resample("MS")
    means, counts = grouped.mean(), grouped.count()
    labels = pd.DatetimeIndex(means.index)
    gaps = [f"{label:%b %Y}" for label in labels if counts[label] == 0]
    part = [f"{label:%b %Y}" for label in labels if 0 < counts[label] < label.days_in_month]
    notes += _listed(gaps, "has", "have", "no value; the one before goes on")
    notes += _listed(part, "has", "have", "values for some days only; the average is over those")
    first = month_number(start)
    by_number = dict(zip(12 * labels.year + labels.month - 1, means.ffill().tolist(), strict=True))
    before = sum(number < first for number in by_number)
    after = sum(number >= first + months for number in by_number)
    inside = [number for number in by_number if first <= number < first + months]
    if not inside:
        raise ImportRefusedError(
            f"The dates lie from {labels[0]:%b %Y} to {labels[-1]:%b %Y}; none is in the months of the "
            f"deal, {month_label(start)} to {month_label(month_text(first + months - 1))}."
        )
    if min(inside) > first:
        count, until = min(inside) - first, month_label(month_text(min(inside)))
        notes.append(f"{_months(count)} before {until} {'counts' if count == 1 else 'count'} as 0 for want of values.")
    for count, words in ((before, "before the deal begins"), (after, "after the deal ends")):
        if count:
            notes.append(f"{_months(count)} {words} {'is' if count == 1 else 'are'} not used.")
    numbers = range(first, max(inside) + 1)
    return MonthValues(
        tuple(by_number.get(number, 0.0) for number in numbers),
        tuple(month_label(month_text(number)) for number in numbers),
        every,
        tuple(notes),
    )


def _period(days: Sequence[date]) -> tuple[str, pd.DateOffset]:
    """How often values come, by the gap that is in the middle of all gaps between the dates, also of those without a
    value; a lone one is of a month."""
    gap = median((after - day).days for day, after in pairwise(days)) if len(days) > 1 else 30
    for name, most, length in _PERIODS:
        if gap <= most:
            return name, length
    raise ImportRefusedError("The dates lie more than a year apart; a month series needs them closer.")


def _listed(names: Sequence[str], one: str, many: str, what: str) -> list[str]:
    """A sentence about some of many; none where there are none."""
    if not names:
        return []
    shown, more = ", ".join(names[:MOST_NAMED]), len(names) - MOST_NAMED
    words = f"{shown} and {more} more" if more > 0 else shown
    return [f"{words[0].upper()}{words[1:]} {one if len(names) == 1 else many} {what}."]


def _place(table: SourceTable, number: int) -> str:
    """Where a value stands in the file, `row 7` or `column AB`."""
    return f"column {get_column_letter(number)}" if table.turned else f"row {number}"


def _shown(value: object) -> str:
    return "" if value is None else f"{value:.15g}" if isinstance(value, float) else str(value)[:30]


def _months(count: int) -> str:
    return "1 month" if count == 1 else f"{count} months"


def suggested_columns(table: SourceTable) -> tuple[int, int]:
    """The columns with the most dates and, of the others, with the most numbers; the first of those with as many."""
    columns = range(len(table.heads))
    held = [[row[column] for row in table.rows] for column in columns]
    dated = [
        (
            sum(as_date(value, "day first") is not None for value in values),
            sum(as_year(value) is not None for value in values),
        )
        for values in held
    ]
    when = max(columns, key=lambda column: dated[column])
    counts = [sum(as_number(value, mark_of(values)) is not None for value in values) for values in held]
    others = [column for column in columns if column != when]
    return when, max(others, key=lambda column: counts[column]) if others else when
