"""What the command line prints of a simulation: JSON for scripts, a table with standard errors for people."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import models

_IN_FILES = (
    "el", "var95", "cvar95", "var99", "cvar99", "unexpected_loss", "economic_capital", "raroc", "lender_el",
    "vendor_position",
)  # fmt: skip
"""The measures of risk that JSON names."""


def risk_json(result: models.RiskResult) -> str:
    """The results by name; null where a figure does not exist, with the reason under `reasons`.

    Mean, error and percentiles of a key figure are over the paths in which it exists; `missing` says for what part of
    all paths it does not (an internal rate of return where the shareholders lose everything).
    """
    measures = {name: getattr(result.measures, models.MEASURE_NAMES[name].attribute) for name in _IN_FILES}
    figures: dict[str, Any] = {
        "paths": result.settings.paths,
        "seed": result.settings.seed,
        "kpis": {name: _spread(each) for name, each in result.kpis.items()},
        "missing": {name: each.missing for name, each in result.kpis.items() if each.missing > 0},
        "probability_of_call": result.called.value,
        "el": measures["el"].value,
        "el_se": measures["el"].se,
        **{name: each.value for name, each in measures.items() if name != "el"},
        "break_even_fee_bps": result.break_even_fee_bps.value,
        "break_even_share_scale": result.break_even_share_scale.value,
        "partner_default_by_year": [each.value for each in result.own_default_by_year],
        "standard_errors": {
            "probability_of_call": result.called.se,
            **{name: each.se for name, each in measures.items()},
            "partner_default_by_year": [each.se for each in result.own_default_by_year],
        },
        "reasons": dict(_reasons(result)),
    }
    return json.dumps(figures, indent=1, allow_nan=False) + "\n"


def _spread(each: models.Distribution) -> Mapping[str, float | None]:
    return {
        "mean": each.mean.value,
        "se": each.mean.se,
        "p5": each.p5,
        "p25": each.p25,
        "p50": each.p50,
        "p75": each.p75,
        "p95": each.p95,
    }


def _reasons(result: models.RiskResult) -> Iterator[tuple[str, str]]:
    yield from result.measures.reasons.items()
    for figure in models.KEY_FIGURES:
        if result.kpis[figure.name].missing == 1:
            yield figure.name, f"in every path {figure.missing}" if figure.missing else "no path has one"
    for name in ("break_even_fee_bps", "break_even_share_scale"):
        if getattr(result, name).value is None:
            yield name, getattr(result, name).reason


def risk_table(deal: models.Deal, result: models.RiskResult, title: str) -> str:
    """The results for people, under the title given: figure, standard error, unit; or the reason why there is none."""
    rows = list(_rows(deal, result))
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    head = f"{title}, {result.settings.paths:,} paths from seed {result.settings.seed}, {result.settings.sampling}"
    lines = (f"{a:<{widths[0]}}  {b:>{widths[1]}}  {c:>{widths[2]}}  {d}".rstrip() for a, b, c, d in rows)
    return "\n".join([head, "", *lines]) + "\n"


Shown = tuple[str, str, str, str]
"""A row of the table: label, value, standard error, unit or reason."""


def _rows(deal: models.Deal, result: models.RiskResult) -> Iterator[Shown]:
    measures = result.measures
    yield "", "", "± s.e.", ""
    yield _row("Probability of any call", result.called, "%")
    for name, known in models.MEASURE_NAMES.items():
        if known.unit == "money" and name != "value_at_risk":  # the quantile that capital is held against is above
            yield _row(known.label, getattr(measures, known.attribute), deal.currency)
    without = result.measures_without.lender_loss
    yield _row(f"{models.MEASURE_NAMES['lender_el'].label} without support", without, deal.currency)
    if measures.raroc.value is None:
        yield "RAROC", "none", "", measures.reasons["raroc"]
    else:
        yield _row("RAROC", measures.raroc, f"% a year, hurdle {result.hurdle:.1%}")
    yield _solution("Break-even running fee", result.break_even_fee_bps, "bp a year", "{:,.1f}")
    yield _solution("Break-even share rates", result.break_even_share_scale, "of today's rates", "{:.4f}")
    for year, estimate in enumerate(result.own_default_by_year, start=1):
        yield _row(f"Partner's own default by year {year}", estimate, "%")
    for stress in result.stresses:
        if stress.distance is None:
            yield f"Shock until: {stress.label}", "none", "", f"within {stress.limit:.0f} standard deviations"
        else:
            where = f"standard deviations: demand {stress.demand:+.2f}, prices {stress.price:+.2f}"
            yield f"Shock until: {stress.label}", f"{stress.distance:.2f}", "", where


def _row(label: str, estimate: models.Estimate, unit: str) -> Shown:
    form = "{:,.0f}" if not unit.startswith("%") else "{:.2%}"
    value, error = (
        "" if each is None else form.format(each).removesuffix("%") for each in (estimate.value, estimate.se)
    )
    return label, value, error, unit


def _solution(label: str, solution: models.Solution, unit: str, form: str) -> Shown:
    if solution.value is None:
        return label, "none", "", solution.reason
    return label, form.format(solution.value), "", unit
