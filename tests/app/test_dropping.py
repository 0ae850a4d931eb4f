"""Files and words dragged onto the window with the mouse."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from app.dialogs import Unsaved
from app.forms.cell_delegate import CellEditor
from app.forms.line_field import LineField
from app.forms.year_table import YearTable
from app.panels.drop_cover import DropCover
from app.window import Window
from models import load_deal, load_template, save_deal, value_at
from tests.app.acting import focus, open_template
from tests.app.conftest import Script
from tests.app.dragging import Action, Drag

PRICE = "operations.power_price_kwh"


def said(window: QWidget) -> str:
    """What the cover over a window says, "" where there is none in sight."""
    covers = [cover for cover in window.findChildren(DropCover) if cover.isVisible()]
    assert all(cover.geometry() == window.rect() for cover in covers)
    return "".join(cover.words() for cover in covers)


def field_of(window: Window, path: str) -> LineField:
    """The field of a path, which then has the focus."""
    window.desk.go_to(path)
    field = focus()
    assert isinstance(field, LineField)
    return field


@pytest.fixture
def deal_file(tmp_path: Path) -> Path:
    """A deal on the disk."""
    save_deal(load_template("fjord"), tmp_path / "Fjord.deal")
    return tmp_path / "Fjord.deal"


def test_a_deal_is_opened_by_dropping_it_anywhere(window: Window, qtbot: QtBot, deal_file: Path) -> None:
    """While it hovers the whole window says what letting go does, wherever the pointer comes in and goes; leaving takes
    that away and opens nothing, dropping opens the deal and gives it the focus, and copies, never moves."""
    drag = Drag(window, [deal_file])
    for first, then in ((window.start.cards()[0], window.statusBar()), (window.menuBar(), window.start.cards()[1])):
        drag.enter(first)
        drag.over(then)
        assert (said(window), drag.allowed) == ("Drop to open Fjord.deal", Action.CopyAction)
        drag.leave()
        assert said(window) == ""
    assert not window.document.is_open
    drag.enter(window.start.cards()[1])
    with qtbot.waitSignal(window.live.shown, timeout=20_000):
        drag.drop(window.start.cards()[1])
        assert (said(window), drag.allowed) == ("", Action.CopyAction)
        assert not window.document.is_open, "whoever it came from waits meanwhile"
    assert window.document.path == deal_file
    assert window.document.deal == load_deal(deal_file)
    assert focus() is window.desk.sections


def test_what_is_no_deal_is_refused_with_a_reason(
    window: Window, qtbot: QtBot, deal_file: Path, tmp_path: Path, dialogs: Script
) -> None:
    """Two files, a folder, a file of another kind, an address that is no file and a deal that could only be moved: the
    pointer says no, a sentence says why, and no field takes the address for an entry. Of a file that only looks like a
    deal the same is said as of one opened otherwise."""
    open_template(window, qtbot)
    deal, field = window.document.deal, field_of(window, PRICE)
    text = field.text()
    sheet = tmp_path / "Fjord.xlsx"
    for contents, why in (
        ([deal_file, deal_file.with_name("Other.deal")], "2 files cannot be opened at once: drop one deal"),
        ([tmp_path], f"{tmp_path.name} is a folder: drop the deal that is in it"),
        ([sheet], "Fjord.xlsx is no deal: files of deals end in .deal"),
        (["data:text/plain,Fjord"], "A deal is opened from a file on this computer"),
    ):
        drag = Drag(window, contents)
        drag.enter(field)
        assert (said(window), drag.allowed) == (why, None)
        drag.over(window.desk.rail)
        assert (said(window), drag.allowed) == (why, None)
        drag.drop(field)
        assert said(window) == ""
    drag = Drag(window, [deal_file], Action.MoveAction)
    drag.enter(field)
    assert said(window) == "It could only be moved, which would take it from its folder"
    drag.drop(field)
    assert (window.document.deal, field.text(), said(window)) == (deal, text, "")
    broken = tmp_path / "Broken.deal"
    broken.write_text("no deal")
    drag = Drag(window, [broken])
    drag.enter(window.desk.rail)
    dialogs.expect("tell")
    drag.drop(field)
    qtbot.waitUntil(lambda: dialogs.left() == [])
    assert dialogs.told == [("The deal cannot be opened", "Line 1, column 1 is not JSON: expecting value.")]
    assert window.document.deal == deal


def test_dropping_a_deal_asks_for_unsaved_work(
    window: Window, qtbot: QtBot, deal_file: Path, dialogs: Script, tmp_path: Path
) -> None:
    """Cancel keeps the deal that is open with its changes; saving writes them before the dropped one is opened. While a
    question is open nothing can be dropped."""
    open_template(window, qtbot)
    field = field_of(window, PRICE)
    drag = Drag(window, "0.075")
    drag.enter(field)
    drag.drop(field)
    changed = window.document.deal
    drag = Drag(window, [deal_file])
    dialogs.expect("unsaved", Unsaved.CANCEL)
    drag.enter(field)
    drag.drop(field)
    qtbot.waitUntil(lambda: dialogs.left() == [])
    assert window.document.deal == changed
    assert window.document.is_modified
    question = QMessageBox(window)
    seen: list[tuple[str, Action | None]] = []

    def during() -> None:
        drag.enter(window.desk.rail)
        seen.append((said(window), drag.allowed))
        question.close()

    QTimer.singleShot(0, during)
    question.exec()
    question.deleteLater()
    assert seen == [("", None)]
    kept = tmp_path / "kept.deal"
    dialogs.expect("unsaved", Unsaved.SAVE)
    dialogs.expect("save_deal", kept)
    drag.enter(window.desk.rail)
    with qtbot.waitSignal(window.live.shown, timeout=20_000):
        drag.drop(window.desk.rail)
    assert window.document.path == deal_file
    assert load_deal(kept) == changed


def test_words_dropped_on_a_field_take_the_place_of_its_own(window: Window, qtbot: QtBot) -> None:
    """A figure from elsewhere, let go in the midst of a figure, is what the field then says, as a step of undo; before
    that it can leave again without a trace, and where nothing is entered it cannot be let go."""
    open_template(window, qtbot)
    deal, field = window.document.deal, field_of(window, PRICE)
    window.desk.sections.setFocus()
    text, look = field.text(), field.grab().toImage()
    drag = Drag(window, " 0.075\n")
    drag.enter(field)
    assert (said(window), drag.allowed) == ("", Action.CopyAction)
    drag.over(window.desk.rail)
    assert drag.allowed is None
    assert (field.text(), field.grab().toImage()) == (text, look)
    drag.over(field)
    drag.drop(field)
    assert field.hasFocus()
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert value_at(window.document.deal, PRICE) == 0.075
    window.document.stack.undo()
    assert (window.document.deal, window.document.stack.canUndo()) == (deal, False)
    drag = Drag(window, "many")
    drag.enter(field)
    drag.drop(field)
    assert field.problem
    assert window.document.deal == deal


def test_an_open_cell_takes_figures_and_leaves_files_to_the_window(
    window: Window, qtbot: QtBot, deal_file: Path
) -> None:
    """A file that appears right above the line open in a table does not end up in it."""
    open_template(window, qtbot)
    window.desk.go_to("credit_support[0].floor_prices[1]")
    table = next(each for each in window.desk.forms.page().findChildren(YearTable) if each.isVisible())
    QTest.keyClicks(focus(), "3")
    cell = focus()
    assert isinstance(cell, CellEditor), table
    drag = Drag(window, [deal_file])
    drag.enter(cell)
    assert said(window) == "Drop to open Fjord.deal"
    drag.leave()
    assert cell.text() == "3"
    drag = Drag(window, "2.95")
    drag.enter(cell)
    drag.drop(cell)
    assert cell.text() == "2.95"
    QTest.keyClick(cell, Qt.Key.Key_Return)


def test_a_file_is_no_business_of_the_partner_view(window: Window, qtbot: QtBot, deal_file: Path) -> None:
    """Nothing can be dropped there, and its fields take no address for an entry."""
    open_template(window, qtbot)
    window.partner.enter()
    view = window.partner.window
    assert view is not None
    field = next(each for each in view.desk.forms.page().findChildren(LineField) if each.isVisible())
    text, drag = field.text(), Drag(view, [deal_file])
    drag.enter(field)
    assert drag.allowed is None
    drag.drop(field)
    assert (field.text(), said(view), said(window)) == (text, "", "")
    window.partner.leave()
