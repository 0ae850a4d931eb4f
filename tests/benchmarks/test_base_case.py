"""The benchmark of the base case works; what it measures is for people to read."""

from __future__ import annotations

from tests.benchmarks.base_case import measure, report


def test_the_base_case_is_measured() -> None:
    """Two rounds of the benchmark measure engine and month loop and say so; how fast they are is not tested."""
    measured = measure(rounds=2)
    assert measured.rounds == 2
    assert min(measured.engine, measured.loop, measured.first) > 0
    said = report(measured)
    assert "engine" in said
    assert "month loop" in said
