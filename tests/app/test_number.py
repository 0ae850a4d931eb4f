"""The reader of numbers: everything people write, in any locale, and never a factor of ten by guess."""

import math
import re
from decimal import Decimal

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from app.forms.marks import Marks, evidence, write
from app.forms.number import Parsed, Refused, Shown, parse_number

ENGLISH = Marks(".", ",", english=True)
LOCALES = ["en_US", "de_DE", "fr_FR", "pl_PL", "de_CH", "en_IN"]
MONEY = Shown("money", 6, 1, "$m", currency="USD")
PRICE = Shown("price", 0, 2, "$ per GPU-hour", currency="USD")
PERCENT = Shown("percent", -2, 1, "% of hours")
SPREAD = Shown("spread", -4, 0, "bp")
BPS = Shown("bps", 0, 0, "bp")
MONTHS = Shown("months", 0, 0, "months", whole=True)
COUNT = Shown("count", 0, 0, "GPUs", whole=True)
RATIO = Shown("ratio", 0, 2, "x")
KW = Shown("plain", 0, 2, "kW")


def value(text: str, unit: Shown = PRICE, marks: Marks | None = ENGLISH) -> float:
    """The number read; the test fails where the text is refused."""
    read = parse_number(text, unit, marks)
    assert isinstance(read, Parsed), read
    return read.value


def reason(text: str, unit: Shown = PRICE, marks: Marks | None = ENGLISH) -> str:
    """The sentence of a refusal; the test fails where the text is read."""
    read = parse_number(text, unit, marks)
    assert isinstance(read, Refused), read
    return read.reason


@pytest.mark.parametrize(
    ("text", "unit", "wanted"),
    [
        ("3.68", PRICE, 3.68), ("$3.68", PRICE, 3.68), ("USD 3.68", PRICE, 3.68), ("3.68 USD", PRICE, 3.68),
        (" 3.15 ", PRICE, 3.15), (".5", PRICE, 0.5), ("3.", PRICE, 3.0), ("1,234.5", PRICE, 1234.5),
        ("1.2bn", MONEY, 1.2e9), ("40k", MONEY, 40e3), ("60", MONEY, 60e6), ("60m", MONEY, 60e6),
        ("$60m", MONEY, 60e6), ("60 $m", MONEY, 60e6), ("1.5 million", MONEY, 1.5e6), ("2 Mrd", MONEY, 2e9),
        ("15%", PERCENT, 0.15), ("15", PERCENT, 0.15), ("15 % of hours", PERCENT, 0.15), ("300bp", PERCENT, 0.03),
        ("300", SPREAD, 0.03), ("3%", SPREAD, 0.03), ("325 bps", SPREAD, 0.0325), ("80", BPS, 80), ("0.8%", BPS, 80),
        ("24", MONTHS, 24), ("24m", MONTHS, 24), ("24 months", MONTHS, 24), ("2y", MONTHS, 24),
        ("1.5 years", MONTHS, 18),
        ("10,000", COUNT, 10000), ("10k", COUNT, 10000), ("1.30x", RATIO, 1.3), ("1.8 kW", KW, 1.8),
        ("(18.4)", PRICE, -18.4), ("-18.4", PRICE, -18.4), ("\u221218.4", PRICE, -18.4), ("\u201318.4", PRICE, -18.4),
        ("$-5", PRICE, -5), ("($5)", PRICE, -5), ("+5", PRICE, 5), ("-0", PRICE, 0),
        ("1 234,5", PRICE, 1234.5), ("1\u00a0234,5", PRICE, 1234.5), ("1\u202f234\u202f567", PRICE, 1234567),
        ("1’234.50", PRICE, 1234.5), ("1'234'567", PRICE, 1234567), ("1.234.567", PRICE, 1234567),
        ("1e3", PRICE, 1000), ("1.5E-2", PRICE, 0.015), ("6.95", PERCENT, 0.0695),
        ("5 Mio.", MONEY, 5e6), ("US$ 5 Mio.", MONEY, 5e6), ("1.2 mln", MONEY, 1.2e6), ("2 mld $", MONEY, 2e9),
        ("3 Mia.", MONEY, 3e9), ("12 tys.", COUNT, 12000), ("1.2 crore", MONEY, 1.2e7), ("3 lakh", COUNT, 300_000),
        ("1.5tn", MONEY, 1.5e12), ("7 mn", MONEY, 7e6), ("\uff0d5", PRICE, -5), ("(1,234.5)", PRICE, -1234.5),
        ("1\u2009234\u2009567", PRICE, 1234567), ("15\u00a0%", PERCENT, 0.15), ("15\u202fper cent", PERCENT, 0.15),
    ],
)  # fmt: skip
def test_people_may_write_as_they_are_used_to(text: str, unit: Shown, wanted: float) -> None:
    """Units, words, signs, currencies and marks of every habit are understood, exactly to the last digit."""
    assert value(text, unit) == wanted


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("", PRICE), ("abc", PRICE), ("--5", PRICE), ("(-5)", PRICE), ("(5", PRICE), ("5-", PRICE), ("1 23", PRICE),
        ("12,34,567", PRICE), ("1,23,4", PRICE), ("1.2.3", PRICE), ("1,234.5,6", PRICE), ("1 234’567", PRICE),
        ("€5", PRICE), ("5 EUR", PRICE), ("EUR 5", MONEY), ("$5", PERCENT), ("15x", PERCENT), ("5%", PRICE),
        ("3bp", MONEY), ("2k", PERCENT), ("1.5", COUNT), ("10,0", COUNT), ("1.5m", MONTHS), ("5¹", PRICE), ("٣", PRICE),
        ("½", PRICE), ("1e999", PRICE), ("nan", PRICE), ("inf", PRICE), ("0x10", PRICE), ("1_000", PRICE),
        ("3 4", PRICE), ("3.15 3.30", PRICE), ("15%%", PERCENT), ("%15", PERCENT), ("15 % bp", PERCENT),
        ("5 Mio..", MONEY), ("5 mm m", MONEY), ("１２３", PRICE), ("१२३", PRICE), ("1,00,00,0", PRICE),
        ("5 CR", MONEY), ("5-", MONEY),
        ("$€5", PRICE), ("$5$", PRICE), ("5k5", COUNT), ("1.2.3,4", PRICE), ("1 234 56", PRICE), ("1'23", PRICE),
        ("–", PRICE), ("1,,000", PRICE), (",", PRICE), ("%", PERCENT),
    ],
)  # fmt: skip
def test_what_is_no_number_is_refused_with_a_sentence(text: str, unit: Shown) -> None:
    """A text that cannot be meant in one way only is refused with a whole sentence that quotes it."""
    said = reason(text, unit)
    assert said.endswith(".")
    assert not text or f"“{text}”" in said


@pytest.mark.parametrize("locale", LOCALES)
def test_a_billion_is_read_only_where_it_is_the_english_one(locale: str) -> None:
    """Billion and trillion are other numbers in German, French and Polish, and refused there with the words that are
    the same everywhere; all of those are read in each country as in any other."""
    marks = Marks.of(QLocale(locale))
    for word, power in (("billion", 9), ("Billions", 9), ("trillion", 12)):
        if locale.startswith("en"):
            assert value(f"2 {word}", MONEY, marks) == 2 * 10**power
        else:
            assert reason(f"2 {word}", MONEY, marks).endswith(
                "bn or Mrd for a thousand millions, tn for a million millions."
            )
        assert "another number in English" in reason(f"2 {word}", MONEY, None)
    for word in ("Billionen", "bilion", "Bio.", "bln"):
        assert "is not understood here" in reason(f"2 {word}", MONEY, marks)
    for word, power in (
        ("lakh", 5), ("Mio.", 6), ("mln", 6), ("Millionen", 6), ("crore", 7), ("bn", 9), ("Mrd.", 9), ("mld", 9),
        ("Mia.", 9), ("Md", 9), ("milliards", 9), ("Milliarden", 9), ("miliard", 9), ("tn", 12),
    ):  # fmt: skip
        assert value(f"2 {word}", MONEY, marks) == 2 * 10**power


def test_a_pasted_block_keeps_the_language_of_the_computer() -> None:
    """Cells that show other marks than the locale's do not make its billion an English one."""
    settled = evidence(["3.15", "2.10"], Marks.of(QLocale("de_DE")))
    assert settled == Marks(".", ",")
    assert "another number" in reason("2 billion", MONEY, settled)


def test_two_decimal_marks_are_named() -> None:
    """The refusal of "3,15,2" says what is wrong with it."""
    assert reason("3,15,2") == "“3,15,2” has two decimal marks."


def test_groups_of_two_are_read_with_the_mark_of_their_country_alone() -> None:
    """India groups by two with a comma; two points are two decimal marks there as elsewhere."""
    india = Marks.of(QLocale("en_IN"))
    assert value("12,34,567", COUNT, india) == 1_234_567
    assert reason("12.34.567", COUNT, india) == "“12.34.567” has two decimal marks."


@pytest.mark.parametrize(
    ("text", "locale", "wanted"),
    [
        ("1,234", "en_US", 1234), ("1.234", "en_US", 1.234), ("1,234", "de_DE", 1.234), ("1.234", "de_DE", 1234),
        ("1,234", "fr_FR", 1.234), ("1.234", "fr_FR", None), ("1,234", "de_CH", None), ("1.234", "de_CH", 1.234),
        ("1.234", "pl_PL", None), ("12,34,567", "en_IN", 1234567), ("1,234", "en_IN", 1234), ("0,123", "en_US", 0.123),
        ("01,234", "en_US", 1234), ("01.234", "de_DE", 1234), ("01.234", "en_US", 1.234),
        ("1234,567", "en_US", 1234.567), ("3,15", "en_US", 3.15), ("3.15", "de_DE", 3.15), ("2.5", "de_DE", 2.5),
        ("2,5", "en_US", 2.5), ("1.234,5", "en_US", 1234.5), ("1,234.5", "de_DE", 1234.5),
    ],
)  # fmt: skip
def test_a_lone_mark_before_three_digits_is_the_locales(text: str, locale: str, wanted: float | None) -> None:
    """What could group or begin a fraction is read as the locale reads it, and refused where it has no opinion."""
    marks = Marks.of(QLocale(locale))
    if wanted is None:
        assert "could mean 1234 or 1.234" in reason(text, PRICE, marks)
    else:
        assert value(text, PRICE, marks) == wanted


def test_nothing_known_means_nothing_guessed() -> None:
    """Without a locale a lone mark before three digits is refused, every other form is read."""
    assert "could mean" in reason("1,234", PRICE, None)
    assert "could mean" in reason("1.234", PRICE, None)
    assert value("3,15", PRICE, None) == 3.15
    assert value("1,234.5", PRICE, None) == 1234.5


def test_a_small_bare_number_in_a_percent_field_comes_with_a_hint() -> None:
    """0.15 in a % field is 0.15 %, and says how 15 % is written."""
    read = parse_number("0.15", PERCENT, ENGLISH)
    assert read == Parsed(0.0015, "This is 0.15 %. For 15 % enter 15.")
    assert parse_number("0.15%", PERCENT, ENGLISH) == Parsed(0.0015)
    assert parse_number("15", PERCENT, ENGLISH) == Parsed(0.15)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("-", PRICE),
        ("(", PRICE),
        ("(5", PRICE),
        ("1.2milli", MONEY),
        ("300b", PERCENT),
        ("10,0", COUNT),
        ("1,000,0", PRICE),
    ],
)
def test_a_text_on_its_way_is_not_yet_wrong(text: str, unit: Shown) -> None:
    """What more typing can turn into a number is refused as unfinished, so that no field flashes red."""
    read = parse_number(text, unit, ENGLISH)
    assert isinstance(read, Refused)
    assert read.unfinished


@given(st.from_regex(r"[-−+]?[0-9]{0,4}([.,' \u00a0\u202f’][0-9]{1,4}){0,3}", fullmatch=True), st.sampled_from(LOCALES))
@settings(max_examples=250)
def test_no_text_is_read_otherwise_than_its_locale_reads_it(text: str, locale: str) -> None:
    """Where Qt's own reader of the locale takes a text for a number, ours takes it for the same one or refuses it.

    Only a lone 0 begins a fraction whatever the locale groups by: nobody writes 0,123 for 123.
    """
    assume(not re.fullmatch(r"[-−+]?0[.,][0-9]{3}", text))
    qt = QLocale(locale)
    number, known = qt.toDouble(text)
    read = parse_number(text, KW, Marks.of(qt))
    if known and isinstance(read, Parsed):
        assert read.value == pytest.approx(number, rel=1e-12, abs=1e-300)


@given(st.text(max_size=20), st.sampled_from([MONEY, PERCENT, COUNT, MONTHS, BPS]))
@example("1" * 400, MONEY)
@example("9" * 25 + "." + "9" * 25, PERCENT)
@settings(max_examples=150)
def test_no_text_at_all_breaks_the_reader(text: str, unit: Shown) -> None:
    """Whatever is pasted, the answer is a finite number or a sentence."""
    read = parse_number(text, unit, ENGLISH)
    if isinstance(read, Parsed):
        assert math.isfinite(read.value)
    else:
        assert read.reason.endswith(".")


@given(
    st.decimals(min_value=-(10**9), max_value=10**9, places=6, allow_nan=False, allow_infinity=False),
    st.sampled_from(LOCALES),
    st.sampled_from([MONEY, PRICE, PERCENT, SPREAD, RATIO]),
)
@settings(max_examples=150)
def test_what_is_shown_is_read_back(shown: Decimal, locale: str, unit: Shown) -> None:
    """A value written in any locale is read back as the same value: leaving a field never changes it."""
    marks = Marks.of(QLocale(locale))
    held = float(round(shown, 3).scaleb(unit.power))
    text = write(held, unit.power, unit.decimals, marks)
    assert value(text, unit, marks) == held


@given(st.integers(0, 999), st.integers(0, 999), st.sampled_from(LOCALES), st.sampled_from([".", ","]))
@settings(max_examples=120)
def test_a_factor_of_a_thousand_is_never_guessed(before: int, after: int, locale: str, mark: str) -> None:
    """Digits, a mark and three digits are a thousand times apart in two readings: ours is always the locale's."""
    marks = Marks.of(QLocale(locale))
    text = f"{before}{mark}{after:03d}"
    read = parse_number(text, PRICE, marks)
    if before == 0:
        assert value(text, PRICE, marks) == float(f"{before}.{after:03d}")
    elif mark == marks.decimal:
        assert read == Parsed(float(f"{before}.{after:03d}"))
    elif mark == marks.group:
        assert read == Parsed(float(f"{before}{after:03d}"))
    else:
        assert isinstance(read, Refused)


@pytest.mark.parametrize(
    ("number", "power", "decimals", "text"),
    [
        (3.4100000000000006, 0, 2, "3.41"), (3.675, 0, 2, "3.675"), (0.0395, -2, 1, "3.95"), (4.88e9, 6, 1, "4,880.0"),
        (0.0, 6, 1, "0.0"), (-0.0, 0, 2, "0.00"), (-0.14, -2, 2, "−14.00"), (1e15, 6, 1, "1,000,000,000.0"),
        (136763065.0, 6, 1, "136.763065"), (1e-9, 0, 2, "0.000000001"),
        (9.87e20, 0, 2, "987,000,000,000,000,000,000.00"), (-1.2345e45, 0, 2, "−1.23e45"), (1e308, 6, 1, "1.00e302"),
    ],
)  # fmt: skip
def test_values_are_written_with_all_their_digits(number: float, power: int, decimals: int, text: str) -> None:
    """A field shows every digit that tells, the decimals of its unit at least, and never dust."""
    assert write(number, power, decimals, ENGLISH) == text


@pytest.mark.parametrize(
    ("locale", "text"),
    [("en_US", "1,234,567.50"), ("de_DE", "1.234.567,50"), ("fr_FR", "1\u202f234\u202f567,50"),
     ("pl_PL", "1\u00a0234\u00a0567,50"), ("de_CH", "1’234’567.50"), ("en_IN", "12,34,567.50")],
)  # fmt: skip
def test_values_are_written_in_the_marks_of_the_locale(locale: str, text: str) -> None:
    """Groups and decimals follow the locale, India's pairs included."""
    assert write(1234567.5, 0, 2, Marks.of(QLocale(locale))).replace("'", "’") == text


def test_one_clear_cell_settles_a_block() -> None:
    """Cells pasted together come from one sheet: one that can be read one way only tells how the others are meant."""
    told = evidence(["3,15", "1,060"], ENGLISH)
    assert told is not None
    assert value("1,060", PRICE, told) == 1.06
    assert evidence(["1,060", "904"], ENGLISH) == ENGLISH
    assert evidence(["3,15", "2.5"], ENGLISH) is None
    german = evidence(["1.060,5", "1.060"], ENGLISH)
    assert german is not None
    assert value("1.060", PRICE, german) == 1060


def test_an_amount_in_a_field_of_another_kind_is_named() -> None:
    """Money where a share or a count belongs is refused as money, never as the wrong currency."""
    assert reason("$5", PERCENT) == (
        "“$5” is an amount of money, which is not understood here; the unit of this field is % of hours."
    )
    assert reason("5 USD", Shown("count", 0, 0, "GPUs", currency="USD")).startswith("“5 USD” is an amount of money")
    assert reason("€5", MONEY) == "“€5” is not in USD."


def test_a_block_in_one_field_is_named() -> None:
    """Cells of a spreadsheet pasted into a field for one number: the refusal says on one line how many there are."""
    assert reason("1.2\r\n3.4\r\n5.6\r\n") == "“1.2” came with 2 more values; there is room for one."
    assert reason("1.2\t3.4") == "“1.2” came with 1 more value; there is room for one."
    assert value("1.2\r\n") == 1.2
