"""Figures of charts that are several lines together: what they are called and which lines they add up."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Sum:
    """Lines added up over months, less those of `minus`; with `growth` stocks, of which the growth is meant."""

    label: str
    reason: str
    plus: tuple[str, ...]
    minus: tuple[str, ...] = ()
    growth: bool = False


SUMS: Mapping[str, Sum] = {
    "sum.support": Sum(
        "Vendor’s support",
        "What the vendor pays to the partner under its support.",
        ("commitment_paid", "residual_value_paid"),
    ),
    "sum.sponsors": Sum(
        "Sponsors", "What sponsors and their escrow pay in.", ("sponsor_support", "escrow_received")
    ),
    "sum.lenders": Sum(
        "Lenders",
        "What lenders are paid, from cash, reserve, sweep and in the end.",
        ("service_from_cash", "dsra_draw", "sweep", "final_debt_repaid", "lender_recovery"),
    ),
    "sum.vendor": Sum(
        "Vendor",
        "What the vendor is paid: share, deferred price, fees and reimbursement.",
        ("share_paid", "recoupment_paid", "running_fees_paid", "reimbursement_paid"),
    ),
    "sum.kept": Sum(
        "Cash and reserve",
        "What is put by: by how much cash and reserve account grow.",
        ("cash_close", "dsra_balance"),
        growth=True,
    ),
    "sum.hardware": Sum(
        "Hardware", "The price of the hardware, paid and deferred.", ("hardware_paid", "hardware_deferred")
    ),
    "sum.other": Sum(
        "Other capital", "The capital cost without the hardware.", ("capex_paid",), ("hardware_paid",)
    ),
    "sum.fees": Sum(
        "Upfront fees", "What loan and support cost at the start.", ("loan_upfront_fee", "support_upfront_paid")
    ),
    "sum.due": Sum(
        "Costs and debt",
        "What revenue has to pay for before the equity: costs, rent and debt service.",
        ("operating_costs", "rent_due", "scheduled_debt_service"),
    ),
}  # fmt: skip
"""By the name that `explain` takes."""


def figure_of(name: str, row: Callable[[str], Sequence[float]]) -> str:
    """The figure that explains a sum: the sum, or its line where no more than one of its lines is not 0.

    Args:
        row: the values of a line by month, empty for one that the model does not have.
    """
    made = SUMS[name]
    moved = [each for each in (*made.plus, *made.minus) if any(row(each))]
    alone = len(moved) == 1 and moved[0] in made.plus and not made.growth
    return moved[0] if alone else name
