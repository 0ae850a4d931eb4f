"""Months as people write them; the deal keeps them as "2028-06"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtCore import QLocale

from models import month_label, month_number, month_text

_NAMES = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_NO_MONTH = 13
_YEARS = range(2000, 2200)  # the calendar of a deal file
_ISO = re.compile(r"^(\d{4})[-/. ](\d{1,2})(?:[-/.]\d{1,2}(?:[ T][\d:.]+)?)?$", re.ASCII)
_MONTH_FIRST = re.compile(r"^(\d{1,2})[-/. ](\d{4})$", re.ASCII)
_SHORT_YEAR = re.compile(r"^(\d{1,2})[-/.](\d{2})$", re.ASCII)
_DAY = re.compile(r"^(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})(?:[ T][\d:.]+)?$", re.ASCII)
_DAY_NAMED = re.compile(
    r"^(?:\d{1,2}(?:st|nd|rd|th)?\.?[ \-/]*([^\W\d]+)|([^\W\d]+) ?\d{1,2}(?:st|nd|rd|th)?,)\.?[ \-/,]*(\d{4})$"
)
_NAMED = re.compile(r"^([^\W\d]+)\.?[ \-/,]*['\u2019]?(\d{4}|\d{2})$")
_NAMED_LAST = re.compile(r"^(\d{4})[ \-/]*([^\W\d]+)\.?$")


@dataclass(frozen=True)
class ReadMonth:
    """A month as "YYYY-MM", or a sentence why the text is none."""

    value: str | None = None
    sentence: str = ""
    unfinished: bool = False

    @property
    def ok(self) -> bool:
        """True where the text is a month."""
        return self.value is not None


def read_month(text: str) -> ReadMonth:
    """Read "Jun 2028", "June '28", "2028-06", "06/2028", "2028-06-01"; "06/07" could be two months and is refused."""
    said = " ".join(text.split())
    found = _numbers(said)
    if found is None:
        return ReadMonth(
            sentence=f"“{said}” is not a month." if said else "No month is entered.", unfinished=len(said) < 8
        )
    year, month = found
    if not month:
        return ReadMonth(sentence=f"“{said}” could be two months.", unfinished=len(said) < 8)
    if not (1 <= month <= 12 and year in _YEARS):
        return ReadMonth(sentence=f"“{said}” is not a month of this century or the next.", unfinished=True)
    return ReadMonth(f"{year:04d}-{month:02d}")


def _numbers(said: str) -> tuple[int, int] | None:
    """(year, month); month 0 where the text can be read two ways, 13 where it names none."""
    if found := _ISO.match(said):
        return int(found[1]), int(found[2]) or _NO_MONTH
    if found := _MONTH_FIRST.match(said):
        return int(found[2]), int(found[1]) or _NO_MONTH
    if found := _SHORT_YEAR.match(said):
        month, year = int(found[1]) or _NO_MONTH, int(found[2])
        return (2000 + year, 0) if 1 <= year <= 12 else (2000 + year, month)
    if found := _DAY.match(said):
        return _of_day(int(found[1]), int(found[3]), found[4])
    if found := _DAY_NAMED.match(said):
        month_name, year_text = found[1] or found[2], found[3]
    elif found := _NAMED.match(said):
        month_name, year_text = found[1], found[2]
    elif found := _NAMED_LAST.match(said):
        month_name, year_text = found[2], found[1]
    else:
        return None
    number = _named(month_name)
    year = int(year_text) if len(year_text) == 4 else 2000 + int(year_text)
    return (year, number) if number else None


def _of_day(first: int, second: int, year_text: str) -> tuple[int, int]:
    """The month of a day written in figures: 0 where either of two could be it, 13 where none can."""
    year = int(year_text) if len(year_text) == 4 else 2000 + int(year_text)
    could_be = {each for each in (first, second) if 1 <= each <= 12}
    if len(could_be) > 1 or len(year_text) == 2:  # of three short figures any could be the year
        return year, 0
    return year, could_be.pop() if could_be and 1 <= min(first, second) <= max(first, second) <= 31 else _NO_MONTH


def _named(name: str) -> int:
    """1..12 for a month's English name or the locale's, in full or from three letters on; 0 for anything else."""
    low = name.lower()
    locale = QLocale()
    for number in range(1, 13):
        own = locale.standaloneMonthName(number, QLocale.FormatType.LongFormat).lower()
        short = locale.standaloneMonthName(number, QLocale.FormatType.ShortFormat).lower().rstrip(".")
        if low in (own, short) or (len(low) >= 3 and _NAMES[number - 1].startswith(low)):
            return number
    return 0


def month_words(month: str) -> str:
    """ "2028-06" as "Jun 2028"."""
    return month_label(month)


def month_moved(month: str, by: int) -> str:
    """The month `by` months later (earlier below 0), or the same where the deal's calendar ends."""
    moved = month_number(month) + by
    return month_text(moved) if moved // 12 in _YEARS else month
