"""The independent month loop against the worked deals, and against the conservation of cash on random ones."""

from __future__ import annotations

import csv
import json
from functools import cache
from math import isfinite, isnan
from pathlib import Path

import pytest

from .month_loop import evaluate, prepare, run
from .month_loop_figures import key_figures
from .month_loop_plan import Json, Plan
from .month_loop_sales import Lines
from .random_deals import EDGE_EVERY, EDGES, coverage, random_deal, random_path
from .random_support import BASES, KINDS

EXPECTED = Path(__file__).parent / "expected"
WORKED = sorted(path.stem for path in EXPECTED.glob("*.deal"))
SEEDS = range(60)

BALANCES = """
    cash_close dsra_balance debt_balance share_payable share_arrears reimbursement_balance deferred_balance tax_losses
    operating_costs_paid rent_paid_cash escrow_draw lease_guarantee_draw escrow_released tax_paid debt_service_due
    debt_service_paid debt_service_unpaid dsra_draw letter_of_credit_draw debt_guarantee_draw lender_recovery
    lender_loss support_fees_paid reimbursement_paid share_paid recoupment_paid sweep distributions sponsor_support
    commitment_claim commitment_paid commitment_unpaid_claim residual_value_paid unsold_gpu_hours final_debt_repaid
"""

PAID_BY = {
    "capacity_commitment": "commitment_paid",
    "debt_guarantee": "debt_guarantee_draw",
    "lease_guarantee": "lease_guarantee_draw",
    "residual_value": "residual_value_paid",
    "letter_of_credit": "letter_of_credit_draw",
}


def worked_deal(name: str) -> Json:
    """Return a worked deal."""
    deal: Json = json.loads((EXPECTED / f"{name}.deal").read_text(encoding="utf-8"))
    return deal


@cache
def computed(seed: int, on_a_path: bool) -> tuple[Plan, Lines]:
    """The plan and the lines of a random deal, in the base case or on a path; computed once for all tests."""
    deal = random_deal(seed)
    made = prepare(deal)
    return made, run(made, **(random_path(seed, deal) if on_a_path else {}))


def close(found: float, expected: float) -> bool:
    """Say whether a figure is the expected one, to a cent and nine digits; infinities must be the same."""
    return found == expected or abs(found - expected) <= 0.01 + 1e-9 * abs(expected)


@pytest.mark.parametrize("name", WORKED)
def test_every_cell_of_a_worked_deal_is_the_expected_one(name: str) -> None:
    """The month loop reproduces every cell of every line of a worked deal."""
    lines, _ = evaluate(worked_deal(name))
    with (EXPECTED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file) if row[0] != "line"]
    wrong = [
        (row[0], month, value, lines[row[0]][month])
        for row in rows
        for month, value in enumerate(row[1:])
        if not close(lines[row[0]][month], float(value))
    ]
    assert len(rows) > 80
    assert wrong == []


@pytest.mark.parametrize("name", WORKED)
def test_every_key_figure_of_a_worked_deal_is_the_expected_one(name: str) -> None:
    """The month loop reproduces every key figure of a worked deal."""
    _, figures = evaluate(worked_deal(name))
    for row in (EXPECTED / f"{name}.kpi.txt").read_text(encoding="utf-8").splitlines():
        key, text = row.split()
        found = figures[key]
        if text == "None" or isnan(float(text)):
            assert found is None, key
        else:
            assert found is not None, key
            assert close(found, float(text)), key


@pytest.mark.parametrize("on_a_path", [False, True], ids=["base case", "simulated path"])
def test_cash_that_came_in_went_out_or_is_left(on_a_path: bool) -> None:
    """Each month what the partner, the lenders and all sides together received went out or is left."""
    for seed in SEEDS:
        made, lines = computed(seed, on_a_path)
        partner, lenders, everyone = (
            _cash_kept(made, lines),
            _lenders_claim(made, lines),
            _flows_between_all(made, lines),
        )
        for month in range(made.months):
            assert abs(partner[month]) < 0.01, (seed, month)
            assert abs(lenders[month]) < 0.01, (seed, month)
            assert abs(everyone[month]) < 0.01, (seed, month)


@pytest.mark.parametrize("on_a_path", [False, True], ids=["base case", "simulated path"])
def test_no_balance_and_no_payment_is_ever_negative(on_a_path: bool) -> None:
    """Balances and payments are never below zero, and only cover is ever infinite."""
    for seed in SEEDS:
        made, lines = computed(seed, on_a_path)
        figures = key_figures(made, lines)
        for name in BALANCES.split():
            assert min(lines[name]) > -1e-5, (seed, name)
        assert lines["cash_close"][-1] == pytest.approx(0.0, abs=0.005), seed
        for name, values in lines.items():
            assert len(values) == made.months, (seed, name)
            assert name == "dscr_12m" or all(isfinite(value) for value in values), (seed, name)
        assert all(value is None or isfinite(value) for value in figures.values()), (seed, figures)


@pytest.mark.parametrize("on_a_path", [False, True], ids=["base case", "simulated path"])
def test_no_support_pays_beyond_its_limit_and_what_is_reimbursable_is_owed(on_a_path: bool) -> None:
    """Support stays within its caps, and what must be returned was returned or is owed."""
    for seed in SEEDS:
        made, lines = computed(seed, on_a_path)
        paid = {kind: sum(lines[PAID_BY[kind]]) for kind in KINDS}
        support = made.supports
        limits = {
            "capacity_commitment": support.get("capacity_commitment", {}).get("aggregate_cap"),
            "debt_guarantee": made.guarantee_cap,
            "lease_guarantee": support.get("lease_guarantee", {}).get("cap", 0.0),
            "letter_of_credit": support.get("letter_of_credit", {}).get("amount", 0.0),
        }
        for kind, limit in limits.items():
            assert limit is None or paid[kind] <= limit + 0.01, (seed, kind)
        yearly = support.get("capacity_commitment", {}).get("annual_cap")
        for year in range(made.year[-1] + 1):
            called = sum(lines["commitment_paid"][month] for month in range(made.months) if made.year[month] == year)
            assert yearly is None or called <= yearly + 0.01, (seed, year)
        owed = sum(paid[kind] for kind in support if support[kind]["reimbursable"])
        assert sum(lines["reimbursement_paid"]) + lines["reimbursement_balance"][-1] >= owed - 0.01, seed


@pytest.mark.parametrize("on_a_path", [False, True], ids=["base case", "simulated path"])
def test_segments_never_sell_more_than_is_there(on_a_path: bool) -> None:
    """Hours sold are those of all segments and at most those available."""
    for seed in SEEDS:
        made, lines = computed(seed, on_a_path)
        for month, available in enumerate(lines["available_gpu_hours"]):
            sold = sum(lines[f"sold_gpu_hours[{number}]"][month] for number in range(len(made.deal["demand"])))
            assert sold == pytest.approx(lines["sold_gpu_hours"][month])
            assert sold <= available * (1 + 1e-12), (seed, month)
            assert lines["supported_gpu_hours"][month] <= available * (1 + 1e-12), (seed, month)


def test_sixty_seeds_reach_every_kind_and_every_way_of_claiming() -> None:
    """The random deals reach every kind of support, basis, profile, sizing and limit, given or not."""
    found = coverage(random_deal(seed) for seed in SEEDS)
    assert found["kind"] == {*KINDS, "none"}
    assert found["basis"] == set(BASES)
    assert found["reimbursable"] == {f"{kind} {flag}" for kind in KINDS for flag in (True, False)}
    assert found["timing"] == {"timely", "ultimate"}
    assert found["netting"] == {"none", "annual"}
    assert found["profile"] == {"sculpted", "annuity", "straight_line"}
    assert found["sizing"] == {"cover", "advance", "fixed"}
    assert found["sizing_case"] == {"floor_called", "contracted", "base"}
    assert found["share basis"] == {"gross", "net_of_power", "excess_over_floor"}
    assert found["share rank"] == {"before_debt", "after_debt"}
    for limit in (
        "capacity_commitment aggregate_cap",
        "capacity_commitment annual_cap",
        "capacity_commitment longstop",
        "debt_guarantee cap",
        "debt_guarantee cap_fraction",
        "lease_guarantee escrow_release",
        "lease_guarantee end",
        "residual_value cap_fraction",
        "share cap",
    ):
        assert found[limit] == {"none", "given"}, limit
    assert len(SEEDS) >= EDGE_EVERY * len(EDGES)


def test_about_a_third_of_the_random_deals_default() -> None:
    """The random deals default often enough to test it and seldom enough to test the rest."""
    defaults = sum(bool(max(computed(seed, False)[1]["defaulted"])) for seed in SEEDS)
    assert len(SEEDS) / 5 < defaults < len(SEEDS) / 2


def test_a_seed_always_gives_the_same_deal_and_a_file_can_hold_it() -> None:
    """A seed always gives the same deal, and a deal file can hold it."""
    for seed in SEEDS:
        deal = random_deal(seed)
        assert deal == random_deal(seed)
        assert json.loads(json.dumps(deal, allow_nan=False)) == deal


def _cash_kept(made: Plan, lines: dict[str, list[float]]) -> list[float]:
    """Return what is missing each month from the partner's cash, reserve and escrow: nothing, when no cash is lost."""
    escrow = float(made.supports.get("lease_guarantee", {}).get("escrow", 0.0))
    held = made.deal["partner"]["opening_cash"] + escrow
    missing = []
    for month in range(made.months):
        now = {name: values[month] for name, values in lines.items()}
        operating = now["operating"] == 1
        came = now["cloud_revenue"] + now["commitment_paid"] + now["residual_value_paid"] + now["sponsor_support"]
        came += now["residual_proceeds"]
        went = now["operating_costs_paid"] + now["rent_paid_cash"] + now["escrow_draw"] + now["tax_paid"]
        went += now["debt_service_paid"] - now["letter_of_credit_draw"]
        went -= now["debt_guarantee_draw"] if operating else _timely_after_default(now)
        went += now["support_fees_paid"] - made.support_upfront[month] + now["reimbursement_paid"]
        went += now["share_paid"] + now["recoupment_paid"] + now["sweep"] + now["final_debt_repaid"]
        went += now["lender_recovery"] + now["distributions"]
        escrow -= now["escrow_draw"] + now["escrow_released"]
        if month == made.months - 1:
            escrow = 0.0
        left = now["cash_close"] + now["dsra_balance"] + escrow
        missing.append(held + came - went - left)
        held = left
    return missing


def _timely_after_default(now: dict[str, float]) -> float:
    """Return the part of the debt service that neither reserve nor letter of credit paid while cash waits."""
    return now["debt_service_paid"] - now["dsra_draw"] - now["letter_of_credit_draw"]


def _lenders_claim(made: Plan, lines: dict[str, list[float]]) -> list[float]:
    """Return what is missing each month from the lenders' claim, debt and interest in arrears."""
    arrears = 0.0
    missing = []
    for month in range(made.months):
        now = {name: values[month] for name, values in lines.items()}
        enforced = now["operating"] == 0 and now["residual_proceeds"] > 0
        before = lines["debt_balance"][month - 1] if month else 0.0
        interest = now["debt_service_due"] - now["principal_due"]
        got = now["debt_service_paid"] + now["sweep"] + now["final_debt_repaid"] + now["lender_recovery"]
        if now["operating"] == 0:
            got += now["debt_guarantee_draw"] - _timely_after_default(now)
        arrears = max(0.0, interest - now["debt_service_paid"])
        if now["operating"] == 0 and not enforced:
            arrears -= min(arrears, now["lender_recovery"])
        if enforced or month == made.months - 1:
            arrears = 0.0
        claim = before + now["debt_draw"] + interest - got - now["lender_loss"]
        missing.append(claim - now["debt_balance"] - arrears)
    return missing


def _flows_between_all(made: Plan, lines: dict[str, list[float]]) -> list[float]:
    """Return what is missing each month when the flows of shareholders, vendor, lenders and suppliers are added up."""
    lease: Json = made.supports.get("lease_guarantee", {})
    used = made.commitment["internal_use_value"] if made.commitment else 0.0
    escrow = float(lease.get("escrow", 0.0))
    held = 0.0
    missing = []
    for month in range(made.months):
        now = {name: values[month] for name, values in lines.items()}
        vendor = now["vendor_flow"] - used * now["commitment_paid"]
        lenders = now["debt_service_paid"] + now["sweep"] + now["final_debt_repaid"] + now["lender_recovery"]
        lenders += made.loan_upfront[month] - now["debt_draw"]
        if now["operating"] == 0:
            lenders += now["debt_guarantee_draw"] - _timely_after_default(now)
        suppliers = now["operating_costs_paid"] + now["tax_paid"] + now["capex_paid"] - now["hardware_paid"]
        suppliers += now["rent_paid_cash"] + now["escrow_draw"] + now["lease_guarantee_draw"]
        escrow -= now["escrow_draw"] + now["escrow_released"]
        if month == made.months - 1:
            escrow = 0.0
        left = now["cash_close"] + now["dsra_balance"] + escrow
        given = now["cloud_revenue"] + now["residual_proceeds"]
        missing.append(given - now["partner_equity_flow"] - vendor - lenders - suppliers - (left - held))
        held = left
    return missing
