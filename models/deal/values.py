"""Values in words: as the screen shows them, as a file holds them, and what a field allows."""

import math
from decimal import Decimal

from models.deal.field import LARGEST_TABLE, LARGEST_TEXT, Field, Unit
from models.deal.months import EARLIEST, LATEST, month_label

LONGEST_SHOWN = 60
_QUOTED_MONTH = '"2027-03"'
_ENDLESS = 1e9  # no amount or price comes near to a limit from here on
_LEAST_DECIMALS = {Unit.FRACTION: 0, Unit.RATE: 0, Unit.MONEY: 0}


def number_text(unit: Unit, value: float, least: int | None = None) -> str:
    """A number of the file in the unit's digits, no unit: 3.3 as `3.30`, 0.145 as `14.5`, 136763065.0 as `136.763065`.

    No digit is dropped; `least` decimals are always shown (the unit's own where it is None).
    """
    least = _LEAST_DECIMALS.get(unit, unit.decimals) if least is None else least
    exact = Decimal(repr(value)).scaleb(unit.power).normalize()
    exponent = exact.as_tuple().exponent
    decimals = max(least, -exponent if isinstance(exponent, int) else 0)
    return f"{exact:,.{decimals}f}".replace("-", "−")


def text_of(field: Field, value: object, currency: str = "USD") -> str:
    """A value of `field` as a reader wants it: `3.30 $ per GPU-hour`, `60 %`, `Jun 2028`, `Revenue shortfall`."""
    bare = bare_text(field, value)
    unit = field.unit_text(currency)
    counts = isinstance(value, int | float) and not isinstance(value, bool)
    return f"{bare} {unit}" if unit and counts else bare


def bare_text(field: Field, value: object) -> str:
    """`text_of` without the unit; a table as its entries."""
    if value is None:
        return field.none_word
    if isinstance(value, tuple | list):
        return ", ".join(bare_text(field.element, entry) for entry in value) or "empty"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return number_text(field.unit, value)
    text = str(value)
    if field.unit is Unit.MONTH:
        return month_label(text)
    return dict(field.choices).get(text, text)


def brief(value: object, digits: int) -> object:
    """A value, or each entry of a table, with no more significant digits than these."""
    if isinstance(value, tuple):
        return tuple(brief(entry, digits) for entry in value)
    return float(f"{value:.{digits}g}") if isinstance(value, float) else value


def raw_text(value: object) -> str:
    """Any value of a file, briefly and safely: `1.5`, `"US"`, `null`, `a list of 3`."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        return str(value) if abs(value) < 10**20 else "a number of more than 20 digits"
    if isinstance(value, float):
        return repr(value) if math.isfinite(value) else "not a finite number"
    if isinstance(value, str):
        return f'"{clipped(value)}"'
    return f"a list of {len(value)}" if isinstance(value, list | tuple) else "an object"


def clipped(text: str) -> str:
    """At most 60 characters of `text`, with what cannot be printed escaped."""
    short = text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in short)


def allowed_in_file(field: Field) -> str:
    """What may stand in the file: `from 0 to 1 (0 % to 100 %)`, `"gross", "net_of_power" or ...`."""
    words = _allowed(field, shown=False)
    return f"{words} or null" if field.optional else words


def allowed_on_screen(field: Field, currency: str = "USD") -> str:
    """What may be entered, in the unit of the screen: `from 0 to 100 %`, `0 or more $m`."""
    words = _allowed(field, shown=True, currency=currency)
    if field.usual:
        return f"{words}; {field.none_word} unless set"
    return f"{words}, or {field.none_word}" if field.optional else words


def segment_label(segment: str) -> str:
    """The name of a segment as a reader wants it: `model_builders` as `Model builders`."""
    words = clipped(segment).replace("_", " ")
    return words[:1].upper() + words[1:]


def listed(words: list[str]) -> str:
    """`a, b or c`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _allowed(field: Field, *, shown: bool, currency: str = "USD") -> str:
    if field.shape != "scalar" and not shown:
        return f"a list of at most {LARGEST_TABLE[field.shape]} entries"
    if field.unit.numeric and not field.allowed:
        return _range(field, shown=shown, currency=currency)
    return _allowed_word(field, shown=shown)


def _allowed_word(field: Field, *, shown: bool) -> str:
    if field.allowed:
        return listed([str(each) for each in field.allowed])
    if field.unit is Unit.CHOICE:
        return listed([label if shown else f'"{word}"' for word, label in field.choices])
    if field.unit is Unit.FLAG:
        return "yes or no" if shown else "true or false"
    if field.unit is Unit.MONTH:
        span = f"{month_label(EARLIEST)} to {month_label(LATEST)}" if shown else f"{EARLIEST} to {LATEST}"
        return f"a month such as {'Mar 2027' if shown else _QUOTED_MONTH}, from {span}"
    return field.pattern_words or f"text of {int(field.low or 0)} to {LARGEST_TEXT} printable characters"


def _range(field: Field, *, shown: bool, currency: str) -> str:
    whole = "a whole number " if field.whole and not field.allowed else "a number " if not shown else ""
    power = field.unit.power
    in_file = _span(field, 0)
    if shown:
        endless = field.unit.money and field.low == 0 and not field.low_open and (field.high or 0) >= _ENDLESS
        words = f"{whole}{'0 or more' if endless else _span(field, power)} {field.unit_text(currency)}"
        return words.strip()
    if field.unit.suffix in ("%", "% a year", "bp") and power:
        return f"{whole}{in_file} ({_span(field, power).removeprefix('from ')} {field.unit.suffix})"
    return f"{whole}{in_file}"


def _span(field: Field, power: int) -> str:
    low, high = (
        None if end is None else f"{Decimal(repr(end)).scaleb(power).normalize():,f}".replace("-", "−")
        for end in (field.low, field.high)
    )
    if low is None:
        return f"at most {high}"
    if high is None:
        return f"{'above ' if field.low_open else 'from '}{low}"
    return f"above {low} and at most {high}" if field.low_open else f"from {low} to {high}"
