"""A figure of a simulation explained: what it is a mean or percentile of, what it is made of, which paths show it."""

from __future__ import annotations

from collections.abc import Mapping

from models.analysis.explain import Explanation
from models.analysis.explain_drawn import explain_drawn
from models.analysis.formulas import Token
from models.analysis.ingredients import Ingredient, Link
from models.analysis.measure_names import MEASURE_NAMES
from models.analysis.risk_figures import CALLED, RiskFigure, risk_figure
from models.analysis.risk_reading import LENDERS, LOSS, POSITION
from models.analysis.risk_shown import Between, Percentile
from models.analysis.shown import FIGURES, unit_of_figure
from models.analysis.telling import Teller, value_of
from models.deal.problems import DealError
from models.deal.values import clipped
from models.engine.case import Case
from models.risk.estimates import Estimate
from models.risk.results import RiskResult

_SECTION = "Simulation"
_VENDOR = "vendor."
_OF_VENDOR = {"vendor.incrementality": ("Incrementality", "fraction"), "vendor.hurdle_raroc": ("Hurdle RAROC", "rate")}
INCOME, MARGIN = "support_income_npv", "hardware_margin_npv"


_ABOUT: Mapping[str, tuple[str, str]] = {
    "el": (
        "What the support costs the vendor on average: payments less what comes back, as a present value.",
        f"mean over all paths of {{{LOSS}}}",
    ),
    "unexpected_loss": (
        "How widely the loss is spread around its mean.",
        f"standard deviation over all paths of {{{LOSS}}}",
    ),
    "var95": (
        "The loss that one path in twenty exceeds.",
        f"the value that 95 % of the paths do not exceed of {{{LOSS}}}",
    ),
    "cvar95": (
        "How bad the worst twentieth of the paths is on average.",
        f"mean over the worst 5 % of the paths of {{{LOSS}}}",
    ),
    "var99": (
        "The loss that one path in a hundred exceeds.",
        f"the value that 99 % of the paths do not exceed of {{{LOSS}}}",
    ),
    "cvar99": (
        "How bad the worst hundredth of the paths is on average.",
        f"mean over the worst 1 % of the paths of {{{LOSS}}}",
    ),
    "value_at_risk": (
        "The loss that capital is held against.",
        f"the value that {{confidence}} of the paths do not exceed of {{{LOSS}}}",
    ),
    "economic_capital": (
        "What must stand behind the deal: the loss that capital covers beyond the one expected.",
        "{value_at_risk} − {el}",
    ),
    "income": (
        "What the vendor is paid for the support on average.",
        f"mean over all paths of {{{INCOME}}}",
    ),
    "hardware_margin": (
        "The margin on all hardware, whether the support brings it or not.",
        f"mean over all paths of {{{MARGIN}}}",
    ),
    "vendor_position": (
        "Whether the vendor is paid for the risk it takes, the margin that the support brings included.",
        "{income} + {vendor.incrementality} × {hardware_margin} − {el}",
    ),
    "lender_el": (
        "What lenders lose on average, as a present value.",
        f"mean over all paths of {{{LENDERS}}}",
    ),
    "raroc": (
        "What the vendor earns a year on the capital that stands behind the deal.",
        "({income} − {el}) / {economic_capital} / {years of the model}",
    ),
}  # fmt: skip
"""Of each measure what it says, and its formula with `{names}` in braces."""


def explain_simulated(
    result: RiskResult,
    case: Case,
    name: str,
    month: int | None = None,
    last: int | None = None,
    part: Between | Percentile | None = None,
) -> Explanation:
    """Explain a figure of a simulation; ingredients of the kind "path" name paths that can be opened as a case.

    Args:
        result: the simulation.
        case: the base case of the same deal.
        name: a measure of risk, a figure of `risk_figures`, a present value of `RiskResult`, or a key figure, which is
            then its mean; with `part` or `month` what a chart shows of it.
        month, last: of a figure over time, counted from 0.
        part: the paths between two values, or the percentile of a line from `month` to `last`.

    Raises:
        DealError: the simulation has no such figure.
    """
    if part is not None or month is not None:
        return explain_drawn(result, case, name, month, last, part)
    if name in _ABOUT:
        return _Explainer(result, case).measure(name)
    if name in result.present_values or name in result.kpis:
        return _Explainer(result, case).mean(name)
    other = risk_figure(result, name)
    if other is not None:
        return _Explainer(result, case).other(name, other)
    raise DealError(f'The simulation has no figure "{clipped(name)}".')


class _Explainer(Teller):
    def measure(self, name: str) -> Explanation:
        """A measure of risk."""
        known, (reason, written) = MEASURE_NAMES[name], _ABOUT[name]
        formula, ingredients = self._formula(written)
        estimate: Estimate = getattr(self.result.measures, known.attribute)
        missing = "" if estimate.value is not None else self.result.measures.reasons.get(known.attribute, "")
        users = tuple(
            Link("simulated", each, None, MEASURE_NAMES[each].label, internal=True)
            for each, (_, other) in _ABOUT.items()
            if f"{{{name}}}" in other
        )
        made = (*ingredients, *self.paths()) if LOSS in written else ingredients
        return self.made(name, known.label, reason, estimate, known.unit, missing, formula, made, users)

    def other(self, name: str, figure: RiskFigure) -> Explanation:
        """A chance, a break-even term or a stress."""
        formula, ingredients = self._formula(figure.written)
        parts = tuple(
            self.one("constant", label, label, "", value, "standard deviations", None)
            for label, value in (figure.parts or {}).items()
        )
        paths = self.paths() if name == CALLED else ()
        return self.made(
            name, figure.label, figure.reason, figure.estimate, figure.unit, figure.missing, formula,
            (*ingredients, *parts, *paths), (),
        )  # fmt: skip

    def mean(self, name: str) -> Explanation:
        """The mean of a key figure or a present value over the paths that have it."""
        spread = self.result.present_values.get(name) or self.result.kpis[name]
        figure = FIGURES.get(name)
        base = self.base(name)
        which = "all paths" if spread.missing == 0 else "the paths that have it"
        formula = (Token(f"mean over {which} of "), Token(base.label, line=name))
        reason = "What the figure comes to on average, whatever happens to demand, prices and the partner."
        if spread.missing > 0:
            reason += f" On {spread.missing * 100:.1f} % of the paths it does not exist."
        unit = "money" if figure is None else unit_of_figure(self.case.model, figure)
        unit = "fraction" if figure is not None and figure.how == "ever" else unit  # of the paths on which it happens
        made = (base, *self.paths()) if name in (LOSS, POSITION) else (base,)
        label = f"{base.label}, mean over the paths"
        missing = "" if spread.mean.value is not None else "On no path does the figure exist."
        return self.made(name, label, reason, spread.mean, unit, missing, formula, made, ())

    def _formula(self, words: str) -> tuple[tuple[Token, ...], tuple[Ingredient, ...]]:
        tokens, ingredients = [], []
        for part in words.replace("}", "{").split("{"):
            each = self._ingredient(part)
            if each is None:
                tokens.append(Token(part))
                continue
            ingredients.append(each)
            path = part if each.kind == "input" else ""
            tokens.append(Token(each.label, line="" if path else part, path=path))
        return tuple(token for token in tokens if token.text), tuple(ingredients)

    def _ingredient(self, part: str) -> Ingredient | None:
        deal = self.case.deal
        if part in MEASURE_NAMES:
            known = MEASURE_NAMES[part]
            value = value_of(getattr(self.result.measures, known.attribute))
            link = Link("simulated", part, None, known.label, internal=True)
            return self.one("estimate", part, known.label, "", value, known.unit, link)
        if part in self.result.present_values or part in self.result.kpis:
            return self.base(part)
        if part in _OF_VENDOR:
            label, unit = _OF_VENDOR[part]
            link = Link("field", part, None, f"Vendor: {label}", internal=True)
            return self.one("input", part, label, "", getattr(deal.vendor, part.removeprefix(_VENDOR)), unit, link)
        if part == "confidence":
            link = Link("field", "uncertainty.capital_confidence", None, "Confidence of capital", internal=True)
            return self.one("input", part, "Confidence", "", self.result.settings.confidence, "fraction", link)
        if part == "years of the model":
            return self.one("constant", part, part, "", deal.months / 12, "number", None)
        return None
