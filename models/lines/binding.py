"""The numbers of a deal, bound to the inputs of its model."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from models.deal.field import Unit
from models.deal.months import month_number
from models.deal.part import Part
from models.deal.schema import Deal, fields
from models.lines.structure import is_structural

Array = NDArray[np.float64]
Inputs = dict[str, Array | float]


def bind(deal: Deal, factors: Mapping[str, Array | float] | None = None) -> Inputs:
    """Every number of the deal by the path of its input.

    Args:
        deal: the deal.
        factors: for a simulated path, `demand[s].demand_factor`, `demand[s].price_factor` of shape (months, columns),
            `factors.residual_factor` and `factors.partner_default_month`.

    Returns:
        Floats; months as 12 x year + month - 1; tables of shape (years, 1); series of shape (months, 1).
    """
    inputs: Inputs = {}
    _bind_part(deal, "", inputs)
    for name in ("partner", "operations", "senior_debt", "vendor_finance", "revenue_share", "collateral", "vendor"):
        _bind_part(getattr(deal, name), f"{name}.", inputs)
    for name in ("phases", "demand", "credit_support"):
        for k, part in enumerate(getattr(deal, name)):
            _bind_part(part, f"{name}[{k}].", inputs)
    _bind_share(deal, inputs)
    for s, segment in enumerate(deal.demand):
        if segment.gpus_by_month:
            inputs[f"demand[{s}].gpus_by_month"] = _by_month(segment.gpus_by_month, deal.months)
    inputs.update(factors or {})
    return inputs


def _bind_part(part: Part, prefix: str, inputs: Inputs) -> None:
    for name, form in _numbers(type(part)):
        value = getattr(part, name)
        if value is None:
            continue
        if form == "month":
            inputs[prefix + name] = float(month_number(value))
        elif form == "scalar":
            inputs[prefix + name] = float(value)
        elif value:
            inputs[prefix + name] = np.array(value, dtype=np.float64)[:, None]


@cache
def _numbers(part: type[Part]) -> tuple[tuple[str, Literal["month", "scalar", "by_year"]], ...]:
    """The fields of a part that are bound as they stand, and in which form."""
    found: list[tuple[str, Literal["month", "scalar", "by_year"]]] = []
    for name, field in fields(part).items():
        if is_structural(name, field):
            continue
        if field.unit is Unit.MONTH:
            found.append((name, "month"))
        elif field.shape in ("scalar", "by_year"):
            found.append((name, "scalar" if field.shape == "scalar" else "by_year"))
    return tuple(found)


def _bind_share(deal: Deal, inputs: Inputs) -> None:
    share = deal.revenue_share
    for b, lower in enumerate(share.bands):
        inputs[f"revenue_share.bands[{b}]"] = float(lower)
    for b in range(max(1, len(share.bands))):
        if share.rates:
            inputs[f"revenue_share.rates_{b}"] = np.array([row[b] for row in share.rates], dtype=np.float64)[:, None]


def _by_month(values: tuple[float, ...], months: int) -> Array:
    row = np.zeros((months, 1))
    given = min(months, len(values))
    row[:given, 0] = values[:given]
    return row
