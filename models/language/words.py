"""The words a line item may use besides + - * / ** and comparisons."""

from __future__ import annotations

from collections.abc import Iterable

from models.language.tree import (
    NOT_AVAILABLE,
    ONE,
    ZERO,
    ByYear,
    Const,
    Expr,
    Input,
    LineError,
    Named,
    Next,
    Op,
    Operand,
    Over,
    Prior,
    Ref,
    Window,
    as_expr,
    is_const,
)

HALF_CENT = Named("half_cent", 0.005, "currency", "Smallest amount of money that counts as positive")
ONE_CENT = Named("one_cent", 0.01, "currency", "Unpaid amount from which a month counts towards default")
BASIS_POINTS = Named("basis_points", 10_000.0, "number", "Basis points in one")
SECONDS_PER_HOUR = Named("seconds_per_hour", 3600.0, "seconds", "Seconds in an hour")
MILLION = Named("million", 1_000_000.0, "tokens", "Tokens in the unit that token prices are quoted for")
DAYS_PER_YEAR = Named("days_per_year", 365.25, "days", "Mean days in a year, to count the months between two dates")
NAMED_CONSTANTS = (HALF_CENT, ONE_CENT, BASIS_POINTS, SECONDS_PER_HOUR, MILLION, DAYS_PER_YEAR)


def prior(line: Expr) -> Expr:
    """Value of a line in the month before."""
    if is_const(line, 0):
        return ZERO
    if not isinstance(line, Ref):
        raise LineError("prior() takes a line item, not a formula; give the formula a line of its own")
    return Prior(line)


def following(line: Expr) -> Expr:
    """Value of a line in the month after, for recursions that run backward."""
    if is_const(line, 0):
        return ZERO
    if not isinstance(line, Ref):
        raise LineError("following() takes a line item, not a formula; give the formula a line of its own")
    return Next(line)


def least(*values: Operand) -> Expr:
    """The smallest of the values in each month."""
    return _many("least", values)


def greatest(*values: Operand) -> Expr:
    """The largest of the values in each month."""
    return _many("greatest", values)


def _many(operator: str, values: tuple[Operand, ...]) -> Expr:
    args = tuple(as_expr(v) for v in values)
    if all(is_const(arg, 0) for arg in args):
        return ZERO
    return args[0] if len(args) == 1 else Op(operator, args)


def sum_of(values: Iterable[Operand]) -> Expr:
    """Sum of several values of one month, such as a family of lines; 0 when there are none."""
    args = tuple(arg for arg in map(as_expr, values) if not is_const(arg, 0))
    if not args:
        return ZERO
    return args[0] if len(args) == 1 else Op("sum", args)


def sum_of_products(left: Iterable[Operand], right: Iterable[Operand]) -> Expr:
    """Sum over the members of two families of the product of their values."""
    a, b = tuple(map(as_expr, left)), tuple(map(as_expr, right))
    if len(a) != len(b):
        raise LineError("sum_of_products() takes two families of the same length")
    pairs = [(x, y) for x, y in zip(a, b, strict=True) if not (is_const(x, 0) or is_const(y, 0))]
    if not pairs:
        return ZERO
    if len(pairs) == 1:
        return pairs[0][0] * pairs[0][1]
    return Op("dot", (*(x for x, _ in pairs), *(y for _, y in pairs)))


def where(condition: Expr, then: Operand, otherwise: Operand) -> Expr:
    """One value where the condition holds, the other where it does not."""
    a, b = as_expr(then), as_expr(otherwise)
    return ZERO if is_const(a, 0) and is_const(b, 0) else Op("where", (condition, a, b))


def flag(condition: Expr) -> Expr:
    """1 where the condition holds, else 0."""
    return Op("where", (condition, ONE, ZERO))


def both(*conditions: Expr) -> Expr:
    """All conditions hold."""
    return Op("both", conditions)


def either(*conditions: Expr) -> Expr:
    """At least one condition holds."""
    return Op("either", conditions)


def positive(amount: Operand) -> Expr:
    """An amount of money is more than half a cent."""
    return as_expr(amount) > HALF_CENT


def ratio(a: Operand, b: Operand, otherwise: Operand = 0, above: Operand = 0) -> Expr:
    """a / b where b is above a threshold, else `otherwise`. For amounts of money the threshold is half a cent."""
    top, bottom = as_expr(a), as_expr(b)
    if is_const(bottom, 0) or (is_const(top, 0) and is_const(as_expr(otherwise), 0)):
        return as_expr(otherwise)
    return Op("ratio", (top, bottom, as_expr(otherwise), as_expr(above)))


def round_up(value: Expr) -> Expr:
    """The value rounded up to a whole number."""
    return Op("round_up", (value,))


def beyond_dust(amount: Expr) -> Expr:
    """By how much an amount that should be 0 is off, in either direction, half a cent left out."""
    return Op("greatest", (ZERO, Op("absolute", (amount,)) - HALF_CENT))


def total(line: Expr) -> Expr:
    """Sum of a line over all months."""
    return _over("total", line)


def smallest(line: Expr) -> Expr:
    """Least value of a line over all months, months that are not available left out."""
    return _over("smallest", line)


def largest(line: Expr) -> Expr:
    """Greatest value of a line over all months."""
    return _over("largest", line)


def total_of_products(a: Expr, b: Expr) -> Expr:
    """Sum over all months of the product of two lines."""
    return _over("product", a, b)


def _over(how: str, *lines: Expr) -> Expr:
    if any(is_const(line, 0) for line in lines):
        return ZERO
    if not all(isinstance(line, Ref) for line in lines):
        raise LineError(f"{how} takes line items, not formulas; give the formula a line of its own")
    return Over(how, tuple(line for line in lines if isinstance(line, Ref)))


def sum_between(line: Expr, first: Operand, last: Operand) -> Expr:
    """Sum of a line over the months first..last; months outside the model count nothing."""
    if is_const(line, 0):
        return ZERO
    if not isinstance(line, Ref):
        raise LineError("sum_between() takes a line item, not a formula")
    return Window(line, as_expr(first), as_expr(last))


def sum_since(line: Expr, first: Operand) -> Expr:
    """Sum of a line from month `first` to the current one."""
    if is_const(line, 0):
        return ZERO
    if not isinstance(line, Ref):
        raise LineError("sum_since() takes a line item, not a formula")
    return Window(line, as_expr(first), None)


def by_year(table: Expr, year: Operand, *, ends: bool = False) -> Expr:
    """Entry of a table by contract year (1 for the first); past its end the last entry, or 0 if the table `ends`."""
    if is_const(table, 0):
        return ZERO
    if not isinstance(table, Input):
        raise LineError("by_year() takes a table of the deal")
    return ByYear(table, as_expr(year), ends)


def months_between(date: Expr, start: Expr) -> Expr:
    """Whole months from one date to a later one (negative to an earlier one); both fall in the first of a month."""
    return Op("months_between", (date, start, DAYS_PER_YEAR))


def days_in_month(start: Expr, month: Expr) -> Expr:
    """Calendar days of the month with a number counted from the start date."""
    return Op("days_in_month", (start, month))


def level_payment(rate: Expr, payments: Expr, balloon: Expr) -> Expr:
    """Payment at the end of each month that repays a loan of 1 down to its balloon."""
    return Op("level_payment", (rate, payments, balloon))


NA = Const(NOT_AVAILABLE)
