"""The window as a whole: where its parts stand, what the start page offers, and undo across a save."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QPushButton, QToolBar, QWidget
from pytestqt.qtbot import QtBot

from app.help import Help
from app.panels.start import NEWS
from app.window import Window
from models import VERSION, template_names, timeline, with_scenario
from tests.app.acting import open_template, press, type_into
from tests.app.conftest import Script

CONTROL = Qt.KeyboardModifier.ControlModifier
FLOOR = "credit_support[0].floor_prices[1]"


def words_in(widget: QWidget) -> set[str]:
    """What labels and buttons in sight say."""
    labels = {part.text() for part in widget.findChildren(QLabel) if part.isVisible()}
    return labels | {part.text() for part in widget.findChildren(QAbstractButton) if part.isVisible()}


def test_the_start_page_has_templates_recent_deals_and_what_is_new(window: Window) -> None:
    """Every template says when to use it and, as a tooltip, what it follows; there is a way to open a file, the list of
    recent deals, and what is new."""
    said = words_in(window.start)
    for template in template_names():
        assert {template.title, template.when_to_use, template.terms} <= said
    assert all("Illustration" in card.toolTip() for card in window.start.cards())
    assert {"Open a file", "Recent deals", "New in this version"} <= said
    assert {words for entry in NEWS for words in entry} <= said
    next(part for part in window.start.findChildren(QPushButton) if part.text() == "All changes").click()
    page = window.findChild(Help)
    assert page is not None
    assert VERSION in page.text.toPlainText()
    page.close()


def test_the_toolbar_is_in_the_order_of_the_work(window: Window, qtbot: QtBot) -> None:
    """New, Open, Save, Undo, Redo, Scenario, Run simulation, Export, Partner view, from left to right in one line; the
    last four only while a deal is shown."""
    deal_tools = ["Base", "Run", "Export", "Partner"]

    def shown() -> list[str]:
        bar = window.findChild(QToolBar)
        assert bar is not None
        texts: dict[QWidget, str] = {part: part.text() for part in bar.findChildren(QAbstractButton)}
        texts.update({part: part.currentText() for part in bar.findChildren(QComboBox)})
        seen = sorted((part.mapTo(window, QPoint()).x(), words) for part, words in texts.items() if part.isVisible())
        return [words.partition(" ")[0] for _, words in seen if words]

    files = ["New", "Open", "Save", "Undo", "Redo"]
    assert shown() == files
    open_template(window, qtbot)
    assert shown() == files + deal_tools
    window.show_start()
    qtbot.waitUntil(lambda: shown() == files)


@pytest.mark.parametrize(("wide", "tall"), [(1280, 800), (1920, 1080)])
def test_sections_form_and_results_stand_beside_a_rail_of_full_height(
    window: Window, qtbot: QtBot, wide: int, tall: int
) -> None:
    """The list of sections is at the left, the form above the results in the middle, and the rail at the right as high
    as both, so that neither figures nor problems ever scroll."""
    window.resize(wide, tall)
    open_template(window, qtbot)
    desk = window.desk
    at = {
        name: part.rect().translated(part.mapTo(desk, QPoint()))
        for name, part in (
            ("sections", desk.sections), ("form", desk.forms), ("results", desk.results), ("rail", desk.rail),
        )
    }  # fmt: skip
    assert at["sections"].right() < at["form"].left() < at["form"].right() < at["rail"].left()
    assert at["form"].bottom() < at["results"].top()
    assert (at["rail"].top(), at["rail"].bottom()) == (at["form"].top(), at["results"].bottom())
    assert at["rail"].height() == at["sections"].height() == desk.height()
    for row in ("partner_irr", "vendor_support_npv"):
        widget = desk.rail.row(row).widget
        qtbot.waitUntil(widget.isVisible)
        assert desk.rail.rect().contains(widget.rect().translated(widget.mapTo(desk.rail, QPoint())))


def test_all_dates_move_with_the_first_month(window: Window, qtbot: QtBot) -> None:
    """A first month that the deal refuses, or that leaves other dates behind, offers to take them along: deliveries,
    tenants, loan, support and what scenarios say of them, in one step of undo; the figures are those from before."""
    open_template(window, qtbot)
    late = with_scenario(window.document.base, "Late", changes={"phases[0].delivery": "2027-03"})
    window.document.rearrange(late, "", "Scenario added")
    before, irr = window.document.deal, window.desk.rail.row("partner_irr").text
    for start, sentence in (("Jan 2028", "Delivery must lie inside the model"), ("Jan 2026", "The other dates stay")):
        type_into(window, qtbot, "start", start)
        (note,) = [note for note in window.desk.forms.page().notes() if note.action.isVisible()]
        assert sentence in note.text
        steps = window.document.stack.index()
        with qtbot.waitSignal(window.live.shown):
            QTest.mouseClick(note.action, Qt.MouseButton.LeftButton)
        moved = window.document.deal
        assert not note.action.isVisible()
        assert (moved.start[:4], moved.phases[0].delivery) == (start[-4:], moved.start)
        assert (moved.demand[0].start[5:], moved.senior_debt.first_repayment[5:]) == ("03", "08")
        assert timeline(moved).first_repayment == timeline(before).first_repayment
        (scenario,) = [each for each in window.document.base.scenarios or () if each.name == "Late"]
        assert scenario.changes == {"phases[0].delivery": f"{start[-4:]}-03"}
        assert window.document.stack.index() == steps + 1
        assert window.document.stack.undoText().startswith("All dates moved: first month Jan ")
    qtbot.waitUntil(lambda: window.desk.rail.row("partner_irr").text == irr)


def test_typing_is_one_step_of_undo_that_a_save_leaves_there(
    window: Window, dialogs: Script, qtbot: QtBot, tmp_path: Path
) -> None:
    """All keys typed into a cell are one step with the words of the edit; after a save it can still be undone."""
    open_template(window, qtbot)
    before = window.document.deal
    with qtbot.waitSignal(window.live.shown):
        type_into(window, qtbot, FLOOR, "3.30")
    assert window.document.stack.count() == 1
    assert window.document.stack.undoText() == "Capacity commitment: Floor price, year 2: 3.15 → 3.30"
    dialogs.expect("save_deal", tmp_path / "austral.deal")
    press(window, Qt.Key.Key_S, CONTROL)
    assert window.document.stack.isClean()
    press(window, Qt.Key.Key_Z, CONTROL)
    assert window.document.deal == before
    assert not window.document.stack.isClean()
