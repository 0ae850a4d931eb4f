"""The figures of a simulation that are neither a measure of risk nor a mean: chances, break-even terms, stresses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from models.risk.estimates import Estimate
from models.risk.results import RiskResult, StressPoint

CALLED, OWN_DEFAULT, ANY_DEFAULT = "called", "own_default", "any_default"
BREAK_EVEN_FEE, BREAK_EVEN_SHARE = "break_even_fee", "break_even_share"
LOW_COVER = "min_dscr_p5"
STRESS = "stress_"
"""Before the name of an event: the joint shock that brings it about."""


@dataclass(frozen=True)
class RiskFigure:
    """One such figure, with its formula as words and `{names}` in braces; `missing` says why there is no value."""

    label: str
    reason: str
    written: str
    estimate: Estimate
    unit: str
    missing: str = ""
    parts: Mapping[str, float] | None = None  # further ingredients, in standard deviations


def risk_figure(result: RiskResult, name: str) -> RiskFigure | None:
    """The figure of that name, None where it is none of these or the simulation does not have it."""
    for event in result.stresses:
        if name == STRESS + event.event:
            return _stress(event)
    if name == CALLED:
        reason = "How likely it is that the support is called at all before the model ends."
        return RiskFigure(
            "Probability of any call", reason, "share of the paths on which any support is called", result.called,
            "fraction",
        )  # fmt: skip
    if name in (OWN_DEFAULT, ANY_DEFAULT):
        return _default(result, own=name == OWN_DEFAULT)
    if name in (BREAK_EVEN_FEE, BREAK_EVEN_SHARE):
        return _break_even(result, fee=name == BREAK_EVEN_FEE)
    if name == LOW_COVER:
        low = result.kpis["min_dscr"].p5
        reason = "How thin the cover of the debt becomes on a bad path: one path in twenty has less."
        return RiskFigure(
            "Lowest DSCR, 5 % path", reason, "the value that 5 % of the paths do not exceed of {min_dscr}",
            Estimate(low), "x", "" if low is not None else "On no path does the figure exist.",
        )  # fmt: skip
    return None


def _default(result: RiskResult, *, own: bool) -> RiskFigure | None:
    by_year = result.own_default_by_year if own else result.default_by_year
    if not by_year:
        return None
    if own:
        words = "share of the paths on which the partner defaults for reasons of its own before the model ends"
        return RiskFigure(
            "Partner default over the term", "How likely the partner is to fail, whatever becomes of the project.",
            words, by_year[-1], "fraction",
        )  # fmt: skip
    words = "share of the paths on which the partner or the project defaults before the model ends"
    return RiskFigure(
        "Any default over the term", "How likely it is that lenders are not paid as agreed, whoever fails.", words,
        by_year[-1], "fraction",
    )  # fmt: skip


def _break_even(result: RiskResult, *, fee: bool) -> RiskFigure:
    found = result.break_even_fee_bps if fee else result.break_even_share_scale
    label = "Break-even running fee" if fee else "Break-even share, factor"
    reason = "What the vendor would have to be paid for its capital to earn just the hurdle."
    what = "the running fee" if fee else "the number by which all share rates are multiplied"
    words = f"{what} at which {{raroc}} = {{vendor.hurdle_raroc}}, all else the same"
    unit = "basis points a year" if fee else "x"
    return RiskFigure(label, reason, words, Estimate(found.value), unit, found.reason if found.value is None else "")


def _stress(point: StressPoint) -> RiskFigure:
    found = point.demand is not None and point.price is not None
    label = f"Reverse stress: {point.label[:1].lower()}{point.label[1:]}"
    reason = "How far demand and prices must be off together, in every month, before it happens; 0 if it does anyway."
    words = "the shortest joint shock of demand and prices, their correlation counted, with which it happens"
    parts = {"Demand": point.demand or 0.0, "Prices": point.price or 0.0} if found else None
    missing = "" if point.distance is not None else f"No shock of up to {point.limit:g} standard deviations does it."
    return RiskFigure(label, reason, words, Estimate(point.distance), "standard deviations", missing, parts)
