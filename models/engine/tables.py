"""Figures by month, quarter or year, in rows by section: what the cash-flow table shows and copies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.deal.months import month_label
from models.engine.case import Case, Labels
from models.language.line import Kind
from models.language.model import Line
from models.language.tree import Op, Ref

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Row:
    """One line over the periods; a figure that does not exist is infinite.

    `total` is the sum over the term of a flow by year, None where a sum would mean nothing or is not shown.
    """

    name: str
    label: str
    section: str
    unit: str
    kind: str
    values: tuple[float, ...]
    subtotal: bool = False
    total: float | None = None


@dataclass(frozen=True)
class Table:
    """Rows under the same columns."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    spans: tuple[tuple[int, int], ...] = ()
    """First and last month of each column."""

    @property
    def has_total(self) -> bool:
        """Whether a column of totals stands after the periods."""
        return any(row.total is not None for row in self.rows)


CASH_FLOW: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Sales", ("available_gpu_hours", "sold_gpu_hours", "utilisation", "revenue[]", "*cloud_revenue")),
    (
        "Cash in",
        ("cloud_revenue", "commitment_paid", "residual_value_paid", "sponsor_support", "escrow_received",
         "residual_proceeds", "*cash_received"),
    ),
    (
        "Cash out: suppliers, tax, lenders",
        ("operating_costs_paid", "rent_paid_cash", "tax_paid", "service_from_cash", "dsra_draw", "sweep",
         "final_debt_repaid", "lender_recovery", "*cash_paid_first"),
    ),
    (
        "Cash out: vendor and shareholders",
        ("running_fees_paid", "reimbursement_paid", "share_paid", "recoupment_paid", "shareholders_paid",
         "*cash_paid_last"),
    ),
    ("Left at the end", ("cash_close", "dsra_balance")),
    ("Paid by others", ("escrow_draw", "lease_guarantee_draw", "letter_of_credit_draw", "debt_guarantee_draw")),
    ("Cover", ("cfads", "cfads_without_support", "scheduled_debt_service", "dscr_12m", "dscr_without_support")),
    (
        "Owed at the end",
        ("debt_balance", "debt_service_unpaid", "share_payable", "share_arrears", "reimbursement_balance",
         "deferred_balance"),
    ),
    (
        "Funding and equity",
        ("capex_paid", "support_upfront_paid", "loan_upfront_fee", "debt_draw", "equity_for_capex", "sponsor_support",
         "distributions", "*partner_equity_flow"),
    ),
)  # fmt: skip
"""Lines of the cash-flow table by section; [] is a line for each member of a family, * a subtotal.

A subtotal adds up the lines above it or is a figure of its own; what is left is cash in less cash out, carried on.
"""

PERIODS = ("month", "quarter", "year")


def cash_flow_table(case: Case, period: str = "month") -> Table:
    """The cash flow of a case by month, calendar quarter or calendar year.

    Flows are added up over a period, and a ratio of two flows is that of their sums; balances, other ratios and flags
    are those of its last month. By year each flow has its total over the term.

    Raises:
        ValueError: the period is none of `PERIODS`.
    """
    ends, columns = periods_of(case, period)
    rows: list[Row] = []
    add_totals = period == "year" and len(columns) > 1
    labels = Labels(case.deal)
    for section, names in CASH_FLOW:
        for marked in names:
            name = marked.removeprefix("*")
            members = [n for n in case.lines if n.startswith(name[:-1])] if name.endswith("[]") else [name]
            rows += _rows(case, members, ends, labels, section, subtotal=marked[0] == "*", total=add_totals)
    return Table(columns, tuple(rows), _spans(ends))


def lines_table(case: Case, names: Sequence[str], period: str = "month") -> Table:
    """Lines of a case by month, calendar quarter or calendar year, as in `cash_flow_table`; those always zero left out.

    Raises:
        ValueError: the period is none of `PERIODS`.
    """
    ends, columns = periods_of(case, period)
    known = [name for name in names if name in case.lines]
    return Table(columns, tuple(_rows(case, known, ends, Labels(case.deal))), _spans(ends))


def _rows(
    case: Case,
    names: Sequence[str],
    ends: tuple[int, ...],
    labels: Labels,
    section: str = "",
    *,
    subtotal: bool = False,
    total: bool = False,
) -> Iterator[Row]:
    for name in names:
        line = case.model.lines[name]
        if not line.constant_zero:
            unit, kind = str(line.definition.measure), str(line.definition.kind)
            label, values = labels.of(line), over_periods(case, line, ends)
            summed = float(case.lines[name].sum()) if total and line.sums else None
            yield Row(name, label, section, unit, kind, values, subtotal, summed)


def _spans(ends: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
    starts = (0, *(end + 1 for end in ends[:-1]))
    return tuple(zip(starts, ends, strict=True))


def over_periods(case: Case, line: Line, ends: tuple[int, ...]) -> tuple[float, ...]:
    """A line by period, `ends` holding for each the number of its last month."""
    formula = line.formula
    if isinstance(formula, Op) and formula.operator == "ratio":
        parts = [case.model.lines[arg.name] for arg in formula.args[:2] if isinstance(arg, Ref)]
        if len(parts) == 2 and all(part.definition.kind is Kind.FLOW and not part.once for part in parts):
            sums = [add_up(case.lines[part.name], Kind.FLOW, ends) for part in parts]
            return tuple(top / bottom if bottom > 0 else 0.0 for top, bottom in zip(*sums, strict=True))
    return add_up(case.lines[line.name], line.definition.kind, ends)


def add_up(values: Array, kind: Kind, ends: tuple[int, ...]) -> tuple[float, ...]:
    """A line by period: sums of a flow, else the value of the last month.

    Args:
        values: shape (months,).
        ends: for each period the number of its last month.
    """
    if len(ends) == len(values):  # by month there is nothing to add up
        return tuple(values.tolist())
    if kind is not Kind.FLOW:
        return tuple(values[list(ends)].tolist())
    starts = [0, *(end + 1 for end in ends[:-1])]
    return tuple(np.add.reduceat(values, starts).tolist())


def periods_of(case: Case, period: str) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """For each month, calendar quarter or calendar year of a case the number of its last month, and its heading.

    Raises:
        ValueError: the period is none of `PERIODS`.
    """
    if period not in PERIODS:
        raise ValueError(f"The period is {period!r}; it must be month, quarter or year.")
    keys = [_key(date, period) for date in case.dates]
    ends = tuple(m for m in range(len(keys)) if m + 1 == len(keys) or keys[m + 1] != keys[m])
    return ends, tuple(keys[end] for end in ends)


def _key(date: str, period: str) -> str:
    year, month = date.split("-")
    if period == "year":
        return year
    return month_label(date) if period == "month" else f"Q{(int(month) + 2) // 3} {year}"
