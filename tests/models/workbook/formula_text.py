"""Formulas taken apart: references, names, functions and constants, and the same text relative to its cell."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token

from tests.agreement.reading import Area, Spot, column_number

_STRING = re.compile(r'"[^"]*"')
_QUOTED_SHEET = re.compile(r"'[^']*'!")
_REFERENCE = re.compile(r"(?<![\w.$])(\$?)([A-Z]{1,3})(\$?)([1-9]\d*)(?![\w.(])")
_SPAN = re.compile(
    r"(?:(?:'([^']+)'|(?<![\w.])(\w+))!)?(?<![\w.$])\$?([A-Z]{1,3})\$?([1-9]\d*)(?::\$?([A-Z]{1,3})\$?([1-9]\d*))?(?![\w.(])"
)
_NAME = re.compile(r"(?<![\w.!$'])([a-z_][\w.]*)(?![\w.(!])")


def relative(formula: str, spot: Spot) -> str:
    """The formula with every reference as its distance from the cell, equal for a formula that is copied along."""
    row, column = spot

    def moved(match: re.Match[str]) -> str:
        fixed_column, letters, fixed_row, digits = match.groups()
        across = f"C{column_number(letters)}" if fixed_column else f"C[{column_number(letters) - column}]"
        down = f"R{digits}" if fixed_row else f"R[{int(digits) - row}]"
        return down + across

    return _REFERENCE.sub(moved, formula)


def areas(formula: str, sheet: str) -> Iterator[Area]:
    """Every cell or range that a formula on a sheet names by its address."""
    for quoted, plain, left, top, right, bottom in _SPAN.findall(_STRING.sub("", formula)):
        first = column_number(left)
        last = column_number(right) if right else first
        yield Area(quoted or plain or sheet, int(top), first, int(bottom or top), last)


def names(formula: str) -> set[str]:
    """The defined names that a formula uses."""
    return set(_NAME.findall(_QUOTED_SHEET.sub("", _STRING.sub("", formula))))


def tokens(formula: str) -> list[Token]:
    """The parts of a formula as a spreadsheet reads it."""
    return list(Tokenizer(f"={formula}").items)


def functions(formula: str) -> list[str]:
    """Names of the functions that a formula calls, outermost first."""
    return [token.value[:-1] for token in tokens(formula) if token.type == Token.FUNC and token.subtype == Token.OPEN]


def constants(formula: str) -> set[float]:
    """Numbers that a formula writes out."""
    return {
        float(token.value) for token in tokens(formula) if token.type == Token.OPERAND and token.subtype == Token.NUMBER
    }


def nests(formula: str, function: str) -> bool:
    """Whether a function stands inside itself, at whatever depth."""
    depth: list[str] = []
    for token in tokens(formula):
        if token.type in (Token.FUNC, Token.PAREN) and token.subtype == Token.OPEN:
            if token.value == f"{function}(" and token.value in depth:
                return True
            depth.append(token.value)
        elif token.type in (Token.FUNC, Token.PAREN) and token.subtype == Token.CLOSE:
            depth.pop()
    return False
