"""The report of a fault in the program."""

import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.fault import fault_text
from app.problems import Faults
from models import DealError, dumps_deal, load_template, loads_deal

DEBT, PARTNER, FILE = "1567349384.25", "Austral Compute", "secret.deal"


@pytest.fixture
def faults(themed: QApplication, caplog: pytest.LogCaptureFixture) -> Iterator[Faults]:
    """Faults that are caught; whatever report is open is closed at the end, and its log records are expected."""
    assert themed
    made = Faults()
    yield made
    made.remove()
    caplog.get_records("call").clear()


def test_a_fault_is_shown_logged_and_can_be_copied(faults: Faults, caplog: pytest.LogCaptureFixture) -> None:
    """The report holds versions and trace, goes to the log, and its copy button puts all of it on the clipboard."""
    faults.show_report("Traceback: the first fault")
    report = faults.window()
    assert report is not None
    assert report.isVisible()
    assert "Backstop" in report.report()
    assert "the first fault" in report.report()
    assert "the first fault" in caplog.text
    report.copy()
    assert QGuiApplication.clipboard().text() == report.report()


def test_faults_that_follow_join_the_open_report(faults: Faults, qtbot: QtBot) -> None:
    """However many faults follow, one window holds them all; after it is closed the next fault opens a new one."""
    for words in ("one", "two", "three"):
        faults.show_report(f"fault {words}")
    report = faults.window()
    assert report is not None
    assert all(f"fault {words}" in report.report() for words in ("one", "two", "three"))
    with qtbot.waitSignal(report.destroyed):
        report.close()
    assert faults.window() is None
    faults.show_report("fault four")
    again = faults.window()
    assert again is not None
    assert "fault one" not in again.report()


def test_hooks_catch_and_are_given_back(faults: Faults, qtbot: QtBot) -> None:
    """Once installed, errors of slots and of threads are caught; afterwards the hooks of the interpreter are back."""
    before = sys.excepthook, threading.excepthook
    faults.install()
    sys.excepthook(ValueError, ValueError("in a slot"), None)
    qtbot.waitUntil(lambda: (window := faults.window()) is not None and "ValueError" in window.report())

    def fails() -> None:
        raise LookupError("in a thread")

    thread = threading.Thread(target=fails)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: (window := faults.window()) is not None and "LookupError" in window.report())
    faults.remove()
    assert sys.excepthook is sys.__excepthook__
    sys.excepthook, threading.excepthook = before


def test_the_report_holds_no_figure_unless_the_user_adds_it(faults: Faults) -> None:
    """What errors say of a deal is left out of report and copy, later faults' words too; a tick adds it, and takes it
    out again."""
    try:
        raise ArithmeticError(f"debt is {DEBT}\nand the partner is {PARTNER}")
    except ArithmeticError as error:
        error.add_note(f"seen in {FILE}")
        faults.show_report(fault_text(error))
    faults.show_report(fault_text(KeyError(DEBT)))
    report = faults.window()
    assert report is not None
    for shown in (False, True, False):
        report.add_words(shown)
        report.copy()
        copied = QGuiApplication.clipboard().text()
        assert copied == report.report()
        found = [words in copied for words in (DEBT, PARTNER, FILE)]
        assert found == [shown] * 3
        assert copied.count(DEBT) == 2 * shown
        assert all(words in copied for words in ("ArithmeticError", "KeyError", "tests/app/test_problems.py"))


def test_what_a_refused_deal_quotes_stays_out_of_the_report(faults: Faults) -> None:
    """A refusal by the deal's own checks, which quotes what stood there, leaves none of it in the report."""
    text = dumps_deal(load_template("austral")).replace(b'"months": 74', f'"months": {DEBT}'.encode())
    with pytest.raises(DealError, match="1567349384") as refusal:
        loads_deal(text)
    faults.show_report(fault_text(refusal.value))
    report = faults.window()
    assert report is not None
    assert "567" not in report.report()
    assert "DealError" in report.report()


def test_a_fault_is_told_with_its_causes_and_without_folders_of_the_user() -> None:
    """Causes come first, members of a group last, files by their place in the program, and no folder above it."""
    try:
        try:
            raise ValueError("first")
        except ValueError as error:
            raise RuntimeError("second") from error
    except RuntimeError as error:
        text = fault_text(ExceptionGroup("third", [error, OSError("fourth")]))
    kinds = [line for line in text.splitlines() if line[0] not in " |T"]
    assert kinds == ["ExceptionGroup", "ValueError", "RuntimeError", "OSError"]
    assert [line for line in text.splitlines() if line.startswith("| ")][1:3] == ["| first", "| second"]
    places = [line for line in text.splitlines() if line.startswith("  ") and ", line " in line]
    assert places
    assert all(line.startswith("  tests/app/test_problems.py, line ") for line in places)
