"""The figures behind each chart over time, by month, quarter or year: what the window copies and saves of it."""

from __future__ import annotations

from collections.abc import Sequence

from models.analysis.figures import SUPPORT_PAYMENTS
from models.analysis.reading import Reading
from models.analysis.risk_shown import Exposure
from models.analysis.waterfall import cash_parts
from models.engine.case import Case
from models.engine.tables import cash_flow_table, lines_table, periods_of
from models.workbook.cells import CellRow, CellTable, cells_of

_LINES: dict[str, tuple[str, ...]] = {
    "cash": ("cfads", "scheduled_debt_service"),
    "revenue": ("cloud_revenue", "floor_amount", "operating_costs", "rent_due", "scheduled_debt_service"),
    "cover": ("dscr_12m", "dscr_without_support", "debt_balance"),
    "support": ("floor_amount", "supported_revenue", *SUPPORT_PAYMENTS),
}
"""The lines that a chart is drawn from."""

_TITLES = {"month": "By month", "quarter": "By quarter", "year": "By year"}


def cash_flow_by(case: Case, period: str) -> CellTable:
    """The cash flow in file units."""
    return cells_of(cash_flow_table(case, period), _TITLES[period], case.deal.currency)


def lines_by(case: Case, names: Sequence[str], period: str) -> CellTable:
    """Lines in file units: flows added up over each period, balances and ratios as `lines_table` says."""
    return cells_of(lines_table(case, names, period), _TITLES[period], case.deal.currency)


def chart_by(case: Case, chart: str, period: str) -> CellTable:
    """The lines that a chart is drawn from, in file units: of "cash", "revenue", "cover" or "support"."""
    names = _LINES[chart]
    if chart == "revenue":  # measured against the floor, or against costs where there is none
        names = names[:2] if any(case.lines["floor_amount"]) else (names[0], *names[2:])
    return lines_by(case, names, period)


def waterfall_by(case: Case, period: str) -> CellTable:
    """The parts of the cash waterfall in file units; in each period they add up to nothing."""
    ends, columns = periods_of(case, period)
    starts = (0, *(end + 1 for end in ends[:-1]))
    parts = cash_parts(Reading(case), [(start, end + 1) for start, end in zip(starts, ends, strict=True)])
    currency = case.deal.currency
    rows = [
        CellRow((name, currency, *(value + 0.0 for value in values)), "money")
        for _, name, _, values in parts
        if any(values)
    ]
    return CellTable(_TITLES[period], ("Part", "Unit", *columns), tuple(rows))


def exposure_by(case: Case, exposure: Exposure, period: str) -> CellTable:
    """The exposure of a simulation, in millions: what is still to come, as the last month of a period has it."""
    ends, columns = periods_of(case, period)
    contractual = 1e3 if exposure.contractual_unit != exposure.unit else 1.0  # on the chart it may be in billions
    rows = [
        CellRow((name, exposure.unit, *((values[end] or 0.0) * factor for end in ends)))
        for name, values, factor in (
            ("Contractual", exposure.contractual, contractual),
            ("95 % of paths", exposure.high, 1.0),
            ("Expected", exposure.expected, 1.0),
        )
    ]
    return CellTable(_TITLES[period], ("Exposure", "Unit", *columns), tuple(rows))
