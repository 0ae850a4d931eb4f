"""Entries that cannot be used: they stay marked, and meanwhile the deal has what it had before them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.forms.cell_delegate import CellEditor
from app.forms.choice_field import ChoiceField
from app.forms.line_field import LineField
from app.forms.year_table import YearTable
from app.window import Window
from models import value_at, with_value
from tests.app.acting import focus, open_template, press, type_into
from tests.app.holder import Holder

FIRST = "senior_debt.first_repayment"
ADVANCE = "senior_debt.advance_rate"
FLOOR = "credit_support[0].floor_prices[1]"


def field_of(holder: Holder, path: str) -> LineField:
    """The field of a path, with the focus and its text chosen."""
    holder.page.focus_path(path)
    field = focus()
    assert isinstance(field, LineField)
    return field


def typed(field: LineField, text: str) -> None:
    """Type over what stands in a field, letter by letter."""
    field.selectAll()
    for letter in text:
        QTest.keyClicks(field, letter)


def test_a_month_the_deal_refuses_stays_marked(qtbot: QtBot) -> None:
    """ "Jan 20" and "Jan 2020" are the same month: what refused the one refuses the other, Return or not."""
    holder = Holder(qtbot, "debt")
    field = field_of(holder, FIRST)
    typed(field, "Jan 2020")
    said = field.problem
    assert said.startswith("“Jan 20")
    assert said.endswith("The deal still computes with Aug 2027.")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "Jan 2020"
    assert field.problem.startswith("“Jan 2020” cannot be used. First repayment must lie inside the model")
    assert field.property("wrong") is True
    assert value_at(holder.deal, FIRST) == "2027-08"
    typed(field, "Sep 2027")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert (field.problem, value_at(holder.deal, FIRST)) == ("", "2027-09")


def test_the_same_refused_amount_written_otherwise_is_refused_too(qtbot: QtBot) -> None:
    """3000 and 3000.0 are one amount; the refusal says the limit with its currency."""
    holder = Holder(qtbot, "debt")
    holder.put("senior_debt.fixed_amount", 1.2e9)
    holder.put("senior_debt.sizing", "fixed")
    field = field_of(holder, "senior_debt.fixed_amount")
    typed(field, "3000")
    assert field.problem == (
        "“3000” cannot be used. The loan must be at most the capital cost, $2,600m. "
        "The deal still computes with $1,200.0m."
    )
    QTest.keyClicks(field, ".0")
    assert field.problem.startswith("“3000.0” cannot be used.")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert (field.text(), bool(field.problem)) == ("3000.0", True)
    assert value_at(holder.deal, "senior_debt.fixed_amount") == 1.2e9


def test_a_refused_value_mended_to_the_one_held_is_no_problem(qtbot: QtBot) -> None:
    """Typing the deal's own value over a refused one takes the mark away."""
    holder = Holder(qtbot, "debt")
    field = field_of(holder, ADVANCE)
    typed(field, "120")
    assert field.problem
    typed(field, "80")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert (field.problem, field.text()) == ("", "80.0")
    assert value_at(holder.deal, ADVANCE) == 0.8


def test_no_keystroke_of_a_refused_entry_stays_in_the_deal(qtbot: QtBot) -> None:
    """The 12 of 120 does not stay behind; one key back it counts again."""
    holder = Holder(qtbot, "debt")
    field = field_of(holder, ADVANCE)
    typed(field, "120")
    assert field.problem.endswith("The deal still computes with 80.0 %.")
    assert value_at(holder.deal, ADVANCE) == 0.8
    assert field.text() == "120"
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    assert (value_at(holder.deal, ADVANCE), field.problem) == (0.12, "")


def test_what_was_finished_is_what_it_goes_back_to(qtbot: QtBot) -> None:
    """Return finishes an entry: a bad one after it goes back to that, Escape to the value before the visit."""
    holder = Holder(qtbot, "debt")
    field = field_of(holder, ADVANCE)
    typed(field, "65")
    QTest.keyClick(field, Qt.Key.Key_Return)
    typed(field, "6x")
    assert field.problem.endswith("The deal still computes with 65.0 %.")
    assert value_at(holder.deal, ADVANCE) == 0.65
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert (value_at(holder.deal, ADVANCE), field.text(), field.problem) == (0.8, "80.0", "")


def test_arrows_go_on_from_a_refused_month(qtbot: QtBot) -> None:
    """Stepping down into what the deal refuses and up again ends where it began."""
    holder = Holder(qtbot, "debt")
    field = field_of(holder, FIRST)
    for _ in range(12):
        QTest.keyClick(field, Qt.Key.Key_Down)
    assert field.text() == "Aug 2026"
    assert field.problem
    for _ in range(12):
        QTest.keyClick(field, Qt.Key.Key_Up)
    assert (field.text(), field.problem, value_at(holder.deal, FIRST)) == ("Aug 2027", "", "2027-08")


def test_a_visit_that_fails_leaves_no_step_of_undo(window: Window, qtbot: QtBot) -> None:
    """In the window nothing is left to undo where nothing changed; so in a field, so in a cell."""
    open_template(window, qtbot)
    type_into(window, qtbot, ADVANCE, "120")
    assert value_at(window.document.deal, ADVANCE) == 0.8
    assert not window.document.stack.canUndo()
    type_into(window, qtbot, FLOOR, "3.x")
    assert value_at(window.document.deal, FLOOR) == 3.15
    assert not window.document.stack.canUndo()
    assert not window.document.is_modified
    assert set(window.desk.forms.page().entry_problems()) == {FLOOR}


def test_a_fault_elsewhere_is_said_with_its_place(window: Window, qtbot: QtBot) -> None:
    """A first repayment before the deliveries names the phase, in the words of the screen."""
    open_template(window, qtbot)
    type_into(window, qtbot, FIRST, "Feb 2027")
    (said,) = window.desk.forms.page().entry_problems().values()
    assert said == (
        "“Feb 2027” cannot be used. Phase 2: Delivery must come before the first repayment, Feb 2027. "
        "The deal still computes with Aug 2027."
    )


def test_a_refused_delivery_says_what_was_typed(qtbot: QtBot) -> None:
    """Place, what was typed, what is wrong, and what the deal does meanwhile."""
    holder = Holder(qtbot, "phases")
    before = holder.deal.phases[0].delivery
    field = field_of(holder, "phases[0].delivery")
    kept = field.text()
    typed(field, "Dec 2027")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.problem == (
        "“Dec 2027” cannot be used. Delivery must come before the first repayment, Aug 2027. "
        f"The deal still computes with {kept}."
    )
    assert holder.deal.phases[0].delivery == before


def test_a_refused_choice_says_what_the_deal_keeps(qtbot: QtBot) -> None:
    """A choice that needs an amount says so, with the choice that still counts."""
    holder = Holder(qtbot, "debt")
    holder.page.focus_path("senior_debt.sizing")
    choice = focus()
    assert isinstance(choice, ChoiceField)
    QTest.keyClick(choice, Qt.Key.Key_End)
    assert choice.problem == (
        "“Fixed amount” cannot be used. Enter the amount of the loan, or choose another sizing. "
        "The deal still computes with “By cover”."
    )


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("3.x", "Year 2: “3.x” ends in “x”, which is not understood here"),
        ("abc", "Year 2: “abc” is not a number. Enter a price such as 3.15, 0 or more."),
    ],
)
def test_a_cell_goes_back_while_its_entry_is_bad(qtbot: QtBot, text: str, wanted: str) -> None:
    """A cell keeps the text that cannot be used; its price is the one from before the visit."""
    holder = Holder(qtbot, "support")
    holder.page.focus_path(FLOOR)
    for letter in text:
        QTest.keyClicks(focus(), letter)
    (table,) = holder.page.findChildren(YearTable)
    assert value_at(holder.deal, FLOOR) == 3.15
    assert holder.deal == holder.saved
    assert table.note.text.startswith(wanted)
    assert table.note.text.endswith("The deal still computes with 3.15.")
    editor = focus()
    assert isinstance(editor, CellEditor)
    assert editor.text() == text
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert table.model.text(0, 1) == text
    assert list(holder.page.entry_problems()) == [FLOOR]


def test_a_cell_past_the_end_of_its_table_takes_its_years_back(qtbot: QtBot) -> None:
    """Typing beyond the last minimum adds years; a bad entry there, or Escape, takes them away again."""
    holder = Holder(qtbot, "share", "fjord")
    holder.put("revenue_share.minimum_annual", (4e6, 5e6))
    for text, key in (("7x", Qt.Key.Key_Return), ("7", Qt.Key.Key_Escape)):
        holder.page.focus_path("revenue_share.minimum_annual[3]")
        for letter in text:
            QTest.keyClicks(focus(), letter)
        QTest.keyClick(focus(), key)
        assert holder.deal.revenue_share.minimum_annual == (4e6, 5e6)


def test_a_refused_band_goes_back_and_says_so(qtbot: QtBot) -> None:
    """A band below the one before is refused; the deal has the start it had, not a keystroke on the way."""
    holder = Holder(qtbot, "share", "fjord")
    bands = holder.deal.revenue_share.bands
    holder.put("revenue_share", holder.deal.revenue_share.model_copy(
        update={"bands": (*bands, 90e6), "rates": tuple((*year, 0.1) for year in holder.deal.revenue_share.rates)}
    ))  # fmt: skip
    holder.page.focus_path("revenue_share.bands[1]")
    for letter in "95":
        QTest.keyClicks(focus(), letter)
    assert holder.deal.revenue_share.bands == (*bands, 90e6)
    (said,) = holder.page.entry_problems().values()
    assert said.startswith("Band 2: “95” cannot be used.")
    assert said.endswith("The deal still computes with $60.0m.")


def test_a_cell_is_closed_at_once(window: Window, qtbot: QtBot) -> None:
    """Return and a leap to another section in one breath: the cell is taken, and Qt has nothing to complain of."""
    open_template(window, qtbot)
    type_into(window, qtbot, FLOOR, "3.3", None)
    press(window, Qt.Key.Key_Return)
    window.desk.go_to(ADVANCE)
    QApplication.sendPostedEvents()
    assert value_at(window.document.deal, FLOOR) == 3.3


def test_words_that_are_no_number_are_called_so(qtbot: QtBot) -> None:
    """Letters alone end in nothing: they are not a number, and the sentence says what one looks like."""
    holder = Holder(qtbot, "debt")
    field = field_of(holder, "senior_debt.target_dscr")
    typed(field, "abc")
    assert field.problem.startswith("“abc” is not a number. Enter a ratio such as 1.30")
    assert field.problem.endswith("The deal still computes with 1.30x.")


def test_a_field_without_effect_is_dimmed_with_its_reason(qtbot: QtBot) -> None:
    """It says which choice would use it, can be edited, and lights up with that choice."""
    holder = Holder(qtbot, "support")
    field = field_of(holder, "credit_support[0].utilisation_floor")
    assert field.property("idle") is True
    assert field.toolTip().startswith("Used where the basis is utilisation.")
    assert field.accessibleDescription() == field.toolTip()
    assert field.isEnabled()
    holder.put("credit_support[0].basis", "utilisation")
    assert field.property("idle") is False
    assert not field.toolTip().startswith("Used")
    words = {label.text(): label.property("look") for label in holder.page.findChildren(QLabel) if label.text()}
    assert words["Netting"] == "secondary"
    assert words["Utilisation floor"] != "secondary"


def test_an_idle_curve_says_so_below(qtbot: QtBot) -> None:
    """A table without effect has the reason in its line."""
    holder = Holder(qtbot, "internal")
    holder.put("uncertainty.partner_default", "none")
    tables = holder.page.findChildren(YearTable)
    (curve,) = (table for table in tables if table.binding.paths == ("uncertainty.default_curve",))
    assert curve.note.text == "Used where the partner's own default is by rating."


def test_year_tables_reach_the_edge(qtbot: QtBot) -> None:
    """However wide the page, the columns fill it, to where "Add year" stands."""
    holder = Holder(qtbot, "support", width=1700)
    (table,) = holder.page.findChildren(YearTable)
    columns = sum(table.view.columnWidth(column) for column in range(table.model.columnCount()))
    assert columns + table.view.verticalHeader().width() == pytest.approx(table.view.width(), abs=1)


def test_no_choice_is_offered_twice(qtbot: QtBot) -> None:
    """Random is what no choice of sampling means: one entry, whichever of the two the file holds."""
    holder = Holder(qtbot, "internal")
    holder.page.focus_path("uncertainty.sampling")
    choice = focus()
    assert isinstance(choice, ChoiceField)
    offered = [choice.itemText(at) for at in range(choice.count())]
    assert offered == ["Random", "Antithetic pairs", "Sobol"]
    for value in ("random", "sobol", None):
        holder.deal = with_value(holder.deal, "uncertainty.sampling", value)
        holder.page.show_deal(holder.deal, holder.saved)
        assert choice.currentText() == {"sobol": "Sobol"}.get(str(value), "Random")
