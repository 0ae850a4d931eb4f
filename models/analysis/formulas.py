"""A line's formula in words: the expression that is evaluated, spelt with labels to read or with names to cite."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from models.language.tree import (
    ByYear,
    Const,
    Expr,
    Input,
    Month,
    Named,
    Next,
    Op,
    Over,
    Prior,
    Ref,
    Window,
    is_const,
)


@dataclass(frozen=True)
class Token:
    """A stretch of a formula: text, and the line or input it names ("" where it names none).

    Attributes:
        text: what is read.
        line: name of a line.
        path: path of an input as it is bound.
        shift: months from the month explained: -1 the one before, 1 the one after.
    """

    text: str
    line: str = ""
    path: str = ""
    shift: int = 0


Words = Callable[[Expr], str]
"""Says what a line, an input or a named constant is called."""

_CONSTANTS = {"half_cent": "half a cent"}

_ATOM, _POWER, _TIMES, _PLUS, _COMPARE, _LOGIC, _LOOSE = 9, 7, 5, 4, 2, 1, 0
_INFIX = {
    "add": (" + ", _PLUS), "sub": (" − ", _PLUS), "mul": (" × ", _TIMES), "div": (" / ", _TIMES),
    "pow": (" ^ ", _POWER),
    "lt": (" < ", _COMPARE), "le": (" ≤ ", _COMPARE), "gt": (" > ", _COMPARE), "ge": (" ≥ ", _COMPARE),
    "eq": (" = ", _COMPARE), "both": (" and ", _LOGIC), "either": (" or ", _LOGIC), "sum": (" + ", _PLUS),
}  # fmt: skip
_UNEQUAL = ("sub", "div", "pow")
_CALLS = {
    "least": "least of",
    "greatest": "greatest of",
    "round_up": "rounded up",
    "absolute": "size of",
    "level_payment": "level payment for rate a month, payments, balloon:",
}
_OVER = {
    "total": "sum over all months of ",
    "smallest": "lowest of all months of ",
    "largest": "highest of all months of ",
}


def tokens(expr: Expr, words: Words) -> tuple[Token, ...]:
    """A formula as it is read from left to right."""
    return tuple(_joined(_print(expr, words, _LOOSE)))


def text_of_formula(expr: Expr, words: Words) -> str:
    """The formula as plain text."""
    return "".join(token.text for token in tokens(expr, words))


def _joined(parts: Iterator[Token]) -> Iterator[Token]:
    """Neighbouring stretches without a name as one."""
    plain = ""
    for token in parts:
        if token.line or token.path:
            if plain:
                yield Token(plain)
            plain = ""
            yield token
        else:
            plain += token.text
    if plain:
        yield Token(plain)


def _print(expr: Expr, words: Words, least: int) -> Iterator[Token]:
    strength = _strength(expr)
    if strength < least:
        yield Token("(")
    yield from _bare(expr, words, strength)
    if strength < least:
        yield Token(")")


def constant_words(name: str) -> str:
    """What a named constant is called in a formula."""
    return _CONSTANTS.get(name) or name.replace("_", " ")


def _strength(expr: Expr) -> int:
    if not isinstance(expr, Op):
        return _LOOSE if isinstance(expr, Over | Window) else _ATOM
    if expr.operator in _INFIX:
        return _INFIX[expr.operator][1]
    return {"where": _LOOSE, "ratio": _LOOSE, "dot": _PLUS, "months_between": _LOOSE}.get(expr.operator, _ATOM)


def _bare(expr: Expr, words: Words, strength: int) -> Iterator[Token]:
    match expr:
        case Op():
            yield from _operation(expr, words, strength)
        case Const(value):
            yield Token("n/a" if is_const(expr, float("inf")) else f"{value:g}".replace("-", "−"))
        case Named():
            yield Token(words(expr))
        case Month():
            yield Token("month number")
        case Input(path):
            yield Token(words(expr), path=path)
        case Prior(of):
            yield Token(f"{words(of)} [month before]", line=of.name, shift=-1)
        case Next(of):
            yield Token(f"{words(of)} [month after]", line=of.name, shift=1)
        case Ref(name):
            yield Token(words(expr), line=name)
        case Over(how, rows):
            yield Token(_OVER.get(how, "sum over all months of "))
            for k, row in enumerate(rows):
                yield from [Token(" × ")] if k else []
                yield from _print(row, words, _TIMES)
        case Window(of, first, last):
            yield Token("sum of ")
            yield from _print(of, words, _TIMES)
            yield Token(" over the months from ")
            yield from _print(first, words, _PLUS)
            yield Token(" to ")
            yield from [Token("month number")] if last is None else _print(last, words, _PLUS)
        case ByYear(table, year, ends):
            yield from _print(table, words, _ATOM)
            yield Token(" of year ")
            yield from _print(year, words, _ATOM)
            yield from [Token(" (0 after its end)")] if ends else []


def _mixes(operator: str, arg: Expr) -> bool:
    """Whether "and" meets "or", which readers weigh differently."""
    logic = ("both", "either")
    return operator in logic and isinstance(arg, Op) and arg.operator in logic and arg.operator != operator


def _operation(expr: Op, words: Words, strength: int) -> Iterator[Token]:
    operator, args = expr.operator, expr.args
    if operator in _INFIX:
        sign = _INFIX[operator][0]
        for k, arg in enumerate(args):
            yield from [Token(sign)] if k else []
            apart = (k and operator in _UNEQUAL) or _mixes(operator, arg)
            yield from _print(arg, words, strength + 1 if apart else strength)
        return
    match operator:
        case "dot":
            half = len(args) // 2
            for k in range(half):
                yield from [Token(" + ")] if k else []
                yield from _print(args[k], words, _TIMES)
                yield Token(" × ")
                yield from _print(args[half + k], words, _TIMES)
        case "where":
            condition, then, otherwise = args
            yield from _print(then, words, _LOGIC)
            yield Token(" where ")
            yield from _print(condition, words, _LOGIC)
            yield Token(", else ")
            yield from _print(otherwise, words, _LOGIC)
        case "ratio":
            top, bottom, otherwise, above = args
            yield from _print(top, words, _TIMES)
            yield Token(" / ")
            yield from _print(bottom, words, _TIMES + 1)
            yield Token(", or ")
            yield from _print(otherwise, words, _LOGIC)
            yield Token(" where that is at most ")
            yield from _print(above, words, _COMPARE)
        case "months_between":
            yield Token("months from ")
            yield from _print(args[1], words, _ATOM)
            yield Token(" to ")
            yield from _print(args[0], words, _ATOM)
        case "days_in_month":
            yield Token("days of the month (")
            yield from _print(args[1], words, _ATOM)
            yield Token(" from ")
            yield from _print(args[0], words, _ATOM)
            yield Token(")")
        case _:
            yield Token(f"{_CALLS[operator]} (")
            for k, arg in enumerate(args):
                yield from [Token(", ")] if k else []
                yield from _print(arg, words, _LOOSE)
            yield Token(")")
