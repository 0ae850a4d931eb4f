"""The model sheet: one row for each line item, one formula along each row, the engine's figures as cached values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from models.language.line import Kind, Measure
from models.language.model import Line
from models.language.tree import is_const
from models.workbook.edition import Edition, Row
from models.workbook.formulas import NOT_AVAILABLE_TEXT, RUNNING, Place, Printer, along, column_at
from models.workbook.inputs import month_date
from models.workbook.sheet import close_months, open_sheet
from models.workbook.styles import GREY, NUMBER, OF_MEASURE, Styles

MODEL = "Model"
NAME, LABEL, UNIT, VALUE, OPENING, FIRST = range(6)
MONTH_ROW, DATE_ROW, YEAR_ROW, BODY = 3, 4, 5, 7
"""Per cent at which the labels and 24 months fill an A3 page."""


def place_lines(lines: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Row of each of some lines, given with their sections, on the model sheet (0-based)."""
    rows: dict[str, int] = {}
    row, shown = BODY, ""
    for name, section in lines:
        if section != shown:
            shown = section
            row += 1
        rows[name] = row
        row += 1
    return rows


def place_rows(edition: Edition, series: dict[str, int]) -> Place:
    """Row of every line on the model sheet, sections under their bars."""
    rows = place_lines((item.line.name, item.section) for item in edition.rows)
    return Place(rows, VALUE, FIRST, FIRST + edition.months - 1, MONTH_ROW, series)


def write_model(book: Any, styles: Styles, edition: Edition, place: Place, progress: Callable[[float], None]) -> None:
    """Every line of the edition, month by month."""
    sheet = open_sheet(book, styles, edition, MODEL, place.last + 2)
    sheet.set_column(NAME, NAME, 24)
    sheet.set_column(LABEL, LABEL, 44)
    sheet.set_column(UNIT, UNIT, 17)
    sheet.set_column(VALUE, VALUE, 15)
    sheet.set_column(OPENING, OPENING, 12)
    sheet.set_column(FIRST, place.last, 13)
    sheet.set_column(place.last + 1, place.last + 1, 2)
    sheet.set_column(place.last + 2, place.last + 2, 110)
    _write_heads(sheet, styles, edition, place)
    sheet.freeze_panes(BODY, FIRST)
    printer = Printer({row.line.name: row.line for row in edition.rows}, place, RUNNING)
    section = ""
    for k, row in enumerate(edition.rows):
        at = place.rows[row.line.name]
        if row.section != section:
            section = row.section
            for column in range(place.last + 2):
                sheet.write_blank(at - 1, column, None, styles.section())
            sheet.write_string(at - 1, NAME, section, styles.section())
        sheet.set_row(at, None, None, {"level": 1})
        _write_line(sheet, styles, edition, printer, row, at)
        if k % 16 == 0:
            progress(k / len(edition.rows))
    sheet.repeat_rows(MONTH_ROW, YEAR_ROW)
    sheet.repeat_columns(NAME, UNIT)
    sheet.outline_settings(True, False, True, False)
    sheet.print_area(0, NAME, max(place.rows.values()), place.last)
    close_months(sheet, edition, FIRST)


def _write_heads(sheet: Any, styles: Styles, edition: Edition, place: Place) -> None:
    head = styles.head()
    right = styles.head(align="right")
    for row, label in ((MONTH_ROW, "Month"), (DATE_ROW, "Month begins"), (YEAR_ROW, "Calendar year")):
        sheet.write_string(row, LABEL, label, head)
    sheet.write_string(YEAR_ROW, NAME, "Line", head)
    sheet.write_string(YEAR_ROW, UNIT, "Unit", styles.head(indent=1))
    for column, label in ((VALUE, "Total or value"), (OPENING, "Opening")):
        sheet.write_string(YEAR_ROW, column, label, right)
    sheet.write_formula(MONTH_ROW, OPENING, "=0-1", styles.head(num_format="0", align="right"), -1)
    sheet.write_string(YEAR_ROW, place.last + 2, "Why the line exists", head)
    months = [place.cell(MONTH_ROW, place.first + m) for m in range(-1, edition.months)]
    dates = styles.head(num_format="mmm-yy", align="right")
    whole = styles.head(num_format="0", align="right")
    for m in range(edition.months):
        column = place.first + m
        date = month_date(edition.start_number + m)
        serial = (date - dt.date(1899, 12, 30)).days
        sheet.write_formula(MONTH_ROW, column, f"={months[m]}+1", whole, m)
        sheet.write_formula(DATE_ROW, column, f"=EDATE(start,{months[m + 1]})", dates, serial)
        sheet.write_formula(YEAR_ROW, column, f"=YEAR({place.cell(DATE_ROW, column)})", whole, date.year)


def _write_line(sheet: Any, styles: Styles, edition: Edition, printer: Printer, row: Row, at: int) -> None:
    line, place = row.line, printer.place
    shown = _format(line)
    sheet.write_string(at, NAME, line.name, styles.of(font_color=GREY, font_size=8))
    sheet.write_string(at, LABEL, row.label, styles.of())
    sheet.write_string(at, UNIT, unit_words(line, edition.currency), styles.of(font_color=GREY, indent=1))
    sheet.write_string(at, place.last + 2, line.definition.reason, styles.of(font_color=GREY, font_size=8))
    figure = styles.figure(shown)
    bold = styles.figure(shown, bold=True)
    if line.once:
        formula = replace(printer, column=column_at(VALUE)).formula(line.formula)
        sheet.write_formula(at, VALUE, formula, bold, cached(row.once or 0.0))
        return
    if line.sums:
        sheet.write_formula(at, VALUE, f"=SUM({place.span(at)})", bold, sum(row.values))
    if not is_const(line.start, 0):
        start = replace(printer, column=column_at(OPENING)).formula(line.start)
        sheet.write_formula(at, OPENING, start, figure, _start(edition, line))
    texts = along(printer.formula(line.formula), place.first, place.last)
    for column, (text, value) in enumerate(zip(texts, row.values, strict=True), start=place.first):
        sheet.write_formula(at, column, text, figure, cached(value))


def _start(edition: Edition, line: Line) -> float:
    """Value before the first month: a constant or one input."""
    if is_const(line.start, 1):
        return 1.0
    path = getattr(line.start, "path", "")
    return next(float(entry.value) for entry in edition.entries if entry.path == path)


def cached(value: float) -> float | str:
    """A figure as the cell holds it."""
    return NOT_AVAILABLE_TEXT if value == float("inf") else value


def _format(line: Line) -> str:
    definition = line.definition
    if definition.kind is Kind.FLAG:
        return OF_MEASURE[Measure.FLAG]
    return OF_MEASURE.get(definition.measure, NUMBER)


def unit_words(line: Line, currency: str) -> str:
    """Unit of a line with the currency's ISO code."""
    words = str(line.definition.measure)
    return words.replace("money", currency) if words.startswith("money") else words
