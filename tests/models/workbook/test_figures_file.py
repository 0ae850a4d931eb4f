"""Results saved as figures: periods that add up, full precision, nothing internal for a partner, no formulas."""

import csv
from pathlib import Path

import openpyxl
import pytest

from models.deal.partner_view import partner_deal
from models.deal.paths import with_value
from models.deal.templates import load_template
from models.engine.case import evaluate
from models.workbook.figures_file import write_figures

CASE = evaluate(load_template("austral"))


def rows_of(path: Path, sheet: str) -> dict[str, list[object]]:
    """The rows of a sheet by label, without label and unit."""
    book = openpyxl.load_workbook(path)
    return {str(row[0]): list(row[2:]) for row in book[sheet].iter_rows(values_only=True) if row[1]}


def test_months_quarters_and_years_add_up(tmp_path: Path) -> None:
    """Flows of all three sheets have one total, that of the engine; by year it stands behind the years."""
    path = tmp_path / "a.xlsx"
    write_figures(CASE, path)
    for sheet in ("By month", "By quarter", "By year"):
        rows = rows_of(path, sheet)
        values = rows["Cloud revenue"]
        if sheet == "By year":
            assert rows["Line"][-1] == "Total"
            assert values.pop() == pytest.approx(CASE.kpis["cloud_revenue"], rel=1e-12)
            assert rows["Utilisation"][-1] is None
        assert sum(float(str(value)) for value in values) == pytest.approx(CASE.kpis["cloud_revenue"], rel=1e-12)


def test_every_line_is_there_in_full(tmp_path: Path) -> None:
    """The last sheet holds each line of the model by month, to the 16 digits that a workbook keeps."""
    path = tmp_path / "a.xlsx"
    write_figures(CASE, path)
    found = rows_of(path, "All lines by month")
    assert found["Share paid"] == pytest.approx(CASE.lines["share_paid"].tolist(), rel=1e-15)
    assert "Vendor's flow" in found


def test_a_partner_gets_no_internal_line(tmp_path: Path) -> None:
    """For a partner the lines of the vendor's own flows and values are left out."""
    path = tmp_path / "a.xlsx"
    write_figures(evaluate(partner_deal(CASE.deal)), path, partner=True)
    labels = set(rows_of(path, "All lines by month"))
    internal = {line.label for line in CASE.model.lines.values() if line.definition.internal}
    assert "Vendor's flow" in internal
    assert not labels & internal
    assert "Share paid" in labels


def test_csv_holds_one_period(tmp_path: Path) -> None:
    """A CSV file has the period asked for, and no name in it is taken for a formula."""
    deal = with_value(CASE.deal, "phases[0].name", "=1+1")
    path = tmp_path / "a.csv"
    write_figures(evaluate(deal), path, "quarter")
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0][:4] == ["Line", "Unit", "Q1 2027", "Q2 2027"]
    assert not [cell for row in rows for cell in row[:2] if cell.startswith(("=", "+", "-", "@"))]


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    """A folder in the way is an OSError, and nothing half written is left."""
    (tmp_path / "a.xlsx").mkdir()
    with pytest.raises(OSError, match=r"."):
        write_figures(CASE, tmp_path / "a.xlsx")
    assert [each.name for each in tmp_path.iterdir()] == ["a.xlsx"]
