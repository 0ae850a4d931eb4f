"""How an explanation is written: figures in the units of the window, formulas with links, the values in place."""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from app.places import FigurePlace
from app.tables.figures import DASH, figure
from models import Unit, unit_text

if TYPE_CHECKING:  # explanations are made by the engine, which is loaded with the first figures
    from app.explaining import Explained
    from models import Explanation, Ingredient, Link

_LARGE = 1e5  # money from here on is written in millions
_WHOLE = ("row", "estimate", "base", "constant")  # kinds of what a name stands for without a month
_KINDS = {
    "line": "Calculated", "row": "Calculated", "input": "Input", "table": "Input", "constant": "Constant",
    "month": "Month", "estimate": "Simulated", "base": "Base case", "path": "Path",
    "count": "Counted",
}  # fmt: skip


@dataclass(frozen=True)
class IngredientRow:
    """One row of the table of ingredients; `level` is 1 for what an ingredient is made of."""

    label: str
    value: str
    unit: str
    kind: str
    source: str
    level: int
    internal: bool
    link: Link | None
    exact: str
    number: float | None  # in the unit shown

    @property
    def is_input(self) -> bool:
        """True for what the user has entered."""
        return self.kind == "Input"


def written(value: float | None, text: str, unit: str, currency: str) -> tuple[str, str]:
    """A figure and its unit as the window writes them: large money in millions, all else as explained."""
    if unit == currency and value is not None and (abs(value) >= _LARGE or value == 0):
        return figure(value, 6, 1), unit_text(Unit.MONEY, currency)
    return text, unit


def ingredient_rows(shown: Explained, currency: str) -> tuple[IngredientRow, ...]:
    """The ingredients of a figure, each followed by its own."""
    rows: list[IngredientRow] = []
    for each in shown.explanation.ingredients:
        inner = shown.nested.get(each.key)
        rows.append(_row(each, inner, 0, shown, currency))
        rows += [_row(below, None, 1, shown, currency) for below in (inner.ingredients if inner is not None else ())]
    return tuple(rows)


def months_in(shown: Explained) -> tuple[Ingredient, ...]:
    """Lines that are summed over the same months, of the figure or else of what it is made of; () where none are."""
    found = shown.explanation
    below = [each for inner in shown.nested.values() for each in inner.ingredients]
    for group in (found.ingredients, below):
        rows = {each.key: each for each in group if each.kind == "row" and each.values}
        spans = {(each.first, len(each.values)) for each in rows.values()}
        if rows:
            return tuple(rows.values()) if len(spans) == 1 else ()
    return ()


def _row(each: Ingredient, inner: Explanation | None, level: int, shown: Explained, currency: str) -> IngredientRow:
    value, unit = (each.said, "") if each.said else written(each.value, each.text, each.unit, currency)
    label = f"{each.label}, {each.when}" if each.when else each.label
    rule = shown.rules.get((each.link.name, each.link.month), "") if each.link is not None else ""
    if each.kind == "path":
        source = f"number {int(each.name) + 1:,}, opens as a case"
    else:  # the rule that gave it, else what it is made of, else what it is
        about = each.about.partition(". ")[0]
        source = (rule or (inner.formula_text if inner is not None else about)).removesuffix(".")
    whole = f"{each.text} {each.unit}".strip()
    number = None if each.kind == "table" or each.said else exact(each.value, value, unit, currency)
    return IngredientRow(label, value, unit, _KINDS[each.kind], source, level, each.internal, each.link, whole, number)


def exact(value: float | None, text: str, unit: str, currency: str) -> float | None:
    """A figure exact in the unit it is written in; None where its text is no figure, such as a month."""
    if value is None or not math.isfinite(value) or any(letter.isalpha() and letter != "e" for letter in text):
        return None
    scale = {"%": 1e2, "points": 1e2, "bp": 1e4}.get(unit.partition(" ")[0], 1.0)
    return value * (1e-6 if unit == unit_text(Unit.MONEY, currency) else scale)


def formula_html(found: Explanation) -> str:
    """The formula with a link on each name; the address of a link is its place in the formula."""
    parts = []
    for at, token in enumerate(found.formula):
        words = escape(token.text)
        linked = place_of_token(found, at) is not None
        parts.append(f'<a href="{at}" style="text-decoration:none">{words}</a>' if linked else words)
    return "".join(parts)


def place_of_token(found: Explanation, at: int) -> Link | None:
    """Where a name of the formula leads."""
    token = found.formula[at]
    each = _ingredient(found, token.line, token.path, token.shift)
    return each.link if each is not None else None


def equation(found: Explanation, currency: str) -> str:
    """The formula with the values in place of the names, without branches not taken, and its result.

    "" where a value stands for many months.
    """
    named = [token for token in found.applied if token.line or token.path]
    if not named or len(found.applied) == 1:  # a bare value, or the value of one name: nothing that is not said
        return ""
    parts = []
    for token in found.applied:
        if not (token.line or token.path):
            parts.append(token.text)
            continue
        each = _ingredient(found, token.line, token.path, token.shift)
        if each is None or each.kind in ("row", "table", "base"):
            return ""
        value, unit = written(each.value, each.text, each.unit, currency)
        parts.append("0" if value == DASH else f"{value} %" if unit == "%" else value)
    value, _ = written(found.value, found.text, found.unit, currency)
    return f"{''.join(parts)} = {'0' if value == DASH else value}"


def _ingredient(found: Explanation, line: str, path: str, shift: int) -> Ingredient | None:
    for each in found.ingredients:
        if path and each.kind in ("input", "table") and each.name == path:
            return each
        if line and each.name == line and (each.kind in _WHOLE or (each.kind == "line" and each.key[2] == shift)):
            return each
    return None


def place_of(link: Link) -> FigurePlace | None:
    """The figure that a link leads to, None for a field of the deal or a path of the simulation."""
    if link.kind in ("field", "path"):
        return None
    return FigurePlace(link.name, link.month, link.last, simulated=link.kind == "simulated")
