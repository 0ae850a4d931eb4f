"""Figures of random deals held to what finance demands: `uv run python -m tests.hardening.figures 750 [FIRST]`.

Each deal is drawn over the whole schema, and tried as drawn, on a simulated path, in the fewest months with one phase
and one segment, in the most months, with money up to 1e15 and down to 1e-6, and, where it defaults, with a residual
value that is paid between default and enforcement. `accounts` says what must hold for each of them, `one_way` what must
move one way only as a floor or a cap is raised. What the deals come to is counted, so that nothing holds unseen.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.deal.kinds import MOST_MONEY
from models.deal.months import month_after
from models.deal.paths import deal_from
from models.engine.case import Case, case_of, evaluate, program_of
from models.lines.binding import bind
from tests.agreement.many_loops import path_inputs, path_of
from tests.agreement.paid_late import paid_late
from tests.agreement.random_deals import Json, random_deal
from tests.hardening import accounts, one_way

Array = NDArray[np.float64]

FEWEST, MOST = 6, 360
SMALL, LARGE, MANY = 1e-9, 1e4, 100.0
ENOUGH = 100
"""Draws from which on everything that is counted must occur."""
AMOUNTS = {
    "aggregate_cap",
    "amount",
    "annual_cap",
    "bands",
    "cap",
    "escrow",
    "fixed_amount",
    "minimum_annual",
    "minimum_cash",
    "opening_cash",
}
PRICES = {
    "floor_prices",
    "hardware_price",
    "other_capex",
    "power_price_kwh",
    "price",
    "price_floor",
    "rent_per_kw_month",
    "site_cost_per_gpu_hour",
    "variable_cost_per_gpu_hour",
}
COUNTS = {"gpus", "gpus_by_month"}


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
    """All money in billionths, where much of it is less than half a cent."""
    scaled: Json = _scaled(fields, dict.fromkeys(AMOUNTS | PRICES, SMALL))
    return scaled


def huge(fields: Json) -> Json:
    """A hundred times as many GPUs at prices ten thousand times larger, near the largest that the schema takes."""
    scaled: Json = _scaled(
        fields,
        {**dict.fromkeys(AMOUNTS, LARGE * MANY), **dict.fromkeys(PRICES, LARGE), **dict.fromkeys(COUNTS, MANY)},
    )
    return scaled


def _scaled(part: Any, factors: Mapping[str, float], factor: float = 1.0) -> Any:
    if isinstance(part, dict):
        return {name: _scaled(value, factors, factors.get(name, 1.0)) for name, value in part.items()}
    if isinstance(part, list):
        return [_scaled(value, factors, factor) for value in part]
    return part if factor == 1.0 or part is None else min(part * factor, MOST_MONEY)


FORMS: tuple[Callable[[Json], Json], ...] = (as_drawn, shortest, longest, tiny, huge)


def check(seeds: Iterable[int]) -> tuple[Counter[str], list[str]]:
    """What was tried and what it came to, and what does not hold."""
    counts, wrong = Counter[str](), []
    for seed in seeds:
        drawn = random_deal(seed)
        for name, case in _cases(seed, drawn):
            counts[f"deals {name}"] += 1
            counts.update(f"with {what}" for what in reached(case))
            wrong += [f"seed {seed}, {name}: {fault}" for fault in accounts.faults(case)]
        wrong += [f"seed {seed}: {fault}" for fault in one_way.faults(drawn, counts)]
    return counts, wrong


def _cases(seed: int, drawn: Json) -> Iterator[tuple[str, Case]]:
    """A deal evaluated in each form, each with its name."""
    for form in FORMS:
        yield form.__name__.replace("_", " "), evaluate(deal_from(form(drawn)))
    yield "on a path", case_on_path(drawn, path_of(seed, drawn))
    late = paid_late(drawn)
    if late is not None:
        yield "paid late", evaluate(deal_from(late))


REACHED: dict[str, Callable[[Mapping[str, Array]], Array]] = {
    "costs in arrears": lambda line: line["costs_unpaid"],
    "rent in arrears": lambda line: line["rent_unpaid"],
    "rent in arrears paid later": lambda line: line["rent_unpaid"][:-1] * line["rent_paid_cash"][1:],
    "interest in arrears": lambda line: line["interest_arrears"],
    "interest in arrears paid later": lambda line: line["interest_arrears"][:-1] * line["debt_service_paid"][1:],
    "fees in arrears": lambda line: line["fee_arrears"],
    "share in arrears": lambda line: line["share_arrears"],
    "a minimum share": lambda line: line["share_top_up"],
    "a claim beyond a cap": lambda line: line["commitment_unpaid_claim"],
    "commitment paid": lambda line: line["commitment_paid"],
    "a timely guarantee": lambda line: line["timely_draw"],
    "an ultimate guarantee": lambda line: line["ultimate_draw"],
    "lease guarantee": lambda line: line["lease_guarantee_draw"],
    "letter of credit": lambda line: line["letter_of_credit_draw"],
    "residual value": lambda line: line["residual_value_paid"],
    "residual value paid to lenders": lambda line: line["residual_recovery"],
    "residual value paid on interest": lambda line: line["residual_interest"],
    "escrow drawn": lambda line: line["escrow_draw"],
    "escrow returned": lambda line: line["escrow_to_cash"],
    "escrow left after a default": lambda line: line["escrow_released"] * line["defaulted"],
    "reimbursement": lambda line: line["reimbursement_paid"],
    "reserve drawn": lambda line: line["dsra_draw"],
    "prepayment": lambda line: line["sweep"],
    "recoupment": lambda line: line["recoupment_paid"],
    "sponsor support": lambda line: line["sponsor_support"],
    "tax": lambda line: line["tax_paid"],
    "default": lambda line: line["defaulted"],
    "default before delivery": lambda line: line["defaulted"][:-1] * line["phases_to_come"][1:],
    "lenders repaid at the end": lambda line: line["final_debt_repaid"],
    "lenders' loss": lambda line: line["lender_loss"],
    "lenders' recovery": lambda line: line["lender_recovery"],
    "no debt": lambda line: np.array([line["debt_balance"].max() == 0]),
    "no revenue": lambda line: np.array([line["cloud_revenue"].max() == 0]),
    "a leap day": lambda line: line["hours"] == 24.0 * 29,
    "money of 1e15": lambda line: line["capex_paid"].sum() + line["cloud_revenue"].sum() >= np.array([1e15]),
}
"""What a deal may come to, each by lines of which it makes one positive in some month."""


def reached(case: Case) -> Iterator[str]:
    """What the figures of a deal come to, by the names of REACHED."""
    lines = {**case.lines, "phases_to_come": _to_come(case)}
    for name, found in REACHED.items():
        if (found(lines) > 0.01).any():
            yield name


def _to_come(case: Case) -> Array:
    """1 in the months up to the last delivery."""
    last = max(case.dates.index(phase.delivery) for phase in case.deal.phases)
    return np.where(np.arange(case.months) <= last, 1.0, 0.0)


def case_on_path(fields: Json, path: Json) -> Case:
    """A deal evaluated under the factors of a path, as `random_path` gives them."""
    deal = deal_from(fields)
    inputs = bind(deal, path_inputs(path, deal.months))
    return case_of(deal, program_of(deal, simulated=True), inputs)


def main(arguments: Sequence[str]) -> int:
    """Try as many random deals as asked; 1 where anything does not hold."""
    number = int(arguments[0]) if arguments else 750
    first = int(arguments[1]) if len(arguments) > 1 else 0
    began = time.monotonic()
    counts, wrong = check(range(first, first + number))
    if number >= ENOUGH:
        wrong += [f"no deal comes to {name}" for name in REACHED if not counts[f"with {name}"]]
    lines = [f"{count:7} {what}" for what, count in sorted(counts.items())]
    took = time.monotonic() - began
    sys.stdout.write("\n".join([*lines, *wrong, f"{number} draws, {len(wrong)} wrong ({took:.0f} s)"]) + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
