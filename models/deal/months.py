"""Months as they stand in a deal file (`2027-03`), as whole numbers that can be subtracted, and in words."""

import re
from functools import lru_cache

EARLIEST, LATEST = "2000-01", "2199-12"
_FORM = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)
_SHORT = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_KEPT = 4096
"""Months of which number and words are kept: the same few hundred are asked for at every keystroke."""


def is_month(text: str) -> bool:
    """True for `YYYY-MM` between EARLIEST and LATEST, both included."""
    return _FORM.fullmatch(text) is not None and EARLIEST <= text <= LATEST


@lru_cache(maxsize=_KEPT)
def month_number(month: str) -> int:
    """`2027-03` as months since year 0 (2027 * 12 + 2); the difference of two is a count of months."""
    return int(month[:4]) * 12 + int(month[5:]) - 1


@lru_cache(maxsize=_KEPT)
def month_text(number: int) -> str:
    """The inverse of `month_number`: `2027 * 12 + 2` as `2027-03`."""
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def month_after(month: str, count: int) -> str:
    """The month `count` months after `month`, both as `YYYY-MM`."""
    return month_text(month_number(month) + count)


@lru_cache(maxsize=_KEPT)
def month_label(month: str) -> str:
    """`2027-03` as `Mar 2027`."""
    return f"{_SHORT[int(month[5:]) - 1]} {month[:4]}"
