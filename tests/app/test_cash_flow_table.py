"""The cash-flow table: figures as printed, labels that stay, and copies that lose no digit."""

import math

import pytest
from PySide6.QtCore import QEvent, QItemSelectionModel, QLocale, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QHelpEvent
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.tables import CashFlowTable
from app.tables.clipboard import from_tsv, to_tsv, without_headings
from app.tables.figures import change, figure, raw
from app.tables.heads import RowHead
from app.tables.pinned import PinnedTotal
from app.tables.stretches import stretches
from app.tables.widths import shared
from app.theme import px
from models import Row, Table, cash_flow_table, evaluate, load_template


def made(label: str, *values: float, section: str = "Sales", unit: str = "money", subtotal: bool = False) -> Row:
    """A row of three periods."""
    return Row(label.lower(), label, section, unit, "flow", values, subtotal)


PRINTED = Table(
    ("2027", "2028", "2029"),
    (
        made("Revenue", 1058948707.324, 0.0, -18.4e6),
        made("Total", 2e9, 1.0, 2.0, subtotal=True),
        made("DSCR", math.inf, 1.9196, 0.0, section="Cover", unit="x"),
        made("Utilisation", 0.9654, 1.0, 0.0, section="Cover", unit="fraction"),
    ),
)


@pytest.fixture
def table(qtbot: QtBot) -> CashFlowTable:
    """A small table, its model under Qt's own test."""
    shown = CashFlowTable()
    qtbot.addWidget(shown)
    mode = QAbstractItemModelTester.FailureReportingMode.Warning
    shown.setProperty("tester", QAbstractItemModelTester(shown.model, mode, shown))
    shown.resize(800, 400)
    shown.show_table(PRINTED)
    shown.show()
    qtbot.waitExposed(shown)
    return shown


def cells(table: CashFlowTable) -> list[list[str]]:
    """All texts, labels first."""
    model = table.model
    return [
        [model.label(row), *(model.text(row, column) for column in range(model.columnCount()))]
        for row in range(model.rowCount())
    ]


def test_only_rows_with_other_figures_are_painted_again(qtbot: QtBot, table: CashFlowTable) -> None:
    """The same lines with other figures in two of them: these two are told, the others stay as they are painted."""
    rows = list(PRINTED.rows)
    rows[0] = made("Revenue", 2e6, 0.0, 0.0)
    rows[3] = made("Utilisation", 0.5, 1.0, 0.0, section="Cover", unit="fraction")
    told: list[tuple[int, int]] = []
    table.model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    with qtbot.assertNotEmitted(table.model.modelReset):
        table.show_table(Table(PRINTED.columns, tuple(rows)))
    assert told == [(1, 1), (5, 5)]
    assert cells(table)[1] == ["Revenue", "2.0", "–", "–"]
    assert stretches([1, 2, 3, 7]) == [(1, 3), (7, 7)]


def test_figures_are_printed_as_in_a_report(table: CashFlowTable) -> None:
    """Rows stand under their sections; millions, brackets below zero, a dash for nothing, units in labels."""
    assert cells(table) == [
        ["Sales", "", "", ""],
        ["Revenue", "1,058.9", "–", "(18.4)"],
        ["Total", "2,000.0", "–", "–"],
        ["Cover", "", "", ""],
        ["DSCR, x", "", "1.92", "–"],
        ["Utilisation, %", "96.5", "100.0", "–"],
    ]
    assert table.model.unit == "$m"


def test_labels_stay_when_the_figures_scroll(table: CashFlowTable) -> None:
    """Labels are row heads: they are as wide as the longest and never scroll away."""
    head = table.view.verticalHeader()
    before = head.geometry()
    table.view.horizontalScrollBar().setValue(table.view.horizontalScrollBar().maximum())
    assert head.geometry() == before
    assert head.width() >= head.fontMetrics().horizontalAdvance("Utilisation, %")


def test_a_selection_copies_with_heads_labels_and_every_digit(table: CashFlowTable) -> None:
    """Copied figures go into a spreadsheet exactly, under their heads, with the unit in the corner."""
    selection = table.view.selectionModel()
    for row, column in ((1, 0), (4, 1)):
        selection.select(table.model.index(row, column), QItemSelectionModel.SelectionFlag.Select)
    table.copy()
    assert from_tsv(QGuiApplication.clipboard().text()) == [
        ["$m", "2027", "2028"],
        ["Revenue", "1058.948707324", "0"],
        ["DSCR, x", "", "1.9196"],
    ]


def test_without_a_selection_the_whole_table_is_copied(table: CashFlowTable) -> None:
    """Copying with nothing chosen takes everything, headings of sections as rows of their own."""
    table.copy()
    rows = from_tsv(QGuiApplication.clipboard().text())
    assert len(rows) == 7
    assert rows[1] == ["Sales", "", "", ""]


def test_copies_carry_the_decimal_mark_of_the_locale(table: CashFlowTable) -> None:
    """A German spreadsheet gets decimal commas."""
    QLocale.setDefault(QLocale("de_DE"))
    table.show_table(PRINTED)
    table.copy_all()
    assert from_tsv(QGuiApplication.clipboard().text())[2][1] == "1058,948707324"


def test_new_figures_keep_place_and_selection(table: CashFlowTable) -> None:
    """While a deal is edited the table changes its figures only: what is selected stays selected."""
    selection = table.view.selectionModel()
    selection.select(table.model.index(1, 1), QItemSelectionModel.SelectionFlag.Select)
    other = Table(PRINTED.columns, (made("Revenue", 1e6, 2e6, 3e6), *PRINTED.rows[1:]))
    table.show_table(other)
    assert table.model.text(1, 1) == "2.0"
    assert [(index.row(), index.column()) for index in selection.selectedIndexes()] == [(1, 1)]
    table.show_table(Table(("2027",), (made("Revenue", 1e6),)))
    assert table.model.rowCount() == 2


def test_screen_readers_hear_label_period_and_unit(table: CashFlowTable) -> None:
    """A cell speaks its label, its period, its figure and its unit."""
    assert table.model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Revenue, 2027: 1,058.9 $m"
    assert table.model.index(4, 1).data(Qt.ItemDataRole.AccessibleTextRole) == "DSCR, x, 2028: 1.92"


@pytest.mark.parametrize("period", ["month", "quarter", "year"])
def test_the_engine_fills_the_table(qtbot: QtBot, period: str) -> None:
    """Tables of the engine are shown for each period, every unit of theirs with a scale of its own."""
    shown = CashFlowTable()
    qtbot.addWidget(shown)
    case = evaluate(load_template("fjord"))
    table = cash_flow_table(case, period)
    shown.show_table(table, "EUR")
    assert shown.model.columnCount() == len(table.columns) + table.has_total
    assert shown.model.unit == "€m"
    assert {row.unit for row in table.rows} <= {"money", "fraction", "x", "GPU-hours", "GPUs"}


def test_years_end_in_a_total_that_copies_and_explains(qtbot: QtBot) -> None:
    """Flows have a total after the last year, ratios have an empty cell; it is copied, and explained as all months."""
    shown = CashFlowTable()
    qtbot.addWidget(shown)
    case = evaluate(load_template("fjord"))
    shown.show_table(cash_flow_table(case, "year"))
    model, last = shown.model, shown.model.columnCount() - 1
    row = next(at for at in range(model.rowCount()) if model.label(at) == "Cloud revenue")
    ratio = next(at for at in range(model.rowCount()) if model.label(at) == "Utilisation, %")
    assert model.columns[last] == "Total"
    assert model.text(row, last) == f"{case.lines['cloud_revenue'].sum() / 1e6:,.1f}"
    assert model.text(ratio, last) == ""
    place = model.place(row, last)
    assert place is not None
    assert (place.month, place.last) == (0, case.deal.months - 1)
    shown.copy_all()
    rows = from_tsv(QGuiApplication.clipboard().text())
    assert rows[0][-1] == "Total"
    assert float(rows[row + 1][-1]) == pytest.approx(case.lines["cloud_revenue"].sum() / 1e6)


def test_the_total_stays_in_sight_while_years_scroll(qtbot: QtBot) -> None:
    """Where years do not all fit the total stands at the right edge, scrolls down with them, is explained as they are,
    and no year that the keyboard goes to lies below it; where all fit there is nothing over the table."""
    shown = CashFlowTable()
    qtbot.addWidget(shown)
    shown.resize(700, 300)
    shown.show()
    shown.show_table(cash_flow_table(evaluate(load_template("campus")), "year"))
    view, last = shown.view, shown.model.columnCount() - 1
    (total,) = view.findChildren(PinnedTotal)
    assert total.isVisible()
    assert total.geometry().right() == view.viewport().geometry().right()
    assert [at for at in range(last + 1) if not total.isColumnHidden(at)] == [last]
    view.verticalScrollBar().setValue(90)
    assert total.verticalScrollBar().value() == 90
    row = total.rowAt(60)
    assert total.visualRect(shown.model.index(row, last)).y() == view.visualRect(shown.model.index(row, last)).y()
    with qtbot.waitSignal(shown.explain_wished) as wished:
        total.doubleClicked.emit(shown.model.index(row, last))
    assert wished.args == [shown.model.place(row, last)]
    for column in range(last):
        view.setCurrentIndex(shown.model.index(row, column))
        assert view.visualRect(shown.model.index(row, column)).right() <= total.x() - view.viewport().x()
    assert total.selectionModel() is view.selectionModel()
    shown.resize(1900, 300)
    assert total.isHidden()


def test_figures_and_changes_are_written_apart() -> None:
    """Amounts below zero stand in brackets, changes carry a sign, the clipboard gets bare digits."""
    assert [figure(value, 6) for value in (-18.4e6, 0.0, 0.04e6, 1e12)] == ["(18.4)", "–", "–", "1,000,000.0"]
    assert (figure(math.inf), figure(-math.inf), figure(math.nan)) == ("∞", "(∞)", "")
    assert [change(value, -2, 1) for value in (0.01, -0.0004, -0.02, 0.0)] == ["+1.0", "0.0", "−2.0", "0.0"]
    assert [raw(value, 6) for value in (1234567.0, -5e5, math.nan)] == ["1.234567", "-0.5", ""]


def test_cells_with_tabs_and_lines_survive_the_clipboard() -> None:
    """What is copied is pasted back as it was, quotes, tabs and line ends inside cells included."""
    rows = [["a\tb", 'say "x"'], ["two\nlines", "plain"]]
    assert from_tsv(to_tsv(rows)) == rows
    assert from_tsv("1\t2\r\n3\r\n\r\n") == [["1", "2"], ["3", ""]]
    assert from_tsv("") == from_tsv("\n\n") == from_tsv("x" * 200_000) == []


def test_headings_are_told_from_figures() -> None:
    """Rows and columns without a figure beside others with one are headings; a table of words is left alone."""

    def is_number(text: str) -> bool:
        return text.replace(".", "").isdigit()

    rows = [["", "A", "B"], ["x", "1", "2"], ["y", "3", "4"]]
    assert without_headings(rows, [], is_number).cells == [["1", "2"], ["3", "4"]]
    assert without_headings([["2027", "1"], ["2028", "2"]], ["2027", "2028"], is_number).cells == [["1"], ["2"]]
    assert without_headings([["a", "b"]], [], is_number).cells == [["a", "b"]]


@pytest.mark.parametrize("gap", ["#N/A", "#DIV/0!", "-", "–", "n/a", "TBD"])
def test_a_figure_that_is_not_there_is_no_heading(gap: str) -> None:
    """What a spreadsheet writes where it has no figure keeps its place, so that no figure after it moves by a cell."""
    assert without_headings([[gap, "3"]], [], str.isdigit).cells == [[gap, "3"]]
    assert without_headings([[gap], ["3"]], [], str.isdigit).cells == [[gap], ["3"]]


def test_columns_share_the_room() -> None:
    """One width for all where it fits, else more for those that need it, else whole columns that scroll."""
    assert shared([50, 70, 60], 300) == [100, 100, 100]
    assert shared([50, 70, 60], 190) == [60, 70, 60]
    assert shared([50, 70, 60], 182) == [52, 70, 60]
    assert shared([50, 70, 60], 150) == [75, 75, 75]
    assert shared([50, 70, 60], 40) == [70, 70, 70]


def test_a_long_label_leaves_room_for_the_figures(table: CashFlowTable, monkeypatch: pytest.MonkeyPatch) -> None:
    """Labels take at most two fifths; one that is cut says all of itself in a tooltip, one that fits says nothing."""
    name = "Revenue: a name of a segment that goes on for far longer than anybody would wish"
    table.show_table(Table(PRINTED.columns, (made("Revenue", 1e6, 2e6, 3e6), made(name, 1e6, 2e6, 3e6))))
    head = table.view.verticalHeader()
    assert isinstance(head, RowHead)
    assert head.width() <= 0.4 * table.view.width()
    assert (head.is_cut(1), head.tip(1)) == (False, "")
    assert (head.is_cut(2), head.tip(2)) == (True, name)
    assert table.view.horizontalScrollBar().maximum() == 0
    told: list[str] = []
    monkeypatch.setattr("app.tables.heads.QToolTip.showText", lambda _where, text, _widget: told.append(text))
    for row in (1, 2):
        at = QPoint(20, head.sectionViewportPosition(row) + 5)
        event = QHelpEvent(QEvent.Type.ToolTip, at, head.viewport().mapToGlobal(at))
        QGuiApplication.sendEvent(head.viewport(), event)
    assert told == ["", name]


def test_no_column_is_cut_where_they_scroll(table: CashFlowTable) -> None:
    """Months do not all fit: those in sight are whole, at the first and at the last, but for a margin of the next."""
    table.show_table(cash_flow_table(evaluate(load_template("austral")), "month"))
    view = table.view
    bar = view.horizontalScrollBar()
    assert bar.maximum() > 0
    for at in (0, 7, bar.maximum()):
        bar.setValue(at)
        header = view.horizontalHeader()
        edges = [header.sectionViewportPosition(column) for column in range(header.count())]
        assert 0 in edges
        wide = view.columnWidth(0)
        assert not any(edge + px(8) < view.viewport().width() < edge + wide - px(8) for edge in edges)
