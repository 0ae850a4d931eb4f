"""The summary sheet: sources and uses, key figures, annual cash flow and charts, all live."""

from __future__ import annotations

from typing import Any

import numpy as np
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from models.language.line import Kind
from models.workbook.edition import Edition, Row
from models.workbook.formulas import NOT_AVAILABLE_TEXT, Place
from models.workbook.model_sheet import DATE_ROW, MODEL, VALUE, YEAR_ROW, cached
from models.workbook.sheet import close_sheet, open_sheet
from models.workbook.styles import GREY, MONEY, MULTIPLE, OF_MEASURE, PERCENT, RULE, Styles
from models.workbook.widths import column_pixels

SUMMARY = "Summary"

USES = ("capex_paid", "support_upfront_paid", "loan_upfront_fee")
SOURCES = ("debt_draw", "equity_for_capex")
ANNUAL = (
    "sold_gpu_hours", "cloud_revenue", "commitment_paid", "operating_costs_paid", "rent_paid_cash", "tax_paid", "cfads",
    "scheduled_debt_service", "debt_service_paid", "share_paid", "support_fees_paid", "capex_paid", "debt_draw",
    "equity_for_capex", "distributions", "partner_equity_flow", "debt_balance", "cash_close", "floor_amount",
)  # fmt: skip
BLUE, ORANGE, RED = "#1F5FC4", "#C96A00", "#B3261E"
YEARS_A_PAGE = 10
_WIDTHS = (38, 17, 15)
"""Of the columns of labels, of values, and of all others."""
_TITLE, _ROW = 24, 15  # heights in points
_PAGE = (9.9, 7.0)  # inches inside the margins of A4 across, less than there is: some programs draw columns wider
FIGURES_TOP, FIGURE_COLUMN = 3, 1
"""The row of the head over the key figures, and the column of their values."""


def write_summary(book: Any, styles: Styles, edition: Edition, place: Place) -> None:
    """What the deal costs, who pays, what it yields: a page of figures and one of charts, more for a long deal."""
    rows = {row.line.name: row for row in edition.rows}
    years = _years(edition)
    width = max(8, 3 + len(years))
    sheet = open_sheet(book, styles, edition, SUMMARY, width)
    sheet.set_column(0, 0, _WIDTHS[0])
    sheet.set_column(1, 1, _WIDTHS[1])
    sheet.set_column(2, width - 1, _WIDTHS[2])
    row = _figures(sheet, styles, edition, place, rows, FIGURES_TOP)
    _sources_and_uses(sheet, styles, edition, place, rows, FIGURES_TOP)
    row = _annual(sheet, styles, edition, place, rows, years, row + 1)
    _charts(book, sheet, edition, place, rows, years, row)
    sheet.repeat_columns(0, 2)
    close_sheet(sheet, edition, landscape=True)
    sheet.set_print_scale(_scale(len(years), row))
    sheet.set_h_pagebreaks([row])
    sheet.set_v_pagebreaks([*range(3 + YEARS_A_PAGE, 3 + len(years), YEARS_A_PAGE)])


def _scale(years: int, rows: int) -> int:
    """Per cent at which all rows of figures, and as many years as a page has, fit a sheet of A4 across."""
    label, value, other = (column_pixels(wide) for wide in _WIDTHS)
    wide = label + value + other * max(6, 1 + min(years, YEARS_A_PAGE))
    tall = _TITLE + _ROW * (rows - 1)
    return int(100 * min(_PAGE[0] * 96 / wide, _PAGE[1] * 72 / tall, 0.99))


def _figures(sheet: Any, styles: Styles, edition: Edition, place: Place, rows: dict[str, Row], top: int) -> int:
    for column, text in enumerate(("Key figures", "Value", "Unit")):
        style = styles.head(align="right") if column == 1 else styles.head(indent=int(column == 2))
        sheet.write_string(top, column, text, style)
    row = top + 1
    for figure in edition.figures:
        value = edition.kpis[figure.name]
        source = rows[figure.line]
        at = place.rows[figure.line]
        span = f"{MODEL}!{place.span(at)}"
        measure = source.line.definition.measure
        shown, unit = OF_MEASURE[measure], str(measure).replace("money", edition.currency)
        if figure.how == "irr":
            received, paid = (_total(place, name) for name in ("equity_received", "equity_paid_in"))
            # the search starts from the multiple of money over the time it is out: from afar it may find nothing
            guess = f"({received}/{paid})^(1/{_total(place, 'equity_months')})-1"
            exists = f"AND({received}>half_cent,{paid}>half_cent)"
            formula = f'=IF({exists},(1+IRR({span},{guess}))^12-1,"n/a")'
            shown, unit = PERCENT, "% a year"
        elif figure.how == "ever":
            formula, shown, unit = f"=MAX({span})", '[=1]"yes";[=0]"no";0', ""
        else:
            formula = f"={_total(place, figure.line)}"
        sheet.write_string(row, 0, figure.label, styles.of())
        sheet.write_formula(row, FIGURE_COLUMN, formula, styles.figure(shown, bold=True),
                            NOT_AVAILABLE_TEXT if value is None else value)  # fmt: skip
        sheet.write_string(row, 2, _UNIT_WORDS.get(unit, unit), styles.of(font_color=GREY, indent=1))
        row += 1
    return row


_UNIT_WORDS = {"fraction": "", "x": "", "month number": "months after the first"}
"""Units of key figures as a reader wants them; where the number format says it, none."""


def _total(place: Place, name: str) -> str:
    return f"{MODEL}!${xl_col_to_name(VALUE)}${place.rows[name] + 1}"


def _sources_and_uses(
    sheet: Any, styles: Styles, edition: Edition, place: Place, rows: dict[str, Row], top: int
) -> None:
    left = 4
    row = top
    for title, names in (("Uses", USES), ("Sources", SOURCES)):
        sheet.write_string(row, left, title, styles.head())
        sheet.write_string(row, left + 1, "", styles.head())
        sheet.write_string(row, left + 2, edition.currency, styles.head(align="right"))
        first = row + 1
        total = 0.0
        for name in names:
            if name not in rows:
                continue
            row += 1
            value = sum(rows[name].values)
            total += value
            sheet.write_string(row, left, rows[name].label, styles.of())
            sheet.write_formula(row, left + 2, f"={_total(place, name)}", styles.figure(MONEY), value)
        row += 1
        sheet.write_string(row, left, f"Total {title.lower()}", styles.of(bold=True, top=1, top_color=RULE))
        sheet.write_string(row, left + 1, "", styles.of(top=1, top_color=RULE))
        column = xl_col_to_name(left + 2)
        sheet.write_formula(row, left + 2, f"=SUM({column}{first + 1}:{column}{row})",
                            styles.figure(MONEY, bold=True, top=1, top_color=RULE), total)  # fmt: skip
        row += 2


def _years(edition: Edition) -> list[int]:
    return sorted({(edition.start_number + m) // 12 for m in range(edition.months)})


def _annual(
    sheet: Any, styles: Styles, edition: Edition, place: Place, rows: dict[str, Row], years: list[int], top: int
) -> int:
    sheet.write_string(top, 0, "Annual cash flow", styles.head())
    sheet.write_string(top, 1, "Total", styles.head(align="right"))
    sheet.write_string(top, 2, "Unit", styles.head(indent=1))
    heads = f"{MODEL}!{place.span(YEAR_ROW)}".replace(f"{YEAR_ROW + 1}", f"${YEAR_ROW + 1}")
    of_month = np.array([(edition.start_number + m) // 12 for m in range(edition.months)])
    for k, year in enumerate(years):
        column = 3 + k
        first = xl_rowcol_to_cell(top, column - 1)
        formula = "=YEAR(start)" if k == 0 else f"={first}+1"
        sheet.write_formula(top, column, formula, styles.head(num_format="0", align="right"), year)
    row = top + 1
    for name in ANNUAL:
        item = rows[name]
        flow = item.line.definition.kind is Kind.FLOW
        at = place.rows[name]
        span = f"{MODEL}!{place.span(at)}"
        shown = styles.figure(MONEY)
        sheet.write_string(row, 0, item.label, styles.of())
        values = np.array(item.values)
        if flow:
            sheet.write_formula(row, 1, f"=SUM({span})", styles.figure(MONEY, bold=True), float(values.sum()))
        sheet.write_string(row, 2, str(item.line.definition.measure).replace("money", edition.currency),
                           styles.of(font_color=GREY, indent=1))  # fmt: skip
        for k, year in enumerate(years):
            cell = xl_rowcol_to_cell(top, 3 + k, row_abs=True)
            inside = of_month == year
            if flow:
                formula = f"=SUMIFS({span},{heads},{cell})"
                value = float(values[inside].sum())
            else:
                # the balance at the end of the year: that of its last month inside the model
                formula = f"=INDEX({span},MIN(months,SUMPRODUCT(({heads}<={cell})*1)))"
                value = float(values[np.flatnonzero(inside)[-1]])
            sheet.write_formula(row, 3 + k, formula, shown, cached(value))
        row += 1
    return row


def _charts(
    book: Any, sheet: Any, edition: Edition, place: Place, rows: dict[str, Row], years: list[int], top: int
) -> None:
    annual_row = {name: top - len(ANNUAL) + k for k, name in enumerate(ANNUAL)}
    head = top - len(ANNUAL) - 1
    last = 2 + len(years)

    def annual(name: str, **more: Any) -> dict[str, Any]:
        return {
            "name": [SUMMARY, annual_row[name], 0],
            "categories": [SUMMARY, head, 3, head, last],
            "values": [SUMMARY, annual_row[name], 3, annual_row[name], last],
            "categories_data": years,
            "values_data": _annual_values(edition, rows[name], years),
            **more,
        }

    def monthly(name: str, first: int = place.first, last_month: int = place.last, **more: Any) -> dict[str, Any]:
        at = place.rows[name]
        values = [cached(value) for value in rows[name].values]
        return {
            "name": [MODEL, at, 1],
            "categories": [MODEL, DATE_ROW, first, DATE_ROW, last_month],
            "values": [MODEL, at, first, at, last_month],
            "values_data": values[first - place.first : last_month - place.first + 1],
            **more,
        }

    cash = book.add_chart({"type": "column"})
    cash.add_series(annual("cfads", fill={"color": BLUE}, gap=60))
    cash.add_series(annual("debt_service_paid", fill={"color": ORANGE}))
    cover = book.add_chart({"type": "line"})
    # cover exists inside the repayment window only; elsewhere the cells say n/a, which a chart would draw as 0
    measured = [m for m, value in enumerate(rows["dscr_12m"].values) if value != float("inf")]
    window = (place.first + measured[0], place.first + measured[-1]) if measured else (place.first, place.last)
    line = {"color": BLUE, "width": 2}
    cover.add_series({**monthly("dscr_12m", *window, line=line), "name": "With support"})
    if "dscr_without_support" in rows:
        dashed = {"color": ORANGE, "width": 2, "dash_type": "dash"}
        cover.add_series({**monthly("dscr_without_support", *window, line=dashed), "name": "Without support"})
    cover.add_series(monthly("lockup_level", *window, line={"color": RED, "width": 1.25, "dash_type": "round_dot"}))
    revenue = book.add_chart({"type": "column"})
    revenue.add_series(annual("cloud_revenue", fill={"color": BLUE}, gap=60))
    revenue.add_series(annual("floor_amount", fill={"color": ORANGE}))
    debt = book.add_chart({"type": "area"})
    debt.add_series(monthly("debt_balance", fill={"color": BLUE}))
    titles = (
        (cash, "Cash and debt service by year", "Cash for debt service against debt service paid, by calendar year"),
        (
            cover,
            "Debt service cover, 12 months",
            "Cover with and without the vendor's support, and the lock-up, by month",
        ),
        (revenue, "Revenue against floor by year", "Cloud revenue against the floor amount, by calendar year"),
        (debt, "Senior debt", "Senior debt outstanding at the end of each month"),
    )
    for k, (chart, title, alt) in enumerate(titles):
        chart.set_title({"name": title, "name_font": {"size": 10, "bold": True}, "overlay": False})
        chart.set_legend({"position": "bottom", "font": {"size": 8}})
        y_axis = dict(_Y_AXIS)
        if chart is cover:
            y_axis |= {"num_format": MULTIPLE, "max": _highest_cover(rows["dscr_12m"].values)}
        chart.set_y_axis(y_axis)
        axis: dict[str, Any] = {"num_font": {"size": 8}, "label_position": "low"}
        if chart in (cover, debt):
            axis |= {"date_axis": True, "num_format": "yyyy", "major_unit": 12, "major_unit_type": "months"}
        chart.set_x_axis(axis)
        chart.set_size({"width": 560, "height": 260})
        sheet.insert_chart(top + 1 + 14 * (k // 2), 0 if k % 2 == 0 else 4, chart,
                           {"description": alt, "object_position": 2})  # fmt: skip


_Y_AXIS: dict[str, Any] = {
    "num_format": '#,##0,,"m"',
    "num_font": {"size": 8},
    "major_gridlines": {"visible": True, "line": {"color": "#E6E9EE"}},
    "line": {"none": True},
}


def _highest_cover(values: tuple[float, ...]) -> float:
    """Top of the cover axis: twice the usual cover, for at the end of a loan cover grows beyond all interest."""
    finite = [value for value in values if value != float("inf")]
    usual = float(np.median(finite)) if finite else 0.0
    return float(np.ceil(max(3.0, min(2 * usual, max(finite, default=0.0)))))


def _annual_values(edition: Edition, row: Row, years: list[int]) -> list[float]:
    values = np.array(row.values)
    of_month = np.array([(edition.start_number + m) // 12 for m in range(edition.months)])
    if row.line.definition.kind is Kind.FLOW:
        return [float(values[of_month == year].sum()) for year in years]
    return [float(values[np.flatnonzero(of_month == year)[-1]]) for year in years]
