"""A figure of a simulation explained: what it is a mean or percentile of, what it is made of, which paths show it."""

from __future__ import annotations

from collections.abc import Mapping

from models.analysis.explain import Explanation
from models.analysis.formulas import Token
from models.analysis.ingredients import Ingredient, Link
from models.analysis.measure_names import MEASURE_NAMES
from models.analysis.risk_figures import CALLED, RiskFigure, risk_figure
from models.analysis.risk_reading import LENDERS, LOSS, POSITION
from models.analysis.shown import FIGURES, shown, unit_of_figure
from models.analysis.worth_a_look import paths_worth_a_look
from models.deal.field import currency_mark
from models.deal.problems import DealError
from models.deal.values import clipped
from models.engine.case import Case, label_of
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


def explain_simulated(result: RiskResult, case: Case, name: str) -> Explanation:
    """Explain a figure of a simulation; ingredients of the kind "path" name paths that can be opened as a case.

    Args:
        result: the simulation.
        case: the base case of the same deal.
        name: a measure of risk, a figure of `risk_figures`, a present value of `RiskResult`, or a key figure, which is
            then its mean.

    Raises:
        DealError: the simulation has no such figure.
    """
    if name in _ABOUT:
        return _Explainer(result, case).measure(name)
    if name in result.present_values or name in result.kpis:
        return _Explainer(result, case).mean(name)
    other = risk_figure(result, name)
    if other is not None:
        return _Explainer(result, case).other(name, other)
    raise DealError(f'The simulation has no figure "{clipped(name)}".')


class _Explainer:
    def __init__(self, result: RiskResult, case: Case) -> None:
        self.result = result
        self.case = case
        self.currency = case.deal.currency

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
        made = (*ingredients, *self._paths()) if LOSS in written else ingredients
        return self._made(name, known.label, reason, estimate, known.unit, missing, formula, made, users)

    def other(self, name: str, figure: RiskFigure) -> Explanation:
        """A chance, a break-even term or a stress."""
        formula, ingredients = self._formula(figure.written)
        parts = tuple(
            self._one("constant", label, label, "", value, "standard deviations", None)
            for label, value in (figure.parts or {}).items()
        )
        paths = self._paths() if name == CALLED else ()
        return self._made(
            name, figure.label, figure.reason, figure.estimate, figure.unit, figure.missing, formula,
            (*ingredients, *parts, *paths), (),
        )  # fmt: skip

    def mean(self, name: str) -> Explanation:
        """The mean of a key figure or a present value over the paths that have it."""
        spread = self.result.present_values.get(name) or self.result.kpis[name]
        figure = FIGURES.get(name)
        base = self._base(name)
        which = "all paths" if spread.missing == 0 else "the paths that have it"
        formula = (Token(f"mean over {which} of "), Token(base.label, line=name))
        reason = "What the figure comes to on average, whatever happens to demand, prices and the partner."
        if spread.missing > 0:
            reason += f" On {spread.missing * 100:.1f} % of the paths it does not exist."
        unit = "money" if figure is None else unit_of_figure(self.case.model, figure)
        unit = "fraction" if figure is not None and figure.how == "ever" else unit  # of the paths on which it happens
        made = (base, *self._paths()) if name in (LOSS, POSITION) else (base,)
        label = f"{base.label}, mean over the paths"
        missing = "" if spread.mean.value is not None else "On no path does the figure exist."
        return self._made(name, label, reason, spread.mean, unit, missing, formula, made, ())

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
            value = _value(getattr(self.result.measures, known.attribute))
            link = Link("simulated", part, None, known.label, internal=True)
            return self._one("estimate", part, known.label, "", value, known.unit, link)
        if part in self.result.present_values or part in self.result.kpis:
            return self._base(part)
        if part in _OF_VENDOR:
            label, unit = _OF_VENDOR[part]
            link = Link("field", part, None, f"Vendor: {label}", internal=True)
            return self._one("input", part, label, "", getattr(deal.vendor, part.removeprefix(_VENDOR)), unit, link)
        if part == "confidence":
            link = Link("field", "uncertainty.capital_confidence", None, "Confidence of capital", internal=True)
            return self._one("input", part, "Confidence", "", self.result.settings.confidence, "fraction", link)
        if part == "years of the model":
            return self._one("constant", part, part, "", deal.months / 12, "number", None)
        return None

    def _base(self, name: str) -> Ingredient:
        """The line or key figure that the paths are a distribution of, as the base case has it."""
        figure = FIGURES.get(name)
        if figure is not None:
            value = self.case.kpis[name]
            unit, label = unit_of_figure(self.case.model, figure), figure.label
            link = Link("figure", name, None, label, figure.internal)
            return self._one("base", name, label, "base case", float("nan") if value is None else value, unit, link)
        label = label_of(self.case.deal, self.case.model.lines[name])
        link = Link("line", name, None, label, internal=True)
        return self._one("base", name, label, "base case", self.case.once[name], "money", link)

    def _paths(self) -> tuple[Ingredient, ...]:
        """The paths at the percentiles of the loss, each with its loss."""
        return tuple(
            self._one(
                "path", str(each.path), f"{each.words[:1].upper()}{each.words[1:]}", "",
                float(self.result.losses[each.path]), "money",
                Link("path", str(each.path), None, each.words, internal=True),
            )
            for each in paths_worth_a_look(self.result)
        )  # fmt: skip

    def _one(
        self, kind: str, name: str, label: str, when: str, value: float, unit: str, link: Link | None
    ) -> Ingredient:
        text, words = shown(value, unit, self.currency)
        return Ingredient(kind, name, label, when, value, text, words, True, (kind, name, 0, 0), link)

    def _made(
        self,
        name: str,
        label: str,
        reason: str,
        estimate: Estimate,
        unit: str,
        missing: str,
        formula: tuple[Token, ...],
        ingredients: tuple[Ingredient, ...],
        users: tuple[Link, ...],
    ) -> Explanation:
        text, words = shown(estimate.value, unit, self.currency)
        if estimate.se is not None:
            reason = f"{reason} Its standard error is {_error(estimate.se, unit, self.currency)}."
        names = "".join(token.path or token.line or token.text for token in formula)
        when = f"{self.result.settings.paths:,} paths"
        return Explanation(
            name, label, _SECTION, reason, None, when, estimate.value, text, words, missing, formula, names,
            ingredients, users, estimate.value, internal=True, applied=formula,
        )  # fmt: skip


def _error(error: float, unit: str, currency: str) -> str:
    """A standard error with two digits: `$0.037m`, `0.7 points`."""
    if unit == "money":
        return f"{currency_mark(currency)}{error / 1e6:.2g}m"
    if unit in ("rate", "fraction"):
        return f"{error * 100:.2g} points"
    return f"{error:.2g} {unit}".strip()


def _value(estimate: Estimate) -> float:
    return float("nan") if estimate.value is None else estimate.value
