"""Every table and chart of results goes out the same way: to the clipboard, as CSV and as a workbook."""

import csv
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.tables.base import FigureTable
from app.tables.estimates import EstimatesTable
from app.tables.outlet import Outlet
from app.tables.plain import Cell, PlainHead, PlainRow, PlainTable
from app.window import Window
from models import CellTable, ShownCell, ShownRow, ShownTable, write_tables
from tests.app.acting import open_template
from tests.app.conftest import Script


def saved(window: Window, qtbot: QtBot, dialogs: Script, outlet: Outlet, path: Path, period: str = "") -> Path:
    """Save what an outlet gives to a file that the user names."""
    dialogs.expect("save_table", path)
    with qtbot.waitSignal(window.figures_out.ended, timeout=20_000) as ended:
        outlet.save(path.suffix, period)
    assert ended.args == [f"{path.name} written"]
    return path


def rows_of(path: Path) -> list[list[str]]:
    """The rows of a CSV file."""
    return list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))


def test_every_result_can_be_taken_along(window: Window, qtbot: QtBot, dialogs: Script, tmp_path: Path) -> None:
    """On each tab each table and chart in sight copies with heads and every digit, and has both files and keys."""
    open_template(window, qtbot)
    results = window.desk.results
    for title in results.titles():
        results.choose(title)
        if title not in ("Explain", "Risk"):  # where nothing has been asked for yet
            qtbot.waitUntil(lambda: results.outlet_in_front() is not None, timeout=20_000)
        shown = [each for each in results.findChildren(Outlet) if each.owner.isVisible() and each.table() is not None]
        for outlet in shown:
            table = outlet.table()
            assert table is not None
            assert table.rows
            outlet.copy()
            lines = QGuiApplication.clipboard().text().splitlines()
            assert len(lines) == len(table.rows) + 1
            words = [action.text().replace("&", "") for action in outlet.actions]
            assert words == ["Copy", "Copy everything", "Save as CSV…", "Save as Excel…"]
            assert outlet.name()
    results.choose("Support")
    support = results.outlet_in_front()
    assert support is not None
    book = openpyxl.load_workbook(saved(window, qtbot, dialogs, support, tmp_path / "a.xlsx"))
    assert book.sheetnames[1:] == ["By month", "By quarter", "By year"]
    figures = window.live.figures
    assert figures is not None
    revenue = figures.case.lines["supported_revenue"].sum()
    for name in book.sheetnames[1:]:
        (row,) = (row for row in book[name].iter_rows(values_only=True) if row[0] == "Supported revenue")
        assert row[1] == "USD"
        assert sum(float(str(value)) for value in row[2:]) == pytest.approx(revenue, rel=1e-12)
    results.choose("Waterfall")
    chart = window.desk.results.outlet_in_front()
    assert chart is not None
    rows = rows_of(saved(window, qtbot, dialogs, chart, tmp_path / "a.csv", "quarter"))
    assert rows[0][:3] == ["Part", "Unit", "Q1 2027"]
    for column in range(2, len(rows[0])):
        assert sum(float(row[column]) for row in rows[1:]) == pytest.approx(0, abs=0.01)


def test_what_cannot_be_written_is_told(window: Window, qtbot: QtBot, dialogs: Script, tmp_path: Path) -> None:
    """A folder that is not there gives one sentence, and nothing is left behind; without a name nothing happens."""
    open_template(window, qtbot)
    window.desk.results.choose("Cash flow")
    dialogs.expect("save_table", tmp_path / "gone" / "a.xlsx")
    dialogs.expect("tell")
    with qtbot.waitSignal(window.figures_out.ended, timeout=20_000) as ended:
        window.actions_["save_numbers"].trigger()
    assert ended.args == ["a.xlsx was not written"]
    qtbot.waitUntil(lambda: dialogs.left() == [])
    assert dialogs.told == [("a.xlsx could not be written", f"Its folder {tmp_path / 'gone'} is not there.")]
    dialogs.expect("save_table", None)
    window.actions_["save_numbers"].trigger()
    assert dialogs.asked[-1] == ("save_table", ("Austral Cash flow.xlsx",))
    assert list(tmp_path.rglob("a.xlsx*")) == []


@pytest.fixture
def table(qtbot: QtBot, themed: object) -> PlainTable:
    """A small table of words and figures."""
    assert themed
    made = PlainTable("Deals")
    qtbot.addWidget(made)
    heads = (PlainHead("Name", False), PlainHead("IRR, %"), PlainHead("NPV, $m"))
    made.show_rows(
        heads,
        (
            PlainRow((Cell("=1+1"), Cell("14.8", 14.765432101234566), Cell("n/a"))),
            PlainRow((Cell("Margin"), Cell("−2.0", -2.0), Cell("3", 3.0)), internal=True),
        ),
    )
    made.show()
    qtbot.waitExposed(made)
    return made


def test_keys_copy_what_is_chosen(table: PlainTable) -> None:
    """Ctrl+A and Ctrl+C copy everything; one cell goes with its head and the first word of its row."""
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    whole = "Name\tIRR, %\tNPV, $m\n'=1+1\t14.765432101234566\tn/a\nMargin (internal)\t-2\t3\n"
    assert QGuiApplication.clipboard().text() == whole
    choose = QItemSelectionModel.SelectionFlag.ClearAndSelect
    table.selectionModel().select(table.table.index(1, 2), choose)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Name\tNPV, $m\nMargin (internal)\t3\n"


def test_files_hold_numbers_as_numbers_and_words_as_words(table: FigureTable, tmp_path: Path) -> None:
    """In a workbook figures are numbers to the last digit and no text is a formula; CSV carries the same."""
    cells = table.all_cells()
    assert cells is not None
    write_tables((cells, cells), tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["Deals", "Deals (2)"]
    sheet = book["Deals"]
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=1+1", "s")
    assert (sheet["B2"].value, sheet["B2"].data_type) == (pytest.approx(14.765432101234566, rel=1e-15), "n")
    write_tables((cells,), tmp_path / "a.csv")
    assert rows_of(tmp_path / "a.csv")[1] == ["'=1+1", "14.765432101234566", "n/a"]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_no_name_becomes_a_formula(sign: str, tmp_path: Path) -> None:
    """Heads and words that begin like a formula are texts in both files, and a sheet takes any title."""
    made = CellTable.of(f"{sign}a[b]:c*?/\\ '" + "x" * 40, (f"{sign}head",), ((f"{sign}SUM(A1)",), (None,), (1.5,)))
    write_tables((made,), tmp_path / "a.csv")
    assert rows_of(tmp_path / "a.csv") == [[f"'{sign}head"], [f"'{sign}SUM(A1)"], [""], ["1.5"]]
    write_tables((made,), tmp_path / "a.xlsx")
    (sheet,) = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets
    assert [cell.data_type for (cell,) in sheet.iter_rows()] == ["s", "s", "n", "n"]


def test_reasons_go_out_under_their_row(qtbot: QtBot, themed: object) -> None:
    """A table of estimates copies its figures exactly and why one is missing, a line of its own."""
    assert themed
    made = EstimatesTable("Results")
    qtbot.addWidget(made)
    rows = (
        ShownRow("RAROC, %", (ShownCell(1.23456789, 1),)),
        ShownRow("Break-even, %", (ShownCell(None, 1, "no share rate meets the hurdle"),)),
    )
    made.show_table(ShownTable("Results", "", ("", "Value"), rows))
    cells = made.all_cells()
    assert cells is not None
    assert cells.texts(repr)[1:] == [
        ["RAROC, %", "1.23456789"],
        ["Break-even, %", "–"],
        ["No share rate meets the hurdle", ""],
    ]


@pytest.mark.usefixtures("themed")
def test_words_without_room_go_on_below(qtbot: QtBot) -> None:
    """A note that its column is too narrow for makes its row as high as all its lines; the others stay as they are."""
    made = PlainTable("Terms")
    qtbot.addWidget(made)
    heads = (PlainHead("Term", False), PlainHead("Low"), PlainHead("", False))
    note = "High clipped to 100 % of hours, the most that is allowed"
    made.show_rows(
        heads, [PlainRow((Cell(term), Cell("9.8", 9.8), Cell(said))) for term, said in (("A", ""), ("B", note))]
    )
    made.resize(1200, 200)
    made.show()
    assert made.rowHeight(0) == made.rowHeight(1)
    made.resize(300, 200)
    assert made.rowHeight(1) > 2 * made.fontMetrics().height() > made.rowHeight(0)
