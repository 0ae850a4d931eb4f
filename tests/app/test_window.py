"""The window as its user meets it: opening, editing, undoing, saving, leaving."""

from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

import models
from app.dialogs import Unsaved
from app.forms.cell_delegate import CellEditor
from app.forms.line_field import LineField
from app.settings import RecentDeal, Settings
from app.window import Window
from models import Case, Deal, evaluate, load_deal, load_template, save_deal, sections, value_at, with_value
from tests.app.acting import focus, open_template, press, type_into
from tests.app.conftest import Script

FLOOR = "credit_support[0].floor_prices[1]"
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def desk(window: Window, qtbot: QtBot) -> Window:
    """A window with the Austral template open and computed."""
    open_template(window, qtbot)
    return window


def test_the_start_page_offers_templates_and_files(window: Window) -> None:
    """With no deal open the window shows the templates, takes the focus there, and disables what needs a deal."""
    assert window.start.isVisible()
    assert focus() is window.start.cards()[0]
    assert not window.actions_["save"].isEnabled()
    assert not window.actions_["export_partner"].isEnabled()
    assert window.status.words()[0] == "No deal is open"
    assert window.windowTitle() == "Backstop"


def test_arrow_keys_choose_a_template_and_enter_opens_it(window: Window, qtbot: QtBot) -> None:
    """The start page needs no mouse: down goes to the next template, Enter opens it."""
    press(window, Qt.Key.Key_Down)
    assert focus() is window.start.cards()[1]
    press(window, Qt.Key.Key_Up)
    with qtbot.waitSignal(window.live.shown, timeout=20_000):
        press(window, Qt.Key.Key_Return)
    assert window.desk.isVisible()
    assert window.document.deal == load_template(window.start.cards()[0].template.name)


def test_the_rail_shows_the_figures_of_the_engine(desk: Window) -> None:
    """The rail shows what the engine computes for the deal, in the units of its labels."""
    kpis = evaluate(desk.document.deal).kpis
    irr, debt = kpis["partner_irr"], kpis["debt_amount"]
    assert irr is not None
    assert debt is not None
    assert desk.desk.rail.row("partner_irr").text == f"{irr * 100:.1f}"
    assert desk.desk.rail.row("debt_amount").text == f"{debt / 1e6:,.0f}"
    assert "computed in" in desk.status.words()[0]


def test_figures_follow_while_typing(desk: Window, qtbot: QtBot) -> None:
    """A price typed in the form moves the key figures before Enter is pressed, and they say by how much."""
    before = desk.desk.rail.row("partner_irr").text
    with qtbot.waitSignal(desk.live.shown):
        type_into(desk, qtbot, FLOOR, "3.40", end=None)
    assert desk.desk.rail.row("partner_irr").text != before
    assert desk.desk.rail.row("partner_irr").moved[0] in "+−"
    assert desk.document.is_modified
    assert "1 change" in desk.status.words()[1]


def test_undo_and_redo_by_key_with_words(desk: Window, qtbot: QtBot) -> None:
    """Ctrl+Z takes an edit back, the menu names it, and the form shows the old value again."""
    with qtbot.waitSignal(desk.live.shown):
        type_into(desk, qtbot, FLOOR, "3.40")
    assert "3.15" in desk.actions_["undo"].text()
    assert "3.40" in desk.actions_["undo"].text()
    with qtbot.waitSignal(desk.live.shown):
        press(desk, Qt.Key.Key_Z, CONTROL)
    assert value_at(desk.document.deal, FLOOR) == 3.15
    assert desk.desk.rail.row("partner_irr").moved == "–"
    with qtbot.waitSignal(desk.live.shown):
        desk.actions_["redo"].trigger()
    assert value_at(desk.document.deal, FLOOR) == 3.4


@pytest.mark.parametrize("end", [Qt.Key.Key_Return, None])
@pytest.mark.parametrize(("path", "text"), [("operations.pue", "1.3"), ("name", "Nord"), ("demand[0].end", "Jun 2031")])
def test_undo_reaches_the_deal_from_within_a_field(
    desk: Window, qtbot: QtBot, path: str, text: str, end: Qt.Key | None
) -> None:
    """Ctrl+Z and Ctrl+Shift+Z step through the edits of the deal while the focus is in the field that was edited, be
    the entry finished or not; an entry that cannot be used is put back first."""
    before = value_at(desk.document.deal, path)
    type_into(desk, qtbot, path, text, end)
    after = value_at(desk.document.deal, path)
    assert after != before
    press(desk, Qt.Key.Key_Z, CONTROL)
    assert value_at(desk.document.deal, path) == before
    press(desk, Qt.Key.Key_Z, CONTROL, Qt.KeyboardModifier.ShiftModifier)
    assert value_at(desk.document.deal, path) == after
    field = focus()
    assert isinstance(field, LineField)
    if path != "name":
        type_into(desk, qtbot, path, "abc", Qt.Key.Key_Return)
        assert field.problem
        press(desk, Qt.Key.Key_Z, CONTROL)
        assert not field.problem
        assert value_at(desk.document.deal, path) == after


def test_undo_reaches_the_deal_from_within_a_cell(desk: Window, qtbot: QtBot) -> None:
    """Ctrl+Z steps through the edits of the deal from a cell that is open, its own first, and closes it; what cannot
    be used there is put back first."""
    second, third = FLOOR, FLOOR.replace("[1]", "[2]")
    type_into(desk, qtbot, second, "3.3")
    type_into(desk, qtbot, third, "2.7", None)
    assert isinstance(focus(), CellEditor)
    undo = (Qt.Key.Key_Z, CONTROL)
    press(desk, *undo)
    assert isinstance(focus(), QAbstractItemView)
    assert [value_at(desk.document.deal, path) for path in (second, third)] == [3.3, 2.62]
    press(desk, Qt.Key.Key_F2)
    assert isinstance(focus(), CellEditor)
    press(desk, *undo)
    assert value_at(desk.document.deal, second) == 3.15
    press(desk, Qt.Key.Key_Z, CONTROL, Qt.KeyboardModifier.ShiftModifier)
    assert value_at(desk.document.deal, second) == 3.3
    type_into(desk, qtbot, third, "2x", None)
    assert third in {problem.path for problem in desk.desk.rail.problems()}
    press(desk, *undo)
    assert third not in {problem.path for problem in desk.desk.rail.problems()}
    assert [value_at(desk.document.deal, path) for path in (second, third)] == [3.3, 2.62]


@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize(("path", "text"), [("operations.pue", "1.3"), (FLOOR, "3.3")])
def test_the_menu_of_a_line_has_no_undo_of_its_own(desk: Window, qtbot: QtBot, path: str, text: str) -> None:
    """A right click in a field or cell offers cut, copy and paste; undo and redo are the deal's, in the Edit menu.
    What is pasted from there is as if typed."""
    type_into(desk, qtbot, path, text, None)
    line = focus()
    assert isinstance(line, QLineEdit)
    line.selectAll()
    QGuiApplication.clipboard().setText("3.4")
    place = line.rect().center()
    QApplication.sendEvent(line, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, line.mapToGlobal(place)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    offered = {action.objectName(): action for action in menu.actions() if not action.isSeparator()}
    assert list(offered) == ["edit-cut", "edit-copy", "edit-paste", "edit-delete", "select-all"]
    assert not menu.actions()[0].isSeparator()
    offered["edit-paste"].trigger()
    menu.close()
    assert value_at(desk.document.deal, path) == 3.4


def test_an_entry_that_cannot_be_read_is_a_problem(desk: Window, qtbot: QtBot) -> None:
    """A wrong entry is listed and named in the status bar, and the last valid deal computes on."""
    before = desk.document.deal
    type_into(desk, qtbot, FLOOR, "3,15,2")
    assert desk.document.deal == before
    problems = [problem for problem in desk.desk.rail.problems() if problem.severity == "error"]
    assert [problem.path for problem in problems] == [FLOOR]
    assert desk.status.words() == (
        "1 entry cannot be used; the last valid deal keeps computing",
        "F8 goes to the next problem",
    )
    with qtbot.waitSignal(desk.live.shown):
        type_into(desk, qtbot, FLOOR, "3.20")
    assert all(problem.severity == "warning" for problem in desk.desk.rail.problems())
    assert "computed in" in desk.status.words()[0]


def test_a_value_the_deal_refuses_stays_in_the_form(desk: Window, qtbot: QtBot) -> None:
    """A value that contradicts another field is marked at its field; the deal stays as it was."""
    before = desk.document.deal
    type_into(desk, qtbot, "senior_debt.first_repayment", "Jan 2026")
    assert desk.document.deal == before
    assert "senior_debt.first_repayment" in [problem.path for problem in desk.showing.problems()]


def test_the_problem_key_goes_from_field_to_field(desk: Window) -> None:
    """F8 goes to the section and field of one problem after the other, Shift+F8 back, round and round."""
    problems = desk.desk.rail.problems()
    assert len(problems) == 2
    seen = []
    for key in ((), (), (SHIFT,)):
        press(desk, Qt.Key.Key_F8, *key)
        seen.append(desk.desk.sections.chosen_key())
    assert seen == ["share", "demand", "share"]


def test_number_keys_go_to_sections(desk: Window) -> None:
    """Ctrl with a figure brings each section in turn to the front."""
    for number, section in enumerate(sections(), start=1):
        press(desk, Qt.Key(Qt.Key.Key_0.value + number), CONTROL)
        assert desk.desk.sections.chosen_key() == section.key
        assert desk.desk.forms.page().isVisible()


def test_f6_goes_round_the_panes(desk: Window) -> None:
    """F6 gives each pane the focus in turn and comes back to the first; Shift+F6 goes the other way."""
    desk.desk.sections.setFocus()
    holders = []
    for _ in range(4):
        press(desk, Qt.Key.Key_F6)
        holders.append(next(at for at, pane in enumerate(desk.desk.panes()) if _holds(pane)))
    assert holders == [1, 2, 3, 0]
    press(desk, Qt.Key.Key_F6, SHIFT)
    assert _holds(desk.desk.rail)


def test_the_form_folds_away_and_comes_back(desk: Window) -> None:
    """Ctrl+M gives the results the height of the form; going to a field brings the form back."""
    height = desk.desk.results.height()
    press(desk, Qt.Key.Key_M, CONTROL)
    assert not desk.desk.forms.isVisible()
    assert desk.desk.results.height() > height
    fold = next(part for part in desk.desk.results.findChildren(QAbstractButton) if "Ctrl+M" in part.toolTip())
    assert fold.accessibleName() == "Show the form (Ctrl+M)"
    desk.desk.go_to(FLOOR)
    assert desk.desk.forms.isVisible()


def test_old_figures_stay_dimmed_until_new_ones_come(
    desk: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While an evaluation takes long the figures from before stay in sight, dimmed, and typing is not held up."""
    free = Event()
    row = desk.desk.rail.row("partner_irr")
    before = row.text

    def slowly(deal: Deal) -> Case:
        assert free.wait(10)
        return evaluate(deal)

    monkeypatch.setattr(models, "evaluate", slowly)
    with qtbot.waitSignal(desk.live.waiting):
        type_into(desk, qtbot, FLOOR, "3.40")
    assert row.dimmed
    assert row.text == before
    with qtbot.waitSignal(desk.live.shown):
        free.set()
    assert not row.dimmed
    assert row.text != before


def test_figures_beyond_all_measure_are_said_in_a_sentence(
    desk: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the engine cannot compute a deal, the status bar says why and the old figures stay, dimmed."""

    def fails(_deal: Deal) -> Case:
        raise ValueError("the numbers of this deal make cloud revenue too large to compute")

    with monkeypatch.context() as patched:
        patched.setattr(models, "evaluate", fails)
        with qtbot.waitSignal(desk.live.failed):
            type_into(desk, qtbot, FLOOR, "3.40")
    assert "too large to compute" in desk.status.words()[0]
    assert desk.desk.rail.row("partner_irr").dimmed
    with qtbot.waitSignal(desk.live.shown):
        desk.actions_["undo"].trigger()
    assert "computed in" in desk.status.words()[0]


def test_a_fault_in_the_worker_reaches_the_report(desk: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of the program itself in the worker's thread is handed on with its trace."""

    def breaks(_deal: Deal) -> Case:
        raise RuntimeError("a fault")

    with monkeypatch.context() as patched:
        patched.setattr(models, "evaluate", breaks)
        with qtbot.waitSignal(desk.broken) as broken:
            type_into(desk, qtbot, FLOOR, "3.40")
    assert "RuntimeError\n| a fault" in broken.args[0]


def test_saving_asks_for_a_name_once(desk: Window, dialogs: Script, qtbot: QtBot, tmp_path: Path) -> None:
    """A new deal is saved under a name the user gives, later without a question; what was there before is kept beside
    it, and figures then have not moved."""
    path = tmp_path / "mine.deal"
    with qtbot.waitSignal(desk.live.shown):
        type_into(desk, qtbot, FLOOR, "3.40")
    dialogs.expect("save_deal", path)
    with qtbot.waitSignal(desk.live.shown):
        press(desk, Qt.Key.Key_S, CONTROL)
    assert value_at(load_deal(path), FLOOR) == 3.4
    assert not desk.isWindowModified()
    assert desk.desk.rail.row("partner_irr").moved == "–"
    with qtbot.waitSignal(desk.live.shown):
        type_into(desk, qtbot, FLOOR, "3.30")
    with qtbot.waitSignal(desk.live.shown):
        press(desk, Qt.Key.Key_S, CONTROL)
    assert value_at(load_deal(path), FLOOR) == 3.3
    assert value_at(load_deal(tmp_path / "mine.deal.bak"), FLOOR) == 3.4
    assert dialogs.asked == [("save_deal", ("Austral.deal",))]


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Sovereign cloud, illustration", "Sovereign cloud, illustration"),
        ("A/B: c*", "A-B- c-"),
        ("../x", "-x"),
        (".", "Deal"),
    ],
)
def test_a_file_is_named_after_its_deal(window: Window, qtbot: QtBot, name: str, file: str) -> None:
    """What is suggested is the name of the deal, without the signs that some system does not take in a file's name."""
    open_template(window, qtbot)
    assert window.document.edit("name", name, "named", "") == ""
    assert Path(window.filing.suggested(".deal")).name == f"{file}.deal"


def test_a_saved_deal_is_listed_with_its_figures(
    desk: Window, dialogs: Script, settings: Settings, qtbot: QtBot, tmp_path: Path
) -> None:
    """The start page lists a saved deal with its partner and partner IRR, and opens it again. The figure is that of
    the file, whatever was tried in a scenario or not saved."""
    path = tmp_path / "mine.deal"
    dialogs.expect("save_deal", path)
    with qtbot.waitSignal(desk.live.shown):
        desk.actions_["save"].trigger()
    (recent,) = settings.recent()
    assert (recent.name, recent.partner, recent.path) == ("Austral", "Austral Compute", str(path))
    assert recent.partner_irr == evaluate(desk.document.deal).kpis["partner_irr"]
    dialogs.expect("name", "Dear")
    desk.scenarios.make()
    with qtbot.waitSignal(desk.live.shown):
        desk.document.edit("senior_debt.margin", 0.05, "dearer", "")
    assert settings.recent() == (recent,)
    desk.actions_["save"].trigger()
    for name in ("", "Dear"):
        with qtbot.waitSignal(desk.live.shown):
            desk.scenarios.choose(name)
    assert [each.partner_irr for each in settings.recent()] == [recent.partner_irr]
    (recent,) = settings.recent()
    desk.scenarios.choose("")
    with qtbot.waitSignal(desk.live.shown):
        desk.document.edit("senior_debt.margin", 0.06, "dearer yet", "")
    assert settings.recent() == (recent,)
    dialogs.expect("unsaved", Unsaved.DISCARD)
    desk.filing.close()
    assert desk.start.isVisible()
    with qtbot.waitSignal(desk.live.shown):
        desk.start.file_wished.emit(recent.path)
    assert desk.document.path == path


@pytest.mark.parametrize(
    ("answer", "closes", "saved"),
    [(Unsaved.CANCEL, False, False), (Unsaved.DISCARD, True, False), (Unsaved.SAVE, True, True)],
)
def test_leaving_unsaved_work_asks(
    desk: Window, dialogs: Script, qtbot: QtBot, tmp_path: Path, answer: Unsaved, closes: bool, saved: bool
) -> None:
    """Closing a changed deal asks: cancel keeps it, discard gives it up, save writes it first."""
    path = tmp_path / "mine.deal"
    with qtbot.waitSignal(desk.live.shown):
        type_into(desk, qtbot, FLOOR, "3.40")
    dialogs.expect("unsaved", answer)
    if saved:
        dialogs.expect("save_deal", path)
    desk.actions_["close"].trigger()
    assert desk.document.is_open is not closes
    assert path.exists() is saved


def test_a_window_with_unsaved_work_does_not_just_close(desk: Window, dialogs: Script, qtbot: QtBot) -> None:
    """Closing the window asks too, and cancel leaves it open and working."""
    with qtbot.waitSignal(desk.live.shown):
        type_into(desk, qtbot, FLOOR, "3.40")
    dialogs.expect("unsaved", Unsaved.CANCEL)
    assert not desk.close()
    assert desk.isVisible()
    with qtbot.waitSignal(desk.live.shown):
        desk.actions_["undo"].trigger()


_TWO = '{"schema": 1, "months": 7400, "currency": "US$"}'


@pytest.mark.parametrize(
    ("text", "said"),
    [("{}", "schema"), ('{"schema": 2}', "written by a newer Backstop"), (_TWO, "characters.\nDeal: Currency")],
)
def test_a_file_that_cannot_be_read_is_told(
    window: Window, dialogs: Script, tmp_path: Path, text: str, said: str
) -> None:
    """Opening a broken file, or one of a newer version, says in a sentence what is wrong and leaves the start page."""
    path = tmp_path / "broken.deal"
    path.write_text(text, encoding="utf-8")
    dialogs.expect("open_deal", path)
    dialogs.expect("tell")
    window.actions_["open"].trigger()
    assert dialogs.told[0][0] == "The deal cannot be opened"
    assert said in dialogs.told[0][1]
    assert window.start.isVisible()


def test_recent_deals_are_in_the_menu(
    window: Window, settings: Settings, dialogs: Script, qtbot: QtBot, tmp_path: Path
) -> None:
    """File, Open recent lists the deals of the start page, versions of one by their files, and opens the one chosen;
    unsaved work is asked about first."""
    menu = window.actions_.menu("Open recent")
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions()] == ["No recent deal"]
    for number in (1, 2):
        path = tmp_path / f"Q&A v{number}.deal"
        save_deal(load_template("austral"), path)
        settings.remember(RecentDeal(str(path), "Austral", "Austral Compute", None, 1.8e9))
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions()] == ["Q&&A v2.deal", "Q&&A v1.deal"]
    with qtbot.waitSignal(window.live.shown, timeout=20_000):
        menu.actions()[1].trigger()
    assert window.document.path == tmp_path / "Q&A v1.deal"
    window.document.edit("operations.pue", 1.3, "PUE", "")
    dialogs.expect("unsaved", Unsaved.CANCEL)
    menu.aboutToShow.emit()
    menu.actions()[1].trigger()
    assert window.document.path == tmp_path / "Q&A v1.deal"


def test_new_keeps_the_open_deal_behind_the_start_page(desk: Window, qtbot: QtBot) -> None:
    """The start page can be looked at while a deal is open; the way back is one click, loses and undoes nothing."""
    with qtbot.waitSignal(desk.live.shown):
        type_into(desk, qtbot, FLOOR, "3.40")
    deal = desk.document.deal
    desk.actions_["new"].trigger()
    assert desk.start.isVisible()
    assert not desk.actions_["save"].isEnabled()
    assert not desk.actions_["undo"].isEnabled()
    desk.start.back_wished.emit()
    assert desk.actions_["undo"].isEnabled()
    assert desk.desk.isVisible()
    assert desk.document.deal is deal


def test_another_deal_takes_all_panes_over(desk: Window, qtbot: QtBot, tmp_path: Path) -> None:
    """Opening a second deal shows its sections, forms and figures, and undo knows nothing of the first."""
    path = tmp_path / "other.deal"
    save_deal(with_value(load_template("fjord"), "partner.name", "Another Cloud"), path)
    with qtbot.waitSignal(desk.live.shown):
        type_into(desk, qtbot, FLOOR, "3.40")
    with qtbot.waitSignal(desk.live.shown):
        desk.document.open(path)
    assert desk.document.stack.count() == 0
    assert (
        desk.desk.sections.model()
        .index(1, 0)
        .data(Qt.ItemDataRole.AccessibleTextRole)
        .startswith("Partner, Another Cloud")
    )
    irr = evaluate(desk.document.deal).kpis["partner_irr"]
    assert irr is not None
    assert desk.desk.rail.row("partner_irr").text == f"{irr * 100:.1f}"


@pytest.mark.parametrize("tab", [0, 1, 2, 3])
def test_every_tab_shows_and_copies_figures(desk: Window, tab: int) -> None:
    """Each tab of the results puts its figures on the clipboard as rows of tab-separated cells."""
    desk.desk.results.choose(desk.desk.results.titles()[tab])
    QGuiApplication.clipboard().clear()
    desk.actions_["copy_numbers"].trigger()
    rows = QGuiApplication.clipboard().text().splitlines()
    assert len(rows) > 5
    assert len({row.count("\t") for row in rows}) == 1


def test_a_chart_copies_as_a_picture(desk: Window) -> None:
    """A chart goes to the clipboard as an image at twice its size on screen."""
    desk.desk.results.choose("Debt && cover")
    QGuiApplication.clipboard().clear()
    desk.actions_["copy_picture"].trigger()
    image = QGuiApplication.clipboard().image()
    assert not image.isNull()
    assert image.width() > 1000


def test_the_theme_can_be_chosen(desk: Window, settings: Settings) -> None:
    """Choosing the dark theme changes the window at once and is remembered."""
    dark = next(action for action in desk.actions_.menu("View").actions() if action.text() == "&Dark")
    light = desk.palette().window().color().lightness()
    dark.trigger()
    assert settings.theme == "dark"
    assert desk.palette().window().color().lightness() < light
    next(action for action in desk.actions_.menu("View").actions() if action.text() == "&Light").trigger()


def test_the_window_opens_where_it_was(make_window: Callable[[], Window]) -> None:
    """The size of the last window is that of the next, as far as the screen has room."""
    first = make_window()
    first.resize(first.minimumWidth(), first.minimumHeight() + 37)
    assert first.close()
    second = make_window()
    assert second.size() == first.size()


def _holds(pane: QWidget) -> bool:
    return focus() is pane or pane.isAncestorOf(focus())
