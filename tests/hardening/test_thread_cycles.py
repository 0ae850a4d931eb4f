"""A few of the lives of threads and windows that the commands beside this run through by the hundred and thousand."""

from pathlib import Path

import pytest

from tests.hardening import thread_cycles, window_threads


@pytest.mark.usefixtures("qapp")
def test_threads_start_stop_and_close_at_any_moment() -> None:
    """No crash, no answer but the newest, one end for each job, nothing after closing, and no thread left."""
    counts, wrong = thread_cycles.check(50, 7)
    assert wrong == []
    assert counts["closed at once"] > 10
    assert counts["closed after all answers"] > 10
    assert counts["jobs"] > 50


@pytest.mark.timeout(240)
@pytest.mark.usefixtures("qapp")
def test_a_window_is_used_and_closed_in_the_midst_of_everything(tmp_path: Path) -> None:
    """Lives of a window: nothing breaks, no figure of an earlier deal passes for one of now, no thread is left."""
    counts, wrong = window_threads.check(3, 21, tmp_path, steps=10)
    assert wrong == []
    assert counts["closed at once"] > 0
    assert counts["closed at rest"] > 0
