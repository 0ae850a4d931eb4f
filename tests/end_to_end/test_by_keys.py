"""The main job by the keyboard alone: from the start page to a saved deal and a workbook for the partner."""

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView
from pytestqt.qtbot import QtBot

from app.forms.cell_delegate import CellEditor
from app.panels.explain import ExplainPage
from app.stops import holds
from app.window import Window
from models import evaluate, load_deal, load_template, with_values
from tests.app.acting import focus, press
from tests.app.conftest import Script

Key = Qt.Key
CONTROL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
TERMS = {"credit_support[0].floor_prices[1]": 3.3, "senior_debt.target_dscr": 1.35, "operations.pue": 1.28}
PATHS = 200


def tab_to(name: str, key: Qt.Key = Key.Key_Tab) -> None:
    """Press a key until the focus is on what a screen reader calls by a name that begins so."""
    for _ in range(60):
        if focus().accessibleName().startswith(name):
            return
        QTest.keyClick(focus(), key)
    pytest.fail(f"{name} is not reached; the focus is on {focus().accessibleName()!r}")


def type_letters(text: str) -> None:
    """Type letter by letter, for the first one can open a cell, which takes the rest."""
    for letter in text:
        QTest.keyClicks(focus(), letter)


def write(window: Window, qtbot: QtBot, text: str) -> None:
    """Type over the field in focus, and wait for the figures that follow."""
    press(window, Key.Key_A, CONTROL)
    with qtbot.waitSignal(window.live.shown, timeout=20_000):
        type_letters(text)
        QTest.keyClick(focus(), Key.Key_Return)


def choose_in_menu(window: Window, qtbot: QtBot, menu: Qt.Key, entry: Qt.Key) -> None:
    """Open a menu by its letter and choose in it by another."""
    press(window, menu, ALT)
    shown = QApplication.activePopupWidget()
    assert shown is not None, "no menu is open"
    # the platform without a screen gives the focus to a menu only after a while, and then back
    qtbot.waitUntil(lambda: QApplication.focusWindow() is shown.windowHandle())
    QTest.keyClick(shown, entry)
    qtbot.waitUntil(lambda: QApplication.focusWindow() is window.windowHandle())


def change_terms(window: Window, qtbot: QtBot) -> None:
    """A floor price in its table, reached by arrows, and two fields, found by the names that a screen reader says."""
    press(window, Key.Key_8, CONTROL)
    tab_to("Floor price")
    assert isinstance(focus(), QTableView)
    for key in (Key.Key_Home, Key.Key_Right):
        QTest.keyClick(focus(), key)
    with qtbot.waitSignal(window.live.shown, timeout=20_000):
        type_letters("3.3")
        QTest.keyClick(focus(), Key.Key_Return)
        qtbot.waitUntil(lambda: not isinstance(QApplication.focusWidget(), CellEditor))
    assert isinstance(focus(), QTableView)
    for number, name, text in ((Key.Key_6, "Target DSCR", "1.35"), (Key.Key_5, "PUE", "1.28")):
        press(window, number, CONTROL)
        tab_to(name)
        write(window, qtbot, text)


def explain_and_come_back(window: Window, qtbot: QtBot) -> None:
    """The partner's IRR explained from the rail, then what it is made of, the way back, and the table again."""
    rail, results = window.desk.rail, window.desk.results
    page, shown = results.page(ExplainPage), window.finding.explaining.shown
    while not holds(rail, focus()):
        press(window, Key.Key_F6)
    tab_to("Partner IRR")
    places = []
    with qtbot.waitSignal(shown, timeout=20_000):
        press(window, Key.Key_F1)
    assert page.isVisible()
    places.append(page.shown())
    press(window, Key.Key_F6, SHIFT)
    assert holds(results, focus())
    tab_to("Ingredients")
    for key in ((Key.Key_Return,), (Key.Key_Left, ALT)):
        with qtbot.waitSignal(shown, timeout=20_000):
            press(window, *key)
        places.append(page.shown())
    first, ingredient, again = (each.place for each in places if each is not None)
    assert first == again
    assert first != ingredient
    press(window, Key.Key_1, ALT)
    assert results.chosen() == "Cash flow"


def simulate(window: Window, qtbot: QtBot) -> None:
    """Fewer paths, typed in the Internal section, and a run."""
    press(window, Key.Key_9, CONTROL)
    tab_to("Paths")
    write(window, qtbot, str(PATHS))
    press(window, Key.Key_F5)
    assert window.risk.simulating.is_running
    qtbot.waitUntil(lambda: not window.risk.simulating.is_running, timeout=60_000)
    assert window.risk.simulating.simulation is not None
    assert not window.risk.simulating.is_stale


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_main_job_needs_no_mouse(window: Window, dialogs: Script, qtbot: QtBot, tmp_path: Path) -> None:
    """Template, three terms, a figure explained and back, simulation, workbook, saving: by keys alone."""
    before = load_template("austral")
    workbook, file = tmp_path / "Austral.xlsx", tmp_path / "Austral.deal"
    for key in (Key.Key_Down, Key.Key_Up):  # the first template is chosen already
        QTest.keyClick(focus(), key)
    with qtbot.waitSignal(window.live.shown, timeout=20_000):
        QTest.keyClick(focus(), Key.Key_Return)
    assert window.document.deal == before
    assert focus() is window.desk.sections
    change_terms(window, qtbot)
    assert window.document.deal == with_values(before, "", TERMS)
    explain_and_come_back(window, qtbot)
    simulate(window, qtbot)
    dialogs.expect("save_workbook", workbook)
    with qtbot.waitSignal(window.exporting.ended, timeout=30_000) as ended:
        choose_in_menu(window, qtbot, Key.Key_F, Key.Key_P)
    assert ended.args == ["Austral.xlsx written"]
    dialogs.expect("save_deal", file)
    press(window, Key.Key_S, CONTROL)
    deal = with_values(before, "", {**TERMS, "uncertainty.paths": PATHS})
    assert load_deal(file) == deal
    assert not window.document.is_modified
    book = openpyxl.load_workbook(workbook, data_only=True, read_only=True)
    found = {str(row[0]): row[1] for row in book["Summary"].iter_rows(max_col=2, values_only=True) if row[0]}
    book.close()
    assert found["Partner IRR"] == pytest.approx(evaluate(deal).kpis["partner_irr"], abs=1e-9)
