"""Any line over all months, in the unit that the eye wants: what a chart over the term draws."""

from __future__ import annotations

import math
from dataclasses import dataclass

from models.analysis.reading import MONEY_DUST, Reading
from models.analysis.series import Values, Years, years_of
from models.engine.case import Case, label_of
from models.language.line import Kind, Measure

_UNITS = {Measure.FRACTION: (100.0, "%", 1), Measure.MULTIPLE: (1.0, "x", 2), Measure.GPU_HOURS: (1e-6, "million", 1)}
_DSCR = "dscr_12m"


@dataclass(frozen=True)
class OverTerm:
    """A line by month; None where it does not exist. `limit` is a level that matters to it, with its name."""

    label: str
    unit: str
    decimals: int
    positions: tuple[str, ...]
    years: Years
    values: Values
    flow: bool
    line: str
    limit: tuple[float, str] | None = None


def over_term(case: Case, name: str) -> OverTerm:
    """A line with a value a month over all months of a case. KeyError where there is no such line."""
    line, reading = case.model.lines[name], Reading(case)
    measure = line.definition.measure
    values = reading.line(name)
    if measure is Measure.MONEY:
        peak = max((abs(value) for value in values if math.isfinite(value)), default=0.0)
        large = not 0 < peak < 1e5
        factor, unit, decimals = (1e-6, reading.money_unit, 1) if large else (1.0, case.deal.currency, 0)
    else:
        factor, unit, decimals = _UNITS.get(measure, (1.0, str(measure).replace("money", case.deal.currency), 2))
    lockup = case.deal.senior_debt.lockup_dscr
    return OverTerm(
        label_of(case.deal, line),
        unit,
        decimals,
        tuple(reading.month(month) for month in range(case.months)),
        years_of(reading),
        tuple(value * factor if math.isfinite(value) else None for value in values),
        line.definition.kind is Kind.FLOW and any(abs(value) > MONEY_DUST for value in values),
        name,
        (lockup, "Lock-up") if name == _DSCR and lockup > 0 else None,
    )
