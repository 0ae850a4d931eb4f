"""Compare and bridge: differences in words, and contributions that add up and do not depend on an order."""

from __future__ import annotations

from itertools import permutations
from math import fsum
from statistics import mean

import pytest

from models import (
    KEY_FIGURES,
    Deal,
    DealError,
    bridge,
    compare,
    evaluate,
    load_template,
    side_by_side,
    with_value,
)
from models.analysis import bridge as bridge_module
from tests.models.engine.varied import seeded_deal


def changed(deal: Deal) -> Deal:
    """A deal with three numbers, one table and one word changed."""
    deal = with_value(deal, "senior_debt.target_dscr", 1.45)
    deal = with_value(deal, "demand[0].price", 5.5)
    deal = with_value(deal, "credit_support[0].floor_prices", (3.5, 3.2, 2.8, 2.0, 1.5))
    return with_value(deal, "revenue_share.rank", "before_debt")


def figure(deal: Deal, kpi: str) -> float:
    """A key figure that exists."""
    value = evaluate(deal).kpis[kpi]
    assert value is not None
    return float(value)


@pytest.mark.parametrize("kpi", ["partner_irr", "vendor_support_npv", "debt_amount", "min_dscr", "share_paid"])
def test_contributions_add_up(kpi: str) -> None:
    """The steps of a bridge sum to the difference of the figures, to 1e-9 of it and in both directions."""
    before = load_template("austral")
    after = changed(before)
    for left, right in ((before, after), (after, before)):
        found = bridge(left, right, kpi)
        difference = figure(right, kpi) - figure(left, kpi)
        assert fsum(step.amount for step in found.steps) == pytest.approx(difference, rel=1e-9, abs=1e-12)
        assert (found.before, found.after) == (figure(left, kpi), figure(right, kpi))


def test_contributions_are_shapley_values() -> None:
    """Each contribution is the mean over all orders of what the change adds, computed deal by deal."""
    base = load_template("fjord")
    edits: dict[str, object] = {
        "senior_debt.target_dscr": 1.6,
        "demand[0].price": 4.0,
        "senior_debt.profile": "sculpted",
    }
    after = base
    for path, value in edits.items():
        after = with_value(after, path, value)
    found = {step.paths[0]: step.amount for step in bridge(base, after, "partner_irr").steps}
    added: dict[str, list[float]] = {path: [] for path in edits}
    for order in permutations(edits):
        deal = base
        for path in order:
            following = with_value(deal, path, edits[path])
            added[path].append(figure(following, "partner_irr") - figure(deal, "partner_irr"))
            deal = following
    assert found == pytest.approx({path: mean(each) for path, each in added.items()}, rel=1e-9)


def test_the_two_directions_mirror_each_other() -> None:
    """From B to A every contribution is that from A to B with the other sign."""
    before = load_template("austral")
    after = changed(before)
    there = {step.label: step.amount for step in bridge(before, after, "vendor_support_npv").steps}
    back = {step.label: -step.amount for step in bridge(after, before, "vendor_support_npv").steps}
    assert there == pytest.approx(back, rel=1e-9)


def test_what_makes_no_deal_alone_is_taken_together() -> None:
    """A fixed amount and the choice of it are one step, with a note; items added or gone are steps of their own."""
    before = load_template("austral")
    after = with_value(before, "senior_debt.fixed_amount", 1e9)
    after = with_value(after, "senior_debt.sizing", "fixed")
    after = with_value(after, "demand", after.demand[:4])
    found = bridge(before, after, "debt_amount")
    assert [set(step.paths) for step in found.steps] == [
        {"demand[4]"}, {"senior_debt.sizing", "senior_debt.fixed_amount"},
    ]  # fmt: skip
    assert "makes no deal without the other" in found.note
    assert fsum(step.amount for step in found.steps) == pytest.approx(1e9 - figure(before, "debt_amount"), rel=1e-9)


def test_only_what_needs_each_other_is_one_step() -> None:
    """In deals of other shape the late phases are one step with the loan that reaches them; all else stands alone."""
    found = bridge(load_template("austral"), load_template("campus"), "partner_irr")
    assert "makes no deal without the other" in found.note
    (joined,) = (step for step in found.steps if "senior_debt.first_repayment" in step.paths)
    assert {f"phases[{k}]" for k in range(4, 12)} < set(joined.paths)
    assert not any(path.startswith(("demand", "revenue_share", "partner")) for path in joined.paths)
    assert len(found.steps) > 10
    assert fsum(step.amount for step in found.steps) == pytest.approx(found.after - found.before, rel=1e-9)


def test_many_differences_are_sampled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the number that can be combined in full, orders are drawn; the sum still is the difference."""
    before, after = load_template("austral"), load_template("austral-stress")
    exact = bridge(before, after, "vendor_support_npv")
    monkeypatch.setattr(bridge_module, "MOST_EXACT", 5)
    sampled = bridge(before, after, "vendor_support_npv")
    assert "orders drawn" in sampled.rule
    assert "over all orders" in exact.rule
    total = exact.after - exact.before
    assert fsum(step.amount for step in sampled.steps) == pytest.approx(total, rel=1e-9)
    for one, other in zip(exact.steps, sampled.steps, strict=True):
        assert one.amount == pytest.approx(other.amount, abs=0.02 * abs(total))


def test_two_different_deals_have_a_bridge() -> None:
    """Even deals that have little in common are bridged, and the sum holds."""
    left, right = load_template("austral"), load_template("lease-guarantee")
    found = bridge(left, right, "vendor_npv")
    assert fsum(step.amount for step in found.steps) == pytest.approx(found.after - found.before, rel=1e-9)
    assert found.rule


def test_a_figure_that_does_not_exist_has_no_bridge() -> None:
    """Where one state has no such figure the reason is told, and a wrong name is met with the nearest."""
    deal = load_template("austral")
    other = with_value(deal, "senior_debt.advance_rate", 0.0)
    with pytest.raises(DealError, match="LLCR does not exist in one of the two states: there is no senior debt"):
        bridge(deal, other, "llcr")
    with pytest.raises(DealError, match='did you mean "llcr"'):
        bridge(deal, other, "lcr")
    assert bridge(deal, with_value(deal, "name", "Other"), "llcr").steps == ()


def test_differences_are_in_words() -> None:
    """Fields that differ stand with label and both values as on the screen; every figure stands with its change."""
    before = load_template("austral")
    after = changed(before)
    found = compare(before, after)
    texts = {change.path: (change.label, change.before_text, change.after_text) for change in found.fields}
    assert texts["senior_debt.target_dscr"] == ("Debt: Target DSCR", "1.30 x", "1.45 x")
    assert texts["revenue_share.rank"] == ("Revenue share: Rank", "After debt", "Before debt")
    assert len(found.figures) == len(KEY_FIGURES)
    for change in found.figures:
        if change.change is not None:
            assert change.before == pytest.approx(figure(before, change.name), rel=1e-12)
            assert change.after == pytest.approx(figure(after, change.name), rel=1e-12)
        else:
            assert change.reason


def test_any_states_stand_side_by_side() -> None:
    """Deals of any structure are evaluated side by side, each as it is alone."""
    deals = [load_template(name) for name in ("austral", "austral-stress", "fjord")] + [seeded_deal(3)]
    found = side_by_side([(deal.name, deal) for deal in deals])
    for k, deal in enumerate(deals):
        kpis = evaluate(deal).kpis
        for name, values in found.values.items():
            expected = kpis[name]
            if expected is None:
                assert (values[k], found.reasons[name][k]) == (None, evaluate(deal).reasons[name])
            else:
                assert values[k] == pytest.approx(expected, rel=1e-9), name
