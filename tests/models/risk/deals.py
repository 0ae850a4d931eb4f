"""Deals simple enough for a formula to say what their simulation must find."""

from __future__ import annotations

from typing import Any

from models.deal.schema import Deal
from tests.models.deal.samples import Json, raw

PRICE, GPUS, MONTHS = 4.0, 1000, 24


def uncertain(**changes: Any) -> Json:
    """Settings of a simulation in which nothing varies but what is changed."""
    return {
        "paths": 20_000, "seed": 11, "demand_volatility": 0.0, "demand_reversion": 0.0, "price_volatility": 0.0,
        "price_reversion": 0.0, "correlation": 0.0, "segment_share": 0.0, "residual_volatility": 0.0,
        "residual_correlation": 0.0, "partner_default": "none", "default_correlation": 0.0,
    } | changes  # fmt: skip


def one_segment(floor: float = 3.6, *, months: int = MONTHS, uncertainty: Json | None = None, **changes: Any) -> Deal:
    """A cloud without debt, tax or costs that sells all its hours to one segment, with a floor settled every month.

    Revenue of a month is GPUS * hours * PRICE * its price factor, and the floor amount GPUS * hours * floor.
    """
    deal = raw()
    deal |= {"months": months, "include_residual": False}
    deal["partner"] |= {"tax_rate": 0.0, "minimum_cash": 0.0}
    deal["phases"] = [
        deal["phases"][0] | {"gpus": GPUS, "install_months": 0, "availability": 1.0, "delivery": "2027-01"}
    ]
    deal["demand"] = [
        deal["demand"][2]
        | {"gpus": GPUS, "start": "2027-01", "ramp_months": 0, "annual_growth": 0.0, "price": PRICE, "bad_debt": 0.0,
           "annual_price_change": 0.0, "price_floor": 0.0, "demand_beta": 0.0, "price_beta": 1.0}
    ]  # fmt: skip
    deal["operations"] = dict.fromkeys(deal["operations"], 0.0) | {"pue": 1.0}
    deal["senior_debt"] |= {"sizing": "fixed", "fixed_amount": 0.0, "first_repayment": "2027-02"}
    deal["credit_support"][0] |= {
        "floor_prices": [floor] * -(-months // 12), "coverage": 1.0, "settlement_months": 1, "netting": "none",
        "longstop": None,
    }  # fmt: skip
    deal["uncertainty"] = uncertain(price_volatility=0.3) if uncertainty is None else uncertainty
    for path, value in changes.items():
        deal[path] = value
    return Deal.model_validate(deal)
