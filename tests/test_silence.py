"""The rules of silence are real: each is broken on purpose in a test run of its own."""

import logging
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

NOISY = """
import logging, threading, warnings
import pytest

log = logging.getLogger("noise")

@pytest.fixture
def late():
    yield
    log.warning("a record after the end")

def test_warning_record():
    log.warning("a record")

def test_error_record():
    log.error("an error record")

def test_record_of_a_fixture(late):
    pass

def test_warning():
    warnings.warn("a Python warning", DeprecationWarning)

def test_forgotten_file():
    open(__file__)

def test_thread():
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()
"""
QUIET = """
import logging

def test_information():
    logging.getLogger("noise").info("fine")

def test_expected(caplog):
    logging.getLogger("noise").error("expected")
    caplog.clear()
"""


def test_noise_fails_and_silence_passes(pytester: pytest.Pytester) -> None:
    """A warning, a log record, a forgotten file or an error in a thread fails its test; expected records do not."""
    pytester.makeconftest(Path(__file__).with_name("conftest.py").read_text(encoding="utf-8"))
    pytester.makeini("[pytest]\nfilterwarnings = error\n")
    pytester.makepyfile(test_noisy=NOISY, test_quiet=QUIET)
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider")
    # the three records are found once the test itself has passed, hence as errors of its end
    result.assert_outcomes(passed=5, failed=3, errors=3)
    for said in (
        "WARNING noise: a record",
        "ERROR noise: an error record",
        "WARNING noise: a record after the end",
        "*DeprecationWarning: a Python warning",
        "*ResourceWarning: unclosed file*",
        "*ZeroDivisionError: division by zero",
    ):
        result.stdout.fnmatch_lines_random([f"*{said}*"])
    assert all("test_quiet" not in line for line in result.outlines if line.startswith(("FAILED", "ERROR")))


def test_this_run_is_watched(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> None:
    """The rules apply to the tests of this very run, not only to those of the run above."""
    assert "no_stray_log_records" in request.fixturenames
    assert request.config.getini("filterwarnings") == ["error"]
    logging.getLogger(__name__).warning("seen")
    assert [record.getMessage() for record in caplog.records] == ["seen"]
    caplog.clear()
    assert not caplog.get_records("call")
