"""Values that can be told from all others, planted where only the vendor may see them, and the search for them."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from math import floor, isfinite, log10
from typing import Any
from urllib.parse import quote

from models.deal.field import Field, Unit
from models.deal.part import Part
from models.deal.paths import with_value
from models.deal.schema import Deal, fields
from tests.agreement.reading import Book

SCENARIO = "Zebra 7731 downside"
PARENT = "Quagga 5119 base"
SCENARIO_NUMBER = 0.0471829
SCENARIO_NUMBER_AGAIN = 0.0518237
RATING = "CCC"
SECRET_PARTS = ("vendor.", "uncertainty.")
SECRET_FIELDS = frozenset({
    "partner.rating", "partner.discount_rate", "demand.demand_beta", "demand.price_beta",
    "credit_support.internal_use_value",
})  # fmt: skip
"""What only the vendor may see besides, said here again: the program's own list cannot vouch for itself."""
DELAYS = (3.71853, 4.61297, 5.31749, 6.17283)

_INDEX = re.compile(r"\[\d+\]")
_NUMBER = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:([,.'’ \u00a0\u202f])\d{3})(?:\1\d{3})*(?:[.,]\d+)?")
_COMMA = re.compile(r"(?<![\d.,])\d+,\d+(?![\d,])")
_PACKED = b"PK\x03\x04"
_DEEPEST = 3  # an archive in an archive in an archive


def internal_fields(deal: Deal) -> Iterator[tuple[str, Field, Any]]:
    """Path, field and value of everything in a deal that only the vendor may see, scenarios apart."""
    for path, part in _parts(deal):
        for name, field in fields(type(part)).items():
            full = f"{path}{name}"
            if full.startswith(SECRET_PARTS) or _INDEX.sub("", full) in SECRET_FIELDS:
                yield full, field, getattr(part, name)


def _parts(part: Part, path: str = "") -> Iterator[tuple[str, Part]]:
    yield path, part
    for name in type(part).model_fields:
        value = getattr(part, name)
        if isinstance(value, Part):
            yield from _parts(value, f"{path}{name}.")
        elif isinstance(value, tuple) and name != "scenarios":
            for k, item in enumerate(value):
                if isinstance(item, Part):
                    yield from _parts(item, f"{path}{name}[{k}].")


def planted_value(path: str, field: Field, value: Any, number: float) -> Any:
    """Another allowed value for an internal field; numbers have seven digits of their own."""
    odd = round(0.2137913 + 0.0271828 * number, 7)
    again = number % 1
    if field.unit is Unit.CHOICE:
        words = [word for word, _ in field.choices]
        return RATING if RATING in words else next(word for word in words if word != value)
    if field.shape == "by_phase":
        return tuple(round(delay + again, 5) for delay in DELAYS[: len(value) if value else 1])
    if field.shape == "by_year":
        return tuple(round(odd / 10 + 0.0310207 * year, 7) for year in range(4))
    if field.whole:
        return (123_457 if path.endswith("paths") else 987_654_361) + round(again * 1e5)
    if not field.allows(odd) and field.low is not None and field.high is not None:
        odd = round(field.low + (field.high - field.low) * (odd % 1), 7)
    assert field.allows(odd), path
    return odd


def planted(deal: Deal, *, again: bool = False) -> tuple[Deal, dict[str, Any]]:
    """The deal with every internal field changed and two scenarios added, and what was planted, by path.

    With `again` other numbers are planted: one that stands in a file by chance does not follow them.
    """
    values = {}
    for number, (path, field, value) in enumerate(internal_fields(deal)):
        values[path] = planted_value(path, field, value, number + (0.37193 if again else 0))
        deal = with_value(deal, path, values[path])
    return with_value(deal, "scenarios", scenarios(again=again)), values


def scenarios(*, again: bool = False) -> list[dict[str, object]]:
    """Two scenarios, one upon the other."""
    change = {"operations.power_price_kwh": SCENARIO_NUMBER_AGAIN if again else SCENARIO_NUMBER}
    return [
        {"name": PARENT, "parent": None, "changes": {}},
        {"name": SCENARIO, "parent": PARENT, "changes": change},
    ]


def numbers_of(values: Iterable[Any]) -> Iterator[float]:
    """Every number among planted values, those in tables too."""
    for value in values:
        if isinstance(value, tuple):
            yield from numbers_of(value)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            yield float(value)


def digits(value: float, count: int) -> float:
    """A number rounded to so many digits."""
    return round(value, count - 1 - floor(log10(abs(value)))) if value and isfinite(value) else 0.0


def disguises(value: float, fewest: int) -> set[float]:
    """How a number may show: per cent, the rest to one, thousands, millions, basis points, by month, rounded.

    Those that have fewer than `fewest` digits are left out: 24.1 is to be found in any workbook.
    """
    scaled = [value * factor for factor in (1, 100, 0.01, 1e3, 1e-3, 1e6, 1e-6, 1e4, 12, 1 / 12)]
    if 0 < value < 1:
        scaled += [1 - value, 100 * (1 - value), 1 + value, 1 / value, 1 / (1 + value), (1 + value) ** (1 / 12) - 1]
    rounded = {abs(digits(each, count)) for each in scaled for count in (*range(fewest, 13), 15)}
    return {each for each in rounded if digits(each, fewest - 1) != each}


def written_numbers(book: Book) -> set[float]:
    """Every number written in any part of a workbook, in cells, attributes and texts."""
    found: set[float] = set()
    for content in book.parts.values():
        text = content.decode("utf-8", "replace")
        plain = {float(number) for number in set(_NUMBER.findall(text))}
        grouped = (match[0].replace(match[1], "").replace(",", ".") for match in _GROUPED.finditer(text))
        plain |= {float(number) for number in set(grouped)}
        plain |= {float(number.replace(",", ".")) for number in set(_COMMA.findall(text))}
        found |= {digits(number, 15) for number in plain}
    return found


def opened(parts: Mapping[str, bytes], depth: int = _DEEPEST) -> dict[str, bytes]:
    """Parts of a file, and the parts of archives and packed streams that these are or hold in base64."""
    found = dict(parts)
    if not depth:
        return found
    for name, content in parts.items():
        inner = {f"{name} as base64 {k}": b64decode(run) for k, run in enumerate(_BASE64.findall(content))}
        if content.startswith(_PACKED):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                inner |= {f"{name}/{each}": archive.read(each) for each in archive.namelist()}
        with suppress(zlib.error):
            inner[f"{name} unpacked"] = zlib.decompress(content, 47)  # zlib or gzip, whichever its head says
        found |= opened(inner, depth - 1)
    return found


_FOURS = rb"(?:[A-Za-z0-9+/]{4})"
_BASE64 = re.compile(rb"(?<![A-Za-z0-9+/])" + _FOURS + rb"{6,}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?(?![\w+/=])")


def raw_numbers(book: Book, secrets: Iterable[float]) -> set[float]:
    """Those secret numbers that stand in a part as the eight bytes of a float, as they are or in hexadecimal."""
    places = [place for part in book.parts.values() for place in (part, part.lower())]
    return {secret for secret in secrets if any(raw in place for raw in _raw(secret) for place in places)}


def _raw(secret: float) -> list[bytes]:
    packed = [struct.pack(order, value) for order in ("<d", ">d") for value in (secret, 100 * secret)]
    return [*packed, *(each.hex().encode() for each in packed)]


def leaks(book: Book, secrets: Iterable[float], fewest: int) -> set[float]:
    """Those secret numbers that a workbook shows in some disguise of at least so many digits."""
    shown = written_numbers(book)
    return {secret for secret in secrets if any(digits(each, 15) in shown for each in disguises(secret, fewest))}


def holds_text(content: bytes, book: Book, text: str) -> bool:
    """Whether a text stands anywhere in a workbook: in a part, in its name, or beside the parts in the zip file."""
    plain = text.encode("utf-8")
    spellings = {plain, text.encode("utf-16-le"), text.replace(" ", "").encode("utf-8")}
    if len(text) > _SHORT:
        spellings |= {plain.hex().encode(), plain[::-1], quote(text).encode(), text.encode("utf-16-be")}
        spellings |= {"".join(f"&#{ord(letter)};" for letter in text).encode()}
        # the middle of it in base64, wherever it begins in a run of three bytes
        spellings |= {b64encode(b"." * left + plain)[4:-4] for left in range(3)} - {b""}
    places = [*book.parts.values(), *(part.encode("utf-8") for part in book.parts)]
    if len(text) > _SHORT:
        places.append(content)
    return any(spelling.lower() in place.lower() for place in places for spelling in spellings)


_SHORT = 6  # letters up to which a word stands in packed or coded bytes by chance
