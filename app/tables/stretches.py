"""Rows that changed, as few stretches of neighbours: what else a table shows need not be painted again."""

from __future__ import annotations

from collections.abc import Iterable


def stretches(rows: Iterable[int]) -> list[tuple[int, int]]:
    """First and last of each run of rows without a gap: (1, 2, 3, 7) gives [(1, 3), (7, 7)]. The rows come in order."""
    found: list[tuple[int, int]] = []
    for row in rows:
        if found and row == found[-1][1] + 1:
            found[-1] = (found[-1][0], row)
        else:
            found.append((row, row))
    return found
