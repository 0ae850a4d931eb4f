"""One deal evaluated: every line, every key figure, and a reason where a figure does not exist."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from models.deal.months import month_number, month_text
from models.deal.schema import Deal
from models.deal.shared import PARTNER_FIGURES
from models.deal.values import segment_label
from models.engine.evaluate import Program
from models.engine.returns import irr
from models.language.line import Kind
from models.language.model import Line, Model
from models.lines import KEPT_MODELS, model_of
from models.lines.binding import bind

Array = NDArray[np.float64]
Figure = float | int | None


@dataclass(frozen=True)
class KeyFigure:
    """A key figure by its name in files: the line it is read from and how ("once", "total", "ever")."""

    name: str
    label: str
    line: str
    how: str
    missing: str = ""

    @property
    def internal(self) -> bool:
        """Whether the list of what a partner may see does not name it."""
        return self.name not in PARTNER_FIGURES


KEY_FIGURES = (
    KeyFigure("debt_amount", "Senior debt", "debt_amount", "once"),
    KeyFigure("debt_cover_capacity", "Debt that cover allows", "debt_cover_capacity", "once"),
    KeyFigure("advance_limit", "Debt that the advance rate allows", "advance_limit", "once"),
    KeyFigure("capex", "Capital cost", "capex", "once"),
    KeyFigure("loan_to_cost", "Loan to cost", "loan_to_cost", "once", "there is no capital cost"),
    KeyFigure("gross_commitment", "Gross commitment", "gross_commitment", "once"),
    KeyFigure("cloud_revenue", "Cloud revenue", "cloud_revenue", "total"),
    KeyFigure("share_paid", "Share paid", "share_paid", "total"),
    KeyFigure("commitment_paid", "Commitment paid", "commitment_paid", "total"),
    KeyFigure("guarantee_paid", "Debt guarantee paid", "debt_guarantee_draw", "total"),
    KeyFigure("lease_guarantee_paid", "Lease guarantee paid", "lease_guarantee_draw", "total"),
    KeyFigure("lender_loss", "Lenders' loss", "lender_loss", "total"),
    KeyFigure("distributions", "Distributions", "distributions", "total"),
    KeyFigure("equity_invested", "Equity invested", "equity_invested", "once"),
    KeyFigure(
        "min_dscr", "Lowest DSCR", "min_dscr", "once",
        "no debt service falls due from the twelfth month of the repayment window on",
    ),
    KeyFigure(
        "min_dscr_without_support", "Lowest DSCR without support", "min_dscr_without_support", "once",
        "no debt service falls due from the twelfth month of the repayment window on",
    ),
    KeyFigure(
        "min_dscr_called", "Lowest DSCR of the sizing case", "min_dscr_called", "once", "no debt service is scheduled"
    ),
    KeyFigure("llcr", "LLCR", "llcr", "once", "there is no senior debt"),
    KeyFigure("average_life", "Average life of the debt", "average_life", "once", "there is no senior debt"),
    KeyFigure(
        "payback_month", "Payback month", "payback_month", "once",
        "the shareholders do not have their money back by the end of the model",
    ),
    KeyFigure("share_of_revenue", "Share of revenue", "share_of_revenue", "once", "there is no revenue"),
    KeyFigure("vendor_support_npv", "Support NPV", "vendor_support_npv", "once"),
    KeyFigure("vendor_npv", "Vendor NPV", "vendor_npv", "once"),
    KeyFigure("partner_npv", "Partner NPV", "partner_npv", "once"),
    KeyFigure("partner_irr", "Partner IRR", "partner_equity_flow", "irr"),
    KeyFigure("defaulted", "Default", "defaulted", "ever"),
)  # fmt: skip
"""Key figures in the order in which files and reports list them."""


@dataclass(frozen=True)
class LineInfo:
    """What is known about a line item of a deal."""

    name: str
    label: str
    unit: str
    section: str
    reason: str
    kind: Kind
    internal: bool
    once: bool


@dataclass(frozen=True)
class Case:
    """A deal with its figures.

    Attributes:
        lines: by name, shape (months,), for lines with a value a month; a figure that does not exist is infinite.
        once: by name, for lines with one value for the deal.
        kpis: key figures by name, None where one does not exist.
        reasons: why, for each of those.
        inputs: what was bound to the model, by path: floats, tables of shape (years, 1), series of shape (months, 1).
    """

    deal: Deal
    model: Model
    lines: Mapping[str, Array]
    once: Mapping[str, float]
    kpis: Mapping[str, Figure]
    reasons: Mapping[str, str]
    inputs: Mapping[str, Array | float]

    @property
    def months(self) -> int:
        return self.deal.months

    @property
    def dates(self) -> tuple[str, ...]:
        """The months of the model, `YYYY-MM`."""
        first = month_number(self.deal.start)
        return tuple(month_text(first + m) for m in range(self.deal.months))


@lru_cache(maxsize=KEPT_MODELS)
def _program(model: Model) -> Program:
    return Program(model)


def program_of(deal: Deal, *, simulated: bool = False, delayed: bool = False) -> Program:
    """The printed model for deals of this structure; printed once, run for any numbers."""
    return _program(model_of(deal, simulated=simulated, delayed=delayed))


def evaluate(deal: Deal) -> Case:
    """The base case of a deal.

    Raises:
        FiguresError: a number of the deal leads to a figure beyond all measure; the message says which line.
    """
    return case_of(deal, program_of(deal), bind(deal))


def case_of(deal: Deal, program: Program, inputs: Mapping[str, Array | float]) -> Case:
    """A deal evaluated by a program of its structure for these inputs, none of which varies by column.

    Raises:
        FiguresError: a number of the deal leads to a figure beyond all measure; the message says which line.
    """
    rows = program.run(inputs, deal.months)
    model = program.model
    lines = {name: rows[name][:, 0] for name in model.by_month}
    once = {name: float(rows[name][0, 0]) for name in model.once}
    kpis, reasons = _figures(lines, once)
    return Case(deal, model, lines, once, kpis, reasons, inputs)


def _figures(lines: Mapping[str, Array], once: Mapping[str, float]) -> tuple[dict[str, Figure], dict[str, str]]:
    kpis: dict[str, Figure] = {}
    reasons: dict[str, str] = {}
    for figure in KEY_FIGURES:
        value: Figure
        if figure.how == "irr":
            rates, why = irr(lines[figure.line][:, None])
            value = None if why[0] else float(rates[0])
            if why[0]:
                reasons[figure.name] = why[0]
        elif figure.how == "ever":
            value = int(lines[figure.line].max() > 0)
        elif figure.how == "total":
            value = float(lines[figure.line].sum())
        else:
            value = once[figure.line]
            if not np.isfinite(value):
                value, reasons[figure.name] = None, figure.missing
        kpis[figure.name] = int(value) if figure.name == "payback_month" and value is not None else value
    return kpis, reasons


def line_items(deal: Deal) -> tuple[LineInfo, ...]:
    """Every line item of a deal in the order of the model, with phases and segments by their names."""
    return tuple(_info(deal, line) for line in model_of(deal).lines.values())


def _info(deal: Deal, line: Line) -> LineInfo:
    definition = line.definition
    return LineInfo(
        line.name, label_of(deal, line), str(definition.measure), definition.section, definition.reason,
        definition.kind, definition.internal, definition.once,
    )  # fmt: skip


def label_of(deal: Deal, line: Line) -> str:
    """Label of a line with the name of its phase, segment, band or support; members of one name are numbered."""
    return Labels(deal).of(line)


class Labels:
    """The labels of many lines of one deal."""

    def __init__(self, deal: Deal) -> None:
        self._deal = deal
        self._names: dict[str, list[str]] = {}

    def of(self, line: Line) -> str:
        """What `label_of` says of a line."""
        definition, k = line.definition, line.member
        if k is None:
            return definition.label
        each = definition.each or ""
        names = self._names.get(each, [])
        if k >= len(names):
            names = self._names[each] = _member_names(self._deal, each, k)
        name = f"{names[k]} ({k + 1})" if names.count(names[k]) > 1 else names[k]
        return f"{definition.label}: {name}"


def _member_names(deal: Deal, each: str, least: int) -> list[str]:
    match each:
        case "phase":
            return [phase.name for phase in deal.phases]
        case "segment":
            return [segment_label(segment.segment) for segment in deal.demand]
        case "claim":
            return [support.name for support in deal.credit_support if support.reimbursable]
        case _:
            return [f"band {b + 1}" for b in range(max(least + 1, len(deal.revenue_share.bands)))]
