"""How the built program is measured; the program itself is measured where it is built."""

import sys
from pathlib import Path

import pytest

from tests.benchmarks.installed import in_turns, seconds_to_paint, unpacked


def test_the_paint_of_the_window_is_timed() -> None:
    """Both programs are timed until they have painted: the same program twice takes about as long."""
    source = [sys.executable, "-m", "app"]
    first, second = in_turns(source, source, rounds=2)
    assert 0.3 < first / second < 3


def test_a_program_that_paints_nothing_is_no_measure() -> None:
    """A program that ends without a window counts as a failure, however quick it was."""
    with pytest.raises(AssertionError):
        seconds_to_paint([sys.executable, "-c", "print('done')"])


def test_a_library_with_two_names_counts_once(tmp_path: Path) -> None:
    """The size of a folder is that of its files; links add nothing."""
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside" / "library.so.1").write_bytes(b"x" * 1000)
    (tmp_path / "library.so").symlink_to(tmp_path / "inside" / "library.so.1")
    assert unpacked(tmp_path) == 1000
