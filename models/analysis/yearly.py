"""Sums by contract year, for the rows under the year tables of the form."""

from __future__ import annotations

from dataclasses import dataclass

from models.analysis.reading import MONEY_DUST, Reading
from models.deal.months import month_number

Values = tuple[float | None, ...]


@dataclass(frozen=True)
class YearRow:
    """One calculated row, a figure for each contract year in the unit of its label; None where there is none.

    `line` names the line that is summed, "" where it is none; `spans` are the first and last month of each year.
    """

    label: str
    values: Values
    decimals: int
    line: str = ""
    spans: tuple[tuple[int, int], ...] = ()


def year_rows(case: Reading) -> dict[str, tuple[YearRow, ...]]:
    """The calculated rows of each section that has a year table, by the section's key."""
    years = contract_years(case)
    unit = case.money_unit
    digits = case.money_decimals

    def sums(name: str) -> list[float]:
        return [sum(case.line(name)[a:b]) / 1e6 for a, b in years]

    floor, revenue = sums("floor_amount"), sums("cloud_revenue")
    over = tuple(r / f if f * 1e6 > MONEY_DUST else None for r, f in zip(revenue, floor, strict=True))
    spans = tuple((a, b - 1) for a, b in years)

    def row(label: str, line: str) -> YearRow:
        return YearRow(f"{label}, {unit}", tuple(sums(line)), digits, line, spans)

    return {
        "support": (
            row("Floor amount", "floor_amount"),
            row("Cloud revenue", "cloud_revenue"),
            YearRow("Revenue over floor, x", over, 2),
        ),
        "share": (row("Base of the share", "share_base"), row("Share paid", "share_paid")),
    }


def contract_years(case: Reading) -> tuple[tuple[int, int], ...]:
    """The months of each contract year, (first, after the last), from the first month in service on."""
    start = month_number(case.deal.start)
    first = min(month_number(phase.delivery) + phase.install_months for phase in case.deal.phases) - start
    return tuple((at, min(at + 12, case.months)) for at in range(max(0, first), case.months, 12))
