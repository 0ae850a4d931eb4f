"""How much processor time it takes to write each document of a deal, evaluation included.

    uv run python -m tests.benchmarks.documents [rounds]

The longest shipped deal is measured as it is and stretched to 120 months, each document beside the base case alone.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from statistics import median
from time import process_time

from app.documents import write_document
from models import Deal, evaluate, load_template, with_value

LONG = 120
TARGET = 2.0
"""Seconds that the full model may take."""
DOCUMENTS = {
    "workbook, partner": ("partner", "deal.xlsx"),
    "workbook, internal": ("internal", "deal.xlsx"),
    "term sheet, PDF": ("partner", "deal.pdf"),
    "term sheet, Word": ("partner", "deal.docx"),
}


def measure(deal: Deal, rounds: int) -> Mapping[str, float]:
    """Median processor seconds for the base case and each document, by its name."""
    found = {"base case": _median(lambda: evaluate(deal), rounds)}
    with tempfile.TemporaryDirectory(prefix="backstop-documents-") as folder:
        for name, (edition, file) in DOCUMENTS.items():
            path = Path(folder) / file
            found[name] = _median(partial(write_document, deal, edition, path), rounds)
    return found


def _median(work: Callable[[], object], rounds: int) -> float:
    taken = []
    for _ in range(rounds):
        began = process_time()
        work()
        taken.append(process_time() - began)
    return median(taken)


def report(months: int, found: Mapping[str, float]) -> str:
    """What was measured, a line for each document."""
    lines = [f"{name:<20}{seconds:8.3f} s" for name, seconds in found.items()]
    slow = [name for name, seconds in found.items() if seconds > TARGET]
    verdict = f"over {TARGET:g} s: {', '.join(slow)}" if slow else f"all within {TARGET:g} s"
    return "\n".join([f"{months} months, {verdict}", *lines]) + "\n"


def main(arguments: list[str]) -> int:
    """Measure and print; 1 where a document takes longer than the target."""
    rounds = int(arguments[0]) if arguments else 5
    deal = load_template("austral")
    slow = False
    for each in (deal, with_value(deal, "months", LONG)):
        found = measure(each, rounds)
        sys.stdout.write(report(each.months, found))
        slow = slow or max(found.values()) > TARGET
    return int(slow)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
