"""Tables that are not by contract year: bands, series by phase, fields of all items, and months."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.forms.entry import Entry
from app.forms.plan import (
    Cell,
    Cells,
    Column,
    Line,
    Plan,
    Table,
    Wish,
    count_words,
    entry_at,
    extended,
    indices_of,
    one_change,
    saved_value,
    table_at,
    titled,
)
from models import Deal, field_at, timeline, value_at, words_at

MOST_YEARS, MOST_BANDS = 60, 12
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class BandBinding:
    """Where the bands of the share begin; a band more or less changes the rates with it."""

    grows = "band"
    paths = ("revenue_share.bands",)

    def plan(self, deal: Deal, saved: Deal) -> Plan:
        """One column for each band; the first always begins at nothing."""
        entry = Entry(field_at(deal, "revenue_share.bands").element, deal.currency)
        cells = tuple(
            Cell(path, value, saved_value(deal, saved, path), fixed=at == 0)
            for at, value in enumerate(deal.revenue_share.bands)
            for path in (f"revenue_share.bands[{at}]",)
        )
        columns = tuple(Column(f"Band {at + 1}") for at in range(len(cells)))
        return Plan("Bands of a contract year", columns, (Line(titled("Bands from", entry), entry, cells),))

    def wish(self, deal: Deal, cells: Cells, words: str = "") -> Wish:
        """One start, or all of them."""
        bands: list[Any] = list(deal.revenue_share.bands)
        for (_, at), value in cells.items():
            if at < len(bands):
                bands[at] = value
        if len(cells) == 1:
            ((_, at),) = cells
            return one_change(deal, f"revenue_share.bands[{at}]", bands[at], words)
        return Wish(self.paths[0], tuple(bands), words or f"{words_at(deal, self.paths[0])}: {len(cells)} values")

    def resized(self, deal: Deal, more: bool) -> Wish | None:
        """One more band above the last, at the same rates, or the last band away with its rates."""
        share = deal.revenue_share
        if more and len(share.bands) < MOST_BANDS:
            entry = Entry(field_at(deal, self.paths[0]).element, deal.currency)
            start = entry.stepped(share.bands[-1], 5)
            update = {"bands": (*share.bands, start), "rates": tuple((*year, year[-1]) for year in share.rates)}
            return Wish("revenue_share", share.model_copy(update=update), "Share: one more band")
        if more or len(share.bands) <= 1:
            return None
        update = {"bands": share.bands[:-1], "rates": tuple(year[: len(share.bands) - 1] for year in share.rates)}
        return Wish("revenue_share", share.model_copy(update=update), "Share: one band less")

    def cell_of(self, path: str) -> tuple[int, int] | None:
        """The band of a path."""
        found = indices_of(path, self.paths[0])
        return None if found is None else (0, found[0] if found else 0)


class SeriesBinding:
    """One optional table with a column for each phase, or for each year where `heads` is empty."""

    def __init__(self, path: str, grows: str = "") -> None:
        self.path = path
        self.paths = (path,)
        self.grows = grows

    def plan(self, deal: Deal, saved: Deal) -> Plan:
        """The table, or what stands in its place while there is none."""
        field = field_at(deal, self.path)
        entry = Entry(field.element, deal.currency)
        heads = self._heads(deal)
        table = value_at(deal, self.path)
        values: Table = table if isinstance(table, tuple) else (None,) * len(heads)
        words = field.none_word
        loose = Entry(replace(field.element, optional=True, none_word=words), deal.currency)
        cells = tuple(
            Cell(
                f"{self.path}[{at}]",
                values[at] if at < len(values) else None,
                self._saved(deal, saved, at),
                table is None,
            )
            for at in range(len(heads))
        )
        line = Line(titled(field.label, entry), loose, cells)
        return Plan("By year" if self.grows else "By phase", heads, (line,))

    def _saved(self, deal: Deal, saved: Deal, at: int) -> object:
        return saved_value(deal, saved, f"{self.path}[{at}]")

    def _heads(self, deal: Deal) -> tuple[Column, ...]:
        if not self.grows:
            return tuple(Column(phase.name) for phase in deal.phases)
        return tuple(Column(f"Year {at + 1}") for at in range(max(1, len(table_at(deal, self.path)))))

    def wish(self, deal: Deal, cells: Cells, words: str = "") -> Wish:
        """The whole table; emptied altogether it is none again."""
        table = table_at(deal, self.path)
        width = max(len(self._heads(deal)), *(at + 1 for _, at in cells))
        made = extended(table, width if not self.grows else max(len(table), *(at + 1 for _, at in cells)), 0.0)
        for (_, at), value in cells.items():
            made[at] = value
        kept = [0.0 if value is None else value for value in made]
        value = None if all(value is None for value in cells.values()) and len(cells) == len(made) else tuple(kept)
        return Wish(self.path, value, words or count_words(deal, self.path, len(cells)))

    def resized(self, deal: Deal, more: bool) -> Wish | None:
        """One more year like the last, or one less; without any the table is none."""
        table = table_at(deal, self.path)
        if not self.grows or (more and len(table) >= MOST_YEARS) or (not more and not table):
            return None
        longer = (*table, table[-1] if table else 0.0)
        value = longer if more else table[:-1] or None
        return Wish(self.path, value, f"{words_at(deal, self.path)}: one year {'more' if more else 'less'}")

    def cell_of(self, path: str) -> tuple[int, int] | None:
        """The column of a path."""
        found = indices_of(path, self.path)
        return None if found is None else (0, found[0] if found else 0)


class ItemBinding:
    """Fields of every item of a list, side by side: one line for each field, one column for each item."""

    grows = ""

    def __init__(self, many: str, names: tuple[str, ...], head: str) -> None:
        self.many = many
        self.names = names
        self.head = head
        self.paths: tuple[str, ...] = ()

    def plan(self, deal: Deal, saved: Deal) -> Plan:
        """The fields named, for all items."""
        held = getattr(deal, self.many)
        self.paths = tuple(f"{self.many}[{at}].{name}" for at in range(len(held)) for name in self.names)
        lines = []
        for name in self.names:
            entry = entry_at(deal, f"{self.many}[0].{name}")
            cells = tuple(
                Cell(path, getattr(item, name), saved_value(deal, saved, path))
                for at, item in enumerate(held)
                for path in (f"{self.many}[{at}].{name}",)
            )
            lines.append(Line(titled(entry.field.label, entry), entry, cells))
        return Plan("", tuple(Column(_plain(getattr(item, self.head))) for item in held), tuple(lines))

    def wish(self, deal: Deal, cells: Cells, words: str = "") -> Wish:
        """One field of one item, or the whole list."""
        if len(cells) == 1:
            (((line, at), value),) = cells.items()
            return one_change(deal, f"{self.many}[{at}].{self.names[line]}", value, words)
        held = list(getattr(deal, self.many))
        for (line, at), value in cells.items():
            held[at] = held[at].model_copy(update={self.names[line]: value})
        return Wish(self.many, tuple(held), words or f"{words_at(deal, self.many)}: {len(cells)} values")

    def resized(self, _deal: Deal, _more: bool, /) -> Wish | None:
        """Items are added elsewhere."""
        return None

    def cell_of(self, path: str) -> tuple[int, int] | None:
        """Field and item of a path."""
        if path not in self.paths:
            return None
        at, line = divmod(self.paths.index(path), len(self.names))
        return line, at


def _plain(name: str) -> str:
    return name.replace("_", " ").capitalize()


class MonthBinding:
    """A series month by month: a line for each calendar year, a column for each month of the year."""

    grows = ""

    def __init__(self, path: str) -> None:
        self.path = path
        self.paths = (path,)

    def _first(self, deal: Deal) -> int:
        return int(deal.start[5:]) - 1

    def plan(self, deal: Deal, saved: Deal) -> Plan:
        """All months of the model; months before its first and after its last have no cell."""
        entry = Entry(field_at(deal, self.path).element, deal.currency)
        table, before = table_at(deal, self.path), saved_value(deal, saved, self.path)
        old: Mapping[int, object] = dict(enumerate(before)) if isinstance(before, tuple) else {}
        first = self._first(deal)
        lines = []
        for year in range((first + deal.months + 11) // 12):
            cells = []
            for month in range(12):
                at = year * 12 + month - first
                inside = 0 <= at < deal.months
                value = table[at] if 0 <= at < len(table) else 0.0
                path = f"{self.path}[{at}]" if inside else ""
                cells.append(Cell(path, value, old.get(at), implied=at >= len(table)))
            lines.append(Line(str(int(deal.start[:4]) + year), entry, tuple(cells)))
        return Plan("Year", tuple(Column(name) for name in _MONTHS), tuple(lines), by_month=True)

    def wish(self, deal: Deal, cells: Cells, words: str = "") -> Wish:
        """One month, or the whole series."""
        first = self._first(deal)
        table = table_at(deal, self.path)
        by_month = {line * 12 + column - first: value for (line, column), value in cells.items()}
        if len(by_month) == 1:
            ((at, value),) = by_month.items()
            if at < len(table):
                return one_change(deal, f"{self.path}[{at}]", value, words)
        made = extended(table, max(by_month) + 1, 0.0)
        for at, value in by_month.items():
            made[at] = value
        last = timeline(deal).label(max(by_month))
        said = f"{words_at(deal, self.path)}: {len(by_month)} months, to {last}"
        return Wish(self.path, tuple(made), words or said)

    def resized(self, _deal: Deal, _more: bool, /) -> Wish | None:
        """The model's length decides."""
        return None

    def cell_of(self, path: str) -> tuple[int, int] | None:
        """Year and month of a path; the first cell for the whole series."""
        found = indices_of(path, self.path)
        return None if found is None else (0, 0) if not found else divmod(found[0], 12)
