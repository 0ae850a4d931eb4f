"""The checks sheet: every check of the model with its largest deviation, and one master check."""

from __future__ import annotations

from typing import Any

from models.language.words import ONE_CENT
from models.workbook.edition import Edition
from models.workbook.formulas import Place
from models.workbook.model_sheet import MODEL
from models.workbook.sheet import close_sheet, open_sheet
from models.workbook.styles import GREY, Styles

CHECKS = "Checks"


def write_checks(book: Any, styles: Styles, edition: Edition, place: Place) -> None:
    """A row for each check; it fails where any month is off by more than a cent."""
    sheet = open_sheet(book, styles, edition, CHECKS, 4)
    sheet.set_column(0, 0, 46)
    sheet.set_column(1, 1, 20)
    sheet.set_column(2, 2, 14)
    sheet.set_column(3, 3, 72)
    for column, text in enumerate(("Check", "Largest deviation", "Fails", "What must hold")):
        style = styles.head(align="right") if column in (1, 2) else styles.head(indent=int(column == 3))
        sheet.write_string(3, column, text, style)
    sheet.freeze_panes(4, 1)
    row = 4
    deviations = edition.checks
    for item in (item for item in edition.rows if item.line.name in deviations):
        span = f"{MODEL}!{place.span(place.rows[item.line.name])}"
        deviation = deviations[item.line.name]
        sheet.write_string(row, 0, item.label, styles.of())
        sheet.write_formula(row, 1, f"=MAX(MAX({span}),0-MIN({span}))", styles.figure("#,##0.000000"), deviation)
        fails = int(deviation > ONE_CENT.value)
        sheet.write_formula(row, 2, f"=IF(B{row + 1}>one_cent,1,0)", styles.figure("0"), fails)
        sheet.write_string(row, 3, item.line.definition.reason, styles.of(font_color=GREY, indent=1))
        row += 1
    sheet.write_string(row, 0, "All checks", styles.head())
    sheet.write_string(row, 1, "", styles.head())
    sheet.write_formula(row, 2, f"=SUM(C5:C{row})", styles.head(num_format="0", align="right"), edition.failing)
    sheet.write_string(row, 3, "0 when all checks hold; shown in the title of every sheet", styles.head(indent=1))
    book.define_name("master_check", f"={CHECKS}!$C${row + 1}")
    close_sheet(sheet, edition, landscape=True)
