"""Random deals written for the partner: `uv run python -m tests.hardening.secrecy 300 [FIRST]`.

Each deal is written as workbook, Word document and PDF, once as drawn and once with every internal field changed and
scenarios added. Both must be the same to the byte, and no planted number, name or word of the vendor's may stand in any
part of them, in any disguise.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from app.documents import ENDINGS, write_document
from models.deal.paths import deal_from
from models.deal.schema import Deal
from tests.agreement.random_deals import random_deal
from tests.agreement.reading import Book
from tests.hardening.printed import printed
from tests.models.workbook.planting import (
    PARENT,
    SCENARIO,
    SCENARIO_NUMBER,
    SCENARIO_NUMBER_AGAIN,
    holds_text,
    leaks,
    numbers_of,
    opened,
    planted,
    raw_numbers,
)

DATE = dt.date(2026, 11, 23)
WORDS = (SCENARIO, PARENT, "Zebra", "Quagga", "raroc", "hurdle", "incrementality", "discount rate", "npv")
FEWEST = 5  # digits by which a planted number is known


def written(deal: Deal, edition: str, folder: Path) -> dict[str, bytes]:
    """An edition of a deal in each of its formats, by ending."""
    found = {}
    for ending in ENDINGS:
        path = folder / f"deal{ending}"
        write_document(deal, edition, path, date=DATE)
        found[ending] = path.read_bytes()
    return found


def parts_of(ending: str, content: bytes) -> Book:
    """Everything that can be read in a file: the parts of an archive, and of any in it; the pages and rest of a PDF."""
    if ending == ".pdf":
        return Book(printed(content))
    parts = opened({"": content})
    del parts[""]  # packed: words of three letters stand in it by chance
    return Book(parts)


def findings(plain: Deal, folder: Path) -> Iterator[str]:
    """What the partner's files of a deal tell about the vendor, in words."""
    deal, values = planted(plain)
    before, after = written(plain, "partner", folder), written(deal, "partner", folder)
    for ending, content in after.items():
        if content != before[ending]:
            yield f"{ending} changes with internal fields"
        book = parts_of(ending, content)
        yield from (f"{ending} holds {word!r}" for word in WORDS if holds_text(content, book, word))
        known = held(book, {**values, "scenarios": SCENARIO_NUMBER})
        if known:  # by chance, or because it follows what is internal: then another number does so again
            other, numbers = planted(plain, again=True)
            found = parts_of(ending, written(other, "partner", folder)[ending])
            known &= held(found, {**numbers, "scenarios": SCENARIO_NUMBER_AGAIN})
        yield from (f"{ending} holds {path}" for path in sorted(known))


def held(book: Book, values: Mapping[str, Any]) -> set[str]:
    """The fields whose planted numbers a file shows in any disguise, or holds raw."""
    secrets = {path: set(numbers_of([value])) for path, value in values.items()}
    every = set().union(*secrets.values())
    found = leaks(book, every, FEWEST) | raw_numbers(book, every)
    return {path for path, numbers in secrets.items() if numbers & found}


def check(seeds: Iterable[int], folder: Path) -> tuple[Counter[str], list[str]]:
    """What was tried, and what was found."""
    counts, wrong = Counter[str](), []
    for seed in seeds:
        deal = deal_from(random_deal(seed))
        counts["deals"] += 1
        counts["internal fields changed"] += len(planted(deal)[1])
        counts["files"] += len(ENDINGS)
        wrong += [f"seed {seed}: {finding}" for finding in findings(deal, folder)]
    return counts, wrong


def main(arguments: Sequence[str]) -> int:
    """Write as many random deals as asked; 1 where anything is found."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    number = int(arguments[0]) if arguments else 300
    first = int(arguments[1]) if len(arguments) > 1 else 0
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="backstop-secrecy-") as folder:
        counts, wrong = check(range(first, first + number), Path(folder))
    lines = [f"{count:7} {what}" for what, count in sorted(counts.items())]
    took = time.monotonic() - began
    sys.stdout.write("\n".join([*lines, *wrong, f"{number} deals, {len(wrong)} findings ({took:.0f} s)"]) + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
