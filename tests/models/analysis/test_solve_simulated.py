"""Solving under simulation: every trial on the same paths, so that what is found can be put back and holds."""

from __future__ import annotations

import pytest

from models import (
    DealError,
    bridge,
    grid,
    load_template,
    measures_of,
    solve,
    solve_simulated,
    thresholds,
    tornado,
    with_term,
)

SHARE = "revenue_share.rates*"
PATHS = 400


def raroc(name: str, value: float) -> float:
    """RAROC of a deal with its share scaled, on the paths of the tests."""
    (measures,) = measures_of([with_term(load_template(name), SHARE, value)], paths=PATHS)
    assert measures.raroc.value is not None
    return measures.raroc.value


@pytest.mark.parametrize("name", ["austral", "fjord"])
def test_the_share_at_which_raroc_is_the_hurdle(name: str) -> None:
    """The share found gives RAROC = hurdle when the deal with it is simulated on the same paths, to 1e-9."""
    deal = load_template(name)
    hurdle = deal.vendor.hurdle_raroc
    found = solve_simulated(deal, SHARE, "raroc", hurdle, paths=PATHS)
    assert found.value is not None, found.reason
    assert raroc(name, found.value) == pytest.approx(hurdle, rel=1e-9)
    assert found.achieved == raroc(name, found.value)


def test_it_agrees_with_bisection() -> None:
    """Plain halving on the same paths finds the same share."""
    low, high = 0.2, 2.0
    for _ in range(30):
        middle = (low + high) / 2
        low, high = (middle, high) if raroc("fjord", middle) < 0.15 else (low, middle)
    found = solve_simulated(load_template("fjord"), SHARE, "raroc", 0.15, paths=PATHS)
    assert found.value == pytest.approx((low + high) / 2, rel=1e-7)


def test_what_cannot_be_reached_is_told() -> None:
    """Without a root the nearest is told with where it is; a wrong measure is met with the nearest name."""
    deal = load_template("fjord")
    found = solve_simulated(deal, SHARE, "el", 1e12, paths=64)
    assert (found.value, found.roots) == (None, ())
    assert "comes no nearer to 1,000,000,000,000 USD than about" in found.reason
    with pytest.raises(DealError, match='Did you mean "raroc"'):
        solve_simulated(deal, SHARE, "rarok", 0.15, paths=64)


def test_a_measure_of_risk_has_a_tornado_and_a_grid() -> None:
    """Ends of bars and cells of a grid are what each deal has on its own on the same paths; the hurdle is a contour."""
    deal = load_template("fjord")
    found = tornado(deal, "raroc", [SHARE, "phases[0].delivery"], paths=PATHS)
    bar = next(each for each in found.bars if each.path == SHARE)
    assert bar.low.figure == raroc("fjord", 0.9)
    assert bar.high.figure == raroc("fjord", 1.1)
    delivery = next(each for each in found.bars if each.path == "phases[0].delivery")
    assert "must lie inside the model" in delivery.low.note
    (hurdle,) = thresholds(deal, "raroc")
    cells = grid(deal, SHARE, "credit_support[0].floor_prices*", "raroc", steps=3, threshold=hurdle.value, paths=PATHS)
    assert cells.values[1][0] == raroc("fjord", cells.x.values[0])
    assert cells.base == raroc("fjord", 1.0)
    assert cells.contours


def test_the_base_case_has_no_measures_of_risk() -> None:
    """Where the base case is asked for a measure of risk the answer is a sentence."""
    deal = load_template("fjord")
    with pytest.raises(DealError, match="RAROC comes from the simulation"):
        solve(deal, SHARE, "raroc", 0.1)
    with pytest.raises(DealError, match="RAROC comes from the simulation"):
        bridge(deal, deal, "raroc")
