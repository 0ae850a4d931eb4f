"""What a table of entries shows: its columns, its lines and, cell by cell, value, saved value and place in the deal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from app.forms.entry import Entry
from models import Deal, DealError, field_at, value_at, words_at

Table = tuple[Any, ...]
Cells = Mapping[tuple[int, int], object]


@dataclass(frozen=True)
class Wish:
    """An edit that is wanted: the value at a path in file units, and the words for it."""

    path: str
    value: object
    words: str


@dataclass(frozen=True)
class Column:
    """A head: "Year 2" and below it "Mar 2028"."""

    head: str
    sub: str = ""


@dataclass(frozen=True)
class Cell:
    """One entry. `implied` values are not in the file: the last year stands for later ones. No path: no cell here."""

    path: str
    value: object = None
    saved: object = None
    implied: bool = False
    fixed: bool = False


@dataclass(frozen=True)
class Line:
    """One row of entries of the same kind."""

    label: str
    entry: Entry
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Plan:
    """A whole table, as shown now."""

    corner: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    by_month: bool = False  # lines are calendar years, columns their months

    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return len(self.lines), len(self.columns)


class Binding(Protocol):
    """Ties a table to a place of the deal: what it shows, and which wish an edit of its cells is."""

    @property
    def paths(self) -> tuple[str, ...]:
        """The fields shown."""

    @property
    def grows(self) -> str:
        """What one more column is called, such as "year"; "" where their number is fixed."""

    def plan(self, deal: Deal, saved: Deal) -> Plan:
        """The table for a deal."""

    def wish(self, deal: Deal, cells: Cells, words: str = "") -> Wish:
        """The edit that puts values into cells; cells may lie beyond the last column where the table grows."""

    def resized(self, deal: Deal, more: bool, /) -> Wish | None:
        """The edit that adds a column at the end or takes the last away; None where that cannot be."""

    def cell_of(self, path: str) -> tuple[int, int] | None:
        """The cell at a path, (0, 0) for a whole field of the table, None for a path elsewhere."""


def indices_of(path: str, table: str) -> tuple[int, ...] | None:
    """The indices of a path into a table: ("a.rates[2][0]", "a.rates") -> (2, 0); None for a path elsewhere."""
    if path == table:
        return ()
    if not path.startswith(table + "["):
        return None
    return tuple(int(part) for part in path[len(table) + 1 : -1].split("]["))


_KEYS = {"phases": "name", "demand": "segment", "credit_support": "kind"}


def saved_path(deal: Deal, saved: Deal, path: str) -> str | None:
    """Where the saved deal holds what stands at a path now; None for an item added since.

    Items of a list are found again by their name, so that adding, removing or moving one changes no other; one that
    was renamed is found in its place.
    """
    many, bracket, rest = path.partition("[")
    if not bracket or many not in _KEYS:
        return path
    digits, _, tail = rest.partition("]")
    at, key = int(digits), _KEYS[many]
    now = [getattr(item, key) for item in getattr(deal, many)]
    before = [getattr(item, key) for item in getattr(saved, many)]
    if at < len(now) and now[at] in before:
        return f"{many}[{before.index(now[at])}]{tail}"
    in_place = at < len(before) and before[at] not in now and key != "kind"
    return path if in_place else None


def saved_value(deal: Deal, saved: Deal, path: str) -> object:
    """What the saved deal holds where a path leads now; the present value in an item added since."""
    there = saved_path(deal, saved, path)
    try:
        return value_at(deal, path) if there is None else value_at(saved, there)
    except DealError:
        return None


def table_at(deal: Deal, path: str) -> Table:
    """The table at a path, empty where there is none."""
    held = value_at(deal, path)
    return held if isinstance(held, tuple) else ()


def extended(table: Table, length: int, filler: Any) -> list[Any]:
    """A table as a list of at least some length."""
    return [*table, *([filler] * (length - len(table)))]


def entry_at(deal: Deal, path: str) -> Entry:
    """How the field at a path is read and written in this deal."""
    return Entry(field_at(deal, path), deal.currency)


def titled(title: str, entry: Entry) -> str:
    """The label of a line: "Floor price, $ per GPU-hour"."""
    return f"{title}, {entry.unit}" if entry.unit else title


def change_words(deal: Deal, path: str, entry: Entry, before: object, after: object) -> str:
    """The words of an edit of one value: "Debt: Margin: 325 → 300 bp"."""
    old = entry.words(before) if entry.shown.kind == "money" else entry.write(before)
    new = entry.words(after)
    return f"{words_at(deal, path)}: {old} → {new}"


def one_change(deal: Deal, path: str, value: object, words: str = "") -> Wish:
    """The edit of the one value at a path, in its own words where none are given."""
    return Wish(path, value, words or change_words(deal, path, entry_at(deal, path), value_at(deal, path), value))


def count_words(deal: Deal, path: str, count: int) -> str:
    """The words of an edit of several values of one table: "Support: Floor price: 6 values"."""
    return f"{words_at(deal, path)}: {count} values" if count > 1 else f"{words_at(deal, path)}: 1 value"
