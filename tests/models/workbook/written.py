"""The deals whose workbooks are examined: all that are shipped, two that break, and some random ones."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from models.deal.paths import deal_from
from models.deal.schema import Deal
from models.deal.templates import load_template, template_names
from models.engine.case import Case, evaluate
from models.workbook.edition import Edition, edition_of
from models.workbook.export import workbook_bytes
from tests.agreement.random_deals import random_deal
from tests.agreement.reading import Book, read_book

EXPECTED = Path(__file__).parents[2] / "agreement" / "expected"
DATE = dt.date(2026, 11, 23)
EDITIONS = ("partner", "internal")
SHIPPED = tuple(template.name for template in template_names())
BREAKING = ("breaker-1", "breaker-2")
SEEDS = (9, 18, 36, 91)
NAMES = (*SHIPPED, *BREAKING, *(f"seed {seed}" for seed in SEEDS))


@cache
def deal_of(name: str) -> Deal:
    """A shipped, breaking or random deal by its name."""
    if name.startswith("seed "):
        return deal_from(random_deal(int(name.removeprefix("seed "))))
    if name in SHIPPED:
        return load_template(name)
    return deal_from(json.loads((EXPECTED / f"{name}.deal").read_text(encoding="utf-8")))


def exported(deal: Deal, edition: str, date: dt.date = DATE) -> bytes:
    """One edition of a deal's workbook."""
    return workbook_bytes(edition_of(evaluate(deal), edition), date, lambda _share: None)


@dataclass(frozen=True)
class Written:
    """A workbook as written, with what it was written from."""

    name: str
    kind: str

    @cached_property
    def deal(self) -> Deal:
        return deal_of(self.name)

    @cached_property
    def case(self) -> Case:
        return evaluate(self.deal)

    @cached_property
    def edition(self) -> Edition:
        return edition_of(self.case, self.kind)

    @cached_property
    def content(self) -> bytes:
        return workbook_bytes(self.edition, DATE, lambda _share: None)

    @cached_property
    def book(self) -> Book:
        return read_book(self.content)

    @property
    def last_column(self) -> int:
        """Column of the last month on the model sheet, counted from 1."""
        return 5 + self.deal.months
