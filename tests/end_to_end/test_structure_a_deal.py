"""A deal structured through the window: from a template over an edit and its undo to a workbook read back."""

from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.window import Window
from models import evaluate, load_template, with_value
from tests.app.acting import open_template, press, type_into
from tests.app.conftest import Script

FLOOR = "credit_support[0].floor_prices[1]"
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def shown(window: Window) -> dict[str, str]:
    """The main figures as the rail writes them."""
    return {name: window.desk.rail.row(name).text for name in ("partner_irr", "min_dscr", "debt_amount")}


def written(figures: dict[str, float | int | None]) -> dict[str, str]:
    """The figures of the engine as the rail should write them."""
    irr, cover, debt = (figures[name] for name in ("partner_irr", "min_dscr", "debt_amount"))
    assert irr is not None
    assert cover is not None
    assert debt is not None
    return {"partner_irr": f"{irr * 100:.1f}", "min_dscr": f"{cover:.2f}", "debt_amount": f"{debt / 1e6:,.0f}"}


def key_figures(book: Workbook) -> dict[str, object]:
    """The key figures of the summary sheet: values by label."""
    return {str(row[0]): row[1] for row in book["Summary"].iter_rows(max_col=2, values_only=True) if row[0]}


def test_structure_a_deal_and_hand_it_over(window: Window, dialogs: Script, qtbot: QtBot, tmp_path: Path) -> None:
    """Template, floor price, figures that follow, undo and redo, export, and a workbook that says the same."""
    deal = load_template("austral")
    raised = with_value(deal, FLOOR, 3.45)
    before, after = written(dict(evaluate(deal).kpis)), written(dict(evaluate(raised).kpis))
    assert all(before[name] != after[name] for name in before)

    open_template(window, qtbot)
    assert shown(window) == before

    press(window, Qt.Key.Key_8, CONTROL)
    assert window.desk.sections.chosen_key() == "support"
    with qtbot.waitSignal(window.live.shown):
        type_into(window, qtbot, FLOOR, "3.45")
    qtbot.waitUntil(lambda: shown(window) == after)
    assert window.document.deal == raised
    assert window.desk.rail.row("min_dscr").moved.startswith("−")

    press(window, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: shown(window) == before)
    assert window.document.deal == deal
    window.actions_["redo"].trigger()
    qtbot.waitUntil(lambda: shown(window) == after)

    target = tmp_path / "Austral.xlsx"
    dialogs.expect("save_workbook", target)
    with qtbot.waitSignal(window.exporting.ended, timeout=30_000) as ended:
        press(window, Qt.Key.Key_E, CONTROL)
    assert ended.args == ["Austral.xlsx written"]

    values = openpyxl.load_workbook(target, data_only=True)
    formulas = openpyxl.load_workbook(target)
    found = key_figures(values)
    kpis = evaluate(raised).kpis
    assert found["Partner IRR"] == pytest.approx(kpis["partner_irr"], abs=1e-9)
    assert found["Lowest DSCR"] == pytest.approx(kpis["min_dscr"], rel=1e-9)
    assert found["Senior debt"] == pytest.approx(kpis["debt_amount"], rel=1e-9)
    assert found["Cloud revenue"] == pytest.approx(kpis["cloud_revenue"], rel=1e-9)
    title = [cell for row in values["Summary"].iter_rows(max_row=3, values_only=True) for cell in row if cell]
    assert "All checks hold" in title
    model = [cell.value for row in formulas["Model"].iter_rows(min_row=8) for cell in row]
    assert sum(isinstance(value, str) and value.startswith("=") for value in model) > 5_000
    internal = {"Support NPV", "Vendor NPV", "Partner NPV"}
    assert not internal & set(found), "the partner's edition holds nothing internal"
    values.close()
    formulas.close()


def test_an_export_can_be_stopped(window: Window, dialogs: Script, qtbot: QtBot, tmp_path: Path) -> None:
    """An export that is stopped leaves no file, says so, and the window goes on working."""
    open_template(window, qtbot)
    target = tmp_path / "stopped.xlsx"
    dialogs.expect("save_workbook", target)
    with qtbot.waitSignal(window.exporting.ended, timeout=30_000) as ended:
        window.exporting.start("internal")
        window.exporting.stop()
    assert ended.args == ["Export stopped; no file was written"]
    assert list(tmp_path.glob("*.xlsx")) == []
    with qtbot.waitSignal(window.live.shown):
        type_into(window, qtbot, FLOOR, "3.20")


def test_an_export_that_cannot_be_written_is_told(
    window: Window, dialogs: Script, qtbot: QtBot, tmp_path: Path
) -> None:
    """Where the folder is gone, a sentence says that the workbook was not written."""
    open_template(window, qtbot)
    dialogs.expect("save_workbook", tmp_path / "gone" / "deal.xlsx")
    dialogs.expect("tell")
    with qtbot.waitSignal(window.exporting.ended, timeout=30_000) as ended:
        window.exporting.start("partner")
    assert ended.args == ["deal.xlsx was not written"]
    qtbot.waitUntil(lambda: bool(dialogs.told))
    assert dialogs.told[0][0] == "deal.xlsx could not be written"
