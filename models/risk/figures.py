"""The figures taken from each path: key figures, the present values that risk is measured on, calls and defaults."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from models.deal.schema import Deal
from models.engine.case import KEY_FIGURES
from models.engine.columns import figures_of, wanted_for

Array = NDArray[np.float64]

LOSS, INCOME = "net_support_npv", "support_income_npv"
MARGIN, POSITION, LENDER_LOSS = "hardware_margin_npv", "vendor_position_npv", "lender_loss_npv"
PRESENT_VALUES = (LOSS, INCOME, MARGIN, POSITION, LENDER_LOSS)
"""Lines with one value for a path, at the vendor's discount rate."""

KPI_NAMES = tuple(figure.name for figure in KEY_FIGURES)

CALLED = "called"
CALLED_IN, CALLED_BY = "called in year {}", "called by year {}"
DEFAULTED_BY, OWN_DEFAULT_BY = "defaulted by year {}", "own default by year {}"

_CALLS, _IN_DEFAULT = "support_called", "months in default"


def years_of(deal: Deal) -> int:
    """Years of the model, the last one perhaps not full."""
    return -(-deal.months // 12)


def event_names(deal: Deal) -> tuple[str, ...]:
    """Events of a path, 1 or 0: calls and defaults by year of the model."""
    by_year = (CALLED_IN, CALLED_BY, DEFAULTED_BY, OWN_DEFAULT_BY)
    return (CALLED, *(name.format(year) for name in by_year for year in range(1, years_of(deal) + 1)))


def wanted_of(kpis: Sequence[str], *, events: bool) -> tuple[tuple[str, ...], dict[str, tuple[str, str]]]:
    """What the figures of a path are read from: lines to keep, and figures over months to add up."""
    keep, over_months = wanted_for(kpis)
    if events:
        keep, over_months = (*keep, _CALLS), {**over_months, _IN_DEFAULT: ("total", "defaulted")}
    return tuple(dict.fromkeys((*keep, *PRESENT_VALUES))), over_months


def read_figures(
    deal: Deal, lines: Mapping[str, Array], default_month: Array, kpis: Sequence[str], columns: int, *, events: bool
) -> Array:
    """The figures of every path of a tile: key figures, present values, then events.

    Args:
        lines: what `wanted_of` asks for, shape (months or 1, columns or 1).
        default_month: month of the partner's own default by path, shape (1, columns).
        columns: paths of the tile.

    Returns:
        Shape (figures, columns), NaN where a figure does not exist.
    """
    found = figures_of(lines, kpis)
    rows = [*(found.values[name] for name in kpis), *(lines[name][0] for name in PRESENT_VALUES)]
    if events:
        rows += _events(deal, lines[_CALLS], lines[_IN_DEFAULT], default_month)
    matrix = np.empty((len(rows), columns))
    for k, row in enumerate(rows):
        matrix[k] = row
    return matrix


def _events(deal: Deal, calls: Array, in_default: Array, default_month: Array) -> list[Array]:
    starts = np.arange(0, deal.months, 12)
    ends = np.minimum(starts + 12, deal.months)[:, None]
    called_in = np.maximum.reduceat(calls, starts, axis=0)
    called_by = np.maximum.accumulate(called_in, axis=0)
    defaulted, own = deal.months - in_default < ends, default_month < ends
    return [called_by[-1], *called_in, *called_by, *defaulted.astype(np.float64), *own.astype(np.float64)]
