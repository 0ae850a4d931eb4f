"""What is read from a file from outside: a table of values, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass

Value = float | str | None


class ImportRefusedError(ValueError):
    """A file or a choice that gives no series; one sentence says why and what would."""


@dataclass(frozen=True)
class SourceTable:
    """One sheet of a workbook, or a CSV file.

    Attributes:
        name: of the sheet, or of the file.
        heads: names of the columns, `Column 3` where the file names none.
        rows: the rows below, as wide as `heads`; numbers of a workbook as numbers, all else as text.
        first: the number of the first of these rows in the file, counted from 1.
        turned: the dates stand across in the file, so that its columns are these rows, and `first` is a column.
    """

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    first: int
    turned: bool = False
