"""In which order and under which headings a page shows fields; what is not named here follows in the schema's order."""

from __future__ import annotations

from collections.abc import Sequence

Groups = tuple[tuple[str, tuple[str, ...]], ...]

_FEES = ("Fees and reimbursement", ("name", "fee_bps", "upfront_fee", "reimbursable", "reimbursement_rate"))

_GROUPS: dict[str, Groups] = {
    "Costs": (
        ("Power", ("power_price_kwh", "pue", "idle_power_fraction")),
        (
            "Running the site",
            (
                "site_cost_per_gpu_hour",
                "variable_cost_per_gpu_hour",
                "sga_fraction",
                "insurance_fraction",
                "annual_inflation",
            ),
        ),
        ("Rent", ("rent_per_kw_month", "rent_escalator")),
    ),
    "Debt": (
        (
            "Amount",
            ("sizing", "target_dscr", "sizing_case", "sizing_haircut", "advance_rate", "fixed_amount"),
        ),
        ("Price", ("base_rate", "margin", "upfront_fee", "commitment_fee")),
        ("Repayment", ("profile", "first_repayment", "repayment_months", "balloon_fraction", "cash_sweep")),
        ("Protection", ("dsra_months", "lockup_dscr", "cure_months", "default_margin")),
    ),
    "Revenue share": (
        (
            "",
            (
                "basis",
                "settlement_months",
                "rank",
                "suspend_while_called",
                "include_support_payments",
                "holiday_months",
                "cap_multiple",
                "tail_rate",
                "deferral_rate",
            ),
        ),
    ),
    "Segment": (
        (
            "",
            (
                "segment",
                "product",
                "price",
                "annual_price_change",
                "price_floor",
                "tokens_per_second",
                "annual_throughput_gain",
                "gpus",
                "start",
                "end",
                "ramp_months",
                "annual_growth",
                "bad_debt",
            ),
        ),
    ),
    "Capacity commitment": (
        (
            "",
            (
                "basis",
                "netting",
                "settlement_months",
                "coverage",
                "utilisation_floor",
                "aggregate_cap",
                "annual_cap",
                "deductible",
                "longstop",
            ),
        ),
        _FEES,
    ),
    "Debt guarantee": (("", ("coverage", "timing", "cap", "cap_fraction")), _FEES),
    "Lease guarantee": (
        ("", ("cap", "start", "end", "relet_months", "relet_fraction", "escrow", "escrow_release")),
        _FEES,
    ),
    "Residual value": (
        ("", ("date", "strike_fraction", "quota", "cap_fraction", "remarketing_cost")),
        _FEES,
    ),
    "Letter of credit": (("", ("amount",)), _FEES),
    "Uncertainty": (
        ("Simulation", ("paths", "seed", "sampling", "capital_confidence")),
        (
            "Demand and prices",
            (
                "demand_volatility",
                "demand_reversion",
                "correlation",
                "price_volatility",
                "price_reversion",
                "segment_share",
            ),
        ),
        ("Value of the systems", ("residual_volatility", "residual_correlation")),
        ("Default of the partner", ("partner_default", "default_correlation")),
    ),
}


def grouped(title: str, names: Sequence[str]) -> Groups:
    """The fields of a part (by its title) under their headings; every name stands in exactly one group."""
    left = list(names)
    made: list[tuple[str, tuple[str, ...]]] = []
    for heading, wanted in _GROUPS.get(title, ()):
        here = tuple(name for name in wanted if name in left)
        if here:
            made.append((heading, here))
            left = [name for name in left if name not in here]
    if left and made:
        heading, here = made[0]
        made[0] = (heading, (*here, *left))
    elif left:
        made.append(("", tuple(left)))
    return tuple(made)
