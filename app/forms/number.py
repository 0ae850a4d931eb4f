"""The one reader of numbers: what is typed into a field and what is pasted into a table both come through here.

A text is read or it is refused with a sentence; nothing is guessed. A mark that could group digits or begin a fraction
("1,234") is read as the locale reads it and refused where the locale has no opinion.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from app.forms.marks import APOSTROPHES, SPACES, Marks

Kind = Literal["money", "price", "percent", "spread", "bps", "ratio", "months", "count", "plain"]


@dataclass(frozen=True)
class Shown:
    """How a unit is written: file value = number shown x 10**power."""

    kind: Kind
    power: int = 0
    decimals: int = 2
    suffix: str = ""  # beside the field, such as "$m" or "months"
    noun: str = "a number"
    currency: str = ""  # ISO code of the deal's money where the unit is money
    whole: bool = False  # only whole numbers make sense


@dataclass(frozen=True)
class Parsed:
    """A number that was read, in the units of the deal file."""

    value: float
    hint: str = ""  # a sentence when the reader may have meant something else


@dataclass(frozen=True)
class Refused:
    """A text that is no number; `unfinished` while more typing could make it one."""

    reason: str
    unfinished: bool = False


_MINUS_SIGNS = "-\u2212\u2013\ufe63\uff0d"
_CURRENCIES = {"€": ("EUR",), "£": ("GBP",), "¥": ("JPY", "CNY"), "₹": ("INR",), "zł": ("PLN",), "₩": ("KRW",)}
_DOLLARS = ("USD", "AUD", "CAD", "SGD", "HKD", "NZD", "TWD", "MXN", "BRL")
_CODE = re.compile(r"^(?:(?:US|A|C|S|HK|NZ)\$|[A-Z]{3}(?=[\s\d.,\-(\u2212]|$))")
_CELLS = re.compile(r"[\t\r\n]+")
_BODY = re.compile(rf"^[0-9.,{re.escape(APOSTROPHES)}{SPACES}]*$")
_EXPONENT = re.compile(r"^([0-9]+(?:\.[0-9]*)?|\.[0-9]+)[eE]([+-]?[0-9]{1,3})$")
_LARGE = {
    "k": 3, "thousand": 3, "tsd": 3, "tys": 3, "lakh": 5, "lakhs": 5, "m": 6, "mn": 6, "mm": 6, "mio": 6, "mln": 6,
    "million": 6, "millions": 6, "millionen": 6, "crore": 7, "crores": 7, "b": 9, "bn": 9, "mrd": 9, "mld": 9, "mia": 9,
    "md": 9, "milliard": 9, "milliards": 9, "milliarde": 9, "milliarden": 9, "miliard": 9, "billion": 9, "billions": 9,
    "tn": 12, "trillion": 12, "trillions": 12,
}  # fmt: skip
_ENGLISH_ONLY = ("billion", "billions", "trillion", "trillions")  # a thousand or a million times as much elsewhere
_PERCENT = ("%", "percent", "per cent", "pc", "pct")
_POINTS = ("bp", "bps", "basis points")
_WORDS: dict[Kind, tuple[str, ...]] = {
    "months": ("m", "mo", "month", "months"),
    "ratio": ("x", "×"),
}
_YEARS = ("y", "yr", "yrs", "year", "years")


class _CannotReadError(Exception):
    def __init__(self, reason: str, *, unfinished: bool = False) -> None:
        super().__init__(reason)
        self.refused = Refused(reason, unfinished)


def parse_number(text: str, unit: Shown, marks: Marks | None) -> Parsed | Refused:
    """Read a number as a person or a spreadsheet writes it, in the unit shown beside the field.

    `marks` are the locale's; None when nothing is known, and then whatever can be read two ways is refused.
    """
    said = text.strip(SPACES + "\t\r\n")
    try:
        return _read(said, unit, marks)
    except _CannotReadError as error:
        return error.refused


def _read(said: str, unit: Shown, marks: Marks | None) -> Parsed:
    first, *others = _CELLS.split(said)
    if others:  # a block of a spreadsheet, pasted into one field
        more = "1 more value" if len(others) == 1 else f"{len(others)} more values"
        raise _CannotReadError(f"“{first}” came with {more}; there is room for one.")
    core, negative = _sign(said)
    core = _without_currency(said, core, unit)
    if core[:1] in tuple(_MINUS_SIGNS) and not negative:  # "$-5"
        core, negative = core[1:].lstrip(SPACES), True
    figure, word = _split(core)
    power = _power(said, word, unit, marks)
    digits = _digits(said, figure, unit, marks)
    exact = (-digits if negative else digits) * (12 if unit.kind == "months" and word.lower() in _YEARS else 1)
    value = float(exact.scaleb(power))
    if not math.isfinite(value):
        raise _CannotReadError(f"“{said}” is too large.")
    if unit.whole and not value.is_integer():
        raise _CannotReadError(f"“{said}” is not a whole number.", unfinished=True)
    return Parsed(value + 0.0, _hint(exact, word, unit))


def _sign(said: str) -> tuple[str, bool]:
    """The text without its sign or brackets, and whether it was negative."""
    if not said:
        raise _CannotReadError("Nothing is entered.")
    core, negative = said, False
    if core.startswith("("):
        if not core.endswith(")"):
            raise _CannotReadError(f"“{said}” has no closing bracket.", unfinished=True)
        core, negative = core[1:-1].strip(SPACES), True
        if core[:1] in tuple("+" + _MINUS_SIGNS):
            raise _CannotReadError(f"“{said}” has both a sign and brackets.")
    elif core[0] in _MINUS_SIGNS:
        core, negative = core[1:].lstrip(SPACES), True
    elif core[0] == "+":
        core = core[1:].lstrip(SPACES)
    if not core:
        raise _CannotReadError(f"“{said}” has no digits.", unfinished=True)
    if core[0] in "+" + _MINUS_SIGNS:
        raise _CannotReadError(f"“{said}” has two signs.")
    return core, negative


def _without_currency(said: str, core: str, unit: Shown) -> str:
    """The text without a currency sign or code; another money than the deal's is refused."""
    code = _CODE.match(core)
    signs = [code.group()] if code else []
    signs += [sign for sign in ("$", *_CURRENCIES) if core.startswith(sign)]
    rest = core
    if signs:
        rest = core[len(signs[0]) :].lstrip(SPACES)
    else:
        signs = [sign for sign in ("$", *_CURRENCIES, unit.currency) if sign and core.endswith(sign)]
        rest = core[: -len(signs[0])].rstrip(SPACES) if signs else core
    if signs and unit.kind not in ("money", "price"):
        raise _CannotReadError(f"“{said}” is an amount of money, which is not understood here{_beside(unit)}.")
    if signs and not _same_money(signs[0], unit):
        raise _CannotReadError(f"“{said}” is not in {unit.currency or 'the unit of this field'}.")
    return rest


def _same_money(sign: str, unit: Shown) -> bool:
    if not unit.currency:
        return False
    if sign == "$":
        return unit.currency in _DOLLARS
    if sign.endswith("$"):
        return unit.currency.startswith(sign[:-1])
    return unit.currency in _CURRENCIES.get(sign, (sign,))


def _split(core: str) -> tuple[str, str]:
    """The figure and the word behind it: "1.2bn" -> "1.2", "bn"."""
    if _EXPONENT.match(core):
        return core, ""
    if core.endswith(".") and core[-2:-1].isalpha():  # a word cut short: "5 Mio."
        core = core[:-1]
    end = len(core)
    while end and core[end - 1] not in "0123456789.," + APOSTROPHES:
        end -= 1
    return core[:end].strip(SPACES), core[end:].strip(SPACES)


def _power(said: str, word: str, unit: Shown, marks: Marks | None) -> int:
    """The power of ten that brings the figure to file units, from its word or else from the unit of the field."""
    low = word.lower()
    own = (unit.suffix.lower(), *_WORDS.get(unit.kind, ()))
    if not low or low in own:
        return unit.power
    answer: int | None = None
    if unit.kind == "months":
        answer = 0 if low in _YEARS else None
    elif low in _PERCENT:
        answer = {"percent": -2, "spread": -2, "bps": 2}.get(unit.kind)
    elif low in _POINTS:
        answer = {"percent": -4, "spread": -4, "bps": 0}.get(unit.kind)
    elif low in _LARGE and unit.kind in ("money", "price", "count", "plain"):
        if low in _ENGLISH_ONLY and not (marks and marks.english):
            raise _CannotReadError(
                f"“{said}” is another number in English than in other languages. "
                "Write bn or Mrd for a thousand millions, tn for a million millions."
            )
        answer = _LARGE[low]
    if answer is not None:
        return answer
    known = (*own, *_LARGE, *_PERCENT, *_POINTS, *(_YEARS if unit.kind == "months" else ()))
    unfinished = any(name.startswith(low) for name in known if name)
    if not any(c.isdigit() for c in said):
        raise _CannotReadError(f"“{said}” is not a number.", unfinished=unfinished)
    raise _CannotReadError(
        f"“{said}” ends in “{word}”, which is not understood here{_beside(unit)}.", unfinished=unfinished
    )


def _beside(unit: Shown) -> str:
    return f"; the unit of this field is {unit.suffix}" if unit.suffix else ""


def _digits(said: str, figure: str, unit: Shown, marks: Marks | None) -> Decimal:
    """The figure itself, without sign and word."""
    if _EXPONENT.match(figure):
        return Decimal(figure)
    if not any(c in "0123456789" for c in figure) or not _BODY.match(figure):
        raise _CannotReadError(f"“{said}” is not a number.", unfinished=figure in (".", ","))
    decimal = _decimal_mark(said, figure, unit, marks)
    whole, _, part = figure.partition(decimal) if decimal else (figure, "", "")
    if not _grouped(whole, marks) or not (part.isdigit() or not part):
        raise _CannotReadError(f"“{said}” has a mark between its digits that is out of place.", unfinished=True)
    return Decimal(("".join(c for c in whole if c.isdigit()) or "0") + "." + (part or "0"))


def _decimal_mark(said: str, figure: str, unit: Shown, marks: Marks | None) -> str:
    """The mark that begins the fraction, "" if there is none."""
    if "." in figure and "," in figure:
        mark = "." if figure.rfind(".") > figure.rfind(",") else ","
        if figure.count(mark) > 1:
            raise _CannotReadError(f"“{said}” has two decimal marks.")
        return mark
    mark = "." if "." in figure else ","
    if figure.count(mark) > 1 and not _grouped(figure, marks):
        raise _CannotReadError(f"“{said}” has two decimal marks.", unfinished=_may_become_grouped(figure, mark))
    return mark if figure.count(mark) == 1 and _begins_fraction(said, figure, unit, marks) else ""


def _begins_fraction(said: str, figure: str, unit: Shown, marks: Marks | None) -> bool:
    """Whether the only mark of a figure begins its fraction; the locale decides what could be either."""
    mark = "." if "." in figure else ","
    before, _, after = figure.partition(mark)
    could_group = len(after) == 3 and 1 <= len(before) <= 3 and before.isdigit() and before != "0"
    if not could_group:
        if unit.whole and marks is not None and mark == marks.group and after:
            raise _CannotReadError(
                f"“{said}” has a mark between its digits that is out of place.", unfinished=len(after) < 3
            )
        return True
    if marks is None or mark not in (marks.decimal, marks.group):
        raise _CannotReadError(
            f"“{said}” could mean {before + after} or {before}.{after}. "
            "Leave the mark out, or write four digits after it."
        )
    return mark == marks.decimal


def _may_become_grouped(figure: str, mark: str) -> bool:
    first, *middle, last = figure.split(mark)
    return 1 <= len(first) <= 3 and all(len(part) == 3 for part in middle) and len(last) < 3


def _grouped(whole: str, marks: Marks | None) -> bool:
    """Whether the digits left of the decimal mark are grouped as people group them, with one kind of mark."""
    if whole.isdigit() or not whole:
        return True
    if len({_kind(c) for c in whole if not c.isdigit()}) != 1:
        return False
    first, *rest = re.split(rf"[.,{re.escape(APOSTROPHES)}{SPACES}]", whole)
    if not 1 <= len(first) <= 3 or len(rest[-1]) != 3:
        return False
    by_three = all(len(part) == 3 for part in rest)
    if by_three or marks is None or not marks.by_two or marks.group not in whole:
        return by_three
    return len(first) <= 2 and all(len(part) == 2 for part in rest[:-1])


def _kind(mark: str) -> str:
    if mark in SPACES:
        return " "
    return "'" if mark in APOSTROPHES else mark


def _hint(exact: Decimal, word: str, unit: Shown) -> str:
    """What a reader who thinks in fractions should know about a small bare number in a % or bp field."""
    if unit.kind not in ("percent", "spread", "bps") or word or not 0 < abs(exact) < 1:
        return ""
    if unit.kind != "percent":
        percent = (exact * 100).normalize()
        return f"This is {exact.normalize():f} bp. For {percent:f} % enter {(percent * 100).normalize():f}."
    return f"This is {exact.normalize():f} %. For {(exact * 100).normalize():f} % enter {(exact * 100).normalize():f}."
