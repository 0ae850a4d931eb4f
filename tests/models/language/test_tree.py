"""What a formula may be made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import FrozenInstanceError
from typing import Any

import pytest

from models.language.tree import (
    NOT_AVAILABLE,
    ByYear,
    Const,
    Expr,
    Input,
    LineError,
    MemberRef,
    Month,
    Next,
    Op,
    Over,
    Prior,
    Ref,
    Window,
    as_expr,
    is_const,
    names_in,
    walk,
)
from models.language.words import (
    HALF_CENT,
    by_year,
    following,
    greatest,
    least,
    prior,
    ratio,
    sum_between,
    sum_of,
    sum_of_products,
    sum_since,
    total,
    total_of_products,
    where,
)

CASH, DEBT, RATE = Ref("cash"), Ref("debt"), Input("senior_debt.margin")


@pytest.mark.parametrize(
    "misuse",
    [
        lambda: 1 if CASH > DEBT else 0,
        lambda: CASH > 0 and DEBT > 0,
        lambda: not CASH,
        lambda: min(CASH, DEBT),
        lambda: DEBT in [CASH],
    ],
    ids=["if", "and", "not", "min", "in"],
)
def test_a_formula_has_no_truth(misuse: Callable[[], Any]) -> None:
    """Asking a formula whether it is true is refused with the words to use instead."""
    with pytest.raises(LineError, match="no truth while it is defined: use where"):
        misuse()


@pytest.mark.parametrize(
    "node",
    [
        Const(1.0),
        HALF_CENT,
        RATE,
        Month(),
        CASH,
        MemberRef("sold[1]", Ref("sold[0]")),
        Prior(CASH),
        Next(CASH),
        CASH + DEBT,
        Over("total", (CASH,)),
        Window(CASH, Const(0.0), None),
        ByYear(RATE, Month(), ends=False),
    ],
    ids=lambda node: type(node).__name__,
)
def test_whatever_is_compared_becomes_a_formula(node: Expr) -> None:
    """Equality builds a formula for every kind of expression, each of which is itself alone and never changes."""
    formula = node == 1
    assert isinstance(formula, Op)
    assert formula.operator == "eq"
    assert formula.args[0] is node
    assert len({node, node, CASH}) == 1 + (node is not CASH)
    with pytest.raises(FrozenInstanceError):
        node.__setattr__("anything", 1)


@pytest.mark.parametrize("number", [0.5, 2, 100, -3, 0.005, float("nan")])
def test_a_bare_number_is_refused(number: float) -> None:
    """A number that is neither 0, 1, 12 nor 24 needs a name, whichever side it stands on."""
    misuses: list[Callable[[], Expr]] = [lambda: CASH * number, lambda: number + CASH, lambda: least(CASH, number)]
    for misuse in misuses:
        with pytest.raises(LineError, match=f"the number {number} has no name"):
            misuse()


@pytest.mark.parametrize("number", [0, 1, 12, 24, -1, 1.0])
def test_the_numbers_of_a_calendar_are_allowed(number: float) -> None:
    """0, 1, 12 and 24 and their negatives may be written out."""
    assert is_const(as_expr(number), number)


@pytest.mark.parametrize("thing", [True, None, "cash", [1]])
def test_what_is_no_number_is_no_formula(thing: Any) -> None:
    """Flags of Python, None, texts and lists are refused as operands."""
    with pytest.raises(LineError, match="is not a formula"):
        as_expr(thing)


def test_a_line_divides_by_inputs_only() -> None:
    """Dividing by another line, or by anything that holds one, is refused; by inputs and constants it is allowed."""
    misuses: list[Callable[[], Expr]] = [lambda: CASH / DEBT, lambda: CASH / (1 + DEBT * RATE), lambda: 1 / CASH]
    for misuse in misuses:
        with pytest.raises(LineError, match=r"use ratio\(a, b, otherwise="):
            misuse()
    for allowed in (CASH / RATE, CASH / 12, CASH / (1 + RATE), CASH / HALF_CENT):
        assert isinstance(allowed, Op)
        assert allowed.operator == "div"


@pytest.mark.parametrize(
    "word",
    [
        prior,
        following,
        total,
        lambda line: total_of_products(CASH, line),
        lambda line: sum_between(line, 0, 12),
        lambda line: sum_since(line, 0),
    ],
    ids=["prior", "following", "total", "total_of_products", "sum_between", "sum_since"],
)
def test_other_months_are_seen_of_lines_only(word: Callable[[Expr], Expr]) -> None:
    """Words that look at other months take a line, not a formula; a line that is zero stays zero."""
    assert names_in(word(DEBT)) >= {"debt"}
    assert is_const(word(Const(0.0)), 0)
    with pytest.raises(LineError, match=r"takes? (a line item|line items), not"):
        word(CASH + DEBT)


def test_a_table_by_year_is_a_table_of_the_deal() -> None:
    """by_year reads a table of the deal, not a line; an empty table is zero."""
    assert is_const(by_year(Const(0.0), Ref("contract_year")), 0)
    with pytest.raises(LineError, match="takes a table of the deal"):
        by_year(CASH, Ref("contract_year"))


def test_families_are_multiplied_member_by_member() -> None:
    """A sum of products needs two families of one length, and is nothing for empty ones."""
    assert is_const(sum_of_products([], []), 0)
    assert sum_of_products([CASH], [Const(1.0)]) is CASH
    for left, right in (([CASH, DEBT], [CASH]), ([CASH], [CASH, DEBT])):
        with pytest.raises(LineError, match="two families of the same length"):
            sum_of_products(left, right)


@pytest.mark.parametrize(
    ("formula", "simple"),
    [
        (CASH + 0, CASH),
        (0 + CASH, CASH),
        (CASH - 0, CASH),
        (CASH * 1, CASH),
        (1 * CASH, CASH),
        (CASH / 1, CASH),
        (sum_of([0, CASH, 0]), CASH),
        (least(CASH), CASH),
    ],
)
def test_what_changes_nothing_is_not_written(formula: Expr, simple: Expr) -> None:
    """Adding 0 or multiplying by 1 leaves the formula itself."""
    assert formula is simple


@pytest.mark.parametrize(
    "formula",
    [
        CASH * 0,
        0 * CASH,
        as_expr(0) / RATE,
        sum_of([]),
        greatest(0, 0),
        where(CASH > 0, 0, 0),
        ratio(0, CASH),
        ratio(CASH, 0),
    ],
)
def test_what_is_nothing_is_zero(formula: Expr) -> None:
    """A formula that can only be 0 is the constant 0, so that others can leave it out."""
    assert is_const(formula, 0)


def test_a_ratio_may_be_missing() -> None:
    """The value of a ratio that does not exist is the only infinite number a formula may hold."""
    formula = ratio(CASH, DEBT, otherwise=NOT_AVAILABLE)
    assert any(is_const(node, NOT_AVAILABLE) for node in walk(formula))
    assert names_in(formula) == {"cash", "debt"}
