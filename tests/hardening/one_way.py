"""Terms that must move figures one way only, tried in many columns of one deal.

They hold where nothing else moves: the debt is fixed and repaid by its own plan, there is no tax, the share ranks after
debt, support carries no fee. Then

- a higher floor never lowers the lenders' cover in any month without an unpaid service or default. Two terms are left
  out, which let a higher floor pay earlier and so less later: caps, and the right to hand over sold hours, whose
  revenue is lost at once and whose claim is paid at the next settlement;
- a higher cap never lowers what has been paid to date, in any month, whatever else happens. Until the lower cap is
  full nothing differs, and from then on it pays nothing. The right to hand over hours is left out here too: it is used
  only where what is left holds the whole claim, so that a cap a little higher can be left with a rest that fits none;
- a higher cap on the share never lowers what has accrued, as long as there is no default.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from models.deal.paths import deal_from
from models.deal.schema import Deal
from models.engine.case import program_of
from models.lines.binding import bind
from tests.agreement.random_deals import Json

Array = NDArray[np.float64]

STEPS = np.linspace(0.5, 1.5, 9)[None, :]
UNDER_A_FLOOR = (
    "cfads_12m",
    "cloud_revenue",
    "commitment_paid",
    "debt_amount",
    "debt_service_unpaid",
    "defaulted",
    "dscr_12m",
)
CAPS = {
    "capacity_commitment": ("aggregate_cap", "commitment_paid"),
    "debt_guarantee": ("cap", "debt_guarantee_draw"),
    "lease_guarantee": ("cap", "lease_guarantee_draw"),
    "letter_of_credit": ("amount", "letter_of_credit_draw"),
}


def plain(fields: Json) -> Json:
    """The same deal with its debt fixed, without tax and fees, and with the share after debt."""
    debt = dict(fields["senior_debt"], sizing="fixed", cash_sweep=0.0, sizing_case="base")
    capex = sum(
        phase["gpus"]
        * (phase["hardware_price"] * (1 - fields["vendor_finance"]["deferred_fraction"]) + phase["other_capex"])
        for phase in fields["phases"]
    )
    if debt["fixed_amount"] is None:
        debt["fixed_amount"] = 0.4 * capex * (1 - 1e-9)
    return dict(
        fields,
        senior_debt=debt,
        partner=dict(fields["partner"], tax_rate=0.0),
        revenue_share=dict(fields["revenue_share"], rank="after_debt"),
        credit_support=[dict(support, fee_bps=0.0, upfront_fee=0.0) for support in fields["credit_support"]],
    )


def run(deal: Deal, path: str, values: Array, names: Collection[str]) -> Mapping[str, Array]:
    """Some lines of a deal, of shape (months, columns), with one input that differs by column."""
    rows = program_of(deal).keeping(names).run({**bind(deal), path: values}, deal.months)
    return {name: np.broadcast_to(row, (len(row), values.shape[1])) for name, row in rows.items()}


def falls(values: Array, scale: float) -> bool:
    """Whether a figure falls anywhere from one column to the next, beyond rounding."""
    return bool((values[:, 1:] < values[:, :-1] - (0.01 + 1e-11 * scale)).any())


def faults(fields: Json, counts: dict[str, int]) -> Iterator[str]:
    """What moves the wrong way in a random deal, in words; counts what was tried."""
    fields = plain(fields)
    yield from _caps(fields, counts)
    yield from _share_cap(fields, counts)
    yield from _floor(fields, counts)


def _caps(fields: Json, counts: dict[str, int]) -> Iterator[str]:
    deal = deal_from(fields)
    for number, support in enumerate(fields["credit_support"]):
        if support["kind"] not in CAPS or support.get("basis") == "unsold_hours_put":
            continue
        name, line = CAPS[support["kind"]]
        if support[name] is None:
            continue
        counts[f"caps of a {support['kind'].replace('_', ' ')}"] += 1
        rows = run(deal, f"credit_support[{number}].{name}", support[name] * STEPS, [line])
        if falls(rows[line].cumsum(axis=0), float(support[name])):
            yield f"a higher cap of the {support['kind'].replace('_', ' ')} pays less"


def _share_cap(fields: Json, counts: dict[str, int]) -> Iterator[str]:
    share = fields["revenue_share"]
    put = any(support.get("basis") == "unsold_hours_put" for support in fields["credit_support"])
    if share["cap_multiple"] is None or (put and share["include_support_payments"]):
        return
    deal = deal_from(dict(fields, revenue_share=dict(share, tail_rate=0.0)))
    wanted = ("defaulted", "share_accrued", "cloud_revenue")
    rows = run(deal, "revenue_share.cap_multiple", share["cap_multiple"] * STEPS, wanted)
    if rows["defaulted"].max() > 0:
        return
    counts["caps of a share"] += 1
    if falls(rows["share_accrued"].cumsum(axis=0), float(rows["cloud_revenue"].sum())):
        yield "a higher cap of the share accrues less"


def _floor(fields: Json, counts: dict[str, int]) -> Iterator[str]:
    supports = [_without_caps(support) for support in fields["credit_support"]]
    deal = deal_from(dict(fields, credit_support=supports))
    for number, support in enumerate(supports):
        if support["kind"] != "capacity_commitment" or not support["floor_prices"]:
            continue
        prices = np.array(support["floor_prices"])[:, None] * STEPS
        rows = run(deal, f"credit_support[{number}].floor_prices", prices, UNDER_A_FLOOR)
        sound = (rows["defaulted"].max(axis=0) == 0) & (rows["debt_service_unpaid"].max(axis=0) < 0.005)
        if rows["debt_amount"].max() <= 0 or sound.sum() < 2:
            continue
        counts["floors under a cover"] += 1
        counts["of which are called"] += bool(rows["commitment_paid"].max() > 0)
        if falls(rows["cfads_12m"][:, sound], float(rows["cloud_revenue"].sum())):
            yield "a higher floor lowers the cash for debt service"
        cover = rows["dscr_12m"][:, sound]
        if (cover[:, 1:] < cover[:, :-1] - 1e-9).any():
            yield "a higher floor lowers the cover"


def _without_caps(support: Json) -> Json:
    """The same support without the terms that let a higher floor pay less later."""
    if support["kind"] != "capacity_commitment":
        return support
    basis = "unsold_hours" if support["basis"] == "unsold_hours_put" else support["basis"]
    return dict(support, aggregate_cap=None, annual_cap=None, basis=basis)
