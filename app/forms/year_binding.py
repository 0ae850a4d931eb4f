"""Tables by contract year: floor prices, share rates by band, yearly minima."""

from __future__ import annotations

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
    extended,
    indices_of,
    one_change,
    saved_value,
    table_at,
    titled,
)
from models import Deal, field_at, timeline, value_at, words_at

MOST_YEARS = 60


class YearBinding:
    """Fields of one part by contract year; a field with bands takes one line for each."""

    grows = "year"

    def __init__(self, part: str, names: tuple[str, ...]) -> None:
        self.part = part
        self.names = names
        self.paths = tuple(f"{part}.{name}" for name in names)
        self._first_line: dict[str, int] = {}

    def plan(self, deal: Deal, saved: Deal) -> Plan:
        """Years up to the longest table; beyond its end a shorter one shows what stands for it."""
        length = max((len(table_at(deal, path)) for path in self.paths), default=0) or 1
        time = timeline(deal)
        heads = tuple(Column(f"Year {y + 1}", time.label(time.first_service + 12 * y)) for y in range(length))
        return Plan("Contract year", heads, tuple(self._lines(deal, saved, length)))

    def _lines(self, deal: Deal, saved: Deal, length: int) -> list[Line]:
        lines: list[Line] = []
        for path in self.paths:
            self._first_line[path] = len(lines)
            field = field_at(deal, path)
            entry = Entry(field.element, deal.currency)
            if field.shape != "by_year_and_band":
                lines.append(Line(titled(field.label, entry), entry, self._cells(deal, saved, path, length, None)))
                continue
            bands = table_at(deal, f"{self.part}.bands")
            for band in range(max(1, len(bands))):
                title = field.label
                if len(bands) > 1:
                    edge = Entry(field_at(deal, f"{self.part}.bands").element, deal.currency)
                    title += f" from {edge.words(bands[band])}" if band else f" up to {edge.words(bands[1])}"
                cells = self._cells(deal, saved, path, length, band)
                lines.append(Line(titled(title, entry), entry, cells))
        return lines

    def _cells(self, deal: Deal, saved: Deal, path: str, length: int, band: int | None) -> tuple[Cell, ...]:
        table, before = table_at(deal, path), saved_value(deal, saved, path)
        made = []
        for year in range(length):
            at = f"{path}[{year}]" + ("" if band is None else f"[{band}]")
            value = _picked(table, year, band, self._beyond(path, table))
            old = _picked(before if isinstance(before, tuple) else (), year, band, None)
            made.append(Cell(at, value, old, implied=year >= len(table)))
        return tuple(made)

    def _beyond(self, path: str, table: Table) -> Any:
        """What stands after the end of a table: nothing for floor prices, else its last entry."""
        if path.endswith("floor_prices") or not table:
            return 0.0
        return table[-1]

    def wish(self, deal: Deal, cells: Cells, words: str = "") -> Wish:
        """One cell of the file, one whole field, or the part where several fields change at once."""
        by_path: dict[str, list[tuple[int, int | None, object]]] = {}
        for (line, year), value in cells.items():
            path, band = self._line_of(deal, line)
            by_path.setdefault(path, []).append((year, band, value))
        if len(cells) == 1:
            ((path, ((year, band, value),)),) = by_path.items()
            if year < len(table_at(deal, path)):
                at = f"{path}[{year}]" + ("" if band is None else f"[{band}]")
                return one_change(deal, at, value, words)
        tables = {path: self._with(deal, path, changes) for path, changes in by_path.items()}
        said = words or count_words(deal, next(iter(tables)), len(cells))
        if len(tables) == 1:
            ((path, table),) = tables.items()
            return Wish(path, table, said)
        part: Any = value_at(deal, self.part)
        update = {path.removeprefix(self.part + "."): table for path, table in tables.items()}
        return Wish(self.part, part.model_copy(update=update), said)

    def _with(self, deal: Deal, path: str, changes: list[tuple[int, int | None, object]]) -> Table:
        table = table_at(deal, path)
        filler = self._beyond(path, table)
        banded = field_at(deal, path).shape == "by_year_and_band"
        if banded and not table:
            filler = (0.0,) * max(1, len(table_at(deal, f"{self.part}.bands")))
        made = extended(table, max(year for year, _, _ in changes) + 1, filler)
        for year, band, value in changes:
            made[year] = value if band is None else (*made[year][:band], value, *made[year][band + 1 :])
        return tuple(made[:MOST_YEARS])

    def _line_of(self, deal: Deal, line: int) -> tuple[str, int | None]:
        for path in self.paths:
            banded = field_at(deal, path).shape == "by_year_and_band"
            count = max(1, len(table_at(deal, f"{self.part}.bands"))) if banded else 1
            if line < count:
                return path, line if banded else None
            line -= count
        raise IndexError("no such line")

    def resized(self, deal: Deal, more: bool) -> Wish | None:
        """One more year like the last, or one less."""
        path = self.paths[0]
        table = table_at(deal, path)
        length = max(len(table_at(deal, each)) for each in self.paths)
        if more and length < MOST_YEARS:
            last = table[-1] if table else 0.0
            if field_at(deal, path).shape == "by_year_and_band" and not table:
                last = (0.0,) * max(1, len(table_at(deal, f"{self.part}.bands")))
            return Wish(path, tuple(extended(table, length + 1, last)), f"{words_at(deal, path)}: one more year")
        if more or length <= 1:
            return None
        cut = {each: table_at(deal, each)[: length - 1] for each in self.paths if len(table_at(deal, each)) == length}
        words = f"{words_at(deal, path)}: one year less"
        if len(cut) == 1:
            ((only, shorter),) = cut.items()
            return Wish(only, shorter, words)
        part: Any = value_at(deal, self.part)
        update = {each.removeprefix(self.part + "."): shorter for each, shorter in cut.items()}
        return Wish(self.part, part.model_copy(update=update), words)

    def cell_of(self, path: str) -> tuple[int, int] | None:
        """Line and year of a path."""
        for table in self.paths:
            found = indices_of(path, table)
            if found is not None:
                year, band = (*found, 0, 0)[:2]
                return self._first_line.get(table, 0) + band, year
        return None


def _picked(table: Table, year: int, band: int | None, beyond: Any) -> object:
    entry = table[year] if year < len(table) else beyond
    if band is None:
        return entry
    return entry[band] if isinstance(entry, tuple) and band < len(entry) else (None if entry is None else 0.0)
