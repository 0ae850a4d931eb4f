"""Sensitivity: every figure of a tornado, a sweep and a grid is that of the changed deal evaluated on its own."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from models import (
    CancelledError,
    Deal,
    DealError,
    Swing,
    evaluate,
    figures_on_offer,
    grid,
    load_template,
    sweep,
    term_at,
    terms_on_offer,
    thresholds,
    tornado,
    usual_inputs,
    with_term,
    with_value,
)
from models.analysis.ranges import spread_range
from models.analysis.sensitivity import at_values
from tests.models.engine.varied import seeded_deal

DEALS = ("austral", "austral-stress", "fjord")


def figure(deal: Deal, kpi: str) -> float | None:
    """A key figure of a deal evaluated on its own."""
    value = evaluate(deal).kpis[kpi]
    return None if value is None else float(value)


@pytest.mark.parametrize("name", DEALS)
@pytest.mark.parametrize("kpi", ["partner_irr", "vendor_support_npv"])
def test_a_tornado_equals_single_evaluations(name: str, kpi: str) -> None:
    """Both ends of every bar are what the deal with that one number changed evaluates to, to 1e-9."""
    deal = load_template(name)
    found = tornado(deal, kpi)
    assert found.base == pytest.approx(figure(deal, kpi), rel=1e-12)
    assert len(found.bars) > 10
    for bar in found.bars[::3]:
        for end in (bar.low, bar.high):
            if end.figure is not None:
                assert isinstance(end.value, float)
                assert end.figure == pytest.approx(figure(with_term(deal, bar.path, end.value), kpi), rel=1e-9)


def test_bars_are_ranked_and_clipped() -> None:
    """The largest swing comes first, and an end beyond what is allowed is clipped and says so."""
    found = tornado(load_template("austral"), "partner_irr")
    swings = [bar.swing for bar in found.bars]
    assert swings == sorted(swings, reverse=True)
    coverage = next(bar for bar in found.bars if bar.path == "credit_support[0].coverage")
    assert (coverage.low.value, coverage.high.value) == (0.9, 1.0)
    assert "High clipped to 100 %" in coverage.note
    assert dict(found.left_out)["equity_kicker"].startswith("It is 0 in this deal")


def test_own_values_dates_and_words() -> None:
    """Ends of one's own are used, dates move by whole months, and words and yes-or-no fields take their choices."""
    deal = load_template("austral")
    inputs: list[str | Swing] = [
        Swing("senior_debt.target_dscr", 1.2, 1.5),
        Swing("phases[3].delivery", None, None),
        Swing("senior_debt.profile", "annuity", "straight_line"),
        "include_residual",
        "months",
    ]
    bars = {bar.path: bar for bar in tornado(deal, "debt_amount", inputs).bars}
    assert bars["senior_debt.target_dscr"].high.figure == pytest.approx(
        figure(with_value(deal, "senior_debt.target_dscr", 1.5), "debt_amount")
    )
    assert (bars["phases[3].delivery"].low.text, bars["phases[3].delivery"].high.text) == ("Apr 2027", "Jun 2027")
    annuity = with_value(deal, "senior_debt.profile", "annuity")
    assert bars["senior_debt.profile"].low.figure == pytest.approx(figure(annuity, "debt_amount"))
    assert bars["include_residual"].low.text == "no"
    assert bars["months"].low.figure == pytest.approx(figure(with_value(deal, "months", 67), "debt_amount"))


def test_an_end_that_no_deal_could_have_says_why() -> None:
    """Where an end makes a deal that cannot be used there is no figure, but the sentence of the check."""
    (bar,) = tornado(load_template("austral"), "partner_irr", ["phases[0].delivery"]).bars
    assert bar.low.figure is None
    assert "must lie inside the model" in bar.low.note
    assert bar.high.figure is not None


def test_wrong_names_are_sentences() -> None:
    """An unknown key figure or input is met with the nearest."""
    deal = load_template("austral")
    with pytest.raises(DealError, match='no key figure "partner_ir"; did you mean "partner_irr"'):
        tornado(deal, "partner_ir")
    with pytest.raises(DealError, match=r'Did you mean "operations\.pue"'):
        tornado(deal, "partner_irr", ["operations.pua"])


@pytest.mark.parametrize("path", ["credit_support[0].coverage", "revenue_share.rates*", "phases[3].delivery", "months"])
def test_a_sweep_equals_single_evaluations(path: str) -> None:
    """Every third step of a sweep is what the deal with that value evaluates to, or what it is refused for."""
    deal = load_template("austral")
    found = sweep(deal, path, ["partner_irr", "debt_amount"], steps=13)
    assert len(found.values) <= 13
    for k in range(0, len(found.values), 3):
        try:
            changed = with_term(deal, path, found.values[k])
        except DealError:
            assert found.figures["partner_irr"][k] is None
            continue
        for kpi, values in found.figures.items():
            assert values[k] == pytest.approx(figure(changed, kpi), rel=1e-9)


@pytest.mark.parametrize("seed", [6, 18, 24])
def test_any_term_of_a_random_deal_is_a_column(seed: int) -> None:
    """For terms of a random deal every key figure at two values equals the changed deal on its own, or is refused."""
    deal = seeded_deal(seed)
    dust = {each.name: 1e-3 if each.unit == "money" else 1e-9 for each in figures_on_offer(deal)}
    names = list(dust)
    for path in [*Random(seed).sample([term.path for term in terms_on_offer(deal)], 7), "start"]:
        term = term_at(deal, path)
        ends = spread_range(deal, term, 0.13)
        found = at_values(deal, term, np.array([ends.low, ends.high]), names)
        for k, value in enumerate((ends.low, ends.high)):
            try:
                kpis = evaluate(with_term(deal, path, value)).kpis
            except DealError:
                kpis = dict.fromkeys(dust)
            for name in names:
                expected = kpis[name]
                if expected is None:
                    assert found.at(name, k) is None, (path, name)
                else:
                    assert found.at(name, k) == pytest.approx(expected, rel=1e-9, abs=dust[name]), (path, name)


@pytest.mark.parametrize("name", DEALS)
def test_a_grid_equals_single_evaluations(name: str) -> None:
    """Cells of a grid of 41 by 41 are what the deal with both numbers changed evaluates to, to 1e-9."""
    deal = load_template(name)
    x, y = "revenue_share.rates*", "credit_support[0].floor_prices*"
    found = grid(deal, x, y, "partner_irr", threshold=deal.partner.discount_rate)
    assert (len(found.x.values), len(found.y.values)) == (41, 41)
    for row, column in ((0, 0), (40, 0), (7, 33), (20, 20), (40, 40)):
        changed = with_term(with_term(deal, x, found.x.values[column]), y, found.y.values[row])
        assert found.values[row][column] == pytest.approx(figure(changed, "partner_irr"), rel=1e-9)


def test_the_contour_is_where_the_threshold_is_met() -> None:
    """On the line of the cost of equity the partner's IRR is that cost, as near as between nodes of the grid."""
    deal = load_template("austral")
    (threshold,) = thresholds(deal, "partner_irr")
    x, y = "revenue_share.rates*", "credit_support[0].floor_prices*"
    found = grid(deal, x, y, "partner_irr", threshold=threshold.value)
    (line,) = found.contours
    assert len(line) > 20
    for at_x, at_y in line[:: len(line) // 5]:
        assert figure(with_term(with_term(deal, x, at_x), y, at_y), "partner_irr") == pytest.approx(0.15, abs=2e-4)


def test_a_grid_leaves_out_what_no_deal_could_be() -> None:
    """Pairs that the checks refuse have no figure; the others do."""
    deal = load_template("austral")
    found = grid(deal, "phases[3].delivery", "senior_debt.first_repayment", "debt_amount", steps=5)
    values = [value for row in found.values for value in row]
    assert None in values
    assert any(value is not None for value in values)
    with pytest.raises(DealError, match="change the same number"):
        grid(deal, "revenue_share.rates*", "revenue_share.rates[0][0]", "debt_amount")


def test_it_can_be_stopped() -> None:
    """Told to stop, an analysis ends before its next tile."""
    deal = load_template("fjord")
    with pytest.raises(CancelledError):
        tornado(deal, "partner_irr", usual_inputs(deal), cancelled=lambda: True)
    assert term_at(deal, "months").whole
