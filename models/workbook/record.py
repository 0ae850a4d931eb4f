"""The record of an issue: what every input was when the workbook was written, and the hashes a returned one is
matched by. All of it is made of what the edition shows, so that it tells nobody anything new."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models.deal.field import Field, Unit
from models.deal.months import month_number, month_text
from models.version import version
from models.workbook.edition import ON_TERM_SHEET, Edition, Entry
from models.workbook.formulas import defined_name

LENGTH = 16
"""Hexadecimal digits of a hash that a workbook shows: enough that no two issues ever share one by chance."""
_DAY_ZERO = dt.date(1899, 12, 30)
_DIGITS = 15


@dataclass(frozen=True)
class Recorded:
    """One named input of a workbook: the paths of the values it holds, and these as numbers of a cell.

    Attributes:
        name: its defined name.
        label: what it is called, with the block it stands under.
        field: of one value of it.
        paths: in the deal, one for each value; a month series has one path for all its months.
        values: as cells hold them, months as serial dates and yes as 1.
        shape: as in the field: `scalar`, `by_year`, `by_month`, ...
    """

    name: str
    label: str
    field: Field
    paths: tuple[str, ...]
    values: tuple[float, ...]
    shape: str


def serial_of(month: str) -> float:
    """The first day of a month `YYYY-MM` as a spreadsheet counts days."""
    number = month_number(month)
    return float((dt.date(number // 12, number % 12 + 1, 1) - _DAY_ZERO).days)


def month_of(serial: float) -> str | None:
    """The month whose first day has this serial number; None where it is no first day of a month."""
    if serial != int(serial) or not 0 < serial < 200_000:
        return None
    day = _DAY_ZERO + dt.timedelta(days=int(serial))
    return month_text(day.year * 12 + day.month - 1) if day.day == 1 else None


def cell_number(field: Field, value: Any) -> float:
    """A value of the deal as a cell holds it."""
    return serial_of(value) if field.unit is Unit.MONTH else float(value)


def recorded_inputs(edition: Edition) -> Iterator[Recorded]:
    """Every input of an edition that has a defined name, in the order of the inputs sheet."""
    for entry in edition.entries:
        if entry.live:
            yield from _recorded(entry, edition.months)


def _recorded(entry: Entry, months: int) -> Iterator[Recorded]:
    field, label = entry.field.element, f"{entry.heading}: {entry.label}"
    name, shape = defined_name(entry.path), entry.field.shape
    match shape:
        case "scalar":
            yield Recorded(name, label, field, (entry.path,), (cell_number(field, entry.value),), shape)
        case "by_year":
            paths = tuple(f"{entry.path}[{year}]" for year in range(len(entry.value)))
            yield Recorded(name, label, field, paths, tuple(map(float, entry.value)), shape)
        case "by_year_and_band":
            for band in range(len(entry.value[0])):
                paths = tuple(f"{entry.path}[{year}][{band}]" for year in range(len(entry.value)))
                values = tuple(float(row[band]) for row in entry.value)
                words = f"{label}, band {band + 1}"
                yield Recorded(f"revenue_share.rates_{band}", words, field, paths, values, "by_year")
        case "bands":
            for band, lower in enumerate(entry.value):
                if band:
                    path = f"{entry.path}[{band}]"
                    words = f"{label}, band {band + 1}"
                    yield Recorded(defined_name(path), words, field, (path,), (float(lower),), "scalar")
        case "by_month":
            values = (*map(float, entry.value[:months]), *[0.0] * (months - len(entry.value)))
            yield Recorded(name, label, field, (entry.path,), values, shape)


def rounded(value: float) -> float:
    """A number to the 15 digits that every spreadsheet program keeps when it saves."""
    return float(f"{value:.{_DIGITS - 1}e}")


def record_hash(record: Mapping[str, Sequence[float]]) -> str:
    """Hash of the values an issue recorded, by defined name; the same after any program has saved them."""
    kept = sorted((name, [rounded(value) for value in values]) for name, values in record.items())
    return _short(kept)


def structure_hash(edition: Edition) -> str:
    """Hash of what decides where cells stand and which formulas they hold: equal for two workbooks that differ in
    the values of inputs and in names alone."""
    seen: list[object] = [version(), edition.name, edition.start, edition.months]
    for entry in edition.entries:
        if entry.live:
            seen.append((entry.path, _size(entry.value)))
        elif entry.field.unit is not Unit.TEXT and entry.path not in ON_TERM_SHEET:
            seen.append((entry.path, entry.value))
    return _short(seen)


def _size(value: object) -> object:
    if isinstance(value, tuple):
        return len(value), len(value[0]) if value and isinstance(value[0], tuple) else 0
    return 0


def inputs_hash(edition: Edition) -> str:
    """Hash of everything typed by people that the edition shows."""
    return edition.digest[:LENGTH]


def export_id(hash_of_inputs: str, edition: str, date: str) -> str:
    """A name for one issue of a workbook, made of what it shows and nothing else."""
    return hashlib.sha256(f"{hash_of_inputs} {edition} {date}".encode()).hexdigest()[:12]


def issued(record: Iterable[Recorded]) -> dict[str, tuple[float, ...]]:
    """The recorded values by defined name."""
    return {each.name: each.values for each in record}


def _short(value: object) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=True).encode()).hexdigest()[:LENGTH]
