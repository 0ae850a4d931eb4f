"""Print the formula of a line as Excel text, from the same tree that the engine evaluates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from xlsxwriter.utility import xl_col_to_name

from models.language.model import Line
from models.language.operators import ATOM, OPERATORS
from models.language.tree import (
    ByYear,
    Const,
    Expr,
    Input,
    LineError,
    Month,
    Named,
    Next,
    Op,
    Over,
    Prior,
    Ref,
    Window,
)

NOT_AVAILABLE_TEXT = "n/a"


def defined_name(path: str) -> str:
    """Defined name of an input: its path with brackets as underscores, `credit_support_0.coverage`."""
    return path.replace("[", "_").replace("]", "")


class Column(NamedTuple):
    """Names of a column and of its neighbours."""

    before: str
    here: str
    after: str


def column_at(number: int) -> Column:
    """The column of a number, 0 for A; it has a neighbour on either side."""
    return Column(xl_col_to_name(number - 1), xl_col_to_name(number), xl_col_to_name(number + 1))


RUNNING = Column("\x01", "\x02", "\x03")
"""Stands for the column of every month, so that a formula that runs along a row is printed once."""


def along(text: str, first: int, last: int) -> Iterator[str]:
    """A formula printed for RUNNING, in each of the columns first..last."""
    names = [xl_col_to_name(number) for number in range(first - 1, last + 2)]
    for before, here, after in zip(names, names[1:], names[2:], strict=False):
        yield text.replace(RUNNING.before, before).replace(RUNNING.here, here).replace(RUNNING.after, after)


@dataclass(frozen=True)
class Place:
    """Where the lines stand: rows by name (0-based), the column of values and the first and last month (0-based)."""

    rows: Mapping[str, int]
    value: int
    first: int
    last: int
    month_row: int
    series: Mapping[str, int]
    """Rows of month series on their own sheet, by path; its months stand in the same columns."""

    series_sheet: str = "'Month series'"

    def cell(self, row: int, column: int) -> str:
        return f"{xl_col_to_name(column)}{row + 1}"

    def span(self, row: int, last: str = "") -> str:
        """All months of a row, or those up to the column of a name."""
        end = last or xl_col_to_name(self.last, col_abs=True)
        return f"{xl_col_to_name(self.first, col_abs=True)}{row + 1}:{end}{row + 1}"


@dataclass(frozen=True)
class Printer:
    """Prints expressions for one column of the model sheet, or for RUNNING."""

    lines: Mapping[str, Line]
    place: Place
    column: Column

    def formula(self, expr: Expr) -> str:
        """Formula text with its equals sign."""
        return "=" + self._text(expr)[0]

    def _text(self, expr: Expr) -> tuple[str, int]:  # noqa: PLR0911 - one return for each kind of expression
        """Text and how tightly it binds."""
        match expr:
            case Const(value):
                return (f'"{NOT_AVAILABLE_TEXT}"' if value == float("inf") else f"{value:g}"), ATOM
            case Named(name):
                return name, ATOM
            case Month():
                return f"{self.column.here}${self.place.month_row + 1}", ATOM
            case Input(path):
                if path in self.place.series:
                    return f"{self.place.series_sheet}!{self.column.here}{self.place.series[path] + 1}", ATOM
                return defined_name(path), ATOM
            case Prior(of):
                return self._monthly(of, self.column.before), ATOM
            case Next(of):
                return self._monthly(of, self.column.after), ATOM
            case Ref():
                return self._ref(expr), ATOM
            case Over():
                return self._over(expr), ATOM
            case Window():
                return self._window(expr), ATOM
            case ByYear(table, year):
                return f"INDEX({defined_name(table.path)},{self._text(year)[0]})", ATOM
            case Op():
                return self._op(expr)
        raise LineError(f"no Excel for {type(expr).__name__}")

    def _ref(self, ref: Ref) -> str:
        if self.lines[ref.name].once:
            return f"${xl_col_to_name(self.place.value)}${self.place.rows[ref.name] + 1}"
        return self._monthly(ref, self.column.here)

    def _monthly(self, ref: Ref, column: str) -> str:
        return f"{column}{self.place.rows[ref.name] + 1}"

    def _over(self, expr: Over) -> str:
        spans = [self.place.span(self.place.rows[row.name]) for row in expr.rows]
        if expr.how == "total" and self.lines[expr.rows[0].name].sums:
            return f"${xl_col_to_name(self.place.value)}${self.place.rows[expr.rows[0].name] + 1}"
        function = {"total": "SUM", "smallest": "MIN", "largest": "MAX", "product": "SUMPRODUCT"}[expr.how]
        return f"{function}({','.join(spans)})"

    def _window(self, expr: Window) -> str:
        row = self.place.rows[expr.of.name]
        low = self._text(expr.first)
        after = f'">="&{self._bracket(low, 4)}'
        if expr.last is None:
            months = self.place.span(self.place.month_row, self.column.here).replace(
                str(self.place.month_row + 1), f"${self.place.month_row + 1}"
            )
            return f"SUMIFS({self.place.span(row, self.column.here)},{months},{after})"
        fixed = self.place.month_row + 1
        first = xl_col_to_name(self.place.first, col_abs=True)
        last = xl_col_to_name(self.place.last, col_abs=True)
        months = f"{first}${fixed}:{last}${fixed}"
        before = f'"<="&{self._bracket(self._text(expr.last), 4)}'
        return f"SUMIFS({self.place.span(row)},{months},{after},{months},{before})"

    def _op(self, expr: Op) -> tuple[str, int]:
        spelling = OPERATORS[expr.operator]
        if expr.operator == "dot":
            half = len(expr.args) // 2
            return f"SUMPRODUCT({self._range(expr.args[:half])},{self._range(expr.args[half:])})", ATOM
        texts = [self._text(arg) for arg in expr.args]
        if "{all}" in spelling.excel:
            return spelling.excel.format(all=self._list(expr.args, texts)), spelling.strength
        inner = 0 if spelling.strength == ATOM else spelling.strength
        wanted = [inner] * len(texts)
        if spelling.right is not None and len(texts) == 2:
            wanted[1] = spelling.right
        if expr.operator == "ratio":
            wanted = [5, 6, 0, 3]
        if expr.operator in ("months_between", "days_in_month"):
            wanted = [ATOM] * len(texts)
        return spelling.excel.format(*map(self._bracket, texts, wanted)), spelling.strength

    @staticmethod
    def _bracket(text: tuple[str, int], wanted: int) -> str:
        return f"({text[0]})" if text[1] < wanted else text[0]

    def _list(self, args: Sequence[Expr], texts: Sequence[tuple[str, int]]) -> str:
        if len(args) > 1 and self._adjacent(args):
            return self._range(args)
        return ",".join(text for text, _ in texts)

    def _adjacent(self, args: Sequence[Expr]) -> bool:
        """All are lines that stand below each other, so that a range can name them."""
        if not all(isinstance(arg, Ref) for arg in args):
            return False
        rows = [self.place.rows[arg.name] for arg in args if isinstance(arg, Ref)]
        once = {self.lines[arg.name].once for arg in args if isinstance(arg, Ref)}
        return len(once) == 1 and rows == list(range(rows[0], rows[0] + len(rows)))

    def _range(self, args: Sequence[Expr]) -> str:
        if not self._adjacent(args):
            raise LineError("a sum of products in a workbook takes lines that stand below each other")
        return f"{self._text(args[0])[0]}:{self._text(args[-1])[0]}"
