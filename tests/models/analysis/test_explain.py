"""Explanations: what is shown of a figure is enough to compute it again, and its links lead on."""

from __future__ import annotations

import math
import re

import pytest

from models import (
    KEY_FIGURES,
    Case,
    DealError,
    catalogue_html,
    evaluate,
    explain,
    line_catalogue,
    load_template,
    path_case,
    scenario_deal,
    template_names,
    value_at,
    with_scenario,
)
from models.analysis.recompute import _OPERATIONS
from models.analysis.shown import shown
from models.language.operators import OPERATORS
from tests.models.engine.varied import seeded_deal

NAMES = [template.name for template in template_names()]


def months_of(case: Case) -> tuple[int, ...]:
    """The first months, some in between, and the last."""
    return (0, 1, case.months // 3, case.months // 2 + 1, case.months - 1)


def wrong_lines(case: Case) -> list[tuple[str, int | None]]:
    """Lines and months whose shown values do not give the shown result."""
    wrong: list[tuple[str, int | None]] = []
    for name, line in case.model.lines.items():
        row = case.lines.get(name)
        largest = 1.0 if row is None else max(1.0, *(abs(v) for v in row.tolist() if math.isfinite(v)), 0.0)
        for month in (None,) if line.once else months_of(case):
            found = explain(case, name, month)
            engine = case.once[name] if month is None else float(case.lines[name][month])
            if found.value is None or found.recomputed is None:
                same = found.value is found.recomputed and math.isinf(engine)
            else:
                size = max(largest, abs(engine))
                same = found.value == engine and abs(found.recomputed - found.value) <= 1e-9 * size
            if not same:
                wrong.append((name, month))
    return wrong


@pytest.mark.parametrize("name", NAMES)
def test_the_values_shown_give_the_result_shown(name: str) -> None:
    """For every line of every template, in five months, the formula gives the engine's figure from what is shown."""
    assert wrong_lines(evaluate(load_template(name))) == []


def test_the_values_shown_give_the_result_of_a_random_deal() -> None:
    """The same for a random deal with every kind of support."""
    assert wrong_lines(evaluate(seeded_deal(18))) == []


@pytest.mark.parametrize("name", NAMES)
def test_every_key_figure_is_explained(name: str) -> None:
    """Each key figure has its label, a reason, a formula and ingredients that give it, or says why there is none."""
    case = evaluate(load_template(name))
    for figure in KEY_FIGURES:
        found = explain(case, figure.name)
        expected = case.kpis[figure.name]
        assert found.label == figure.label
        assert found.reason
        assert found.formula_text
        if expected is None:
            assert (found.value, found.missing) == (None, case.reasons[figure.name])
        else:
            assert found.value == pytest.approx(expected, rel=1e-12)
            assert found.recomputed == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_every_operator_can_be_computed_by_hand() -> None:
    """The explanation knows every operator of the language and no other."""
    assert set(_OPERATIONS) | {"where", "ratio"} == set(OPERATORS)


def test_links_lead_down_and_back() -> None:
    """An ingredient of a figure names the figure among its users, in the month it is used in."""
    case = evaluate(load_template("austral"))
    month = 20
    missing = []
    for name, line in case.model.lines.items():
        for each in explain(case, name, None if line.once else month).ingredients:
            if each.kind == "line" and each.link is not None:
                users = explain(case, each.name, each.link.month).users
                at = None if line.once else month
                if not any(user.name == name and user.month in (at, 0) for user in users):
                    missing.append((name, each.name))
    assert missing == []


def test_a_balance_shows_the_month_before() -> None:
    """The month before is named, holds that month's value, and at the start the value agreed for it."""
    case = evaluate(load_template("fjord"))
    found = explain(case, "cash_open", 9)
    (before,) = (each for each in found.ingredients if each.name == "cash_close")
    assert before.when == "Sep 2027"
    assert before.value == case.lines["cash_close"][8]
    assert before.link is not None
    assert before.link.month == 8
    (start,) = (each for each in explain(case, "cash_open", 0).ingredients if each.name == "cash_close")
    assert (start.when, start.value, start.link) == ("at the start", case.deal.partner.opening_cash, None)


def test_an_input_links_to_its_field() -> None:
    """Inputs are shown with the label of the form, the value as entered and the path of the field."""
    case = evaluate(load_template("austral"))
    (cover,) = (each for each in explain(case, "sizing_service", 20).ingredients if each.kind == "input")
    assert (cover.label, cover.text, cover.unit) == ("Debt: Target DSCR", "1.30", "x")
    assert cover.link is not None
    assert (cover.link.kind, cover.link.name) == ("field", "senior_debt.target_dscr")
    (table,) = (each for each in explain(case, "floor_price", 20).ingredients if each.kind == "table")
    assert table.values == value_at(case.deal, "credit_support[0].floor_prices")


def test_a_period_is_its_sum_or_the_ratio_of_its_sums() -> None:
    """A quarter of a flow is the sum of its months, of a ratio of flows that of the sums, of a balance its last."""
    case = evaluate(load_template("austral"))
    rows = case.lines
    assert explain(case, "cloud_revenue", 12, 14).value == pytest.approx(rows["cloud_revenue"][12:15].sum())
    sold, available = (rows[name][12:15].sum() for name in ("sold_gpu_hours", "available_gpu_hours"))
    assert explain(case, "utilisation", 12, 14).value == pytest.approx(sold / available)
    assert explain(case, "debt_balance", 12, 14).value == rows["debt_balance"][14]


def test_a_sum_of_nothing_names_its_lines() -> None:
    """Where none of the lines of a sum is ever more than 0 all of them are named; one month is told by its name."""
    found = explain(evaluate(load_template("austral-stress")), "sum.support", 14)
    assert found.value == 0
    assert found.formula_text
    assert {each.when for each in found.ingredients} == {found.when} == {"Mar 2028"}
    nothing = explain(evaluate(load_template("lease-guarantee")), "sum.support")
    assert [each.name for each in nothing.ingredients] == ["commitment_paid", "residual_value_paid"]


def test_what_is_less_than_half_a_cent_is_nothing() -> None:
    """Dust that floating point leaves in a sum of money is told as 0, not as a power of ten."""
    assert shown(1.8e-8, "money", "USD") == ("0", "USD")
    assert shown(-0.004, "money", "USD") == ("0", "USD")
    assert shown(0.25, "money", "USD") == ("0.25", "USD")


def test_a_wrong_name_or_month_is_a_sentence() -> None:
    """An unknown line is met with the nearest name, a month outside the model with those inside."""
    case = evaluate(load_template("fjord"))
    with pytest.raises(DealError, match='no line or key figure "share_payed"; did you mean "share_paid"'):
        explain(case, "share_payed", 3)
    with pytest.raises(DealError, match="no month 500; its months are 0 to"):
        explain(case, "share_paid", 500)


def test_the_catalogue_lists_every_line() -> None:
    """Every line of a deal stands in the list with its reason, and every link of the page leads to an entry."""
    deal = load_template("austral")
    names = {line.name for section in line_catalogue(deal) for line in section.lines}
    model = evaluate(deal).model
    assert names == {re.sub(r"\[\d+\]$", "[]", line.name) for line in model.lines.values() if not line.constant_zero}
    for page in (catalogue_html(), catalogue_html(deal)):
        targets = set(re.findall(r'<a name="([^"]+)"', page))
        assert set(re.findall(r'<a href="#([^"]+)"', page)) <= targets
        assert len(targets) > 200


def test_the_partner_sees_no_internal_line() -> None:
    """In the list for the partner no internal line stands, not even as a name in a formula of another."""
    internal = {line.name for section in line_catalogue() for line in section.lines if line.internal}
    assert len(internal) >= 8
    page = catalogue_html(partner=True)
    assert [name for name in internal if f">{name}<" in page or f"#{name}" in page] == []


def test_a_simulated_path_is_explained() -> None:
    """Every line of a path of the simulation is explained like any other; what drives the path is shown by name."""
    case = path_case(load_template("austral"), 3, seed=11)
    assert wrong_lines(case) == []
    drivers = {
        each.label
        for name in case.model.lines
        if not case.model.lines[name].once
        for each in explain(case, name, 30).ingredients
        if each.kind == "input" and "of the path" in each.label
    }
    assert {"Demand factor of the path: Startups", "Price factor of the path: Startups"} <= drivers


def test_a_scenario_is_explained() -> None:
    """In a scenario the values that went in are the scenario's."""
    deal = with_scenario(load_template("fjord"), "Tight", None, {"senior_debt.target_dscr": 1.6})
    case = evaluate(scenario_deal(deal, "Tight"))
    (cover,) = (each for each in explain(case, "sizing_service", 20).ingredients if each.kind == "input")
    assert (cover.value, cover.text) == (1.6, "1.60")


def test_links_to_internal_figures_are_marked() -> None:
    """Where a line that anyone may see goes on to an internal one, the link says so; the others do not."""
    case = evaluate(load_template("austral"))
    users = {user.name: user.internal for user in explain(case, "partner_equity_flow", 20).users}
    assert users["partner_npv"] is True
    assert users["equity_to_date"] is False


def test_conditions_are_told_apart_by_brackets() -> None:
    """Where "and" meets "or" in a formula brackets say which belongs together; sums and products need none."""
    case = evaluate(load_template("fjord"))
    assert (
        "Defaulted [month before] > 0 or (Last month < 1 and Months in a row with something unpaid ≥ Debt: Cure period)"
    ) in explain(case, "defaulted", 20).formula_text
    assert explain(case, "debt_service_due", 20).formula_text == "Interest owed + Principal due"
