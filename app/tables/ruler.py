"""The heads of months that follow each other: the year is said where it begins, and where the eye could lose it."""

from __future__ import annotations

from collections.abc import Sequence

WITHIN_SIGHT = 14
"""Months up to which all stand beside each other in the window."""


def ruler(months: Sequence[str]) -> tuple[str, ...]:
    """`Aug ’27`, `Sep`, `Oct`, ..., `Jan ’28`, `Feb`; of more than `WITHIN_SIGHT` months each has its year.

    Args:
        months: such as `Aug 2027`, one after the other.
    """
    parts = [month.split(" ") for month in months]
    every = len(parts) > WITHIN_SIGHT
    return tuple(
        f"{name} ’{year[-2:]}" if every or at == 0 or parts[at - 1][1] != year else name
        for at, (name, year) in enumerate(parts)
    )
