"""The figures of sensitivities as tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.tables.figures import figure
from app.tables.plain import Cell, PlainHead, PlainRow

if TYPE_CHECKING:  # made by the engine, which is loaded with the first figures
    from models import GridPicture, SweepPicture, TornadoPicture

Heads = Sequence[PlainHead]
Rows = Sequence[PlainRow]


def figure_cell(value: float | None, decimals: int, tip: str = "") -> Cell:
    """A figure of a table, `n/a` where there is none."""
    return Cell("n/a", None, tip) if value is None else Cell(figure(value, 0, decimals), value, tip)


def tornado_rows(found: TornadoPicture) -> tuple[Heads, Rows]:
    """One row for each term: what it is moved by, the figure at both ends, and what there is to say."""
    heads = (
        PlainHead("Term", False),
        PlainHead("by"),
        PlainHead(f"Low, {found.unit}"),
        PlainHead(f"High, {found.unit}"),
        PlainHead("", False),
    )
    rows = [
        PlainRow(
            (
                Cell(row.name, link=True),
                Cell(row.by),
                figure_cell(row.low, found.decimals + 1),
                figure_cell(row.high, found.decimals + 1),
                Cell(row.reason, tip=row.reason),
            ),
            row.path,
            internal=row.internal,
        )
        for row in found.rows
    ]
    return heads, rows


def sweep_rows(found: SweepPicture) -> tuple[Heads, Rows]:
    """One row for each value of the term."""
    heads = (PlainHead(found.x_name), PlainHead(found.y_name), PlainHead("", False))
    rows = [PlainRow((Cell(words, x), figure_cell(y, found.y_decimals), Cell(""))) for x, y, words in found.points]
    return heads, rows


def grid_rows(found: GridPicture) -> tuple[Heads, Rows]:
    """The grid as drawn: the highest row first, the terms at its edges."""
    corner = f"{found.y_name} \\ {found.x_name}"
    heads = (PlainHead(corner, False), *(PlainHead(words) for words in found.xs))
    rows = [
        PlainRow((Cell(words), *(figure_cell(value, found.decimals) for value in row)))
        for words, row in zip(reversed(found.ys), reversed(found.values), strict=True)
    ]
    return heads, rows
