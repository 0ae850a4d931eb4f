"""The benchmark of opening runs; how soon the window is painted is for people to read."""

from pathlib import Path

from tests.benchmarks.opening import opened


def test_a_start_is_timed_to_what_is_painted(tmp_path: Path) -> None:
    """Started with a template, the window, its deal and the first figures are painted one after the other."""
    found = opened(tmp_path, "flat-price")
    assert list(found) in (["window", "deal", "figures"], ["deal", "window", "figures"])
    times = [each.seconds for each in found.values()]
    assert times == sorted(times)
    assert all(0 < each.worked < each.seconds * 4 for each in found.values())
