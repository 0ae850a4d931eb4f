"""Any figure explained: what it is, why it exists, its formula, the values that went in, and where it is used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import lru_cache
from math import isfinite

import numpy as np

from models.analysis.chosen import Choice, applied
from models.analysis.formulas import Token, constant_words, text_of_formula, tokens
from models.analysis.ingredients import (
    Ingredient,
    Link,
    Reader,
    Shown,
    ingredients_of,
    input_label,
    month_of,
    months_of,
    row_of,
    said_of,
    stock_of,
)
from models.analysis.offer import SIMULATED_FIGURES
from models.analysis.recompute import result_of
from models.analysis.shown import FIGURES, shown, unit_of_figure
from models.analysis.sums import SUMS
from models.deal.problems import DealError
from models.deal.values import clipped
from models.engine.case import Case, KeyFigure, label_of
from models.engine.returns import irr
from models.language.line import Kind
from models.language.model import Line, Model
from models.language.tree import Expr, Input, Named, Next, Op, Over, Prior, Ref, Window, names_in


@dataclass(frozen=True)
class Explanation:
    """One figure explained.

    Attributes:
        name: of the line or key figure.
        month: the month explained, counted from 0; None for one value of the deal or a total.
        when: the month or months in words.
        value: in file units; None where the figure does not exist, and then `missing` says why.
        text: the value in words; `unit` stands behind it.
        formula: in the order of reading; a token that names a line or an input can be a link.
        names_formula: the same with the names used in files.
        ingredients: the values that went in, in the order of the formula.
        users: where the figure goes on to.
        recomputed: the result of the formula from the values of `ingredients` alone; None as `value`.
        internal: never shown to the partner.
        said: how the value is said where it is no amount: `yes`, `Aug 2027`; "" where `text` is what is said.
        applied: `formula` without the branches that were not taken.
        why: which rule gave the value, a sentence; "" where the formula has no choice to make.
    """

    name: str
    label: str
    section: str
    reason: str
    month: int | None
    when: str
    value: float | None
    text: str
    unit: str
    missing: str
    formula: tuple[Token, ...]
    names_formula: str
    ingredients: tuple[Ingredient, ...]
    users: tuple[Link, ...]
    recomputed: float | None
    internal: bool
    said: str = ""
    applied: tuple[Token, ...] = ()
    why: str = ""

    @property
    def formula_text(self) -> str:
        """The formula as plain text, with labels."""
        return "".join(token.text for token in self.formula)


def explain(case: Case, name: str, month: int | None = None, last: int | None = None) -> Explanation:
    """Explain a line of a case or a key figure; of a simulated path too, if the case is one.

    Args:
        case: an evaluated deal, scenario or path.
        name: a line item, a key figure, or one of `SUMS`, which is explained over months.
        month: counted from 0. Without it: the key figure of that name; else the one value of the deal, the total of
            a flow, and for other lines the first month in which there is something.
        last: with `month`, the last month of a period: the sum of a flow, the ratio of two sums, or the value then.

    Raises:
        DealError: there is no such line or figure (the nearest is named), or the model has no such month.
    """
    if name in SUMS:
        _check_months(case, month, last)
        return _of_sum(case, name, 0 if month is None else month, case.months - 1 if month is None else last or month)
    figure = FIGURES.get(name)
    if figure is not None and month is None and figure.how != "once":
        return _of_figure(case, figure)
    line = case.model.lines.get(figure.line if figure is not None and month is None else name)
    if line is None:
        raise DealError(_no_line(case, name))
    _check_months(case, month, last)
    if line.once:
        return _of_line(case, line, None)
    if month is None and line.sums:
        return _of_period(case, line, 0, case.months - 1)
    if month is None:
        values = case.lines[line.name]
        month = int(np.argmax(np.isfinite(values) & (values != 0)))
    if last is not None and last > month:
        return _of_period(case, line, month, last)
    return _of_line(case, line, month)


def _check_months(case: Case, *months: int | None) -> None:
    for each in months:
        if each is not None and not 0 <= each < case.months:
            raise DealError(f"The model has no month {each}; its months are 0 to {case.months - 1}.")


def _no_line(case: Case, name: str) -> str:
    if name in FIGURES:
        return f"{FIGURES[name].label} ({name}) is one figure for all months; ask for it without a month."
    if name in SIMULATED_FIGURES:
        label = SIMULATED_FIGURES[name][0]
        return f"{label} ({name}) comes from the simulation; lines and the key figures of one case can be explained."
    known = [*FIGURES, *case.model.lines]
    near = get_close_matches(name[:80], known, n=1, cutoff=0.4)
    end = f'did you mean "{near[0]}"?' if near else "evaluate the deal to see its key figures."
    return f'This deal has no line or key figure "{clipped(name)}"; {end}'


def words_of(case: Case, expr: Expr) -> str:
    """What a line, an input or a constant is called in this deal."""
    match expr:
        case Ref(name):
            return label_of(case.deal, case.model.lines[name])
        case Input(path):
            return input_label(case.deal, path)
        case Named(name):
            return constant_words(name)
    raise TypeError(f"{type(expr).__name__} has no name")


def name_of(expr: Expr) -> str:
    """What a line, an input or a constant is called in files."""
    return expr.path if isinstance(expr, Input) else expr.name if isinstance(expr, Ref | Named) else ""


def _of_line(case: Case, line: Line, month: int | None) -> Explanation:
    at = 0 if month is None else month
    ingredients = ingredients_of(line.formula, case, at)
    value = Reader(case, at).now(line.name)
    when = "" if month is None else month_of(case, month)
    values = Shown(ingredients, at)
    recomputed = result_of(line.formula, values)

    def words(expr: Expr) -> str:
        return words_of(case, expr)

    formula = tokens(line.formula, words)
    names = text_of_formula(line.formula, name_of)
    made = _explanation(case, line, month, when, value, formula, names, ingredients, recomputed)
    return replace(made, applied=tokens(applied(line.formula, values), words), why=why_of(case, line.name, at))


def why_of(case: Case, name: str, month: int | None, *, partner: bool = False) -> str:
    """Which rule gave a line its value in a month, a sentence; "" where its formula has no choice to make.

    Args:
        partner: say nothing either where the formula names what is internal.
    """
    formula, lines = case.model.lines[name].formula, case.model.lines
    if partner and any(lines[each].definition.internal for each in names_in(formula)):
        return ""
    choice = Choice(lines, Reader(case, month or 0), lambda expr: words_of(case, expr))
    return choice.sentence(lines[name])


def _span(case: Case, first: int, last: int) -> str:
    whole = first == 0 and last == case.months - 1
    return "all months" if whole else months_of(case, first, last)


def _of_period(case: Case, line: Line, first: int, last: int) -> Explanation:
    span = _span(case, first, last)
    parts = _ratio_of_flows(case, line)
    if parts is None and not line.sums:
        return _of_line(case, line, last)
    used = parts or (line,)
    rows = tuple(row_of(case, each.name, first, last, key=("row", each.name, first, last)) for each in used)
    sums = [sum(row.values) for row in rows]
    formula: list[Token] = []
    for k, row in enumerate(rows):
        formula += [Token(f"{' / ' if k else ''}sum over {span} of "), Token(row.label, line=row.name)]
    if parts is None:
        value = recomputed = sums[0]
    else:
        value = recomputed = sums[0] / sums[1] if sums[1] > 0 else 0.0
    names = " / ".join(f"sum({each.name})" for each in used)
    return _explanation(case, line, None, span, value, tuple(formula), names, rows, recomputed)


def _of_sum(case: Case, name: str, first: int, last: int) -> Explanation:
    """Several lines together, over months; of stocks the growth from before the first month to the last."""
    made = SUMS[name]
    signs = [(each, sign) for sign, names in ((1.0, made.plus), (-1.0, made.minus)) for each in names]
    known = [(each, sign) for each, sign in signs if each in case.lines]
    if made.growth:
        parts = [(stock_of(case, each, last), 1.0) for each, _ in known]
        parts += [(stock_of(case, each, first, before=True), -1.0) for each, _ in known]
    else:
        moved = [(each, sign) for each, sign in known if case.lines[each].any()] or known
        parts = [(row_of(case, each, first, last, key=("row", each, first, last)), sign) for each, sign in moved]
    formula: list[Token] = []
    for k, (each, sign) in enumerate(parts):
        formula += [Token(" − " if sign < 0 else " + ")] if k else []
        label = f"{each.label}, {each.when}" if made.growth else each.label
        formula.append(Token(label, line=each.name, shift=each.key[2]))
    names_formula = "".join(f"{' - ' if sign < 0 else ' + '}{each.name}" for each, sign in parts).removeprefix(" + ")
    value = sum(each.value * sign for each, sign in parts)
    text, unit = shown(value, "money", case.deal.currency)
    ingredients = tuple(each for each, _ in parts)
    return Explanation(
        name, made.label, "Part of a chart", made.reason, None, _span(case, first, last), value, text, unit, "",
        tuple(formula), names_formula, ingredients, (), value, any(each.internal for each in ingredients),
        applied=tuple(formula),
    )  # fmt: skip


def _ratio_of_flows(case: Case, line: Line) -> tuple[Line, Line] | None:
    """The two flows whose sums a ratio over a period is made of."""
    formula = line.formula
    if isinstance(formula, Op) and formula.operator == "ratio" and not line.once:
        parts = [case.model.lines[arg.name] for arg in formula.args[:2] if isinstance(arg, Ref)]
        if len(parts) == 2 and all(part.definition.kind is Kind.FLOW and not part.once for part in parts):
            return parts[0], parts[1]
    return None


def _explanation(
    case: Case,
    line: Line,
    month: int | None,
    when: str,
    value: float,
    formula: tuple[Token, ...],
    names: str,
    ingredients: tuple[Ingredient, ...],
    recomputed: float,
) -> Explanation:
    definition = line.definition
    figure = FIGURES.get(line.name)
    figure = figure if figure is not None and figure.how == "once" else None
    exists = isfinite(value)
    text, unit = shown(value, str(definition.measure), case.deal.currency)
    missing = "" if exists else case.reasons.get(line.name, "It does not exist: what it is divided by is not positive.")
    return Explanation(
        line.name, figure.label if figure else label_of(case.deal, line), definition.section, definition.reason, month,
        when, value if exists else None, text, unit, missing, formula, names, ingredients, _users(case, line, month),
        recomputed if isfinite(recomputed) else None, definition.internal, said_of(case, line, value), formula,
    )  # fmt: skip


_RETURN = "The annual rate at which the present value of all flows is 0, each flow at the end of its month."
_HOW = {
    "total": "The sum of the line over all months.",
    "ever": "1 if it ever happens in the months of the model.",
    "irr": _RETURN,
}


def _of_figure(case: Case, figure: KeyFigure) -> Explanation:
    line = case.model.lines[figure.line]
    row = row_of(case, line.name, 0, case.months - 1, key=("row", line.name, 0, -1))
    value = case.kpis[figure.name]
    recomputed: float | None
    formula: tuple[Token, ...]
    named = Token(row.label, line=line.name)
    if figure.how == "irr":
        rates, why = irr(np.array(row.values)[:, None])
        recomputed = None if why[0] else float(rates[0])
        formula = (
            Token("the rate at which the sum over all months of "), named,
            Token(" / (1 + rate) ^ ((month number + 1) / 12) is 0"),
        )  # fmt: skip
        names = f"irr({line.name})"
    elif figure.how == "ever":
        recomputed = float(max(row.values) > 0)
        formula, names = (Token("1 where "), named, Token(" in any month, else 0")), f"any({line.name})"
    else:
        recomputed = sum(row.values)
        formula, names = (Token("sum over all months of "), named), f"sum({line.name})"
    text, unit = shown(value, unit_of_figure(case.model, figure), case.deal.currency)
    return Explanation(
        figure.name, figure.label, line.definition.section, f"{_HOW[figure.how]} {line.definition.reason}", None,
        "all months", None if value is None else float(value), text, unit, case.reasons.get(figure.name, ""), formula,
        names, (row,), (), recomputed, figure.internal or line.definition.internal, applied=formula,
    )  # fmt: skip


@lru_cache(maxsize=32)
def _uses(model: Model) -> Mapping[str, tuple[tuple[str, int | None], ...]]:
    """For each line the lines that name it: with the shift of months, None where they look at its whole row."""
    found: dict[str, dict[tuple[str, int | None], None]] = {name: {} for name in model.lines}
    for line in model.lines.values():
        for name, shift in _named_in(line.formula):
            found[name][line.name, shift] = None
    return {name: tuple(users) for name, users in found.items()}


def _named_in(expr: Expr) -> Iterator[tuple[str, int | None]]:
    """Lines that a formula names, with the shift by which the user lies after the line; None for whole rows."""
    match expr:
        case Prior(of):
            yield of.name, 1
        case Next(of):
            yield of.name, -1
        case Ref(name):
            yield name, 0
        case Over(_, rows):
            yield from ((row.name, None) for row in rows)
        case Window(of, first, last):
            yield of.name, None
            yield from _named_in(first)
            yield from () if last is None else _named_in(last)
        case _:
            for child in expr.children():
                yield from _named_in(child)


def _users(case: Case, line: Line, month: int | None) -> tuple[Link, ...]:
    links: dict[tuple[str, str, int | None], Link] = {}
    for name, shift in _uses(case.model)[line.name]:
        user = case.model.lines[name]
        at = None if user.once else 0 if month is None else month if shift is None else month + shift
        if at is None or 0 <= at < case.months:
            if month is None and not line.once and not user.once:
                at = None
            links.setdefault(
                ("line", name, at), Link("line", name, at, label_of(case.deal, user), user.definition.internal)
            )
    for figure in FIGURES.values():
        if figure.line == line.name and figure.how != "once":
            links["figure", figure.name, None] = Link("figure", figure.name, None, figure.label, figure.internal)
    return tuple(links.values())
