"""What one field of the deal accepts and how it is written, for editors, tables and paste alike; no widgets here."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QLocale

from app.forms.marks import Marks, write
from app.forms.month import month_words, read_month
from app.forms.number import Kind, Parsed, Refused, Shown, parse_number
from models import Field, Unit

_KINDS: dict[Unit, Kind] = {
    Unit.MONEY: "money",
    Unit.FRACTION: "percent",
    Unit.RATE: "percent",
    Unit.SPREAD: "spread",
    Unit.BPS: "bps",
    Unit.MONTHS: "months",
    Unit.DAYS: "count",
    Unit.COUNT: "count",
    Unit.GPUS: "count",
    Unit.RATIO: "ratio",
}
_NOUNS: dict[Kind, str] = {
    "money": "an amount",
    "price": "a price",
    "percent": "a percentage",
    "spread": "basis points",
    "bps": "basis points",
    "months": "a number of months",
    "count": "a number",
    "ratio": "a ratio",
    "plain": "a number",
}
_EXAMPLES: dict[Kind, float] = {
    "money": 25e6,
    "price": 3.15,
    "percent": 0.15,
    "spread": 0.03,
    "bps": 80,
    "months": 6,
    "count": 1000,
    "ratio": 1.3,
    "plain": 1.5,
}
_NO_LIMIT = 1e7  # a highest value from here on is no news to anybody


@dataclass(frozen=True)
class Read:
    """What became of a text: a value, or a sentence why not; `unfinished` while more typing may mend it."""

    value: object = None
    sentence: str = ""
    unfinished: bool = False
    hint: str = ""

    @property
    def ok(self) -> bool:
        """True where there is a value, null included."""
        return not self.sentence


class Entry:
    """Reading and writing of one scalar field in one currency and one locale's marks."""

    def __init__(self, field: Field, currency: str = "USD", marks: Marks | None = None) -> None:
        self.field = field
        self.currency = currency
        self.marks = marks or Marks.of(QLocale())
        kind = _KINDS.get(field.unit, "price" if field.unit.money else "plain")
        self.shown = Shown(
            kind, -field.unit.power, field.unit.decimals, field.unit_text(currency), _NOUNS[kind], currency, field.whole
        )

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Entry):
            return NotImplemented
        return (self.field, self.currency, self.marks) == (other.field, other.currency, other.marks)

    def __hash__(self) -> int:
        return hash((self.field, self.currency, self.marks))

    @property
    def unit(self) -> str:
        """The unit as written beside the field."""
        return self.shown.suffix

    @property
    def short_unit(self) -> str:
        """The unit without what it is a part of, for narrow places."""
        return self.field.unit_text(self.currency).removesuffix(self.field.of).strip() if self.field.of else self.unit

    def write(self, value: object) -> str:
        """A file value as the field shows it, without its unit; the none word for null."""
        if value is None:
            return self.field.none_word
        if self.field.unit.numeric and isinstance(value, int | float):
            return write(value, self.shown.power, self.shown.decimals, self.marks)
        if self.field.unit is Unit.MONTH and isinstance(value, str):
            return month_words(value)
        if self.field.unit is Unit.CHOICE:
            return next((label for key, label in self.field.choices if key == value), str(value))
        if self.field.unit is Unit.FLAG:
            return "yes" if value else "no"
        return str(value)

    def words(self, value: object) -> str:
        """A file value as a sentence says it: "$60.0m", "90.0 %", "1.30x"; a price without its unit."""
        text = self.write(value)
        if value is None or not self.field.unit.numeric or self.shown.kind == "price":
            return text
        if self.shown.kind == "money":
            mark = self.unit.removesuffix("m")
            return f"{mark}{text}m" if not mark.endswith(" ") else f"{mark}{text} m"
        return f"{text}x" if self.shown.kind == "ratio" else f"{text} {self.short_unit}".strip()

    def still(self, value: object) -> str:
        """What the deal does while an entry cannot be used: "The deal still computes with 70.0 %."."""
        worded = value is not None and self.field.unit in (Unit.TEXT, Unit.CHOICE)
        words = f"“{self.words(value)}”" if worded else self.words(value)
        return f"The deal still computes with {words}."

    def refused(self, text: str, value: object, sentence: str, kept: object) -> str:
        """The sentence about an entry that can be read and that the deal refuses, with what it keeps instead."""
        return f"“{text.strip() or self.write(value)}” cannot be used. {sentence} {self.still(kept)}"

    def read(self, text: str, marks: Marks | None = None) -> Read:
        """Read a typed or pasted text; `marks` stand in for the locale's where a block of cells has told its own."""
        bare = text.strip()
        if self.field.optional and (
            not bare or bare.lower() in ("none", "null", "–", "—", self.field.none_word.lower())
        ):
            return Read(None)
        if self.field.unit.numeric:
            return self._read_number(bare, marks or self.marks)
        if self.field.unit is Unit.MONTH:
            month = read_month(bare)
            if month.ok and isinstance(month.value, str) and self.field.allows(month.value):
                return Read(month.value)
            return Read(sentence=f"{month.sentence} {self._wanted()}", unfinished=month.unfinished)
        return self._read_words(bare)

    def refuse(self, text: str, marks: Marks | None) -> Read:
        """Read a number knowing nothing but the given marks: with None whatever is ambiguous is refused."""
        return self._read_number(text.strip(), marks)

    def _read_number(self, bare: str, marks: Marks | None) -> Read:
        answer = parse_number(bare, self.shown, marks)
        if isinstance(answer, Refused):
            return Read(sentence=f"{answer.reason} {self._wanted()}", unfinished=answer.unfinished)
        return self._in_range(bare, answer)

    def _in_range(self, bare: str, answer: Parsed) -> Read:
        value = self.field.clean(answer.value)
        if self.field.allows(value):
            return Read(value, hint=answer.hint)
        low = self.field.low
        too_small = low is not None and 0 <= answer.value <= low
        return Read(sentence=f"“{bare}” is out of range. {self._wanted()}", unfinished=too_small)

    def _read_words(self, bare: str) -> Read:
        if self.field.unit is Unit.CHOICE:
            found = [key for key, label in self.field.choices if bare.lower() in (key.lower(), label.lower())]
            offered = ", ".join(label for _, label in self.field.choices)
            return Read(found[0]) if found else Read(sentence=f"“{bare}” is not offered. Choose one of: {offered}.")
        if self.field.unit is Unit.FLAG:
            flags = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
            known = flags.get(bare.lower())
            return Read(sentence=f"“{bare}” is neither yes nor no.") if known is None else Read(known)
        return self._read_text(bare)

    def _read_text(self, text: str) -> Read:
        bare = " ".join(line.strip() for line in text.splitlines())  # a cell of a spreadsheet may have several lines
        for spelt in (bare, bare.upper() if self.field.pattern else bare):  # a code typed as "eur" is meant as "EUR"
            if self.field.allows(spelt):
                return Read(spelt)
        if not bare:
            return Read(sentence=f"{self.field.label} must not be empty.", unfinished=True)
        allowed = self.field.pattern_words or "at most 200 letters, figures and signs on one line"
        return Read(sentence=f"“{bare[:40]}” cannot be used here. Enter {allowed}.", unfinished=len(bare) < 3)

    def range_words(self) -> str:
        """What is allowed, in the unit shown: "from 0.0 to 100.0", "above 0.00", "0.0 or more", "1, 2 or 3"."""
        field = self.field
        if field.allowed:
            *most, last = (self.write(value) for value in field.allowed)
            return f"{', '.join(most)} or {last}"
        low = None if field.low is None else self._limit(field.low)
        high = None if field.high is None or field.high >= _NO_LIMIT else self._limit(field.high)
        if low is not None and high is not None:
            return f"above {low}, at most {high}" if field.low_open else f"from {low} to {high}"
        if low is not None:
            return f"above {low}" if field.low_open else f"{low} or more"
        return f"at most {high}" if high is not None else ""

    def _limit(self, value: float) -> str:
        return write(value, self.shown.power, 0, self.marks)

    def _wanted(self) -> str:
        """The second half of every refusal: what to enter."""
        none = f", or “{self.field.none_word}”" if self.field.optional else ""
        if self.field.unit is Unit.MONTH:
            return f"Enter a month such as Jun 2028{none}."
        limits = self.range_words()
        if self.field.allowed:
            return f"Enter {limits}{none}."
        noun = "a whole number" if self.shown.kind == "count" and self.field.whole else self.shown.noun
        return f"Enter {noun} such as {self.write(self._example())}{', ' + limits if limits else ''}{none}."

    def _example(self) -> float:
        example = _EXAMPLES[self.shown.kind]
        if self.field.allows(self.field.clean(example)):
            return example
        return self.field.low if self.field.low is not None and not self.field.low_open else self.field.step

    def stepped(self, value: object, steps: int) -> object:
        """The value some natural steps up or down, kept inside the range; the same where it cannot be stepped."""
        field = self.field
        if field.unit is Unit.MONTH or isinstance(value, bool) or not isinstance(value, int | float):
            return value
        if field.allowed:
            order = sorted(field.allowed)
            place = order.index(int(value)) if value in order else 0
            return order[min(max(place + steps, 0), len(order) - 1)]
        moved = float(Decimal(repr(float(value))) + steps * Decimal(repr(float(field.step))))
        if field.high is not None:
            moved = min(moved, field.high)
        if field.low is not None and moved <= field.low:
            moved = value if field.low_open else field.low
        return field.clean(float(moved))

    def tooltip(self) -> str:
        """Meaning, unit and range, for the tooltip and for screen readers."""
        field = self.field
        limits = self.range_words() if field.unit.numeric else ""
        unit = f" {self.unit}" if self.unit and limits else ""
        range_sentence = f"{limits[0].upper()}{limits[1:]}{unit}." if limits else ""
        none = f"“{field.none_word}” unless set." if field.usual else f"May be “{field.none_word}”."
        none = none if field.optional else ""
        return " ".join(part for part in (field.help, range_sentence, none) if part)
