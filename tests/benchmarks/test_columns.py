"""The benchmark of questions that need many cases works; how fast they are is for people to read."""

from __future__ import annotations

from tests.benchmarks.columns import measure, report


def test_the_questions_are_measured() -> None:
    """Two rounds with few inputs and a small grid measure tornado, grid and solve, and say so."""
    measured = measure(rounds=2, inputs=3, steps=3)
    assert [each.question.cases for each in measured] == [7, 9, 1]
    assert min(min(each.first, each.clock, each.processor) for each in measured) > 0
    lines = report(measured).splitlines()
    assert len(lines) == 4
    assert "tornado, 3 inputs" in lines[1]
    assert "grid, 3 x 3" in lines[2]
