"""Figures, months and lists as they are written in a contract."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from models.deal.field import Unit
from models.deal.months import month_number, month_text
from models.deal.values import number_text

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def amount(currency: str, value: float) -> str:
    """An amount that is agreed, with every digit: `USD 60,000,000`."""
    return f"{currency} {number_text(Unit.COUNT, float(value))}"


def about(currency: str, value: float) -> str:
    """An amount that follows from other terms, to a tenth of a million: `USD 2,181.2 million`."""
    return f"{currency} {millions(value)} million"


def millions(value: float) -> str:
    """An amount in millions with one digit behind the point."""
    return f"{value / 1e6:,.1f}"


def price(value: float) -> str:
    """A price with at least two digits behind the point and no digit dropped."""
    return number_text(Unit.PRICE_PER_GPU_HOUR, float(value))


def count(value: float) -> str:
    """A number of things."""
    return number_text(Unit.COUNT, float(value))


def percent(fraction: float) -> str:
    """`0.0225` as `2.25%`."""
    return f"{number_text(Unit.FRACTION, round(float(fraction), 12))}%"


def points(fraction: float) -> str:
    """A spread a year: `0.03` as `300 basis points`."""
    return f"{number_text(Unit.SPREAD, float(fraction))} basis points"


def times(multiple: float) -> str:
    """A multiple: `1.3` as `1.30x`."""
    return f"{number_text(Unit.RATIO, float(multiple))}x"


def small(number: int) -> str:
    """A whole number in letters up to twelve."""
    return _SMALL[number] if 0 <= number < len(_SMALL) else f"{number:,}"


def months(number: int) -> str:
    """`three months`, `one month`, `40 months`."""
    return f"{small(number)} month{'' if number == 1 else 's'}"


def every(number: int) -> str:
    """How often something falls due: `every month`, `every three months`."""
    return "every month" if number == 1 else f"every {months(number)}"


def month(text: str) -> str:
    """`2027-03` as `March 2027`."""
    return f"{MONTHS[int(text[5:]) - 1]} {text[:4]}"


def month_at(start: str, offset: int) -> str:
    """The month so many months after the start, in words."""
    return month(month_text(month_number(start) + offset))


def day(date: dt.date) -> str:
    """`24 November 2026`."""
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def listed(words: Sequence[str], last: str = "and") -> str:
    """`a, b and c`."""
    *most, end = words
    return f"{', '.join(most)} {last} {end}" if most else end


def capital(text: str) -> str:
    """The text with a capital letter first."""
    return text[:1].upper() + text[1:]
