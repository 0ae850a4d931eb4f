"""Exports from the window: workbook, PDF and Word document, results beside the internal figures, and the preview."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import docx
import openpyxl
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

import models
from app.exporting import Edition
from app.paper import Sheet
from app.requests import TornadoRequest
from app.window import Window
from models import Deal, ResultRow, ResultTable, load_template, with_value

from .acting import press
from .conftest import Script

TABLE = ResultTable("Trial", ("One",), (ResultRow("Row", "USD", "money", (1.5,)),), ("Made up.",), seed=11)


@pytest.fixture
def desk(window: Window, qtbot: QtBot) -> Window:
    """A window with a small deal open."""
    with qtbot.waitSignal(window.live.shown):
        window.filing.open_template("fjord")
    return window


def exported(desk: Window, qtbot: QtBot, dialogs: Script, target: Path, edition: Edition = "partner") -> str:
    """Export to a file; gives what the window says of it."""
    dialogs.expect("save_workbook", target)
    with qtbot.waitSignal(desk.exporting.ended, timeout=30_000) as ended:
        desk.exporting.start(edition)
    return str(ended.args[0])


@pytest.mark.parametrize(("ending", "begins"), [("pdf", b"%PDF-"), ("docx", b"PK"), ("PDF", b"%PDF-")])
def test_the_ending_chooses_the_document(
    desk: Window, qtbot: QtBot, dialogs: Script, tmp_path: Path, ending: str, begins: bytes
) -> None:
    """A name that ends in .pdf or .docx is written as the term sheet, whole, and the window says so."""
    target = tmp_path / f"Fjord.{ending}"
    assert exported(desk, qtbot, dialogs, target) == f"Fjord.{ending} written"
    assert target.read_bytes().startswith(begins)
    assert [path.name for path in tmp_path.iterdir() if path.suffix.lower() == f".{ending}".lower()] == [target.name]


def test_the_word_document_is_of_the_deal_as_it_is_now(
    desk: Window, qtbot: QtBot, dialogs: Script, tmp_path: Path
) -> None:
    """An edit that is not saved yet stands in the term sheet."""
    desk.document.edit("vendor_name", "Nimbus Systems", "Name the vendor", "")
    exported(desk, qtbot, dialogs, tmp_path / "Fjord.docx")
    document = docx.Document(io.BytesIO((tmp_path / "Fjord.docx").read_bytes()))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert any(text.startswith("Nimbus Systems (the “Vendor”)") for text in cells)


def test_results_at_hand_go_into_the_internal_workbook_only(
    desk: Window, qtbot: QtBot, dialogs: Script, tmp_path: Path
) -> None:
    """Tables given for this very deal are printed in the internal edition; nobody is asked for the partner's."""
    asked: list[Deal] = []

    def results(deal: Deal) -> Sequence[ResultTable]:
        asked.append(deal)
        return [TABLE]

    desk.exporting.add_results(results)
    exported(desk, qtbot, dialogs, tmp_path / "partner.xlsx")
    assert asked == []
    exported(desk, qtbot, dialogs, tmp_path / "internal.xlsx", "internal")
    assert asked == [desk.document.deal]
    for name, has in (("partner", False), ("internal", True)):
        book = openpyxl.load_workbook(tmp_path / f"{name}.xlsx", read_only=True)
        assert ("Results" in book.sheetnames) is has
        book.close()


def test_a_simulation_of_this_very_deal_is_printed(desk: Window, qtbot: QtBot, dialogs: Script, tmp_path: Path) -> None:
    """The last run stands in the internal workbook with its seed; once the deal moves on it does not."""
    desk.document.edit("uncertainty.paths", 64, "Few paths", "")
    desk.risk.simulating.start()
    qtbot.waitUntil(lambda: desk.risk.simulating.simulation is not None, timeout=60_000)
    exported(desk, qtbot, dialogs, tmp_path / "fresh.xlsx", "internal")
    desk.document.edit("partner.minimum_cash", 2e6, "Keep more cash", "")
    exported(desk, qtbot, dialogs, tmp_path / "stale.xlsx", "internal")
    for name, has in (("fresh", True), ("stale", False)):
        book = openpyxl.load_workbook(tmp_path / f"{name}.xlsx", read_only=True)
        about = {row[0]: row[1] for row in book["About"].iter_rows(values_only=True)}
        assert ("Results" in book.sheetnames) is has
        assert about.get("Seed") == ("7" if has else None)
        book.close()


def test_the_tornado_of_this_very_deal_is_printed(desk: Window, qtbot: QtBot, dialogs: Script, tmp_path: Path) -> None:
    """The tornado shown last stands in the internal workbook; once the deal moves on it does not."""
    study = desk.finding.studies.sensitivity
    with qtbot.waitSignal(study.found, timeout=60_000):
        study.ask(TornadoRequest("partner_irr"))
    exported(desk, qtbot, dialogs, tmp_path / "fresh.xlsx", "internal")
    desk.document.edit("partner.minimum_cash", 2e6, "Keep more cash", "")
    exported(desk, qtbot, dialogs, tmp_path / "stale.xlsx", "internal")
    for name, has in (("fresh", True), ("stale", False)):
        book = openpyxl.load_workbook(tmp_path / f"{name}.xlsx", read_only=True)
        assert ("Results" in book.sheetnames) is has
        book.close()


def test_the_preview_lays_out_the_partners_term_sheet(desk: Window, qtbot: QtBot, dialogs: Script) -> None:
    """Ctrl+P asks the preview to show the partner's term sheet of the deal as it is now."""
    dialogs.expect("preview")
    with qtbot.waitSignal(desk.exporting.ended, timeout=30_000) as ended:
        press(desk, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(dialogs.asked))
    assert ended.args == [""]
    (sheet,) = dialogs.asked[-1][1]
    assert isinstance(sheet, Sheet)
    expected = models.term_sheet(desk.document.deal, "partner")
    assert (sheet.html, sheet.deal, sheet.mark) == (models.term_sheet_html(expected), "Fjord", "Confidential")


def test_a_stopped_export_keeps_the_old_file(desk: Window, qtbot: QtBot, dialogs: Script, tmp_path: Path) -> None:
    """Stopping leaves what stood at the target as it was, and nothing beside it, whatever was being written."""
    for ending in ("xlsx", "pdf", "docx"):
        target = tmp_path / f"old.{ending}"
        target.write_bytes(b"before")
        dialogs.expect("save_workbook", target)
        with qtbot.waitSignal(desk.exporting.ended, timeout=30_000) as ended:
            desk.exporting.start("partner")
            desk.exporting.stop()
        assert ended.args == ["Export stopped; no file was written"]
        assert target.read_bytes() == b"before"
    assert sorted(path.name for path in tmp_path.glob("*old*")) == ["old.docx", "old.pdf", "old.xlsx"]


def test_an_export_tells_how_far_it_is(desk: Window, qtbot: QtBot, dialogs: Script, tmp_path: Path) -> None:
    """Progress begins at nothing, never falls, and names the file."""
    told: list[tuple[str, float]] = []
    desk.exporting.moved.connect(lambda words, done: told.append((words, done)))
    exported(desk, qtbot, dialogs, tmp_path / "Fjord.xlsx", "internal")
    assert told[0] == ("Writing Fjord.xlsx", 0.0)
    assert [done for _, done in told] == sorted(done for _, done in told)


def test_the_fields_of_the_term_sheet_are_edited_in_the_form(desk: Window, qtbot: QtBot) -> None:
    """Vendor's name, standing clauses and validity stand in the form of the deal, under a heading of their own."""
    desk.desk.sections.choose("deal")
    desk.desk.forms.focus_path("clauses")
    qtbot.waitUntil(lambda: desk.focusWidget() is not None)
    section = next(each for each in models.sections() if each.key == "deal")
    assert section.groups[1].title == "Term sheet"
    assert section.groups[1].names == ("vendor_name", "clauses", "valid_days")
    assert with_value(load_template("fjord"), "clauses", "short").clauses == "short"
