"""Where the money goes, as charts: the cash by calendar year, and sources and uses of the capital."""

from __future__ import annotations

from app.charts.kinds import Pile, Piles, Slice
from app.charts.of_deal import year_spans
from app.charts.spec import Chart, Panel, Series
from models import CashWaterfall, Funding

_CASH: dict[str, tuple[int, bool]] = {
    "revenue": (1, False),
    "support": (7, True),
    "sponsors": (3, True),
    "sale": (6, False),
    "costs": (8, False),
    "rent": (5, False),
    "tax": (6, True),
    "lenders": (2, False),
    "vendor": (4, False),
    "shareholders": (3, False),
    "kept": (5, True),
}
"""Colour and hatching of each part; no two of those that share a colour are drawn alike on the same side."""

_FUNDING: dict[str, tuple[int, bool]] = {
    "debt": (2, False),
    "deferred": (4, False),
    "equity": (3, False),
    "hardware": (1, False),
    "other": (5, False),
    "fees": (6, True),
}


def cash_waterfall_chart(cash: CashWaterfall) -> Chart:
    """Parts stacked by calendar year: what comes in upwards, what goes out downwards."""
    rows = tuple(
        Series(
            part.name, part.values, "stack", _CASH[part.key][0], decimals=1, hatched=_CASH[part.key][1], line=part.line
        )
        for part in cash.parts
    )
    spans = year_spans(cash.years, short=False)
    panels = (Panel(cash.unit, rows),)
    return Chart(
        cash.title, cash.subtitle, cash.positions, spans, panels, cash.summary, year_lines=False, months=cash.months
    )


def funding_chart(funding: Funding) -> Piles:
    """Two piles of one height."""
    piles = tuple(
        Pile(
            name,
            funding.total,
            tuple(Slice(part.name, part.value, part.share, *_FUNDING[part.key], line=part.line) for part in parts),
        )
        for name, parts in (("Sources", funding.sources), ("Uses", funding.uses))
    )
    subtitle = f"{funding.subtitle}, {funding.unit}"
    return Piles(funding.title, subtitle, funding.unit, piles, funding.summary, funding.decimals)
