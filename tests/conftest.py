"""What holds for every test: a record in the log that no test expects is a failure.

Python warnings are errors by the settings of pytest, those of threads and of forgotten files included.
"""

import logging
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def no_stray_log_records(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fails a test that leaves log records of WARNING or above.

    A test that expects such records asserts on `caplog` and then calls `caplog.clear()`.
    """
    yield
    stray = [
        f"{record.levelname} {record.name}: {record.getMessage()}"
        for phase in ("setup", "call", "teardown")
        for record in caplog.get_records(phase)
        if record.levelno >= logging.WARNING
    ]
    if stray:
        pytest.fail("Log records that no test expects:\n" + "\n".join(stray), pytrace=False)
