"""Cash by year and sources and uses: nothing is lost between what comes in and what goes out."""

import pytest

from models import evaluate, load_template, template_names, with_value
from models.analysis.waterfall import cash_waterfall, sources_and_uses
from models.engine.case import Case

NAMES = [template.name for template in template_names()]


def case_of(name: str) -> Case:
    """A template, computed."""
    return evaluate(load_template(name))


@pytest.mark.parametrize("name", NAMES)
def test_the_cash_of_each_year_adds_up_to_nothing(name: str) -> None:
    """What comes in equals what goes out and what is put by, in each calendar year of each template."""
    seen = cash_waterfall(case_of(name))
    for year in range(len(seen.positions)):
        assert sum(part.values[year] or 0.0 for part in seen.parts) == pytest.approx(0.0, abs=1e-6)
    for part in seen.parts:
        assert len(part.values) == len(seen.positions)
        sign = {"in": 1, "out": -1, "kept": 0}[part.side]
        assert all((value or 0.0) * sign >= 0 for value in part.values)


def test_parts_are_the_lines_of_the_model() -> None:
    """Revenue and the vendor's part are the totals of their lines; a part that never moves is left out."""
    case = case_of("austral")
    parts = {part.key: sum(value or 0.0 for value in part.values) for part in cash_waterfall(case).parts}
    assert parts["revenue"] == pytest.approx(case.lines["cloud_revenue"].sum() / 1e6)
    assert parts["vendor"] == pytest.approx(-case.lines["share_paid"].sum() / 1e6)
    assert "support" not in parts
    stressed = cash_waterfall(case_of("austral-stress"))
    paid = {part.key: sum(value or 0.0 for value in part.values) for part in stressed.parts}
    assert paid["support"] == pytest.approx(case_of("austral-stress").lines["commitment_paid"].sum() / 1e6)


def test_the_title_says_who_gets_most() -> None:
    """The title names the two who get most of the cash, with their parts."""
    seen = cash_waterfall(case_of("austral"))
    totals = {part.key: sum(value or 0.0 for value in part.values) for part in seen.parts}
    came = sum(total for key, total in totals.items() if total > 0 and key != "kept")
    paid = {key: -total for key, total in totals.items() if total < 0}
    assert max(paid, key=lambda key: paid[key]) == "lenders"
    assert seen.title.startswith(f"{paid['lenders'] / came * 100:.0f} % of the cash goes to the lenders")
    assert "Cloud revenue $6,940m" in seen.summary


@pytest.mark.parametrize("name", NAMES)
def test_sources_equal_uses(name: str) -> None:
    """Both piles have one height, and the shares of each add up to all."""
    seen = sources_and_uses(case_of(name))
    for parts in (seen.sources, seen.uses):
        assert f"{sum(part.value for part in parts):,.{seen.decimals}f}" == seen.total
        assert sum(float(part.share.removesuffix(" %")) for part in parts) == pytest.approx(100.0, abs=0.2)


def test_what_the_vendor_defers_stands_on_both_sides() -> None:
    """A deferred hardware price is a source of its own and part of the hardware."""
    deal = with_value(load_template("austral"), "vendor_finance.deferred_fraction", 0.2)
    case = evaluate(deal)
    seen = sources_and_uses(case)
    sources = {part.key: part.value for part in seen.sources}
    uses = {part.key: part.value for part in seen.uses}
    hardware = sum(phase.gpus * phase.hardware_price for phase in deal.phases) / 1e6
    assert uses["hardware"] == pytest.approx(hardware)
    assert sources["deferred"] == pytest.approx(0.2 * hardware)


def test_a_deal_without_capital_says_so() -> None:
    """With nothing to pay for there are no piles, and the title says so."""
    deal = load_template("austral")
    for index in range(len(deal.phases)):
        deal = with_value(deal, f"phases[{index}].hardware_price", 0.0)
        deal = with_value(deal, f"phases[{index}].other_capex", 0.0)
    for index, support in enumerate(deal.credit_support):
        if support.upfront_fee:
            deal = with_value(deal, f"credit_support[{index}].upfront_fee", 0.0)
    seen = sources_and_uses(evaluate(deal))
    assert seen.title == "Nothing is built"
    assert seen.sources == seen.uses == ()
