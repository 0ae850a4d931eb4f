"""Contour lines by marching squares."""

from __future__ import annotations

from math import hypot, nan

import numpy as np
import pytest

from models.analysis.contours import contours

XS = np.linspace(-2, 2, 41).tolist()
YS = np.linspace(-1, 3, 33).tolist()


def test_a_plane_has_a_straight_line() -> None:
    """The contour of a plane is one line, exact at every point, from border to border."""
    values = [[2 * x + y for x in XS] for y in YS]
    (line,) = contours(XS, YS, values, 1.0)
    assert all(2 * x + y == pytest.approx(1.0, abs=1e-12) for x, y in line)
    ends = {round(abs(y - 1), 9) for _, y in (line[0], line[-1])}
    assert ends == {2.0}


def test_a_hill_has_a_closed_line() -> None:
    """The contour of a hill is one closed line around its top."""
    values = [[hypot(x, y - 1) for x in XS] for y in YS]
    (line,) = contours(XS, YS, values, 0.8)
    assert line[0] == line[-1]
    assert all(hypot(x, y - 1) == pytest.approx(0.8, abs=0.01) for x, y in line)


def test_a_saddle_is_two_lines_that_do_not_cross() -> None:
    """At a saddle the middle of the cell decides which corners belong together."""
    high = contours([0, 1], [0, 1], [[1, 0], [0, 1]], 0.4)
    low = contours([0, 1], [0, 1], [[1, 0], [0, 1]], 0.6)
    assert sorted(map(sorted, high)) == [[(0.0, 0.6), (0.4, 1.0)], [(0.6, 0.0), (1.0, 0.4)]]
    assert sorted(map(sorted, low)) == [[(0.0, 0.4), (0.4, 0.0)], [(0.6, 1.0), (1.0, 0.6)]]


def test_a_hole_has_no_line() -> None:
    """Where a figure does not exist no line is drawn, and the line ends beside it."""
    values = [[nan if x > 1 else y for x in XS] for y in YS]
    (line,) = contours(XS, YS, values, 0.55)
    assert max(x for x, _ in line) == pytest.approx(1.0)
    assert contours(XS, YS, values, 99.0) == ()
