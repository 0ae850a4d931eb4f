"""What the internal edition adds: the vendor's view, live, and results of other computations, as values."""

from __future__ import annotations

from functools import cache
from math import inf, nan

import numpy as np
import pytest

from models.analysis.sensitivity import tornado
from models.engine.case import evaluate
from models.risk.results import RiskResult
from models.risk.simulate import simulate
from models.workbook.edition import edition_of
from models.workbook.export import export_workbook, workbook_bytes
from models.workbook.result_tables import MOST_BARS, sensitivity_table, simulation_tables
from models.workbook.results import RESULTS, ResultRow, ResultTable
from models.workbook.vendor_sheet import PRICING, RETURNS, VENDOR
from tests.agreement.reading import Book, Sheet, read_book

from .test_text import HARMLESS, REFUSED
from .written import DATE, Written, deal_of

TABLE = ResultTable("Trial", ("One", "Two"), (ResultRow("Row", "USD", "money", (1.5, None)),), ("Made up.",), seed=11)


def internal(*tables: ResultTable, name: str = "fjord", scenario: str = "") -> Book:
    """The internal workbook of a deal with some results."""
    edition = edition_of(evaluate(deal_of(name)), "internal")
    return read_book(workbook_bytes(edition, DATE, lambda _share: None, scenario=scenario, results=tables))


def rows_of(sheet: Sheet) -> dict[str, int]:
    """The rows of a sheet by the text in their first column; of equal texts the first."""
    return {str(cell.value): row for (row, column), cell in sorted(sheet.cells.items(), reverse=True) if column == 1}


@cache
def simulated() -> RiskResult:
    """A small simulation of a deal in which all supports pay."""
    return simulate(deal_of("fjord"), paths=128, seed=3, threads=1)


def test_only_the_internal_edition_has_the_vendors_sheets(written: Written) -> None:
    """The vendor's sheet stands in the internal edition of every deal and in no partner's; results only where given."""
    assert (VENDOR in written.book.sheets) is (written.kind == "internal")
    assert RESULTS not in written.book.sheets


def test_the_vendors_sheet_agrees_with_the_engine(written: Written) -> None:
    """Totals and present values of the vendor's sheet are those of the lines, and none of them is typed."""
    if written.kind == "partner":
        return
    sheet = written.book.sheets[VENDOR]
    lines, once = written.case.lines, written.case.once
    discount = lines["vendor_discount"]
    labels = {row.line.name: row.label for row in written.edition.rows}
    at = rows_of(sheet)
    for flow in (*RETURNS, *PRICING):
        if flow.line not in labels:
            continue
        row = at[labels[flow.line]]
        scale = max(1.0, float(np.abs(lines[flow.line]).sum()))
        assert sheet.value(row, 2) == pytest.approx(float(lines[flow.line].sum()), abs=1e-9 * scale)
        assert sheet.value(row, 3) == pytest.approx(float(lines[flow.line] @ discount), abs=1e-9 * scale)
    for name, figure in (("vendor_flow", "vendor_npv"), ("net_support_payments", "net_support_npv")):
        assert sheet.value(at[labels[name]], 3) == pytest.approx(once[figure], rel=1e-9, abs=1e-3)
    assert all(cell.formula for spot, cell in sheet.cells.items() if isinstance(cell.value, float)), "a typed number"


def test_the_break_even_fee_breaks_even() -> None:
    """At the running fee that the sheet names, what is charged makes up for what the support costs."""
    sheet = internal(name="austral-stress").sheets[VENDOR]
    at = rows_of(sheet)
    fee = sheet.value(at["Running fee at which the commitment breaks even"], 3)
    worth = sheet.value(at["Commitment still open, over the years"], 3)
    net = sheet.value(at["Income less net support payments"], 3)
    agreed = sheet.value(at["Running fee agreed on it"], 3)
    assert isinstance(fee, float)
    assert isinstance(worth, float)
    assert isinstance(net, float)
    assert isinstance(agreed, float)
    assert fee > 100
    assert net - agreed + fee / 10_000 * worth == pytest.approx(0.0, abs=1.0)


def test_the_partner_edition_takes_no_results() -> None:
    """Results or a scenario for the partner are refused, so that none can slip in by mistake."""
    edition = edition_of(evaluate(deal_of("seed 91")), "partner")
    for scenario, tables in (("", [TABLE]), ("Late", [])):
        with pytest.raises(ValueError, match="the partner edition takes none"):
            workbook_bytes(edition, DATE, lambda _share: None, scenario=scenario, results=tables)


def test_results_are_written_as_values() -> None:
    """A table shows title, notes, heads and values, n/a where one does not exist, and nothing computes."""
    book = internal(TABLE, scenario="Late")
    sheet = book.sheets[RESULTS]
    assert list(book.sheets)[-2:] == [RESULTS, "About"]
    texts = {cell.value for cell in sheet.cells.values()}
    assert {"Trial", "Made up.", "One", "Two", "Row", "USD", 1.5, "n/a"} <= texts
    assert [spot for spot, cell in sheet.cells.items() if cell.formula] == [(2, 4)]
    about = book.sheets["About"]
    at = rows_of(about)
    assert (about.value(at["Scenario"], 2), about.value(at["Seed"], 2)) == ("Late", "11")
    assert "Seed" not in rows_of(internal().sheets["About"])
    assert internal().sheets["About"].value(at["Scenario"], 2) == "base case"


def test_a_table_that_does_not_fit_is_refused() -> None:
    """A row with too few values, a number without end, or a text that cannot stand in a cell names its table."""
    wrong = ResultTable("Trial", ("One",), (ResultRow("Row", "", "money", (1.0, 2.0)),))
    with pytest.raises(ValueError, match="Trial: Row has 2 values, not 1"):
        internal(wrong)
    for value in (nan, inf):
        with pytest.raises(ValueError, match="Trial: Row holds a value that is not a finite number"):
            internal(ResultTable("Trial", ("One",), (ResultRow("Row", "", "money", (value,)),)))
    for text in REFUSED.values():
        with pytest.raises(ValueError, match=r"cannot stand in a workbook|at most 200"):
            internal(ResultTable(text, ("One",), (ResultRow("Row", "", "money", (1.0,)),)))


def test_texts_of_results_stay_texts() -> None:
    """Whatever titles, heads, labels and values in words hold, they become no formula."""
    for text in HARMLESS[::3]:
        book = internal(ResultTable(text, (text,), (ResultRow(text, text, "money", (text,)),), (text,)), name="seed 91")
        cells = book.sheets[RESULTS].cells
        assert sum(cell.value == text for cell in cells.values()) >= 6, text
        assert [spot for spot, cell in cells.items() if cell.formula] == [(2, 4)], text


def test_a_simulation_is_told_with_seed_paths_and_errors() -> None:
    """Every table of a simulation names paths and seed, and beside each estimate stands its standard error."""
    result = simulated()
    tables = simulation_tables(result)
    assert all(table.seed == 3 for table in tables)
    assert all(table.notes[0].startswith("128 random paths, seed 3; s.e.") for table in tables)
    measures, figures, years, terms = tables
    loss = next(row for row in measures.rows if row.label == "Expected loss of the support")
    agreed, bare = result.measures.expected_loss, result.measures_without.expected_loss
    assert loss.values == (agreed.value, agreed.se, bare.value, bare.se)
    irr = next(row for row in figures.rows if row.label == "Partner IRR")
    found = result.kpis["partner_irr"]
    assert irr.values[:5] == (found.mean.value, found.mean.se, found.p5, found.p25, found.p50)
    assert len(years.rows) == len(result.called_in_year)
    assert years.rows[1].values[4:6] == (result.default_by_year[1].value, result.default_by_year[1].se)
    assert terms.rows[0].values == (result.hurdle,)
    assert RESULTS in internal(*tables).sheets


def test_a_sensitivity_is_told_with_both_ends() -> None:
    """The largest swings come first, with input and figure at both ends, and the base beside them."""
    deal = deal_of("fjord")
    found = tornado(deal, "partner_irr")
    table = sensitivity_table(found, deal.currency)
    assert len(table.rows) == 1 + min(MOST_BARS, len(found.bars))
    assert table.rows[0].values[2] == found.base
    for row, bar in zip(table.rows[1:], found.bars, strict=False):
        assert (row.label, row.values[2], row.values[4], row.values[5]) == (
            bar.label, bar.low.figure, bar.high.figure, bar.swing,
        )  # fmt: skip
    units = {row.unit for row in table.rows}
    assert "USD per kW-month" in units
    assert not any("$" in unit for unit in units)
    assert RESULTS in internal(table).sheets


def test_an_export_hands_results_on(tmp_path: object) -> None:
    """Results given to an export stand in its file."""
    target = f"{tmp_path}/deal.xlsx"
    export_workbook(deal_of("seed 91"), "internal", target, date=DATE, results=(TABLE,), scenario="Late")
    with open(target, "rb") as file:
        assert RESULTS in read_book(file.read()).sheets
