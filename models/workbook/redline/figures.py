"""What changes do to the key figures: every change alone and all together are columns of one evaluation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from models.deal.field import Unit, unit_text
from models.deal.problems import DealError
from models.deal.schema import Deal
from models.engine.case import KEY_FIGURES, evaluate, program_of
from models.engine.columns import key_figures
from models.engine.evaluate import FiguresError
from models.lines.binding import Array, bind

Figures = Mapping[str, float | None]


@dataclass(frozen=True)
class RedlineFigure:
    """A key figure that a redline shows: shown = value * 10**power with so many decimals, in `unit`."""

    name: str
    label: str
    unit: str
    power: int
    decimals: int
    internal: bool


_SHOWN = (
    ("partner_irr", "Partner IRR", "points", 2, 2),
    ("min_dscr", "Lowest DSCR", "x", 0, 3),
    ("debt_amount", "Senior debt", "money", -6, 1),
    ("vendor_npv", "Vendor NPV", "money", -6, 1),
    ("gross_commitment", "Commitment", "money", -6, 1),
    ("share_paid", "Share paid", "money", -6, 1),
)
_KNOWN = {figure.name: figure for figure in KEY_FIGURES}


def shown_figures(currency: str) -> tuple[RedlineFigure, ...]:
    """The key figures that stand beside each change, money in millions of the currency."""
    return tuple(
        RedlineFigure(
            name, label, unit_text(Unit.MONEY, currency) if unit == "money" else unit, power, decimals,
            _KNOWN[name].internal,
        )
        for name, label, unit, power, decimals in _SHOWN
    )  # fmt: skip


@dataclass(frozen=True)
class RedlineEffect:
    """The key figures of a deal with some changes taken.

    Attributes:
        figures: by name, None where one does not exist; empty where the deal cannot be used so.
        moves: what they are more than without the changes; only those that exist both before and after.
        reason: why there are no figures, else "".
    """

    figures: Figures
    moves: Mapping[str, float]
    reason: str = ""


def effects_of(before: Deal, after: Sequence[Deal | str]) -> tuple[RedlineEffect, ...]:
    """The effect of going from one deal to each of others; a text instead of a deal is the reason why there is none.

    Deals of one structure are evaluated together; where one of them has no figures, each is evaluated alone.
    """
    deals = [each for each in after if isinstance(each, Deal)]
    try:
        base, *others = _together([before, *deals])
    except FiguresError:
        base, *others = (_alone(deal) for deal in (before, *deals))
    found = iter(others)
    return tuple(RedlineEffect({}, {}, each) if isinstance(each, str) else _effect(base, next(found)) for each in after)


def _effect(base: Figures | str, figures: Figures | str) -> RedlineEffect:
    if isinstance(figures, str):
        return RedlineEffect({}, {}, figures)
    moves = {}
    if not isinstance(base, str):
        for name, value in figures.items():
            was = base[name]
            if value is not None and was is not None:
                moves[name] = value - was
    return RedlineEffect(figures, moves)


def _alone(deal: Deal) -> Figures | str:
    try:
        kpis = evaluate(deal).kpis
    except (FiguresError, DealError) as error:
        return str(error)
    return {name: None if value is None else float(value) for name, value in kpis.items()}


def _together(deals: Sequence[Deal]) -> list[Figures | str]:
    """Key figures of deals of one structure, as columns of one evaluation."""
    program = program_of(deals[0])
    if any(program_of(deal) is not program or deal.months != deals[0].months for deal in deals):
        return [_alone(deal) for deal in deals]
    columns = key_figures(program, _columns(deals), deals[0].months)
    values = {name: np.broadcast_to(row, len(deals)) for name, row in columns.values.items()}
    return [
        {name: None if np.isnan(row[k]) else float(row[k]) for name, row in values.items()} for k in range(len(deals))
    ]


def _columns(deals: Sequence[Deal]) -> dict[str, Array | float]:
    """The inputs of several deals side by side; those that are the same in all stay one column."""
    bound = [bind(deal) for deal in deals]
    inputs: dict[str, Array | float] = {}
    for path, first in bound[0].items():
        each = [np.atleast_2d(np.asarray(inputs_of[path], dtype=np.float64)) for inputs_of in bound]
        same = all(np.array_equal(rows, each[0]) for rows in each)
        inputs[path] = first if same else np.hstack(each)
    return inputs
