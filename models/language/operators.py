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
        ufunc: the NumPy function that does the same to two arguments (or one) and writes the result into a given row.
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
    ufunc: str = ""


def _same(python: str, excel: str, ufunc: str, strength: int, right: int | None = None) -> Operator:
    return Operator(python, python, excel, strength, right, ufunc=ufunc)


OPERATORS: dict[str, Operator] = {
    "add": _same("({0} + {1})", "{0}+{1}", "add", 4, 5),
    "sub": _same("({0} - {1})", "{0}-{1}", "subtract", 4, 5),
    "mul": _same("({0} * {1})", "{0}*{1}", "multiply", 5, 6),
    "div": _same("({0} / {1})", "{0}/{1}", "divide", 5, 6),
    "pow": Operator("({0} ** {1})", "power({0}, {1})", "{0}^{1}", 7, 8, ufunc="power"),
    "lt": _same("({0} < {1})", "{0}<{1}", "less", 2, 3),
    "le": _same("({0} <= {1})", "{0}<={1}", "less_equal", 2, 3),
    "gt": _same("({0} > {1})", "{0}>{1}", "greater", 2, 3),
    "ge": _same("({0} >= {1})", "{0}>={1}", "greater_equal", 2, 3),
    "eq": _same("({0} == {1})", "{0}={1}", "equal", 2, 3),
    "both": Operator("({all})", "({all})", "AND({all})", joins=(" and ", " & "), ufunc="logical_and"),
    "either": Operator("({all})", "({all})", "OR({all})", joins=(" or ", " | "), ufunc="logical_or"),
    "where": Operator("({1} if {0} else {2})", "where({0}, {1}, {2})", "IF({0},{1},{2})"),
    "least": Operator("min({all})", "least({all})", "MIN({all})", ufunc="minimum"),
    "greatest": Operator("max({all})", "greatest({all})", "MAX({all})", ufunc="maximum"),
    "sum": Operator("({all})", "({all})", "SUM({all})", joins=(" + ", " + "), ufunc="add"),
    "dot": Operator("dot({all})", "dot({all})", "SUMPRODUCT({all})"),
    "ratio": Operator(
        "({0} / {1} if {1} > {3} else {2})", "ratio({0}, {1}, {2}, {3})", "IF({1}>{3},{0}/{1},{2})", right=3
    ),
    "absolute": Operator("abs({0})", "abs({0})", "ABS({0})", ufunc="absolute"),
    "round_up": Operator("float(ceil({0}))", "ceil({0})", "ROUNDUP({0},0)", ufunc="ceil"),
    "months_between": Operator(
        "({0} - {1})", "({0} - {1})", "ROUNDUP(({0}-{1})*12/{2}+1000-12/24,0)-1000", strength=4, right=ATOM
    ),
    "days_in_month": Operator(
        "days_in_month({0} + {1})", "days_in_month({0} + {1})", "EDATE({0},{1}+1)-EDATE({0},{1})", strength=4
    ),
    "level_payment": Operator("level_payment({0}, {1}, {2})", "level_payment({0}, {1}, {2})", "PMT({0},{1},0-1,{2})"),
}
