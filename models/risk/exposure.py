"""What the vendor may still have to pay, seen from each month."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models.engine.case import Case
from models.risk.results import Profile

Array = NDArray[np.float64]

PAYMENTS = "support_payments"
HIGH = 0.95


def profile_of(base: Case, payments: Array) -> Profile:
    """The exposure profile.

    Args:
        base: the base case, for what is contractual.
        payments: support payments by path, shape (months, paths).
    """
    ahead = np.cumsum(payments[::-1], axis=0)[::-1]
    high = np.quantile(ahead, HIGH, axis=1, method="inverted_cdf")
    return Profile(contractual_of(base), ahead.mean(axis=1), np.asarray(high))


def contractual_of(base: Case) -> Array:
    """The most that could still be asked for under all supports, as if none had paid yet and nobody defaulted.

    Commitment: the floor amounts from the first month not yet settled on, at most its cap, less what the vendor
    recovers by using the capacity.
    Debt guarantee: the guaranteed part of the debt as scheduled, brought forward or drawn in the month, at most its
    cap. Lease guarantee and letter of credit: cap and amount, the lease's up to its end. Residual value: up to its
    date the agreed part of the strike, at most its cap.
    """
    deal, lines, once = base.deal, base.lines, base.once
    month, open_ = np.arange(deal.months), np.zeros(deal.months)
    for support in deal.credit_support:
        match support.kind:
            case "capacity_commitment":
                ahead = lines["floor_ahead"][_unsettled_from(lines["commitment_settles"])]
                capped = ahead if support.aggregate_cap is None else np.minimum(ahead, support.aggregate_cap)
                open_ += capped * (1 - support.internal_use_value)
            case "debt_guarantee":
                owed = np.concatenate([[0.0], lines["scheduled_balance"][:-1]]) + lines["planned_draw"]
                open_ += np.minimum(once["guarantee_cap"], support.coverage * owed)
            case "lease_guarantee":
                end = once["lease_ends"] if support.end is not None else float(deal.months)
                open_ += np.where(month <= end, support.cap, 0.0)
            case "letter_of_credit":
                open_ += support.amount
            case _:
                costs = np.array([once[f"hardware_cost[{i}]"] for i in range(len(deal.phases))])
                most = support.quota * support.strike_fraction
                if support.cap_fraction is not None:
                    most = min(most, support.cap_fraction)
                due = lines["residual_date"].argmax() if lines["residual_date"].any() else -1
                open_ += np.where(month <= due, most * costs.sum(), 0.0)
    return open_


def _unsettled_from(settles: Array) -> NDArray[np.int64]:
    """For each month the first one whose claims are settled in it or later, shape (months,)."""
    month = np.arange(settles.size)
    after = np.where(np.concatenate([[1.0], settles[:-1]]) > 0, month, 0)
    return np.asarray(np.maximum.accumulate(after), dtype=np.int64)
