"""What a new item of a list begins as: a copy of another under a name of its own, or a support at usual terms."""

from __future__ import annotations

from typing import Any

from models import SUPPORT_OF, Deal, month_number, month_text

_NAMES = {"phases": "name", "demand": "segment"}


def copy_of(deal: Deal, path: str, like: int) -> Any:
    """A copy of an item of a list, under a name no other item has: "Phase 2" beside "Phase 1"."""
    held = getattr(deal, path)
    taken = {getattr(item, _NAMES[path]) for item in held}
    stem, _, number = getattr(held[like], _NAMES[path]).rpartition(" ")
    if not (stem and number.isascii() and number.isdigit()):
        stem, number = getattr(held[like], _NAMES[path]), "1"
    at = int(number) + 1
    while f"{stem} {at}" in taken:
        at += 1
    return held[like].model_copy(update={_NAMES[path]: f"{stem} {at}"})


def new_support(deal: Deal, kind: str) -> Any:
    """A support of a kind at terms that are usual and fit the deal's months; every one of them is there to be changed.

    KeyError when there is no such kind.
    """
    part = SUPPORT_OF[kind]
    first = month_number(deal.start)
    last = month_text(first + deal.months - 1)
    third_year = month_text(first + min(36, deal.months - 1))
    terms: dict[str, dict[str, object]] = {
        "capacity_commitment": {
            "basis": "revenue",
            "floor_prices": (3.68, 3.15, 2.62, 2.1, 1.57, 1.04),
            "settlement_months": 3,
            "netting": "annual",
        },
        "debt_guarantee": {"coverage": 0.5, "cap_fraction": 0.5, "timing": "timely", "fee_bps": 100.0},
        "lease_guarantee": {
            "cap": 50e6,
            "escrow_release": last,
            "start": deal.start,
            "end": last,
            "relet_months": 6,
            "relet_fraction": 0.5,
        },
        "residual_value": {"date": third_year, "strike_fraction": 0.3, "cap_fraction": 0.3},
        "letter_of_credit": {"amount": 10e6},
    }
    return part.model_validate({"kind": kind, "name": part.title, **terms[kind]})
