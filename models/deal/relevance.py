"""Which fields have no effect under the present choices of a deal, and which choice would give them one."""

from collections.abc import Callable
from typing import Any

from models.deal.paths import value_at
from models.deal.schema import Deal

_Rule = tuple[Callable[[Deal, Any], bool], str]


def _commits(deal: Deal, _share: object) -> bool:
    return any(support.kind == "capacity_commitment" for support in deal.credit_support)


_NO_SERIES: _Rule = (
    lambda _, segment: segment.gpus_by_month is None,
    "Not used while GPUs are entered month by month.",
)
_TOKENS: _Rule = (lambda _, segment: segment.product == "tokens", "Used where the product is tokens.")
_DEFERRED: _Rule = (lambda _, terms: terms.deferred_fraction > 0, "Used where part of the hardware price is deferred.")
_COMMITMENT: _Rule = (_commits, "Used where there is a capacity commitment.")
_BY_RATING: _Rule = (
    lambda _, risk: risk.partner_default == "rating",
    "Used where the partner's own default is by rating.",
)
_RULES: dict[str, _Rule] = {
    "SeniorDebt.fixed_amount": (lambda _, debt: debt.sizing == "fixed", "Used where the sizing is a fixed amount."),
    "VendorFinance.rate": _DEFERRED,
    "VendorFinance.recoupment_rate": _DEFERRED,
    "RevenueShare.tail_rate": (lambda _, share: share.cap_multiple is not None, "Used where the share has a cap."),
    "RevenueShare.suspend_while_called": _COMMITMENT,
    "RevenueShare.include_support_payments": _COMMITMENT,
    "CapacityCommitment.utilisation_floor": (
        lambda _, support: support.basis == "utilisation",
        "Used where the basis is utilisation.",
    ),
    "CapacityCommitment.netting": (
        lambda _, support: support.basis == "revenue",
        "Used where the basis is a revenue shortfall.",
    ),
    "DebtGuarantee.cap_fraction": (lambda _, support: support.cap is None, "Used where no cap is given as an amount."),
    "LeaseGuarantee.escrow_release": (lambda _, support: support.escrow > 0, "Used where there is an escrow."),
    "Segment.tokens_per_second": _TOKENS,
    "Segment.annual_throughput_gain": _TOKENS,
    "Segment.gpus": _NO_SERIES,
    "Segment.start": _NO_SERIES,
    "Segment.end": _NO_SERIES,
    "Segment.ramp_months": _NO_SERIES,
    "Segment.annual_growth": _NO_SERIES,
    "Uncertainty.default_correlation": _BY_RATING,
    "Uncertainty.default_curve": _BY_RATING,
}
_REIMBURSED: _Rule = (lambda _, support: support.reimbursable, "Used where payments are reimbursable.")


def irrelevant(deal: Deal, path: str) -> str:
    """Why the value at `path` has no effect on this deal, as a sentence; "" where it has. DealError for no path."""
    part_path, _, name = path.rpartition(".")
    part = value_at(deal, part_path) if part_path else deal
    name = name.partition("[")[0]
    rule = _REIMBURSED if name == "reimbursement_rate" else _RULES.get(f"{type(part).__name__}.{name}")
    if rule is None:
        return ""
    has_effect, reason = rule
    return "" if has_effect(deal, part) else reason
