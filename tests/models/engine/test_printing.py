"""One book of lines printed three ways: over whole rows, and by month over floats and over rows of columns."""

from __future__ import annotations

from itertools import product
from struct import Struct
from typing import Any

import numpy as np
import pytest

from models.engine.printing import Block, print_loop, print_whole
from models.engine.wide import print_wide
from models.language.line import Book, Measure
from models.language.model import Model
from models.language.ordering import Group
from models.language.tree import Expr, LineError
from models.language.words import (
    NA,
    both,
    days_in_month,
    either,
    greatest,
    least,
    months_between,
    prior,
    ratio,
    round_up,
    sum_of,
    sum_of_products,
    sum_since,
    total,
    where,
)
from tests.models.language.small_books import Array, model_of

MONTHS = 30
INPUTS = ("gpus_by_month", "price", "start", "date", "amount")


def every_word() -> Model:
    """Lines without a recursion that use every operator which means something within a month, and two moves in time."""
    book = Book()

    @book.line("Sales", Measure.MONEY, section="Sales")
    def sales(gpus_by_month: Expr, price: Expr, start: Expr, month: Expr) -> Expr:
        """Product, sum, difference, quotient and calendar."""
        return (gpus_by_month * price + 12 - month) * days_in_month(start, month) / 24

    @book.line("Part", Measure.FRACTION, section="Sales")
    def part(sales: Expr, price: Expr, month: Expr) -> Expr:
        """Power, ratio, least and greatest."""
        return greatest(0, least(1, ratio(price, sales, otherwise=1, above=1))) ** (month / 12)

    @book.line("State", Measure.NUMBER, section="Sales")
    def state(sales: Expr, part: Expr, date: Expr, start: Expr, month: Expr) -> Expr:
        """Comparisons, both, either, where and whole months."""
        begun = month >= months_between(date, start)
        dear = either(sales > 24, both(part <= 1, part == 1))
        return where(begun, where(dear, sales, 0 - sales), where(sales < 12, round_up(sales / 12), 1))

    @book.line("Balance", Measure.MONEY, section="Sales", start=lambda amount: amount)
    def balance(sales: Expr, state: Expr) -> Expr:
        """Sums of several and of products."""
        return sum_of([sales, state, 1]) + sum_of_products([sales, 1], [state, sales])

    @book.line("Moved", Measure.MONEY, section="Sales")
    def moved(balance: Expr, month: Expr) -> Expr:
        """The month before, and all months of the last three."""
        return prior(balance) + sum_since(balance, month - 1 - 1)

    return model_of(book, INPUTS)


def values(columns: int) -> dict[str, Array]:
    """Inputs for a number of columns."""
    rng = np.random.default_rng(7)
    return {
        "gpus_by_month": rng.uniform(-2, 9, (MONTHS, columns)),
        "price": rng.uniform(0, 6, (1, columns)),
        "start": np.full((1, columns), 2027.0 * 12 + 5),
        "date": 2027.0 * 12 + rng.integers(6, 25, (1, columns)).astype(np.float64),
        "amount": rng.uniform(-5, 5, (1, columns)),
    }


def whole(model: Model, given: dict[str, Array]) -> dict[str, Array]:
    """The lines evaluated one after the other over whole rows."""
    block = print_whole(model.lines, tuple(model.lines))
    found = block.run(MONTHS, months_column(), *(given[need.name] for need in block.needs))
    return dict(zip(block.outputs, found, strict=True))


def looped(model: Model, given: dict[str, Array]) -> dict[str, Array]:
    """The lines of one column evaluated month by month over floats."""
    block = print_loop(model.lines, Group(tuple(model.lines), 1))
    rows = [[0.0] * MONTHS for _ in block.outputs]
    handed: list[Any] = [given[need.name].ravel().tolist() for need in block.needs]
    handed = [row if len(row) > 1 else row[0] for row in handed]
    found = block.run(MONTHS, months_column(), *rows, *handed)
    return {name: np.array(row) for name, row in zip(block.outputs, found, strict=True)}


def packed(model: Model, given: dict[str, Array]) -> dict[str, Array]:
    """The same, all lines of a month put into memory at one go."""
    block = print_loop(model.lines, Group(tuple(model.lines), 1), packed=True)
    handed: list[Any] = [given[need.name].ravel().tolist() for need in block.needs]
    handed = [row if len(row) > 1 else row[0] for row in handed]
    memory = np.full((MONTHS, len(block.outputs)), np.nan)
    history = [[0.0] * MONTHS for _ in range(block.looked_back)]
    put = Struct(f"{len(block.outputs)}d").pack_into
    block.run(MONTHS, months_column(), put, memory.data.cast("B"), history, *handed)
    return dict(zip(block.outputs, memory.T, strict=True))


def walked(model: Model, given: dict[str, Array], varying: frozenset[str]) -> dict[str, Array]:
    """The lines evaluated in a walk over rows of columns; inputs not named have those of the first column in all."""
    code = print_wide(model, model.lines, varying, walks=True)
    inputs = {name: row if name in varying else row[:, :1] for name, row in given.items()}
    return code.run(inputs, {}, code.fix(inputs, {}, MONTHS), MONTHS, given["price"].shape[1])


def months_column() -> Array:
    """The numbers of the months, shape (months, 1)."""
    return np.arange(MONTHS, dtype=np.float64)[:, None]


def test_floats_rows_and_whole_arrays_agree() -> None:
    """Whole rows, a loop over floats and a loop over rows of columns give the same figures for the same lines."""
    model, columns = every_word(), 5
    given = values(columns)
    rows, arrays = walked(model, given, frozenset(given)), whole(model, given)
    assert list(arrays) == ["sales", "part", "state", "balance", "moved"]
    for name, expected in arrays.items():
        assert rows[name] == pytest.approx(expected, rel=1e-13, abs=1e-12), name
    for column in range(columns):
        floats = looped(model, {name: row[:, [column]] for name, row in given.items()})
        for name, expected in arrays.items():
            assert floats[name] == pytest.approx(expected[:, column], rel=1e-13, abs=1e-12), name


def test_packed_months_hold_the_same_figures() -> None:
    """A loop that puts a whole month into memory gives to the last bit what one gives that fills its rows."""
    model, given = every_word(), values(1)
    rows, memory = looped(model, given), packed(model, given)
    assert list(memory) == list(rows)
    for name, expected in rows.items():
        assert memory[name].tolist() == expected.tolist(), name


def test_the_least_and_the_greatest_are_those_of_python() -> None:
    """Compared in place, the least and greatest of several values are what min and max say, also of equal ones."""
    book = Book()

    @book.line("Lowest", Measure.MONEY, section="Sales")
    def lowest(price: Expr, amount: Expr, start: Expr) -> Expr:
        """Of three, one of them made on the way."""
        return least(price + 1, amount, greatest(start, price, 0))

    model = model_of(book, INPUTS)
    block = print_loop(model.lines, Group(("lowest",), 1))
    assert "min(" not in block.source
    for price, amount, start in product((-1.0, 0.0, 2.0), repeat=3):
        handed = {"price": price, "amount": amount, "start": start}
        (row,) = block.run(1, months_column(), [0.0], *(handed[need.name] for need in block.needs))
        assert row == [min(price + 1, amount, max(start, price, 0.0))]


def test_a_loop_only_mentions_what_it_needs() -> None:
    """A printed block says which inputs and which lines from outside it is called with, and nothing else."""
    book = Book()

    @book.line("Price", Measure.PRICE, section="Sales")
    def list_price(price: Expr, month: Expr) -> Expr:
        """Grows."""
        return price * (1 + month)

    @book.line("Cash", Measure.MONEY, section="Cash")
    def cash(cash: Expr, list_price: Expr, amount: Expr) -> Expr:
        """Grows by price and amount."""
        return prior(cash) + list_price * amount

    block = print_loop(model_of(book, INPUTS).lines, Group(("cash",), 1))
    assert {(need.name, need.is_input) for need in block.needs} == {("list_price", False), ("amount", True)}


def test_a_total_inside_a_recursion_is_refused() -> None:
    """A number made from a whole row has no place in a loop by month; the message says to give it its own line."""
    book = Book()

    @book.line("Price", Measure.PRICE, section="Sales")
    def list_price(month: Expr) -> Expr:
        """Grows."""
        return month

    @book.line("Cash", Measure.MONEY, section="Cash")
    def cash(cash: Expr, list_price: Expr) -> Expr:
        """Grows by a total."""
        return prior(cash) + total(list_price) * ratio(1, prior(cash), otherwise=NA)

    with pytest.raises(LineError, match=r"total\(\.\.\.\) stands in a recursion by month; give it a line of its own"):
        print_both(model_of(book))


def print_both(model: Model) -> list[Block]:
    """The recursive groups of a model, printed."""
    return [print_loop(model.lines, group) for group in model.groups if group.direction]
