"""Terms: the numbers that can be varied, what they change, and how a solved value is rounded."""

from __future__ import annotations

import pytest

from models import (
    DealError,
    entered,
    entered_changes,
    load_template,
    negotiable_step,
    term_at,
    term_text,
    terms_on_offer,
    value_at,
    with_term,
)


def test_a_term_is_a_field_an_entry_or_a_factor() -> None:
    """A term knows its label, unit, present value and limits; a factor keeps every entry of its table allowed."""
    deal = load_template("austral")
    cover = term_at(deal, "senior_debt.target_dscr")
    assert (cover.label, cover.unit, cover.base) == ("Debt: Target DSCR", "x", 1.3)
    assert term_at(deal, "credit_support[0].floor_prices[1]").base == 3.15
    share = term_at(deal, "revenue_share.rates*")
    assert (share.base, share.low) == (1.0, 0.0)
    assert share.high == pytest.approx(1 / 0.6)
    assert term_text(deal, term_at(deal, "phases[3].delivery"), 24328) == "May 2027"


def test_a_factor_scales_every_entry() -> None:
    """A factor on a table or on a field of every item multiplies each of its numbers and nothing else."""
    deal = load_template("austral")
    floors = value_at(with_term(deal, "credit_support[0].floor_prices*", 1.1), "credit_support[0].floor_prices")
    assert isinstance(floors, tuple)
    assert floors == pytest.approx([price * 1.1 for price in (3.68, 3.15, 2.62, 2.1, 1.57, 1.04)])
    dearer = with_term(deal, "demand[].price*", 0.9)
    assert [each.price for each in dearer.demand] == pytest.approx([each.price * 0.9 for each in deal.demand])
    moved = with_term(deal, "phases[3].delivery", 24329)
    assert moved.phases[3].delivery == "2027-06"


def test_a_wrong_path_is_met_with_the_nearest() -> None:
    """A path that leads to no number is refused in a sentence that says what would do."""
    deal = load_template("austral")
    for path, sentence in (
        ("senior_debt.target_dcsr", 'Did you mean "senior_debt.target_dscr"'),
        ("revenue_share.rates", r"put \* behind it"),
        ("senior_debt.profile", "is no number"),
        ("revenue_share.minimum_annual*", "a factor changes nothing"),
        ("demand[].product*", "stands for no number"),
        ("not a path", "is not the path of a number"),
    ):
        with pytest.raises(DealError, match=sentence):
            term_at(deal, path)


def test_a_solved_value_is_rounded_on_entry() -> None:
    """Rates go in by a quarter of a per cent and prices by the cent, every entry of a table for itself."""
    deal = load_template("austral")
    assert negotiable_step(term_at(deal, "revenue_share.rates*")) == 0.0025
    assert entered_changes(deal, "revenue_share.rates*", 1.0377) == {
        "revenue_share.rates": ((0.6225,), (0.58,), (0.54,), (0.4975,), (0.4575,), (0.415,))
    }
    assert entered(deal, "demand[0].price", 6.12345).demand[0].price == 6.12
    assert entered(deal, "senior_debt.margin", 0.03123).senior_debt.margin == 0.03
    assert entered(deal, "demand[0].price", 6.12345, step=0).demand[0].price == 6.12345
    assert entered(deal, "demand[0].price", 6.12345, step=0.25).demand[0].price == 6.0


def test_rounding_never_leaves_what_is_allowed() -> None:
    """A value near a limit is rounded to the inside of it."""
    deal = load_template("austral")
    assert entered(deal, "senior_debt.target_dscr", 0.004).senior_debt.target_dscr > 0
    assert entered(deal, "credit_support[0].coverage", 0.9999).model_dump()["credit_support"][0]["coverage"] == 1.0


def test_what_is_on_offer_can_be_had() -> None:
    """Every term on offer leads to a number, and what no line looks at is not offered."""
    deal = load_template("austral")
    offered = {term.path for term in terms_on_offer(deal)}
    assert {"revenue_share.rates*", "demand[].price*", "demand[2].price", "senior_debt.target_dscr"} <= offered
    assert not {"vendor.hurdle_raroc", "demand[2].price_beta", "start", "uncertainty.seed"} & offered
    assert all(term_at(deal, path).base is not None for path in offered)
