"""What all sheets share: the title band with the master check, page setup, protection."""

from __future__ import annotations

from typing import Any

from xlsxwriter.worksheet import Worksheet

from models.workbook.edition import Edition
from models.workbook.styles import Styles
from models.workbook.text import footer

A4, A3 = 9, 8
PAPER_WIDTH, PAPER_HEIGHT = 8.27 - 1.0, 11.69 - 1.2
"""Inches of an A4 page between its margins, upright."""
MONTHS_A_PAGE = 24
MONTHS_SCALE = 45
HOLDS, FAILS = "All checks hold", "A check fails: see Checks"
MASTER = f'=IF(master_check=0,"{HOLDS}","{FAILS}")'


class PlainWorksheet(Worksheet):  # type: ignore[misc]  # the library ships no type information
    """A sheet whose formulas use only functions that every version of Excel knows under their plain names."""

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        """Looking for thirty newer functions in each formula would take longer than everything else together."""
        del expand_future_functions
        return formula.removeprefix("=")


def open_sheet(book: Any, styles: Styles, edition: Edition, name: str, columns: int, *, check_column: int = 3) -> Any:
    """A sheet with its title band in the first two rows and the result of all checks in it."""
    sheet = book.add_worksheet(name, worksheet_class=PlainWorksheet)
    sheet.hide_gridlines(2)
    sheet.set_zoom(85)
    sheet.set_row(0, 24)
    for column in range(columns):
        sheet.write_blank(0, column, None, styles.title())
        sheet.write_blank(1, column, None, styles.band())
    sheet.write_string(0, 0, edition.title, styles.title())
    sheet.write_string(1, 0, f"{name}, amounts in {edition.currency}", styles.band())
    sheet.write_formula(1, check_column, MASTER, styles.band(), FAILS if edition.failing else HOLDS)
    return sheet


def close_sheet(
    sheet: Any, edition: Edition, *, landscape: bool, paper: int = A4, wide: int = 1, tall: int = 0
) -> None:
    """Print setup and protection; only inputs stay unlocked, and there is no password."""
    sheet.set_paper(paper)
    if landscape:
        sheet.set_landscape()
    else:
        sheet.set_portrait()
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.fit_to_pages(wide, tall)
    sheet.set_footer(f"&L&8{footer(edition.title)}&C&8&A&R&8&P of &N")
    sheet.protect("", {"format_columns": True, "format_rows": True, "select_locked_cells": True})


def close_months(sheet: Any, edition: Edition, first: int) -> None:
    """The same for a sheet of months: two years on each page, however many there are."""
    close_sheet(sheet, edition, landscape=True, paper=A3)
    sheet.set_print_scale(MONTHS_SCALE)
    breaks = range(first + MONTHS_A_PAGE, first + edition.months, MONTHS_A_PAGE)
    if breaks:
        sheet.set_v_pagebreaks(list(breaks))
