"""Results that were computed outside the workbook, as plain tables of values, and the sheet that shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any, Literal

from models.workbook.edition import Edition
from models.workbook.formulas import NOT_AVAILABLE_TEXT
from models.workbook.sheet import close_sheet, open_sheet
from models.workbook.styles import GREY, MONEY, MULTIPLE, Styles
from models.workbook.text import clean

RESULTS = "Results"
Form = Literal["money", "percent", "multiple", "number", "whole", "years"]
LONGEST_NOTE = 1000


@dataclass(frozen=True)
class ResultRow:
    """A row of a table of results: what it is, in which unit, and its values, None where one does not exist.

    Numbers are shown by `form`: money in whole units, per cent of a fraction, a multiple.
    """

    label: str
    unit: str
    form: Form
    values: tuple[float | str | None, ...]


@dataclass(frozen=True)
class ResultTable:
    """One table of results, values alone.

    Attributes:
        title: what was computed.
        columns: heads above the values; every row has as many values.
        notes: how it was computed, such as seed and number of paths, a sentence each.
        seed: of the random numbers, where it was simulated.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[ResultRow, ...]
    notes: tuple[str, ...] = ()
    seed: int | None = None


_FORMATS: dict[Form, str] = {
    "money": MONEY,
    "percent": "0.00%",
    "multiple": MULTIPLE,
    "number": "#,##0.00##",
    "whole": "#,##0",
    "years": "0.0",
}
_FIRST = 2


def write_results(book: Any, styles: Styles, edition: Edition, tables: Sequence[ResultTable]) -> None:
    """Every table below the other, each under its title with its notes.

    Raises:
        ValueError: a row has more or fewer values than there are columns, or a number that is not finite.
    """
    wide = max(len(table.columns) for table in tables)
    sheet = open_sheet(book, styles, edition, RESULTS, _FIRST + wide)
    sheet.set_column(0, 0, 46)
    sheet.set_column(1, 1, 14)
    sheet.set_column(_FIRST, _FIRST + wide - 1, 17)
    sheet.write_string(2, 0, "Values as computed when this workbook was made; they do not follow its inputs.",
                       styles.of(italic=True, font_color=GREY))  # fmt: skip
    row = 4
    for table in tables:
        row = _write_table(sheet, styles, table, wide, row) + 1
    sheet.freeze_panes(2, 1)
    sheet.repeat_rows(0, 1)
    close_sheet(sheet, edition, landscape=True)


def _write_table(sheet: Any, styles: Styles, table: ResultTable, wide: int, row: int) -> int:
    for column in range(_FIRST + wide):
        sheet.write_blank(row, column, None, styles.section())
    sheet.write_string(row, 0, clean(table.title), styles.section())
    for note in table.notes:
        row += 1
        sheet.write_string(row, 0, clean(note, LONGEST_NOTE), styles.of(font_color=GREY))
    row += 1
    for column, text in enumerate(("", "Unit", *table.columns)):
        style = styles.head(align="right") if column >= _FIRST else styles.head(indent=int(column == 1))
        sheet.write_string(row, column, clean(text), style)
    for each in table.rows:
        row += 1
        if len(each.values) != len(table.columns):
            raise ValueError(f"{table.title}: {each.label} has {len(each.values)} values, not {len(table.columns)}.")
        sheet.write_string(row, 0, clean(each.label), styles.of())
        sheet.write_string(row, 1, clean(each.unit), styles.of(font_color=GREY, indent=1))
        for column, value in enumerate(each.values, start=_FIRST):
            if isinstance(value, str):
                sheet.write_string(row, column, clean(value), styles.of(align="right"))
            elif value is None:
                sheet.write_string(row, column, NOT_AVAILABLE_TEXT, styles.of(align="right"))
            elif not isfinite(value):
                raise ValueError(f"{table.title}: {each.label} holds a value that is not a finite number.")
            else:
                sheet.write_number(row, column, value, styles.figure(_FORMATS[each.form]))
    return row + 1
