"""Values in words, and the way between a file and the screen."""

import pytest

from models.deal.field import Field, Unit, unit_text
from models.deal.months import is_month, month_after, month_label, month_number, month_text
from models.deal.paths import field_at
from models.deal.schema import fields
from models.deal.support import CapacityCommitment
from models.deal.values import (
    allowed_in_file,
    allowed_on_screen,
    clipped,
    number_text,
    raw_text,
    segment_label,
    text_of,
)
from tests.models.deal.samples import austral


@pytest.mark.parametrize(
    ("unit", "currency", "words"),
    [
        (Unit.MONEY, "USD", "$m"),
        (Unit.MONEY, "AUD", "AUD m"),
        (Unit.PRICE_PER_GPU_HOUR, "USD", "$ per GPU-hour"),
        (Unit.PER_KW_MONTH, "NOK", "NOK per kW-month"),
        (Unit.MONEY_PER_GPU, "GBP", "£ per GPU"),
        (Unit.RATE, "USD", "% a year"),
        (Unit.SPREAD, "USD", "bp"),
        (Unit.MONTHS, "USD", "months"),
        (Unit.COUNT, "USD", ""),
        (Unit.RATIO, "EUR", "x"),
    ],
)
def test_units_read_as_beside_a_field(unit: Unit, currency: str, words: str) -> None:
    """A unit is written with the currency in front where it is money."""
    assert unit_text(unit, currency) == words


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("credit_support[0].floor_prices[1]", 3.3, "3.30 $ per GPU-hour"),
        ("credit_support[0].coverage", 0.145, "14.5 % of hours"),
        ("credit_support[0].aggregate_cap", 136763065.0, "136.763065 $m"),
        ("credit_support[0].aggregate_cap", None, "none"),
        ("credit_support[0].longstop", "2028-06", "Jun 2028"),
        ("credit_support[0].basis", "revenue", "Revenue shortfall"),
        ("senior_debt.margin", 0.0325, "325 bp"),
        ("senior_debt.target_dscr", 1.3, "1.30 x"),
        ("senior_debt.dsra_months", 6, "6 months"),
        ("demand[0].end", None, "to the last month"),
        ("demand[0].annual_price_change", -0.14, "−14 % a year"),
        ("include_residual", True, "yes"),
        ("phases[0].gpus", 10000, "10,000 GPUs"),
        ("credit_support[0].floor_prices", (3.68, 3.15), "3.68, 3.15"),
        ("revenue_share.minimum_annual", (), "empty"),
        ("name", "Austral", "Austral"),
    ],
)
def test_a_value_reads_as_on_screen(path: str, value: object, words: str) -> None:
    """Numbers carry their unit and no digit is lost; words are those a reader knows."""
    assert text_of(field_at(austral(), path), value, "USD") == words


def test_numbers_keep_every_digit() -> None:
    """A number is grouped by thousands, has at least its unit's decimals, and loses none."""
    assert number_text(Unit.PRICE_PER_GPU_HOUR, 3.4100000000000006) == "3.4100000000000006"
    assert number_text(Unit.GPUS, 1234567) == "1,234,567"
    assert number_text(Unit.GPUS, 100) == "100"
    assert number_text(Unit.MONEY, -18_400_000.0, 1) == "−18.4"


def test_what_is_allowed_reads_well() -> None:
    """The range of a field in the units of the file and of the screen."""
    known = fields(CapacityCommitment)
    assert allowed_in_file(known["deductible"]) == "a number from 0 to 1 (0 to 100 %)"
    assert allowed_on_screen(known["deductible"]) == "from 0 to 100 % of floor"
    assert allowed_in_file(known["longstop"]) == 'a month such as "2027-03", from 2000-01 to 2199-12 or null'
    assert allowed_on_screen(known["longstop"]) == "a month such as Mar 2027, from Jan 2000 to Dec 2199, or none"
    assert allowed_in_file(known["floor_prices"]) == "a list of at most 60 entries"
    assert allowed_on_screen(known["reimbursable"]) == "yes or no"
    assert allowed_in_file(Field("X", Unit.NUMBER, "x.", high=3)) == "a number at most 3"
    assert allowed_in_file(Field("X", Unit.NUMBER, "x.", low=3)) == "a number from 3"
    assert allowed_in_file(Field("X", Unit.NUMBER, "x.", low=3, low_open=True)) == "a number above 3"


def test_raw_values_are_shown_briefly_and_safely() -> None:
    """Whatever a file holds is named in a few printable characters."""
    values: tuple[object, ...] = (
        None,
        True,
        1.5,
        0.0,
        10**400,
        float("nan"),
        "x" * 1000,
        "\ud800\n",
        [],
        [1, 2],
        {"a": 1},
    )
    shown = [raw_text(value) for value in values]
    assert shown == [
        "null",
        "true",
        "1.5",
        "0.0",
        "a number of more than 20 digits",
        "not a finite number",
        f'"{"x" * 59}…"',
        r'"\ud800\n"',
        "a list of 0",
        "a list of 2",
        "an object",
    ]
    assert all(text.isprintable() for text in shown)
    assert clipped("plain") == "plain"


def test_segments_have_names() -> None:
    """The label of a segment is a name, whatever way it was written."""
    assert segment_label("model_builders") == "Model builders"
    assert segment_label("s0") == "S0"
    assert segment_label("Research labs") == "Research labs"


def test_months_are_counted_and_named() -> None:
    """Months go from text to number and back, and only real ones count as months."""
    assert month_number("2027-03") - month_number("2026-12") == 3
    assert month_text(month_number("2027-12")) == "2027-12"
    assert month_after("2027-11", 3) == "2028-02"
    assert month_label("2028-06") == "Jun 2028"
    assert [
        is_month(text) for text in ("2027-03", "2027-13", "2027-3", "2027-03\n", "٢٠٢٧-03", "1999-12", "2200-01")
    ] == [True] + [False] * 6
