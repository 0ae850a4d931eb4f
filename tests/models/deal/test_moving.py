"""A deal moved in time."""

import pytest

from models import (
    DatesMove,
    Deal,
    DealError,
    evaluate,
    load_template,
    scenario_deal,
    template_names,
    value_at,
    with_dates_moved,
    with_scenario,
)

DATES = ("start", "phases[0].delivery", "senior_debt.first_repayment", "demand[0].start", "demand[0].end")


def with_layers() -> Deal:
    """A deal with a chain of three scenarios, in each of which something is a date, and one with a list of supports."""
    deal = with_scenario(load_template("austral"), "Late", changes={"phases[0].delivery": "2027-04"})
    deal = with_scenario(deal, "Later", "Late", {"phases[0].delivery": "2027-06", "demand[0].gpus": 100.0})
    deal = with_scenario(deal, "Repaid", "Later", {"senior_debt.first_repayment": "2028-02", "name": "2027-01"})
    supports = deal.model_dump(by_alias=True)["credit_support"]
    supports[0]["longstop"] = "2028-05"
    return with_scenario(deal, "Supported", changes={"credit_support": supports})


@pytest.mark.parametrize("name", [template.name for template in template_names()])
def test_every_date_moves_and_nothing_else(name: str) -> None:
    """Moved by a leap cycle, a deal and its scenarios have every month four years later and the same figures."""
    deal = load_template(name)
    start = f"{int(deal.start[:4]) + 4}{deal.start[4:]}"
    moved = with_dates_moved(deal, "", DatesMove(deal.start, start))
    for path in DATES:
        before, after = str(value_at(deal, path)), str(value_at(moved, path))
        assert after == (f"{int(before[:4]) + 4}{before[4:]}" if before != "None" else before)
    assert moved.model_dump_json() != deal.model_dump_json()
    for each in ("", *(scenario.name for scenario in deal.scenarios or ())):
        now, then = (evaluate(scenario_deal(one, each)).kpis for one in (moved, deal))
        known = {name: value for name, value in then.items() if value is not None}
        assert {name: now[name] for name in known} == pytest.approx(known, rel=1e-12)
        assert all(now[name] is None for name in then if name not in known)
    assert with_dates_moved(moved, "", DatesMove(start, deal.start)) == deal


def test_dates_of_scenarios_move_with_what_they_are_built_on() -> None:
    """With the base all scenarios move, with a scenario those built on it alone; numbers and names stay."""
    deal = with_layers()
    moved = with_dates_moved(deal, "", DatesMove("2027-01", "2028-02"))
    late, later, repaid, supported = (dict(each.changes) for each in (moved.scenarios or ())[-4:])
    assert late == {"phases[0].delivery": "2028-05"}
    assert later == {"phases[0].delivery": "2028-07", "demand[0].gpus": 100.0}
    assert repaid == {"senior_debt.first_repayment": "2029-03", "name": "2027-01"}
    assert "2029-06" in str(supported)
    assert "2028-05" not in str(supported)
    part = with_dates_moved(deal, "Later", DatesMove("2027-01", "2026-12"))
    assert value_at(part, "start") == value_at(deal, "start")
    assert [dict(each.changes) for each in (part.scenarios or ()) if each.name in ("Late", "Supported")] == [
        dict(each.changes) for each in (deal.scenarios or ()) if each.name in ("Late", "Supported")
    ]
    for name, path, month in (
        ("Later", "start", "2026-12"),
        ("Later", "phases[0].delivery", "2027-05"),
        ("Repaid", "phases[0].delivery", "2027-05"),
        ("Repaid", "senior_debt.first_repayment", "2028-01"),
    ):
        assert value_at(scenario_deal(part, name), path) == month


def test_no_date_leaves_the_calendar() -> None:
    """A move beyond the months that can be written is refused with a sentence, for scenarios too."""
    deal = load_template("austral")
    for start in ("2199-12", "2199-10"):
        with pytest.raises(DealError, match="cannot be moved so far"):
            with_dates_moved(deal, "", DatesMove(deal.start, start))
    far = with_scenario(deal, "Far", changes={"credit_support[0].longstop": "2190-01"})
    with pytest.raises(DealError, match="cannot be moved so far"):
        with_dates_moved(far, "", DatesMove(deal.start, "2040-01"))
