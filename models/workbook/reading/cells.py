"""The cells of a workbook that has passed all examinations, as plain values.

openpyxl gets a fresh archive of the few parts that say what cells hold; styles, drawings and all else stay outside,
so dates remain the numbers they are.
"""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from models.workbook.reading.limits import COLUMNS, LONGEST_KEPT, ROWS
from models.workbook.reading.refusal import RefusedError, quoted

NUMBER, TEXT, TRUTH, ERROR, FORMULA = "n", "s", "b", "e", "f"
_NEEDED = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels|"
    r"xl/sharedStrings\.xml|xl/worksheets/[^/]+\.xml",
    re.IGNORECASE,
)
_AREA = re.compile(r"(?:'((?:[^']|'')+)'|([\w.]+))!\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?")

Found = dict[str, Any]


def read_cells(parts: Mapping[str, bytes]) -> Found:
    """What the cells of all sheets hold, and the defined names.

    Returns:
        `sheets`: for each its `name` and `cells`, a list of (row, column, kind, value) counted from 1; a formula has a
        fifth entry, the value last computed, on sheets that a defined name leads to. `names`: by name what it stands
        for. `date1904`: whether dates are counted from 1904.

    Raises:
        RefusedError: a part does not make sense.
    """
    content = _archive(parts)
    book = _open(content, data_only=False)
    try:
        names = {name: str(defined.attr_text or "")[:LONGEST_KEPT] for name, defined in book.defined_names.items()}
        computed = _computed(content, names)
        sheets = [
            {"name": sheet.title, "cells": list(_cells(sheet, computed.get(sheet.title)))} for sheet in book.worksheets
        ]
        return {"sheets": sheets, "names": names, "date1904": book.epoch.year == 1904}
    finally:
        book.close()


def _archive(parts: Mapping[str, bytes]) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            if _NEEDED.fullmatch(name):
                archive.writestr(name, content)
    return memory.getvalue()


def _open(content: bytes, *, data_only: bool) -> Any:
    import openpyxl  # noqa: PLC0415 - loaded only once a file has passed all examinations

    return openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=data_only, keep_links=False)


def _computed(content: bytes, names: Mapping[str, str]) -> dict[str, dict[tuple[int, int], Any]]:
    """The values last computed on the sheets that defined names lead to."""
    titles = {(match[1] or match[2]).replace("''", "'") for text in names.values() if (match := _AREA.fullmatch(text))}
    book = _open(content, data_only=True)
    try:
        return {
            sheet.title: {
                (cell.row, cell.column): cell.value for row in _rows(sheet) for cell in row if cell.value is not None
            }
            for sheet in book.worksheets
            if sheet.title in titles
        }
    finally:
        book.close()


def _rows(sheet: Any) -> Iterator[Any]:
    try:
        yield from sheet.iter_rows(min_row=1, max_row=ROWS, min_col=1, max_col=COLUMNS)
    except (ValueError, TypeError, IndexError, KeyError, AttributeError, OverflowError) as error:
        raise RefusedError(f"The file is damaged: a cell of the sheet {quoted(sheet.title)} makes no sense.") from error


def _cells(sheet: Any, computed: Mapping[tuple[int, int], Any] | None) -> Iterator[tuple[Any, ...]]:
    for row in _rows(sheet):
        for cell in row:
            value = cell.value
            if value is None or value == "":  # programs differ in whether they keep an empty text
                continue
            if cell.data_type == "f":
                text = _formula(value)
                if computed is None:
                    yield cell.row, cell.column, FORMULA, text
                else:
                    yield cell.row, cell.column, FORMULA, text, _plain(computed.get((cell.row, cell.column)))[1]
            elif cell.data_type == "e":
                yield cell.row, cell.column, ERROR, str(value)[:LONGEST_KEPT]
            else:
                yield cell.row, cell.column, *_plain(value)


def _formula(value: Any) -> str:
    """The text of a formula; of one that fills an area, the text it was entered with."""
    text = value if isinstance(value, str) else getattr(value, "text", None) or "={...}"
    return str(text)[:LONGEST_KEPT]


def _plain(value: Any) -> tuple[str, Any]:
    """A value as JSON can hold it, with its kind."""
    if isinstance(value, bool):
        return TRUTH, value
    if isinstance(value, int | float):
        try:
            number = float(value)
        except OverflowError:
            number = math.inf
        return (NUMBER, number) if math.isfinite(number) else (ERROR, "not a finite number")
    if value is None:
        return TEXT, None
    return TEXT, str(value)[:LONGEST_KEPT]
