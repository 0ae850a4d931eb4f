"""Other terms of a deal, for comparison: without its support, with another running fee, with scaled share rates."""

from __future__ import annotations

from models.deal.schema import Deal, Support

FEE_KINDS = ("capacity_commitment", "debt_guarantee", "lease_guarantee", "letter_of_credit")
"""Kinds of support that carry a running fee."""

_NOTHING = {
    "capacity_commitment": {"aggregate_cap": 0.0},
    "debt_guarantee": {"cap": 0.0},
    "lease_guarantee": {"cap": 0.0},
    "residual_value": {"quota": 0.0},
    "letter_of_credit": {"amount": 0.0},
}
"""What makes each kind of support pay nothing, and so charge nothing."""


def without_support(deal: Deal) -> Deal:
    """The deal with every amount that its support could pay at 0.

    The commitment's floor stays as the measure of sizing and share, so that the loan, its schedule and the share rates
    are those of the deal; an escrow is the shareholders' and stays too.
    """
    return _with_supports(deal, [_changed(support, _NOTHING[support.kind]) for support in deal.credit_support])


def with_fee(deal: Deal, fee_bps: float) -> Deal:
    """The deal with this running fee on every support that carries one."""
    changed = [_changed(s, {"fee_bps": fee_bps}) if s.kind in FEE_KINDS else s for s in deal.credit_support]
    return _with_supports(deal, changed)


def with_share_scale(deal: Deal, scale: float) -> Deal:
    """The deal with all rates of the revenue share multiplied, the tail rate too."""
    share = deal.revenue_share
    rates = tuple(tuple(rate * scale for rate in row) for row in share.rates)
    changed = share.model_copy(update={"rates": rates, "tail_rate": share.tail_rate * scale})
    return deal.model_copy(update={"revenue_share": changed})


def highest_share(deal: Deal) -> float:
    """The highest of the share rates."""
    share = deal.revenue_share
    return max((share.tail_rate, *(rate for row in share.rates for rate in row)))


def _changed(support: Support, changes: dict[str, float]) -> Support:
    return support.model_copy(update=changes)


def _with_supports(deal: Deal, supports: list[Support]) -> Deal:
    return deal.model_copy(update={"credit_support": tuple(supports)})
