"""The figures of sensitivities as tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from app.charts.of_study import dot_place, end_place, grid_chart, point_place
from app.places import AnyPlace, DealPlace, FigurePlace, StepPlace
from app.tables.figures import DASH, change, figure
from app.tables.plain import Cell, PlainHead, PlainRow

if TYPE_CHECKING:  # made by the engine, which is loaded with the first figures
    from models import BridgePicture, FrontierPicture, GridPicture, StatesPicture, SweepPicture, TornadoPicture

Heads = Sequence[PlainHead]
Rows = Sequence[PlainRow]


def figure_cell(value: float | None, decimals: int, tip: str = "", place: AnyPlace | None = None) -> Cell:
    """A figure of a table with where it comes from, `n/a` where there is none."""
    return Cell("n/a" if value is None else figure(value, 0, decimals), value, tip, place=place)


def change_cell(value: float | None, decimals: int, place: AnyPlace | None = None) -> Cell:
    """A difference with its sign and where its figure comes from; an en dash where it rounds to none, nothing where
    there is none."""
    if value is None:
        return Cell("", place=place)
    text = change(value, 0, decimals)
    return Cell(text if any(c in "123456789" for c in text) else DASH, value, place=place)


def _in_months(moved: Cell) -> Cell:
    """A difference of two months with its unit, which the head of the row does not say."""
    if moved.text in ("", DASH):
        return moved
    return replace(moved, text=f"{moved.text} month{'' if moved.text in ('+1', '−1') else 's'}")


def tornado_rows(found: TornadoPicture) -> tuple[Heads, Rows]:
    """One row for each term: what it is moved by, the figure at both ends, and what there is to say."""
    heads = (
        PlainHead("Term", False),
        PlainHead("by", False),
        PlainHead(f"Low, {found.unit}"),
        PlainHead(f"High, {found.unit}"),
        PlainHead("", False),
    )
    rows = [
        PlainRow(
            (
                Cell(row.name, link=True),
                Cell(row.by),
                figure_cell(row.low, found.decimals + 1, place=end_place(found, bar, bar.low)),
                figure_cell(row.high, found.decimals + 1, place=end_place(found, bar, bar.high)),
                Cell(row.reason, tip=row.reason),
            ),
            row.path,
            internal=row.internal,
        )
        for row, bar in zip(found.rows, found.found.bars, strict=True)
    ]
    return heads, rows


def sweep_rows(found: SweepPicture) -> tuple[Heads, Rows]:
    """One row for each value of the term."""
    heads = (PlainHead(found.x_name), PlainHead(found.y_name), PlainHead("", False))
    rows = [
        PlainRow((Cell(words, x), figure_cell(y, found.y_decimals, place=point_place(found, at)), Cell("")))
        for at, (x, y, words) in enumerate(found.points)
    ]
    return heads, rows


def grid_rows(found: GridPicture) -> tuple[Heads, Rows]:
    """The grid as drawn: the highest row first, the terms at its edges."""
    corner = f"{found.y_name} \\ {found.x_name}"
    heads = (PlainHead(corner, False), *(PlainHead(words) for words in found.xs))
    chart, across = grid_chart(found), len(found.xs)
    rows = [
        PlainRow(
            (
                Cell(found.ys[y]),
                *(
                    figure_cell(value, found.decimals, place=chart.figure(y * across + x, None))
                    for x, value in enumerate(found.values[y])
                ),
            )
        )
        for y in reversed(range(len(found.ys)))
    ]
    return heads, rows


def frontier_rows(found: FrontierPicture) -> tuple[Heads, Rows]:
    """One row for each deal that no other beats; opening one makes a scenario of it."""
    heads = (PlainHead("Deal", False), PlainHead(found.x_name), PlainHead(found.y_name), PlainHead("", False))
    rows = [
        PlainRow(
            (
                Cell(dot.label, link=True),
                figure_cell(dot.x, found.x_decimals, place=dot_place(found, dot, found.kpis[0])),
                figure_cell(dot.y, found.y_decimals, place=dot_place(found, dot, found.kpis[1])),
                Cell(", ".join(dot.notes[2:])),
            ),
            dot,
        )
        for dot in found.dots
    ]
    return heads, rows


def difference_rows(found: BridgePicture, names: tuple[str, str]) -> tuple[Heads, Rows]:
    """One row for each field that differs, with what it contributes; several that go together share one."""
    heads = (
        PlainHead("Field", False),
        PlainHead(names[0] or "Before", False),
        PlainHead(names[1] or "After", False),
        PlainHead(f"Contribution, {found.change_unit}"),
    )
    share = {path: (at, row) for at, row in enumerate(found.rows) for path in row.paths}
    rows, told = [], set[int]()
    for field in found.fields:
        part = share.get(field.path)
        amount = Cell(DASH)
        if part is not None:
            at, row = part
            again = at in told
            text = "with the above" if again else row.text
            amount = Cell(text, None if again else row.value, place=StepPlace(found, at, names))
            told.add(at)
        cells = (
            Cell(field.label, tip=field.path, link=True),
            Cell(field.before_text, tip=field.before_text),
            Cell(field.after_text, tip=field.after_text),
            amount,
        )
        rows.append(PlainRow(cells, field.path, internal=field.internal))
    return heads, rows


def state_rows(found: StatesPicture) -> tuple[Heads, Rows]:
    """One row for each key figure: its value in the first state, then value and difference for each other one."""
    heads = [PlainHead("Key figure", False), PlainHead(found.names[0])]
    for name in found.names[1:]:
        heads += [PlainHead(name), PlainHead("Δ")]
    rows = []
    for figure_row in found.figures:
        places = [
            DealPlace(FigurePlace(figure_row.name), deal, name)
            for deal, name in zip(found.deals, found.names, strict=True)
        ]
        cells = [Cell(figure_row.label, link=True, place=places[0])]
        for at, value in enumerate(figure_row.values):
            cell = figure_cell(value, figure_row.decimals, figure_row.reasons[at], places[at])
            cells.append(replace(cell, text=figure_row.texts[at]) if figure_row.texts and value is not None else cell)
            if at:
                moved = change_cell(figure_row.changes[at], figure_row.decimals, places[at])
                cells.append(_in_months(moved) if figure_row.texts else moved)
        rows.append(PlainRow(tuple(cells), figure_row.name, internal=figure_row.internal))
    return (*heads, PlainHead("", False)), [_padded(row, len(heads) + 1) for row in rows]


def state_field_rows(found: StatesPicture) -> tuple[Heads, Rows]:
    """One row for each field in which a state differs from the first."""
    heads = (PlainHead("Field", False), *(PlainHead(name, False) for name in found.names))
    rows = [
        PlainRow(
            (Cell(field.label, tip=field.path, link=True), *(Cell(text, tip=text) for text in field.texts)),
            field.path,
            internal=field.internal,
        )
        for field in found.fields
    ]
    return heads, rows


def _padded(row: PlainRow, count: int) -> PlainRow:
    return PlainRow((*row.cells, *([Cell("")] * (count - len(row.cells)))), row.key, row.strong, row.internal)
