"""The changes sheet: every input as it was when the workbook was issued, and which of them differ now.

Its reader sees at once what was changed in this copy. When the workbook comes back, the values as issued let ours,
theirs and the common ground be told apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from models.deal.months import month_label, month_text
from models.workbook.edition import Edition
from models.workbook.formulas import Place
from models.workbook.inputs import INPUTS, SERIES, TABLES, unit_in_cell
from models.workbook.record import Recorded, recorded_inputs
from models.workbook.sheet import close_sheet, open_sheet
from models.workbook.styles import GREY, OF_UNIT, Styles

CHANGES = "Changes"
LABEL, NAME, UNIT, CHANGED, NOW, ISSUED = range(6)
ACROSS = 6
"""Values of a table that stand side by side; longer ones go on in the next row, under the same name."""
HEAD = 5
TOTAL_LABEL = "Values changed since this issue"


class _Piece(NamedTuple):
    """A row of the sheet: one input, or as much of a table as fits."""

    label: str
    of: Recorded
    values: tuple[float, ...]
    cells: str


def write_changes(book: Any, styles: Styles, edition: Edition, place: Place) -> None:
    """One row for each input, or for each six values of a table."""
    pieces = list(_pieces(edition, place))
    wide = max((len(piece.values) for piece in pieces), default=1)
    sheet = open_sheet(book, styles, edition, CHANGES, ISSUED + wide)
    sheet.set_column(LABEL, LABEL, 52)
    sheet.set_column(NAME, NAME, 36)
    sheet.set_column(UNIT, UNIT, 24)
    sheet.set_column(CHANGED, CHANGED, 14)
    sheet.set_column(NOW, ISSUED + wide - 1, 13)
    letter = xl_col_to_name(CHANGED)
    bottom = HEAD + len(pieces)
    sheet.write_string(3, LABEL, TOTAL_LABEL, styles.of(bold=True))
    for column in (NAME, UNIT):
        sheet.write_blank(3, column, None, styles.of())
    sheet.write_formula(3, CHANGED, f"=SUM({letter}{HEAD + 2}:{letter}{bottom + 1})", styles.figure("0", bold=True), 0)
    heads = ("Input", "Name", "Unit", "Changed", "Now", "As issued", *[""] * (wide - 1))
    for column, text in enumerate(heads):
        style = styles.head(align="right") if column >= CHANGED else styles.head(indent=int(column == UNIT))
        sheet.write_string(HEAD, column, text, style)
    for row, piece in enumerate(pieces, start=HEAD + 1):
        _write_piece(sheet, styles, edition, piece, row)
    sheet.freeze_panes(HEAD + 1, 1)
    sheet.repeat_rows(HEAD)
    close_sheet(sheet, edition, landscape=True)


def _write_piece(sheet: Any, styles: Styles, edition: Edition, piece: _Piece, row: int) -> None:
    shown = styles.figure(OF_UNIT[piece.of.field.unit])
    sheet.write_string(row, LABEL, piece.label, styles.of())
    sheet.write_string(row, NAME, piece.of.name, styles.of(font_color=GREY))
    sheet.write_string(row, UNIT, unit_in_cell(piece.of.field, edition.currency), styles.of(font_color=GREY, indent=1))
    for k, value in enumerate(piece.values):
        sheet.write_number(row, ISSUED + k, value, shown)
    first = xl_rowcol_to_cell(row, ISSUED)
    if piece.of.shape == "scalar":
        now = xl_rowcol_to_cell(row, NOW)
        sheet.write_formula(row, NOW, f"={piece.of.name}", shown, piece.values[0])
        changed = f"=IF({now}={first},0,1)"
    else:
        last = xl_rowcol_to_cell(row, ISSUED + len(piece.values) - 1)
        changed = f"=SUMPRODUCT(({first}:{last}<>{piece.cells})*1)"
    sheet.write_formula(row, CHANGED, changed, styles.figure('0;-0;"-"'), 0)


def _pieces(edition: Edition, place: Place) -> Iterator[_Piece]:
    table = 4
    for each in recorded_inputs(edition):
        if each.shape == "scalar":
            yield _Piece(each.label, each, each.values, f"{INPUTS}!{each.name}")
            continue
        monthly = each.shape == "by_month"
        title, row, left = (SERIES, place.series[each.paths[0]], place.first) if monthly else (TABLES, table, 2)
        table += not monthly
        for start in range(0, len(each.values), ACROSS):
            values = each.values[start : start + ACROSS]
            ends = [xl_rowcol_to_cell(row, left + start + k) for k in (0, len(values) - 1)]
            span = _span(edition, monthly, start, start + len(values))
            yield _Piece(f"{each.label}, {span}", each, values, f"'{title}'!{ends[0]}:{ends[1]}")


def _span(edition: Edition, monthly: bool, start: int, stop: int) -> str:
    if monthly:
        first, last = (month_label(month_text(edition.start_number + m)) for m in (start, stop - 1))
        return first if start == stop - 1 else f"{first} to {last}"
    return f"year {start + 1}" if start == stop - 1 else f"years {start + 1} to {stop}"
