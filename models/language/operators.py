"""The one table of operators: how each is spelled for a month of plain numbers, for NumPy rows, and for Excel.

In a template `{0}`, `{1}`, ... are the arguments and `{all}` all of them, joined as the spelling needs.
"""

from __future__ import annotations

from dataclasses import dataclass

ATOM = 9
"""Strength of what never needs brackets: a name, a number, a function call."""


@dataclass(frozen=True)
class Operator:
    """Spellings of one operator.

    Attributes:
        plain: Python source over floats.
        rows: Python source over NumPy arrays that broadcast, functions taken from `engine.functions`.
        excel: formula text.
        strength: how tightly the Excel spelling binds; an argument that binds less is put in brackets.
        right: strength asked of the last argument where it differs (a - (b - c)).
        joins: for operators of any number of arguments, the text between them in Python (plain, rows).
    """

    plain: str
    rows: str
    excel: str
    strength: int = ATOM
    right: int | None = None
    joins: tuple[str, str] = (", ", ", ")


def _same(python: str, excel: str, strength: int, right: int | None = None) -> Operator:
    return Operator(python, python, excel, strength, right)


OPERATORS: dict[str, Operator] = {
    "add": _same("({0} + {1})", "{0}+{1}", 4, 5),
    "sub": _same("({0} - {1})", "{0}-{1}", 4, 5),
    "mul": _same("({0} * {1})", "{0}*{1}", 5, 6),
    "div": _same("({0} / {1})", "{0}/{1}", 5, 6),
    "pow": _same("({0} ** {1})", "{0}^{1}", 7, 8),
    "lt": _same("({0} < {1})", "{0}<{1}", 2, 3),
    "le": _same("({0} <= {1})", "{0}<={1}", 2, 3),
    "gt": _same("({0} > {1})", "{0}>{1}", 2, 3),
    "ge": _same("({0} >= {1})", "{0}>={1}", 2, 3),
    "eq": _same("({0} == {1})", "{0}={1}", 2, 3),
    "both": Operator("({all})", "({all})", "AND({all})", joins=(" and ", " & ")),
    "either": Operator("({all})", "({all})", "OR({all})", joins=(" or ", " | ")),
    "where": Operator("({1} if {0} else {2})", "where({0}, {1}, {2})", "IF({0},{1},{2})"),
    "least": Operator("min({all})", "least({all})", "MIN({all})"),
    "greatest": Operator("max({all})", "greatest({all})", "MAX({all})"),
    "sum": Operator("({all})", "({all})", "SUM({all})", joins=(" + ", " + ")),
    "dot": Operator("dot({all})", "dot({all})", "SUMPRODUCT({all})"),
    "ratio": Operator(
        "({0} / {1} if {1} > {3} else {2})", "ratio({0}, {1}, {2}, {3})", "IF({1}>{3},{0}/{1},{2})", right=3
    ),
    "absolute": Operator("abs({0})", "abs({0})", "ABS({0})"),
    "round_up": Operator("float(ceil({0}))", "ceil({0})", "ROUNDUP({0},0)"),
    "months_between": Operator(
        "({0} - {1})", "({0} - {1})", "ROUNDUP(({0}-{1})*12/{2}+1000-12/24,0)-1000", strength=4, right=ATOM
    ),
    "days_in_month": Operator(
        "days_in_month({0} + {1})", "days_in_month({0} + {1})", "EDATE({0},{1}+1)-EDATE({0},{1})", strength=4
    ),
    "level_payment": Operator("level_payment({0}, {1}, {2})", "level_payment({0}, {1}, {2})", "PMT({0},{1},0-1,{2})"),
}
