"""Figures in words, by what they are counted in."""

from __future__ import annotations

from math import isfinite

from models.analysis.reading import MONEY_DUST
from models.engine.case import KEY_FIGURES, KeyFigure
from models.language.line import Measure
from models.language.model import Model

RATE_A_YEAR = "% a year"
_PERCENT = frozenset({str(Measure.FRACTION), "rate"})


def shown(value: float | None, unit: str, currency: str) -> tuple[str, str]:
    """A figure as text and the unit behind it: `("1,234,567", "USD")`, `("18.21", "%")`, `("n/a", "")`.

    Args:
        value: in file units; None or infinite where the figure does not exist.
        unit: a `Measure` or "rate" for a rate a year.
    """
    if value is None or not isfinite(value):
        return "n/a", ""
    if unit in _PERCENT:
        return f"{_number(value * 100)}", RATE_A_YEAR if unit == "rate" else "%"
    if unit == Measure.FLAG:
        return f"{value:.0f}", "yes" if value else "no"
    if unit == Measure.MONTH:
        return f"{value:.0f}", "months after the first"
    if unit == Measure.MONEY:
        return _number(0.0 if abs(value) <= MONEY_DUST else value), currency
    return _number(value), "" if unit == Measure.NUMBER else unit.replace("money", currency)


def _number(value: float) -> str:
    """Grouped, with two decimals below a thousand, more for what is small, none above; in brackets below zero."""
    size = abs(value)
    if value == int(value) or size >= 1000:
        text = f"{size:,.0f}"
    elif size >= 1:
        text = f"{size:.2f}"
    else:
        text = f"{size:.4g}"
    return f"({text})" if value < 0 else text


FIGURES: dict[str, KeyFigure] = {figure.name: figure for figure in KEY_FIGURES}


def unit_of_figure(model: Model, figure: KeyFigure) -> str:
    """What a key figure is counted in: a `Measure`, or "rate" for a rate a year."""
    return "rate" if figure.how == "irr" else str(model.lines[figure.line].definition.measure)
