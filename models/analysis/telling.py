"""What explanations of a simulation are put together from: figures of the base case, paths to open, words of errors."""

from __future__ import annotations

import numpy as np

from models.analysis.explain import Explanation
from models.analysis.formulas import Token
from models.analysis.ingredients import Ingredient, Link
from models.analysis.shown import FIGURES, shown, unit_of_figure
from models.analysis.worth_a_look import paths_worth_a_look
from models.deal.field import currency_mark
from models.engine.case import Case, label_of
from models.language.line import Measure
from models.risk.estimates import Estimate
from models.risk.results import RiskResult

_SECTION = "Simulation"


class Teller:
    """Explains figures of a simulation; `case` is the base case of the same deal."""

    def __init__(self, result: RiskResult, case: Case) -> None:
        self.result = result
        self.case = case
        self.currency = case.deal.currency

    def base(self, name: str) -> Ingredient:
        """The line or key figure that the paths are a distribution of, as the base case has it."""
        figure = FIGURES.get(name)
        if figure is not None:
            value = self.case.kpis[name]
            unit, label = unit_of_figure(self.case.model, figure), figure.label
            link = Link("figure", name, None, label, figure.internal)
            return self.one("base", name, label, "base case", float("nan") if value is None else value, unit, link)
        label = label_of(self.case.deal, self.case.model.lines[name])
        link = Link("line", name, None, label, internal=True)
        return self.one("base", name, label, "base case", self.case.once[name], "money", link)

    def paths(self) -> tuple[Ingredient, ...]:
        """The paths at the percentiles of the loss, each with its loss."""
        return tuple(
            self.one(
                "path", str(each.path), f"{each.words[:1].upper()}{each.words[1:]}", "",
                float(self.result.losses[each.path]), "money",
                Link("path", str(each.path), None, each.words, internal=True),
            )
            for each in paths_worth_a_look(self.result)
        )  # fmt: skip

    def one(
        self, kind: str, name: str, label: str, when: str, value: float, unit: str, link: Link | None
    ) -> Ingredient:
        """One ingredient."""
        text, words = shown(value, unit, self.currency)
        return Ingredient(kind, name, label, when, value, text, words, True, (kind, name, 0, 0), link)

    def made(
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
        when: str = "",
    ) -> Explanation:
        """The explanation of an estimate, with its error in words; `when` stands before the number of paths."""
        text, words = shown(estimate.value, unit, self.currency)
        if estimate.se is not None:
            reason = f"{reason} Its standard error is {_error(estimate.se, unit, self.currency)}."
        names = "".join(token.path or token.line or token.text for token in formula)
        said = ", ".join(filter(None, (when, f"{self.result.settings.paths:,} paths")))
        return Explanation(
            name, label, _SECTION, reason, None, said, estimate.value, text, words, missing, formula, names,
            ingredients, users, estimate.value, internal=True, applied=formula,
        )  # fmt: skip


def _error(error: float, unit: str, currency: str) -> str:
    """A standard error with two digits: `$0.037m`, `0.7 points`, `JPY 350m`."""
    if unit == "money":
        return f"{currency_mark(currency)}{_two_digits(error / 1e6)}m"
    if unit in ("rate", "fraction"):
        return f"{_two_digits(error * 100)} points"
    return f"{_two_digits(error)} {'months' if unit == Measure.MONTH else unit}".strip()


def _two_digits(value: float) -> str:
    rounded = float(f"{value:.2g}")
    return f"{rounded:,.0f}" if rounded >= 10 else np.format_float_positional(rounded, trim="-")


def value_of(estimate: Estimate) -> float:
    """The value of an estimate, not a number where there is none."""
    return float("nan") if estimate.value is None else estimate.value
