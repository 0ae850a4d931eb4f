"""A few of the lives of threads that the command beside this runs through by the thousand."""

import pytest

from tests.hardening import thread_cycles


@pytest.mark.usefixtures("qapp")
def test_threads_start_stop_and_close_at_any_moment() -> None:
    """No crash, no answer but the newest, one end for each job, nothing after closing, and no thread left."""
    counts, wrong = thread_cycles.check(50, 7)
    assert wrong == []
    assert counts["closed at once"] > 10
    assert counts["closed after all answers"] > 10
    assert counts["jobs"] > 50
