"""Results as a file of figures, without formulas: tables in a workbook, a sheet each, or one table as CSV."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from models.analysis.by_period import cash_flow_by
from models.deal.storage import replace_file
from models.engine.case import Case, label_of
from models.engine.tables import PERIODS, Row, Table, over_periods, periods_of
from models.workbook.cells import NO_FIGURE, CellTable, cells_of
from models.workbook.text import LONGEST_LABEL, clean

_FORMS = {
    "money": '#,##0_);(#,##0);"-"_)',
    "fraction": "0.0%",
    "": '#,##0.00##_);(#,##0.00##);"-"_)',
}
_LONGEST_SHEET_NAME = 31
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def write_figures(case: Case, path: str | os.PathLike[str], period: str = "year", *, partner: bool = False) -> None:
    """Write the results of a case as figures in full precision.

    Args:
        case: computed, by the deal without internal fields where a partner gets the file.
        path: ends in .csv for one table, else a workbook with the cash flow by month, quarter and year and with every
            line by month.
        period: of a CSV file: month, quarter or year. Flows are added up over it, balances and ratios are its last.
        partner: leave out every line that is internal.

    Raises:
        OSError: the file cannot be written; what stood there before is unchanged.
        ValueError: a name cannot stand in a file; the sentence says why.
    """
    if Path(path).suffix.lower() == ".csv":
        write_tables((cash_flow_by(case, period),), path)
        return
    every = cells_of(_all_lines(case, partner=partner), "All lines by month", case.deal.currency)
    write_tables((*(cash_flow_by(case, each) for each in PERIODS), every), path, case.deal.name)


def write_tables(tables: Sequence[CellTable], path: str | os.PathLike[str], title: str = "") -> None:
    """Write tables in full precision, whole or not at all.

    Args:
        tables: the first alone becomes a CSV file; in a workbook each has a sheet under its title.
        path: ends in .csv, else a workbook is written.
        title: of the workbook.

    Raises:
        OSError: the file cannot be written; what stood there before is unchanged.
        ValueError: a text cannot stand in a file; the sentence says why.
    """
    target = Path(os.path.realpath(path))
    data = _csv(tables[0]) if target.suffix.lower() == ".csv" else _workbook(tables, title or tables[0].title)
    replace_file(target, data)


def _csv(table: CellTable) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(table.texts(repr))
    return ("\ufeff" + out.getvalue()).encode()  # the mark tells Excel that the text is UTF-8


def _workbook(tables: Sequence[CellTable], title: str) -> bytes:
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(
        memory, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": False}
    )
    book.set_properties({"title": clean(title, LONGEST_LABEL), "author": "Backstop"})
    names: list[str] = []
    for table in tables:
        names.append(_sheet_name(table.title, names))
        _sheet(book, names[-1], table)
    book.close()
    return memory.getvalue()


def _sheet_name(title: str, taken: Sequence[str]) -> str:
    """A title as the name of a sheet: short, without what a sheet may not be called, and not there twice."""
    name = " ".join(clean(title.translate(_FORBIDDEN), LONGEST_LABEL).split())[:_LONGEST_SHEET_NAME] or "Figures"
    used = {each.casefold() for each in taken}
    numbered = (f"{name[: _LONGEST_SHEET_NAME - 4]} ({count})" for count in range(2, len(taken) + 3))
    return name if name.casefold() not in used else next(each for each in numbered if each.casefold() not in used)


def _sheet(book: xlsxwriter.Workbook, name: str, table: CellTable) -> None:
    sheet = book.add_worksheet(name)
    strong, right = book.add_format({"bold": True}), book.add_format({"align": "right"})
    forms = {form: book.add_format({"num_format": code}) for form, code in _FORMS.items()}
    bold = {form: book.add_format({"num_format": code, "bold": True}) for form, code in _FORMS.items()}
    words = [_is_words(table, column) for column in range(len(table.heads))]
    leading = words.index(False) if False in words else 1
    sheet.freeze_panes(1, max(1, leading))
    for column, head in enumerate(table.heads):
        widest = max((len(str(row.cells[column])) for row in table.rows if _is_text(row.cells, column)), default=0)
        sheet.set_column(column, column, min(max(len(head) + 2, widest, 14), 60 if words[column] else 24))
        side = "left" if words[column] else "right"
        sheet.write_string(
            0, column, clean(head, LONGEST_LABEL), book.add_format({"bold": True, "bottom": 1, "align": side})
        )
    for number, row in enumerate(table.rows, start=1):
        form = (bold if row.strong else forms)[row.form if row.form in _FORMS else ""]
        for column, cell in enumerate(row.cells):
            if isinstance(cell, str):
                look = right if cell == NO_FIGURE else strong if row.strong else None
                sheet.write_string(number, column, clean(cell, 1000), look)
            elif cell is not None:
                sheet.write_number(number, column, cell, form)


def _is_words(table: CellTable, column: int) -> bool:
    """Whether a column holds words alone."""
    held = [row.cells[column] for row in table.rows if column < len(row.cells)]
    return not any(isinstance(cell, float | int) for cell in held)


def _is_text(cells: Sequence[object], column: int) -> bool:
    return column < len(cells) and isinstance(cells[column], str)


def _all_lines(case: Case, *, partner: bool) -> Table:
    ends, columns = periods_of(case, "month")
    rows = []
    for name in case.lines:
        line = case.model.lines[name]
        definition = line.definition
        if line.constant_zero or (partner and definition.internal):
            continue
        values = over_periods(case, line, ends)
        unit, kind = str(definition.measure), str(definition.kind)
        rows.append(Row(name, label_of(case.deal, line), definition.section, unit, kind, values))
    return Table(columns, tuple(rows))
