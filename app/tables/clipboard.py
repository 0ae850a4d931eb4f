"""Blocks of cells to and from the clipboard, as spreadsheets exchange them: tab-separated, quoted where needed."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

MOST_CELLS = 200_000
_DASHES = "-\u2010\u2012\u2013\u2014\u2212?."
_NO_FIGURE = ("n/a", "n.a.", "na", "nil", "none", "null", "tba", "tbc", "tbd")


def to_tsv(rows: Sequence[Sequence[str]]) -> str:
    """Rows of texts as tab-separated lines; a text with a tab, a line end or a quote is quoted."""
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows(rows)
    return out.getvalue()


def from_tsv(text: str) -> list[list[str]]:
    """The cells of a pasted text, rows of equal length; empty when there is nothing or far too much in it."""
    if len(text) > 20 * MOST_CELLS or text.count("\t") > MOST_CELLS:
        return []
    clean = text.rstrip("\x00").replace("\r\n", "\n").replace("\r", "\n")
    try:
        rows = list(csv.reader(io.StringIO(clean, newline=""), delimiter="\t"))
    except csv.Error:  # one cell as long as a book
        return []
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    width = max((len(row) for row in rows), default=0)
    return [[cell.strip() for cell in row] + [""] * (width - len(row)) for row in rows]


@dataclass(frozen=True)
class Block:
    """Pasted cells without their headings, and those: each row of `heads` has one for each column, each of `labels` one
    for each row."""

    cells: list[list[str]]
    heads: list[list[str]] = field(default_factory=list)
    labels: list[list[str]] = field(default_factory=list)

    @property
    def texts(self) -> list[str]:
        """All cells that hold something."""
        return [cell for row in self.cells for cell in row if cell]


def _is_missing(cell: str) -> bool:
    """Whether a cell stands for a figure that is not there."""
    return (cell[:1] == "#" and len(cell) > 1) or not cell.strip(_DASHES) or cell.casefold() in _NO_FIGURE


def without_headings(rows: list[list[str]], known: Sequence[str], is_number: Callable[[str], bool]) -> Block:
    """Leave out the first rows and the first column where they hold headings.

    A row or column is a heading when all its cells are headings of the table pasted into (`known`), or when none of
    its cells is a number while all other rows or columns hold one. What stands for a figure that a spreadsheet could
    not give, such as `#N/A` or a dash, is no heading: left out, it would move all that follows by a cell.
    """
    names = {name.strip().casefold() for name in known if name.strip()}

    def heads(cells: list[str], others: list[list[str]]) -> bool:
        filled = [cell for cell in cells if cell]
        if not filled or not others:
            return False
        if all(cell.casefold() in names for cell in filled):
            return True
        if any(map(_is_missing, filled)):
            return False
        return not any(map(is_number, filled)) and all(any(map(is_number, line)) for line in others if any(line))

    top = 0
    while len(rows) > top + 1 and heads(rows[top], rows[top + 1 :]):
        top += 1
    columns = [list(column) for column in zip(*rows[top:], strict=True)]
    left = 0
    while len(columns) > left + 1 and heads(columns[left], columns[left + 1 :]):
        left += 1
    cells = [row[left:] for row in rows[top:]]
    return Block(cells, [row[left:] for row in rows[:top]], columns[:left])
