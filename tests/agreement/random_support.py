"""Random credit support for the random deals: every kind, every way of claiming, every optional limit."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

Json = dict[str, Any]

KINDS = ("capacity_commitment", "debt_guarantee", "lease_guarantee", "residual_value", "letter_of_credit")
BASES = ("revenue", "unsold_hours", "unsold_hours_put", "utilisation")
NO_END_EVERY = 6
"""Lease guarantees of every so many seeds have no end."""


@dataclass(slots=True)
class Frame:
    """What the parts of a random deal agree on. Months count from the start of the model, ``start`` from year 0."""

    start: int
    months: int
    last_delivery: int
    first_repayment: int
    floor_price: float
    market_price: float
    gpus: int = 0
    kw: float = 0.0
    rent: float = 0.0
    hardware: float = 0.0
    capex: float = 0.0
    floor: bool = False

    def date(self, month: int) -> str:
        """Return the date ``YYYY-MM`` of a month of the model."""
        number = self.start + month
        return f"{number // 12:04d}-{number % 12 + 1:02d}"


def random_support(rng: Random, frame: Frame, edge: str | None, seed: int) -> list[Json]:
    """Return the list of credit support of a deal, at most one of each kind, in random order."""
    makers = {
        "capacity_commitment": _capacity_commitment,
        "debt_guarantee": _debt_guarantee,
        "lease_guarantee": _lease_guarantee,
        "residual_value": _residual_value,
        "letter_of_credit": _letter_of_credit,
    }
    chosen = [kind for kind in KINDS if rng.random() < (0.8 if kind == "capacity_commitment" else 0.5)]
    if edge == "no support":
        chosen = []
    elif edge == "every support":
        chosen = list(KINDS)
    elif edge == "empty tables" and "capacity_commitment" not in chosen:
        chosen.append("capacity_commitment")
    rng.shuffle(chosen)
    made = []
    for kind in chosen:
        support = {
            "kind": kind,
            "name": kind,
            "fee_bps": rng.choice([0.0, 50.0, 150.0]),
            "upfront_fee": rng.choice([0.0, 0.005, 0.02]),
            "reimbursable": rng.random() < 0.5,
            "reimbursement_rate": rng.choice([0.0, 0.1]),
        }
        support.update(makers[kind](rng, frame))
        if kind == "capacity_commitment":
            support["basis"] = BASES[(seed + seed // 4) % 4]
            if edge == "empty tables":
                support["floor_prices"] = []
        elif kind == "lease_guarantee" and seed % NO_END_EVERY == 3:
            support["end"] = None
        made.append(support)
    return made


def _capacity_commitment(rng: Random, frame: Frame) -> Json:
    years = rng.choice([frame.months // 12 + 1, frame.months // 12 + 1, rng.randint(1, frame.months // 12 + 2)])
    price, prices = frame.floor_price, []
    for _ in range(years):
        prices.append(round(price, 2))
        price *= rng.uniform(0.7, 1.0)
    coverage = rng.choice([1.0, round(rng.uniform(0.2, 1.0), 2)])
    yearly = coverage * frame.gpus * 8760 * frame.floor_price
    aggregate = round(yearly * years * rng.uniform(0.05, 0.6))
    annual = round(yearly * rng.uniform(0.05, 0.6))
    return {
        "floor_prices": prices,
        "coverage": coverage,
        "utilisation_floor": round(rng.uniform(0.3, 0.95), 2),
        "deductible": rng.choice([0.0, 0.0, 0.1]),
        "settlement_months": rng.choice([1, 3, 3, 6, 12]),
        "netting": rng.choice(["none", "annual"]),
        "aggregate_cap": rng.choice([None, aggregate]),
        "annual_cap": rng.choice([None, None, annual]),
        "longstop": rng.choice([None, frame.date(rng.randint(0, frame.last_delivery + 6))]),
        "internal_use_value": rng.choice([0.0, 0.3]),
    }


def _debt_guarantee(rng: Random, frame: Frame) -> Json:
    amount = round(frame.capex * rng.uniform(0.02, 0.5))
    fraction = round(rng.uniform(0.1, 1.0), 2)
    cap, cap_fraction = rng.choice([(None, fraction), (amount, None), (amount, fraction)])
    return {
        "coverage": round(rng.uniform(0.2, 1.0), 2),
        "cap": cap,
        "cap_fraction": cap_fraction,
        "timing": rng.choice(["timely", "ultimate"]),
    }


def _lease_guarantee(rng: Random, frame: Frame) -> Json:
    start = rng.randint(0, frame.months // 3)
    early = rng.randint(0, frame.first_repayment)
    late = rng.randint(frame.first_repayment, frame.months + 3)
    release = rng.choice([None, early, late, late])
    return {
        "cap": round(frame.rent * rng.uniform(1, 20)),
        "escrow": rng.choice([0.0, round(frame.rent * rng.uniform(0.5, 4))]),
        "escrow_release": None if release is None else frame.date(release),
        "start": frame.date(start),
        "end": frame.date(rng.randint(start, frame.months + 6)),
        "relet_months": rng.randint(0, 10),
        "relet_fraction": round(rng.uniform(0.0, 1.0), 2),
    }


def _residual_value(rng: Random, frame: Frame) -> Json:
    return {
        "date": frame.date(rng.choice([rng.randint(frame.last_delivery, frame.months + 1), frame.months - 1])),
        "cap_fraction": rng.choice([None, 0.1, 0.3]),
        "quota": round(rng.uniform(0.2, 1.0), 2),
        "strike_fraction": round(rng.uniform(0.2, 0.8), 2),
        "remarketing_cost": rng.choice([0.0, 0.1]),
    }


def _letter_of_credit(rng: Random, frame: Frame) -> Json:
    return {"amount": round(frame.capex * rng.uniform(0.005, 0.08))}
