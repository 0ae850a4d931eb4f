"""What the term sheet may rest on: fields, figures and lines that a partner may see, taken from an edition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from models.deal.shared import PARTNER_FIELDS, PARTNER_FIGURES
from models.workbook.edition import Edition
from models.workbook.term_sheet.words import month_at

Part = SimpleNamespace
"""The fields of one part of the deal that a partner may see, as attributes."""


@dataclass(frozen=True)
class Facts:
    """A deal as the partner sees it, whichever edition it was taken from.

    Attributes:
        figures: key figures by name, None where one does not exist.
        lines: lines of the model by name: the months, or the only value.
    """

    deal: Part
    partner: Part
    phases: tuple[Part, ...]
    debt: Part
    finance: Part
    share: Part
    collateral: Part
    supports: tuple[Part, ...]
    figures: Mapping[str, float | int | None]
    lines: Mapping[str, tuple[float, ...]]

    @property
    def currency(self) -> str:
        return str(self.deal.currency)

    def support(self, kind: str) -> Part | None:
        """The support of a kind, None where none is given; at most one of each kind is."""
        return next((support for support in self.supports if support.kind == kind), None)

    def figure(self, name: str) -> float:
        """A key figure that exists for every deal."""
        value = self.figures[name]
        assert value is not None, name
        return float(value)

    def once(self, line: str) -> float:
        """A line with one value for the deal; 0 where the deal has no such line."""
        (value,) = self.lines.get(line, (0.0,))
        return value

    def total(self, line: str) -> float:
        """The sum of a monthly line; 0 where the deal has no such line."""
        return sum(self.lines.get(line, ()))

    @property
    def operation(self) -> int:
        """The first month in which any phase is in service, counted from the start; may lie beyond the end."""
        return round(self.once("first_operation"))

    @property
    def years(self) -> int:
        """How many contract years begin within the term."""
        return int(max(0, -(-(self.deal.months - self.operation) // 12)))

    def period(self, year: int) -> str:
        """The months of a contract year, 0 the first: `March 2027 to February 2028`."""
        first = self.operation + 12 * year
        return f"{self.month(first)} to {self.month(min(first + 11, self.deal.months - 1))}"

    def month(self, offset: int) -> str:
        """A month in words."""
        return month_at(self.deal.start, offset)

    @property
    def last_month(self) -> str:
        return self.month(self.deal.months - 1)

    def by_year(self, line: str) -> list[float]:
        """Sums of a monthly line by contract year."""
        values = self.lines.get(line, ())[self.operation :]
        return [sum(values[k : k + 12]) for k in range(0, len(values), 12)]


def facts_of(edition: Edition) -> Facts:
    """The facts of an edition; those of the internal edition are the same as those of the partner's."""
    values = {entry.path: entry.value for entry in edition.entries}
    phases, supports = (
        tuple(_part(values, name, f"{name}[{k}].") for k in range(count))
        for name, count in (("phases", edition.phases), ("credit_support", len(edition.supports)))
    )
    for support, kind in zip(supports, edition.supports, strict=True):
        support.kind = kind
    return Facts(
        deal=_part(values, "", ""),
        partner=_part(values, "partner", "partner."),
        phases=phases,
        debt=_part(values, "senior_debt", "senior_debt."),
        finance=_part(values, "vendor_finance", "vendor_finance."),
        share=_part(values, "revenue_share", "revenue_share."),
        collateral=_part(values, "collateral", "collateral."),
        supports=supports,
        figures={name: value for name, value in edition.kpis.items() if name in PARTNER_FIGURES},
        lines={
            row.line.name: row.values if row.once is None else (row.once,)
            for row in edition.rows
            if not row.line.definition.internal
        },
    )


def _part(values: Mapping[str, Any], part: str, prefix: str) -> Part:
    names = PARTNER_FIELDS[part]
    return Part(**{name: values[prefix + name] for name in names if prefix + name in values})
