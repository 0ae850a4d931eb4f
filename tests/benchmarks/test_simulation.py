"""The benchmark of the simulation works without its dependency group; how fast it is is for people to read."""

from __future__ import annotations

import pytest

from tests.benchmarks.simulation import ENGINE, LINES, ONE, main, measure, report


def test_the_simulation_is_measured() -> None:
    """A few paths are simulated on two threads and on one, the lines alone too, and the report names each."""
    measured = measure(paths=1024, rounds=1, beside=False)
    assert set(measured.wall) == set(measured.processor) == {ENGINE, ONE, LINES}
    assert all(seconds > 0 for times in measured.wall.values() for seconds in times)
    lines = report(measured).splitlines()
    assert len(lines) == 4
    assert lines[0].startswith("1,024 paths x 74 months")


def test_one_size_alone_says_time_and_memory(capsys: pytest.CaptureFixture[str]) -> None:
    """For the growth with the paths each size says its time and the most memory held."""
    assert main(["alone", "512"]) == 0
    said = capsys.readouterr().out
    assert "512 paths" in said
    assert said.endswith(" MB\n")
