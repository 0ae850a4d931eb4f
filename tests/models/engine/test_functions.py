"""What the operators call, on floats and on arrays."""

from __future__ import annotations

import calendar

import numpy as np
import pytest

from models.engine import functions
from models.engine.functions import Array

MONTHS = 7
COLUMN = np.arange(MONTHS, dtype=np.float64)[:, None]
ROW: Array = np.array([[3.0, -1.0], [0.0, 2.0], [5.0, 5.0], [-2.0, 1.0], [4.0, 0.0], [1.0, 7.0], [6.0, -3.0]])


def test_least_and_greatest_of_mixed_shapes() -> None:
    """Numbers, values by month and values by column meet in one array, each month and column for itself."""
    by_column = np.array([[1.0, 2.0]])
    assert functions.least(ROW, by_column, 4.0)[:3].tolist() == [[1, -1], [0, 2], [1, 2]]
    assert functions.greatest(ROW, by_column, COLUMN)[:3].tolist() == [[3, 2], [1, 2], [5, 5]]


def test_dot_multiplies_and_adds() -> None:
    """The first half of the values meets the second half, on floats and on arrays."""
    assert functions.dot(2.0, 3.0, 5.0, 7.0) == 31.0
    assert functions.dot(ROW, 1.0, ROW, COLUMN).tolist() == (ROW * ROW + COLUMN).tolist()


def test_a_ratio_divides_only_above_its_threshold() -> None:
    """Where the divisor is at or below the threshold the other value stands, and nothing is divided by zero."""
    with np.errstate(all="raise"):
        found = functions.ratio(12.0, ROW, -1.0, 0.0)
    assert found.tolist() == [[12 / x if x > 0 else -1.0 for x in row] for row in ROW.tolist()]
    assert functions.ratio(ROW, COLUMN, 0.0, 5.0)[5:].tolist() == [[0, 0], [1, -0.5]]


def test_days_follow_the_calendar() -> None:
    """Months of all years of the program, alone or in an array, have the days of the calendar, leap years included."""
    months = np.arange(1999 * 12, 2200 * 12, dtype=np.float64)[:, None]
    expected = [calendar.monthrange(int(m) // 12, int(m) % 12 + 1)[1] for m in months[:, 0]]
    assert functions.days_in_month(months)[:, 0].tolist() == expected
    assert [functions.days_in_month(m) for m in months[:, 0].tolist()] == expected


@pytest.mark.parametrize("rate", [0.0, 1e-18, 1e-9, 0.004, 0.08, -0.01])
@pytest.mark.parametrize("balloon", [0.0, 0.3, 1.0])
def test_a_level_payment_repays_the_loan(rate: float, balloon: float) -> None:
    """Paid every month, it brings a loan of 1 to its balloon, at any rate from none to a high one."""
    payment = float(functions.level_payment(rate, 60.0, balloon))
    debt = 1.0
    for _ in range(60):
        debt = debt * (1 + rate) - payment
    assert debt == pytest.approx(balloon, abs=1e-9)


def test_a_level_payment_by_column_is_that_of_each_column() -> None:
    """Rates of several columns, none among them, give what each gives alone."""
    rates = np.array([[0.0, 0.003, 0.01]])
    found = functions.level_payment(rates, 24.0, 0.2)
    assert found.tolist() == [[float(functions.level_payment(rate, 24.0, 0.2)) for rate in rates[0]]]


def test_rows_move_by_a_month() -> None:
    """The month before holds the start first, by column where it varies; the month after ends with 0."""
    assert functions.prior(ROW, 9.0, MONTHS).tolist() == [[9, 9], *ROW[:-1].tolist()]
    start = np.array([[8.0, 9.0]])
    assert functions.prior(ROW[:, :1], start, MONTHS)[:2].tolist() == [[8, 9], [3, 3]]
    assert functions.following(ROW, 9.0, MONTHS).tolist() == [*ROW[1:].tolist(), [0, 0]]
    assert functions.prior_list([1.0, 2.0, 3.0], 9.0, 3) == [9.0, 1.0, 2.0]
    assert functions.following_list([1.0, 2.0, 3.0], 9.0, 3) == [2.0, 3.0, 0.0]


def test_values_take_their_shape() -> None:
    """A number becomes a row of months; a value by column one of months and columns; a single figure a number."""
    assert functions.as_rows(2.0, 3).tolist() == [[2], [2], [2]]
    assert functions.as_rows(np.array([[1.0, 2.0]]), 2).tolist() == [[1, 2], [1, 2]]
    assert functions.as_rows(COLUMN, MONTHS) is COLUMN
    assert functions.as_one(np.array([[4.0]])) == 4.0
    assert functions.as_one(np.array([[4.0, 5.0]])).shape == (1, 2)


def test_a_table_by_year_holds_or_ends() -> None:
    """After its end a table repeats its last entry or is 0; tables that vary by column are read column by column."""
    year = np.array([[1.0], [2.0], [3.0], [4.0]])
    table = np.array([[0.3, 0.5], [0.2, 0.4]])
    assert functions.by_year(table[:, :1], year, False)[:, 0].tolist() == [0.3, 0.2, 0.2, 0.2]
    assert functions.by_year(table, year, False).tolist() == [[0.3, 0.5], [0.2, 0.4], [0.2, 0.4], [0.2, 0.4]]
    assert functions.by_year(table, year, True).tolist() == [[0.3, 0.5], [0.2, 0.4], [0, 0], [0, 0]]
    years = np.array([[1.0, 3.0], [2.0, 1.0]])
    assert functions.by_year(table[:, :1], years, True).tolist() == [[0.3, 0.0], [0.2, 0.3]]
    assert functions.by_year(table, years, False).tolist() == [[0.3, 0.4], [0.2, 0.5]]


@pytest.mark.parametrize("columns", [1, 2])
@pytest.mark.parametrize("varying", [False, True], ids=["same bounds", "bounds by column"])
def test_a_window_adds_what_lies_inside(columns: int, varying: bool) -> None:
    """A window adds the months between its bounds, those outside the model left out, an empty one 0."""
    row = ROW[:, :columns]
    step = np.array([[0.0, 2.0]]) if varying else 0.0
    first, last = COLUMN - 1 + step, COLUMN + 2 - step
    found = functions.window(row, first, last, COLUMN)
    width = 2 if varying else columns
    low, high = np.broadcast_to(first, (MONTHS, width)), np.broadcast_to(last, (MONTHS, width))
    for month in range(MONTHS):
        for column in range(width):
            inside = [n for n in range(MONTHS) if low[month, column] <= n <= high[month, column]]
            assert found[month, column] == row[inside, min(column, columns - 1)].sum()


def test_a_sum_up_to_now_is_the_same_in_every_form() -> None:
    """Over floats, over rows, and over rows with a first month by column, the sum since a month is the same."""
    for month in range(MONTHS):
        for first in (-3.0, 0.0, 2.0, 6.0):
            expected = [sum(ROW[max(0, int(first)) : month + 1, column].tolist()) for column in range(2)]
            assert functions.trailing(ROW[:, 0].tolist(), first, month) == expected[0]
            assert functions.trailing(ROW, np.array([first]), month).tolist() == expected
            assert functions.trailing(ROW, np.array([first, first]), month).tolist() == expected
