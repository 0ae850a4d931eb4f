"""The frontier of two terms, and the marginal effect of one."""

from __future__ import annotations

import pytest

from models import (
    DealError,
    evaluate,
    frontier,
    frontier_changes,
    load_template,
    marginal,
    scenario_deal,
    with_scenario,
    with_term,
    with_value,
)

SHARE, FLOORS = "revenue_share.rates*", "credit_support[0].floor_prices*"


@pytest.mark.parametrize("name", ["austral", "fjord"])
def test_no_deal_beats_one_of_the_frontier(name: str) -> None:
    """Every other deal that lenders accept is worse for one side than some deal of the frontier; none of it is."""
    found = frontier(load_template(name), SHARE, FLOORS, steps=15)
    assert found.points
    assert len(found.points) + len(found.others) + found.refused + found.missing == 15 * 15
    for point in (*found.points, *found.others):
        better = [
            each
            for each in found.points
            if (each.vendor >= point.vendor and each.partner >= point.partner)
            and (each.vendor > point.vendor or each.partner > point.partner)
        ]
        assert bool(better) is not point.best
        assert point.cover is None or point.cover >= found.least


def test_a_point_is_the_deal_it_says() -> None:
    """What a point says of vendor, partner and lenders is what the deal with both terms evaluates to."""
    deal = load_template("austral")
    found = frontier(deal, SHARE, FLOORS, steps=9)
    for point in found.points[::3]:
        kpis = evaluate(with_term(with_term(deal, SHARE, point.x), FLOORS, point.y)).kpis
        assert point.vendor == pytest.approx(kpis["vendor_support_npv"], rel=1e-9)
        assert point.partner == pytest.approx(kpis["partner_irr"], rel=1e-9)
        assert point.cover == pytest.approx(kpis["min_dscr"], rel=1e-9)


def test_lenders_can_refuse_all() -> None:
    """Where no pair has the cover asked for there is no point, and the note says how much there is at most."""
    found = frontier(load_template("austral"), SHARE, FLOORS, cover="llcr", least=9.0, steps=7)
    assert (found.points, found.others) == ((), ())
    assert found.note.startswith("No pair reaches 9.00 x: LLCR is at most")


def test_a_point_opens_as_a_scenario() -> None:
    """The changes of a point, rounded to what people negotiate in, make a scenario of the deal."""
    deal = load_template("austral")
    found = frontier(deal, SHARE, FLOORS, steps=9)
    changes = frontier_changes(deal, found, found.points[2])
    state = scenario_deal(with_scenario(deal, "Frontier", None, changes), "Frontier")
    assert all(
        round(rate / 0.0025) == pytest.approx(rate / 0.0025) for row in state.revenue_share.rates for rate in row
    )


def test_a_marginal_effect_is_the_difference_of_two_deals() -> None:
    """What one step does to a key figure is the figure with the step less the figure without."""
    deal = load_template("austral")
    for path in ("credit_support[0].floor_prices[1]", "senior_debt.target_dscr", "phases[3].delivery", SHARE):
        found = marginal(deal, path)
        base = {"phases[3].delivery": 24328.0, SHARE: 1.0, "senior_debt.target_dscr": 1.3}.get(path, 3.15)
        before, after = evaluate(deal).kpis, evaluate(with_term(deal, path, base + found.step)).kpis
        assert found.effects
        for effect in found.effects:
            left, right = before[effect.name], after[effect.name]
            assert left is not None
            assert right is not None
            assert effect.change == pytest.approx(right - left, rel=1e-6)


def test_a_marginal_effect_is_a_sentence() -> None:
    """The sentence names the step in the unit of the field and what moves."""
    deal = load_template("austral")
    found = marginal(deal, "credit_support[0].floor_prices[1]")
    assert found.sentence.startswith("Each 0.10 adds $34.5m to the commitment and 0.")
    assert found.sentence.endswith(" points to the partner IRR.")
    share = marginal(deal, SHARE)
    assert share.sentence.startswith("Each 1 % takes 0.")
    assert "points off the partner IRR and adds $" in share.sentence
    assert share.sentence.endswith("m to the support NPV.")
    assert marginal(deal, "senior_debt.margin").sentence.startswith("Each 25 bp takes ")
    assert marginal(deal, "phases[3].delivery").sentence.startswith("Each month later takes $")


def test_a_step_goes_where_it_is_allowed() -> None:
    """At its upper limit a field is stepped down; what moves nothing says why."""
    deal = load_template("austral")
    assert marginal(deal, "credit_support[0].coverage").step < 0
    assert marginal(deal, "start").sentence.startswith("Each month earlier "), "later the deliveries come too early"
    assert marginal(with_value(deal, "revenue_share.settlement_months", 6), "revenue_share.settlement_months").step == 6
    assert "moves no key figure" in marginal(deal, "demand[].price_floor*").sentence
    with pytest.raises(DealError, match="is not the path of a number"):
        marginal(deal, "vendor.margin_gross_x")
