"""Tables whose dates stand across, as models on a sheet have them: read with the columns as rows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from models.importing.columns import as_date, as_year, day_order_of
from models.importing.source import SourceTable, Value

_LEAST = 3
"""Dates in a row from which on they are taken for the head of a table."""
_HEAD = 60  # rows among which the dates are looked for
_LONGEST = 400  # days between two dates of a series


def turned(name: str, rows: Sequence[Sequence[Value]], left: int) -> SourceTable | None:
    """The table with each row below the dates as a column; None where no row has more dates than any column.

    Args:
        name: of the table.
        rows: all of one width.
        left: the number of their first column in the file, counted from 1.
    """
    if not rows:
        return None
    for read in (_days, _years):
        found = [read(row) for row in rows[:_HEAD]]
        lengths = [_run(days) for days in found]
        longest = max(lengths)
        if longest:  # years alone are dates only where there are no others
            break
    if longest < _LEAST or longest <= max(_run(read(column)) for column in zip(*rows, strict=True)):
        return None
    at = lengths.index(longest)
    dates = rows[at]
    first = next(column for column, day in enumerate(found[at]) if day is not None)
    below = [row for row in rows[at + 1 :] if any(value is not None for value in row[first:])]
    if not below:
        return None
    heads = [_name(row[:first]) or f"Row {number}" for number, row in enumerate(below, start=1)]
    columns = range(first, len(dates))
    return SourceTable(
        name,
        ("Dates across", *heads),
        tuple((dates[column], *(row[column] for row in below)) for column in columns),
        left + first,
        turned=True,
    )


def _name(cells: Sequence[Value]) -> str:
    """The words that stand before the values of a row."""
    return " ".join(str(cell) for cell in cells if isinstance(cell, str))


def _days(cells: Sequence[Value]) -> list[int | None]:
    """The cells as days, None for what is no date."""
    order = day_order_of(cells) or "day first"  # where both are possible, dates that follow on one another do in both
    return [None if (day := as_date(cell, order)) is None else day.toordinal() for cell in cells]


def _years(cells: Sequence[Value]) -> list[int | None]:
    """The first days of the cells that are years, None for all else."""
    return [None if (day := as_year(cell)) is None else day.toordinal() for cell in cells]


def _run(cells: Sequence[int | None]) -> int:
    """The most days that follow on one another, each later than the one before; numbers that grow faster are none."""
    days = [day for day in cells if day is not None]
    best = length = min(1, len(days))
    for before, after in pairwise(days):
        length = length + 1 if 0 < after - before <= _LONGEST else 1
        best = max(best, length)
    return best
