"""The about sheet: where the workbook comes from, what it was made of, and what its colours mean."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from models.version import version
from models.workbook.edition import Edition
from models.workbook.record import export_id, inputs_hash, issued, record_hash, recorded_inputs, structure_hash
from models.workbook.sheet import close_sheet, open_sheet
from models.workbook.styles import GREY, Styles
from models.workbook.text import clean

ABOUT = "About"
DEAL, PARTNER, EDITION, DATE, EXPORT = "Deal", "Partner", "Edition", "Date", "Export"
SCENARIO = "Scenario"
INPUTS_HASH, STRUCTURE_HASH, RECORD_HASH = "Hash of the inputs", "Hash of the structure", "Hash of the record"
"""Labels in the first column; a returned workbook is matched by what stands beside them."""


def write_about(
    book: Any, styles: Styles, edition: Edition, date: dt.date, *, scenario: str = "", seeds: Sequence[int] = ()
) -> None:
    """Version, deal, hash, edition, export id, date and legend; scenario and seeds in the internal edition alone."""
    sheet = open_sheet(book, styles, edition, ABOUT, 3, check_column=2)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 30)
    sheet.set_column(2, 2, 64)
    rows = [
        (DEAL, edition.title, ""),
        (PARTNER, edition.partner, ""),
        (EDITION, edition.name, "internal: not for the partner" if edition.internal else ""),
        (DATE, date.isoformat(), ""),
        (
            EXPORT,
            export_id(inputs_hash(edition), edition.name, date.isoformat()),
            "Names this issue; quote it when you return the workbook.",
        ),
        (INPUTS_HASH, inputs_hash(edition), "Equal for two workbooks with the same inputs."),
        (STRUCTURE_HASH, structure_hash(edition), "Equal for two workbooks with the same formulas in the same cells."),
        (
            RECORD_HASH,
            record_hash(issued(recorded_inputs(edition))),
            "Of the sheet Changes, by which a returned workbook is read.",
        ),
        ("Made with", f"Backstop {version()}", "Formulas and figures come from the same definitions."),
    ]
    if edition.internal:
        rows.insert(3, (SCENARIO, clean(scenario) or "base case", "The state of the deal that was exported."))
    if seeds:
        words = ", ".join(map(str, sorted(set(seeds))))
        rows.append(("Seed", words, "Of the random numbers behind the simulated results."))
    row = 3
    for label, value, note in rows:
        sheet.write_string(row, 0, label, styles.of())
        sheet.write_string(row, 1, value, styles.of(bold=True))
        sheet.write_string(row, 2, note, styles.of(font_color=GREY))
        row += 1
    row += 1
    sheet.write_string(row, 0, "Colours", styles.head())
    sheet.write_string(row, 1, "", styles.head())
    sheet.write_string(row, 2, "", styles.head())
    sheet.write_string(row + 1, 0, "Input", styles.input("@", locked=True))
    sheet.write_string(row + 1, 1, "blue on yellow, unlocked", styles.of(indent=1))
    sheet.write_string(row + 1, 2, "Change it and every figure follows.", styles.of(font_color=GREY))
    sheet.write_string(row + 2, 0, "Formula", styles.of(align="right"))
    sheet.write_string(row + 2, 1, "black, locked without password", styles.of(indent=1))
    sheet.write_string(row + 2, 2, "One formula runs along each row of the model.", styles.of(font_color=GREY))
    sheet.write_string(row + 3, 0, "n/a", styles.of(align="right"))
    sheet.write_string(row + 3, 1, "a figure that does not exist", styles.of(indent=1))
    sheet.write_string(row + 3, 2, "Such as the cover of a month without debt service.", styles.of(font_color=GREY))
    row += 5
    sheet.write_string(row, 0, "Conventions", styles.head())
    sheet.write_string(row, 1, "", styles.head())
    sheet.write_string(row, 2, "", styles.head())
    conventions = (
        "Flows fall at the end of each month; month 0 is the first.",
        f"Amounts are in {edition.currency}, whole units; rates are fractions shown in per cent.",
        "Discounting is effective annual; loan interest is a twelfth of the annual rate a month.",
        "An amount counts as positive above half a cent.",
        "Terms are indicative, not binding, and subject to contract.",
    )
    for k, text in enumerate(conventions, start=1):
        sheet.write_string(row + k, 0, text, styles.of())
    close_sheet(sheet, edition, landscape=False)
