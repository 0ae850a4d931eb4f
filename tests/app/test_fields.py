"""Single fields: they tell every valid state, mark the others, and keep what the deal computes with."""

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.forms.choice_field import ChoiceField, FlagField
from app.forms.entry import Entry
from app.forms.fields import FieldRow, editor_for
from app.forms.line_field import LineField, MonthField, NumberField, TextField
from models import Deal, field_at, load_template, value_at


class Told(QObject):
    """Collects what a field tells."""

    def __init__(self, field: LineField | ChoiceField | FlagField) -> None:
        super().__init__()
        self.values: list[object] = []
        self.said: list[tuple[str, bool]] = []
        field.entered.connect(self.values.append)
        field.said.connect(lambda sentence, problem: self.said.append((sentence, problem)))


@pytest.fixture(scope="module")
def deal() -> Deal:
    """The deal whose fields are tried."""
    return load_template("austral")


def shown(qtbot: QtBot, deal: Deal, path: str) -> LineField | ChoiceField | FlagField:
    """The editor of a path, in sight, focused, and showing the deal's value."""
    editor = editor_for(path, Entry(field_at(deal, path), deal.currency))
    qtbot.addWidget(editor)
    editor.show()
    editor.activateWindow()
    qtbot.waitUntil(editor.isActiveWindow)
    editor.show_value(value_at(deal, path), value_at(deal, path))
    editor.setFocus()
    if isinstance(editor, LineField):
        editor.selectAll()
    return editor


def number(qtbot: QtBot, deal: Deal, path: str) -> NumberField:
    """A number field of a path."""
    editor = shown(qtbot, deal, path)
    assert isinstance(editor, NumberField)
    return editor


@pytest.mark.parametrize(
    ("path", "kind"),
    [("senior_debt.margin", NumberField), ("senior_debt.first_repayment", MonthField), ("partner.name", TextField),
     ("senior_debt.sizing", ChoiceField), ("include_residual", FlagField)],
)  # fmt: skip
def test_the_schema_decides_the_editor(qtbot: QtBot, deal: Deal, path: str, kind: type) -> None:
    """Numbers, months, words, choices and flags each have their own editor, named for screen readers."""
    editor = shown(qtbot, deal, path)
    assert type(editor) is kind
    assert field_at(deal, path).label in editor.accessibleName()
    assert field_at(deal, path).help in editor.toolTip()


def test_a_tooltip_says_meaning_and_range(qtbot: QtBot, deal: Deal) -> None:
    """What a field means is followed by what it allows, in the unit beside it, and by what stands for none."""
    assert shown(qtbot, deal, "senior_debt.target_dscr").toolTip().endswith("Above 0, at most 100 x.")
    assert shown(qtbot, deal, "months").toolTip().endswith("From 6 to 360 months.")
    assert shown(qtbot, deal, "credit_support[0].aggregate_cap").toolTip().endswith("0 or more $m. May be “none”.")
    assert shown(qtbot, deal, "valid_days").toolTip().endswith("From 1 to 366 days. “30” unless set.")


def test_every_valid_state_is_told_while_typing(qtbot: QtBot, deal: Deal) -> None:
    """Typing 95.5 tells 9, 95 and 95.5 per cent, without waiting for the field to be left."""
    field = number(qtbot, deal, "credit_support[0].coverage")
    told = Told(field)
    QTest.keyClicks(field, "95.5")
    assert told.values == [0.09, 0.95, 0.955]


def test_leaving_writes_the_value_out(qtbot: QtBot, deal: Deal) -> None:
    """Whatever was typed is echoed in the unit and marks of the field when it is left."""
    field = number(qtbot, deal, "credit_support[0].aggregate_cap")
    QTest.keyClicks(field, "1.2bn")
    assert field.text() == "1.2bn"
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "1,200.0"


def test_a_wrong_entry_is_marked_and_told_to_nobody(qtbot: QtBot, deal: Deal) -> None:
    """A text that cannot be read marks the field with a sentence that says what the deal computes with."""
    field = number(qtbot, deal, "credit_support[0].coverage")
    told = Told(field)
    QTest.keyClicks(field, "1,2,3")
    assert told.values == [0.01, 0.012]
    assert field.problem == (
        "“1,2,3” has two decimal marks. Enter a percentage such as 15.0, from 0 to 100. "
        "The deal still computes with 100.0 %."
    )
    assert field.property("wrong") is True
    assert field.problem == field.toolTip() == field.accessibleDescription()
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "1,2,3"


def test_a_text_on_its_way_is_marked_only_when_left(qtbot: QtBot, deal: Deal) -> None:
    """A minus sign alone is no error while typing, but it is one when the field is left with it."""
    field = number(qtbot, deal, "demand[0].annual_price_change")
    QTest.keyClicks(field, "-")
    assert field.problem == ""
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert "no digits" in field.problem


@pytest.mark.parametrize(
    ("path", "key", "wanted"),
    [("senior_debt.margin", Qt.Key.Key_Up, 0.0325), ("senior_debt.margin", Qt.Key.Key_Down, 0.0275),
     ("senior_debt.target_dscr", Qt.Key.Key_Up, 1.35), ("senior_debt.cash_sweep", Qt.Key.Key_Down, None),
     ("revenue_share.settlement_months", Qt.Key.Key_Up, 4), ("revenue_share.settlement_months", Qt.Key.Key_Down, 2),
     ("senior_debt.first_repayment", Qt.Key.Key_Up, "2027-09"),
     ("senior_debt.first_repayment", Qt.Key.Key_PageDown, "2026-08"),
     ("phases[0].gpus", Qt.Key.Key_Up, 11000)],
)  # fmt: skip
def test_arrows_move_by_the_natural_step(qtbot: QtBot, deal: Deal, path: str, key: Qt.Key, wanted: object) -> None:
    """Up and down move a value by the step of its field, exactly, and stop at the ends of its range."""
    field = shown(qtbot, deal, path)
    told = Told(field)
    QTest.keyClick(field, key)
    assert told.values == ([] if wanted is None else [wanted])


def test_escape_puts_back_what_was_there(qtbot: QtBot, deal: Deal) -> None:
    """Escape tells the value that stood in the field when the focus arrived, and shows it."""
    field = number(qtbot, deal, "senior_debt.target_dscr")
    told = Told(field)
    field.entered.connect(lambda value: field.show_value(value, 1.3))
    QTest.keyClicks(field, "1.5")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert told.values[-1] == 1.3
    assert field.text() == "1.30"
    assert field.problem == ""


def test_none_is_shown_and_typed_as_a_word(qtbot: QtBot, deal: Deal) -> None:
    """A field that may be empty says so in a word, takes the word, an empty text, and a number."""
    field = number(qtbot, deal, "credit_support[0].annual_cap")
    told = Told(field)
    assert field.text() == "none"
    QTest.keyClicks(field, "25")
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClicks(field, "none")
    assert told.values == [2e6, 25e6, None]
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "none"


def test_a_fraction_in_a_percent_field_is_taken_at_its_word(qtbot: QtBot, deal: Deal) -> None:
    """0.15 beside % is 0.15 %, with a hint how 15 % is written; the hint is no error."""
    path = "credit_support[0].coverage"
    row = FieldRow(path, Entry(field_at(deal, path), "USD"))
    for widget in row.widgets():
        qtbot.addWidget(widget)
    row.editor.show_value(1.0, 1.0)
    field = row.editor
    assert isinstance(field, QLineEdit)
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "0.15")
    assert row.note.text == "This is 0.15 %. For 15 % enter 15."
    assert row.problem == ""


def test_the_deal_may_change_under_the_field(qtbot: QtBot, deal: Deal) -> None:
    """A value from outside (undo) replaces what is shown; the value just typed does not disturb the typing."""
    field = number(qtbot, deal, "senior_debt.target_dscr")
    field.entered.connect(lambda value: field.show_value(value, 1.3))
    QTest.keyClicks(field, "1.")
    assert field.text() == "1."
    assert field.changed
    field.show_value(1.4, 1.3)
    assert field.text() == "1.40"
    field.show_value(1.3, 1.3)
    assert not field.changed


def test_a_choice_tells_the_word_of_the_file(qtbot: QtBot, deal: Deal) -> None:
    """A choice is shown in the words of the screen and told in the word of the file; scrolling leaves it alone."""
    field = shown(qtbot, deal, "senior_debt.profile")
    assert isinstance(field, ChoiceField)
    told = Told(field)
    assert field.currentText() == "Sculpted"
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert told.values == ["annuity"]


def test_a_flag_tells_yes_or_no(qtbot: QtBot, deal: Deal) -> None:
    """The space bar turns a flag over, and the word beside it follows."""
    field = shown(qtbot, deal, "include_residual")
    assert isinstance(field, FlagField)
    told = Told(field)
    assert field.text() == "Yes"
    QTest.keyClick(field, Qt.Key.Key_Space)
    assert told.values == [False]
    assert field.text() == "No"


def test_words_are_taken_without_their_margins(qtbot: QtBot, deal: Deal) -> None:
    """Spaces round a name are dropped, lines become one; a name that must not be empty says so."""
    field = shown(qtbot, deal, "partner.name")
    told = Told(field)
    QTest.keyClicks(field, " Borealis ")
    assert told.values[-1] == "Borealis"
    assert isinstance(field, LineField)
    field.selectAll()
    QGuiApplication.clipboard().setText("Borealis \r\nCompute\r\n")
    QTest.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert told.values[-1:] == ["Borealis Compute"]
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert "must not be empty" in field.problem
