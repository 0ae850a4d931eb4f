"""Reading, describing and changing one value by its path."""

from statistics import median
from time import perf_counter

import pytest

from models.deal.field import Field, Unit
from models.deal.part import Part
from models.deal.paths import deal_from, field_at, value_at, with_value, words_at
from models.deal.place import path_of, steps_of
from models.deal.problems import DealError
from models.deal.schema import Deal, fields
from models.deal.sections import group_paths, section_of, section_paths, sections
from tests.models.deal.samples import austral, every_support, raw


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("senior_debt.target_dscr", "Debt: Target DSCR"),
        ("credit_support[0].floor_prices", "Capacity commitment: Floor price"),
        ("credit_support[0].floor_prices[1]", "Capacity commitment: Floor price, year 2"),
        ("revenue_share.rates[0][0]", "Revenue share: Share rate, year 1, band 1"),
        ("revenue_share.bands[1]", "Revenue share: Bands from, band 2"),
        ("phases[0].gpus", "Phase 1, Hall 1: GPUs"),
        ("phases", "Phases"),
        ("phases[0]", "Phase 1, Hall 1"),
        ("demand[0].price", "Segment 1, Enterprises: Price"),
        ("partner", "Partner"),
        ("currency", "Deal: Currency"),
        ("uncertainty.delivery_delay_months[0]", "Uncertainty: Delivery delay, phase 1"),
    ],
)
def test_a_place_has_words(path: str, words: str) -> None:
    """What stands at a path has words that place it in the deal."""
    deal = deal_from(every_support())
    assert words_at(deal, path) == words


def test_entries_of_a_month_table_are_labelled_by_month() -> None:
    """An entry of a table by month carries the month it stands for; a single band is not mentioned."""
    deal = with_value(austral(), "demand[0].gpus_by_month", [5.0] * 74)
    assert words_at(deal, "demand[0].gpus_by_month[2]").endswith("GPUs by month, Mar 2027")
    assert words_at(deal, "revenue_share.rates[1][0]").endswith("Share rate, year 2")


def test_the_field_of_an_entry_is_scalar() -> None:
    """The field of one entry has its label and no table; that of a table keeps its shape."""
    deal = austral()
    table, entry = (field_at(deal, f"credit_support[0].floor_prices{end}") for end in ("", "[1]"))
    assert (table.shape, table.label) == ("by_year", "Floor price")
    assert (entry.shape, entry.label, entry.unit) == ("scalar", "Floor price, year 2", Unit.PRICE_PER_GPU_HOUR)


def test_prices_of_tokens_are_per_million() -> None:
    """The price of a tokens segment is shown per million tokens, all others per GPU-hour."""
    deal = austral()
    assert field_at(deal, "demand[0].price").unit_text("USD") == "$ per GPU-hour"
    assert field_at(deal, "demand[4].price_floor").unit_text("EUR") == "€ per million tokens"


@pytest.mark.parametrize(
    "path",
    [
        "",
        ".",
        "nothing",
        "phases[9].gpus",
        "phases[-1].gpus",
        "phases[0",
        "phases[x].gpus",
        "phases[0].gpus[0]",
        "phases.gpus",
        "credit_support[0].kind",
        "credit_support[0].amount",
        "schema",
        "schema_",
        "model_fields",
        "partner.model_dump",
        "months.real",
        "revenue_share.rates[0][0][0]",
        "phases[99999999999]",
        "demand[0].price.real",
    ],
)
def test_a_path_that_leads_nowhere_is_told(path: str) -> None:
    """Whatever is asked at a path that is not in the deal, the answer is a sentence."""
    deal = austral()
    for ask in (field_at, value_at, words_at, lambda deal, path: with_value(deal, path, 1)):
        with pytest.raises(DealError, match=r"\.$"):
            ask(deal, path)


def test_steps_and_path_are_inverse() -> None:
    """A path taken apart and put together is the same path."""
    for path in ("months", "phases[2].gpus", "revenue_share.rates[0][1]", "partner.tax_rate"):
        assert path_of(steps_of(path)) == path


def test_every_path_of_every_section_can_be_read_and_written() -> None:
    """Each field a section shows has a value, and writing the same value gives an equal deal."""
    deal = deal_from(every_support())
    for section in sections():
        for path in section_paths(deal, section.key):
            assert isinstance(field_at(deal, path), Field)
            assert with_value(deal, path, value_at(deal, path)) == deal, path


def test_a_change_touches_one_value_and_nothing_else() -> None:
    """The changed deal differs at the path only; the deal it came from is as before."""
    before = austral()
    after = with_value(before, "credit_support[0].floor_prices[1]", 3.3)
    assert value_at(after, "credit_support[0].floor_prices") == (3.68, 3.3, 2.62, 2.1, 1.57, 1.04)
    assert before == austral()
    assert with_value(after, "credit_support[0].floor_prices[1]", 3.15) == before
    assert after.phases is before.phases


def test_lists_and_parts_can_be_replaced() -> None:
    """Phases and supports are added and removed as whole lists, given as parts or as plain fields."""
    deal = austral()
    assert len(with_value(deal, "phases", deal.phases[:2]).phases) == 2
    letter = {"kind": "letter_of_credit", "name": "Letter", "amount": 1e6}
    more = with_value(deal, "credit_support", [*deal.credit_support, letter])
    assert [support.kind for support in more.credit_support] == ["capacity_commitment", "letter_of_credit"]
    assert with_value(deal, "phases[1]", deal.phases[0]).phases[1] == deal.phases[0]
    assert with_value(deal, "partner", deal_from(raw("fjord")).partner).partner.name == "Fjord Cloud"


def test_tables_can_be_replaced() -> None:
    """A table is set as a whole, longer or shorter than before, or to nothing where it may be."""
    deal = with_value(austral(), "revenue_share.rates", [[0.5], [0.4]])
    assert deal.revenue_share.rates == ((0.5,), (0.4,))
    assert with_value(deal, "demand[0].gpus_by_month", [1, 2.5]).demand[0].gpus_by_month == (1, 2.5)
    assert with_value(deal, "credit_support[0].floor_prices", []).credit_support[0].floor_prices == ()  # type: ignore[union-attr] # the first support of this deal is a commitment


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("credit_support[0].coverage", 1.5, "Coverage: enter from 0 to 100 % of hours."),
        ("senior_debt.margin", "x", "Margin: enter above −10,000 and at most 100,000 bp."),
        ("credit_support[0].aggregate_cap", -1, "Cap in total: enter 0 or more $m, or none."),
        (
            "credit_support[0].floor_prices[1]",
            None,
            "Floor price, year 2: enter 0 or more $ per GPU-hour.",
        ),
        ("phases[0].delivery", "2030-01", "Delivery must come before the first repayment, Aug 2027."),
        ("revenue_share.basis", "x", "Basis: enter Gross revenue, Revenue net of power or Excess over the floor."),
    ],
)
def test_a_refused_change_says_what_to_enter(path: str, value: object, words: str) -> None:
    """The short form speaks in the unit of the screen."""
    with pytest.raises(DealError) as refused:
        with_value(austral(), path, value)
    assert [problem.hint for problem in refused.value.problems] == [words]
    assert [problem.path for problem in refused.value.problems] == [path]


def test_typing_is_never_held_up() -> None:
    """A change of one value, all checks included, takes well under a millisecond."""
    deal, times = austral(), []
    for number in range(200):
        began = perf_counter()
        with_value(deal, "credit_support[0].floor_prices[1]", 3 + number / 100)
        times.append(perf_counter() - began)
    assert median(times) < 0.001


def test_sections_stand_in_the_order_of_the_list() -> None:
    """The window's list, from the deal down to what is internal."""
    assert [section.title for section in sections()] == [
        "Deal",
        "Partner",
        "Phases",
        "Demand",
        "Costs",
        "Debt",
        "Share",
        "Support",
        "Internal",
    ]
    assert [section.key for section in sections() if section.internal] == ["internal"]


def test_every_field_is_in_one_section() -> None:
    """No field is shown twice and none is left out; internal fields stand in the internal section only."""
    deal = deal_from(every_support())
    shown = [path for section in sections() for path in section_paths(deal, section.key)]
    assert len(shown) == len(set(shown))
    assert set(shown) == {path for path in _all_paths(deal) if not path.startswith("scenarios")}
    for section in sections():
        for path in section_paths(deal, section.key):
            assert field_at(deal, path).internal == section.internal, path
            assert section_of(path) is section


def test_lists_and_parts_belong_to_a_section() -> None:
    """The section of a list, of an item and of an entry is where the list is edited."""
    assert [
        section_of(path).key
        for path in (
            "phases",
            "phases[1]",
            "credit_support[0].floor_prices[2]",
            "months",
            "collateral.sale_cost",
            "vendor_finance.rate",
            "demand[0]",
            "nowhere",
        )
    ] == ["phases", "phases", "support", "deal", "debt", "share", "demand", "deal"]


def test_the_commitment_is_laid_out_as_drawn() -> None:
    """Floor prices come first, the terms follow, fees and reimbursement stand last."""
    (group,) = next(section for section in sections() if section.key == "support").groups
    names = [path.split(".")[-1] for path in group_paths(austral(), group)]
    assert names[:5] == ["floor_prices", "basis", "netting", "settlement_months", "coverage"]
    assert names[-1] == "reimbursement_rate"
    assert next(section for section in sections() if section.key == "support").path == "credit_support"


def _all_paths(deal: Deal) -> list[str]:
    def walk(part: Part, prefix: str) -> list[str]:
        found = [f"{prefix}{name}" for name in fields(type(part))]
        for name in type(part).model_fields:
            inner = getattr(part, name)
            if isinstance(inner, Part):
                found += walk(inner, f"{prefix}{name}.")
            elif isinstance(inner, tuple):
                for index, item in enumerate(inner):
                    found += walk(item, f"{prefix}{name}[{index}].") if isinstance(item, Part) else []
        return found

    return walk(deal, "")
