"""From a pasted text to the items of a list: all of its rows, or a sentence that names what cannot be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QLocale

from app.forms.entry import Entry, Read
from app.forms.fresh import copy_of
from app.forms.list_model import BY_MONTH, OPEN_END, Listing, head_of
from app.forms.marks import Marks, evidence
from app.forms.plan import entry_at
from app.tables.clipboard import from_tsv
from models import Deal, items, segment_label

_LISTED = 3


@dataclass(frozen=True)
class PastedItems:
    """The list as it becomes and the words for that, or the reason why nothing is pasted."""

    value: tuple[Any, ...] = ()
    words: str = ""
    problem: str = ""


def place_items(text: str, deal: Deal, listing: Listing, first: int) -> PastedItems:
    """Lay rows of a sheet over the items of a list from one of them on; rows below the last become new items.

    The columns are those of the overview, the name first, or as many of them as a first row of headings names. Empty
    cells leave what stands there.
    """
    rows = from_tsv(text)
    if not rows:
        return _refused("There is nothing to paste.")
    names = _columns(rows[0], deal, listing)
    if names is None:
        wanted = len(listing.columns) + 1
        if len(rows[0]) != wanted:
            columns = "1 column" if len(rows[0]) == 1 else f"{len(rows[0])} columns"
            return _refused(
                f"The block has {columns} and no headings, and a {listing.one} has {wanted} here; copy "
                "the table to see its headings."
            )
        names = (listing.name, *listing.columns)
    else:
        rows = rows[1:]
    most = items(Deal)[listing.path].high
    if not rows or first + len(rows) > most:
        return _refused(f"A deal has at most {most:.0f} {listing.one}s." if rows else "There is nothing to paste.")
    held = list(getattr(deal, listing.path))
    told = evidence([cell for row in rows for cell in row if any(c.isdigit() for c in cell)], Marks.of(QLocale()))
    bad: list[str] = []
    for at, row in enumerate(rows, start=first):
        if at >= len(held):
            grown = deal.model_copy(update={listing.path: tuple(held)})
            held.append(copy_of(grown, listing.path, len(held) - 1))
        read = _Reading(deal, listing, min(at, len(getattr(deal, listing.path)) - 1), told)
        changes: dict[str, object] = {}
        for name, cell in zip(names, row, strict=False):
            if cell and not read.is_shown(held[at], name, cell):
                got = read.cell(name, cell)
                changes[name] = got.value
                if not got.ok:
                    bad.append(f"row {at - first + 1}, {read.head(name)}: {got.sentence}")
        held[at] = held[at].model_copy(update=changes)
    if bad:
        more = f" And {len(bad) - _LISTED} more." if len(bad) > _LISTED else ""
        many = "1 cell cannot" if len(bad) == 1 else f"{len(bad)} cells cannot"
        listed = " ".join(f"{each[0].upper()}{each[1:]}" for each in bad[:_LISTED])
        return _refused(f"{many} be read. {listed}{more}")
    count = f"{len(rows)} row{'s' if len(rows) > 1 else ''}"
    return PastedItems(tuple(held), f"{listing.one.capitalize()}s: {count} pasted")


def _refused(sentence: str) -> PastedItems:
    return PastedItems(problem=f"Nothing was pasted: {sentence[:1].lower()}{sentence[1:]}")


def _columns(cells: Sequence[str], deal: Deal, listing: Listing) -> tuple[str, ...] | None:
    """The fields that a row of headings names; None where any cell of it is no heading."""
    known: Mapping[str, str] = {
        words.casefold(): name
        for name in (listing.name, *listing.columns)
        for entry in (entry_at(deal, f"{listing.path}[0].{name}"),)
        for words in (name, entry.field.label, head_of(entry))
    }
    known = {listing.one.casefold(): listing.name, **known}
    found = [known.get(cell.casefold(), "") for cell in cells]
    return tuple(found) if all(found) else None


class _Reading:
    """Reads the cells of one item."""

    def __init__(self, deal: Deal, listing: Listing, like: int, told: Marks | None) -> None:
        self._deal = deal
        self._listing = listing
        self._like = like
        self._told = told

    def _entry(self, name: str) -> Entry:
        return entry_at(self._deal, f"{self._listing.path}[{self._like}].{name}")

    def head(self, name: str) -> str:
        """The name of a column."""
        return self._entry(name).field.label

    def is_shown(self, item: object, name: str, text: str) -> bool:
        """Whether a text says what stands there already, in the words of the overview."""
        value = getattr(item, name)
        if name == self._listing.name:
            return text == segment_label(value)
        if name == "gpus" and getattr(item, "gpus_by_month", None) is not None:
            return text == BY_MONTH
        return text == (OPEN_END if value is None and name == "end" else self._entry(name).write(value))

    def cell(self, name: str, text: str) -> Read:
        """A text as a value of a field; numbers of a block whose marks contradict each other are refused."""
        entry = self._entry(name)
        if name == "end" and text.casefold() == OPEN_END:
            return Read(None)
        if entry.field.unit.numeric and self._told is None:
            return entry.refuse(text, None)
        return entry.read(text, self._told)
