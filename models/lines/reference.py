"""A deal with two of everything and every kind of support: what the definitions are checked on when imported.

Only its structure matters; no figure of it is ever shown.
"""

from __future__ import annotations

from typing import Any

from models.deal.schema import Deal

_PHASE: dict[str, Any] = {
    "name": "P", "gpus": 1, "delivery": "2027-01", "install_months": 0, "ramp_months": 0, "availability": 1,
    "kw_per_gpu": 1, "hardware_price": 1, "other_capex": 1, "supported": True,
}  # fmt: skip
_SEGMENT: dict[str, Any] = {
    "segment": "S", "product": "reserved", "gpus": 1, "start": "2027-01", "end": "2027-06", "ramp_months": 0,
    "price": 1,
}  # fmt: skip
_COMMON: dict[str, Any] = {"name": "S", "reimbursable": True, "reimbursement_rate": 0.1}
_REFERENCE: dict[str, Any] = {
    "schema": 1,
    "name": "Reference",
    "currency": "USD",
    "start": "2027-01",
    "months": 12,
    "partner": {"name": "P", "rating": "B", "tax_rate": 0.2, "tax_life_months": 12, "discount_rate": 0.1},
    "phases": [_PHASE, _PHASE],
    "demand": [
        _SEGMENT,
        {**_SEGMENT, "product": "tokens", "end": None, "tokens_per_second": 1},
        {**_SEGMENT, "product": "on_demand", "gpus_by_month": [1]},
    ],
    "operations": {
        "pue": 1, "power_price_kwh": 0.1, "idle_power_fraction": 0.3, "site_cost_per_gpu_hour": 0.1,
        "variable_cost_per_gpu_hour": 0.1, "sga_fraction": 0.1, "insurance_fraction": 0.1, "annual_inflation": 0,
        "rent_per_kw_month": 1, "rent_escalator": 0,
    },
    "senior_debt": {
        "advance_rate": 0.5, "sizing": "cover", "target_dscr": 1.2, "sizing_case": "contracted", "sizing_haircut": 0.1,
        "base_rate": 0.04, "margin": 0.03, "upfront_fee": 0.01, "commitment_fee": 0.01, "first_repayment": "2027-03",
        "repayment_months": 6, "profile": "sculpted", "balloon_fraction": 0.1, "dsra_months": 3, "cash_sweep": 0.5,
        "lockup_dscr": 1.1, "cure_months": 2, "default_margin": 0.02,
    },
    "vendor_finance": {"deferred_fraction": 0.1, "rate": 0.1, "recoupment_rate": 0.1},
    "revenue_share": {
        "basis": "excess_over_floor", "rates": [[0.5, 0.4]], "bands": [0, 10], "holiday_months": 1,
        "minimum_annual": [1], "cap_multiple": 1, "tail_rate": 0.01, "settlement_months": 3, "rank": "before_debt",
        "suspend_while_called": True, "deferral_rate": 0.1, "include_support_payments": True,
    },
    "credit_support": [
        {**_COMMON, "kind": "capacity_commitment", "basis": "unsold_hours_put", "floor_prices": [1],
         "settlement_months": 3, "aggregate_cap": 10, "annual_cap": 5, "longstop": "2027-06"},
        {**_COMMON, "kind": "debt_guarantee", "coverage": 0.5, "cap_fraction": 0.5, "timing": "timely"},
        {**_COMMON, "kind": "lease_guarantee", "cap": 10, "escrow": 1, "escrow_release": "2027-06",
         "start": "2027-01", "end": "2027-09", "relet_months": 3, "relet_fraction": 0.5},
        {**_COMMON, "kind": "residual_value", "date": "2027-09", "cap_fraction": 0.5, "strike_fraction": 0.5},
        {**_COMMON, "kind": "letter_of_credit", "amount": 1},
    ],
    "collateral": {"annual_value_decline": 0.3, "floor_fraction": 0.1, "sale_cost": 0.1, "enforcement_months": 6},
    "vendor": {"discount_rate": 0.09, "gross_margin": 0.7, "incrementality": 0.6, "hurdle_raroc": 0.15},
    "uncertainty": {
        "paths": 100, "seed": 7, "demand_volatility": 0.2, "demand_reversion": 1, "price_volatility": 0.2,
        "price_reversion": 0, "correlation": 0.5, "segment_share": 0.3, "residual_volatility": 0.3,
        "residual_correlation": 0.5, "partner_default": "rating", "default_correlation": 0.5,
    },
}  # fmt: skip


def reference_deal() -> Deal:
    """The deal that has everything."""
    return Deal.model_validate(_REFERENCE)
