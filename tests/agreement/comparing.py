"""Every figure of a workbook against the engine: each line in each month, and each key figure."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf, isfinite

from models.engine.case import KEY_FIGURES, Case
from models.language.line import Measure

from .reading import Book, Sheet, Value

MODEL, SUMMARY, CHECKS = "Model", "Summary", "Checks"
NAME, ONCE, FIRST = 1, 4, 6
"""Columns of the model sheet: the name of a line, its total or only value, and its first month."""
HEADS = 7
"""Rows of the model sheet above its lines."""

CLOSE, CLOSE_RATE = 1e-9, 1e-7
DUST = 0.005
"""Half a cent: an amount of money that counts as none."""
ALL_WELL = "All checks hold"


def line_rows(sheet: Sheet) -> dict[str, int]:
    """The row of every line on the model sheet, by its name; bars of sections have a name but no label."""
    return {
        str(cell.value): row
        for (row, column), cell in sheet.cells.items()
        if column == NAME and row > HEADS and sheet.value(row, NAME + 1) is not None
    }


def as_figure(value: Value) -> float | None:
    """A cell as the engine has it: infinite for the text n/a, None for what is no figure at all."""
    if value == "n/a":
        return inf
    return float(value) if isinstance(value, float | bool) else None


def differences(case: Case, book: Book, *, dust: float = 0.0) -> list[str]:
    """What differs between a workbook and the engine beyond the agreed tolerance, or is missing; empty if all agree.

    Amounts of money of which both sides have at most `dust` are equal: what is left of billions that cancel out
    depends on the order of adding.
    """
    return [*_lines(case, book, dust), *_figures(case, book, dust), *faults(book)]


def _lines(case: Case, book: Book, dust: float) -> Iterator[str]:
    sheet = book.sheets[MODEL]
    rows = line_rows(sheet)
    if not rows.keys() <= case.model.lines.keys():
        yield f"unknown lines {rows.keys() - case.model.lines.keys()}"
    lines = case.model.lines.values()
    wanted = {line.name for line in lines if not line.constant_zero and not line.definition.internal}
    if not wanted <= rows.keys():
        yield f"the model lacks {wanted - rows.keys()}"
    for name, row in rows.items():
        line = case.model.lines[name]
        tolerance = CLOSE_RATE if line.definition.measure is Measure.RATE else CLOSE
        none = dust if line.definition.measure is Measure.MONEY else 0.0
        if line.once:
            expected, first = [case.once[name]], ONCE
        else:
            expected, first = case.lines[name].tolist(), FIRST
        largest = max([1.0, *(abs(value) for value in expected if isfinite(value))])
        for month, right in enumerate(expected):
            found = as_figure(sheet.value(row, first + month))
            if found is not None and (found == right or max(abs(found), abs(right)) <= none):
                continue
            if found is None or not abs(found - right) <= tolerance * largest:
                yield f"{name}, month {month}: {sheet.value(row, first + month)!r} in the workbook, {right!r} here"
        if line.sums and not line.once:
            total, right = as_figure(sheet.value(row, ONCE)), sum(expected)
            allowed = max(CLOSE, none) * len(expected) + CLOSE * sum(map(abs, expected))
            if total is None or not abs(total - right) <= allowed:
                yield f"{name}, total: {total!r} in the workbook, {right!r} here"


def _figures(case: Case, book: Book, dust: float) -> Iterator[str]:
    sheet = book.sheets[SUMMARY]
    labels = {cell.value: row for (row, column), cell in sheet.cells.items() if column == 1}
    wanted = [figure for figure in KEY_FIGURES if figure.label in labels]
    if len(wanted) < len([figure for figure in KEY_FIGURES if not figure.internal]):
        yield f"the summary lacks {[figure.label for figure in KEY_FIGURES if figure.label not in labels]}"
    for figure in wanted:
        right, value = case.kpis[figure.name], sheet.value(labels[figure.label], 2)
        found = as_figure(value)
        if right is None:
            if value != "n/a":
                yield f"{figure.label}: {value!r} in the workbook, none here ({case.reasons[figure.name]})"
            continue
        money = case.model.lines[figure.line].definition.measure is Measure.MONEY
        tolerance = CLOSE_RATE if figure.how == "irr" else CLOSE * max(1.0, abs(right)) + (dust if money else 0.0)
        if found is None or not abs(found - right) <= tolerance:
            yield f"{figure.label}: {value!r} in the workbook, {right!r} here"


def faults(book: Book) -> Iterator[str]:
    """Errors in any cell of any sheet, and checks that do not hold."""
    for sheet in book.sheets.values():
        for (row, column), cell in sheet.cells.items():
            text = cell.value if isinstance(cell.value, str) else ""
            if cell.kind == "e" or (cell.formula is not None and text.startswith(("#", "Err:"))):
                yield f"{sheet.name} row {row} column {column} shows {text}"
        if sheet.value(2, _check_column(sheet)) != ALL_WELL:
            yield f"{sheet.name} says {sheet.value(2, _check_column(sheet))!r} of the checks"
    master = book.names["master_check"]
    if book.sheets[master.sheet].value(master.top, master.left) != 0.0:
        yield f"the master check is {book.sheets[master.sheet].value(master.top, master.left)!r}"


def _check_column(sheet: Sheet) -> int:
    """The column of the second row that holds a formula: the result of all checks."""
    return next((column for (row, column), formula in sheet.formulas() if row == 2), 0)
