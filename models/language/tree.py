"""Expressions: what a line item's function becomes when it is traced.

A tree knows nothing of NumPy or Excel. It is built once for each structure of a deal and then walked: to evaluate,
to print a formula, to explain a figure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NoReturn

ALLOWED_CONSTANTS = frozenset({0.0, 1.0, 12.0, 24.0})
"""Numbers a line may write out; every other one is an input or a named constant."""

NOT_AVAILABLE = float("inf")
"""Value of a ratio that does not exist; a workbook shows it as the text n/a."""


class LineError(Exception):
    """A line item is defined wrongly; the message says which one and what to write instead."""


@dataclass(frozen=True, eq=False)
class Expr:
    """A formula over the months of a deal. Arithmetic on it builds a larger formula; it has no truth of its own."""

    def __add__(self, other: Operand) -> Expr:
        return _binary("add", self, other)

    def __radd__(self, other: Operand) -> Expr:
        return _binary("add", other, self)

    def __sub__(self, other: Operand) -> Expr:
        return _binary("sub", self, other)

    def __rsub__(self, other: Operand) -> Expr:
        return _binary("sub", other, self)

    def __mul__(self, other: Operand) -> Expr:
        return _binary("mul", self, other)

    def __rmul__(self, other: Operand) -> Expr:
        return _binary("mul", other, self)

    def __truediv__(self, other: Operand) -> Expr:
        divisor = as_expr(other)
        if not _only_inputs(divisor):
            raise LineError("a line may divide by constants and inputs only; use ratio(a, b, otherwise=...)")
        return _binary("div", self, divisor)

    def __rtruediv__(self, other: Operand) -> Expr:
        return as_expr(other) / self

    def __pow__(self, other: Operand) -> Expr:
        return _binary("pow", self, other)

    def __lt__(self, other: Operand) -> Expr:
        return _binary("lt", self, other)

    def __le__(self, other: Operand) -> Expr:
        return _binary("le", self, other)

    def __gt__(self, other: Operand) -> Expr:
        return _binary("gt", self, other)

    def __ge__(self, other: Operand) -> Expr:
        return _binary("ge", self, other)

    def __eq__(self, other: Operand) -> Expr:  # type: ignore[override]  # comparing builds a formula, as < does
        return _binary("eq", self, other)

    __hash__ = object.__hash__

    def __bool__(self) -> NoReturn:
        raise LineError("a formula has no truth while it is defined: use where(condition, a, b), not if, and, or, min")

    def children(self) -> tuple[Expr, ...]:
        return ()


Operand = Expr | float | int


@dataclass(frozen=True, eq=False)
class Const(Expr):
    """A number written out, one of `ALLOWED_CONSTANTS`, or `NOT_AVAILABLE`."""

    value: float


@dataclass(frozen=True, eq=False)
class Named(Expr):
    """A constant of the field with a name, such as half a cent; a workbook lists it among its inputs."""

    name: str
    value: float
    unit: str
    label: str


@dataclass(frozen=True, eq=False)
class Input(Expr):
    """A field of the deal by its path, such as `senior_debt.target_dscr` or `credit_support[0].coverage`."""

    path: str


@dataclass(frozen=True, eq=False)
class Month(Expr):
    """The number of the month, 0 for the first."""


@dataclass(frozen=True, eq=False)
class Ref(Expr):
    """The value of another line item in the same month (or of the deal, for a line with one value)."""

    name: str


@dataclass(frozen=True, eq=False)
class MemberRef(Ref):
    """A line of a family (one for each phase, segment, ...), as seen from the member of the same number."""

    previous: Ref | None
    """The same line of the member before, None for the first."""


@dataclass(frozen=True, eq=False)
class Prior(Expr):
    """A line item's value in the month before; in month 0 what the line names as its start, else 0."""

    of: Ref

    def children(self) -> tuple[Expr, ...]:
        return (self.of,)


@dataclass(frozen=True, eq=False)
class Next(Expr):
    """A line item's value in the month after; 0 in the last month."""

    of: Ref

    def children(self) -> tuple[Expr, ...]:
        return (self.of,)


@dataclass(frozen=True, eq=False)
class Op(Expr):
    """An operator of the table in `operators`, applied within one month."""

    operator: str
    args: tuple[Expr, ...]

    def children(self) -> tuple[Expr, ...]:
        return self.args


@dataclass(frozen=True, eq=False)
class Over(Expr):
    """One number from whole rows: `how` is total, smallest, largest or product (total of the products of two rows)."""

    how: str
    rows: tuple[Ref, ...]

    def children(self) -> tuple[Expr, ...]:
        return self.rows


@dataclass(frozen=True, eq=False)
class Window(Expr):
    """Sum of a row over months first..last, both counted from 0; months outside the model count nothing.

    With `last` None the window ends in the current month and may look at rows of the same recursion.
    """

    of: Ref
    first: Expr
    last: Expr | None

    def children(self) -> tuple[Expr, ...]:
        return (self.of, self.first) if self.last is None else (self.of, self.first, self.last)


@dataclass(frozen=True, eq=False)
class ByYear(Expr):
    """Entry of a table by contract year (first year 1); after its end the last entry again, or 0 if `ends`."""

    table: Input
    year: Expr
    ends: bool

    def children(self) -> tuple[Expr, ...]:
        return (self.table, self.year)


def as_expr(value: object) -> Expr:
    """An operand as an expression.

    Raises:
        LineError: a bare number that a line may not write out, or something that is no number.
    """
    if isinstance(value, Expr):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise LineError(f"{value!r} is not a formula; ingredients are line items and inputs")
    if abs(float(value)) not in ALLOWED_CONSTANTS and value != NOT_AVAILABLE:
        raise LineError(f"the number {value} has no name; make it an input or a named constant")
    return Const(float(value))


ZERO = Const(0.0)
ONE = Const(1.0)


def is_const(expr: Expr, value: float) -> bool:
    return isinstance(expr, Const) and expr.value == value


_FOLDS: dict[str, Callable[[Expr, Expr], Expr | None]] = {
    "add": lambda a, b: b if is_const(a, 0) else a if is_const(b, 0) else None,
    "sub": lambda a, b: a if is_const(b, 0) else None,
    "mul": lambda a, b: (
        ZERO if is_const(a, 0) or is_const(b, 0) else b if is_const(a, 1) else a if is_const(b, 1) else None
    ),
    "div": lambda a, b: ZERO if is_const(a, 0) else a if is_const(b, 1) else None,
}


def _binary(operator: str, left: Operand, right: Operand) -> Expr:
    a, b = as_expr(left), as_expr(right)
    fold = _FOLDS.get(operator)
    folded = fold(a, b) if fold else None
    return Op(operator, (a, b)) if folded is None else folded


def _only_inputs(expr: Expr) -> bool:
    return all(not isinstance(node, Ref | Month) for node in walk(expr))


def walk(expr: Expr) -> Iterator[Expr]:
    """The expression and everything in it, outermost first."""
    yield expr
    for child in expr.children():
        yield from walk(child)


def names_in(expr: Expr) -> set[str]:
    """Names of all lines that an expression looks at, in whatever month."""
    return {node.name for node in walk(expr) if isinstance(node, Ref)}
