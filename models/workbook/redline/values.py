"""One cell of a returned workbook as a value of the deal, or the reason why it is none."""

from __future__ import annotations

from typing import NamedTuple

from models.deal.field import Field, Unit
from models.workbook.reading.facts import Cell
from models.workbook.reading.refusal import quoted
from models.workbook.record import month_of, rounded
from models.workbook.redline.notes import NoteKind


class Taken(NamedTuple):
    """A value in file units, or what is wrong with the cell: the kind of note and the end of its sentence."""

    value: object = None
    kind: NoteKind | None = None
    why: str = ""


def taken(field: Field, cell: Cell | None) -> Taken:
    """The value of an input cell; nothing is guessed."""
    if cell is None:
        return Taken(kind="cleared", why="is empty now; enter a value to change it.")
    if cell.kind == "f":
        shows = "" if cell.computed is None else f", which showed {_shown(cell.computed)} when it was saved"
        return Taken(kind="formula", why=f"is a formula now, {quoted(str(cell.value))}{shows}; a number is needed.")
    if cell.kind == "s":
        return Taken(kind="not a number", why=f"holds the text {quoted(str(cell.value))}, which is not a number.")
    if cell.kind == "e":
        return Taken(kind="not a number", why=f"holds the error {quoted(str(cell.value))}, which is not a number.")
    if cell.kind == "b" and field.unit is not Unit.FLAG:
        return Taken(kind="not a number", why=f"holds {_shown(cell.value)}, which is not a number.")
    return _of_number(field, rounded(float(cell.value or 0.0)))


def _of_number(field: Field, number: float) -> Taken:
    if field.unit is Unit.FLAG:
        if number not in (0.0, 1.0):
            return Taken(kind="not allowed", why=f"holds {_shown(number)}; it must be 1 for yes or 0 for no.")
        return Taken(number == 1.0)
    if field.unit is Unit.MONTH:
        month = month_of(number)
        if month is None:
            return Taken(kind="not allowed", why=f"holds {_shown(number)}, which is not the first day of a month.")
        return Taken(month)
    return Taken(int(number) if field.whole and number == int(number) else number)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return f"{value:,.10g}"
    return quoted(str(value))
