"""The inputs sheet and its tables: every number a formula uses, named, validated and unlocked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from models.deal.field import Field, Unit
from models.deal.months import month_label, month_number, month_text
from models.deal.values import allowed_on_screen
from models.workbook.edition import ON_TERM_SHEET, Edition, Entry, shown_words
from models.workbook.formulas import Place, defined_name
from models.workbook.sheet import close_months, close_sheet, open_sheet
from models.workbook.styles import GREY, OF_UNIT, Styles

INPUTS, TABLES, SERIES = "Inputs", "Year tables", "Month series"
LONGEST_MESSAGE = 255
_UNBOUND = 1e15
_JUST_ABOVE = 1e-6
_LAST_DATE = dt.date(2199, 12, 1)
_FIRST_DATE = dt.date(2000, 1, 1)


def month_date(month: str | int) -> dt.date:
    """First day of a month given as `YYYY-MM` or as 12 x year + month - 1."""
    number = month_number(month) if isinstance(month, str) else month
    return dt.date(number // 12, number % 12 + 1, 1)


_WIDTHS = (32, 24, 28, 26, 96)
_LINE = 13
"""Points of a line of text."""


def write_inputs(book: Any, styles: Styles, edition: Edition) -> None:
    """Inputs by section, and the terms that are fixed in this workbook."""
    sheet = open_sheet(book, styles, edition, INPUTS, 5)
    for column, wide in enumerate(_WIDTHS):
        sheet.set_column(column, column, wide)
    row = 3
    for column, text in enumerate(("Input", "Value", "Unit", "Allowed", "Note")):
        style = styles.head(align="right") if column == 1 else styles.head(indent=int(column == 2))
        sheet.write_string(row, column, text, style)
    sheet.freeze_panes(row + 1, 1)
    sheet.repeat_rows(row)
    row += 1
    heading = ""
    for entry in edition.entries:
        if not _worth_showing(entry):
            continue
        if entry.heading != heading:
            heading = entry.heading
            for column in range(5):
                sheet.write_blank(row, column, None, styles.section())
            sheet.write_string(row, 0, heading, styles.section())
            row += 1
        if entry.field.shape == "bands" and entry.value:
            row = _write_bands(book, sheet, styles, edition, entry, row)
            continue
        _write_entry(book, sheet, styles, edition, entry, row)
        row += 1
    _write_constants(book, sheet, styles, edition, row)
    close_sheet(sheet, edition, landscape=True)


def _worth_showing(entry: Entry) -> bool:
    """Whether the entry has a row of its own: inputs, and fixed terms that say something."""
    if entry.path in ON_TERM_SHEET:
        return False
    if entry.field.shape != "scalar":
        return entry.field.shape == "bands" and len(entry.value) > 1
    if entry.live or entry.path == "months":
        return True
    if isinstance(entry.value, int | float) and not isinstance(entry.value, bool):
        return False
    return entry.value is not None or not entry.path.startswith(("phases", "demand"))


def _write_entry(book: Any, sheet: Any, styles: Styles, edition: Edition, entry: Entry, row: int) -> None:
    if entry.live:
        shown = OF_UNIT[entry.field.unit]
        write_number(sheet, row, 1, entry.field, entry.value, styles.input(shown))
        _validate(sheet, row, 1, entry.field, edition.currency)
        _name(book, INPUTS, entry.path, row, 1)
    elif isinstance(entry.value, int | float) and not isinstance(entry.value, bool):
        sheet.write_number(row, 1, entry.value, styles.figure(OF_UNIT[entry.field.unit]))
        if entry.path == "months":
            _name(book, INPUTS, entry.path, row, 1)
    elif entry.field.unit is Unit.MONTH and entry.value is not None:
        sheet.write_string(row, 1, month_label(entry.value), styles.of(align="right"))
    else:
        sheet.write_string(row, 1, shown_words(entry), styles.of(align="right"))
    shown_unit = unit_in_cell(entry.field, edition.currency)
    allowed = _allowed(entry.field, edition.currency) if entry.live else "fixed in this workbook"
    _describe(sheet, styles, row, entry.label, shown_unit, allowed, entry.field.help)


def _describe(sheet: Any, styles: Styles, row: int, label: str, unit: str, allowed: str, note: str) -> None:
    """What stands around a value: label, unit, what is allowed, and the note, on as many lines as it needs."""
    sheet.write_string(row, 0, label, styles.of())
    sheet.write_string(row, 2, unit, styles.of(font_color=GREY, indent=1))
    sheet.write_string(row, 3, allowed, styles.of(font_color=GREY))
    sheet.write_string(row, 4, note, styles.of(font_color=GREY, text_wrap=True))
    sheet.set_row(row, max(15, _LINE * -(-len(note) // (_WIDTHS[4] + 14))))


def unit_in_cell(field: Field, currency: str) -> str:
    """The unit of the number in the cell; money stands in whole units, with its ISO code."""
    if field.unit.money:
        return currency if field.unit is Unit.MONEY else f"{currency} {field.unit.suffix}"
    if field.unit is Unit.FLAG:
        return "1 yes, 0 no"
    if field.unit in (Unit.CHOICE, Unit.TEXT):
        return ""
    return "% a year" if field.unit is Unit.SPREAD else field.unit_text(currency)


def _allowed(field: Field, currency: str) -> str:
    """What the cell takes, in the unit of the cell; limits that only catch slips of the finger are left out."""
    if field.unit is Unit.FLAG:
        return "0 or 1"
    if field.unit is Unit.MONTH:
        return "a month"
    if field.allowed:
        return allowed_on_screen(field.element, currency).removesuffix(f", or {field.none_word}")
    low, high = (_limit(field, limit) for limit in (field.low, field.high))
    whole = "a whole number " if field.whole else ""
    if field.high is None or field.high >= _GENEROUS[field.unit in _PER_CENT]:
        return f"above {low}" if field.low_open else f"{whole}{low} or more".strip()
    return f"above {low}, at most {high}" if field.low_open else f"{whole}from {low} to {high}"


_PER_CENT = (Unit.FRACTION, Unit.RATE, Unit.SPREAD)
_GENEROUS = {True: 2.0, False: 1e6}


def _limit(field: Field, limit: float | None) -> str:
    if limit is None:
        return ""
    return f"{limit * 100:,.4g} %" if field.unit in _PER_CENT else f"{limit:,.10g}"


def write_number(sheet: Any, row: int, column: int, field: Field, value: Any, style: Any) -> None:
    """A number, date or flag of the deal as a spreadsheet holds it."""
    if field.unit is Unit.MONTH:
        sheet.write_datetime(row, column, dt.datetime.combine(month_date(value), dt.time()), style)
    else:
        sheet.write_number(row, column, float(value), style)


def _validate(sheet: Any, row: int, column: int, field: Field, currency: str) -> None:
    words = _allowed(field, currency)
    rule: dict[str, Any] = {
        "error_title": "Not allowed",
        "error_message": f"{field.label}: {words}."[:LONGEST_MESSAGE],
        "ignore_blank": False,
    }
    if field.unit is Unit.MONTH:
        rule |= {"validate": "date", "criteria": "between", "minimum": _FIRST_DATE, "maximum": _LAST_DATE}
    elif field.unit is Unit.FLAG:
        rule |= {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": 1}
    elif field.allowed:
        rule |= {"validate": "list", "source": [str(value) for value in field.allowed]}
    else:
        kind = "integer" if field.whole else "decimal"
        low = -_UNBOUND if field.low is None else field.low + _JUST_ABOVE * field.low_open
        high = field.high if field.high is not None else _UNBOUND
        rule |= {"validate": kind, "criteria": "between", "minimum": low, "maximum": high}
    sheet.data_validation(row, column, row, column, rule)


def _name(book: Any, sheet: str, path: str, row: int, column: int, last: int | None = None) -> None:
    cell = xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)
    end = "" if last is None else f":{xl_rowcol_to_cell(row, last, row_abs=True, col_abs=True)}"
    book.define_name(defined_name(path), f"='{sheet}'!{cell}{end}")


def _write_constants(book: Any, sheet: Any, styles: Styles, edition: Edition, row: int) -> None:
    for column in range(5):
        sheet.write_blank(row, column, None, styles.section())
    sheet.write_string(row, 0, "Constants", styles.section())
    row += 1
    for constant in edition.constants:
        sheet.write_number(row, 1, constant.value, styles.figure("#,##0.00##"))
        label = constant.name.replace("_", " ").capitalize()
        _describe(sheet, styles, row, label, constant.unit, "fixed in this workbook", constant.label)
        _name(book, INPUTS, constant.name, row, 1)
        row += 1


def write_tables(book: Any, styles: Styles, edition: Edition) -> None:
    """Tables by contract year; years after a table's end repeat its last entry, or are 0 for floor prices."""
    tables = list(_year_tables(edition))
    if not tables:
        return
    years = max(-(-edition.months // 12), *(len(values) for _, _, _, values in tables))
    sheet = open_sheet(book, styles, edition, TABLES, years + 3, check_column=2)
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 1, 22)
    sheet.set_column(2, years + 1, 15)
    sheet.write_string(3, 0, "Contract year", styles.head())
    sheet.write_string(3, 1, "Unit", styles.head())
    for year in range(years):
        sheet.write_number(3, 2 + year, year + 1, styles.head(num_format='"Year "0', align="right"))
    sheet.freeze_panes(4, 2)
    for row, (path, label, field, values) in enumerate(tables, start=4):
        ends = path.endswith("floor_prices")
        sheet.write_string(row, 0, label, styles.of())
        sheet.write_string(row, 1, unit_in_cell(field, edition.currency), styles.of(font_color=GREY))
        shown = OF_UNIT[field.unit]
        for year in range(years):
            column = 2 + year
            if year < len(values):
                sheet.write_number(row, column, values[year], styles.input(shown))
                _validate(sheet, row, column, field.element, edition.currency)
            else:
                before = xl_rowcol_to_cell(row, column - 1)
                formula, value = ("=0", 0.0) if ends else (f"={before}", values[-1])
                sheet.write_formula(row, column, formula, styles.figure(shown), value)
        _name(book, TABLES, path, row, 2, 1 + years)
    close_sheet(sheet, edition, landscape=True)


def _year_tables(edition: Edition) -> Iterable[tuple[str, str, Field, tuple[float, ...]]]:
    for entry in edition.entries:
        if not entry.live or entry.field.shape not in ("by_year", "by_year_and_band"):
            continue
        if entry.field.shape == "by_year":
            yield entry.path, f"{entry.heading}: {entry.label}", entry.field, entry.value
        else:
            for band in range(len(entry.value[0])):
                label = f"{entry.heading}: {entry.label}, band {band + 1}"
                yield f"revenue_share.rates_{band}", label, entry.field, tuple(r[band] for r in entry.value)


def _write_bands(book: Any, sheet: Any, styles: Styles, edition: Edition, entry: Entry, row: int) -> int:
    """Lower bounds of the share bands beyond the first, one input each."""
    for band, lower in enumerate(entry.value):
        if band:
            sheet.write_number(row, 1, lower, styles.input(OF_UNIT[entry.field.unit]))
            _validate(sheet, row, 1, entry.field.element, edition.currency)
            label = f"{entry.label}, band {band + 1} from"
            allowed = _allowed(entry.field, edition.currency)
            _describe(sheet, styles, row, label, edition.currency, allowed, entry.field.help)
            _name(book, INPUTS, f"{entry.path}[{band}]", row, 1)
            row += 1
    return row


def series_rows(edition: Edition) -> Mapping[str, int]:
    """Rows of the month series on their sheet, by path."""
    paths = [entry.path for entry in edition.entries if entry.live and entry.field.shape == "by_month"]
    return {path: 5 + k for k, path in enumerate(paths)}


def write_series(book: Any, styles: Styles, edition: Edition, place: Place) -> None:
    """Month series, each month in the same column as on the model sheet."""
    entries = {entry.path: entry for entry in edition.entries}
    if not place.series:
        return
    sheet = open_sheet(book, styles, edition, SERIES, place.last + 1)
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, place.first - 1, 12)
    sheet.set_column(place.first, place.last, 10)
    sheet.write_string(4, 0, "Series", styles.head())
    for m in range(edition.months):
        number = edition.start_number + m
        formula = f"=EDATE(start,Model!{xl_col_to_name(place.first + m)}${place.month_row + 1})"
        serial = (month_date(month_text(number)) - dt.date(1899, 12, 30)).days
        sheet.write_formula(4, place.first + m, formula, styles.head(num_format="mmm-yy", align="right"), serial)
    sheet.freeze_panes(5, place.first)
    for path, row in place.series.items():
        entry = entries[path]
        sheet.write_string(row, 0, f"{entry.heading}: {entry.label}", styles.of())
        sheet.write_string(row, 1, entry.field.unit.suffix, styles.of(font_color=GREY))
        for m in range(edition.months):
            value = entry.value[m] if m < len(entry.value) else 0.0
            sheet.write_number(row, place.first + m, value, styles.input("#,##0"))
            _validate(sheet, row, place.first + m, entry.field.element, edition.currency)
        _name(book, SERIES, path, row, place.first, place.last)
    sheet.repeat_columns(0, 1)
    close_months(sheet, edition, place.first)
