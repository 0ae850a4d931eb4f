"""Fields without effect: what is called idle moves no figure, and what is not idle is said to be live."""

from typing import Any

import pytest

from models import Deal, evaluate, irrelevant, load_template, with_value
from models.deal.paths import deal_from
from models.deal.problems import DealError
from tests.models.deal.samples import every_support, set_in

COMMITMENT = "credit_support[0]"


def made(**changes: Any) -> Deal:
    """A deal with every kind of support, changed at dotted paths (`.0.` an index, `__` a dot)."""
    fields = every_support()
    for path, value in changes.items():
        set_in(fields, path.replace("__", "."), value)
    return deal_from(fields)


@pytest.mark.parametrize(
    ("changes", "path", "other", "reason"),
    [
        ({"senior_debt__sizing": "cover"}, "senior_debt.fixed_amount", 1e6, "sizing is a fixed amount"),
        ({"credit_support__0__basis": "revenue"}, f"{COMMITMENT}.utilisation_floor", 0.9, "basis is utilisation"),
        ({"credit_support__0__basis": "unsold_hours"}, f"{COMMITMENT}.netting", "annual", "revenue shortfall"),
        ({"vendor_finance__deferred_fraction": 0.0}, "vendor_finance.rate", 0.2, "price is deferred"),
        ({"vendor_finance__deferred_fraction": 0.0}, "vendor_finance.recoupment_rate", 0.2, "price is deferred"),
        ({"revenue_share__cap_multiple": None}, "revenue_share.tail_rate", 0.05, "share has a cap"),
        ({"credit_support__0__reimbursable": False}, f"{COMMITMENT}.reimbursement_rate", 0.2, "reimbursable"),
        ({"demand__0__product": "reserved"}, "demand[0].tokens_per_second", 900.0, "product is tokens"),
        ({"demand__0__product": "reserved"}, "demand[0].annual_throughput_gain", 0.3, "product is tokens"),
        ({"demand__0__gpus_by_month": [9.0]}, "demand[0].gpus", 77, "month by month"),
        ({"demand__0__gpus_by_month": [9.0]}, "demand[0].annual_growth", 0.3, "month by month"),
        ({"demand__0__gpus_by_month": [9.0]}, "demand[0].ramp_months", 9, "month by month"),
    ],
)
def test_what_has_no_effect_moves_no_figure(changes: dict[str, Any], path: str, other: object, reason: str) -> None:
    """The reason is a sentence, and the engine agrees: another value gives the same key figures."""
    deal = made(**changes)
    assert reason in irrelevant(deal, path)
    assert irrelevant(deal, path).endswith(".")
    assert evaluate(with_value(deal, path, other)).kpis == evaluate(deal).kpis


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"senior_debt__sizing": "fixed", "senior_debt__fixed_amount": 1e6}, "senior_debt.fixed_amount"),
        ({"credit_support__0__basis": "utilisation"}, f"{COMMITMENT}.utilisation_floor"),
        ({"credit_support__0__basis": "revenue"}, f"{COMMITMENT}.netting"),
        ({"credit_support__0__reimbursable": True}, f"{COMMITMENT}.reimbursement_rate"),
        ({"uncertainty__partner_default": "rating"}, "uncertainty.default_correlation"),
        ({}, "senior_debt.sizing_haircut"),
        ({}, "credit_support[0].deductible"),
        ({}, "name"),
        ({}, "credit_support[0].floor_prices[0]"),
    ],
)
def test_what_has_an_effect_is_live(changes: dict[str, Any], path: str) -> None:
    """Under the choice that uses it, a field is not idle; most fields never are."""
    assert irrelevant(made(**changes), path) == ""


def test_guarantee_escrow_commitment_and_default() -> None:
    """A part of the loan gives way to an amount, a release needs an escrow, a suspension a commitment."""
    deal = load_template("austral")
    bare = with_value(deal, "credit_support", ())
    assert "capacity commitment" in irrelevant(bare, "revenue_share.suspend_while_called")
    assert irrelevant(deal, "revenue_share.suspend_while_called") == ""
    never = with_value(deal, "uncertainty.partner_default", "none")
    assert "by rating" in irrelevant(never, "uncertainty.default_curve")
    terms: dict[str, object] = {"kind": "debt_guarantee", "name": "G", "coverage": 0.5, "timing": "timely"}
    capped = with_value(deal, "credit_support", [{**terms, "cap": 1e6}])
    assert "no cap is given" in irrelevant(capped, "credit_support[0].cap_fraction")
    lease: dict[str, object] = {"kind": "lease_guarantee", "name": "L", "cap": 1e6, "start": "2027-06"}
    leased = with_value(deal, "credit_support", [{**lease, "escrow": 0.0}])
    assert "escrow" in irrelevant(leased, "credit_support[0].escrow_release")


def test_a_path_that_leads_nowhere_is_an_error() -> None:
    """Asking about an item that is not there is a fault of the caller."""
    with pytest.raises(DealError):
        irrelevant(load_template("austral"), "phases[99].gpus")
