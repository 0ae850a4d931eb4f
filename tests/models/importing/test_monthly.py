"""Values at any dates brought to months by one rule, and what is said of gaps, doubles and rows left out."""

from datetime import date, timedelta

import pytest

from models.importing.monthly import MonthValues, Stamp, month_values, suggested_columns
from models.importing.source import ImportRefusedError, SourceTable, Value


def table(*rows: tuple[Value, ...], heads: tuple[str, ...] = ("Date", "GPUs")) -> SourceTable:
    """A table with rows from line 2 of its file."""
    return SourceTable("plan", heads, rows, 2)


def brought(
    *rows: tuple[Value, ...], start: str = "2027-01", months: int = 12, stamp: Stamp = "beginning"
) -> MonthValues:
    """Rows of dates and values by month of a deal."""
    return month_values(table(*rows), 0, 1, start=start, months=months, stamp=stamp)


def test_months_stay_as_they_are() -> None:
    """A value for each month is that month's value, and nothing is noted."""
    found = brought(*((f"2027-{month:02}", 100.0 * month) for month in range(1, 13)))
    assert found.values == tuple(100.0 * month for month in range(1, 13))
    assert (found.every, found.notes) == ("monthly", ())
    assert found.months[0] == "Jan 2027"


def test_days_are_averaged() -> None:
    """Daily values give the average over the days of the month."""
    days = [date(2027, 1, 1) + timedelta(days=n) for n in range(59)]
    found = brought(*((day.isoformat(), float(day.day)) for day in days))
    assert found.values == (16.0, 14.5)
    assert found.every == "daily"


def test_a_week_across_two_months_counts_by_its_days() -> None:
    """A weekly value holds for seven days, in whichever month they lie."""
    found = brought(
        ("2027-01-25", 70.0), ("2027-02-01", 10.0), ("2027-02-08", 10.0), ("2027-02-15", 10.0), ("2027-02-22", 10.0)
    )
    assert found.values == (70.0, 10.0)
    assert found.every == "weekly"
    crossing = brought(("2027-01-29", 70.0), ("2027-02-05", 10.0), ("2027-02-12", 10.0), ("2027-02-19", 10.0))
    assert crossing.values[1] == pytest.approx((4 * 70 + 21 * 10) / 25)


def test_a_quarter_holds_for_its_three_months() -> None:
    """A quarterly value is the value of each of its months, whether the date begins or ends the quarter."""
    expected = (10.0, 10.0, 10.0, 20.0, 20.0, 20.0)
    assert brought(("2027-01-01", 10.0), ("2027-04-01", 20.0)).values == expected
    assert brought(("Q1 2027", 10.0), ("Q2 2027", 20.0)).values == expected
    assert brought(("2027-03-31", 10.0), ("2027-06-30", 20.0), stamp="end").values == expected


def test_years_alone_are_dates() -> None:
    """Where nothing else tells a time, a year is the whole of it; among months it would be a sum, and is left out."""
    for years in (("2027", "2028"), (2027.0, 2028), ("FY 2027", "FY2028")):
        found = brought((years[0], 10.0), (years[1], 20.0), months=24)
        assert found.values == (10.0,) * 12 + (20.0,) * 12
        assert (found.every, found.notes) == ("yearly", ())
    months = brought(("Jan 2027", 1.0), ("Feb 2027", 2.0), ("2027", 3.0))
    assert months.values == (1.0, 2.0)
    assert months.notes == ("Row 4 (“2027”, “3”) was left out for want of a date or a number.",)
    assert suggested_columns(table((2040, "2027"), (5, "2028"), heads=("GPUs", "Year"))) == (1, 0)
    assert suggested_columns(table((2040, "Jan 2027"), (2041, "Feb 2027"), heads=("GPUs", "Month"))) == (1, 0)


def test_dates_without_a_value_tell_the_period_too() -> None:
    """Months of which some have no value are months, not quarters: the gaps are listed."""
    found = brought(("Jan 2027", 1.0), ("Feb 2027", None), ("Mar 2027", "open"), ("Apr 2027", 4.0))
    assert found.values == (1.0, 1.0, 1.0, 4.0)
    assert found.every == "monthly"
    assert "Feb 2027, Mar 2027 have no value; the one before goes on." in found.notes


def test_a_file_without_headings_loses_no_value() -> None:
    """A first row that holds a date and a number is a row of values, whatever stands over the columns."""
    headless = table(("2027-02", "6"), ("2027-03", "7"), heads=("2027-01", "5"))
    assert month_values(headless, 0, 1, start="2027-01", months=12).values == (5.0, 6.0, 7.0)


def test_a_gap_is_listed_and_bridged() -> None:
    """A month without a value takes the one before, and is named."""
    found = brought(("2027-01", 1.0), ("2027-02", 2.0), ("2027-04", 4.0), ("2027-05", 5.0))
    assert found.values == (1.0, 2.0, 2.0, 4.0, 5.0)
    assert found.notes == ("Mar 2027 has no value; the one before goes on.",)


def test_doubles_and_rows_without_a_number_are_listed() -> None:
    """Of two values of one date the last counts; a row that holds no date or number is left out and named."""
    found = brought(("2027-01", 1.0), ("2027-01", 3.0), ("2027-02", "n/a"), ("2027-03", 5.0), (None, None))
    assert found.values == (3.0, 3.0, 5.0)
    assert found.notes == (
        "Row 4 (“2027-02”, “n/a”) was left out for want of a date or a number.",
        "01 Jan 2027 stands more than once; the last value counts.",
        "Feb 2027 has no value; the one before goes on.",
    )


def test_months_outside_the_deal_are_said() -> None:
    """Values before the deal or after its end are not used, and months of the deal before the first value are 0."""
    found = brought(("2026-12", 9.0), ("2027-01", 1.0), ("2027-02", 2.0), ("2027-03", 3.0), months=2)
    assert found.values == (1.0, 2.0)
    assert found.notes == (
        "1 month before the deal begins is not used.",
        "1 month after the deal ends is not used.",
    )
    late = brought(("2027-03", 3.0), ("2027-04", 4.0))
    assert late.values == (0.0, 0.0, 3.0, 4.0)
    assert late.notes == ("2 months before Mar 2027 count as 0 for want of values.",)


def test_a_series_of_another_time_is_refused() -> None:
    """Dates that all lie outside the deal give no series."""
    with pytest.raises(ImportRefusedError, match="none is in the months of the deal, Jan 2027 to Dec 2027"):
        brought(("2021-01", 1.0), ("2021-02", 1.0))


def test_a_column_without_dates_is_refused() -> None:
    """Columns without a date and a number in one row give no series."""
    with pytest.raises(ImportRefusedError, match="No row has a date in “Date” and a number in “GPUs”"):
        brought(("a", "b"))


def test_a_value_beyond_every_field_is_refused() -> None:
    """A number that no field of a deal takes is refused with its row, before averages overflow."""
    with pytest.raises(
        ImportRefusedError, match=r"Row 3 holds “1e\+308” in “GPUs”; no field takes a number beyond 1,0"
    ):
        brought(("2027-01", 5), ("2027-02", 1e308), ("2027-03", 1e308))


def test_what_reads_two_ways_is_asked_for() -> None:
    """03/04/2027 and 1,234 are refused until somebody says how they are meant; one clear value settles the column."""
    unclear = table(("03/04/2027", 1.0), ("04/05/2027", 2.0))
    with pytest.raises(ImportRefusedError, match="day or the month comes first"):
        month_values(unclear, 0, 1, start="2027-01", months=12)
    said = month_values(unclear, 0, 1, start="2027-01", months=12, order="month first")
    assert said.values[2:5] == pytest.approx((1.0, (3 * 1.0 + 26 * 2.0) / 29, 2.0))
    assert brought(("03/01/2027", 1.0), ("13/02/2027", 2.0)).values[0] == 1.0
    with pytest.raises(ImportRefusedError, match="decimal mark"):
        brought(("2027-01", "1,234"), ("2027-02", "2,345"))
    assert brought(("2027-01", "1.234"), ("2027-02", "2.345,5")).values == (1234.0, 2345.5)


def test_the_columns_are_suggested() -> None:
    """The column with most dates and the one with most numbers are offered first."""
    made = table(("north", "2027-01", "1"), ("north", "2027-02", "2"), heads=("Region", "Month", "GPUs"))
    assert suggested_columns(made) == (1, 2)


@pytest.mark.parametrize("rows", [1, 500])
def test_a_whole_month_average_is_never_beyond_its_values(rows: int) -> None:
    """Whatever the dates, a month's value lies between the smallest and the largest value that came in."""
    days = sorted({date(2027, 1, 1) + timedelta(days=(n * 37) % 360) for n in range(rows)})
    found = brought(*((day.isoformat(), float(day.toordinal() % 11)) for day in days))
    assert all(0.0 <= value <= 10.0 for value in found.values)
