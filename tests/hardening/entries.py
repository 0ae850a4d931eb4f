"""Numbers typed and read across countries: `uv run python -m tests.hardening.entries 100000 [SEED]`.

A random value of a random unit is written as a field shows it in one of six countries, plainly and as people dress it
(signs, brackets, currency, words such as bn). Read with the settings of that country it is that value to the last
digit. Read with those of another country it is that value, or what the other country itself means by the text, or it
is refused: nothing is a factor of ten, a hundred or a thousand off by a guess of the program.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QLocale

from app.forms.marks import MINUS, Marks, write
from app.forms.number import Parsed, Shown, parse_number

LOCALES = ("en_US", "de_DE", "fr_FR", "pl_PL", "de_CH", "en_IN")
UNITS = (
    Shown("money", 6, 1, "$m", currency="USD"),
    Shown("price", 0, 2, "$ per GPU-hour", currency="USD"),
    Shown("percent", -2, 1, "% of hours"),
    Shown("spread", -4, 0, "bp"),
    Shown("bps", 0, 0, "bp"),
    Shown("ratio", 0, 2, "x"),
    Shown("months", 0, 0, "months", whole=True),
    Shown("count", 0, 0, "GPUs", whole=True),
)
WORDS: dict[str, tuple[tuple[str, int], ...]] = {
    "money": (("k", 3), ("m", 6), (" mn", 6), (" Mio.", 6), ("bn", 9), (" Mrd", 9), (" tn", 12), (" crore", 7)),
    "price": ((" USD", 0), ("k", 3), (" $", 0)),
    "percent": (("%", -2), ("\u00a0%", -2), (" bp", -4), ("bps", -4), (" per cent", -2)),
    "spread": (("%", -2), (" bp", -4), ("bps", -4)),
    "bps": (("%", 2), (" bp", 0)),
    "ratio": (("x", 0), (" x", 0)),
    "months": ((" months", 0), ("m", 0)),
    "count": (("k", 3), (" GPUs", 0), (" lakh", 5)),
}


def _value(dice: random.Random, unit: Shown) -> Decimal:
    """A number as shown, of any size, with few digits or many."""
    size = dice.choice((0, 0, 1, 2, 3, 3, 4, 6, 7, 9))
    digits = dice.randrange(10**size, 10 ** (size + 1))
    places = 0 if unit.whole else dice.choice((0, 0, 1, 2, 3, 3, 4))
    return Decimal(digits).scaleb(-places) * dice.choice((1, 1, 1, -1))


def _dressed(dice: random.Random, text: str, unit: Shown) -> tuple[str, int]:
    """A text with sign, brackets, currency and word as people write them, and the power of ten that the word means."""
    word, power = dice.choice(WORDS[unit.kind])
    negative, bare = text.startswith(MINUS), text.removeprefix(MINUS)
    if unit.kind in ("money", "price") and "$" not in word and "USD" not in word:
        bare = dice.choice(("", "$", "US$ ", "USD ")) + bare
    dressed = f" {bare}{word}\u00a0" if dice.random() < 0.3 else bare + word
    if negative:
        dressed = f"({dressed.strip()})" if dice.random() < 0.4 else dice.choice("-\u2212\u2013") + dressed.strip()
    return dressed, power


def _meanings(text: str, value: float, unit: Shown, reader: QLocale) -> set[float]:
    """What a text may be read as: what its writer meant, and what the reader's own country means by it.

    Who groups by twos above the thousands meets numbers grouped by threes everywhere.
    """
    own = [reader, QLocale("en_US")] if Marks.of(reader).by_two else [reader]
    read = (each.toDouble(text.replace(MINUS, "-")) for each in own)
    return {value} | {float(Decimal(repr(number)).scaleb(unit.power)) for number, known in read if known}


def check(times: int, seed: int) -> tuple[Counter[str], list[str]]:
    """What became of the texts, and what was wrong."""
    dice, counts, wrong = random.Random(seed), Counter[str](), []
    locales = {name: QLocale(name) for name in LOCALES}
    marks = {name: Marks.of(locale) for name, locale in locales.items()}
    for _ in range(times):
        unit, (theirs, ours) = dice.choice(UNITS), dice.choices(LOCALES, k=2)
        exact = _value(dice, unit)
        held = float(exact.scaleb(unit.power))
        text = write(held, unit.power, unit.decimals, marks[theirs])
        read = parse_number(text, unit, marks[theirs])
        if not isinstance(read, Parsed) or read.value != held:
            wrong.append(f"{theirs}: {held} is shown as “{text}” and read as {read}")
        dressed, power = _dressed(dice, text, unit)
        read = parse_number(dressed, unit, marks[theirs])
        meant = float(exact.scaleb(power))
        if not isinstance(read, Parsed) or (read.value != meant and not (unit.whole and not meant.is_integer())):
            wrong.append(f"{theirs}: “{dressed}” is read as {read}, not {meant}")
        for way, told in ((ours, marks[ours]), ("nobody knows", None)):
            read = parse_number(text, unit, told)
            if not isinstance(read, Parsed):
                counts["read with other settings: refused"] += 1
            elif read.value == held:
                counts["read with other settings: as meant"] += 1
            elif told is not None and read.value in _meanings(text, held, unit, locales[ours]):
                counts["read with other settings: as the reader's country means it"] += 1
            else:
                wrong.append(f"{theirs} to {way}: “{text}” is read as {read.value}, not {held}")
    counts["texts"] = 2 * times
    return counts, wrong


def main(arguments: Sequence[str]) -> int:
    """Read as many numbers as asked; 1 where any was read otherwise than it may be."""
    times = int(arguments[0]) if arguments else 10_000
    began = time.monotonic()
    counts, wrong = check(times, int(arguments[1]) if len(arguments) > 1 else 0)
    took = time.monotonic() - began
    lines = [f"{count:8} {what}" for what, count in sorted(counts.items())]
    sys.stdout.write("\n".join([*lines, *wrong[:50], f"{times} numbers, {len(wrong)} wrong ({took:.0f} s)"]) + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
