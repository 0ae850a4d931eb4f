"""Random deals whose residual value is paid between default and enforcement, where chance seldom puts it."""

from __future__ import annotations

from models.deal.months import month_after

from . import month_loop
from .random_deals import Json

BEFORE_ENFORCEMENT = 4


def paid_late(fields: Json) -> Json | None:
    """The deal with a residual value that falls due two months after its default, None for one that never defaults.

    Nothing before the default changes: what was promised for another month is left out before the default is found.
    """
    others = [support for support in fields["credit_support"] if support["kind"] != "residual_value"]
    collateral = dict(fields["collateral"], enforcement_months=BEFORE_ENFORCEMENT)
    plain = dict(fields, credit_support=others, collateral=collateral)
    lines, _ = month_loop.evaluate(plain)
    default = next((month for month, flag in enumerate(lines["defaulted"]) if flag), None)
    if default is None or default + BEFORE_ENFORCEMENT >= fields["months"]:
        return None
    promised = {
        "kind": "residual_value",
        "name": "residual_value",
        "fee_bps": 0.0,
        "upfront_fee": 0.0,
        "reimbursable": fields["months"] % 2 == 0,
        "reimbursement_rate": 0.1,
        "date": month_after(fields["start"], default + 2),
        "cap_fraction": None,
        "quota": 1.0,
        "strike_fraction": (0.8, 1.0)[fields["months"] % 3 == 0],
        "remarketing_cost": 0.1,
    }
    return dict(plain, credit_support=[*others, promised])
