"""The schema: what loads, what is refused, and what is known about each field."""

import re
from dataclasses import FrozenInstanceError
from typing import get_args

import pytest
from pydantic import ValidationError

from models.deal.field import Unit
from models.deal.finance import Profile, Rank, ShareBasis, Sizing, SizingCase
from models.deal.internal import PartnerDefault, Sampling
from models.deal.part import Part
from models.deal.paths import deal_from
from models.deal.project import Product, Rating
from models.deal.schema import (
    SUPPORTS,
    Collateral,
    Deal,
    Operations,
    Partner,
    Phase,
    RevenueShare,
    Scenario,
    Segment,
    SeniorDebt,
    Uncertainty,
    Vendor,
    VendorFinance,
    fields,
    items,
    parts,
)
from models.deal.support import CommitmentBasis, Netting, Timing
from tests.agreement.random_deals import random_deal
from tests.models.deal.samples import FILES, austral, every_support, problems, raw, set_in, the_problem

PARTS: tuple[type[Part], ...] = (
    Deal,
    Partner,
    Phase,
    Segment,
    Operations,
    SeniorDebt,
    VendorFinance,
    RevenueShare,
    Collateral,
    Vendor,
    Uncertainty,
    Scenario,
    *SUPPORTS,
)


@pytest.mark.parametrize("name", FILES)
def test_worked_deals_load(name: str) -> None:
    """A worked deal loads, and keeps every value as the file has it."""
    assert deal_from(raw(name)).model_dump(by_alias=True, exclude_unset=True) == _tuples(raw(name))


def test_every_kind_of_support_and_every_later_field_loads() -> None:
    """A deal with all supports, scenarios and later fields is valid."""
    deal = deal_from(every_support())
    assert len({support.kind for support in deal.credit_support}) == 5
    assert deal.scenarios is not None
    assert deal.scenarios[1].changes["revenue_share.rates"] == ((0.1,),)


def test_random_deals_over_the_whole_schema_load() -> None:
    """Whatever the generator of valid deals draws is accepted."""
    refused = [seed for seed in range(300) if problems(random_deal(seed))]
    assert refused == []


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
def test_every_field_is_described(part: type[Part]) -> None:
    """Each field has a label of its own, a help sentence that ends in a full stop, and a unit that fits its limits."""
    known = fields(part)
    assert len({field.label for field in known.values()}) == len(known)
    for name, field in known.items():
        assert re.fullmatch(r"[A-Z].*\.", field.help), name
        assert len(field.label) <= 26, name
        assert (field.unit is Unit.CHOICE) == bool(field.choices), name
        assert field.step > 0, name
        if field.unit.numeric:
            assert field.low is not None, name
            assert field.high is not None, name


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
def test_nothing_in_the_schema_goes_without_description(part: type[Part]) -> None:
    """Each field of a class is described, holds a part or list of parts, or is one of three that no form shows."""
    described = {*fields(part), *items(part), *parts(part)}
    assert set(part.model_fields) - described <= {"schema_", "kind", "changes"}


@pytest.mark.parametrize(
    ("part", "name", "words"),
    [
        (Partner, "rating", Rating),
        (Segment, "product", Product),
        (SeniorDebt, "sizing", Sizing),
        (SeniorDebt, "sizing_case", SizingCase),
        (SeniorDebt, "profile", Profile),
        (RevenueShare, "basis", ShareBasis),
        (RevenueShare, "rank", Rank),
        (SUPPORTS[0], "basis", CommitmentBasis),
        (SUPPORTS[0], "netting", Netting),
        (SUPPORTS[1], "timing", Timing),
        (Uncertainty, "partner_default", PartnerDefault),
        (Uncertainty, "sampling", Sampling),
    ],
)
def test_choices_are_those_of_the_type(part: type[Part], name: str, words: object) -> None:
    """The choices of a form and the words the type checker knows are the same, in the same order."""
    assert tuple(word for word, _ in fields(part)[name].choices) == get_args(words)


def test_internal_fields_are_those_no_partner_may_see() -> None:
    """What only the vendor's team may see is marked internal, and nothing else is."""
    internal = {f"{part.__name__}.{name}" for part in PARTS for name, field in fields(part).items() if field.internal}
    assert internal == {
        "Partner.rating",
        "Partner.discount_rate",
        "Segment.demand_beta",
        "Segment.price_beta",
        "CapacityCommitment.internal_use_value",
        "Scenario.name",
        "Scenario.parent",
        *(f"Vendor.{name}" for name in fields(Vendor)),
        *(f"Uncertainty.{name}" for name in fields(Uncertainty)),
    }


def test_a_deal_is_a_value() -> None:
    """Two deals from one file are equal and hash alike, and none can be changed."""
    deal = deal_from(every_support())
    assert deal == deal_from(every_support())
    assert hash(deal) == hash(deal_from(every_support()))
    with pytest.raises(ValidationError):
        deal.months = 80  # type: ignore[misc]  # that it cannot be set is what is tested
    with pytest.raises(FrozenInstanceError):
        fields(Deal)["months"].label = "Months"  # type: ignore[misc]  # that it cannot be set is what is tested
    assert deal.scenarios is not None
    with pytest.raises(TypeError):
        deal.scenarios[0].changes["months"] = 80


def test_whole_numbers_stay_whole_and_floats_stay_floats() -> None:
    """A whole number where a fraction may stand is kept as it was written; 74.0 months become 74."""
    deal = deal_from(set_in(set_in(raw(), "months", 74.0), "equity_kicker", 0))
    assert isinstance(deal.months, int)
    assert isinstance(deal.equity_kicker, int)
    assert isinstance(deal.partner.tax_rate, float)


def test_what_has_a_neutral_default_may_be_left_out() -> None:
    """Fields whose absence means nothing special are filled in; an empty table of bands is one band from 0."""
    fields_given = raw()
    for name in ("fee_bps", "upfront_fee", "reimbursable", "aggregate_cap", "longstop"):
        del fields_given["credit_support"][0][name]
    del fields_given["vendor_finance"], fields_given["demand"][0]["gpus_by_month"]
    fields_given["revenue_share"] |= {"bands": [], "minimum_annual": []}
    deal = deal_from(fields_given)
    assert deal.vendor_finance.deferred_fraction == 0
    assert deal.revenue_share.bands == (0.0,)
    del fields_given["credit_support"]
    assert deal_from(fields_given).credit_support == ()


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (
            "credit_support.0.coverage",
            1.5,
            "Capacity commitment: Coverage (credit_support[0].coverage) is 1.5 "
            "(150 % of hours); it must be a number from 0 to 1 (0 to 100 %).",
        ),
        (
            "credit_support.0.settlement_months",
            5,
            "Capacity commitment: Settled every "
            "(credit_support[0].settlement_months) is 5; it must be 1, 2, 3, 4, 6 or 12.",
        ),
        (
            "revenue_share.settlement_months",
            24,
            "Revenue share: Settled every (revenue_share.settlement_months) is 24; it must be 1, 2, 3, 4, 6 or 12.",
        ),
        ("months", 5, "Deal: Length (months) is 5; it must be a whole number from 6 to 360."),
        ("months", 361, "Deal: Length (months) is 361; it must be a whole number from 6 to 360."),
        ("months", 74.5, "Deal: Length (months) is 74.5; it must be a whole number from 6 to 360."),
        ("months", True, "Deal: Length (months) is true; it must be a whole number from 6 to 360."),
        ("months", "74", 'Deal: Length (months) is "74"; it must be a whole number from 6 to 360.'),
        (
            "start",
            "2027-13",
            'Deal: First month (start) is "2027-13"; it must be a month such as "2027-03", from 2000-01 to 2199-12.',
        ),
        ("currency", "usd", 'Deal: Currency (currency) is "usd"; it must be three capital letters such as "USD".'),
        ("name", "", 'Deal: Name (name) is ""; it must be text of 1 to 200 printable characters.'),
        ("name", "two\nlines", r'Deal: Name (name) is "two\nlines"; it must be text of 1 to 200 printable characters.'),
        (
            "partner.rating",
            "AAA",
            'Partner: Rating (partner.rating) is "AAA"; it must be "A", "BBB", "BB", "B" or "CCC".',
        ),
        (
            "senior_debt.base_rate",
            -1,
            "Debt: Base rate (senior_debt.base_rate) is -1 (−100 % a year); it must be a number "
            "above −1 and at most 10 (above −100 and at most 1,000 % a year).",
        ),
        ("phases.1.gpus", -1, "Phase 2: GPUs (phases[1].gpus) is -1; it must be a whole number from 0 to 10,000,000."),
        (
            "demand.0.price",
            None,
            "Segment 1, Model builders: Price (demand[0].price) is null; it must be a number from 0 to 1,000,000,000.",
        ),
        ("include_residual", 1, "Deal: Sell systems at the end (include_residual) is 1; it must be true or false."),
        (
            "revenue_share.rates.1.0",
            2,
            "Revenue share: Share rate, year 2 (revenue_share.rates[1][0]) is 2 (200 % of the "
            "basis); it must be a number from 0 to 1 (0 to 100 %).",
        ),
        (
            "credit_support.0.floor_prices",
            3,
            "Capacity commitment: Floor price (credit_support[0].floor_prices) is 3; it must be a list.",
        ),
        ("phases", [], "Phases (phases) has 0 entries; 1 to 12 are allowed."),
        ("phases", {}, "Phases (phases) is an object; it must be a list."),
        ("demand", [1], "Segment 1 (demand[0]) is 1; it must be an object with named fields."),
        ("partner", None, "Partner (partner) is null; it must be an object with named fields."),
        (
            "credit_support.0.kind",
            "promise",
            'Support 1 (credit_support[0]) has kind "promise"; it must be '
            '"capacity_commitment", "debt_guarantee", "lease_guarantee", "residual_value" or "letter_of_credit".',
        ),
        (
            "senior_debt.target_drcs",
            1.2,
            '"senior_debt.target_drcs" is not a field of the debt. Did you mean "target_dscr"?',
        ),
        (
            "credit_support.0.strike_fraction",
            1,
            '"credit_support[0].strike_fraction" is not a field of a capacity commitment.',
        ),
        (
            "scenarios",
            [{"name": "A", "changes": [1]}],
            "Scenario 1, A: changes (scenarios[0].changes) is a list of 1; it must be an object with named fields.",
        ),
    ],
)
def test_a_value_that_is_not_allowed_is_told_in_a_sentence(path: str, value: object, words: str) -> None:
    """The sentence names the field in words and by its path, the value, and what is allowed."""
    assert the_problem(set_in(raw(), path, value)).message == words


def test_a_missing_field_is_told() -> None:
    """A field that must be given and is not is named with what it must be."""
    fields_given = raw()
    del fields_given["phases"][0]["gpus"]
    assert the_problem(fields_given).message == (
        "Phase 1: GPUs (phases[0].gpus) is missing; it must be a whole number from 0 to 10,000,000."
    )


def test_all_problems_are_reported() -> None:
    """Several faults in one file are all told, each at its path."""
    fields_given = raw()
    set_in(fields_given, "months", 3)
    set_in(fields_given, "phases.0.availability", 2)
    set_in(fields_given, "credit_support.0.coverage", "all")
    set_in(fields_given, "partner.colour", "blue")
    assert [problem.path for problem in problems(fields_given)] == [
        "months",
        "partner.colour",
        "phases[0].availability",
        "credit_support[0].coverage",
    ]


def test_too_many_phases_and_segments_are_refused() -> None:
    """There may be twelve phases and twenty segments, and not one more."""
    deal = raw()
    deal["phases"] *= 3
    deal["demand"] *= 4
    assert problems(deal) == ()
    deal["phases"].append(deal["phases"][0])
    deal["demand"].append(deal["demand"][0])
    assert [problem.path for problem in problems(deal)] == ["phases", "demand"]


def test_field_lookups_are_shared() -> None:
    """Asking for the fields of a class again costs nothing: the same dictionary comes back."""
    assert fields(Deal) is fields(Deal)
    assert austral().phases[0].title == "Phase"


def _tuples(value: object) -> object:
    if isinstance(value, dict):
        return {name: _tuples(inner) for name, inner in value.items()}
    return tuple(_tuples(inner) for inner in value) if isinstance(value, list) else value
