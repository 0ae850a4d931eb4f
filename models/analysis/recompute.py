"""A formula computed once more by hand, from values that are shown: one month, one number, no array."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import ceil, floor
from typing import Protocol

from models.engine.functions import days_in_month, level_payment
from models.language.tree import ByYear, Const, Expr, Input, Month, Named, Next, Op, Over, Prior, Ref, Window


class Values(Protocol):
    """Where the values that go into a formula come from."""

    def now(self, name: str) -> float:
        """A line in the month explained, or its one value."""
        ...

    def before(self, name: str) -> float:
        """A line in the month before."""
        ...

    def after(self, name: str) -> float:
        """A line in the month after."""
        ...

    def all(self, name: str) -> tuple[float, ...]:
        """A line in every month."""
        ...

    def between(self, name: str, first: int, last: int) -> tuple[float, ...]:
        """A line in the months first..last of the model."""
        ...

    def input(self, path: str) -> float:
        """An input: a number, or a series in the month explained."""
        ...

    def table(self, path: str) -> tuple[float, ...]:
        """A table by year."""
        ...

    def constant(self, constant: Named) -> float:
        """A constant with a name."""
        ...

    @property
    def month(self) -> int:
        """The month explained."""
        ...


def result_of(expr: Expr, values: Values) -> float:
    """The result of a formula."""
    return _Walk(values).value(expr)


@dataclass(frozen=True)
class _Walk:
    values: Values

    def value(self, expr: Expr) -> float:  # noqa: PLR0911, PLR0912 - one branch for each kind of expression
        match expr:
            case Const(value):
                return value
            case Named():
                return self.values.constant(expr)
            case Month():
                return float(self.values.month)
            case Input(path):
                return self.values.input(path)
            case Prior(of):
                return self.values.before(of.name)
            case Next(of):
                return self.values.after(of.name)
            case Ref(name):
                return self.values.now(name)
            case Over(how, rows):
                return _over(how, [self.values.all(row.name) for row in rows])
            case Window(of, first, last):
                start = ceil(self.value(first))
                end = self.values.month if last is None else floor(self.value(last))
                return sum(self.values.between(of.name, start, end))
            case ByYear(table, year, ends):
                return _entry(self.values.table(table.path), int(self.value(year)), ends)
            case Op("where", (condition, then, otherwise)):
                return self.value(then if self.value(condition) else otherwise)
            case Op("ratio", (top, bottom, otherwise, above)):
                divisor = self.value(bottom)
                return self.value(top) / divisor if divisor > self.value(above) else self.value(otherwise)
            case Op(operator, args):
                return float(_OPERATIONS[operator](*(self.value(arg) for arg in args)))
        raise TypeError(f"{type(expr).__name__} cannot be computed by hand")


def _over(how: str, rows: list[tuple[float, ...]]) -> float:
    if how == "product":
        left, right = rows
        return sum(a * b for a, b in zip(left, right, strict=True))
    (row,) = rows
    return sum(row) if how == "total" else min(row) if how == "smallest" else max(row)


def _entry(table: tuple[float, ...], year: int, ends: bool) -> float:
    if year <= len(table):
        return table[max(0, year - 1)]
    return 0.0 if ends else table[-1]


def _dot(*values: float) -> float:
    half = len(values) // 2
    return sum(a * b for a, b in zip(values[:half], values[half:], strict=True))


_OPERATIONS: Mapping[str, Callable[..., float]] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b,
    "pow": lambda a, b: a**b,
    "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b,
    "gt": lambda a, b: a > b,
    "ge": lambda a, b: a >= b,
    "eq": lambda a, b: a == b,
    "both": lambda *values: all(values),
    "either": lambda *values: any(values),
    "least": min,
    "greatest": max,
    "sum": lambda *values: sum(values),
    "dot": _dot,
    "absolute": abs,
    "round_up": ceil,
    "months_between": lambda date, start, _days: date - start,
    "days_in_month": lambda start, month: days_in_month(float(start + month)),
    "level_payment": level_payment,
}
"""Every operator of the language; a test holds the two lists together."""
