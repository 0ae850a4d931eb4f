"""Contour lines of a figure over a grid by marching squares, so that whoever draws them only draws."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import isfinite

Point = tuple[float, float]
Edge = tuple[int, int, int]
"""An edge of the grid: 0 along x or 1 along y, then the column and row of the node it starts from."""


def contours(
    xs: Sequence[float], ys: Sequence[float], values: Sequence[Sequence[float]], level: float
) -> tuple[tuple[Point, ...], ...]:
    """Lines along which a figure has a value, linear between the nodes of the grid.

    Args:
        xs, ys: nodes of the axes, ascending.
        values: rows by y, columns by x; NaN where the figure does not exist. Cells with such a corner have no line.
        level: the value looked for.

    Returns:
        Polylines of (x, y); a closed one ends where it begins.
    """
    places: dict[Edge, Point] = {}
    neighbours: dict[Edge, list[Edge]] = {}
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            for first, second in _segments(values, row, column, level):
                for edge in (first, second):
                    places.setdefault(edge, _place(xs, ys, values, edge, level))
                neighbours.setdefault(first, []).append(second)
                neighbours.setdefault(second, []).append(first)
    return tuple(_without_repeats(places[edge] for edge in line) for line in _lines(neighbours))


def _segments(values: Sequence[Sequence[float]], row: int, column: int, level: float) -> Iterator[tuple[Edge, Edge]]:
    """The stretches of the line inside one cell, from edge to edge."""
    corners = (values[row][column], values[row][column + 1], values[row + 1][column + 1], values[row + 1][column])
    if not all(isfinite(each) for each in corners):
        return
    above = [each >= level for each in corners]
    bottom, right, top, left = (0, column, row), (1, column + 1, row), (0, column, row + 1), (1, column, row)
    sides = (bottom, right, top, left)
    crossed = [side for k, side in enumerate(sides) if above[k] != above[(k + 1) % 4]]
    if len(crossed) == 2:
        yield crossed[0], crossed[1]
    elif crossed:  # a saddle: the middle of the cell says which corners belong together
        joined = (sum(corners) / 4 >= level) == above[0]
        yield from ((bottom, right), (top, left)) if joined else ((bottom, left), (right, top))


def _place(
    xs: Sequence[float], ys: Sequence[float], values: Sequence[Sequence[float]], edge: Edge, level: float
) -> Point:
    along_y, column, row = edge
    start = values[row][column]
    end = values[row + 1][column] if along_y else values[row][column + 1]
    part = (level - start) / (end - start)
    if along_y:
        return xs[column], ys[row] + part * (ys[row + 1] - ys[row])
    return xs[column] + part * (xs[column + 1] - xs[column]), ys[row]


def _lines(neighbours: Mapping[Edge, list[Edge]]) -> Iterator[list[Edge]]:
    """Edges in the order of the lines that pass through them: open lines from an end, then closed ones."""
    left = {edge: list(others) for edge, others in neighbours.items()}
    for start in sorted(left, key=lambda edge: len(neighbours[edge])):
        while left[start]:
            line = [start]
            while left[line[-1]]:
                following = left[line[-1]].pop()
                left[following].remove(line[-1])
                line.append(following)
            yield line


def _without_repeats(points: Iterator[Point]) -> tuple[Point, ...]:
    kept: list[Point] = []
    for point in points:
        if not kept or point != kept[-1]:
            kept.append(point)
    return tuple(kept)
