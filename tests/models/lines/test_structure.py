"""What rebuilds a model and what does not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from models.deal.field import Field, Unit
from models.deal.part import Part
from models.deal.schema import Deal, fields
from models.language.model import Model, build
from models.lines import model_of
from models.lines.book import BOOK
from models.lines.structure import STRUCTURAL_FLAGS, surroundings
from tests.models.deal.samples import Json, every_support, raw, set_in
from tests.models.engine.varied import seeded_deal

NO_LINE_READS = frozenset({"rating", "partner_default", "sampling", "clauses"})
"""Choices that only say how risk is simulated, or how terms are worded; a model does not know them."""
ELSEWHERE = ("uncertainty", "scenarios", "vendor_name", "clauses", "valid_days")
"""Where the fields begin that only the simulation, other scenarios or the term sheet read."""


def full() -> Json:
    """A deal with every kind of support and every optional field given."""
    deal = every_support()
    support = {each["kind"]: each for each in deal["credit_support"]}
    support["capacity_commitment"] |= {"aggregate_cap": 9e7, "annual_cap": 3e7, "longstop": "2029-01"}
    support["debt_guarantee"] |= {"cap": 5e6, "cap_fraction": 0.5}
    support["lease_guarantee"] |= {"escrow": 1e6, "escrow_release": "2030-06", "end": "2031-01"}
    support["residual_value"] |= {"cap_fraction": 0.4}
    deal["demand"][0] |= {"end": "2031-05"}
    deal["demand"][1] |= {"gpus_by_month": [10.0, 20.0]}
    for segment in deal["demand"]:
        segment |= {"tokens_per_second": 1000}
    deal["demand"][2] |= {"product": "tokens"}
    deal["revenue_share"] |= {"minimum_annual": [1000.0], "cap_multiple": 0.3}
    deal["senior_debt"] |= {"sizing": "fixed", "fixed_amount": 1e6}
    return deal


def model(deal: Json) -> Model:
    """The model that serves a deal; its fields are checked one by one, not against each other."""
    return model_of(Deal.model_validate(deal))


def formulas(of: Model) -> list[str]:
    """What a model computes, as text."""
    return [f"{name} = {line.formula!r} from {line.start!r}" for name, line in of.lines.items()]


def places(part: Part, at: str = "") -> Iterator[tuple[str, Field, Any]]:
    """Every field of a deal that holds a value, by its path in the file, with its value."""
    for name, field in fields(type(part)).items():
        yield f"{at}{name}", field, getattr(part, name)
    for name in type(part).model_fields:
        inner = getattr(part, name)
        if isinstance(inner, Part):
            yield from places(inner, f"{at}{name}.")
        elif isinstance(inner, tuple) and inner and isinstance(inner[0], Part):
            for number, each in enumerate(inner):
                yield from places(each, f"{at}{name}.{number}.")


FULL = list(places(Deal.model_validate(full())))


def other_number(field: Field, value: Any) -> Any:
    """Another value that the field allows."""
    if field.unit is Unit.MONTH:
        return "2031-09" if value != "2031-09" else "2031-10"
    if field.unit is Unit.FLAG:
        return not value
    candidates = (*field.allowed, value + field.step, value - field.step, value / 2)
    return next(each for each in candidates if each != value and field.allows(each))


def test_the_deal_of_these_tests_says_everything() -> None:
    """Every field a model can depend on is given, so that the tests below try all of them."""
    missing = [path for path, _, value in FULL if value is None and not path.startswith(ELSEWHERE)]
    assert set(missing) <= {f"demand.{segment}.{name}" for segment in range(3) for name in ("end", "gpus_by_month")}
    assert len(FULL) > 120


def test_typing_any_number_rebuilds_nothing() -> None:
    """Changing a number, a date or a plain yes-or-no of a deal leaves the very same model, whichever field it is."""
    before = model(full())
    tried = 0
    for path, field, value in FULL:
        name = path.rsplit(".", 1)[-1]
        if value is None or field.unit in (Unit.CHOICE, Unit.TEXT) or name in STRUCTURAL_FLAGS:
            continue
        if field.shape == "scalar":
            new = other_number(field, value)
        elif field.shape == "by_year_and_band":
            new = [[0.01 for _ in row] for row in value] + [[0.02 for _ in value[0]]]
        elif field.shape == "bands":
            new = [0.0, *(bound + 1.0 for bound in value[1:])]
        else:
            new = [*(list(value) or [0.0]), 1.0] if value else value
        assert model(set_in(full(), path, new)) is before, path
        tried += 1
    assert tried > 100


def test_naming_things_rebuilds_nothing() -> None:
    """Names, labels and the currency are no part of the structure."""
    before = model(full())
    for path, field, value in FULL:
        if field.unit is Unit.TEXT and value is not None:
            word = "EUR" if path == "currency" else f"{value} 2"
            assert model(set_in(full(), path, word)) is before, path


def test_every_choice_makes_another_model() -> None:
    """Another word in any choice that a line reads is another model, and it computes something else."""
    before = model(full())
    tried = 0
    for path, field, value in FULL:
        if field.unit is not Unit.CHOICE or path.rsplit(".", 1)[-1] in NO_LINE_READS:
            continue
        for word, _ in field.choices:
            if word != value:
                assert model(set_in(full(), path, word)) is not before, (path, word)
                tried += 1
    assert tried > 15


def test_a_yes_or_no_that_decides_about_lines_makes_another_model() -> None:
    """Whether support is reimbursable, the share suspended or support shared decides which lines there are."""
    before = model(full())
    tried = [path for path, _, _ in FULL if path.rsplit(".", 1)[-1] in STRUCTURAL_FLAGS]
    assert len(tried) == 7
    for path in tried:
        value = next(given for at, _, given in FULL if at == path)
        assert model(set_in(full(), path, not value)) is not before, path


def test_leaving_an_optional_field_empty_makes_another_model() -> None:
    """A cap, an end or a release that is none has no line, so giving it or not is another model."""
    before = model(full())
    needed = ("demand.2.tokens_per_second", "senior_debt.fixed_amount")  # by the choices of this deal
    tried = 0
    for path, field, value in FULL:
        if field.optional and value is not None and not path.startswith((*ELSEWHERE, *needed)):
            assert model(set_in(full(), path, None)) is not before, path
            tried += 1
    assert tried >= 12


@pytest.mark.parametrize(
    "path", ["revenue_share.minimum_annual", "revenue_share.rates", "credit_support.0.floor_prices"]
)
def test_an_empty_table_makes_another_model(path: str) -> None:
    """A table without entries counts as zeros, and what is made of it alone has no line."""
    assert model(set_in(full(), path, [])) is not model(full())


def test_more_of_anything_makes_another_model() -> None:
    """Another phase, segment, band or support is another model; removing it again finds the first one."""
    before = model(full())
    for grow in ("phases", "demand"):
        more = full()
        more[grow].append(more[grow][0])
        assert model(more) is not before
    bands = full()
    bands["revenue_share"]["bands"] = [0.0, 1e6, 2e6, 3e6]
    assert model(bands) is not before
    less = full()
    less["credit_support"].pop()
    assert model(less) is not before
    assert model(full()) is before


def test_supports_in_another_order_are_another_model() -> None:
    """Inputs are found by their place in the list, so the same supports in another order need their own model."""
    common = {"fee_bps": 0, "upfront_fee": 0.0, "reimbursement_rate": 0.0, "name": "Support"}
    residual = {
        "kind": "residual_value", "date": "2030-12", "cap_fraction": None, "quota": 1.0, "strike_fraction": 0.2,
        "remarketing_cost": 0.0, **common,
    }  # fmt: skip
    lease = {
        "kind": "lease_guarantee", "cap": 1e6, "escrow": 0.0, "escrow_release": None, "start": "2027-06", "end": None,
        "relet_months": 0, "relet_fraction": 0.0, **common,
    }  # fmt: skip
    one, other = raw(), raw()
    one["credit_support"] = [residual | {"reimbursable": False}, lease | {"reimbursable": True}]
    other["credit_support"] = [lease | {"reimbursable": False}, residual | {"reimbursable": True}]
    assert model(one) is not model(other)
    assert any("credit_support[0].quota" in formula for formula in formulas(model(one)))
    assert any("credit_support[1].quota" in formula for formula in formulas(model(other)))


def test_a_model_found_is_the_one_that_would_be_built() -> None:
    """For forty random deals the model found by structure computes, line by line, what a freshly built one does."""
    for seed in range(40):
        deal = seeded_deal(seed)
        assert formulas(model_of(deal)) == formulas(build(BOOK, surroundings(deal, simulated=False))), seed
