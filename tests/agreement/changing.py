"""Changes inputs of a written workbook as a reader would, and in the deal, so that both can be compared."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Mapping

from models.deal.field import Unit
from models.deal.paths import field_at, value_at, with_value
from models.deal.schema import Deal

from .reading import Book, column_letters, read_book

_LAST_INDEX = re.compile(r"(.*)\[(\d+)\]")
_TABLES = ("floor_prices", "minimum_annual", "gpus_by_month")
_DAY_ZERO = dt.date(1899, 12, 30)


def cell_of(book: Book, path: str) -> tuple[str, int, int]:
    """Sheet, row and column of the input at a path of the deal, such as `revenue_share.rates[2][0]`.

    KeyError where the workbook has no such input.
    """
    entry = _LAST_INDEX.fullmatch(path)
    at = 0
    if path.startswith("revenue_share.rates["):
        year, band = re.findall(r"\d+", path)
        name, at = f"revenue_share.rates_{band}", int(year)
    elif entry and entry[1].endswith(_TABLES):
        name, at = entry[1], int(entry[2])
    else:
        name = path
    area = book.names[name.replace("[", "_").replace("]", "")]
    return area.sheet, area.top, area.left + at


def as_number(value: object) -> float:
    """A value of the deal as a cell holds it: months as serial dates, yes as 1."""
    if isinstance(value, str):
        year, month = map(int, value.split("-"))
        return float((dt.date(year, month, 1) - _DAY_ZERO).days)
    assert isinstance(value, int | float)
    return float(value)


def changed_workbook(content: bytes, changes: Mapping[str, object]) -> bytes:
    """The workbook with other values in some input cells, by path; nothing else in the file changes."""
    book = read_book(content)
    texts: dict[str, str] = {}
    for path, value in changes.items():
        sheet, row, column = cell_of(book, path)
        part = book.sheets[sheet].part
        cell = re.compile(rf'(<c r="{column_letters(column)}{row}"[^>]*><v>)[^<]*(</v></c>)')
        texts[part], found = cell.subn(rf"\g<1>{as_number(value)!r}\g<2>", texts.get(part, book.text(part)))
        assert found == 1, path
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, old in book.parts.items():
            archive.writestr(part, texts[part].encode("utf-8") if part in texts else old)
    return memory.getvalue()


def changed_deal(deal: Deal, changes: Mapping[str, object]) -> Deal:
    """The deal with the same changes, made one after the other."""
    for path, value in changes.items():
        deal = with_value(deal, path, value)
    return deal


def another_value(deal: Deal, path: str, number: int) -> object:
    """Some other allowed value near that of a numeric field; the value itself where a deal could not bear another.

    `number` makes changes of different fields differ. Dates, counts of months and flags stay: they are changed one
    by one elsewhere, because few other dates make a valid deal.
    """
    field, value = field_at(deal, path), value_at(deal, path)
    if field.unit in (Unit.MONTH, Unit.MONTHS, Unit.FLAG) or not isinstance(value, int | float):
        return value
    for factor in (0.93 + 0.002 * (number % 25), 1.01 + 0.002 * (number % 25)):
        other = round(value * factor) if field.whole else value * factor
        if field.allows(other):
            return other
    return value
