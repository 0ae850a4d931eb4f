"""Scenarios as layers over the base: what they make of a deal, and edits that stay in their layer."""

import pytest

from models import (
    Deal,
    DealError,
    changed_in,
    dumps_deal,
    free_name,
    load_template,
    loads_deal,
    parent_deal,
    reset_in,
    scenario_deal,
    scenario_names,
    unfit_changes,
    value_at,
    with_duplicate,
    with_parent,
    with_renamed,
    with_scenario,
    with_value,
    with_values,
    without_scenario,
)

FLOOR = "credit_support[0].floor_prices[1]"
FLOORS = "credit_support[0].floor_prices"


@pytest.fixture
def deal() -> Deal:
    """A deal with a scenario and another one upon it."""
    made = with_scenario(load_template("austral"), "Stress", None, {"operations.pue": 1.3})
    return with_scenario(made, "Worse", "Stress", {FLOOR: 2.9})


def changes(deal: Deal, name: str) -> dict[str, object]:
    """The layer of a scenario."""
    (found,) = (scenario for scenario in deal.scenarios or () if scenario.name == name)
    return dict(found.changes)


def test_a_scenario_is_the_base_with_its_layers(deal: Deal) -> None:
    """A scenario has the changes of what it builds on and its own, and nothing else differs from the base."""
    base = with_value(deal, "scenarios", None)
    assert scenario_deal(deal, "") == base
    assert scenario_deal(deal, "Stress") == with_value(base, "operations.pue", 1.3)
    assert scenario_deal(deal, "Worse") == with_value(with_value(base, "operations.pue", 1.3), FLOOR, 2.9)
    assert parent_deal(deal, "Worse") == scenario_deal(deal, "Stress")


def test_the_base_moves_under_its_layers(deal: Deal) -> None:
    """A change of the base shows in every scenario that does not change the same field: layers are no copies."""
    moved = with_value(with_value(deal, "senior_debt.margin", 0.04), "operations.pue", 1.1)
    worse = scenario_deal(moved, "Worse")
    assert worse.senior_debt.margin == 0.04
    assert worse.operations.pue == 1.3


def test_an_edit_stays_in_its_layer(deal: Deal) -> None:
    """A value put into a scenario enters its layer; the base, its parent and every other layer stay as they were."""
    edited = changed_in(deal, "Worse", "senior_debt.margin", 0.05)
    assert changes(edited, "Worse") == {FLOOR: 2.9, "senior_debt.margin": 0.05}
    assert changes(edited, "Stress") == changes(deal, "Stress")
    assert scenario_deal(edited, "") == scenario_deal(deal, "")
    assert scenario_deal(edited, "Worse").senior_debt.margin == 0.05


def test_a_value_like_the_parents_leaves_the_layer(deal: Deal) -> None:
    """Typing back what the scenario builds on takes the field out of the layer."""
    edited = changed_in(deal, "Worse", FLOOR, value_at(deal, FLOOR))
    assert changes(edited, "Worse") == {}


def test_a_table_in_a_layer_stays_one_change(deal: Deal) -> None:
    """A table of another length is one change, an entry of it goes into it, and an entry alone is a change alone."""
    longer = changed_in(deal, "Worse", FLOORS, (3.5, 3.0, 2.5))
    assert changes(longer, "Worse") == {FLOORS: (3.5, 3.0, 2.5)}
    entry = changed_in(longer, "Worse", f"{FLOORS}[2]", 2.4)
    assert changes(entry, "Worse") == {FLOORS: (3.5, 3.0, 2.4)}


def test_a_list_with_fewer_items_is_one_change(deal: Deal) -> None:
    """Taking an item away puts the whole list into the layer; edits of its items stay in it."""
    fewer = changed_in(deal, "Worse", "phases", deal.phases[:3])
    assert set(changes(fewer, "Worse")) == {FLOOR, "phases"}
    edited = changed_in(fewer, "Worse", "phases[0].gpus", 9_000)
    assert set(changes(edited, "Worse")) == {FLOOR, "phases"}
    assert [phase.gpus for phase in scenario_deal(edited, "Worse").phases] == [9_000, 10_000, 10_000]


def test_a_field_can_be_reset(deal: Deal) -> None:
    """Resetting a field takes it out of the layer, also by the table or part it is in; other changes stay."""
    edited = changed_in(deal, "Worse", "senior_debt.margin", 0.05)
    assert changes(reset_in(edited, "Worse", (FLOOR,)), "Worse") == {"senior_debt.margin": 0.05}
    assert changes(reset_in(edited, "Worse", ("senior_debt",)), "Worse") == {FLOOR: 2.9}


def test_an_edit_that_cannot_be_used_is_refused(deal: Deal) -> None:
    """A value that the scenario's deal refuses is told in a sentence, as for the base."""
    with pytest.raises(DealError, match="First repayment"):
        changed_in(deal, "Worse", "senior_debt.first_repayment", "2026-01")


def test_a_change_of_what_is_gone_is_left_out(deal: Deal) -> None:
    """Where the base loses an item, a scenario that changes it can still be used, without that change."""
    bare = with_value(deal, "credit_support", ())
    assert scenario_deal(bare, "Worse").credit_support == ()
    assert changes(changed_in(bare, "Worse", "months", 80), "Worse") == {FLOOR: 2.9, "months": 80}


def test_scenarios_are_renamed_and_moved(deal: Deal) -> None:
    """A new name is followed by those that build on it; another parent changes what is built on."""
    renamed = with_renamed(deal, "Stress", "Downside")
    assert scenario_names(renamed) == ("Downside", "Worse")
    assert scenario_deal(renamed, "Worse") == scenario_deal(deal, "Worse")
    moved = with_parent(deal, "Worse", None)
    assert scenario_deal(moved, "Worse").operations.pue == deal.operations.pue
    with pytest.raises(DealError, match="must not build on itself"):
        with_parent(deal, "Stress", "Worse")


def test_names_are_free_or_refused(deal: Deal) -> None:
    """Each scenario has a name of its own; a free one can be had, a missing one is named with those there are."""
    assert free_name(deal, "Stress") == "Stress 2"
    assert free_name(deal, "Upside") == "Upside"
    with pytest.raises(DealError, match="as another scenario is"):
        with_scenario(deal, "Stress")
    with pytest.raises(DealError, match='no scenario "Upside"; it has "Stress", "Worse"'):
        scenario_deal(deal, "Upside")


def test_a_removed_layer_leaves_its_changes_to_those_upon_it(deal: Deal) -> None:
    """Removing a scenario changes nothing in those that build on it."""
    left = without_scenario(deal, "Stress")
    assert scenario_names(left) == ("Worse",)
    assert scenario_deal(left, "Worse") == scenario_deal(deal, "Worse")
    assert without_scenario(left, "Worse").scenarios is None


def test_scenarios_are_part_of_the_file(deal: Deal) -> None:
    """A deal with scenarios, a duplicate and a whole list in a layer reads back as it was written."""
    full = changed_in(with_duplicate(deal, "Worse", "Worst"), "Worst", "phases", deal.phases[:2])
    assert loads_deal(dumps_deal(full)) == full
    assert scenario_names(full) == ("Stress", "Worse", "Worst")


def test_several_values_go_together(deal: Deal) -> None:
    """Values that contradict the deal alone may go in together, in the base or in one layer; a wrong path is told."""
    moved = {"phases[3].delivery": "2027-12", "senior_debt.first_repayment": "2028-03", FLOOR: 3.3}
    for name in ("", "Stress"):
        after = with_values(deal, name, moved)
        seen = scenario_deal(after, name) if name else after
        assert {path: value_at(seen, path) for path in moved} == moved
        assert (after.senior_debt == deal.senior_debt) == bool(name)
        assert scenario_names(after) == scenario_names(deal)
    assert with_values(deal, "", {}) == deal
    with pytest.raises(DealError, match=r'no field "phases\[99\]\.gpus"'):
        with_values(deal, "", {"phases[99].gpus": 5})
    with pytest.raises(DealError, match="must come before the first repayment"):
        with_values(deal, "", {"phases[3].delivery": "2027-12"})


def test_changes_that_do_not_fit_are_named(deal: Deal) -> None:
    """Of a scenario that the base contradicts only the changes at fault are named; of one that can be used none; where
    the fault lies elsewhere all of them are."""
    late = changed_in(deal, "Worse", "phases[3].delivery", "2027-07")
    assert unfit_changes(late, "Worse") == ()
    early = with_value(late, "senior_debt.first_repayment", "2027-06")
    assert unfit_changes(early, "Worse") == ("phases[3].delivery",)
    assert set(changes(early, "Worse")) == {FLOOR, "phases[3].delivery"}
    below = with_value(
        changed_in(deal, "Stress", "phases[3].delivery", "2027-07"), "senior_debt.first_repayment", "2027-06"
    )
    assert unfit_changes(below, "Stress") == ("phases[3].delivery",)
    assert unfit_changes(below, "Worse") == (FLOOR,)
