"""The vendor's own view, in the internal edition alone: its returns, and what the support costs and earns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from xlsxwriter.utility import xl_col_to_name

from models.language.words import BASIS_POINTS, HALF_CENT
from models.workbook.edition import Edition, Row
from models.workbook.formulas import NOT_AVAILABLE_TEXT, Place
from models.workbook.model_sheet import MODEL
from models.workbook.sheet import close_sheet, open_sheet
from models.workbook.styles import GREY, MONEY, MULTIPLE, Styles

VENDOR = "Vendor"
TOTAL, PRESENT, NOTE = 1, 2, 4
DISCOUNT = "vendor_discount"


class _Flow(NamedTuple):
    """A monthly line with its total and its present value."""

    line: str
    note: str


RETURNS = (
    _Flow("hardware_paid", "Price of the systems paid at delivery."),
    _Flow("recoupment_paid", "Deferred price repaid."),
    _Flow("hardware_margin", "Received for hardware less what it costs, at the gross margin of the inputs."),
    _Flow("support_income", "Share, fees and the part of distributions that goes to the vendor."),
    _Flow("net_support_payments", "Support paid, less the value of own use and what the partner reimbursed."),
    _Flow("vendor_support_flow", "All that the support brings and costs."),
    _Flow("vendor_flow", "The same with the hardware price."),
    _Flow("vendor_position", "Income from the support and the margin it brings, less net support payments."),
)
PRICING = (
    _Flow("share_paid", "Revenue share received."),
    _Flow("support_fees_paid", "Upfront and running fees received."),
    _Flow("support_payments", "Paid under all supports, less the value of own use."),
    _Flow("reimbursement_paid", "Returned by the partner, with interest."),
)


def write_vendor(book: Any, styles: Styles, edition: Edition, place: Place) -> None:
    """Totals and present values at the vendor's discount rate, all live."""
    rows = {row.line.name: row for row in edition.rows}
    if DISCOUNT not in rows:
        return
    sheet = open_sheet(book, styles, edition, VENDOR, 5)
    for column, wide in enumerate((42, 18, 18, 12, 74)):
        sheet.set_column(column, column, wide)
    page = _Page(sheet, styles, edition, place, rows)
    page.block("Returns in the base case", RETURNS)
    page.block("What the support costs and earns in the base case", PRICING)
    page.ratios()
    sheet.freeze_panes(2, 1)
    close_sheet(sheet, edition, landscape=True)


class _Page:
    """Writes downwards."""

    def __init__(self, sheet: Any, styles: Styles, edition: Edition, place: Place, rows: Mapping[str, Row]) -> None:
        self._sheet = sheet
        self._styles = styles
        self._edition = edition
        self._place = place
        self._rows = rows
        self._row = 3
        self._at: dict[str, int] = {}

    def block(self, title: str, flows: tuple[_Flow, ...]) -> None:
        """A section bar and a row for each line that the deal has."""
        self._bar(title, ("Total", "Present value", "", "Unit", "What it is"))
        for flow in flows:
            if flow.line not in self._rows:
                continue
            values, span = self._values(flow.line), self._span(flow.line)
            self._label(self._rows[flow.line].label, flow.note)
            money = self._styles.figure(MONEY)
            self._sheet.write_formula(self._row, TOTAL, f"=SUM({span})", money, float(values.sum()))
            self._sheet.write_formula(
                self._row,
                PRESENT,
                f"=SUMPRODUCT({span},{self._span(DISCOUNT)})",
                money,
                float(values @ self._discount()),
            )
            self._at[flow.line] = self._row
            self._row += 1
        self._row += 1

    def ratios(self) -> None:
        """How far share and fees pay for the support, and at which running fee they just would."""
        self._bar("Whether the support is paid for", ("", "Value", "", "Unit", "What it is"))
        income, cost = (self._cell(name) for name in ("support_income", "net_support_payments"))
        earned, spent = self._value("support_income"), self._value("net_support_payments")
        self._priced(
            "Income less net support payments", f"={income}-{cost}", earned - spent,
            note="Present value of share, fees and kicker less that of net support payments.",
        )  # fmt: skip
        self._priced(
            "Income for each unit of support paid", f'=IF({cost}>half_cent,{income}/{cost},"{NOT_AVAILABLE_TEXT}")',
            earned / spent if spent > HALF_CENT.value else None, shown=MULTIPLE, unit="",
            note="Above 1 the support pays for itself in the base case; n/a where the base case calls none.",
        )  # fmt: skip
        if "commitment_open" in self._rows:
            self._break_even(income, cost, earned, spent)

    def _break_even(self, income: str, cost: str, earned: float, spent: float) -> None:
        """The running fee on the capacity commitment at which income just covers the cost, all else equal."""
        worth = float(self._values("commitment_open") * self._values("operating") @ self._discount()) / 12
        charged = self._value("commitment_running_fee")
        base = self._priced(
            "Commitment still open, over the years",
            f"=SUMPRODUCT({self._span('commitment_open')},{self._span('operating')},{self._span(DISCOUNT)})/12", worth,
            note="Present value of what a running fee of one a year would bring.",
        )  # fmt: skip
        fee = self._priced(
            "Running fee agreed on it",
            f"=SUMPRODUCT({self._span('commitment_running_fee')},{self._span(DISCOUNT)})", charged,
            note="Present value of what is charged on the commitment; part of the income above where it is paid.",
        )  # fmt: skip
        needed = f"MAX(0,{cost}-{income}+{fee})/{base}*basis_points"
        exists = worth > HALF_CENT.value
        self._priced(
            "Running fee at which the commitment breaks even", f'=IF({base}>half_cent,{needed},"{NOT_AVAILABLE_TEXT}")',
            max(0.0, spent - earned + charged) / worth * BASIS_POINTS.value if exists else None, shown="#,##0.0",
            unit="bp a year",
            note="All else equal and in the base case, where it may be nil; a simulation prices the risk itself.",
        )  # fmt: skip

    def _priced(
        self, label: str, formula: str, value: float | None, *, note: str, shown: str = MONEY, unit: str | None = None
    ) -> str:
        """One figure; gives the address of its cell."""
        self._label(label, note, unit)
        style = self._styles.figure(shown, bold=True)
        self._sheet.write_formula(self._row, PRESENT, formula, style, NOT_AVAILABLE_TEXT if value is None else value)
        self._row += 1
        return f"{xl_col_to_name(PRESENT)}{self._row}"

    def _span(self, line: str) -> str:
        return f"{MODEL}!{self._place.span(self._place.rows[line])}"

    def _values(self, line: str) -> NDArray[np.float64]:
        return np.array(self._rows[line].values)

    def _discount(self) -> NDArray[np.float64]:
        return self._values(DISCOUNT)

    def _value(self, line: str) -> float:
        return float(self._values(line) @ self._discount())

    def _cell(self, line: str) -> str:
        return f"{xl_col_to_name(PRESENT)}{self._at[line] + 1}"

    def _bar(self, title: str, heads: tuple[str, str, str, str, str]) -> None:
        for column in range(5):
            self._sheet.write_blank(self._row, column, None, self._styles.section())
        self._sheet.write_string(self._row, 0, title, self._styles.section())
        self._row += 1
        first, second, _, unit, note = heads
        for column, text in enumerate(("", first, second, unit, note)):
            right = column in (TOTAL, PRESENT)
            style = self._styles.head(align="right") if right else self._styles.head(indent=int(column == 3))
            self._sheet.write_string(self._row, column, text, style)
        self._row += 1

    def _label(self, label: str, note: str, unit: str | None = None) -> None:
        words = self._edition.currency if unit is None else unit
        self._sheet.write_string(self._row, 0, label, self._styles.of())
        self._sheet.write_string(self._row, 3, words, self._styles.of(font_color=GREY, indent=1))
        self._sheet.write_string(self._row, NOTE, note, self._styles.of(font_color=GREY))
