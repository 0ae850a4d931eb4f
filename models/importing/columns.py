"""What stands in a column of a table: dates in the ways people write them, and numbers. Nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from math import isfinite
from typing import Literal

from models.importing.source import ImportRefusedError, Value

DayOrder = Literal["day first", "month first"]
Mark = Literal[".", ","]

_NUMERIC = re.compile(r"(\d{1,4})[-./ ](\d{1,2})[-./ ](\d{2,4})(?:[ T]\d{1,2}:\d{2}.*)?")
_MONTH = re.compile(r"(\d{4})[-./ ](\d{1,2})|(\d{1,2})[-./](\d{4})")
_QUARTER = re.compile(r"(?:Q([1-4])[ /-]*(\d{4})|(\d{4})[ /-]*Q([1-4]))", re.IGNORECASE)
_WEEK = re.compile(r"(\d{4})[ -]*W(\d{1,2})", re.IGNORECASE)
_WORDS = re.compile(r"(?:(\d{1,2})[ .-]+)?([^\W\d_]{3,10})\.?[ ,'-]+(?:(\d{1,2}),? +)?(\d{4}|\d{2})")
_YEAR = re.compile(r"(?:FY *)?(20\d\d)", re.IGNORECASE)
_NAMES = (
    ("jan", "ene", "gen"), ("feb", "fev", "fév"), ("mar", "mär", "mrz", "mae", "maa", "mrt"), ("apr", "avr", "abr"),
    ("may", "mai", "mag", "mei"), ("jun", "juin", "giu"), ("jul", "juil", "lug"), ("aug", "aou", "aoû", "ago"),
    ("sep", "set"), ("oct", "okt", "ott", "out"), ("nov",), ("dec", "déc", "dez", "dic"),
)  # fmt: skip
"""How the names of months begin in English, German, French, Spanish, Italian, Portuguese and Dutch; none means two."""
_MONTHS = {name: month for month, names in enumerate(_NAMES, start=1) for name in names}
_SPACES = re.compile(r"\s")
_FIGURE = re.compile(r"([+-]?) ?([0-9.,' ]+)([eE][+-]?[0-9]+)?")
_SEPARATOR = re.compile(r"[.,' ]")
_GROUPS = (r"[0-9]{{1,3}}(?:{0}[0-9]{{3}})+", r"[0-9]{{1,2}}(?:{0}[0-9]{{2}})+{0}[0-9]{{3}}")
_SERIAL_ZERO = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000  # 1954 to 2119, as a workbook counts days
_CENTURY = 2000


def day_order_of(values: Sequence[Value]) -> DayOrder | None:
    """How a column writes its days where any of its dates can be read one way only; None where all read both ways."""
    for value in values:
        match = _NUMERIC.fullmatch(value) if isinstance(value, str) else None
        if match is None or len(match[1]) > 2:
            continue
        if int(match[1]) > 12:
            return "day first"
        if int(match[2]) > 12:
            return "month first"
    return None


def has_open_days(values: Sequence[Value]) -> bool:
    """Whether the column holds dates such as 03/04/2027, and none that says which number is the day."""
    numeric = [_NUMERIC.fullmatch(value) for value in values if isinstance(value, str)]
    open_ = any(match and len(match[1]) <= 2 and match[1] != match[2] for match in numeric)
    return open_ and day_order_of(values) is None


def as_date(value: Value, order: DayOrder | None) -> date | None:
    """A value as a day: of a month, a quarter or a week the first one. None where it is no date.

    Args:
        value: text in the ways of ISO, numbers between marks, words or quarters; or a workbook's count of days.
        order: which of two small numbers is the day.
    """
    if isinstance(value, float | int):
        return _SERIAL_ZERO + timedelta(days=int(value)) if _FIRST_SERIAL <= value <= _LAST_SERIAL else None
    if value is None:
        return None
    try:
        return _of_text(value.strip(), order)
    except ValueError:  # a 31 April
        return None


def as_year(value: Value) -> date | None:
    """The first day of a year that stands alone, such as 2027 or FY2027; None for anything else."""
    text = f"{value:.0f}" if isinstance(value, float | int) else (value or "").strip()
    match = _YEAR.fullmatch(text)
    return date(int(match[1]), 1, 1) if match else None


def _of_text(text: str, order: DayOrder | None) -> date | None:
    found: date | None = None
    if match := _NUMERIC.fullmatch(text):
        a, b, c = (int(part) for part in match.groups())
        year, month, day = (a, b, c) if len(match[1]) > 2 else (c, b, a) if order == "day first" else (c, a, b)
        found = date(_full(year), month, day)
    elif match := _MONTH.fullmatch(text):
        found = date(int(match[1] or match[4]), int(match[2] or match[3]), 1)
    elif match := _QUARTER.fullmatch(text):
        found = date(int(match[2] or match[3]), int(match[1] or match[4]) * 3 - 2, 1)
    elif match := _WEEK.fullmatch(text):
        found = date.fromisocalendar(int(match[1]), int(match[2]), 1)
    elif (match := _WORDS.fullmatch(text)) and (named := _month_of(match[2].lower())):
        found = date(_full(int(match[4])), named, int(match[1] or match[3] or 1))
    return found


def _month_of(name: str) -> int | None:
    return _MONTHS.get(name[:4]) or _MONTHS.get(name[:3])


def _full(year: int) -> int:
    return year if year > 99 else _CENTURY + year


def mark_of(values: Sequence[Value]) -> Mark | None:
    """The decimal mark of a column of texts where any of them tells; None where none does."""
    for value in values:
        if not isinstance(value, str):
            continue
        text = re.sub(r"[^\d.,]", "", value)
        dots, commas = text.count("."), text.count(",")
        if dots and commas:
            return "." if text.rfind(".") > text.rfind(",") else ","
        for mark, count in ((".", dots), (",", commas)):
            if count > 1:
                return "," if mark == "." else "."
            if count == 1 and (len(text) - text.index(mark) - 1 != 3 or text.startswith(("0", mark))):
                return mark  # type: ignore[return-value]  # one of the two of the loop
    return None


def has_open_marks(values: Sequence[Value]) -> bool:
    """Whether the column holds numbers such as 1,234, and none that says whether that is a thousand."""
    grouped = any(isinstance(value, str) and re.search(r"\d[.,]\d", value) for value in values)
    return grouped and mark_of(values) is None


def as_number(value: Value, mark: Mark | None) -> float | None:
    """A value as a number; None where it is none.

    Args:
        value: text with the decimal `mark` and any of the usual group marks, or a number.
        mark: None where the column has no marks.

    Group marks must stand where people put them: “1 5” is not 15, and “12,5” with the mark “.” is not 125.
    """
    if isinstance(value, float | int):
        return float(value) if isfinite(value) else None
    if value is None:
        return None
    text = _SPACES.sub(" ", value.strip()).replace("’", "'").replace("\u2212", "-")
    if text.startswith("(") and text.endswith(")"):
        text = f"-{text[1:-1]}"
    match = _FIGURE.fullmatch(text)
    if match is None:
        return None
    sign, body, power = match.groups()
    whole, point, part = body.partition(mark) if mark else (body, "", "")
    group = _SEPARATOR.search(whole)
    if group:
        two_ways = mark is None and group[0] in ".,"
        if two_ways or group[0] == mark or not _grouped(whole, group[0]):
            return None
        whole = whole.replace(group[0], "")
    if not (whole + part).isdigit():
        return None
    number = float(f"{sign}{whole or 0}{'.' if point else ''}{part}{power or ''}")
    return number if isfinite(number) else None


def _grouped(whole: str, mark: str) -> bool:
    """Whether digits are grouped by one mark as people group them: by three, or by two above the thousands."""
    return any(re.fullmatch(form.format(re.escape(mark)), whole) for form in _GROUPS)


def refuse_open(values: Sequence[Value], dates: Sequence[Value], order: DayOrder | None, mark: Mark | None) -> None:
    """Refuse what can be read two ways and was not said.

    Raises:
        ImportRefusedError: naming the first such value.
    """
    if order is None and has_open_days(dates):
        first = next(value for value in dates if isinstance(value, str) and _NUMERIC.fullmatch(value))
        raise ImportRefusedError(f"“{first}” can be read two ways; say whether the day or the month comes first.")
    if mark is None and has_open_marks(values):
        first = next(value for value in values if isinstance(value, str) and re.search(r"\d[.,]\d", value))
        raise ImportRefusedError(f"“{first}” can be read two ways; say which the decimal mark is.")
