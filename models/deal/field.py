"""What is known about one field of a deal: label, unit, range, help, and who may see it. Forms, checks,
the workbook and the help pages are generated from this, and pydantic validates with it."""

import math
import re
from dataclasses import dataclass, replace
from enum import Enum
from typing import Literal
from unicodedata import category

from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from models.deal.months import is_month

Shape = Literal["scalar", "by_year", "by_year_and_band", "bands", "by_month", "by_phase"]

LARGEST_TABLE = {"by_year": 60, "by_year_and_band": 60, "bands": 12, "by_month": 600, "by_phase": 12}
LARGEST_TEXT = 200
_UNWRITABLE = ("Cc", "Cs", "Cn", "Co", "Zl", "Zp")  # control, surrogate, unassigned, private, line breaks
SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£"}


class Unit(Enum):
    """How a value is shown: shown = value in the file * 10**power, with at least `decimals` digits, then `suffix`.

    `money` units carry the currency in front of the suffix.
    """

    MONEY = ("money", "m", -6, 1, True)
    MONEY_PER_GPU = ("money per GPU", "per GPU", 0, 0, True)
    PRICE_PER_GPU_HOUR = ("price per GPU-hour", "per GPU-hour", 0, 2, True)
    PRICE_PER_MTOKENS = ("price per million tokens", "per million tokens", 0, 2, True)
    PER_KWH = ("price per kWh", "per kWh", 0, 3, True)
    PER_KW_MONTH = ("price per kW-month", "per kW-month", 0, 2, True)
    FRACTION = ("fraction", "%", 2, 1, False)
    RATE = ("rate", "% a year", 2, 2, False)
    SPREAD = ("spread", "bp", 4, 0, False)  # a fraction a year in the file, basis points on screen
    BPS = ("basis points", "bp", 0, 0, False)
    MONTHS = ("months", "months", 0, 0, False)
    DAYS = ("days", "days", 0, 0, False)
    MONTH = ("month", "month", 0, 0, False)
    COUNT = ("count", "", 0, 0, False)
    GPUS = ("GPUs", "GPUs", 0, 0, False)
    KW = ("kW", "kW", 0, 2, False)
    RATIO = ("ratio", "x", 0, 2, False)
    NUMBER = ("number", "", 0, 2, False)
    TOKENS_PER_SECOND = ("tokens per second", "tokens per second", 0, 0, False)
    TEXT = ("text", "", 0, 0, False)
    CHOICE = ("choice", "", 0, 0, False)
    FLAG = ("flag", "", 0, 0, False)

    def __init__(self, words: str, suffix: str, power: int, decimals: int, money: bool) -> None:
        self.words = words
        self.suffix = suffix
        self.power = power
        self.decimals = decimals
        self.money = money

    @property
    def numeric(self) -> bool:
        """True where the value is a number."""
        return self not in (Unit.TEXT, Unit.CHOICE, Unit.FLAG, Unit.MONTH)


def currency_mark(currency: str) -> str:
    """`$`, `€` or `£`, else the ISO code and a space, so that no dollar is mistaken for another."""
    return SYMBOLS.get(currency, f"{currency} ")


def unit_text(unit: Unit, currency: str = "USD") -> str:
    """The unit as written beside a field: `$m`, `$ per GPU-hour`, `% a year`, `months`; empty where there is none."""
    if not unit.money:
        return unit.suffix
    mark = currency_mark(currency).strip()
    joined = unit is Unit.MONEY and currency in SYMBOLS
    return mark + unit.suffix if joined else f"{mark} {unit.suffix}"


@dataclass(frozen=True)
class Field:
    """One field of a deal. Ranges and the step are in file units; `low_open` excludes `low` itself.

    `internal` holds until `fields` finds it among those that a partner may see.
    """

    label: str
    unit: Unit
    help: str
    low: float | None = None
    high: float | None = None
    low_open: bool = False
    internal: bool = True
    optional: bool = False
    none_word: str = "none"
    choices: tuple[tuple[str, str], ...] = ()
    allowed: tuple[int, ...] = ()
    whole: bool = False
    shape: Shape = "scalar"
    step: float = 1.0
    of: str = ""
    pattern: str = ""
    pattern_words: str = ""

    @property
    def element(self) -> "Field":
        """The same field for one entry of a table."""
        return self if self.shape == "scalar" else replace(self, shape="scalar", optional=False)

    @property
    def usual(self) -> bool:
        """True where the none word is a value of the field itself, which holds as long as none is set."""
        return self.optional and (
            self.none_word[:1].isdigit() or any(self.none_word == word for _, word in self.choices)
        )

    def unit_text(self, currency: str = "USD") -> str:
        """The unit with what it is a part of: `% of hours`."""
        return " ".join(word for word in (unit_text(self.unit, currency), self.of) if word)

    def allows(self, value: object) -> bool:
        """True where `value` may stand in this scalar field."""
        if value is None:
            return self.optional
        if self.unit.numeric:
            return self._allows_number(value)
        if self.unit is Unit.FLAG:
            return isinstance(value, bool)
        return isinstance(value, str) and self._allows_word(value)

    def clean(self, value: object) -> object:
        """`value` as the deal keeps it: a whole number written 74.0 becomes 74, all else stays as it came."""
        return int(value) if self.whole and isinstance(value, float) else value

    def _allows_number(self, value: object) -> bool:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        if isinstance(value, float) and not math.isfinite(value):
            return False
        if self.whole and value != int(value):
            return False
        if self.allowed and value not in self.allowed:
            return False
        if self.low is not None and (value < self.low or (self.low_open and value == self.low)):
            return False
        return self.high is None or value <= self.high

    def _allows_word(self, value: str) -> bool:
        if self.unit is Unit.MONTH:
            return is_month(value)
        if self.unit is Unit.CHOICE:
            return any(value == choice for choice, _ in self.choices)
        if not (self.low or 0) <= len(value) <= LARGEST_TEXT or (self.low and not value.strip()):
            return False
        if any(category(letter) in _UNWRITABLE for letter in value):
            return False
        return not self.pattern or re.fullmatch(self.pattern, value, re.ASCII) is not None

    def __get_pydantic_core_schema__(self, _source: object, _handler: object) -> CoreSchema:
        element = self.element

        def validated(value: object) -> object:
            if not element.allows(value):
                raise PydanticCustomError("not_allowed", "not allowed here")
            return element.clean(value)

        scalar: CoreSchema = core_schema.no_info_plain_validator_function(validated)
        if self.shape == "scalar":
            return scalar
        rows = scalar if self.shape != "by_year_and_band" else _tuple_of(scalar, LARGEST_TABLE["bands"])
        table = _tuple_of(rows, LARGEST_TABLE[self.shape])
        return core_schema.nullable_schema(table) if self.optional else table


def _tuple_of(item: CoreSchema, longest: int) -> CoreSchema:
    return core_schema.tuple_schema([item], variadic_item_index=0, max_length=longest)
