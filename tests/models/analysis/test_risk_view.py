"""What is shown of a simulation: bars that add up, marks and tables that are the measures, sentences that are true."""

import re
from dataclasses import replace

import numpy as np
import pytest

from models import (
    DealError,
    evaluate,
    explain_simulated,
    load_template,
    path_case,
    risk_fan,
    risk_outcomes,
    risk_view,
    simulate,
    with_value,
)
from models.analysis.risk_reading import are, error_decimals, part_words, per_cent
from models.analysis.risk_shown import Between, RiskShown, ShownTable
from models.engine.case import Case
from models.risk.estimates import Estimate
from models.risk.results import RiskResult

PATHS = 1000


@pytest.fixture(scope="module")
def base() -> Case:
    """The base case of Austral."""
    return evaluate(load_template("austral"))


@pytest.fixture(scope="module")
def result(base: Case) -> RiskResult:
    """A small simulation of it."""
    return simulate(base.deal, paths=PATHS)


@pytest.fixture(scope="module")
def shown(result: RiskResult, base: Case) -> RiskShown:
    """What is shown of it."""
    return risk_view(result, base)


def cells(table: ShownTable) -> dict[str, tuple[float | None, ...]]:
    """The figures of a table by the label of their row."""
    return {row.label: tuple(cell.value for cell in row.cells) for row in table.rows}


def test_every_path_is_in_one_bar(shown: RiskShown, result: RiskResult, base: Case) -> None:
    """The bars of each distribution and its bar at nothing add up to all paths that have the figure."""
    for name, _ in shown.outcomes:
        seen = risk_outcomes(result, base, name)
        whole = sum(share for _, _, share in seen.bars) + (seen.zero[1] if seen.zero else 0.0)
        assert whole == pytest.approx(100.0), name
        edges = [low for low, _, _ in seen.bars]
        assert edges == sorted(edges)
        assert all(a[1] == b[0] for a, b in zip(seen.bars, seen.bars[1:], strict=False))


@pytest.mark.parametrize(
    ("name", "low", "high", "words"),
    [
        ("llcr", 0.4, np.inf, "0.40 x or more"),
        ("partner_irr", -np.inf, 0.055, "less than 5.50 %"),
        ("partner_irr", 0.05, 0.055, "5.00 to 5.50 %"),
        ("share_paid", 7e6, 7.5e6, "$7.00m to $7.50m"),
        ("share_paid", 2_400.0, 2_600.0, "$0.0024m to $0.0026m"),
        ("vendor_npv", -8e6, 0.0, "−$8m to $0m"),
        ("payback_month", 54.0, np.inf, "54 months or more after the first"),
        ("payback_month", -np.inf, np.inf, "any value"),
    ],
)
def test_a_bar_is_told_by_its_edges(
    result: RiskResult, base: Case, name: str, low: float, high: float, words: str
) -> None:
    """Both edges of a bar are told with the same decimals, as many as they need, and with their unit."""
    assert explain_simulated(result, base, name, part=Between(low, high)).label.endswith(f": {words}")


def test_errors_are_told_in_plain_figures(result: RiskResult, base: Case) -> None:
    """A standard error is told with two digits and no power of ten; one of months is months."""
    for error, words in ((346e6, "$350m"), (1.26e9, "$1,300m"), (9_200.0, "$0.0092m"), (2e6, "$2m")):
        far = replace(result, measures=replace(result.measures, expected_loss=Estimate(1e9, error)))
        assert explain_simulated(far, base, "el").reason.endswith(f"Its standard error is {words}.")
    reason = explain_simulated(result, base, "payback_month").reason
    assert re.search(r"Its standard error is [0-9.]+ months\.$", reason), reason


def test_years_of_calls_are_told(result: RiskResult, base: Case) -> None:
    """The months of a year are told from first to last, one that has only one by that month."""
    said = [explain_simulated(result, base, "called_in_year", 12, last).formula_text for last in (23, 12)]
    assert said[0].endswith("is called from Jan 2028 to Dec 2028")
    assert said[1].endswith("is called in Jan 2028")


def test_every_figure_of_a_simulation_is_explained(shown: RiskShown, result: RiskResult, base: Case) -> None:
    """Each row of the tables has an explanation with its own figure, a reason and ingredients that lead on."""
    rows = {row.name: row for table in (shown.results, shown.support, shown.figures) for row in table.rows}
    assert len(rows) > 25
    for name, row in {**rows, **{row.name: row for row in shown.stress.rows}}.items():
        found = explain_simulated(result, base, name)
        assert (found.value is None) == (row.cells[0].value is None) == bool(found.missing), name
        assert found.internal
        assert ("standard error is" in found.reason) == (name in rows and row.cells[1].value is not None), name
        assert found.formula_text
        assert all(each.link is not None or each.kind == "constant" for each in found.ingredients)
    default = explain_simulated(result, base, "defaulted")
    assert default.value == result.kpis["defaulted"].mean.value
    assert default.unit == "%"
    with pytest.raises(DealError, match="The simulation has no figure"):
        explain_simulated(result, base, "cloud_nine")


def test_measures_follow_from_their_ingredients(result: RiskResult, base: Case) -> None:
    """Capital, RAROC and the vendor's position are what their formulas make of the figures named in them; the paths
    named with the loss have that loss when they are run again."""

    def parts(name: str) -> dict[str, float]:
        return {each.name: each.value for each in explain_simulated(result, base, name).ingredients}

    capital, measures = parts("economic_capital"), result.measures
    assert measures.economic_capital.value == pytest.approx(capital["value_at_risk"] - capital["el"])
    of = parts("raroc")
    earned = (of["income"] - of["el"]) / of["economic_capital"] / of["years of the model"]
    assert measures.raroc.value == pytest.approx(earned)
    of = parts("vendor_position")
    position = of["income"] + of["vendor.incrementality"] * of["hardware_margin"] - of["el"]
    assert measures.vendor_position.value == pytest.approx(position)
    worst, *_ = [each for each in explain_simulated(result, base, "el").ingredients if each.kind == "path"]
    assert path_case(base.deal, int(worst.name)).once["net_support_npv"] == pytest.approx(worst.value)


def test_the_bar_at_nothing_is_the_paths_that_never_call(shown: RiskShown, result: RiskResult) -> None:
    """The first bar of the loss holds the paths without a call, and the title says how many that are."""
    called = result.called.value
    assert called is not None
    assert shown.loss.zero is not None
    assert shown.loss.zero[0] == "No call"
    assert shown.loss.zero[1] == pytest.approx(100 * (1 - called))
    assert shown.loss.title == "Nearly four paths in five never call the support"
    assert 0.75 < 1 - called < 0.8


def test_marks_are_the_measures(shown: RiskShown, result: RiskResult) -> None:
    """Mean, VaR and CVaR of the loss are marked where they are, and the tail begins near VaR 95."""
    measures = result.measures
    wanted = (measures.expected_loss, measures.var95, measures.cvar95, measures.var99, measures.cvar99)
    assert [value for value, _, _ in shown.loss.marks] == [(each.value or 0.0) / 1e6 for each in wanted]
    assert [dashed for _, _, dashed in shown.loss.marks] == [False, False, True, False, True]
    assert shown.loss.tail is not None
    width = shown.loss.bars[0][1] - shown.loss.bars[0][0]
    assert abs(shown.loss.tail - (measures.var95.value or 0.0) / 1e6) <= width


def test_a_limit_is_counted_on_the_paths(result: RiskResult, base: Case) -> None:
    """The title of the partner's return says on which part of the paths it is under the cost of equity."""
    seen = risk_outcomes(result, base, "partner_irr")
    sample = result.kpis["partner_irr"].sample
    under = sample.counts[sample.values < base.deal.partner.discount_rate].sum() / sample.size
    assert seen.title == f"Partner IRR is under the cost of equity, 15.0 %, on {per_cent(under)} % of the paths"
    assert [words.split("  ")[0] for _, words, _ in seen.marks] == ["5 %", "Median", "95 %", "Base case"]


def test_tables_hold_the_measures_with_their_errors(shown: RiskShown, result: RiskResult) -> None:
    """Each measure stands with its standard error in the unit of its label; what does not exist has its reason."""
    table = cells(shown.results)
    measures = result.measures
    loss = measures.expected_loss
    assert table["Expected loss, $m"] == ((loss.value or 0.0) / 1e6, (loss.se or 0.0) / 1e6)
    assert table["Probability of any call, %"] == ((result.called.value or 0.0) * 100, (result.called.se or 0.0) * 100)
    assert table["RAROC, % a year (hurdle 15)"][0] == (measures.raroc.value or 0.0) * 100
    fee = next(row for row in shown.results.rows if row.label.startswith("Break-even running fee"))
    assert fee.cells[0].value == result.break_even_fee_bps.value
    assert bool(fee.cells[0].reason) is (result.break_even_fee_bps.value is None)
    own = result.own_default_by_year[-1]
    assert table["Partner default in 6.2 years, %"][0] == (own.value or 0.0) * 100


@pytest.mark.parametrize(
    ("loss", "error", "decimals"), [(5.6, 0.023, 2), (22.5, 1.2, 1), (259.0, 2.3, 0), (259.0, 0.3, 1)]
)
def test_an_error_is_never_rounded_away(
    result: RiskResult, base: Case, loss: float, error: float, decimals: int
) -> None:
    """The expected loss at a glance has as many decimals as its standard error needs to be seen."""
    measures = replace(result.measures, expected_loss=Estimate(loss * 1e6, error * 1e6))
    assert risk_view(replace(result, measures=measures), base).expected_loss == pytest.approx((loss, error, decimals))


def test_with_and_without_stand_side_by_side(shown: RiskShown, result: RiskResult) -> None:
    """The same paths without the support: the lenders lose more or as much, and nothing is paid."""
    table = cells(shown.support)
    assert table["Expected loss, $m"][2] == 0.0
    lenders = table["Lenders' expected loss, $m"]
    assert lenders[0] == (result.measures.lender_loss.value or 0.0) / 1e6
    assert (lenders[2] or 0.0) >= (lenders[0] or 0.0)


def test_the_reverse_stress_says_what_it_takes(shown: RiskShown, result: RiskResult) -> None:
    """Each event has its distance, or up to where none was found."""
    assert len(shown.stress.rows) == len(result.stresses)
    for row, point in zip(shown.stress.rows, result.stresses, strict=True):
        assert row.cells[0].value == point.distance
        assert bool(row.cells[0].reason) is (point.distance is None)


def test_a_fan_is_ordered_and_measured_against_the_floor(result: RiskResult, base: Case) -> None:
    """Percentiles come from the highest down, in every quarter; the floor is that of the base case."""
    fan = risk_fan(result, base, "cloud_revenue")
    assert [row.name for row in fan.rows] == ["95 %", "75 %", "Median", "25 %", "5 %"]
    for quarter in range(len(fan.positions)):
        values = [row.values[quarter] for row in fan.rows]
        assert values == sorted(values, key=lambda value: -(value or 0.0))
    assert fan.against is not None
    assert fan.against.values[4] == pytest.approx(base.lines["floor_amount"][12:15].sum() / 1e6)
    assert "floor" in fan.title


@pytest.mark.parametrize(
    ("level", "title"),
    [
        (1.0, "Even the 5 % path stays above the floor"),
        (1e9, "The base case itself is below the floor from 2027 to 2032"),
    ],
)
def test_a_fan_says_how_it_stands_to_its_limit(result: RiskResult, base: Case, level: float, title: str) -> None:
    """With the floor at next to nothing even the low path is above it; far up even the base case is below it."""
    lines = dict(base.lines)
    lines["floor_amount"] = np.full(base.months, level)
    fan = risk_fan(result, replace(base, lines=lines), "cloud_revenue")
    assert fan.title == title


def test_exposure_and_calls_are_those_of_the_result(shown: RiskShown, result: RiskResult) -> None:
    """The profile is shown in billions and millions, the calls in per cent of the paths."""
    assert shown.exposure is not None
    assert shown.exposure.contractual_unit == "$bn"
    assert shown.exposure.contractual[0] == pytest.approx(float(result.profile.contractual[0]) / 1e9)
    assert shown.exposure.expected[5] == pytest.approx(float(result.profile.expected[5]) / 1e6)
    assert shown.calls.in_year == tuple((each.value or 0.0) * 100 for each in result.called_in_year)
    assert shown.calls.so_far[-1] == pytest.approx((result.called.value or 0.0) * 100)
    assert shown.calls.years[0] == "2027"
    assert shown.calls.positions[-1] == "Jan 2033 to Feb 2033"


def test_the_worst_path_has_the_worst_loss(shown: RiskShown, result: RiskResult, base: Case) -> None:
    """The paths on offer are those at the percentiles, and run alone each gives its loss again."""
    words = {choice.words: choice.path for choice in shown.paths}
    sample = result.present_values["net_support_npv"].sample
    for name, part in (("worst path", 1.0), ("VaR 99 path", 0.99), ("VaR 95 path", 0.95)):
        case = path_case(base.deal, words[name], seed=result.settings.seed)
        assert case.once["net_support_npv"] == pytest.approx(sample.quantile(part), rel=1e-9)
    assert "median path" not in words  # it pays nothing


def test_a_deal_without_support_has_no_path_to_offer() -> None:
    """Without support nothing is called: one bar, no exposure, no worst path, and the sentence says so."""
    deal = with_value(load_template("austral"), "credit_support", ())
    seen = risk_view(simulate(deal, paths=600), evaluate(deal))
    assert seen.loss.title == "No path calls the support"
    assert seen.loss.bars == ()
    assert seen.exposure is None
    assert seen.paths == ()
    assert seen.calls.title == "No path calls the support in any year"
    assert "commitment_paid" not in dict(seen.fans)


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (0.0, "no path calls"),
        (0.023, "2.3 % of the paths call"),
        (0.2, "one path in five calls"),
        (0.19, "nearly one path in five calls"),
        (0.77, "over three paths in four call"),
        (0.5, "half of the paths call"),
        (0.9999, "99.9 % of the paths call"),
        (1.0, "every path calls"),
    ],
)
def test_parts_of_the_paths_in_words(part: float, words: str) -> None:
    """A part of all paths is said as people say it, with the verb that goes with it, and never rounded to all."""
    assert are(part, "calls", "call") == words
    assert part_words(part) in words


@pytest.mark.parametrize(
    ("error", "decimals"), [(0.2, 1), (0.09, 2), (0.8, 1), (2.0, 1), (0.004, 3), (0.0, 1), (33.0, 1)]
)
def test_errors_show_a_digit(error: float, decimals: int) -> None:
    """A figure has as many decimals as its standard error needs to show one digit."""
    assert error_decimals(Estimate(1.0, error), 1.0) == decimals
