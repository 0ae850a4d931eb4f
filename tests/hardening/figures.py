"""Figures of random deals held to what finance demands: `uv run python -m tests.hardening.figures 2000 [FIRST]`.

Each deal is drawn over the whole schema, and tried as drawn, in the fewest months with one phase and one segment, in
the most months, and with all its money ten thousand times larger and a million times smaller. `accounts` says what must
hold for each of them, `one_way` what must move one way only as a floor or a cap is raised.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from models.deal.months import month_after
from models.deal.paths import deal_from
from models.engine.case import Case, evaluate
from tests.agreement.random_deals import Json, random_deal
from tests.hardening import accounts, one_way

FEWEST, MOST = 6, 360
SMALL, LARGE = 1e-6, 1e4
MONEY = {
    "aggregate_cap",
    "amount",
    "annual_cap",
    "bands",
    "cap",
    "escrow",
    "fixed_amount",
    "floor_prices",
    "hardware_price",
    "minimum_annual",
    "minimum_cash",
    "opening_cash",
    "other_capex",
    "power_price_kwh",
    "price",
    "price_floor",
    "rent_per_kw_month",
    "site_cost_per_gpu_hour",
    "variable_cost_per_gpu_hour",
}


def as_drawn(fields: Json) -> Json:
    """The deal itself."""
    return fields


def shortest(fields: Json) -> Json:
    """Six months, one phase, one segment; the debt is repaid from the second month on."""
    start = fields["start"]
    phase = dict(fields["phases"][0], delivery=start, install_months=0, ramp_months=0)
    segment = dict(fields["demand"][0], start=start, end=None)
    debt = dict(fields["senior_debt"], first_repayment=month_after(start, 1), repayment_months=5)
    if debt["fixed_amount"] is not None:
        unpaid = 1 - fields["vendor_finance"]["deferred_fraction"]
        cost = phase["gpus"] * (phase["hardware_price"] * unpaid + phase["other_capex"])
        debt["fixed_amount"] = min(debt["fixed_amount"], cost * (1 - 1e-12))
    return dict(fields, months=FEWEST, phases=[phase], demand=[segment], senior_debt=debt)


def longest(fields: Json) -> Json:
    """Thirty years, with the debt repaid over most of them."""
    return dict(fields, months=MOST, senior_debt=dict(fields["senior_debt"], repayment_months=300))


def tiny(fields: Json) -> Json:
    """All money in millionths, where rounding to cents hides much of it."""
    scaled: Json = _scaled(fields, SMALL)
    return scaled


def huge(fields: Json) -> Json:
    """All money ten thousand times larger, up to the largest prices that the schema takes."""
    scaled: Json = _scaled(fields, LARGE)
    return scaled


def _scaled(part: Any, factor: float, money: bool = False) -> Any:
    if isinstance(part, dict):
        return {name: _scaled(value, factor, name in MONEY) for name, value in part.items()}
    if isinstance(part, list):
        return [_scaled(value, factor, money) for value in part]
    return part * factor if money and part is not None else part


FORMS: tuple[Callable[[Json], Json], ...] = (as_drawn, shortest, longest, tiny, huge)


def check(seeds: Iterable[int]) -> tuple[Counter[str], list[str]]:
    """What was tried, and what does not hold."""
    counts, wrong = Counter[str](), []
    for seed in seeds:
        drawn = random_deal(seed)
        for form in FORMS:
            case = evaluate(deal_from(form(drawn)))
            counts[f"deals {form.__name__.replace('_', ' ')}"] += 1
            _note(case, counts)
            wrong += [f"seed {seed}, {form.__name__}: {fault}" for fault in accounts.faults(case)]
        wrong += [f"seed {seed}: {fault}" for fault in one_way.faults(drawn, counts)]
    return counts, wrong


def _note(case: Case, counts: Counter[str]) -> None:
    """Count what makes the figures worth checking."""
    counts["with a default"] += bool(case.kpis["defaulted"])
    counts["with a leap day"] += any(date.endswith("-02") and int(date[:4]) % 4 == 0 for date in case.dates)
    for name in ("commitment_paid", "debt_guarantee_draw", "lease_guarantee_draw", "letter_of_credit_draw"):
        counts[f"with {name.replace('_', ' ')}"] += bool(case.lines[name].max() > 0)


def main(arguments: Sequence[str]) -> int:
    """Try as many random deals as asked; 1 where anything does not hold."""
    number = int(arguments[0]) if arguments else 2000
    first = int(arguments[1]) if len(arguments) > 1 else 0
    began = time.monotonic()
    counts, wrong = check(range(first, first + number))
    lines = [f"{count:7} {what}" for what, count in sorted(counts.items())]
    took = time.monotonic() - began
    sys.stdout.write("\n".join([*lines, *wrong, f"{number} draws, {len(wrong)} wrong ({took:.0f} s)"]) + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
