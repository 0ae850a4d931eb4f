"""Which marks a locale writes numbers with, whether its billion is the English one, and numbers written with them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Decimal

from PySide6.QtCore import QLocale

SPACES = "\u0020\u00a0\u202f\u2009\u2007"
APOSTROPHES = "'\u2019\u02bc"
MINUS = "\u2212"
_SIGNIFICANT = 12
_LARGEST = 20  # power of ten up to which numbers are written out
_THOUSANDS_OR_NOT = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")


@dataclass(frozen=True)
class Marks:
    """How a locale writes numbers: its decimal mark and its group mark.

    `by_two` says that it groups by two after the thousands, as India does; `english` that a billion is 10^9 in its
    language, which in German, French, Polish and others is 10^12.
    """

    decimal: str
    group: str
    by_two: bool = False
    english: bool = False

    @classmethod
    def of(cls, locale: QLocale) -> Marks:
        """The marks of a Qt locale."""
        long = locale.toString(12345678)
        return cls(
            locale.decimalPoint(),
            locale.groupSeparator(),
            by_two=long.count(locale.groupSeparator()) > 2,
            english=locale.language() in (QLocale.Language.English, QLocale.Language.C),
        )

    def groups(self, digits: str) -> str:
        """Whole digits with group marks: "1234567" -> "1,234,567"."""
        if len(digits) <= 3:
            return digits
        head, tail = digits[:-3], digits[-3:]
        size = 2 if self.by_two else 3
        first = len(head) % size
        parts = ([head[:first]] if first else []) + [head[i : i + size] for i in range(first, len(head), size)]
        return self.group.join([*parts, tail])


def write(value: float, power: int, decimals: int, marks: Marks, *, exact: bool = True) -> str:
    """A file value as shown: divided by 10**power, at least `decimals` places, more only where `exact` needs them.

    Negative numbers carry U+2212. Never more than twelve significant digits, so that 3.4100000000000006 reads 3.41.
    What no deal can hold, such as a present value at a rate near -100 %, is written 1.23e45.
    """
    shown = Decimal(repr(float(value))).scaleb(-power)
    if shown.adjusted() > _LARGEST:
        text = f"{shown:.2e}".replace("e+", "e")
        return text.replace("-", MINUS).replace(".", marks.decimal)
    places = max(0, _SIGNIFICANT - 1 - shown.adjusted()) if shown else decimals
    limit = Decimal(1).scaleb(-max(decimals, places if exact else decimals))
    text = f"{shown.quantize(limit, ROUND_HALF_EVEN):f}"
    sign = ""
    if text.startswith("-"):
        sign, text = MINUS, text[1:]
    whole, _, part = text.partition(".")
    while len(part) > decimals and part.endswith("0"):
        part = part[:-1]
    if not part.strip("0") and not whole.strip("0"):
        sign = ""
    return sign + marks.groups(whole) + (marks.decimal + part if part else "")


def evidence(texts: Iterable[str], marks: Marks) -> Marks | None:
    """The marks a block of pasted cells is written with, judged by the cells that can be read one way only.

    Cells of one paste come from one sheet, so one cell such as "3,15" settles how "1,060" beside it is meant.
    None when the cells contradict each other; the locale's own marks when no cell tells.
    """
    decimals = _decimals(texts)
    if not decimals:
        return marks
    if len(decimals) > 1:
        return None
    decimal = decimals.pop()
    group = marks.group if marks.group != decimal else ("," if decimal == "." else ".")
    if group not in SPACES + APOSTROPHES and marks.decimal != decimal:
        group = "," if decimal == "." else "."
    return replace(marks, decimal=decimal, group=group)


def undecided(texts: Iterable[str]) -> list[str]:
    """The cells of a block that could be thousands or have three decimals, as "1,060"; none where another tells."""
    held = list(texts)
    return [] if _decimals(held) else [text for text in held if _THOUSANDS_OR_NOT.fullmatch(_bare(text))]


def _bare(text: str) -> str:
    return "".join(c for c in text if c in "0123456789.,")


def _decimals(texts: Iterable[str]) -> set[str]:
    """The decimal marks of the cells that can be read one way only."""
    decimals: set[str] = set()
    for text in texts:
        body = _bare(text)
        last = max(body.rfind("."), body.rfind(","))
        if last < 0:
            continue
        mark, before, after = body[last], body[:last], body[last + 1 :]
        other = "," if mark == "." else "."
        if other in before and before.count(mark) == 0:
            decimals.add(mark)
        elif mark in before:
            decimals.add(other)
        elif len(after) != 3 or len(before) > 3 or before.startswith("0") or not before:
            decimals.add(mark)
    return decimals
