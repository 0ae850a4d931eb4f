"""More workbooks than a test has time for: `uv run python -m tests.agreement.many_workbooks 200 [FIRST]`.

Exports the random deals of so many seeds, lets LibreOffice recalculate them from poisoned caches and compares every
cell with the engine; then once more with every numeric input of the workbook and of the deal changed.
"""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from models.deal.paths import deal_from, value_at
from models.deal.problems import DealError
from models.engine.case import Case, evaluate
from models.engine.evaluate import FiguresError
from models.workbook.edition import edition_of
from models.workbook.export import workbook_bytes

from .changing import another_value, changed_deal, changed_workbook
from .comparing import DUST, differences
from .libreoffice import poison, recalculate
from .random_deals import random_deal
from .reading import Book, read_book

DATE = dt.date(2026, 11, 23)
BATCH = 20
LIMIT = 900.0


def export(case: Case, edition: str) -> bytes:
    """One edition of the workbook of an evaluated deal."""
    return workbook_bytes(edition_of(case, edition), DATE, lambda _share: None)


def recalculated(contents: Mapping[str, bytes], folder: Path) -> dict[str, Book]:
    """The workbooks recalculated by one call, by the names given; every cached value was poisoned before."""
    paths = []
    for number, content in enumerate(contents.values()):
        path = folder / f"{number}.xlsx"
        path.write_bytes(content)
        poison(path)
        paths.append(path)
    results = recalculate(paths, folder / "out", limit=LIMIT)
    return {name: read_book(result) for name, result in zip(contents, results, strict=True)}


def every_number(case: Case) -> Iterator[tuple[str, object]]:
    """Another value for every number among the inputs of a workbook, tables and series included."""
    number = 0
    for entry in edition_of(case, "internal").entries:
        value = value_at(case.deal, entry.path)
        if entry.field.shape == "by_month" and isinstance(value, tuple):
            value = value[: case.months]
        for path in single_values(entry.path, value) if entry.live else ():
            number += 1
            other = another_value(case.deal, path, number)
            if path != "revenue_share.bands[0]" and other != value_at(case.deal, path):
                yield path, other


def single_values(path: str, value: object) -> Iterator[str]:
    """The path of a value, or of each value in a table."""
    if isinstance(value, tuple):
        for k, entry in enumerate(value):
            yield from single_values(f"{path}[{k}]", entry)
    else:
        yield path


def wrong(seeds: Sequence[int], folder: Path) -> Iterator[str]:
    """What differs in the workbooks of some seeds."""
    cases: dict[str, Case] = {}
    contents: dict[str, bytes] = {}
    for seed in seeds:
        plain = evaluate(deal_from(random_deal(seed)))
        edition = ("internal", "partner")[seed % 2]
        cases[f"seed {seed}"], contents[f"seed {seed}"] = plain, export(plain, edition)
        change = dict(every_number(plain))
        try:
            name = f"seed {seed}, every number changed"
            cases[name] = evaluate(changed_deal(plain.deal, change))
        except (DealError, FiguresError):
            continue
        contents[name] = changed_workbook(export(plain, "internal"), change)
    for name, book in recalculated(contents, folder).items():
        found = differences(cases[name], book, dust=DUST)
        yield from (f"{name}: {text}" for text in found[:5])
        if len(found) > 5:
            yield f"{name}: and {len(found) - 5} more"


def main(arguments: Sequence[str]) -> int:
    """Compare the workbooks of as many seeds as asked; 1 where any differs."""
    count = int(arguments[0]) if arguments else BATCH
    first = int(arguments[1]) if len(arguments) > 1 else 0
    began, found = time.monotonic(), 0
    for start in range(first, first + count, BATCH):
        seeds = range(start, min(start + BATCH, first + count))
        with tempfile.TemporaryDirectory(prefix="backstop-workbooks-") as folder:
            texts = list(wrong(seeds, Path(folder)))
        found += len(texts)
        told = "\n".join([f"seeds {seeds[0]} to {seeds[-1]}: {len(texts)} differences", *texts])
        sys.stdout.write(f"{told} ({time.monotonic() - began:.0f} s)\n")
        sys.stdout.flush()
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
