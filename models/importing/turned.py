"""Tables whose dates stand across, as models on a sheet have them: read with the columns as rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from models.importing.columns import as_date
from models.importing.source import SourceTable, Value

_LEAST = 3
"""Dates in a row from which on they are taken for the head of a table."""
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
    lengths = [_run(row) for row in rows]
    longest = max(lengths)
    if longest < _LEAST or longest <= max(_run(column) for column in zip(*rows, strict=True)):
        return None
    at = lengths.index(longest)
    dates = rows[at]
    first = next(column for column, value in enumerate(dates) if _day(value) is not None)
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


def _day(value: Value) -> int | None:
    day = as_date(value, "day first")
    return None if day is None else day.toordinal()


def _run(cells: Iterable[Value]) -> int:
    """The most dates that follow on one another, each later than the one before; numbers that grow faster are none."""
    days = [day for cell in cells if (day := _day(cell)) is not None]
    best = length = min(1, len(days))
    for before, after in pairwise(days):
        length = length + 1 if 0 < after - before <= _LONGEST else 1
        best = max(best, length)
    return best
