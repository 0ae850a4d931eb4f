"""Months as people type them."""

import pytest
from PySide6.QtCore import QLocale

from app.forms.month import month_moved, month_words, read_month


@pytest.mark.parametrize(
    "text",
    ["Jun 2028", "jun 2028", "June 2028", "JUNE 28", "Jun '28", "Jun-28", "jun28", "Jun. 2028", "2028-06", "2028/6",
     "06/2028", "6.2028", "06/28", "2028 Jun", "2028-06-01", "2028-06-15 00:00:00", "  Jun   2028 ",
     "13/06/2028", "06/13/2028 00:00", "06.06.2028", "30.6.2028", "1-Jun-2028", "01 June 2028", "Jun 1, 2028",
     "June 1st, 2028"],
)  # fmt: skip
def test_many_typings_mean_the_same_month(text: str) -> None:
    """Names, figures and dates as spreadsheets paste them all lead to the month of the file."""
    assert read_month(text).value == "2028-06"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Jun",
        "2028",
        "06/07",
        "13/2028",
        "2028-13",
        "1999-12",
        "Juno 2028",
        "Ju 2028",
        "13/13/2028",
        "00/06/2028",
        "32/06/2028",
        "2028-00",
        "00/2028",
        "28-Jun",
        "46813",
        "202806",
        "2028 Q2",
        "٠٦/٢٠٢٨",
    ],
)
def test_what_is_no_month_or_two_is_refused(text: str) -> None:
    """A text that names no month, or could name two, is refused with a sentence."""
    read = read_month(text)
    assert not read.ok
    assert read.sentence.endswith(".")


@pytest.mark.parametrize("text", ["06/07", "03/04/2028", "3.4.2028", "03-04-2028", "03/04/28", "31/03/28"])
def test_a_date_that_could_be_two_months_is_told_so(text: str) -> None:
    """Of two small numbers nobody knows which is the month: the refusal says that, whatever stands between them."""
    assert read_month(text).sentence == f"“{text}” could be two months."


@pytest.mark.parametrize(
    ("locale", "text"), [("de_DE", "Dezember 2028"), ("fr_FR", "décembre 2028"), ("pl_PL", "gru 2028")]
)
def test_names_of_the_locale_are_understood(locale: str, text: str) -> None:
    """Months may be named in the language of the desktop, in full or in short."""
    QLocale.setDefault(QLocale(locale))
    assert read_month(text).value == "2028-12"


def test_months_move_along_the_calendar() -> None:
    """Moving a month crosses years and stops where the calendar of deals ends."""
    assert month_moved("2028-12", 1) == "2029-01"
    assert month_moved("2028-01", -1) == "2027-12"
    assert month_moved("2199-12", 1) == "2199-12"
    assert month_words("2028-06") == "Jun 2028"
