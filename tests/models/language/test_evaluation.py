"""The words of the language against small arrays worked out by hand."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from models.engine.evaluate import Program
from models.language.line import Book, Kind, Measure
from models.language.tree import Expr, Input, MemberRef
from models.language.words import (
    NA,
    both,
    by_year,
    days_in_month,
    either,
    flag,
    following,
    greatest,
    largest,
    least,
    months_between,
    prior,
    ratio,
    round_up,
    smallest,
    sum_between,
    sum_of,
    sum_of_products,
    sum_since,
    total,
    total_of_products,
    where,
)
from tests.models.language.small_books import Array, figures, model_of, series

FLOW = series(5.0, -1.0, 0.0, 4.0, 2.0, 3.0)


def value_of(word: Callable[[Expr], Expr], *, once: bool = False) -> list[float]:
    """The figures of one line over six months, made by `word` from a line that holds FLOW."""
    book = Book()

    @book.line("Flow", Measure.MONEY, section="Flow")
    def given(gpus_by_month: Expr) -> Expr:
        """The series given."""
        return gpus_by_month

    @book.line("Result", Measure.MONEY, section="Flow", once=once)
    def result(given: Expr) -> Expr:
        """What is tested."""
        return word(given)

    return figures(book, 6, {"gpus_by_month": FLOW})["result"]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        (lambda x: x + 1, [6, 0, 1, 5, 3, 4]),
        (lambda x: 1 - x, [-4, 2, 1, -3, -1, -2]),
        (lambda x: x * x, [25, 1, 0, 16, 4, 9]),
        (lambda x: (24 - x) / 12, [19 / 12, 25 / 12, 2, 20 / 12, 22 / 12, 21 / 12]),
        (lambda x: (x * x) ** x, [25.0**5, 1, 1, 16.0**4, 16, 729]),
        (lambda x: flag(x > 0), [1, 0, 0, 1, 1, 1]),
        (lambda x: flag(x >= 0), [1, 0, 1, 1, 1, 1]),
        (lambda x: flag(x < 0), [0, 1, 0, 0, 0, 0]),
        (lambda x: flag(x <= 0), [0, 1, 1, 0, 0, 0]),
        (lambda x: flag(x == 0), [0, 0, 1, 0, 0, 0]),
        (lambda x: flag(both(x > 0, x < 1 + 1 * x)), [1, 0, 0, 1, 1, 1]),
        (lambda x: flag(either(x < 0, x == 0)), [0, 1, 1, 0, 0, 0]),
        (lambda x: where(x > 0, x, 12), [5, 12, 12, 4, 2, 3]),
        (lambda x: least(x, 1, 24), [1, -1, 0, 1, 1, 1]),
        (lambda x: greatest(x, 0, 1), [5, 1, 1, 4, 2, 3]),
        (lambda x: sum_of([x, 1, x]), [11, -1, 1, 9, 5, 7]),
        (lambda x: sum_of_products([x, 1], [x, x]), [30, 0, 0, 20, 6, 12]),
        (lambda x: round_up(x / 12), [1, 0, 0, 1, 1, 1]),
        (prior, [0, 5, -1, 0, 4, 2]),
        (following, [-1, 0, 4, 2, 3, 0]),
        (lambda x: ratio(12, x), [2.4, 0, 0, 3, 6, 4]),
        (lambda x: ratio(12, x, otherwise=24), [2.4, 24, 24, 3, 6, 4]),
        (lambda x: ratio(12, x, above=1 + 1 * ratio(x, x)), [2.4, 0, 0, 3, 0, 4]),
        (lambda x: sum_since(x, 0), [5, 4, 4, 8, 10, 13]),
        (lambda x: sum_since(x, 1), [0, -1, -1, 3, 5, 8]),
        (lambda x: sum_between(x, 0, 1), [4] * 6),
        (lambda x: sum_between(x, 0 - 12, 24), [13] * 6),
        (lambda x: sum_between(x, 1, 0), [0] * 6),
    ],
)
def test_a_word_means_what_it_says(word: Callable[[Expr], Expr], expected: list[float]) -> None:
    """Each operator and word gives the figures worked out by hand from 5, -1, 0, 4, 2, 3."""
    assert value_of(word) == pytest.approx(expected, abs=1e-15)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        (total, 13),
        (smallest, -1),
        (largest, 5),
        (lambda x: total_of_products(x, x), 55),
        (lambda x: where(largest(x) > 1, smallest(x), NA), -1),
    ],
)
def test_one_number_comes_from_a_whole_row(word: Callable[[Expr], Expr], expected: float) -> None:
    """Totals, least and greatest values and products over all months give one figure for the deal."""
    assert value_of(word, once=True) == [expected]


def test_a_missing_ratio_is_infinite_and_not_the_least() -> None:
    """Months in which a ratio does not exist are left out of its least value."""
    book = Book()

    @book.line("Cover", Measure.MULTIPLE, section="Cover")
    def cover(gpus_by_month: Expr) -> Expr:
        """Twelve over the series, where that is positive."""
        return ratio(12, gpus_by_month, otherwise=NA)

    @book.line("Least cover", Measure.MULTIPLE, section="Cover", once=True)
    def least_cover(cover: Expr) -> Expr:
        """Over the months in which there is one."""
        return smallest(cover)

    found = figures(book, 6, {"gpus_by_month": FLOW})
    assert found["cover"] == [2.4, np.inf, np.inf, 3.0, 6.0, 4.0]
    assert found["least_cover"] == [2.4]


def test_a_balance_starts_where_it_is_told() -> None:
    """The month before the first holds the start, a number or an input; without one it is 0."""
    book = Book()

    @book.line("Cash", Measure.MONEY, section="Cash", kind=Kind.BALANCE, start=lambda opening: opening)
    def cash(cash: Expr, month: Expr) -> Expr:
        """Grows by the number of the month."""
        return prior(cash) + month

    @book.line("Factor", Measure.FRACTION, section="Cash", start=1)
    def factor(factor: Expr) -> Expr:
        """Loses a twelfth a month."""
        return prior(factor) - prior(factor) / 12

    @book.line("Before", Measure.MONEY, section="Cash", kind=Kind.BALANCE)
    def before(cash: Expr) -> Expr:
        """Seen from another line."""
        return prior(cash)

    found = figures(book, 4, {"opening": 100.0})
    assert found["cash"] == [100.0, 101.0, 103.0, 106.0]
    assert found["before"] == [100.0, 100.0, 101.0, 103.0]
    assert found["factor"] == pytest.approx([(11 / 12) ** (m + 1) for m in range(4)], abs=1e-15)


def test_a_backward_recursion_sees_what_is_to_come() -> None:
    """A line may rest on its own month after: sums to the end come without any circle."""
    book = Book()

    @book.line("Left", Measure.MONEY, section="Loan", kind=Kind.BALANCE)
    def left(left: Expr, gpus_by_month: Expr) -> Expr:
        """This month and all later ones."""
        return following(left) + gpus_by_month

    assert figures(book, 6, {"gpus_by_month": FLOW})["left"] == [13.0, 8.0, 9.0, 9.0, 5.0, 3.0]


def contract_years() -> Book:
    """A share counted by contract year from month 3 on, with a table of rates by year."""
    book = Book()

    @book.line("Month of operation", Measure.MONTHS, section="Time")
    def operation_month(month: Expr, first: Expr) -> Expr:
        """1 in the first month of operation."""
        return greatest(0, month - first + 1)

    @book.line("Contract year", Measure.YEAR, section="Time")
    def contract_year(operation_month: Expr) -> Expr:
        """Years of twelve months."""
        return greatest(1, round_up(operation_month / 12))

    @book.line("Year starts", Measure.FLAG, section="Time")
    def year_starts(operation_month: Expr, contract_year: Expr) -> Expr:
        """Sums start again here."""
        return flag(operation_month == 12 * (contract_year - 1) + 1)

    @book.line("Base in the year", Measure.MONEY, section="Share", kind=Kind.BALANCE)
    def base_in_year(base_in_year: Expr, year_starts: Expr) -> Expr:
        """One a month, from 0 in each contract year."""
        return where(year_starts > 0, 0, prior(base_in_year)) + 1

    @book.line("Rate", Measure.FRACTION, section="Share")
    def held_rate(contract_year: Expr, rates: Expr) -> Expr:
        """The last rate holds for later years."""
        return by_year(rates, contract_year)

    @book.line("Floor", Measure.PRICE, section="Share")
    def floor(contract_year: Expr, rates: Expr) -> Expr:
        """Nothing after the table ends."""
        return by_year(rates, contract_year, ends=True)

    return book


def test_sums_by_contract_year_start_again() -> None:
    """A contract year lasts twelve months from operation; a running sum restarts with it and tables follow it."""
    found = figures(contract_years(), 30, {"first": 3.0, "rates": series(0.3, 0.2)})
    assert found["contract_year"] == [1.0] * 15 + [2.0] * 12 + [3.0] * 3
    assert [month for month, starts in enumerate(found["year_starts"]) if starts] == [3, 15, 27]
    assert found["base_in_year"] == [1, 2, 3, *range(1, 13), *range(1, 13), 1, 2, 3]
    assert found["held_rate"] == [0.3] * 15 + [0.2] * 15
    assert found["floor"] == [0.3] * 15 + [0.2] * 12 + [0.0] * 3


def test_months_are_counted_and_have_their_days() -> None:
    """Dates are months of the calendar: their distance is whole months, and February has its leap day."""
    book = Book()

    @book.line("Days", Measure.NUMBER, section="Time")
    def days(start: Expr, month: Expr) -> Expr:
        """Days of the month."""
        return days_in_month(start, month)

    @book.line("Delivery", Measure.MONTH, section="Time", once=True)
    def delivery(start: Expr, date: Expr) -> Expr:
        """Months from the start."""
        return months_between(date, start)

    found = figures(book, 15, {"start": 2027.0 * 12 + 11, "date": 2029.0 * 12 + 1})
    assert found["days"] == [31, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 28]
    assert found["delivery"] == [14.0]


def test_members_of_a_family_can_be_served_in_order() -> None:
    """A member sees the member before it, so that the first comes first and each gets what is left."""
    book = Book()

    @book.line("Left", Measure.GPU_HOURS, section="Demand", each="segment")
    def left(left: MemberRef, sold: MemberRef) -> Expr:
        """Twenty-four for the first, then what the one before it leaves."""
        if left.previous is None or sold.previous is None:
            return 12 + 12 * (1 - 0 * sold)
        return left.previous - sold.previous

    @book.line("Sold", Measure.GPU_HOURS, section="Demand", each="segment")
    def sold(segment: Expr, left: Expr) -> Expr:
        """What is wanted, as far as it goes."""
        return least(segment, left)

    wanted = {"s0": 10.0, "s1": 9.0, "s2": 8.0}
    found = figures(
        book,
        1,
        {f"demand.{name}": value for name, value in wanted.items()},
        {"segment": [Input(f"demand.{name}") for name in wanted]},
    )
    assert [found[f"sold[{s}]"] for s in range(3)] == [[10.0], [9.0], [5.0]]


def recursion() -> Book:
    """A loan with interest, a sweep, a reserve and a window: every operator that may stand in a recursion."""
    book = Book()

    @book.line("Income", Measure.MONEY, section="Loan")
    def income(gpus_by_month: Expr, price: Expr, start: Expr, month: Expr) -> Expr:
        """Series times price, by the days of the month."""
        return gpus_by_month * price * days_in_month(start, month) / 24

    @book.line("Loan", Measure.MONEY, section="Loan", kind=Kind.BALANCE, start=lambda amount: amount)
    def loan(loan: Expr, paid: Expr, rate: Expr) -> Expr:
        """Balance after interest and payment."""
        return prior(loan) * (1 + rate / 12) - paid

    @book.line("Paid", Measure.MONEY, section="Loan")
    def paid(loan: Expr, income: Expr, recent: Expr, month: Expr) -> Expr:
        """Cash as far as anything is owed, less when much was paid lately."""
        eager = where(both(month >= 1, either(recent > 24, recent == 0)), 1, round_up(month / 12) / 24)
        return greatest(0, least(income * eager, prior(loan)))

    @book.line("Recently", Measure.MONEY, section="Loan", kind=Kind.BALANCE)
    def recent(income: Expr, paid_before: Expr, since: Expr) -> Expr:
        """Payments of the months before, and what they are of the income."""
        return sum_since(paid_before, since) + ratio(paid_before, income, otherwise=1, above=1)

    @book.line("Since", Measure.MONTH, section="Loan")
    def since(month: Expr, look_back: Expr) -> Expr:
        """First month looked at."""
        return month - look_back

    @book.line("Paid before", Measure.MONEY, section="Loan", kind=Kind.BALANCE)
    def paid_before(paid: Expr) -> Expr:
        """In the month before."""
        return prior(paid)

    return book


def test_floats_and_rows_walk_alike() -> None:
    """The loop over plain floats and the loop over rows of columns give the same figures, column by column."""
    months = 40
    income: Array = np.abs(np.sin(np.arange(months, dtype=np.float64)))[:, None] * 3
    inputs: dict[str, Array | float] = {"gpus_by_month": income, "start": 2027.0 * 12}
    varied = {
        "price": np.array([[1.0, 4.0, 0.0, 9.0]]),
        "amount": np.array([[100.0, 250.0, 40.0, 0.0]]),
        "rate": np.array([[0.06, 0.0, 0.12, 0.5]]),
        "look_back": np.array([[0.0, 3.0, 6.0, 50.0]]),
    }
    book = recursion()
    program = Program(model_of(book, [*inputs, *varied]))
    wide = program.run({**inputs, **varied}, months)
    for column in range(4):
        alone = program.run({**inputs, **{name: float(row[0, column]) for name, row in varied.items()}}, months)
        for name, row in alone.items():
            found = wide[name][:, column if wide[name].shape[1] > 1 else 0]
            assert found == pytest.approx(row[:, 0], rel=1e-13, abs=1e-12), name
    assert wide["since"].shape == (months, 4)
    assert wide["paid"].max() > 10
