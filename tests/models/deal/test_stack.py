"""What lies under a scenario: the order of its layers, and what is said where a layer leads nowhere or too far."""

import pytest

from models import DealError, changed_in, check_deal, load_template, scenario_deal, with_scenario, with_value


def test_a_table_is_laid_down_before_its_entries() -> None:
    """Within a layer a whole table comes first and its entries over it, in whichever order the file names them."""
    changes = {"credit_support[0].floor_prices[2]": 2.0, "credit_support[0].floor_prices": (3.5, 3.0, 2.5)}
    deal = with_scenario(load_template("austral"), "Floors", None, changes)
    (commitment,) = scenario_deal(deal, "Floors").credit_support
    assert commitment.model_dump()["floor_prices"] == (3.5, 3.0, 2.0)


def test_what_a_layer_adds_the_layer_above_may_change() -> None:
    """A segment that a parent adds can be changed by its child; no warning says that the deal has no such field."""
    base = load_template("austral")
    last = len(base.demand)
    deal = changed_in(with_scenario(base, "More"), "More", "demand", (*base.demand, base.demand[0]))
    deal = with_scenario(deal, "More, dearer", "More", {f"demand[{last}].price": 9})
    assert scenario_deal(deal, "More, dearer").demand[last].price == 9
    assert [problem for problem in check_deal(deal) if problem.path.startswith("scenarios")] == []


def test_the_nearest_name_is_offered() -> None:
    """Asking for a scenario by nearly its name is met with that name."""
    deal = with_scenario(load_template("austral"), "Slow demand")
    with pytest.raises(DealError, match='no scenario "slow demnd"; did you mean "Slow demand"'):
        scenario_deal(deal, "slow demnd")
    with pytest.raises(DealError, match="it has none"):
        scenario_deal(load_template("fjord"), "Late")


def test_a_state_that_cannot_be_used_does_not_lock_the_base() -> None:
    """Where an edit of the base makes a scenario unusable, the base can be edited all the same; a warning says so."""
    deal = with_scenario(load_template("austral"), "Late", None, {"phases[0].delivery": "2027-07"})
    moved = with_value(deal, "senior_debt.first_repayment", "2027-06")
    (told,) = (problem for problem in check_deal(moved) if problem.path == "scenarios[0].changes")
    assert told.severity == "warning"
    assert told.message.startswith('Scenario "Late" cannot be used: Delivery of ')
    with pytest.raises(DealError, match="must come before the first repayment"):
        scenario_deal(moved, "Late")


def test_a_scenario_changes_no_scenario() -> None:
    """A layer that names the scenarios themselves, or the version of the file, is refused."""
    for path in ("scenarios", "schema"):
        with pytest.raises(DealError, match="must be the path of a field"):
            with_scenario(load_template("fjord"), "Odd", None, {path: 1})
