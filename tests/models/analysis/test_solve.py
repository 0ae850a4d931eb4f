"""Solving for a term: what is found gives the target when put back, all roots are found, and failures say why."""

from __future__ import annotations

from math import inf

import numpy as np
import pytest

from models import Deal, DealError, evaluate, load_template, solve, with_term, with_value
from models.analysis.roots import roots_of

SHARE = "revenue_share.rates*"
FLOORS = "credit_support[0].floor_prices*"
CASES = [
    ("austral", SHARE, "vendor_support_npv", 5e8),
    ("austral", SHARE, "partner_irr", 0.15),
    ("austral", FLOORS, "debt_amount", 1e9),
    ("austral", "senior_debt.advance_rate", "loan_to_cost", 0.55),
    ("austral", "demand[0].price", "partner_irr", 0.2),
    ("austral", "senior_debt.target_dscr", "min_dscr_called", 1.45),
    ("austral", "credit_support[0].floor_prices[1]", "gross_commitment", 4.5e9),
    ("austral-stress", "demand[].price*", "partner_irr", 0.2),
    ("austral-stress", "credit_support[0].coverage", "min_dscr", 1.5),
    ("austral-stress", FLOORS, "vendor_support_npv", -1e9),
    ("austral-stress", "credit_support[0].aggregate_cap", "vendor_support_npv", -5e8),
    ("fjord", SHARE, "vendor_support_npv", 0.0),
    ("fjord", "phases[0].hardware_price", "partner_irr", 0.12),
    ("fjord", "senior_debt.margin", "partner_irr", 0.15),
]


def figure(deal: Deal, kpi: str) -> float:
    """A key figure of a deal evaluated on its own, minus infinity where it does not exist."""
    value = evaluate(deal).kpis[kpi]
    return -inf if value is None else float(value)


@pytest.mark.parametrize(("name", "path", "kpi", "target"), CASES)
def test_the_value_put_back_gives_the_target(name: str, path: str, kpi: str, target: float) -> None:
    """The unrounded value put back into the deal evaluates to the target, to 1e-9 of it, debt re-sized."""
    deal = load_template(name)
    found = solve(deal, path, kpi, target)
    assert found.value is not None, found.reason
    size = max(abs(target), 1.0)
    for root in found.roots:
        achieved = figure(with_term(deal, path, root.value), kpi)
        assert achieved == root.achieved
        assert abs(achieved - target) <= 1e-9 * size
    assert found.achieved == figure(with_term(deal, path, found.value), kpi)
    assert found.residual == found.achieved - target


def bisected(deal: Deal, path: str, kpi: str, target: float, low: float, high: float) -> float:
    """The root between two values by halving, one evaluation at a time, with no code of the solver."""
    rising = figure(with_term(deal, path, low), kpi) < target
    for _ in range(60):
        middle = (low + high) / 2
        if (figure(with_term(deal, path, middle), kpi) < target) == rising:
            low = middle
        else:
            high = middle
    return (low + high) / 2


@pytest.mark.parametrize(
    ("name", "kpi", "target", "low", "high"),
    [
        ("austral", "vendor_support_npv", 6.25e8, 0.1, 1.6),
        ("austral-stress", "partner_irr", 0.2, 0.1, 1.6),
        ("fjord", "vendor_support_npv", 2e7, 0.1, 1.6),
    ],
)
def test_share_rates_agree_with_bisection(name: str, kpi: str, target: float, low: float, high: float) -> None:
    """The share that gives a target in each of the three deals is what plain bisection finds, to 1e-9.

    In the stressed deal nothing is left to share, so there the tenants' prices are raised first.
    """
    deal = load_template(name)
    if name == "austral-stress":
        deal = with_term(deal, "demand[].price*", 2.7)
    found = solve(deal, SHARE, kpi, target)
    assert found.value == pytest.approx(bisected(deal, SHARE, kpi, target, low, high), rel=1e-9)


def test_all_roots_are_reported() -> None:
    """Where a figure meets the target more than once every value is given, the nearest to the present one first."""
    deal = load_template("austral")
    share = with_value(deal, "senior_debt.cash_sweep", 0.2)
    target = figure(with_term(share, FLOORS, 0.75), "vendor_support_npv")
    found = solve(share, FLOORS, "vendor_support_npv", target)
    assert len(found.roots) >= 1
    assert any(root.value == pytest.approx(0.75, rel=1e-7) for root in found.roots)
    ends = np.linspace(0, 10, 60)
    several = roots_of(np.sin, ends, np.sin(ends), 0.5, 1.0, base=3.0)
    expected = [np.arcsin(0.5), np.pi - np.arcsin(0.5), np.arcsin(0.5) + 2 * np.pi, 3 * np.pi - np.arcsin(0.5)]
    assert [root.best for root in several.roots] == pytest.approx(expected, rel=1e-9)


def test_a_jump_is_no_root() -> None:
    """Where a figure leaps over the target without meeting it, no value is given out as a root."""
    ends = np.linspace(-1, 1, 21)

    def step(x: np.typing.NDArray[np.float64]) -> np.typing.NDArray[np.float64]:
        return np.where(x < 0.123, -1.0, 1.0)

    found = roots_of(step, ends, step(ends), 0.0, 1.0, base=0.0)
    assert found.roots == ()
    (jump,) = found.jumps
    assert jump.low == pytest.approx(0.123, abs=1e-9)
    deal = load_template("austral")
    whole = solve(deal, "senior_debt.repayment_months", "debt_amount", 1e9)
    assert whole.value is None
    assert "between 22 months and 23 months" in whole.reason
    assert "only whole numbers are allowed" in whole.reason


def test_a_stretch_that_meets_the_target_says_so() -> None:
    """Where every value of a stretch meets the target the present one is kept and the stretch is told."""
    found = solve(load_template("austral"), SHARE, "lender_loss", 0.0)
    assert found.value == 1.0
    assert found.reason == "Every value from × 0 to × 1.6667 meets the target."


@pytest.mark.parametrize(
    ("name", "path", "kpi", "target", "words"),
    [
        ("austral", "collateral.sale_cost", "debt_amount", 1.0, "does not move Senior debt"),
        ("austral", "credit_support[0].coverage", "min_dscr", 1.5, "the most that is allowed"),
        ("fjord", FLOORS, "debt_amount", 1e9, "The debt is at its advance limit there"),
        ("fjord", "senior_debt.advance_rate", "loan_to_cost", 0.55, "The debt is what cover allows there"),
        ("fjord", "senior_debt.repayment_months", "debt_amount", 1e9, "turns back"),
        ("austral-stress", "partner.opening_cash", "partner_irr", 0.12, "the end of what was searched"),
    ],
)
def test_a_failure_says_how_far_it_came(name: str, path: str, kpi: str, target: float, words: str) -> None:
    """Without a root there is no value, but the nearest figure, where it is, and what stopped the search."""
    deal = load_template(name)
    found = solve(deal, path, kpi, target)
    assert found.value is None
    assert found.roots == ()
    assert words in found.reason
    assert found.nearest is not None
    assert found.achieved == pytest.approx(figure(with_term(deal, path, found.nearest), kpi), rel=1e-9)
    assert found.achieved is not None
    assert found.residual == found.achieved - target


def test_a_figure_that_never_exists_says_why() -> None:
    """Where the figure does not exist for any value tried its own reason is given."""
    deal = with_value(load_template("austral"), "senior_debt.advance_rate", 0.0)
    found = solve(deal, SHARE, "llcr", 2.0)
    assert (found.value, found.achieved, found.residual) == (None, None, None)
    assert "does not exist for any value" in found.reason
    assert "there is no senior debt" in found.reason


def test_where_a_deal_would_be_refused_its_sentence_is_part_of_the_reason() -> None:
    """Where some of the values tried make no deal, the reason says why as the end of one sentence."""
    found = solve(load_template("austral"), "senior_debt.margin", "partner_irr", 0.9)
    assert found.value is None
    assert found.reason.endswith("because no loan pays interest to its borrower.")
    assert " there is none: Debt: Margin (senior_debt.margin) is " in found.reason


def test_wrong_names_are_sentences() -> None:
    """An unknown field or key figure is met with the nearest, a term without a value with what it holds."""
    deal = load_template("austral")
    with pytest.raises(DealError, match=r'Did you mean "senior_debt\.target_dscr"'):
        solve(deal, "senior_debt.target_dcsr", "partner_irr", 0.1)
    with pytest.raises(DealError, match='did you mean "partner_irr"'):
        solve(deal, SHARE, "partner_ir", 0.1)
    with pytest.raises(DealError, match="two values that differ"):
        solve(deal, SHARE, "partner_irr", 0.1, low=0.5, high=0.5)
