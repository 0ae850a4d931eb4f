"""Tables of entries: typed, pasted, filled and copied like a spreadsheet, one wish for each act."""

import pytest
from PySide6.QtCore import QItemSelectionModel, QLocale, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.forms import Calculated
from app.forms.cell_delegate import CellEditor
from app.forms.other_bindings import BandBinding, ItemBinding, MonthBinding, SeriesBinding
from app.forms.plan import Binding
from app.forms.year_binding import YearBinding
from app.forms.year_table import YearTable
from models import Deal, DealError, load_template, with_value
from tests.app.acting import focus

FLOORS = "credit_support[0].floor_prices"
SELECT = QItemSelectionModel.SelectionFlag.ClearAndSelect


class Sheet:
    """A table with a deal behind it."""

    def __init__(self, qtbot: QtBot, binding: Binding, deal: Deal) -> None:
        self.deal = self.saved = deal
        self.wishes: list[tuple[str, object, str, str]] = []
        self.table = YearTable(binding)
        qtbot.addWidget(self.table)
        self.tester = QAbstractItemModelTester(self.table.model, QAbstractItemModelTester.FailureReportingMode.Warning)
        self.table.wish.connect(self._take)
        self.table.resize(900, 300)
        self.table.show_deal(deal, deal)
        self.table.show()
        self.table.activateWindow()
        qtbot.waitUntil(self.table.isActiveWindow)

    def _take(self, path: str, value: object, words: str, key: str) -> None:
        self.wishes.append((path, value, words, key))
        try:
            self.deal = with_value(self.deal, path, value)
        except DealError as error:
            self.table.show_problem(path, str(error))
            return
        self.table.show_deal(self.deal, self.saved)

    def choose(self, row: int, column: int, to: int | None = None) -> None:
        """Select cells of a row."""
        model, selection = self.table.model, self.table.view.selectionModel()
        selection.setCurrentIndex(model.index(row, column), SELECT)
        for each in range(column, (to if to is not None else column) + 1):
            selection.select(model.index(row, each), QItemSelectionModel.SelectionFlag.Select)

    def type(self, text: str) -> None:
        """Type over the chosen cell."""
        self.table.view.setFocus()
        QTest.keyClicks(self.table.view, text[0])
        for letter in text[1:]:
            QTest.keyClicks(focus(), letter)

    def paste(self, text: str) -> None:
        """Paste a text at the chosen cell."""
        QGuiApplication.clipboard().setText(text)
        self.table.paste()

    @property
    def floors(self) -> tuple[float, ...]:
        """The floor prices now."""
        return self.deal.credit_support[0].floor_prices  # type: ignore[union-attr]  # it is a commitment


@pytest.fixture
def sheet(qtbot: QtBot) -> Sheet:
    """The floor prices of the Austral template."""
    return Sheet(qtbot, YearBinding("credit_support[0]", ("floor_prices",)), load_template("austral"))


@pytest.fixture
def share(qtbot: QtBot) -> Sheet:
    """Rates by two bands, and yearly minima, of the Fjord template."""
    return Sheet(qtbot, YearBinding("revenue_share", ("rates", "minimum_annual")), load_template("fjord"))


def test_years_carry_their_first_month(sheet: Sheet) -> None:
    """Contract years count from the first month in service; the row says what is entered and in which unit."""
    plan = sheet.table.model.plan
    assert [(column.head, column.sub) for column in plan.columns][:2] == [
        ("Year 1", "Mar 2027"),
        ("Year 2", "Mar 2028"),
    ]
    assert plan.lines[0].label == "Floor price, $ per GPU-hour"
    assert [sheet.table.model.text(0, year) for year in range(6)] == ["3.68", "3.15", "2.62", "2.10", "1.57", "1.04"]


def test_typing_in_a_cell_is_live_and_one_step_of_undo(sheet: Sheet) -> None:
    """Each valid state of a cell being typed is wished for, all under one merge key, with words for the undo list."""
    sheet.choose(0, 1)
    sheet.type("3.3")
    assert [value for _, value, _, _ in sheet.wishes] == [3.0, 3.3]
    assert {path for path, _, _, _ in sheet.wishes} == {f"{FLOORS}[1]"}
    assert len({key for _, _, _, key in sheet.wishes}) == 1
    assert sheet.wishes[-1][2] == "Capacity commitment: Floor price, year 2: 3.00 → 3.30"
    assert isinstance(QApplication.focusWidget(), CellEditor)
    assert sheet.table.note.text == "Year 2 was 3.15 when saved."


def test_another_visit_to_a_cell_is_another_step(sheet: Sheet, qtbot: QtBot) -> None:
    """Closing a cell and opening it again begins a new step of undo."""
    for text in ("3.3", "3.4"):
        sheet.choose(0, 1)
        sheet.type(text)
        QTest.keyClick(focus(), Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: not isinstance(QApplication.focusWidget(), CellEditor))
    assert sheet.floors[1] == 3.4
    assert len({key for _, _, _, key in sheet.wishes}) == 2


def test_a_wrong_entry_stays_in_its_cell_with_a_sentence(sheet: Sheet, qtbot: QtBot) -> None:
    """A cell that cannot be read is marked, quoted and explained; the deal keeps the last valid price."""
    sheet.choose(0, 1)
    sheet.type("3,15,2")
    said = (
        "Year 2: “3,15,2” has two decimal marks. Enter a price such as 3.15, 0 or more. "
        "The deal still computes with 3.15."
    )
    assert sheet.table.note.text == said
    QTest.keyClick(focus(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not isinstance(QApplication.focusWidget(), CellEditor))
    assert sheet.table.model.text(0, 1) == "3,15,2"
    assert sheet.table.problems() == {f"{FLOORS}[1]": said}
    sheet.type("3.2")
    assert sheet.table.problems() == {}
    assert sheet.floors[1] == 3.2


def test_escape_undoes_the_visit(sheet: Sheet, qtbot: QtBot) -> None:
    """Escape puts back what stood in the cell before it was opened."""
    sheet.choose(0, 0)
    sheet.type("9")
    assert sheet.floors[0] == 9.0
    QTest.keyClick(focus(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not isinstance(QApplication.focusWidget(), CellEditor))
    assert sheet.floors[0] == 3.68


def test_arrows_step_an_open_cell(sheet: Sheet) -> None:
    """Up and down move an open cell by the natural step of its field."""
    sheet.choose(0, 0)
    QTest.keyClick(sheet.table.view, Qt.Key.Key_Return)
    QTest.keyClick(focus(), Qt.Key.Key_Up)
    assert sheet.floors[0] == 3.78


def test_a_row_is_pasted_as_one_wish(sheet: Sheet) -> None:
    """A row from a spreadsheet, in any unambiguous marks, becomes one edit of the whole table."""
    sheet.choose(0, 0)
    sheet.paste("4,10\t3,60\t3,10\r\n")
    assert sheet.floors == (4.1, 3.6, 3.1, 2.1, 1.57, 1.04)
    assert len(sheet.wishes) == 1
    assert sheet.wishes[0][3] == ""


def test_a_column_is_laid_along_the_years_and_makes_room(sheet: Sheet) -> None:
    """A column of values goes along the row; values past the last year lengthen the table."""
    sheet.choose(0, 4)
    sheet.paste("1.5\n1.2\n0.9\n0.6")
    assert sheet.floors == (3.68, 3.15, 2.62, 2.1, 1.5, 1.2, 0.9, 0.6)


def test_headings_are_left_out(sheet: Sheet) -> None:
    """Pasting what was copied with its headings changes nothing but the values."""
    sheet.choose(0, 0, 5)
    sheet.table.copy()
    copied = QGuiApplication.clipboard().text()
    assert copied.splitlines()[0].split("\t")[:3] == ["Contract year", "Year 1", "Year 2"]
    assert copied.splitlines()[1].split("\t")[:3] == ["Floor price, $ per GPU-hour", "3.68", "3.15"]
    sheet.choose(0, 0)
    sheet.paste(copied.replace("3.68", "3.70"))
    assert sheet.floors == (3.7, 3.15, 2.62, 2.1, 1.57, 1.04)


def test_headings_of_other_cells_are_told(sheet: Sheet, qtbot: QtBot) -> None:
    """A block whose headings name other years or months than its values would go to is refused, and fits in place."""
    sheet.choose(0, 1, 2)
    sheet.table.copy(headings=True)
    copied = QGuiApplication.clipboard().text().replace("3.15", "3.20")
    sheet.choose(0, 0)
    sheet.paste(copied)
    assert sheet.table.note.text == (
        "Nothing was pasted: “Year 2” is the heading of a value that would go to Year 1. Choose the cell where the "
        "block belongs, or copy the values without headings."
    )
    sheet.choose(0, 1)
    sheet.paste(copied)
    sheet.choose(0, 4)
    sheet.paste("Year 5\t1.5\nYear 6\t1.2\nYear 7\t0.9")
    assert sheet.floors == (3.68, 3.2, 2.62, 2.1, 1.5, 1.2, 0.9)
    months = Sheet(qtbot, MonthBinding("demand[0].gpus_by_month"), load_template("austral"))
    start = months.deal.start
    assert (start[5:], months.table.model.plan.lines[1].label) == ("01", str(int(start[:4]) + 1))
    for block, wrong, right in (
        (f"Mar {start[:4]}\t5\nApr {start[:4]}\t6", (0, 0), (0, 2)),
        (f"Year\tJun\tJul\n{start[:4]}\t7\t8\n{int(start[:4]) + 1}\t7\t8", (1, 5), (0, 5)),
        ("Nov\tDec\n9\t10", (0, 9), (0, 10)),
    ):
        months.wishes.clear()
        months.choose(*wrong)
        months.paste(block)
        assert "is the heading of a value that would go to" in months.table.note.text, block
        assert months.wishes == []
        months.choose(*right)
        months.paste(block)
        assert "Nothing was pasted" not in months.table.note.text
        assert len(months.wishes) == 1
    series = months.deal.demand[0].gpus_by_month
    assert series is not None
    assert series[2:4] + series[5:7] + series[10:12] + series[17:19] == (5, 6, 7, 8, 9, 10, 7, 8)


def test_a_whole_table_goes_to_a_spreadsheet_and_back(sheet: Sheet, qtbot: QtBot) -> None:
    """A copy of all cells carries the calculated rows too; pasted back, they and what is fixed do no harm."""
    sheet.table.set_calculated([Calculated("Floor amount, $m", (1.0e6,) * 6, power=6)])
    sheet.table.view.selectAll()
    sheet.table.copy()
    copied = QGuiApplication.clipboard().text()
    assert [line.partition("\t")[0] for line in copied.splitlines()][-1] == "Floor amount, $m"
    sheet.choose(0, 0)
    sheet.paste(copied.replace("3.68", "3.70"))
    assert sheet.floors == (3.7, 3.15, 2.62, 2.1, 1.57, 1.04)
    bands = Sheet(qtbot, BandBinding(), load_template("austral"))
    bands.choose(0, 0)
    bands.paste("1")
    assert bands.table.note.text.startswith("Nothing was pasted: ")
    bands.paste("0")
    assert bands.table.note.text == ""
    share = Sheet(qtbot, YearBinding("revenue_share", ("rates", "minimum_annual")), load_template("austral"))
    share.table.view.selectAll()
    share.table.copy()
    share.paste(QGuiApplication.clipboard().text())  # minima that stand for none are none afterwards
    assert bands.wishes == share.wishes == []


def test_one_bad_cell_keeps_the_whole_block_out(sheet: Sheet) -> None:
    """A paste is all or nothing: the bad cells are listed and no value changes."""
    sheet.choose(0, 0)
    sheet.paste("3.70\tn/a\t2.60\t-1")
    assert sheet.wishes == []
    said = sheet.table.note.text
    assert said.startswith("Nothing was pasted: 2 cells cannot be read. Year 2: “n/a” ")
    assert "Year 4: “-1” is out of range." in said


def test_one_clear_cell_tells_how_the_others_are_meant(sheet: Sheet) -> None:
    """ "1,060" beside "3,15" is 1.06, although alone in English it would be a thousand."""
    sheet.choose(0, 0)
    sheet.paste("3,15\t1,060")
    assert sheet.floors[:2] == (3.15, 1.06)


def test_contradicting_marks_are_not_guessed(sheet: Sheet) -> None:
    """A block with commas and points for decimals refuses the cells that could be read two ways."""
    sheet.choose(0, 0)
    sheet.paste("3,15\t2.5\t1,060")
    assert sheet.wishes == []
    assert "could mean 1060 or 1.060" in sheet.table.note.text


@pytest.mark.parametrize("held", [Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier])
def test_a_cell_gone_to_is_the_only_one_chosen(sheet: Sheet, held: Qt.KeyboardModifier) -> None:
    """Whoever is led to a cell, by Ctrl with a figure too, pastes there and not where something was chosen before."""
    sheet.choose(0, 2, to=4)
    QTest.keyClick(sheet.table.view, Qt.Key.Key_Shift, held)  # Qt remembers what is held with the last key
    sheet.table.focus_path(f"{FLOORS}[2]")
    sheet.paste("3.30")
    assert sheet.floors == (3.68, 3.15, 3.3, 2.1, 1.57, 1.04)


def test_one_value_fills_the_chosen_cells(sheet: Sheet) -> None:
    """A single value pasted over several chosen cells fills them all, in one wish."""
    sheet.choose(0, 2, 4)
    sheet.paste("2")
    assert sheet.floors == (3.68, 3.15, 2.0, 2.0, 2.0, 1.04)
    assert len(sheet.wishes) == 1


def test_fill_right_repeats_the_leftmost_value(sheet: Sheet) -> None:
    """Fill right repeats over the chosen cells, or to the end of the row from a single one."""
    sheet.choose(0, 1, 3)
    sheet.table.fill_right()
    assert sheet.floors == (3.68, 3.15, 3.15, 3.15, 1.57, 1.04)
    sheet.choose(0, 4)
    sheet.table.fill_right()
    assert sheet.floors[4:] == (1.57, 1.57)


def test_fill_down_repeats_the_topmost_value(qtbot: QtBot) -> None:
    """Fill down repeats the rate of the first band in the line below it, in one wish."""
    sheet = Sheet(qtbot, YearBinding("revenue_share", ("rates",)), load_template("fjord"))
    assert len(sheet.table.model.plan.lines) == 2
    sheet.choose(0, 1)
    sheet.table.fill_down()
    assert sheet.deal.revenue_share.rates[1] == (0.13, 0.13)
    assert len(sheet.wishes) == 1


def test_a_single_cell_copies_bare_and_exactly(sheet: Sheet) -> None:
    """One cell is copied without headings, with every digit and the decimal mark of the locale."""
    sheet.table.show_deal(with_value(sheet.deal, f"{FLOORS}[0]", 3.4100000000000006), sheet.saved)
    sheet.choose(0, 0)
    sheet.table.copy()
    assert QGuiApplication.clipboard().text() == "3.4100000000000006\n"
    QLocale.setDefault(QLocale("de_DE"))
    sheet.table.copy()
    assert QGuiApplication.clipboard().text() == "3,4100000000000006\n"


def test_years_are_added_and_taken_away(sheet: Sheet) -> None:
    """A year more repeats the last; a year less drops it; the last one cannot be dropped."""
    sheet.table._more.click()
    assert sheet.floors[-2:] == (1.04, 1.04)
    for _ in range(10):
        sheet.table._fewer.click()
    assert sheet.floors == (3.68,)
    assert not sheet.table._fewer.isEnabled()


def test_calculated_rows_stand_below_and_cannot_be_edited(sheet: Sheet) -> None:
    """Figures given for the years are shown under the entries, with an empty cell where there is none."""
    sheet.table.set_calculated([Calculated("Floor amount, $m", (1060.4, 0.0, None, -18.44), 1)])
    model = sheet.table.model
    assert [model.text(1, year) for year in range(6)] == ["1,060.4", "–", "", "(18.4)", "", ""]
    assert not model.index(1, 0).flags() & Qt.ItemFlag.ItemIsEditable
    assert model.headerData(1, Qt.Orientation.Vertical) == "Floor amount, $m"
    sheet.table.set_calculated([])
    assert model.rowCount() == 1


def test_screen_readers_hear_row_and_year(sheet: Sheet) -> None:
    """A cell speaks its label, its year and its value."""
    spoken = sheet.table.model.index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Floor price, $ per GPU-hour, Year 2: 3.15"


def test_bands_take_a_line_each_beside_the_minimum(share: Sheet) -> None:
    """Rates have one line for each band, in per cent; minima stand in the same years."""
    labels = [line.label for line in share.table.model.plan.lines]
    assert labels == [
        "Share rate up to $60.0m, % of the basis",
        "Share rate from $60.0m, % of the basis",
        "Minimum a year, $m",
    ]
    share.choose(1, 2)
    share.type("12")
    assert share.wishes[-1][:2] == ("revenue_share.rates[2][1]", 0.12)


def test_a_block_over_several_fields_is_still_one_wish(share: Sheet) -> None:
    """Rates and minima pasted together change in one edit of the share."""
    share.choose(0, 0)
    share.paste("20\t19\n12\t11\n4.5\t5.5")
    assert len(share.wishes) == 1
    assert share.deal.revenue_share.rates[:2] == ((0.2, 0.12), (0.19, 0.11))
    assert share.deal.revenue_share.minimum_annual[:2] == (4.5e6, 5.5e6)


def test_a_block_that_does_not_fit_is_refused(share: Sheet) -> None:
    """More rows than there is room for are refused as a whole."""
    share.choose(1, 0)
    share.paste("1\n2\n3")
    assert share.wishes == []
    assert share.table.note.text == "Nothing was pasted: the block has 3 rows, from here there is room for 2 rows."


def test_a_year_beyond_the_end_shows_what_stands_for_it(qtbot: QtBot) -> None:
    """A shorter table shows what it stands for; typing there fills the years between."""
    deal = with_value(load_template("fjord"), "revenue_share.minimum_annual", [4e6, 5e6])
    sheet = Sheet(qtbot, YearBinding("revenue_share", ("rates", "minimum_annual")), deal)
    assert [sheet.table.model.text(2, year) for year in range(5)] == ["4.0", "5.0", "5.0", "5.0", "5.0"]
    sheet.choose(2, 3)
    sheet.type("7")
    assert sheet.deal.revenue_share.minimum_annual == (4e6, 5e6, 5e6, 7e6)


def test_a_band_more_or_less_changes_the_rates_with_it(qtbot: QtBot) -> None:
    """Bands and rates stay of one shape: adding and removing a band is one edit of both."""
    sheet = Sheet(qtbot, BandBinding(), load_template("fjord"))
    assert sheet.table._more.x() < sheet.table.note.x(), "near a table that ends early"
    sheet.table._more.click()
    qtbot.waitUntil(lambda: sheet.table._more.x() > sheet.table.note.x())
    assert len(sheet.deal.revenue_share.bands) == 3
    assert {len(year) for year in sheet.deal.revenue_share.rates} == {3}
    sheet.table._fewer.click()
    sheet.table._fewer.click()
    assert list(sheet.deal.revenue_share.bands) == [0.0]
    assert {len(year) for year in sheet.deal.revenue_share.rates} == {1}
    assert not sheet.table.model.can_edit(0, 0)


def test_a_refused_value_stays_marked(qtbot: QtBot) -> None:
    """A band that begins below the one before is refused by the deal, and its cell keeps what was typed."""
    deal = load_template("fjord")
    deal = with_value(deal, "revenue_share", BandBinding().resized(deal, True).value)  # type: ignore[union-attr]  # there is room
    sheet = Sheet(qtbot, BandBinding(), deal)
    sheet.choose(0, 2)
    sheet.type("5")
    assert sheet.table.model.text(0, 2) == "5"
    assert list(sheet.table.problems()) == ["revenue_share.bands[2]"]
    QTest.keyClick(focus(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not isinstance(QApplication.focusWidget(), CellEditor))
    assert sheet.table.model.text(0, 2) == "5"
    sheet.type("500")
    assert sheet.table.problems() == {}


def test_series_begin_with_their_first_entry(qtbot: QtBot) -> None:
    """An optional table shows what stands in its place; its first value makes it, losing its last unmakes it."""
    sheet = Sheet(qtbot, SeriesBinding("uncertainty.default_curve", grows="year"), load_template("austral"))
    assert sheet.table.model.text(0, 0) == "by rating"
    sheet.choose(0, 0)
    sheet.type("3")
    assert sheet.deal.uncertainty.default_curve == (0.03,)
    sheet.table._fewer.click()
    assert sheet.deal.uncertainty.default_curve is None


def test_a_series_by_phase_has_a_column_for_each(qtbot: QtBot) -> None:
    """A delay entered for one phase makes the table for all, the others without delay."""
    sheet = Sheet(qtbot, SeriesBinding("uncertainty.delivery_delay_months"), load_template("austral"))
    sheet.choose(0, 1)
    sheet.type("2")
    assert sheet.deal.uncertainty.delivery_delay_months == (0.0, 2.0, 0.0, 0.0)


def test_fields_of_all_items_stand_side_by_side(qtbot: QtBot) -> None:
    """Betas of all tenants are one table; a block over several is one edit of the list."""
    sheet = Sheet(qtbot, ItemBinding("demand", ("demand_beta", "price_beta"), "segment"), load_template("austral"))
    assert sheet.table.model.plan.columns[0].head == "Model builders"
    sheet.choose(0, 1)
    sheet.type("0.4")
    assert sheet.wishes[-1][:2] == ("demand[1].demand_beta", 0.4)
    sheet.choose(0, 0)
    sheet.paste("0.1\t0.2\n0.3\t0.4")
    assert sheet.wishes[-1][0] == "demand"
    assert [segment.price_beta for segment in sheet.deal.demand[:2]] == [0.3, 0.4]


def test_months_are_pasted_along_the_years(qtbot: QtBot) -> None:
    """A column of months runs from the chosen month through the years; months outside the model have no cell."""
    deal = with_value(load_template("austral"), "demand[0].gpus_by_month", [100.0] * 74)
    sheet = Sheet(qtbot, MonthBinding("demand[0].gpus_by_month"), deal)
    assert sheet.table.model.rowCount() == 7
    assert sheet.table.view.accessibleName() == "GPUs by month, GPUs"
    sheet.choose(1, 3)
    sheet.type("50")
    assert sheet.table.note.text == f"Apr {int(deal.start[:4]) + 1} was 100 when saved."
    QTest.keyClick(focus(), Qt.Key.Key_Return)
    assert not sheet.table.model.can_edit(6, 2)
    sheet.choose(0, 10)
    sheet.paste("\n".join(["1,200", "1,300", "1,400"]))
    series = sheet.deal.demand[0].gpus_by_month
    assert series is not None
    assert series[9:14] == (100.0, 1200.0, 1300.0, 1400.0, 100.0)
    sheet.choose(6, 0)
    for pasted in ("1\n2\n3", "\n".join("123456789" * 4)):  # within the last year, and past it
        sheet.paste(pasted)
        count = len(pasted.splitlines())
        said = f"Nothing was pasted: the block has {count} months, from here there is room for 2."
        assert sheet.table.note.text == said


KINDS: dict[str, tuple[Binding, str]] = {
    "years": (YearBinding("credit_support[0]", ("floor_prices",)), "austral"),
    "years and bands": (YearBinding("revenue_share", ("rates", "minimum_annual")), "fjord"),
    "bands": (BandBinding(), "fjord"),
    "series by phase": (SeriesBinding("uncertainty.delivery_delay_months"), "austral"),
    "items": (ItemBinding("demand", ("demand_beta", "price_beta"), "segment"), "austral"),
    "months": (MonthBinding("demand[0].gpus_by_month"), "austral"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_table_of_entries_takes_the_same_keys(qtbot: QtBot, kind: str) -> None:
    """Copied with headings, pasted back, filled right and down and emptied: each is one wish with words, or none."""
    binding, template = KINDS[kind]
    deal = load_template(template)
    if kind == "months":
        deal = with_value(deal, binding.paths[0], [100.0] * deal.months)
    if kind == "series by phase":
        deal = with_value(deal, binding.paths[0], [1.0] * len(deal.phases))
    sheet = Sheet(qtbot, binding, deal)
    view, model = sheet.table.view, sheet.table.model
    control = Qt.KeyboardModifier.ControlModifier
    view.setFocus()
    view.selectAll()
    QTest.keyClick(view, Qt.Key.Key_C, control | Qt.KeyboardModifier.ShiftModifier)
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    assert lines[0][1:] == [column.head for column in model.plan.columns]
    assert [line[0] for line in lines[1:]] == [line.label for line in model.plan.lines]
    column = next(at for at in range(model.columnCount()) if model.can_edit(0, at))
    sheet.choose(0, column)
    if column == 0:
        QTest.keyClick(view, Qt.Key.Key_V, control)
        assert sheet.deal == deal, sheet.table.note.text
    told = len(sheet.wishes)
    sheet.choose(0, column)
    sheet.paste(model.raw(0, min(column + 1, model.columnCount() - 1)))
    sheet.choose(0, column)
    for keys, allowed in ((Qt.Key.Key_R, control), (Qt.Key.Key_D, control)):
        before = len(sheet.wishes)
        QTest.keyClick(view, keys, allowed)
        assert len(sheet.wishes) <= before + 1
    assert all(words and not key for _, _, words, key in sheet.wishes[told:])
    row = [model.raw(0, at) for at in range(column, model.columnCount()) if model.can_edit(0, at)]
    assert len(set(row)) == 1


def test_delete_empties_what_is_chosen(qtbot: QtBot) -> None:
    """Delete takes chosen months to no GPUs in one step; a price that must be there opens its cell instead."""
    deal = with_value(load_template("austral"), "demand[0].gpus_by_month", [100.0] * 74)
    months = Sheet(qtbot, MonthBinding("demand[0].gpus_by_month"), deal)
    months.choose(1, 0, 2)
    months.table.view.setFocus()
    QTest.keyClick(months.table.view, Qt.Key.Key_Delete)
    assert [path for path, *_ in months.wishes] == ["demand[0].gpus_by_month"]
    series = months.deal.demand[0].gpus_by_month
    assert series is not None
    assert [series[at] for at in (11, 12, 13, 14, 15)] == [100.0, 0.0, 0.0, 0.0, 100.0]


def test_a_price_is_not_emptied(sheet: Sheet) -> None:
    """Where a value must stand Delete opens the cell and changes nothing."""
    sheet.choose(0, 1)
    sheet.table.view.setFocus()
    QTest.keyClick(sheet.table.view, Qt.Key.Key_Delete)
    assert isinstance(focus(), CellEditor)
    QTest.keyClick(focus(), Qt.Key.Key_Escape)
    assert sheet.deal == sheet.saved


def test_a_change_is_told_for_its_cells_only(qtbot: QtBot) -> None:
    """Another value of one cell, or of one figure, is told for that column; figures that read as before for none."""
    sheet = Sheet(qtbot, YearBinding("credit_support[0]", ("floor_prices",)), load_template("austral"))
    sheet.table.set_calculated([Calculated("Floor", (1.0, 2.0, 3.0, 4.0)), Calculated("Revenue", (5.0, 6.0, 7.0, 8.0))])
    told: list[tuple[int, int, int, int]] = []
    sheet.table.model.dataChanged.connect(
        lambda first, last, _roles: told.append((first.row(), first.column(), last.row(), last.column()))
    )
    sheet.table.show_deal(with_value(sheet.deal, f"{FLOORS}[1]", 2.99), sheet.saved)
    assert told == [(0, 1, 0, 1)]
    told.clear()
    sheet.table.set_calculated(
        [Calculated("Floor", (1.0, 2.0, 3.0, 4.0)), Calculated("Revenue", (5.0, 6.01, 7.0, 80.0))]
    )
    assert told == [(2, 3, 2, 3)]
    assert [sheet.table.model.text(2, column) for column in range(4)] == ["5", "6", "7", "80"]
