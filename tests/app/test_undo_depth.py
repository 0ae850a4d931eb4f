"""Undo and redo over many edits: through sections, tables, lists and scenarios, and past a save."""

from itertools import cycle, pairwise
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.window import Window
from models import load_deal
from tests.app.acting import open_template, press, type_into
from tests.app.conftest import Script

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
FIELDS = {
    "operations.pue": ("1.3", "1.28"),
    "credit_support[0].floor_prices[2]": ("2.7", "2.8"),
    "senior_debt.target_dscr": ("1.4", "1.35"),
    "revenue_share.rates[0][0]": ("55", "57.5"),
    "demand[0].price": ("6", "6.5"),
    "partner.tax_rate": ("22", "21%"),
    "phases[0].delivery": ("Apr 2027", "May 2027"),
    "name": ("Nord", "South & Co"),
    "uncertainty.paths": ("2k", "3000"),
}
STEPS = 50


def test_fifty_edits_are_taken_back_and_done_again(
    window: Window, dialogs: Script, qtbot: QtBot, tmp_path: Path
) -> None:
    """Each step of undo gives exactly the deal and the scenario before its edit, each of redo those after it; the file
    in the middle counts as saved there and nowhere else."""
    open_template(window, qtbot)
    document, path = window.document, tmp_path / "Austral.deal"
    states = [(document.base, document.scenario)]
    edits = cycle([(field, texts[turn]) for turn in (0, 1) for field, texts in FIELDS.items()])
    for step in range(STEPS):
        if step == STEPS // 2:
            dialogs.expect("name", "Low")
            window.scenarios.make()
        else:
            type_into(window, qtbot, *next(edits))
        states.append((document.base, document.scenario))
        if step == STEPS // 3:
            dialogs.expect("save_deal", path)
            press(window, Qt.Key.Key_S, CONTROL)
    assert all(before[0] != after[0] for before, after in pairwise(states))
    assert document.scenario == "Low"
    saved = load_deal(path)

    def is_at(number: int) -> bool:
        assert window.isWindowModified() is (document.base != saved)
        return (document.base, document.scenario) == states[number]

    window.desk.sections.setFocus()
    for number in reversed(range(STEPS)):
        press(window, Qt.Key.Key_Z, CONTROL)
        assert is_at(number)
    assert not window.actions_["undo"].isEnabled()
    for number in range(1, STEPS + 1):
        press(window, Qt.Key.Key_Z, CONTROL, SHIFT)
        assert is_at(number)
    assert not window.actions_["redo"].isEnabled()
