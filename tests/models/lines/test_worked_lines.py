"""What is not paid is owed again, and who may help out: lines of the month with the amounts around them given.

Some of them no whole deal reaches: tax is at most the month's profit, whose cash is there before any tax is paid.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from models.deal.paths import deal_from
from models.engine.evaluate import Program
from models.language.model import build
from models.language.tree import Input
from models.lines.binding import bind
from models.lines.book import BOOK
from models.lines.structure import surroundings
from tests.models.deal.samples import every_support


def lines_with(given: Mapping[str, Sequence[float]], wanted: Sequence[str]) -> dict[str, list[float]]:
    """Lines of a deal with every support in its first months, in which other lines are given; zero after those."""
    deal = deal_from(every_support())
    around = surroundings(deal, simulated=False, given={name: Input(f"given.{name}") for name in given})
    program = Program(build(BOOK, around)).keeping(wanted)
    inputs = bind(deal)
    for name, values in given.items():
        inputs[f"given.{name}"] = np.array([*values, *[0.0] * (deal.months - len(values))])[:, None]
    months = max(map(len, given.values()))
    return {name: row[:months, 0].tolist() for name, row in program.run(inputs, deal.months).items()}


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
