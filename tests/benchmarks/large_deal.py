"""A deal as large as the window has to bear with ease: 12 phases, 20 segments, 240 months, all years filled in."""

from __future__ import annotations

import json
from typing import Any

from models import Deal, dumps_deal, load_template, loads_deal

PHASES, SEGMENTS, MONTHS = 12, 20, 240


def large_deal() -> Deal:
    """The campus template drawn out to twenty years: each segment of it four times, each with its own GPUs by month."""
    fields: dict[str, Any] = json.loads(dumps_deal(load_template("campus")))
    assert len(fields["phases"]) == PHASES
    fields |= {"name": "Large deal", "months": MONTHS, "demand": _demand(fields["demand"])}
    fields["senior_debt"]["repayment_months"] = 180
    share = fields["revenue_share"]
    share["rates"] = [share["rates"][min(year, len(share["rates"]) - 1)] for year in range(MONTHS // 12)]
    support = fields["credit_support"][0]
    floors = support["floor_prices"]
    support["floor_prices"] = [floors[min(year, len(floors) - 1)] for year in range(MONTHS // 12)]
    return loads_deal(json.dumps(fields).encode())


def _demand(campus: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Twenty segments, each a quarter of one of the campus."""
    copies = SEGMENTS // len(campus)
    return [
        segment
        | {
            "segment": f"{segment['segment']}_{copy + 1}",
            "gpus": segment["gpus"] // copies,
            "annual_price_change": segment["annual_price_change"] / 3,
            "gpus_by_month": [float(segment["gpus"] // copies + month) for month in range(MONTHS)] if copy else None,
        }
        for segment in campus
        for copy in range(copies)
    ]
