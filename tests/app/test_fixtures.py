"""The fixtures of the window's tests are real: each is broken on purpose in a test run of its own."""

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

LITTER = """
from pathlib import Path
from PySide6.QtCore import QThread, qWarning
from PySide6.QtWidgets import QWidget

kept = []

def test_a_window_left_behind():
    kept.append(QWidget())

def test_a_window_taken_away():
    kept.pop().deleteLater()

class Endless(QThread):
    def run(self):
        while not self.isInterruptionRequested():
            self.yieldCurrentThread()

def test_a_thread_left_behind():
    thread = Endless()
    thread.start()
    kept.append(thread)

def test_the_thread_ended():
    thread = kept.pop()
    thread.requestInterruption()
    thread.wait()

def test_a_question_nobody_expects(window, dialogs):
    window.filing.open_file()

def test_a_question_never_asked(window, dialogs):
    dialogs.expect("open_deal", Path("x"))

def test_a_warning_of_qt():
    qWarning("something is odd")

def test_a_question_that_is_expected(window, dialogs):
    dialogs.expect("open_deal", None)
    window.filing.open_file()
"""


def test_litter_unscripted_questions_and_warnings_fail(pytester: pytest.Pytester) -> None:
    """A window or thread left behind, a question not in the script or never asked, and a Qt warning fail their test."""
    pytester.makeconftest(Path(__file__).with_name("conftest.py").read_text(encoding="utf-8"))
    pytester.makeini("[pytest]\nqt_api = pyside6\nqt_log_level_fail = WARNING\nqt_log_ignore = propagateSizeHints\n")
    pytester.makepyfile(LITTER)
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider")
    failed = {line.split("::")[1].split(" ")[0] for line in result.outlines if line.startswith(("FAILED", "ERROR"))}
    assert failed == {
        "test_a_window_left_behind",
        "test_a_thread_left_behind",
        "test_a_question_nobody_expects",
        "test_a_question_never_asked",
        "test_a_warning_of_qt",
    }
