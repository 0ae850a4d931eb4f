"""Tables in files from outside: CSV as text, workbooks through the guarded process that reads them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

from models.deal.storage import reason_of, shown_name
from models.importing.source import ImportRefusedError, SourceTable, Value
from models.importing.turned import turned
from models.workbook.reading.facts import Cell, Facts
from models.workbook.reading.process import read_workbook

LARGEST_FILE = 10_000_000
MOST_ROWS = 20_000
MOST_COLUMNS = 200
_SEPARATORS = ",;\t|"


def read_tables(path: Path, *, cancelled: Callable[[], bool] = lambda: False) -> tuple[SourceTable, ...]:
    """The tables of a CSV file or a workbook, those that hold anything.

    Args:
        path: ends in .csv, .txt, .tsv or .xlsx.
        cancelled: asked while a workbook is read in its own process.

    Raises:
        ImportRefusedError: the file cannot be read, holds no table, or is larger than any month series.
        RefusedError: the workbook is damaged or built to harm.
    """
    data = _bytes(path)
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        facts = read_workbook(data, cancelled=cancelled)
        found = tuple(table for name in facts.sheets if (table := _of_sheet(facts, name)) is not None)
    else:
        found = tuple(table for table in (_of_text(path.stem, data),) if table is not None)
    if not found:
        raise ImportRefusedError(
            f"{shown_name(path)} holds no table: it needs a row of headings and rows of values below."
        )
    return found


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise ImportRefusedError(f"{shown_name(path)} could not be read: {reason_of(error)}.") from error
    if len(data) > LARGEST_FILE:
        raise ImportRefusedError(f"{shown_name(path)} is larger than {LARGEST_FILE // 1_000_000} MB.")
    return data


def _of_text(name: str, data: bytes) -> SourceTable | None:
    text = _decoded(data)
    sample = "\n".join(text.splitlines()[:20])
    try:
        separator = csv.Sniffer().sniff(sample, delimiters=_SEPARATORS).delimiter
    except csv.Error:
        separator = next((each for each in _SEPARATORS if each in sample), ",")
    try:
        rows = [
            row
            for _, row in zip(range(MOST_ROWS + 1), csv.reader(io.StringIO(text), delimiter=separator), strict=False)
        ]
    except csv.Error as error:
        raise ImportRefusedError(
            f"{name} cannot be read as a table; save it anew as CSV, a row on each line."
        ) from error
    return _table(name, [[cell.strip() or None for cell in row] for row in rows], 1, 1)


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")  # what a spreadsheet in western Europe saves as CSV


def _of_sheet(facts: Facts, name: str) -> SourceTable | None:
    cells = facts.sheets[name]
    if not cells:
        return None
    top, bottom = min(row for row, _ in cells), max(row for row, _ in cells)
    left, right = min(column for _, column in cells), max(column for _, column in cells)
    if right - left >= MOST_COLUMNS or bottom - top > MOST_ROWS:
        raise ImportRefusedError(f'The sheet "{name}" is larger than {MOST_ROWS:,} rows or {MOST_COLUMNS} columns.')
    rows = [[_plain(cells.get((row, column))) for column in range(left, right + 1)] for row in range(top, bottom + 1)]
    return _table(name, rows, top, left)


def _plain(cell: Cell | None) -> Value:
    if cell is None or cell.kind == "e":
        return None
    value = cell.computed if cell.kind == "f" else cell.value
    if isinstance(value, bool):
        return str(value)
    return value.strip() or None if isinstance(value, str) else value


def _table(name: str, rows: list[list[Value]], top: int, left: int) -> SourceTable | None:
    """The table whose headings are the first row with several entries and no number, or whose dates stand across."""
    if len(rows) > MOST_ROWS:
        raise ImportRefusedError(f"{name} holds more than {MOST_ROWS:,} rows.")
    width = max((len(row) for row in rows), default=0)
    if width > MOST_COLUMNS:
        raise ImportRefusedError(f"{name} holds more than {MOST_COLUMNS} columns.")
    padded = [row + [None] * (width - len(row)) for row in rows]
    across = turned(name, padded, left)
    if across is not None:
        return across
    for at, row in enumerate(padded):
        texts = [cell for cell in row if isinstance(cell, str)]
        if len(texts) > 1 and not any(isinstance(cell, float | int) for cell in row):
            heads = tuple(str(cell) if cell else f"Column {column}" for column, cell in enumerate(row, start=1))
            below = tuple(tuple(each) for each in padded[at + 1 :])
            return SourceTable(name, heads, below, top + at + 1) if below else None
    return None
