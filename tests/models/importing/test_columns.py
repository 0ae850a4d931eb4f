"""Numbers and dates of a column: written in any habit they are read as they were meant, or asked about."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.importing.columns import (
    DayOrder,
    Mark,
    as_date,
    as_number,
    day_order_of,
    has_open_days,
    has_open_marks,
    mark_of,
    refuse_open,
)
from models.importing.source import ImportRefusedError

HABITS: dict[str, tuple[Mark, str, bool]] = {
    "en": (".", ",", False),
    "de": (",", ".", False),
    "fr": (",", "\u202f", False),
    "pl": (",", "\u00a0", False),
    "de-CH": (".", "’", False),
    "en-IN": (".", ",", True),
}
"""Decimal mark, group mark, and whether groups beyond the thousands are of two digits."""


def grouped(whole: str, mark: str, by_two: bool) -> str:
    """Digits with a mark between their groups, as a country writes them."""
    head, tail = whole[:-3], whole[-3:]
    size = 2 if by_two else 3
    parts = [head[max(0, end - size) : end] for end in range(len(head), 0, -size)][::-1]
    return mark.join([*parts, tail])


def written(number: int, decimals: int, habit: str) -> str:
    """A number of so many decimals, given without its mark, as a country writes it."""
    mark, group, by_two = HABITS[habit]
    digits = f"{abs(number):0{decimals + 1}d}"
    whole, part = digits[: len(digits) - decimals], digits[len(digits) - decimals :]
    sign = "-" if number < 0 else ""
    return sign + grouped(whole, group, by_two) + (mark + part if decimals else "")


@given(
    st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=40), st.integers(0, 4), st.sampled_from(sorted(HABITS))
)
@settings(max_examples=300)
def test_a_column_of_any_country_is_read_as_it_was_meant(numbers: list[int], decimals: int, habit: str) -> None:
    """Whatever the groups and the mark, each number is the one that was written, or the column is asked about."""
    texts = [written(number, decimals, habit) for number in numbers]
    if has_open_marks(texts):
        with pytest.raises(ImportRefusedError, match="can be read two ways"):
            refuse_open(texts, [], None, None)
        marks: list[Mark | None] = [HABITS[habit][0]]
    else:
        marks = [mark_of(texts)]
    for mark in marks:
        for text, number in zip(texts, numbers, strict=True):
            read = as_number(text, mark)
            assert read == pytest.approx(number / 10**decimals, rel=1e-12), text


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)), st.integers(1, 60), st.sampled_from("-./ "), st.booleans())
@settings(max_examples=200)
def test_days_of_any_country_are_read_as_they_were_meant(first: date, days: int, mark: str, day_first: bool) -> None:
    """A column of days tells which number is the day by a 13th or later one; without any it is asked about."""
    column = [first + timedelta(days=k) for k in range(days)]
    order: DayOrder = "day first" if day_first else "month first"
    form = f"%d{mark}%m{mark}%Y" if day_first else f"%m{mark}%d{mark}%Y"
    texts = [each.strftime(form) for each in column]
    told = day_order_of(texts)
    assert told in (None, order)
    if told is None and any(each.day != each.month for each in column):
        assert has_open_days(texts)
    assert [as_date(text, order) for text in texts] == column


@given(st.text(max_size=24), st.sampled_from([None, ".", ","]), st.sampled_from([None, "day first", "month first"]))
@settings(max_examples=300)
def test_no_text_breaks_the_readers(text: str, mark: Mark | None, order: DayOrder | None) -> None:
    """Whatever stands in a cell is a finite number or none, a day or none."""
    number = as_number(text, mark)
    assert number is None or abs(number) < float("inf")
    day = as_date(text, order)
    assert day is None or isinstance(day, date)


@pytest.mark.parametrize(
    ("text", "mark", "wanted"),
    [
        ("1e999", None, None),
        ("9" * 400, None, None),
        (float("inf"), None, None),
        (float("nan"), None, None),
        ("1 5", ".", None),
        ("1'5", None, None),
        ("12 34", ",", None),
        ("12,5", ".", None),
        ("1,23,456", ".", 123456.0),
        ("1 234 567,5", ",", 1234567.5),
        ("1 234'567", ".", None),
        ("1.5e3", ".", 1500.0),
        ("1.234", None, None),
        ("٣", None, None),
        ("(1,234.50)", ".", -1234.5),
        ("+5", None, 5.0),
        (".5", ".", 0.5),
        ("5.", ".", 5.0),
        (".", ".", None),
    ],
)
def test_a_mark_out_of_place_is_no_number(text: str | float, mark: Mark | None, wanted: float | None) -> None:
    """A mark that groups nothing is not dropped, which would be a factor of ten; what is too large is none."""
    assert as_number(text, mark) == wanted
