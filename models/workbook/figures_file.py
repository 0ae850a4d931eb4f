"""Results as a file of figures, without formulas: a workbook with months, quarters and years, or one table as CSV."""

from __future__ import annotations

import csv
import io
import math
import os
from pathlib import Path

import xlsxwriter

from models.deal.storage import replace_file
from models.engine.case import Case, label_of
from models.engine.tables import PERIODS, Row, Table, cash_flow_table, over_periods, periods_of
from models.workbook.text import clean

NO_FIGURE = "n/a"
_TITLES = {"month": "By month", "quarter": "By quarter", "year": "By year"}
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


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
    target = Path(os.path.realpath(path))
    data = _csv(cash_flow_table(case, period)) if target.suffix.lower() == ".csv" else _workbook(case, partner=partner)
    replace_file(target, data)


def _csv(table: Table) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["Line", "Unit", *table.columns])
    for row in table.rows:
        writer.writerow(
            [_plain(row.label), row.unit, *(repr(v) if math.isfinite(v) else NO_FIGURE for v in row.values)]
        )
    return ("\ufeff" + out.getvalue()).encode()  # the mark tells Excel that the text is UTF-8


def _plain(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text


def _workbook(case: Case, *, partner: bool) -> bytes:
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(
        memory, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": False}
    )
    book.set_properties({"title": clean(case.deal.name), "author": "Backstop"})
    looks = {
        "head": book.add_format({"bold": True, "bottom": 1, "align": "right"}),
        "left": book.add_format({"bold": True, "bottom": 1}),
        "section": book.add_format({"bold": True}),
        "money": book.add_format({"num_format": '#,##0_);(#,##0);"-"_)'}),
        "other": book.add_format({"num_format": '#,##0.00_);(#,##0.00);"-"_)'}),
        "fraction": book.add_format({"num_format": "0.0%"}),
    }
    for period in PERIODS:
        _sheet(book, _TITLES[period], cash_flow_table(case, period), looks)
    _sheet(book, "All lines by month", _all_lines(case, partner=partner), looks)
    book.close()
    return memory.getvalue()


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


def _sheet(book: xlsxwriter.Workbook, title: str, table: Table, looks: dict[str, object]) -> None:
    sheet = book.add_worksheet(title)
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 1, 14)
    sheet.set_column(2, 1 + len(table.columns), 15)
    sheet.freeze_panes(1, 2)
    sheet.write_string(0, 0, "Line", looks["left"])
    sheet.write_string(0, 1, "Unit", looks["left"])
    for at, column in enumerate(table.columns, start=2):
        sheet.write_string(0, at, column, looks["head"])
    number, section = 1, ""
    for row in table.rows:
        if row.section != section:
            section = row.section
            sheet.write_string(number, 0, clean(section), looks["section"])
            number += 1
        sheet.write_string(number, 0, clean(row.label, 300), looks["section"] if row.subtotal else None)
        sheet.write_string(number, 1, row.unit)
        look = looks.get(row.unit, looks["other"])
        for at, value in enumerate(row.values, start=2):
            if math.isfinite(value):
                sheet.write_number(number, at, value, look)
            else:
                sheet.write_string(number, at, NO_FIGURE, looks["head"])
        number += 1
