"""Simulations and sensitivities as plain tables of values, ready to be printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from models.analysis.sensitivity import Tornado
from models.deal.field import SYMBOLS
from models.engine.case import KEY_FIGURES
from models.risk.estimates import Distribution, Estimate
from models.risk.results import RiskMeasures, RiskResult, Solution
from models.workbook.results import Form, ResultRow, ResultTable

_SAMPLING = {"random": "random paths", "antithetic": "antithetic pairs", "sobol": "scrambled Sobol points"}
_MEASURES: tuple[tuple[str, str, Form], ...] = (
    ("expected_loss", "Expected loss of the support", "money"),
    ("unexpected_loss", "Unexpected loss, one standard deviation", "money"),
    ("var95", "Value at risk, 95 %", "money"),
    ("cvar95", "Mean beyond it, 95 %", "money"),
    ("var99", "Value at risk, 99 %", "money"),
    ("cvar99", "Mean beyond it, 99 %", "money"),
    ("economic_capital", "Economic capital", "money"),
    ("income", "Share, fees and kicker", "money"),
    ("hardware_margin", "Margin on hardware", "money"),
    ("vendor_position", "Vendor's net position", "money"),
    ("lender_loss", "Lenders' loss", "money"),
    ("raroc", "RAROC a year", "percent"),
)
_KPI_FORMS: Mapping[str, tuple[str, Form]] = {
    "loan_to_cost": ("%", "percent"), "share_of_revenue": ("%", "percent"), "partner_irr": ("% a year", "percent"),
    "min_dscr": ("x", "multiple"), "min_dscr_without_support": ("x", "multiple"), "min_dscr_called": ("x", "multiple"),
    "llcr": ("x", "multiple"), "average_life": ("years", "years"), "payback_month": ("months", "whole"),
    "defaulted": ("part of paths", "percent"),
}  # fmt: skip
"""Unit and form of the key figures that are no amounts of money."""


def simulation_tables(result: RiskResult) -> tuple[ResultTable, ...]:
    """The measures of risk with and without the support, the key figures, calls and defaults by year, break-even terms.

    Every table names seed and number of paths; every estimate has its standard error beside it.
    """
    settings, currency = result.settings, result.currency
    how = f"{settings.paths:,} {_SAMPLING[settings.sampling]}, seed {settings.seed}; s.e. is the standard error."
    money = f"Present values at the vendor's discount rate; value at risk for capital at {settings.confidence:.1%}."
    bare = "Without support: the same paths, loan and share, with every payment of the support and its fee at nil."
    measures = ResultTable(
        "Simulation: risk of the vendor",
        ("With support", "s.e.", "Without support", "s.e."),
        tuple(_measures(result.measures, result.measures_without, currency)),
        (how, money, bare),
        settings.seed,
    )
    figures = ResultTable(
        "Simulation: key figures",
        ("Mean", "s.e.", "5 %", "25 %", "Median", "75 %", "95 %", "Does not exist"),
        tuple(_figures(result.kpis, currency)),
        (how, "The last column is the part of the paths in which a figure does not exist."),
        settings.seed,
    )
    years = ResultTable(
        "Simulation: calls and defaults by year of the model",
        ("Call in the year", "s.e.", "Call so far", "s.e.", "Default so far", "s.e.", "Partner's own", "s.e."),
        tuple(_years(result)),
        (how, f"Probability that any support is ever called: {_percent(result.called)}."),
        settings.seed,
    )
    terms = ResultTable(
        "Simulation: terms at which RAROC meets the hurdle",
        ("Value",),
        (
            ResultRow("Hurdle", "% a year", "percent", (result.hurdle,)),
            ResultRow("Running fee on every support that carries one", "bp a year", "number",
                      (_solved(result.break_even_fee_bps),)),
            ResultRow("All share rates multiplied by", "x", "multiple", (_solved(result.break_even_share_scale),)),
        ),
        (how, *(f"{word}: {found.reason}." for word, found in (
            ("Running fee", result.break_even_fee_bps), ("Share", result.break_even_share_scale)) if found.reason)),
        settings.seed,
    )  # fmt: skip
    return measures, figures, years, terms


def sensitivity_table(tornado: Tornado, currency: str) -> ResultTable:
    """The inputs that move a key figure most, the largest swing first, with the figure at both ends."""
    form = _FORM_OF_UNIT.get(tornado.unit, "number")
    bars = tornado.bars[:MOST_BARS]
    rows = tuple(
        ResultRow(
            bar.label, _coded(bar.unit, currency), form,
            (_bare(bar.base_text, bar.unit), _bare(bar.low.text, bar.unit), bar.low.figure,
             _bare(bar.high.text, bar.unit), bar.high.figure, bar.swing),
        )
        for bar in bars
    )  # fmt: skip
    base = ResultRow("Base case", "", form, ("", "", tornado.base, "", tornado.base, 0.0))
    left = len(tornado.bars) - len(bars)
    unit = currency if form == "money" else _SAID.get(form, tornado.unit)
    notes = (
        f"Each input moved alone by {tornado.spread:.0%} of itself, or to the end of its range; figures in {unit}.",
        *([f"The {MOST_BARS} inputs with the largest swing; {left} more have a smaller one."] if left > 0 else []),
    )
    return ResultTable(
        f"Sensitivity: {tornado.label}",
        ("Input", "Low input", "Figure at low", "High input", "Figure at high", "Swing"),
        (base, *rows),
        notes,
    )


MOST_BARS = 20
_FORM_OF_UNIT: Mapping[str, Form] = {
    "money": "money", "fraction": "percent", "rate": "percent", "x": "multiple", "years": "years",
    "month number": "whole", "1 or 0": "whole",
}  # fmt: skip
_SAID: Mapping[Form, str] = {"percent": "%", "multiple": "x", "whole": "whole numbers", "years": "years"}


def _coded(unit: str, currency: str) -> str:
    """A unit with the currency by its code, as everywhere in a workbook."""
    mark = SYMBOLS.get(currency, currency)
    return f"{currency} {unit.removeprefix(mark).strip()}" if unit.startswith(mark) else unit


def _bare(text: str, unit: str) -> str:
    """A value in words without its unit, which has a column of its own."""
    return text.removesuffix(unit).strip()


def _measures(with_: RiskMeasures, without: RiskMeasures, currency: str) -> Iterator[ResultRow]:
    for name, label, form in _MEASURES:
        unit = currency if form == "money" else "%"
        yield ResultRow(label, unit, form, (*_pair(getattr(with_, name)), *_pair(getattr(without, name))))


def _figures(kpis: Mapping[str, Distribution], currency: str) -> Iterator[ResultRow]:
    for figure in KEY_FIGURES:
        if figure.name not in kpis:
            continue
        found = kpis[figure.name]
        unit, form = _KPI_FORMS.get(figure.name, (currency, "money"))
        spread = (found.p5, found.p25, found.p50, found.p75, found.p95)
        missing = f"{found.missing:.1%}" if found.missing else "never"
        yield ResultRow(figure.label, unit, form, (*_pair(found.mean), *spread, missing))


def _years(result: RiskResult) -> Iterator[ResultRow]:
    columns: Sequence[tuple[Estimate, ...]] = (
        result.called_in_year, result.called_by_year, result.default_by_year, result.own_default_by_year,
    )  # fmt: skip
    for k in range(len(result.called_in_year)):
        values = tuple(value for column in columns for value in _pair(column[k]))
        yield ResultRow(f"Year {k + 1}", "%", "percent", values)


def _pair(estimate: Estimate) -> tuple[float | None, float | None]:
    return estimate.value, estimate.se


def _percent(estimate: Estimate) -> str:
    error = "" if estimate.se is None else f", s.e. {estimate.se:.2%}"
    return "none" if estimate.value is None else f"{estimate.value:.2%}{error}"


def _solved(found: Solution) -> float | None:
    return found.value
