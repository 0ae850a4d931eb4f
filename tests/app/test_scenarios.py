"""Scenarios in the window: chosen, edited in their layer, shown in the forms, saved, exported, undone."""

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPushButton
from pytestqt.qtbot import QtBot

from app.dialogs import Mend
from app.naming import NameDialog
from app.window import Window
from models import evaluate, load_deal, load_template, scenario_deal, scenario_names, value_at, with_value
from tests.app.acting import open_template, press, type_into
from tests.app.conftest import Script

FLOOR = "credit_support[0].floor_prices[1]"
MARGIN = "senior_debt.margin"
CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


@pytest.fixture
def stressed(window: Window, qtbot: QtBot, dialogs: Script) -> Window:
    """A window with the Austral template open and a new scenario "Stress" looked at."""
    open_template(window, qtbot)
    dialogs.expect("name", "Stress")
    with qtbot.waitSignal(window.live.shown):
        press(window, Qt.Key.Key_N, CONTROL, SHIFT)
    return window


def offered(window: Window) -> list[str]:
    """What the choice of scenarios in the toolbar offers."""
    box = window.scenarios.bar.box()
    return [box.itemText(at) for at in range(box.count())]


def test_a_new_scenario_is_looked_at(stressed: Window) -> None:
    """A scenario made by key is offered beside the base and chosen; its figures equal those of the base."""
    assert offered(stressed) == ["Base", "Stress"]
    assert stressed.scenarios.bar.box().currentText() == "Stress"
    assert stressed.document.scenario == "Stress"
    assert stressed.live.figures is not None
    assert stressed.live.figures.title == "Scenario “Stress”"
    assert stressed.desk.rail.row("partner_irr").moved == "–"
    assert stressed.actions_["undo"].text().endswith("New scenario “Stress”")


def test_an_edit_goes_into_the_layer(stressed: Window, qtbot: QtBot) -> None:
    """Typing in a scenario changes that layer only, moves the figures against the base, and is one named step."""
    base = load_template("austral")
    with qtbot.waitSignal(stressed.live.shown):
        type_into(stressed, qtbot, FLOOR, "3.00")
    assert value_at(stressed.document.base, FLOOR) == 3.15
    (layer,) = stressed.document.base.scenarios or ()
    assert dict(layer.changes) == {FLOOR: 3.0}
    irr = evaluate(with_value(base, FLOOR, 3.0)).kpis["partner_irr"]
    assert irr is not None
    assert stressed.desk.rail.row("partner_irr").text == f"{irr * 100:.1f}"
    assert stressed.desk.rail.row("partner_irr").moved.startswith("−")
    assert stressed.actions_["undo"].text().endswith("Stress: Capacity commitment: Floor price, year 2: 3.15 → 3.00")
    with qtbot.waitSignal(stressed.live.shown):
        press(stressed, Qt.Key.Key_Z, CONTROL)
    assert dict((stressed.document.base.scenarios or ())[0].changes) == {}


def test_the_form_says_what_a_scenario_changes(stressed: Window, qtbot: QtBot) -> None:
    """A changed field says in a note and its tooltip what the base has; Reset takes it out of the layer again."""
    with qtbot.waitSignal(stressed.live.shown):
        type_into(stressed, qtbot, MARGIN, "350")
    page = stressed.desk.forms.page()
    notes = [note for note in page.notes() if note.text]
    assert [note.text for note in notes] == ["Base: 300 bp"]
    assert "1 change in this scenario" in page.change_words()
    assert stressed.desk.forms.page().focusWidget().toolTip().startswith("Changed in this scenario. Base: 300 bp.")
    with qtbot.waitSignal(stressed.live.shown):
        QTest.mouseClick(notes[0].action, Qt.MouseButton.LeftButton)
    assert stressed.document.deal.senior_debt.margin == 0.03
    assert dict((stressed.document.base.scenarios or ())[0].changes) == {}
    assert [note.text for note in page.notes() if note.text] == []


def test_a_cell_says_what_a_scenario_changes(stressed: Window, qtbot: QtBot) -> None:
    """The cell of a table says what the base has, and its Reset is a step of undo."""
    with qtbot.waitSignal(stressed.live.shown):
        type_into(stressed, qtbot, FLOOR, "3.00")
    (note,) = [note for note in stressed.desk.forms.page().notes() if note.text]
    assert note.text.startswith("Base: 3.15 in Year 2")
    with qtbot.waitSignal(stressed.live.shown):
        QTest.mouseClick(note.action, Qt.MouseButton.LeftButton)
    assert value_at(stressed.document.deal, FLOOR) == 3.15
    stressed.document.stack.undo()
    assert value_at(stressed.document.deal, FLOOR) == 3.0


def test_a_section_is_reset_to_the_base(stressed: Window, qtbot: QtBot) -> None:
    """The head of a page takes all changes of its section out of the scenario."""
    type_into(stressed, qtbot, MARGIN, "350")
    type_into(stressed, qtbot, "senior_debt.target_dscr", "1.4")
    button = next(b for b in stressed.desk.forms.page().findChildren(QPushButton) if b.text() == "Reset to base")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert dict((stressed.document.base.scenarios or ())[0].changes) == {}


def test_keys_step_through_the_scenarios(stressed: Window, qtbot: QtBot) -> None:
    """Ctrl+Alt+Down goes from the base through the scenarios and round again, and the forms follow."""
    type_into(stressed, qtbot, MARGIN, "350")
    seen = []
    for _ in range(3):
        with qtbot.waitSignal(stressed.live.shown):
            press(stressed, Qt.Key.Key_Down, CONTROL, ALT)
        seen.append((stressed.document.scenario, stressed.document.deal.senior_debt.margin))
    assert seen == [("", 0.03), ("Stress", 0.035), ("", 0.03)]


def test_a_scenario_builds_on_another(stressed: Window, qtbot: QtBot, dialogs: Script) -> None:
    """A scenario made upon another starts from it, names it in the form, and can be put upon the base instead."""
    type_into(stressed, qtbot, MARGIN, "350")
    dialogs.expect("name", "Worse")
    stressed.scenarios.make()
    assert stressed.document.deal.senior_debt.margin == 0.035
    type_into(stressed, qtbot, MARGIN, "375")
    assert [note.text for note in stressed.desk.forms.page().notes() if note.text] == ["Stress: 350 bp"]
    stressed.scenarios.build_on("")
    assert [note.text for note in stressed.desk.forms.page().notes() if note.text] == ["Base: 300 bp"]


def test_scenarios_are_renamed_duplicated_and_deleted(stressed: Window, dialogs: Script) -> None:
    """Each of these is one step of undo, and undo looks at the scenario that the step was about."""
    dialogs.expect("name", "Downside")
    stressed.scenarios.rename()
    dialogs.expect("name", "Downside 2")
    stressed.scenarios.duplicate()
    assert offered(stressed) == ["Base", "Downside", "Downside 2"]
    assert dialogs.asked[-1][1] == ("Duplicate the scenario", "Downside copy", ("Downside", "Base"), "Duplicate")
    stressed.scenarios.delete()
    assert (offered(stressed), stressed.document.scenario) == (["Base", "Downside"], "")
    stressed.document.stack.undo()
    assert (offered(stressed), stressed.document.scenario) == (["Base", "Downside", "Downside 2"], "Downside 2")
    stressed.document.stack.undo()
    stressed.document.stack.undo()
    assert (offered(stressed), stressed.document.scenario) == (["Base", "Stress"], "Stress")
    stressed.document.stack.undo()
    assert (offered(stressed), stressed.document.scenario) == (["Base"], "")


def test_a_scenario_that_cannot_be_used_is_told(stressed: Window, qtbot: QtBot, dialogs: Script) -> None:
    """Where the base has moved so that a scenario contradicts it, the problems say so and lead there; choosing it says
    why, and what does not fit can be reset, the scenario deleted, or all left as it is, each one step of undo."""
    type_into(stressed, qtbot, "senior_debt.first_repayment", "Jan 2028")
    type_into(stressed, qtbot, MARGIN, "350")
    stressed.scenarios.choose("")
    with qtbot.waitSignal(stressed.live.shown):
        assert stressed.document.edit("months", 12, "shorter", "") == ""
    problem = next(each for each in stressed.showing.problems() if "Stress" in each.message)
    assert problem.hint.startswith("Scenario “Stress” cannot be used: First repayment must lie inside the model")
    dialogs.expect("unfit_scenario", Mend.LEAVE)
    stressed.desk.go_to(problem.path)
    (name, why, unfit) = dialogs.asked[-1][1]
    assert (name, unfit) == ("Stress", "Debt: First repayment")
    assert "must lie inside the model" in str(why)
    assert stressed.document.scenario == ""
    assert stressed.scenarios.bar.box().currentText() == "Base"
    dialogs.expect("unfit_scenario", Mend.DELETE)
    stressed.scenarios.choose("Stress")
    assert scenario_names(stressed.document.base) == ()
    stressed.document.stack.undo()
    dialogs.expect("unfit_scenario", Mend.RESET)
    stressed.scenarios.choose("Stress")
    assert stressed.document.scenario == "Stress"
    assert dict((stressed.document.base.scenarios or ())[0].changes) == {MARGIN: 0.035}
    assert stressed.document.deal.months == 12


def test_a_change_to_what_is_gone_can_be_removed_alone(stressed: Window, qtbot: QtBot, dialogs: Script) -> None:
    """After a segment of the base is removed, the problem leads to the scenario and offers to take out the change of
    that segment alone, which can also be chosen from the menu; each is one step of undo, and other changes stay."""
    price = f"demand[{len(stressed.document.deal.demand) - 1}].price"
    stressed.document.edit(price, 0.5, "Price", "")
    type_into(stressed, qtbot, MARGIN, "350")
    stressed.scenarios.choose("")
    assert stressed.document.edit("demand", stressed.document.base.demand[:-1], "one less", "") == ""
    qtbot.waitUntil(lambda: any("does not have" in each.message for each in stressed.showing.problems()))
    problem = next(each for each in stressed.showing.problems() if "does not have" in each.message)
    dialogs.expect("lost_changes", False)
    stressed.desk.go_to(problem.path)
    assert dialogs.asked[-1] == ("lost_changes", ("Stress", ("Segment 5: Price",)))
    assert (problem.hint, stressed.document.scenario) == (
        "Scenario “Stress” changes Segment 5: Price, which this deal does not have",
        "Stress",
    )
    both = {price: 0.5, MARGIN: 0.035}
    assert dict((stressed.document.base.scenarios or ())[0].changes) == both
    dialogs.expect("lost_changes", True)
    stressed.desk.go_to(problem.path)
    assert dict((stressed.document.base.scenarios or ())[0].changes) == {MARGIN: 0.035}
    assert stressed.actions_["undo"].text().endswith("Scenario “Stress”: without its change of Segment 5: Price")
    stressed.document.stack.undo()
    assert dict((stressed.document.base.scenarios or ())[0].changes) == both
    (menu,) = (menu for menu in stressed.findChildren(QMenu) if menu.title() == "Remove one &change")
    menu.aboutToShow.emit()
    assert [each.text() for each in menu.actions()] == ["Segment 5: Price (not in this deal)", "Debt: Margin"]
    menu.actions()[1].trigger()
    assert dict((stressed.document.base.scenarios or ())[0].changes) == {price: 0.5}


def test_scenarios_are_saved_with_the_deal(stressed: Window, qtbot: QtBot, dialogs: Script, tmp_path: Path) -> None:
    """Saving while a scenario is looked at writes the base and the layer, not the scenario's deal."""
    type_into(stressed, qtbot, FLOOR, "3.00")
    dialogs.expect("save_deal", tmp_path / "austral.deal")
    press(stressed, Qt.Key.Key_S, CONTROL)
    read = load_deal(tmp_path / "austral.deal")
    assert value_at(read, FLOOR) == 3.15
    assert scenario_names(read) == ("Stress",)
    assert value_at(scenario_deal(read, "Stress"), FLOOR) == 3.0
    assert not stressed.document.is_modified


def test_the_export_takes_the_scenario_and_names_none(
    stressed: Window, qtbot: QtBot, dialogs: Script, tmp_path: Path
) -> None:
    """The partner's workbook holds the figures of the scenario looked at, and no word of any scenario."""
    type_into(stressed, qtbot, FLOOR, "3.00")
    target = tmp_path / "Austral.xlsx"
    dialogs.expect("save_workbook", target)
    with qtbot.waitSignal(stressed.exporting.ended, timeout=30_000):
        stressed.exporting.start("partner")
    assert "Stress" not in str(dialogs.asked[-1])
    book = openpyxl.load_workbook(target, data_only=True, read_only=True)
    texts = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    book.close()
    assert not [text for text in texts if "Stress" in text or "cenario" in text]
    irr = evaluate(scenario_deal(stressed.document.base, "Stress")).kpis["partner_irr"]
    assert irr is not None
    assert any(text.startswith(f"{irr:.6f}"[:7]) for text in texts)


def test_a_name_must_be_free(qtbot: QtBot, window: Window) -> None:
    """While the name is empty or taken the dialog says so and cannot be confirmed; a free one can."""
    dialog = NameDialog(window, "New scenario", "Scenario 1", ["Stress", "Base"], "Create")
    qtbot.addWidget(dialog)
    assert dialog.accept_button.isEnabled()
    dialog.entry.setText(" stress ")
    assert not dialog.accept_button.isEnabled()
    assert dialog.note.text() == "“stress” is taken. Each scenario has a name of its own."
    dialog.entry.setText("  ")
    assert not dialog.accept_button.isEnabled()
    dialog.entry.setText("Upside ")
    assert (dialog.accept_button.isEnabled(), dialog.name()) == (True, "Upside")
