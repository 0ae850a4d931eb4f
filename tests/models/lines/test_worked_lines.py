"""What is not paid is owed again, and who may help out: lines of the month with the amounts around them given.

Some of them no whole deal reaches: tax is at most the month's profit, whose cash is there before any tax is paid.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
import pytest

from models.deal.paths import deal_from
from models.deal.schema import Deal
from models.engine.evaluate import Program
from models.language.model import build
from models.language.tree import Input
from models.lines.binding import bind
from models.lines.book import BOOK
from models.lines.structure import surroundings
from tests.models.deal.samples import every_support

LIMITS = {
    "capacity_commitment": {"aggregate_cap": 100.0, "internal_use_value": 0.5},
    "debt_guarantee": {"cap": 100.0},
    "lease_guarantee": {"cap": 100.0},
    "letter_of_credit": {"amount": 100.0},
}


@cache
def deal_of_all() -> Deal:
    """A deal with every support, each up to 100; a kicker of a quarter, three quarters of margin, half of it new."""
    fields = every_support()
    fields["credit_support"] = [support | LIMITS.get(support["kind"], {}) for support in fields["credit_support"]]
    fields["equity_kicker"] = 0.25
    fields["vendor"] |= {"gross_margin": 0.75, "incrementality": 0.5}
    return deal_from(fields)


@cache
def program_given(names: tuple[str, ...], wanted: tuple[str, ...]) -> Program:
    """The model of that deal with lines of some names as inputs, for the lines wanted."""
    given = {name: Input(f"given.{name}") for name in names}
    return Program(build(BOOK, surroundings(deal_of_all(), simulated=False, given=given))).keeping(wanted)


def lines_with(given: Mapping[str, Sequence[float]], wanted: Sequence[str]) -> dict[str, list[float]]:
    """Lines of that deal in its first months, where other lines are given; these are zero after the months given."""
    deal = deal_of_all()
    inputs = bind(deal)
    for name, values in given.items():
        inputs[f"given.{name}"] = np.array([*values, *[0.0] * (deal.months - len(values))])[:, None]
    months = max(map(len, given.values()))
    rows = program_given(tuple(given), tuple(wanted)).run(inputs, deal.months)
    return {name: row[:months, 0].tolist() for name, row in rows.items()}


def test_unpaid_tax_is_owed_again() -> None:
    """Of 50 of tax none is paid without cash; with 10 more 60 are owed, 30 paid, and the last 30 a month later."""
    found = lines_with(
        {"operating": [1, 1, 1], "tax_due": [50, 10, 0], "cash_after_rent": [0, 30, 100]},
        ["tax_owed", "tax_paid", "tax_unpaid", "cash_after_tax"],
    )
    assert found == {
        "tax_owed": [50, 60, 30],
        "tax_paid": [0, 30, 30],
        "tax_unpaid": [50, 30, 0],
        "cash_after_tax": [0, 0, 70],
    }


def test_shareholders_cover_costs_rent_tax_and_interest_until_the_first_repayment() -> None:
    """They add what 30 + 20 + 5 + 4 lack beside 10 of cash, 49; nothing where cash is enough or repayment began."""
    found = lines_with(
        {
            "operating": [1, 1, 1, 0],
            "before_repayment": [1, 1, 0, 1],
            "costs_owed": [30, 30, 30, 30],
            "rent_owed": [20, 20, 20, 20],
            "tax_owed": [5, 5, 5, 5],
            "interest_owed": [4, 4, 4, 4],
            "cash_earned": [10, 80, 10, 10],
        },
        ["sponsor_support"],
    )
    assert found["sponsor_support"] == [49, 0, 0, 0]


def test_a_residual_value_after_a_default_pays_interest_first() -> None:
    """Of 100 owed and 8 of interest unpaid, a payment of 50 leaves 58 of debt; one of 200 takes 108 and no more."""
    given = {
        "operating": [0, 0, 1, 0],
        "enforcement": [0, 0, 0, 1],
        "closing": [0, 0, 0, 1],
        "debt_after_service": [100, 100, 100, 100],
        "interest_unpaid": [8, 8, 8, 8],
        "sweep": [0, 0, 0, 0],
        "residual_value_paid": [50, 200, 50, 50],
    }
    wanted = ["residual_recovery", "residual_interest", "debt_before_closing", "interest_arrears", "debt_balance"]
    assert lines_with(given, wanted) == {
        "residual_recovery": [50, 108, 0, 0],
        "residual_interest": [8, 8, 0, 0],
        "debt_before_closing": [58, 0, 100, 100],
        "interest_arrears": [0, 0, 8, 0],
        "debt_balance": [58, 0, 100, 0],
    }


def test_payback_counts_half_a_cent_as_nothing() -> None:
    """Out of pocket by more than half a cent is not yet back: the month after the last such one is the payback."""
    found = lines_with(
        {"equity_to_date": [-9, -0.02, -0.004, -0.006, -0.005, 0.001, 3]}, ["unpaid_back", "payback_month"]
    )
    assert found["unpaid_back"] == [1, 2, 0, 4, 0, 0, 0]
    assert found["payback_month"] == [4]


@pytest.mark.parametrize(
    ("draw", "to_date", "left"),
    [
        ("commitment_paid", "commitment_to_date", "aggregate_left"),
        ("debt_guarantee_draw", "guarantee_to_date", "guarantee_left"),
        ("lease_guarantee_draw", "lease_to_date", "lease_left"),
        ("letter_of_credit_draw", "letter_to_date", "letter_left"),
    ],
)
def test_what_was_paid_is_left_no_more(draw: str, to_date: str, left: str) -> None:
    """Of 100 promised 100, 40, 10 and nothing are left after 60, 30 and 30; the check tells of the 20 beyond it."""
    others = {"debt_guarantee_draw", "lease_guarantee_draw", "letter_of_credit_draw", "commitment_paid"} - {draw}
    given = {draw: [60.0, 30.0, 30.0, 0.0], **{other: [0.0] * 4 for other in others}}
    found = lines_with(given, [to_date, left, "check_limits"])
    assert found[to_date] == [60, 90, 120, 120]
    assert found[left] == [100, 40, 10, 0]
    assert found["check_limits"] == pytest.approx([0, 0, 20 - 0.005, 20 - 0.005])


OFF = 7.0
OWED = ("share_payable", "share_arrears", "fee_arrears", "reimbursement_balance", "deferred_balance")
ACCOUNTS = ("cash_close", "dsra_balance", "debt_balance", "interest_arrears", "escrow_balance", *OWED)


@pytest.mark.parametrize(
    ("check", "plus", "minus"),
    [
        (
            "check_funding",
            "capex_paid support_upfront_paid loan_upfront_fee",
            "debt_draw equity_for_capex",
        ),
        (
            "check_cash",
            "cash_open cloud_revenue commitment_paid residual_value_paid sponsor_support residual_proceeds "
            "escrow_to_cash",
            "operating_costs_paid rent_paid_cash tax_paid service_from_cash dsra_draw sweep final_debt_repaid "
            "lender_recovery fees_in_order fees_at_closing reimbursement_paid share_paid recoupment_paid "
            "distribution_in_order left_to_partner cash_close dsra_balance",
        ),
        (
            "check_debt",
            "debt_draw interest_owed",
            "debt_service_paid sweep final_debt_repaid lender_recovery ultimate_draw lender_loss debt_balance "
            "interest_arrears",
        ),
        ("check_bands", "share_base", "band_base[0] band_base[1]"),
        (
            "check_hours",
            "available_gpu_hours",
            "sold_gpu_hours[0] sold_gpu_hours[1] sold_gpu_hours[2] unsold_gpu_hours",
        ),
    ],
)
def test_a_check_sees_each_amount_in_it(check: str, plus: str, minus: str) -> None:
    """Amounts of 1, 2, 4, ... that cancel leave a check at zero; with any of them 7 higher it is 7 less half a cent."""
    sides = [*((name, 1) for name in plus.split()), *((name, -1) for name in minus.split())]
    amounts = {name: float(2**k) for k, (name, _) in enumerate(sides)}
    *others, (last, sign) = sides
    amounts[last] = -sign * sum(side * amounts[name] for name, side in others)
    assert lines_with({name: [amount] for name, amount in amounts.items()}, [check]) == {check: [0.0]}
    for wrong in amounts:
        given = {name: [amount + OFF * (name == wrong)] for name, amount in amounts.items()}
        assert lines_with(given, [check])[check] == pytest.approx([OFF - 0.005]), wrong


@pytest.mark.parametrize("account", ACCOUNTS)
def test_an_overdrawn_account_is_seen(account: str) -> None:
    """Any account below zero is told by how much beyond half a cent; those above zero are sound."""
    given = {name: [3.0, 3.0, 0.0, 3.0] for name in ACCOUNTS}
    assert lines_with(given, ["check_balances"])["check_balances"] == [0, 0, 0, 0]
    given[account] = [3.0, -2.0, -0.004, 0.0]
    assert lines_with(given, ["check_balances"])["check_balances"] == pytest.approx([0, 2 - 0.005, 0, 0])


def test_what_is_left_after_the_last_month_is_seen() -> None:
    """Debt, cash, reserve and escrow may stand in any month but the last, where all four are told together."""
    names = ("debt_balance", "cash_close", "dsra_balance", "escrow_balance")
    given = {name: [5.0, float(2**k)] for k, name in enumerate(names)} | {"last_month": [0.0, 1.0]}
    assert lines_with(given, ["check_end"])["check_end"] == pytest.approx([0, 1 + 2 + 4 + 8 - 0.005])


def test_what_the_vendor_pays_and_earns() -> None:
    """Half of 8 bought counts, so 4 + 1 + 2 + 3 are paid, then 6 of which 4 come back; below half a cent is no call.

    The vendor is paid 10 + 2 + a quarter of 40, its margin is 100 less a quarter of 120, and half of that is new.
    """
    given: dict[str, list[float]] = {
        "commitment_paid": [8, 0, 0.004],
        "debt_guarantee_draw": [1, 0, 0],
        "lease_guarantee_draw": [2, 0, 0],
        "letter_of_credit_draw": [3, 0, 0],
        "residual_value_paid": [0, 6, 0],
        "reimbursement_paid": [0, 4, 0.002],
        "share_paid": [10, 12, 0],
        "support_fees_paid": [2, 1, 0],
        "distributions": [40, 0, 0],
        "hardware_paid": [100, 0, 0],
        "hardware_deferred": [20, 0, 0],
        "recoupment_paid": [0, 5, 0],
    }
    expected = {
        "support_payments": [10, 6, 0.002],
        "support_called": [1, 1, 0],
        "net_support_payments": [10, 2, 0],
        "support_income": [22, 13, 0],
        "hardware_margin": [70, 5, 0],
        "vendor_position": [22 + 35 - 10, 13 + 2.5 - 2, 0],
        "vendor_support_flow": [12, 16, 0],
        "vendor_flow": [112, 16, 0],
    }
    found = lines_with(given, list(expected))
    for name, values in expected.items():
        assert found[name] == pytest.approx(values, abs=1e-12), name


@pytest.mark.parametrize(
    ("flow", "received", "out_from", "months"),
    [
        ([-100, -50, 0, 30, 200], (3 * 30 + 4 * 200) / 230, 1 / 3, (3 * 30 + 4 * 200) / 230 - 1 / 3),
        ([-100, -50, 0, 30, 0], 3, (1 / 3 + 1) / 2, 3 - 2 / 3),
        ([-100, 150, 0, 0, 0], 1, 0, 1),
    ],
)
def test_how_long_the_shareholders_money_is_out(
    flow: list[float], received: float, out_from: float, months: float
) -> None:
    """From the mean month of what is paid in, later where money is lost, to that of what is received; one at least."""
    wanted = ["mean_month_received", "equity_out_from", "equity_months", "equity_to_date"]
    found = lines_with({"partner_equity_flow": flow}, wanted)
    assert found["mean_month_received"] == pytest.approx([received])
    assert found["equity_out_from"] == pytest.approx([out_from])
    assert found["equity_months"] == pytest.approx([months])
    assert found["equity_to_date"] == np.cumsum(flow).tolist()


def test_the_share_counts_towards_its_cap_until_it_is_full() -> None:
    """Of 60, 30 and 5 the last is charged after the cap was full and does not count; what counted before stays."""
    given = {"share_counted": [60.0, 30.0, 5.0], "cap_full": [0.0, 0.0, 1.0]}
    assert lines_with(given, ["counted_to_date"])["counted_to_date"] == [60, 90, 90]
