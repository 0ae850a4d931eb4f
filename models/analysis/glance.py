"""Everything the window shows of a computed deal at once, made away from the window."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from models.analysis.figures import GlanceFigure, key_figures
from models.analysis.findings import findings
from models.analysis.reading import Computed, Reading
from models.analysis.series import (
    Bars,
    Calls,
    Cover,
    calls_by_quarter,
    cash_by_year,
    cover_by_month,
    revenue_by_quarter,
)
from models.analysis.yearly import YearRow, year_rows
from models.deal.checks import check_deal
from models.deal.problems import Problem


@dataclass(frozen=True)
class Glance:
    """The key figures, charts and warnings of one case; `years` holds calculated rows by section."""

    figures: tuple[GlanceFigure, ...]
    warnings: tuple[Problem, ...]
    cash: Bars
    revenue: Bars
    cover: Cover
    calls: Calls
    years: Mapping[str, tuple[YearRow, ...]]
    money_unit: str


def glance(case: Computed, saved: Computed | None = None, *, name: str = "base case") -> Glance:
    """Read a case, and the case of the saved deal to tell how the key figures moved; `name` is what it is called."""
    now = Reading(case, name)
    return Glance(
        key_figures(now, Reading(saved) if saved is not None else None),
        findings(now) + tuple(each for each in check_deal(case.deal) if each.severity == "warning"),
        cash_by_year(now),
        revenue_by_quarter(now),
        cover_by_month(now),
        calls_by_quarter(now),
        year_rows(now),
        now.money_unit,
    )
