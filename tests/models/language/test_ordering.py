"""The order in which lines are evaluated, and what cannot be ordered."""

from __future__ import annotations

from itertools import pairwise

import pytest

from models.language.line import Book, Measure
from models.language.tree import Expr, LineError
from models.language.words import following, prior, sum_between, sum_since, total
from tests.models.language.small_books import model_of


def test_a_cycle_within_a_month_is_named() -> None:
    """Lines that need each other within one month are refused, and the message walks once around the cycle."""
    book = Book()

    @book.line("Fee", Measure.MONEY, section="Loan")
    def fee(loan: Expr) -> Expr:
        """Part of the loan."""
        return loan / 12

    @book.line("Cost", Measure.MONEY, section="Loan")
    def cost(fee: Expr, month: Expr) -> Expr:
        """Includes the fee."""
        return month + fee

    @book.line("Loan", Measure.MONEY, section="Loan")
    def loan(cost: Expr) -> Expr:
        """Pays for the cost."""
        return cost

    with pytest.raises(LineError, match="need each other within one month: ") as caught:
        model_of(book)
    cycle = str(caught.value).split(": ")[1].split(" -> ")
    assert cycle[0] == cycle[-1]
    assert {(a, b) for a, b in pairwise(cycle)} == {("fee", "loan"), ("loan", "cost"), ("cost", "fee")}


def test_a_line_that_needs_itself_in_the_same_month_is_refused() -> None:
    """The shortest cycle is a line made of itself."""
    book = Book()

    @book.line("Cash", Measure.MONEY, section="Cash")
    def cash(cash: Expr, month: Expr) -> Expr:
        """Made of itself."""
        return cash + month

    with pytest.raises(LineError, match="within one month: cash -> cash"):
        model_of(book)


def test_a_cycle_through_time_is_a_recursion() -> None:
    """Lines that need each other through the month before are evaluated together, in an order that works."""
    book = Book()

    @book.line("Interest", Measure.MONEY, section="Loan")
    def interest(loan: Expr) -> Expr:
        """On the balance brought forward."""
        return prior(loan) / 12

    @book.line("Loan", Measure.MONEY, section="Loan")
    def loan(loan: Expr, interest: Expr) -> Expr:
        """Grows by its interest."""
        return prior(loan) + interest

    @book.line("Paid", Measure.MONEY, section="Loan")
    def paid(interest: Expr) -> Expr:
        """Outside the recursion."""
        return interest

    groups = model_of(book).groups
    assert [(group.names, group.direction) for group in groups] == [(("interest", "loan"), 1), (("paid",), 0)]


def test_a_recursion_runs_one_way() -> None:
    """A recursion through the month after runs backward; one that needs both neighbours is refused."""
    book = Book()

    @book.line("Ahead", Measure.MONEY, section="Loan")
    def ahead(ahead: Expr, month: Expr) -> Expr:
        """Sum of this month and all after it."""
        return following(ahead) + month

    assert [group.direction for group in model_of(book).groups] == [-1]

    @book.line("Both", Measure.MONEY, section="Loan")
    def both_ways(both_ways: Expr, month: Expr) -> Expr:
        """Looks at both neighbours."""
        return prior(both_ways) + following(both_ways) + month

    with pytest.raises(LineError, match="both_ways recur both forward and backward"):
        model_of(book)


def test_a_total_cannot_rest_on_itself() -> None:
    """A line made of the total of a row that depends on the line is refused, by name."""
    book = Book()

    @book.line("Debt", Measure.MONEY, section="Loan")
    def debt(month: Expr, fees: Expr) -> Expr:
        """Covers its fees."""
        return month + total(fees)

    @book.line("Fees", Measure.MONEY, section="Loan")
    def fees(debt: Expr) -> Expr:
        """Part of the debt."""
        return debt / 12

    with pytest.raises(LineError, match="'debt' needs a total of a row that depends on 'debt' itself"):
        model_of(book)


def test_a_window_that_looks_ahead_cannot_rest_on_itself() -> None:
    """A sum over months to come is known only once the whole row is, so it cannot be part of a recursion."""
    book = Book()

    @book.line("Service", Measure.MONEY, section="Loan")
    def service(month: Expr, service: Expr) -> Expr:
        """Looks at its own future."""
        return month + sum_between(service, month + 1, month + 12)

    with pytest.raises(LineError, match="'service' needs a total of a row"):
        model_of(book)


def test_a_window_that_ends_now_may_stand_in_a_recursion() -> None:
    """A sum up to the current month may rest on months before it that depend on the sum."""
    book = Book()

    @book.line("Paid so far", Measure.MONEY, section="Loan")
    def paid_so_far(paid: Expr) -> Expr:
        """Everything since the start."""
        return sum_since(paid, 0)

    @book.line("Paid", Measure.MONEY, section="Loan")
    def paid(month: Expr, paid_so_far: Expr) -> Expr:
        """Grows with what was paid."""
        return month + prior(paid_so_far)

    assert [group.names for group in model_of(book).groups] == [("paid", "paid_so_far")]


def test_one_value_for_the_deal_does_not_recur() -> None:
    """A line with one value has no month before, so it cannot be part of a recursion."""
    book = Book()

    @book.line("Debt", Measure.MONEY, section="Loan", once=True)
    def debt(debt: Expr) -> Expr:
        """One value that looks back."""
        return prior(debt)

    with pytest.raises(LineError, match="'debt' has one value for the deal and cannot recur"):
        model_of(book)


def test_what_is_needed_comes_first_whatever_the_order_written() -> None:
    """Lines may be written above their ingredients: evaluation starts with what others need."""
    book = Book()

    @book.line("Share", Measure.MONEY, section="Share")
    def share(base: Expr, rate_of_year: Expr) -> Expr:
        """Needs both below."""
        return base * rate_of_year

    @book.line("Base", Measure.MONEY, section="Share")
    def base(month: Expr) -> Expr:
        """Counts."""
        return month

    @book.line("Rate", Measure.FRACTION, section="Share", once=True)
    def rate_of_year(base: Expr) -> Expr:
        """Sum of the base."""
        return total(base)

    names = [group.names[0] for group in model_of(book).groups]
    assert names == ["base", "rate_of_year", "share"]
