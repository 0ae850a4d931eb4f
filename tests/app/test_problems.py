"""The report of a fault in the program."""

import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.problems import Faults


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
    qtbot.waitUntil(lambda: (window := faults.window()) is not None and "in a slot" in window.report())

    def fails() -> None:
        raise ValueError("in a thread")

    thread = threading.Thread(target=fails)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: (window := faults.window()) is not None and "in a thread" in window.report())
    faults.remove()
    assert sys.excepthook is sys.__excepthook__
    sys.excepthook, threading.excepthook = before
