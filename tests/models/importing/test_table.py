"""Tables in files from outside: CSV in the ways people save it, workbooks, and what is refused."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from models.importing.columns import as_date, as_number, mark_of
from models.importing.monthly import Stamp, month_values, suggested_columns
from models.importing.source import ImportRefusedError
from models.importing.table import read_tables
from models.workbook.reading.refusal import RefusedError


def csv_file(folder: Path, data: str | bytes, name: str = "plan.csv") -> Path:
    """A file with these contents."""
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_csv_file_is_a_table(tmp_path: Path, separator: str) -> None:
    """Whatever parts the columns, heads and rows are found, with a title above left out."""
    lines = ["GPU plan of the spring", "", separator.join(("Month", "GPUs")), separator.join(("2027-01", "100"))]
    (table,) = read_tables(csv_file(tmp_path, "\r\n".join(lines)))
    assert table.heads == ("Month", "GPUs")
    assert table.rows == (("2027-01", "100"),)
    assert table.first == 4


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_letters_come_through(tmp_path: Path, encoding: str) -> None:
    """The encodings that spreadsheets save CSV in are understood."""
    (table,) = read_tables(csv_file(tmp_path, "März,GPUs\n2027-01,5\n".encode(encoding)))
    assert table.heads == ("März", "GPUs")


def test_a_workbook_is_read_with_its_dates(tmp_path: Path) -> None:
    """Sheets with a table are offered by name, dates and numbers of their cells become months and values."""
    book = Workbook()
    first = book.active
    assert first is not None
    first.title = "Notes"
    first["A1"] = "Nothing here"
    sheet = book.create_sheet("Plan")
    sheet.append(["Date", "Region", "GPUs"])
    for month in range(1, 5):
        sheet.append([date(2027, month, 1), "north", 50 * month])
    path = tmp_path / "plan.xlsx"
    book.save(path)
    (table,) = read_tables(path)
    assert table.name == "Plan"
    assert suggested_columns(table) == (0, 2)
    assert month_values(table, 0, 2, start="2027-01", months=6).values == (50.0, 100.0, 150.0, 200.0)


def test_months_may_stand_across(tmp_path: Path) -> None:
    """A sheet with its months in a row is read by its columns: each row below is a series, sums beside are left out and
    told by their column."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["B2"] = "GPU plan"
    sheet.append([])
    sheet.append([None, "Region", None, *(date(2027, month, 1) for month in range(1, 7)), "Total"])
    sheet.append([None, "North", "firm", *(30_000 + 200 * month for month in range(6)), 183_000])
    sheet.append([None, "South", None, 5, 6, 7, None, 9, 10, 37])
    path = tmp_path / "across.xlsx"
    book.save(path)
    (table,) = read_tables(path)
    assert table.turned
    assert table.heads == ("Dates across", "North firm", "South")
    assert suggested_columns(table) == (0, 1)
    found = month_values(table, 0, 1, start="2027-01", months=12)
    assert found.values == tuple(30_000.0 + 200 * month for month in range(6))
    assert found.notes == (
        "The dates stand across; each row of the file is a series.",
        "Column J (“Total”, “183000”) was left out for want of a date or a number.",
    )
    south = month_values(table, 0, 2, start="2027-01", months=12)
    assert south.values == (5.0, 6.0, 7.0, 7.0, 9.0, 10.0)
    assert any("Apr 2027" in note for note in south.notes)


@pytest.mark.parametrize(
    ("dates", "values"),
    [
        (("1/31/2027", "2/28/2027", "3/31/2027"), (5.0, 6.0, 7.0)),
        (("2027", "2028", "FY2029"), (5.0,) * 12 + (6.0,) * 12 + (7.0,) * 12),
    ],
)
def test_dates_across_may_have_the_month_first_or_be_years(
    tmp_path: Path, dates: tuple[str, ...], values: tuple[float, ...]
) -> None:
    """A row of American dates, or of years where there are no other dates, is taken for dates across."""
    data = f",{','.join(dates)}\nNorth,5,6,7\nSouth,8,9,10\n"
    (table,) = read_tables(csv_file(tmp_path, data))
    assert table.turned
    assert table.heads == ("Dates across", "North", "South")
    stamp: Stamp = "end" if "/" in dates[0] else "beginning"
    assert month_values(table, 0, 1, start="2027-01", months=36, stamp=stamp).values == values


def test_growing_numbers_are_no_months(tmp_path: Path) -> None:
    """Numbers in the range in which workbooks count days are not taken for dates across, in few rows or many."""
    lines = ["Month,North,South,East"] + [f"{month},3{month}000,3{month}100,3{month}150" for month in ("2", "3")]
    (table,) = read_tables(csv_file(tmp_path, "\n".join(lines)))
    assert not table.turned
    rows = [[date(2027, 1, 1), 40_000, 41_000, 42_000, 43_000], [date(2027, 2, 1), 40_100, 41_100, 42_100, 43_100]]
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Month", "a", "b", "c", "d"], *rows):
        sheet.append(row)
    book.save(tmp_path / "down.xlsx")
    (table,) = read_tables(tmp_path / "down.xlsx")
    assert not table.turned


@pytest.mark.parametrize(
    ("data", "words"),
    [("", "holds no table"), ("a\nb\n", "holds no table"), ("a,b\n", "holds no table"), ("x," * 300, "columns")],
)
def test_a_file_without_a_table_is_refused(tmp_path: Path, data: str, words: str) -> None:
    """Nothing, one column, heads alone or far too many columns give a sentence."""
    with pytest.raises(ImportRefusedError, match=words):
        read_tables(csv_file(tmp_path, data))


def test_a_file_that_is_too_large_or_missing_is_refused(tmp_path: Path) -> None:
    """More rows than any month series has, and a file that is not there, give a sentence."""
    with pytest.raises(ImportRefusedError, match=r"more than 20,000 rows"):
        read_tables(csv_file(tmp_path, "a,b\n" + "2027-01,1\n" * 20_001))
    with pytest.raises(ImportRefusedError, match="could not be read"):
        read_tables(tmp_path / "none.csv")


def test_a_damaged_workbook_is_refused(tmp_path: Path) -> None:
    """What only calls itself a workbook is refused by the process that would read it."""
    with pytest.raises(RefusedError):
        read_tables(csv_file(tmp_path, b"PK\x03\x04nothing", "plan.xlsx"))


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2027-03-04", "2027-03-04"),
        ("2027/03/04 00:00", "2027-03-04"),
        ("04.03.2027", "2027-03-04"),
        ("4/3/27", "2027-03-04"),
        ("2027-03", "2027-03-01"),
        ("03/2027", "2027-03-01"),
        ("Mar 2027", "2027-03-01"),
        ("March 2027", "2027-03-01"),
        ("Mar-27", "2027-03-01"),
        ("4 March 2027", "2027-03-04"),
        ("March 4, 2027", "2027-03-04"),
        ("Q1 2027", "2027-01-01"),
        ("2027 Q1", "2027-01-01"),
        ("2027-W09", "2027-03-01"),
        ("31/04/2027", None),
        ("soon", None),
        ("12", None),
    ],
)
def test_dates_as_people_write_them(text: str, iso: str | None) -> None:
    """A date is read in all the usual ways, with the day before the month; what is none is none."""
    found = as_date(text, "day first")
    assert (found and found.isoformat()) == iso


@pytest.mark.parametrize(
    ("texts", "numbers"),
    [
        (["1,234.5", "2,000"], [1234.5, 2000.0]),
        (["1.234,5", "2.000"], [1234.5, 2000.0]),
        (["1 234,5"], [1234.5]),
        (["(5.25)", "−3.5"], [-5.25, -3.5]),
        (["1,234,567"], [1234567.0]),
        (["12"], [12.0]),
        (["1.2.3", "4.5"], [None, None]),
        (["many"], [None]),
    ],
)
def test_numbers_with_the_marks_of_their_column(texts: list[str], numbers: list[float | None]) -> None:
    """One mark is the decimal one for a whole column; a text that does not fit it is no number."""
    assert [as_number(text, mark_of(texts)) for text in texts] == numbers
