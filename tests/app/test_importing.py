"""A month series from a file of somebody else's: chosen in a dialog, one step of undo, refused with a sentence."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.importing_dialog import ImportDialog
from app.panels.cash_flow import CashFlowPage
from app.window import Window
from models import load_template, read_tables, value_at
from models.importing.columns import as_date
from tests.app.acting import open_template
from tests.app.conftest import Script

PATH = "demand[1].gpus_by_month"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A plan of GPUs by quarter."""
    path = tmp_path / "plan.csv"
    path.write_text("Quarter,North,South\nQ1 2027,100,5\nQ2 2027,200,6\nQ3 2027,300,7\n")
    return path


@pytest.fixture
def dialog(qtbot: QtBot, themed: object, plan: Path) -> Iterator[ImportDialog]:
    """The dialog on that plan."""
    assert themed
    holder = QWidget()
    qtbot.addWidget(holder)
    made = ImportDialog(holder, plan.name, read_tables(plan), load_template("austral"))
    made.show()
    yield made
    holder.close()


def test_a_series_enters_the_deal_as_one_step(window: Window, qtbot: QtBot, dialogs: Script, plan: Path) -> None:
    """The link beside a tenant's months asks for that tenant; the months become its GPUs, and undo takes them out."""
    open_template(window, qtbot)
    dialogs.expect("open_table", plan)
    dialogs.expect("import_series", (1, (100.0, 100.0, 100.0, 200.0)))
    window.desk.go_to(PATH)
    (go,) = (each for each in window.desk.forms.findChildren(QPushButton) if each.text() == "Import from CSV or Excel…")
    with qtbot.waitSignal(window.document.changed, timeout=20_000):
        go.click()
    *_, tenant = dialogs.asked[-1][1]
    assert tenant == 1
    assert value_at(window.document.deal, PATH) == (100.0, 100.0, 100.0, 200.0)
    assert window.document.stack.undoText() == "Enterprises: GPUs by month from plan.csv"
    window.document.stack.undo()
    assert value_at(window.document.deal, PATH) is None


def test_a_file_that_is_no_table_is_told(window: Window, qtbot: QtBot, dialogs: Script, tmp_path: Path) -> None:
    """A file that cannot be read as a table gives a sentence and changes nothing."""
    open_template(window, qtbot)
    bad = tmp_path / "plan.xlsx"
    bad.write_bytes(b"PK\x03\x04")
    dialogs.expect("open_table", bad)
    dialogs.expect("tell")
    with qtbot.waitSignal(window.importing.ended, timeout=20_000):
        window.importing.start()
    ((title, text),) = dialogs.told
    assert title == "plan.xlsx cannot be imported"
    assert text.endswith(".")
    assert not window.document.is_modified


def test_values_the_deal_refuses_are_told(window: Window, qtbot: QtBot, dialogs: Script, plan: Path) -> None:
    """Values outside the field's range do not enter the deal, and the sentence says why."""
    open_template(window, qtbot)
    dialogs.expect("open_table", plan)
    dialogs.expect("import_series", (1, (-5.0,)))
    dialogs.expect("tell")
    with qtbot.waitSignal(window.importing.ended, timeout=20_000):
        window.importing.start()
    qtbot.waitUntil(lambda: bool(dialogs.told))
    assert dialogs.told[0][0] == "plan.csv cannot be imported"
    assert value_at(window.document.deal, PATH) is None


def test_the_dialog_suggests_and_previews(dialog: ImportDialog) -> None:
    """Columns are chosen beforehand, the preview shows each month, and the note says how the months came about."""
    assert (dialog.dates.currentText(), dialog.values.currentText()) == ("Quarter", "North")
    assert dialog.preview.rowCount() == 9
    cell = dialog.preview.item(3, 1)
    assert cell is not None
    assert cell.text() == "200"
    assert dialog.notes.text() == "9 months from quarterly values."


def test_another_column_gives_other_months(dialog: ImportDialog) -> None:
    """What is chosen is what is shown and given."""
    dialog.values.setCurrentText("South")
    dialog.tenant.setCurrentIndex(2)
    assert dialog.result_of_choice() == (2, (5.0,) * 3 + (6.0,) * 3 + (7.0,) * 3)


def test_nothing_can_be_imported_that_cannot_be_read(dialog: ImportDialog) -> None:
    """With a column that holds no dates the sentence says so, and the button cannot be pressed."""
    dialog.dates.setCurrentText("South")
    assert dialog.notes.text() == "No row has a date in “South” and a number in “North”."
    assert not dialog.accept_button.isEnabled()
    assert dialog.preview.rowCount() == 0


def test_what_no_field_takes_is_told_before_it_is_imported(qtbot: QtBot, themed: object, tmp_path: Path) -> None:
    """Values that the deal would refuse are told in the dialog, and the button cannot be pressed."""
    assert themed
    path = tmp_path / "plan.csv"
    path.write_text("Month,GPUs\n2027-01,100\n2027-02,-5\n2027-03,7\n")
    holder = QWidget()
    qtbot.addWidget(holder)
    made = ImportDialog(holder, path.name, read_tables(path), load_template("austral"))
    assert "GPUs by month" in made.notes.text()
    assert not made.accept_button.isEnabled()


def test_the_figures_are_saved_as_a_file(window: Window, qtbot: QtBot, dialogs: Script, tmp_path: Path) -> None:
    """The figures in sight, by the period in sight, go to the file that the user names; the status line says so."""
    open_template(window, qtbot)
    window.desk.results.page(CashFlowPage).choose_period("quarter")
    dialogs.expect("save_figures", tmp_path / "figures.csv")
    with qtbot.waitSignal(window.figures_out.ended, timeout=20_000) as ended:
        window.actions_["save_figures"].trigger()
    assert ended.args == ["figures.csv written"]
    assert (tmp_path / "figures.csv").read_text(encoding="utf-8-sig").startswith("Line,Unit,Q1 2027,")


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "it", "pt", "nl"])
def test_months_are_read_in_the_languages_of_partners(language: str) -> None:
    """The long and the short name of each month, as the system writes them in that language, is that month."""
    locale = QLocale(language)
    for month in range(1, 13):
        for form in (QLocale.FormatType.LongFormat, QLocale.FormatType.ShortFormat):
            name = locale.standaloneMonthName(month, form)
            for text in (f"{name} 2027", f"{name.title()}-27", f"1. {name} 2027"):
                assert as_date(text, None) == date(2027, month, 1), text
