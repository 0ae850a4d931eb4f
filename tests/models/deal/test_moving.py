"""A deal moved in time."""

import pytest

from models import DealError, dates_moved, evaluate, load_template, template_names, value_at, with_values


@pytest.mark.parametrize("name", [template.name for template in template_names()])
def test_every_date_moves_and_nothing_else(name: str) -> None:
    """Moved by a leap cycle, a deal has every month four years later and the same figures."""
    deal = load_template(name)
    changes = dates_moved(deal, deal.start, f"{int(deal.start[:4]) + 4}{deal.start[4:]}")
    for path, month in changes.items():
        before = str(value_at(deal, path))
        assert month == f"{int(before[:4]) + 4}{before[4:]}"
    moved = with_values(deal, "", changes)
    assert {"start", "phases[0].delivery", "senior_debt.first_repayment", "demand[0].start"} <= set(changes)
    now, then = evaluate(moved).kpis, evaluate(deal).kpis
    known = {name: value for name, value in then.items() if value is not None}
    assert {name: now[name] for name in known} == pytest.approx(known, rel=1e-12)
    assert all(now[name] is None for name in then if name not in known)


def test_no_date_leaves_the_calendar() -> None:
    """A move beyond the months that can be written is refused with a sentence."""
    deal = load_template("austral")
    with pytest.raises(DealError, match="cannot be moved so far"):
        dates_moved(deal, deal.start, "2199-12")
