"""What the reader found, checked once more: its answer is not trusted either."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from models.workbook.reading.limits import COLUMNS, ROWS
from models.workbook.reading.refusal import RefusedError

Spot = tuple[int, int]
Value = float | str | bool | None
KINDS = ("n", "s", "b", "e", "f")
_AREA = re.compile(
    r"(?:'((?:[^']|'')+)'|([\w.]+))!\$?([A-Z]{1,3})\$?([1-9]\d{0,6})(?::\$?([A-Z]{1,3})\$?([1-9]\d{0,6}))?"
)


class Cell(NamedTuple):
    """A cell that is not empty: its kind (number, text, truth, error, formula), its value, and the value a formula
    had when last computed."""

    kind: str
    value: Value
    computed: Value = None


class Area(NamedTuple):
    """Cells of a sheet; rows and columns count from 1."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Facts:
    """The sheets of a workbook in their order, each with its cells, and what the defined names stand for.

    `names` holds None for a name that is no plain area of cells.
    """

    sheets: Mapping[str, Mapping[Spot, Cell]]
    names: Mapping[str, Area | None]

    def at(self, sheet: str, row: int, column: int) -> Cell | None:
        """A cell, None where it is empty."""
        return self.sheets.get(sheet, {}).get((row, column))


def address(row: int, column: int) -> str:
    """`B12` for row 12 and column 2."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def facts_of(said: Any) -> Facts:
    """The answer of the reader as facts.

    Raises:
        RefusedError: it is not of the form agreed upon, or the workbook counts its dates from 1904.
    """
    try:
        found = said["found"]
        if found["date1904"] is not False:
            raise RefusedError("The workbook counts its dates from 1904; save it with the usual dates from 1900.")
        sheets = {_text(sheet["name"]): dict(_cells(sheet["cells"])) for sheet in found["sheets"]}
        names = {_text(name): area_of(_text(text)) for name, text in found["names"].items()}
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise RefusedError("The file could not be read: the reader gave an answer that makes no sense.") from error
    return Facts(sheets, names)


def area_of(text: str) -> Area | None:
    """The cells that a defined name stands for; None for anything but one area of one sheet."""
    match = _AREA.fullmatch(text.lstrip("="))
    if match is None:
        return None
    top, left = int(match[4]), _column(match[3])
    bottom, right = int(match[6] or top), _column(match[5] or match[3])
    return Area((match[1] or match[2]).replace("''", "'"), top, left, bottom, right)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _cells(listed: Any) -> Iterator[tuple[Spot, Cell]]:
    for row, column, kind, value, *computed in listed:
        if type(row) is not int or type(column) is not int or not (0 < row <= ROWS and 0 < column <= COLUMNS):
            raise ValueError("a cell outside all limits")
        if kind not in KINDS or len(computed) > 1:
            raise ValueError("a cell of no kind")
        yield (row, column), Cell(kind, _value(kind, value), _loose(computed[0]) if computed else None)


def _value(kind: str, value: Any) -> Value:
    if kind == "n":
        number = float(value)
        if isinstance(value, str | bool) or not math.isfinite(number):
            raise ValueError("a number that is none")
        return number
    if kind == "b":
        if not isinstance(value, bool):
            raise ValueError("a truth that is none")
        return value
    return _text(value)


def _loose(value: Any) -> Value:
    if value is None or isinstance(value, bool | str):
        return value
    return _value("n", value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("a text that is none")
    return value
