"""A few of the random deals whose figures the command beside this checks by the thousand."""

from dataclasses import replace

import numpy as np
import pytest

from models.deal.paths import deal_from
from models.engine.case import evaluate, program_of
from models.lines.binding import bind
from tests.agreement import month_loop
from tests.agreement.many_loops import differences
from tests.agreement.random_deals import Json, coverage, random_deal
from tests.hardening import accounts, figures
from tests.models.deal.samples import the_problem

SEEDS = (0, 2, 5, 9, 25, 33, 39)
"""Few that together come to everything."""


def test_figures_of_random_deals_hold() -> None:
    """No money is made or lost, nothing is overdrawn, no limit is passed, and terms move figures the right way.

    The deals come to everything that the command counts: arrears of each kind, prepayment, default before delivery.
    """
    counts, wrong = figures.check(SEEDS)
    assert wrong == []
    for name in ("as drawn", "shortest", "longest", "tiny", "huge", "on a path"):
        assert counts[f"deals {name}"] == len(SEEDS), name
    assert [name for name in figures.REACHED if not counts[f"with {name}"]] == []
    drawn, every = (coverage(random_deal(seed) for seed in seeds) for seeds in (SEEDS, range(60)))
    for what in ("kind", "basis", "share basis", "profile", "share rank", "sizing", "timing", "netting"):
        assert drawn[what] | {"none"} == every[what] | {"none"}, what
    for what in ("deals paid late", "floors under a cover", "of which are called", "caps of a share"):
        assert counts[what] > 0, what


@pytest.mark.parametrize("months", [2, 3, 4, 5])
def test_the_fewest_months_agree(months: int) -> None:
    """The model holds for fewer months than a deal may have: each line is that of the month loop from two on."""
    for seed in (0, 2, 3, 7, 18):
        fields = figures.shortest(random_deal(seed))
        deal = deal_from(fields)
        rows = program_of(deal).run({**bind(deal), "months": float(months)}, months)
        lines, _ = month_loop.evaluate(dict(fields, months=months))
        assert list(differences({name: row[:, 0] for name, row in rows.items()}, lines)) == [], seed


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"months": 0}, "Deal: Length (months) is 0; it must be a whole number from 6 to 360."),
        ({"months": 5}, "Deal: Length (months) is 5; it must be a whole number from 6 to 360."),
        ({"months": 361}, "Deal: Length (months) is 361; it must be a whole number from 6 to 360."),
        ({"phases": []}, "Phases (phases) has 0 entries; 1 to 12 are allowed."),
        ({"demand": []}, "Demand (demand) has 0 entries; 1 to 20 are allowed."),
    ],
)
def test_a_deal_of_nothing_is_refused(change: Json, sentence: str) -> None:
    """No month, no phase and no segment make no deal, and more months than are computed neither: a sentence says so."""
    assert the_problem(random_deal(1) | change).message == sentence


@pytest.mark.parametrize(
    ("name", "by", "found"),
    [
        ("vendor_flow", 1.0, "money is made or lost"),
        ("tax_paid", 1.0, "money is made or lost"),
        ("debt_balance", -1e9, "debt_balance falls to"),
        ("sold_gpu_hours", 1e12, "the hours available is passed"),
        ("hours", 24.0, "calendar days"),
        ("cash_close", np.nan, "cash_close is no number"),
        ("letter_of_credit_draw", 1e12, "the letter of credit is passed"),
        ("lease_guarantee_draw", 1e12, "the cap of the lease guarantee is passed"),
        ("debt_guarantee_draw", 1e12, "the cap of the debt guarantee is passed"),
        ("commitment_paid", 1e12, "the gross commitment is passed"),
        ("share_accrued", 1e12, "the cap of the share is passed"),
    ],
)
def test_a_wrong_figure_is_found(name: str, by: float, found: str) -> None:
    """A figure that is off in one month is named: the checks are not blind."""
    fields = random_deal(18)
    fields["revenue_share"]["tail_rate"] = 0.01  # what a full cap lets through is no excuse
    case = evaluate(deal_from(fields))
    assert list(accounts.faults(case)) == []
    lines = dict(case.lines)
    lines[name] = lines[name] + np.where(np.arange(case.months) == 9, by, 0.0)
    assert any(found in fault for fault in accounts.faults(replace(case, lines=lines)))
