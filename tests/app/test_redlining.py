"""A returned workbook in the window: read away from it, laid beside the deal, ticked, taken in one step."""

from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import models
from app.tables.redline import RedlineTable, box_in
from app.tables.redline_model import TOGETHER
from app.theme import apply_theme
from app.theme.apply import Mode
from app.window import Window
from models import DealError, load_template, value_at, with_value, with_values
from tests.agreement.changing import changed_workbook
from tests.app.acting import open_template
from tests.app.conftest import Script
from tests.app.measuring import cut_off, nameless
from tests.models.workbook.redline.returning import with_cells
from tests.models.workbook.redline.test_notes import place
from tests.models.workbook.written import exported

CHANGES: Mapping[str, object] = {
    "operations.power_price_kwh": 0.071,
    "senior_debt.target_dscr": 1.41,
    "revenue_share.rates[0][0]": 0.12,
}
Returned = Callable[[Mapping[str, object]], Path]


@pytest.fixture
def desk(window: Window, qtbot: QtBot) -> Window:
    """A window with the Fjord template open and computed."""
    open_template(window, qtbot, "fjord")
    return window


@pytest.fixture(scope="module")
def sent() -> bytes:
    """The partner edition of that deal."""
    return exported(load_template("fjord"), "partner")


@pytest.fixture
def returned(sent: bytes, tmp_path: Path) -> Returned:
    """Makes files that came back with some changes, and always with one input that is no number."""

    def made(changes: Mapping[str, object]) -> Path:
        path = tmp_path / "fjord back.xlsx"
        path.write_bytes(with_cells(changed_workbook(sent, changes), {place(sent, "partner.tax_rate"): "'15%"}))
        return path

    return made


def read(desk: Window, qtbot: QtBot, dialogs: Script, path: Path) -> RedlineTable:
    """Open a returned workbook from the menu and wait for its redline."""
    dialogs.expect("open_workbook", path)
    with qtbot.waitSignal(desk.redlining.shown, timeout=60_000):
        desk.actions_["open_returned"].trigger()
    assert desk.redlining.view is not None
    return desk.redlining.view.table


def test_ticked_changes_are_taken_in_one_step(desk: Window, qtbot: QtBot, dialogs: Script, returned: Returned) -> None:
    """Nothing enters the deal before it is ticked; what is ticked enters as one edit with words and goes as one."""
    before = desk.document.deal
    table = read(desk, qtbot, dialogs, returned(CHANGES))
    view = desk.redlining.view
    assert view is not None
    assert table.table.rowCount() == len(CHANGES) + 1
    assert table.table.ticked() == ()
    assert not view.apply.isEnabled()
    assert "as it was when the workbook was issued" in view.words()
    assert 'the text "15%"' in view.notes.toPlainText()
    table.setFocus()
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Space):
        QTest.keyClick(table, key)
    ticked = table.table.ticked()
    assert len(ticked) == 2
    assert "2 of 3 ticked" in view.words()
    last = table.table.rowCount() - 1
    qtbot.waitUntil(lambda: not table.table.waiting and table.table.text(last, 4) != "", timeout=20_000)
    assert table.table.text(last, 0) == f"{TOGETHER} (2)"
    with qtbot.waitSignal(desk.live.shown, timeout=20_000):
        view.apply.click()
    assert desk.redlining.view is None or not desk.redlining.view.isVisible()
    assert desk.document.deal == with_values(before, "", {change.path: change.theirs for change in ticked})
    assert desk.document.stack.count() == 1
    assert desk.document.stack.undoText() == "2 changes from fjord back.xlsx"
    with qtbot.waitSignal(desk.live.shown, timeout=20_000):
        desk.actions_["undo"].trigger()
    assert desk.document.deal == before


def test_the_table_shows_what_the_engine_says(desk: Window, qtbot: QtBot, dialogs: Script, returned: Returned) -> None:
    """Each row shows both values and what the change alone moves, the last row what all ticked ones do; it copies."""
    table = read(desk, qtbot, dialogs, returned(CHANGES))
    model = table.table
    heads = [model.head(column)[0] for column in range(model.columnCount())]
    assert heads[:4] == ["Field", "Unit", "Ours", "Theirs"]
    deal = desk.document.deal
    irr = models.evaluate(deal).kpis["partner_irr"]
    moved = models.evaluate(with_value(deal, "operations.power_price_kwh", 0.071)).kpis["partner_irr"]
    assert irr is not None
    assert moved is not None
    row = next(row for row in range(3) if model.text(row, 0) == "Costs: Power price")
    column = heads.index("Partner IRR")
    assert model.text(row, 3) == "0.071"
    assert model.text(row, column) == f"{(moved - irr) * 100:+.2f}".replace("-", "\N{MINUS SIGN}")
    assert model.value(row, column) == pytest.approx((moved - irr) * 100, rel=1e-6)
    internal = heads.index("Vendor NPV")
    assert model.is_internal(internal)
    assert "internal" in model.head(internal)[1]
    spoken = model.data(model.index(row, column), Qt.ItemDataRole.AccessibleTextRole)
    assert str(spoken).startswith("Costs: Power price, not ticked, Partner IRR points: ")
    box = box_in(table.visualRect(model.index(row, 0))).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=box)
    assert model.is_ticked(row)
    assert model.text(3, column) == model.text(row, column)
    model.tick_all(True)
    assert len(model.ticked()) == 3
    model.tick_all(False)
    assert model.text(3, column) == ""
    table.copy()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 5
    assert lines[0].startswith("Ticked\tField\tUnit\tOurs\tTheirs\tPartner IRR, points")


def test_a_deal_that_moved_on_is_compared_again(
    desk: Window, qtbot: QtBot, dialogs: Script, returned: Returned
) -> None:
    """An edit after the comparison stops changes from being taken until both are compared again; then it is told
    what was changed on both sides."""
    table = read(desk, qtbot, dialogs, returned(CHANGES))
    view = desk.redlining.view
    assert view is not None
    table.table.tick_all(True)
    assert view.apply.isEnabled()
    desk.document.edit("operations.power_price_kwh", 0.066, "Power price", "")
    assert not view.apply.isEnabled()
    assert "was changed since this comparison" in view.words()
    with qtbot.waitSignal(desk.redlining.shown, timeout=60_000):
        view.again_wished.emit()
    assert "has changed since the workbook was issued" in view.words()
    heads = [table.table.head(column)[0] for column in range(5)]
    assert heads == ["Field", "Unit", "As issued", "Ours", "Theirs"]
    row = next(row for row in range(3) if table.table.text(row, 0) == "Costs: Power price")
    assert table.table.is_both(row, 2)
    assert table.table.tip(row, 2) == "Changed on both sides since the issue."
    assert table.table.text(row, 3) == "0.066"


def test_changes_stay_in_the_scenario_looked_at(
    desk: Window, qtbot: QtBot, dialogs: Script, returned: Returned
) -> None:
    """While a scenario is looked at, what is taken enters its layer and the base stays as it was."""
    base = desk.document.base
    desk.document.rearrange(models.with_scenario(base, "Downside", None, {}), "Downside", "Scenario added")
    table = read(desk, qtbot, dialogs, returned({"operations.power_price_kwh": 0.071}))
    table.table.tick_all(True)
    view = desk.redlining.view
    assert view is not None
    view.apply.click()
    assert value_at(desk.document.deal, "operations.power_price_kwh") == 0.071
    assert value_at(desk.document.base, "operations.power_price_kwh") == base.operations.power_price_kwh


def test_a_file_that_cannot_be_compared_is_told(desk: Window, qtbot: QtBot, dialogs: Script, tmp_path: Path) -> None:
    """A file that is no workbook leads to one sentence in a message, and no window opens."""
    path = tmp_path / "mail.xlsx"
    path.write_text("no workbook", encoding="utf-8")
    dialogs.expect("open_workbook", path)
    dialogs.expect("tell")
    desk.actions_["open_returned"].trigger()
    qtbot.waitUntil(lambda: bool(dialogs.told), timeout=30_000)
    assert dialogs.told == [("mail.xlsx cannot be laid beside the deal", "The file is not an Excel workbook.")]
    assert desk.redlining.view is None
    assert desk.status.words()[0] == "mail.xlsx was not read"


def test_reading_can_be_stopped(
    desk: Window, qtbot: QtBot, dialogs: Script, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stop in the status bar ends the reading; nothing is shown and the deal is untouched."""
    begun = Event()

    def slowly(
        _deal: object, _path: object, *, progress: Callable[[float], None], cancelled: Callable[[], bool]
    ) -> None:
        begun.set()
        while not cancelled():
            progress(0.5)
        raise DealError("stopped")

    monkeypatch.setattr(models, "read_redline", slowly)
    dialogs.expect("open_workbook", tmp_path / "any.xlsx")
    desk.actions_["open_returned"].trigger()
    assert begun.wait(10)
    desk.status.stop_wished.emit()
    qtbot.waitUntil(lambda: desk.status.words()[0] == "Reading any.xlsx was stopped", timeout=10_000)
    assert desk.redlining.view is None


def test_an_untouched_workbook_says_so(
    desk: Window, qtbot: QtBot, dialogs: Script, sent: bytes, tmp_path: Path
) -> None:
    """Where nothing was changed the window says so and offers nothing to tick."""
    path = tmp_path / "as sent.xlsx"
    path.write_bytes(sent)
    table = read(desk, qtbot, dialogs, path)
    view = desk.redlining.view
    assert view is not None
    assert not table.isVisible()
    assert not view.apply.isEnabled()
    assert view.found() == "Nothing was changed in this workbook. Nothing else was found."
    assert view.height() == view.minimumSizeHint().height(), "no empty sheet where there is nothing to read"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_window_is_for_everyone(
    desk: Window, qtbot: QtBot, dialogs: Script, returned: Returned, themed: QApplication, theme: Mode
) -> None:
    """Every control has a name, no words are cut off at the smallest common screen, and Escape closes the window."""
    apply_theme(themed, theme)
    desk.resize(1280, 800)
    read(desk, qtbot, dialogs, returned(CHANGES))
    view = desk.redlining.view
    assert view is not None
    assert nameless(view) == []
    assert cut_off(view) == []
    assert view.width() <= 1280
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert not view.isVisible()
