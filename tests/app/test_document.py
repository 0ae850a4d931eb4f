"""The open deal: edits, the way back, files, and entries that cannot be used."""

import os
from datetime import datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.document import Document
from models import Deal, DealError, load_deal, load_template, save_deal, value_at, with_value

FLOOR = "credit_support[0].floor_prices[1]"


@pytest.fixture
def deal() -> Deal:
    """A deal to begin with."""
    return load_template("austral")


@pytest.fixture
def document(qapp: object, deal: Deal) -> Document:
    """A document with that deal, not saved yet."""
    assert qapp
    made = Document()
    made.start_from(deal)
    return made


def test_an_edit_can_be_undone_and_done_again(document: Document, deal: Deal) -> None:
    """Undo brings the deal before back, redo the deal after, each with the words of the edit."""
    assert document.edit(FLOOR, 3.3, "Floor price, year 2: 3.15 → 3.30", "") == ""
    assert value_at(document.deal, FLOOR) == 3.3
    assert document.stack.undoText() == "Floor price, year 2: 3.15 → 3.30"
    document.stack.undo()
    assert document.deal == deal
    assert document.stack.redoText() == "Floor price, year 2: 3.15 → 3.30"
    document.stack.redo()
    assert value_at(document.deal, FLOOR) == 3.3


def test_every_change_is_told_once(document: Document) -> None:
    """Listeners hear of each new deal exactly once: after an edit, an undo and a redo."""
    told: list[object] = []
    document.changed.connect(lambda deal: told.append(value_at(deal, FLOOR)))
    document.edit(FLOOR, 3.3, "edit", "")
    document.stack.undo()
    document.stack.redo()
    assert told == [3.3, 3.15, 3.3]


def test_typing_in_one_field_is_one_edit(document: Document, deal: Deal) -> None:
    """Edits with the same key merge into one step with the last words; another key begins a new step."""
    for typed, words in ((3.0, "3.15 → 3.00"), (3.3, "3.00 → 3.30"), (3.35, "3.30 → 3.35")):
        document.edit(FLOOR, typed, words, "typing 1")
    document.edit("senior_debt.margin", 0.0325, "Margin: 300 → 325 bp", "typing 2")
    assert document.stack.count() == 2
    document.stack.undo()
    assert document.stack.undoText() == "3.15 → 3.35"
    document.stack.undo()
    assert document.deal == deal


def test_edits_without_a_key_never_merge(document: Document) -> None:
    """Two edits of the same field without a key are two steps."""
    document.edit(FLOOR, 3.2, "one", "")
    document.edit(FLOOR, 3.3, "two", "")
    assert document.stack.count() == 2


def test_typing_back_leaves_no_step(document: Document) -> None:
    """Typing that ends where it began leaves nothing to undo, and the deal counts as unchanged."""
    document.edit(FLOOR, 3.3, "away", "typing")
    document.edit(FLOOR, 3.15, "and back", "typing")
    assert document.stack.count() == 0
    assert not document.is_modified
    assert document.changed_paths() == ()


def test_an_edit_that_changes_nothing_is_no_step(document: Document) -> None:
    """Entering the value that stands there already is no edit."""
    assert document.edit(FLOOR, 3.15, "same", "") == ""
    assert document.stack.count() == 0


def test_a_refused_edit_leaves_the_deal(document: Document, deal: Deal) -> None:
    """A value the deal refuses is answered with a sentence; the last valid deal stays and there is nothing to undo."""
    sentence = document.edit("senior_debt.first_repayment", "2026-01", "words", "")
    assert sentence.endswith(".")
    assert document.deal is deal
    assert document.stack.count() == 0
    assert document.edit("senior_debt.first_repayment", "2027-09", "words", "") == ""


def test_a_whole_deal_can_take_the_place(document: Document, deal: Deal) -> None:
    """With the empty path the value is a whole deal, put in place as one undoable edit."""
    other = with_value(with_value(deal, FLOOR, 3.4), "months", 80)
    assert document.edit("", other, "Several fields", "") == ""
    assert document.deal is other
    document.stack.undo()
    assert document.deal is deal


def test_changed_paths_name_the_fields(document: Document) -> None:
    """The paths that differ from the saved deal are those edited, however often."""
    document.edit(FLOOR, 3.3, "one", "")
    document.edit(FLOOR, 3.4, "two", "")
    document.edit("senior_debt.margin", 0.0325, "three", "")
    assert set(document.changed_paths()) == {FLOOR, "senior_debt.margin"}


def test_saving_and_opening_again(document: Document, tmp_path: Path, qtbot: QtBot) -> None:
    """A saved deal reads back as it was; the document is clean, knows its file, and can still undo."""
    path = tmp_path / "deal.deal"
    document.edit(FLOOR, 3.3, "edit", "")
    assert document.is_modified
    with qtbot.waitSignal(document.state_changed):
        document.save(path)
    assert not document.is_modified
    assert document.title == "deal.deal[*] – Backstop"
    assert load_deal(path) == document.deal
    document.stack.undo()
    assert document.is_modified
    assert document.changed_paths() == (FLOOR,)
    other = Document()
    other.open(path)
    assert value_at(other.deal, FLOOR) == 3.3
    assert other.path == path


def test_typing_after_a_save_is_a_new_step(document: Document, tmp_path: Path) -> None:
    """An edit after saving never merges into one from before, so that undo stops at what was saved."""
    document.edit(FLOOR, 3.3, "before", "typing")
    document.save(tmp_path / "deal.deal")
    document.edit(FLOOR, 3.4, "after", "typing")
    document.stack.undo()
    assert value_at(document.deal, FLOOR) == 3.3
    assert not document.is_modified


def test_a_file_that_cannot_be_read_leaves_the_open_deal(document: Document, deal: Deal, tmp_path: Path) -> None:
    """Opening a broken file raises a sentence and changes nothing."""
    path = tmp_path / "broken.deal"
    path.write_text("{", encoding="utf-8")
    with pytest.raises(DealError):
        document.open(path)
    assert document.deal is deal
    assert document.path is None


def test_a_save_that_fails_leaves_the_deal_unsaved(document: Document, tmp_path: Path) -> None:
    """Where the file cannot be written, a sentence says so, and the changes still count as unsaved."""
    document.edit(FLOOR, 3.3, "edit", "")
    with pytest.raises(DealError):
        document.save(tmp_path / "no such folder" / "deal.deal")
    assert document.is_modified
    assert document.path is None


def test_the_state_of_the_file_in_words(deal: Deal, tmp_path: Path) -> None:
    """The words for the status bar tell when the deal was saved and how many fields changed since."""
    document = Document()
    assert document.state_words() == ""
    assert document.title == "Backstop"
    document.start_from(deal)
    assert document.state_words() == "Not saved yet"
    path = tmp_path / "deal.deal"
    save_deal(deal, path)
    saved = datetime(2026, 11, 13, 14, 2)
    os.utime(path, (saved.timestamp(), saved.timestamp()))
    document.open(path)
    assert document.state_words() == "Saved 13 Nov 14:02"
    document.edit(FLOOR, 3.3, "edit", "")
    assert document.state_words().endswith("14:02, 1 change since")


def test_closing_forgets_everything(document: Document, qtbot: QtBot) -> None:
    """After closing there is no deal, no step to undo and nothing unsaved."""
    document.edit(FLOOR, 3.3, "edit", "")
    with qtbot.waitSignal(document.closed):
        document.close()
    assert not document.is_open
    assert not document.is_modified
    assert document.stack.count() == 0
    assert document.changed_paths() == ()
