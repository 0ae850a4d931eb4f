"""Any line over all months, in the unit that the eye wants: what a chart over the term draws."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from models.analysis.reading import MONEY_DUST, Reading
from models.analysis.series import Values, Years, years_of
from models.analysis.sums import SUMS
from models.engine.case import Case, label_of
from models.language.line import Kind, Measure

_UNITS = {Measure.FRACTION: (100.0, "%", 1), Measure.MULTIPLE: (1.0, "x", 2), Measure.GPU_HOURS: (1e-6, "million", 1)}
_DSCR = "dscr_12m"


@dataclass(frozen=True)
class OverTerm:
    """A figure by month; None where it does not exist. `limit` is a level that matters to it, with its name.

    `line` is what `explain` takes, `lines` are the lines of the model that it is made of.
    """

    label: str
    unit: str
    decimals: int
    positions: tuple[str, ...]
    years: Years
    values: Values
    flow: bool
    line: str
    lines: tuple[str, ...]
    limit: tuple[float, str] | None = None


def over_term(case: Case, *names: str) -> OverTerm | None:
    """The first of some names that is a line with a value a month, or one of `SUMS`, over all months of a case."""
    reading = Reading(case)
    name = next((each for each in names if each in SUMS or reading.has(each)), None)
    if name is None:
        return None
    lines: tuple[str, ...]
    if name in SUMS:
        measure, label, is_flow = Measure.MONEY, SUMS[name].label, True
        lines, values = _summed(reading, name)
    else:
        line = case.model.lines[name]
        measure, label, is_flow = line.definition.measure, label_of(case.deal, line), line.definition.kind is Kind.FLOW
        lines, values = (name,), reading.line(name)
    if measure is Measure.MONEY:
        peak = max((abs(value) for value in values if math.isfinite(value)), default=0.0)
        large = not 0 < peak < 1e5
        factor, unit, decimals = (1e-6, reading.money_unit, 1) if large else (1.0, case.deal.currency, 0)
    else:
        factor, unit, decimals = _UNITS.get(measure, (1.0, str(measure).replace("money", case.deal.currency), 2))
    lockup = case.deal.senior_debt.lockup_dscr
    return OverTerm(
        label,
        unit,
        decimals,
        tuple(reading.month(month) for month in range(case.months)),
        years_of(reading),
        tuple(value * factor if math.isfinite(value) else None for value in values),
        is_flow and any(abs(value) > MONEY_DUST for value in values),
        name,
        lines,
        (lockup, "Lock-up") if name == _DSCR and lockup > 0 else None,
    )


def _summed(reading: Reading, name: str) -> tuple[tuple[str, ...], Sequence[float]]:
    """The lines of a sum, and what they come to by month; of stocks by how much they grow in it."""
    made = SUMS[name]
    signs = [(each, sign) for sign, names in ((1.0, made.plus), (-1.0, made.minus)) for each in names]
    known = [(each, sign) for each, sign in signs if reading.has(each)]
    lines, rows = tuple(each for each, _ in known), [(reading.line(each), sign) for each, sign in known]
    values = [sum(row[month] * sign for row, sign in rows) for month in range(reading.months)]
    if not made.growth:
        return lines, values
    return lines, [after - before for before, after in pairwise((reading.line("cash_open")[0], *values))]
