"""Words and figures under heads, on their way out of the program: to the clipboard or into a file."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # nothing is imported here, so that the window can name these before the engine is loaded
    from models.engine.tables import Table

Cell = float | str | None
NO_FIGURE = "n/a"
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class CellRow:
    """One row; figures in the unit that a head or the row itself names, None where there is none.

    `form` is the measure by which a workbook shows its figures: money and fraction have a form of their own.
    """

    cells: tuple[Cell, ...]
    form: str = ""
    strong: bool = False


@dataclass(frozen=True)
class CellTable:
    """A table with its title; rows may be shorter than the heads."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[CellRow, ...]

    @classmethod
    def of(cls, title: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> CellTable:
        """A table of plain rows."""
        return cls(title, tuple(heads), tuple(CellRow(tuple(row)) for row in rows))

    def texts(self, write: Callable[[float], str]) -> list[list[str]]:
        """Heads and rows as texts, figures written by `write`; no text is one that a spreadsheet computes."""
        rows = [[self._text(cell, write) for cell in row.cells] for row in self.rows]
        return [[plain(head) for head in self.heads], *rows]

    @staticmethod
    def _text(cell: Cell, write: Callable[[float], str]) -> str:
        if cell is None:
            return ""
        return plain(cell) if isinstance(cell, str) else write(cell)


def plain(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text


def cells_of(table: Table, title: str, currency: str) -> CellTable:
    """Lines over periods with a column for their units, money in `currency`; sections have rows of their own.

    Totals stand last, where the table has them.
    """
    rows: list[CellRow] = []
    add_total = table.has_total
    section = ""
    for row in table.rows:
        if row.section != section:
            section = row.section
            rows.append(CellRow((section,), strong=True))
        values: list[Cell] = [value if math.isfinite(value) else NO_FIGURE for value in row.values]
        if add_total:
            values.append(row.total)
        rows.append(CellRow((row.label, row.unit.replace("money", currency), *values), row.unit, row.subtotal))
    return CellTable(title, ("Line", "Unit", *table.columns, *(("Total",) if add_total else ())), tuple(rows))
