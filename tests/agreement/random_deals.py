"""Random deals over the whole schema, each from a seed, for comparing one computation of the domain with another.

Every deal is valid: deliveries before the first repayment, the first repayment inside the model, settlements that
divide a year, a fixed debt within the capital cost. Prices are drawn low as often as high, so that about a third of the
deals default. Some seeds are edges on purpose (``EDGES``): no support at all, no demand, empty tables and the like.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import exp
from random import Random
from typing import Any

from .random_support import Frame, random_support

Json = dict[str, Any]

EDGES = (
    "no support",
    "no demand",
    "empty phase",
    "empty tables",
    "at once",
    "free loan",
    "every support",
    "balloon at the end",
    "short model",
    "long model",
    "no debt",
    "late crash",
)
EDGE_EVERY = 3


def edge_of(seed: int) -> str | None:
    """Return the edge a seed is meant to reach, or None for an ordinary deal."""
    return EDGES[seed // EDGE_EVERY % len(EDGES)] if seed % EDGE_EVERY == 0 else None


def random_deal(seed: int) -> Json:
    """Return the valid deal of a seed, as the dictionary a deal file holds."""
    rng, edge = Random(seed), edge_of(seed)
    frame = _frame(rng, edge)
    phases = _phases(rng, frame, edge)
    frame.gpus = sum(phase["gpus"] for phase in phases)
    frame.kw = sum(phase["gpus"] * phase["kw_per_gpu"] for phase in phases)
    operations = _operations(rng)
    frame.rent = frame.kw * operations["rent_per_kw_month"]
    deferred = rng.choice([0.0, 0.0, 0.2, 0.4])
    frame.hardware = sum(phase["gpus"] * phase["hardware_price"] for phase in phases)
    other = sum(phase["gpus"] * phase["other_capex"] for phase in phases)
    frame.capex = frame.hardware * (1 - deferred) + other
    support = random_support(rng, frame, edge, seed)
    frame.floor = any(entry["kind"] == "capacity_commitment" for entry in support)
    return {
        "schema": 1,
        "name": f"Random {seed}" + (f" ({edge})" if edge else ""),
        "currency": "USD",
        "start": frame.date(0),
        "months": frame.months,
        "include_residual": rng.random() < 0.5,
        "equity_kicker": rng.choice([0.0, 0.0, 0.05, 0.2]),
        "partner": {
            "name": "Partner",
            "country": "AU",
            "rating": rng.choice(["BBB", "BB", "B"]),
            "opening_cash": rng.choice([0.0, 0.0, 1e6, round(frame.rent)]),
            "minimum_cash": rng.choice([0.0, 1e6, round(2 * frame.rent)]),
            "tax_rate": rng.choice([0.0, 0.21, 0.25, 0.3]),
            "tax_life_months": rng.choice([12, 36, 60, 84]),
            "discount_rate": rng.choice([0.1, 0.15, 0.2]),
        },
        "phases": phases,
        "demand": [_segment(rng, frame, number, edge) for number in range(rng.randint(1, 6))],
        "operations": operations,
        "senior_debt": _senior_debt(rng, frame, edge),
        "vendor_finance": {
            "deferred_fraction": deferred,
            "rate": rng.choice([0.0, 0.06, 0.1]),
            "recoupment_rate": rng.choice([0.0, 0.05, 0.15]),
        },
        "revenue_share": _revenue_share(rng, frame, edge),
        "credit_support": support,
        "collateral": {
            "annual_value_decline": rng.choice([0.0, 0.2, 0.32, 0.4]),
            "floor_fraction": rng.choice([0.0, 0.05, 0.15]),
            "sale_cost": rng.choice([0.0, 0.1, 0.2]),
            "enforcement_months": rng.randint(1, 8),
        },
        "vendor": {"discount_rate": 0.09, "gross_margin": 0.7, "incrementality": 0.6, "hurdle_raroc": 0.15},
        "uncertainty": {
            "paths": 1000,
            "seed": seed,
            "demand_volatility": 0.25,
            "demand_reversion": rng.choice([0.0, 1.0]),
            "price_volatility": 0.25,
            "price_reversion": rng.choice([0.0, 0.5]),
            "correlation": rng.choice([-0.3, 0.0, 0.6]),
            "segment_share": 0.3,
            "residual_volatility": 0.3,
            "residual_correlation": 0.5,
            "partner_default": rng.choice(["rating", "none"]),
            "default_correlation": 0.5,
        },
    }


def random_path(seed: int, deal: Json) -> Json:
    """Return the factors of one simulated path of a deal, as keyword arguments of the month loop.

    One path in three has the partner default on its own account, in any month after the first delivery.
    """
    rng, months = Random(f"path {seed}"), deal["months"]

    def walk(volatility: float) -> list[float]:
        level, levels = 0.0, []
        for _ in range(months):
            level += rng.gauss(0.0, volatility)
            levels.append(exp(level))
        return levels

    return {
        "demand_factor": [walk(0.07) for _ in deal["demand"]],
        "price_factor": [walk(0.07) for _ in deal["demand"]],
        "residual_factor": rng.choice([1.0, exp(rng.gauss(0.0, 0.3)), walk(0.05)]),
        "partner_default": rng.choice([None, None, rng.randint(1, months - 1)]),
    }


def _frame(rng: Random, edge: str | None) -> Frame:
    """Draw the calendar and the level of prices of a deal."""
    months = rng.randint(24, 80)
    if edge == "short model":
        months = rng.randint(6, 14)
    elif edge == "long model":
        months = rng.randint(88, 100)
    last_delivery = min(rng.choice([0, 2, 5, 9, 14]), months // 3)
    first = min(months - 2, last_delivery + rng.choice([1, 4, 6, 8, 10]))
    floor = rng.uniform(1.5, 4.0)
    market = floor * rng.choice([rng.uniform(0.4, 0.9), rng.uniform(0.9, 1.4), rng.uniform(1.4, 2.2)])
    return Frame(
        start=2026 * 12 + rng.randint(0, 35),
        months=months,
        last_delivery=last_delivery,
        first_repayment=first,
        floor_price=floor,
        market_price=market,
    )


def _phases(rng: Random, frame: Frame, edge: str | None) -> list[Json]:
    count = 1 if frame.last_delivery == 0 else rng.randint(1, 4)
    deliveries = [*sorted(rng.randint(0, frame.last_delivery) for _ in range(count - 1)), frame.last_delivery]
    if edge == "at once" or rng.random() < 0.6:
        deliveries[0] = 0
    phases = []
    for number, delivery in enumerate(deliveries):
        phases.append(
            {
                "name": f"P{number}",
                "system": "X",
                "gpus": rng.choice([200, 1024, 4096, 10000]),
                "delivery": frame.date(delivery),
                "install_months": 0 if edge == "at once" else rng.randint(0, 3),
                "ramp_months": rng.choice([0, 0, 1, 3, 6]),
                "availability": round(rng.uniform(0.9, 1.0), 3),
                "kw_per_gpu": round(rng.uniform(1.2, 2.1), 2),
                "hardware_price": round(frame.floor_price * rng.uniform(8000, 17000)),
                "other_capex": rng.choice([0, round(rng.uniform(0, 12000))]),
                "supported": number == 0 or rng.random() < 0.7,
            }
        )
    if edge == "empty phase":
        phases.append(dict(phases[0], name="P-empty", gpus=0, delivery=frame.date(0)))
    return phases


def _segment(rng: Random, frame: Frame, number: int, edge: str | None) -> Json:
    """Draw one segment of demand: a fraction of the capacity, at a price about that of the market."""
    product = rng.choice(["reserved", "on_demand", "tokens"] if number else ["reserved", "reserved", "tokens"])
    start = rng.randint(0, 3) if number == 0 else rng.randint(0, frame.months // 2)
    end = None if rng.random() < 0.7 else rng.randint(start, frame.months + 6)
    gpus = round(frame.gpus * rng.choice([0.2, 0.4, 0.7, 1.0]) * rng.uniform(0.7, 1.4))
    price = frame.market_price * rng.uniform(0.7, 1.4)
    tokens = round(rng.uniform(500, 4000)) if product == "tokens" else None
    if tokens:
        price /= tokens * 3600 / 1e6
    given = None
    if rng.random() < 0.2:
        length = rng.choice([frame.months, frame.months // 2, frame.months + 5])
        given = [float(rng.randint(0, 2 * gpus + 1)) for _ in range(length)]
    if edge == "no demand":
        gpus, given = 0, rng.choice([None, []])
    elif edge == "empty tables" and number == 0:
        given = []
    change = -0.55 if edge == "late crash" else rng.choice([0.0, round(rng.uniform(-0.35, 0.08), 3)])
    return {
        "segment": f"s{number}",
        "product": product,
        "gpus": gpus,
        "start": frame.date(start),
        "end": None if end is None else frame.date(end),
        "ramp_months": rng.choice([0, 1, 4, 8]),
        "annual_growth": rng.choice([0.0, 0.1, -0.2, 0.35]),
        "price": round(price, 3),
        "annual_price_change": change,
        "price_floor": 0.0 if edge == "late crash" else rng.choice([0.0, 0.0, round(price / 3, 3)]),
        "tokens_per_second": tokens,
        "annual_throughput_gain": rng.choice([0.0, 0.35]) if product == "tokens" else 0.0,
        "bad_debt": rng.choice([0.0, 0.01, 0.05]),
        "demand_beta": rng.choice([0.0, 0.5, 1.0]),
        "price_beta": rng.choice([0.0, 0.5, 1.2]),
        "gpus_by_month": given,
    }


def _operations(rng: Random) -> Json:
    return {
        "pue": round(rng.uniform(1.0, 1.4), 2),
        "power_price_kwh": round(rng.uniform(0.03, 0.12), 3),
        "idle_power_fraction": round(rng.uniform(0.2, 1.0), 2),
        "site_cost_per_gpu_hour": rng.choice([0.0, 0.04, 0.2]),
        "variable_cost_per_gpu_hour": rng.choice([0.0, 0.05]),
        "sga_fraction": rng.choice([0.0, 0.03, 0.066]),
        "insurance_fraction": rng.choice([0.0, 0.004]),
        "annual_inflation": rng.choice([0.0, 0.02, 0.05]),
        "rent_per_kw_month": round(rng.uniform(40, 190)),
        "rent_escalator": rng.choice([0.0, 0.025]),
    }


def _senior_debt(rng: Random, frame: Frame, edge: str | None) -> Json:
    sizing = rng.choice(["cover", "cover", "advance", "fixed"])
    fixed = round(frame.capex * rng.uniform(0.1, 0.8), 2) if sizing == "fixed" else None
    if edge == "balloon at the end":
        sizing, fixed = rng.choice(["cover", "advance"]), None
    elif edge == "no debt":
        sizing, fixed = "fixed", 0.0
    left = frame.months - frame.first_repayment
    to_the_end = edge == "balloon at the end" or rng.random() < 0.15
    free = edge == "free loan"
    cases = ["floor_called", "contracted", "base"]
    if not frame.floor and rng.random() < 0.9:  # a floor that does not exist sizes no debt: now and then is enough
        cases = cases[1:]
    balloon = rng.choice([0.3, 0.6]) if edge == "balloon at the end" else rng.choice([0.0, 0.0, 0.0, 0.1, 0.5])
    return {
        "advance_rate": round(rng.uniform(0.2, 0.85), 2),
        "sizing": sizing,
        "fixed_amount": None if fixed is None else min(fixed, frame.capex),
        "target_dscr": round(rng.uniform(1.05, 1.8), 2),
        "sizing_case": rng.choice(cases),
        "sizing_haircut": rng.choice([0.0, 0.1, 0.3]),
        "base_rate": 0.0 if free else 0.0395,
        "margin": 0.0 if free else rng.choice([0.0225, 0.03, 0.055]),
        "upfront_fee": rng.choice([0.0, 0.015]),
        "commitment_fee": rng.choice([0.0, 0.005, 0.01]),
        "first_repayment": frame.date(frame.first_repayment),
        "repayment_months": left + rng.choice([0, 5]) if to_the_end else rng.randint(max(1, left // 3), left),
        "profile": rng.choice(["sculpted", "annuity", "straight_line"]),
        "balloon_fraction": balloon,
        "dsra_months": rng.choice([0, 0, 1, 3, 6, 12]),
        "cash_sweep": 0.0 if edge == "balloon at the end" else rng.choice([0.0, 0.0, 0.1, 0.5, 1.0]),
        "lockup_dscr": rng.choice([1.0, 1.15, 1.3]),
        "cure_months": rng.randint(1, 4),
        "default_margin": rng.choice([0.0, 0.02]),
    }


def _revenue_share(rng: Random, frame: Frame, edge: str | None) -> Json:
    years = rng.randint(1, frame.months // 12 + 2)
    yearly = frame.gpus * 8760 * min(frame.market_price, frame.floor_price)
    bands = [0.0]
    for _ in range(rng.choice([0, 0, 1, 2])):
        bands.append(round(bands[-1] + yearly * rng.uniform(0.1, 0.5)))
    basis = rng.choice(["gross", "net_of_power", "excess_over_floor"])
    top = 0.6 if basis == "excess_over_floor" else 0.25
    rates = [[round(rng.uniform(0.0, top), 3) for _ in bands] for _ in range(years)]
    minimum = [round(yearly * rng.uniform(0.0, 0.1)) for _ in range(rng.randint(0, years))]
    if edge == "empty tables":
        rates, minimum = [], []
    return {
        "basis": basis,
        "rates": rates,
        "bands": bands,
        "holiday_months": rng.choice([0, 0, 3, 14]),
        "minimum_annual": minimum,
        "cap_multiple": rng.choice([None, None, 0.02, 0.1, 0.35]),
        "tail_rate": rng.choice([0.0, 0.01]),
        "settlement_months": rng.choice([1, 3, 3, 4, 6, 12]),
        "rank": rng.choice(["before_debt", "after_debt"]),
        "suspend_while_called": rng.random() < 0.5,
        "deferral_rate": rng.choice([0.0, 0.08]),
        "include_support_payments": rng.random() < 0.3,
    }


def coverage(deals: Iterable[Json]) -> dict[str, set[str]]:
    """Return the kinds, choices and empty places that some deals reach, as words by field."""
    found: dict[str, set[str]] = {}

    def note(name: str, value: object) -> None:
        found.setdefault(name, set()).add(str(value))

    for deal in deals:
        debt, share = deal["senior_debt"], deal["revenue_share"]
        for name in ("sizing", "sizing_case", "profile", "cure_months", "dsra_months"):
            note(name, debt[name])
        note("balloon", debt["balloon_fraction"] > 0)
        note("sweep", debt["cash_sweep"] > 0)
        note("enforcement_months", deal["collateral"]["enforcement_months"])
        note("include_residual", deal["include_residual"])
        for name in ("basis", "rank", "suspend_while_called", "include_support_payments"):
            note(f"share {name}", share[name])
        note("share cap", "none" if share["cap_multiple"] is None else "given")
        note("share holiday", share["holiday_months"] > 0)
        note("share settlement", share["settlement_months"])
        for segment in deal["demand"]:
            note("product", segment["product"])
            note("gpus_by_month", segment["gpus_by_month"] is not None)
        if not deal["credit_support"]:
            note("kind", "none")
        for support in deal["credit_support"]:
            kind = support["kind"]
            note("kind", kind)
            note("reimbursable", f"{kind} {support['reimbursable']}")
            for name in ("basis", "netting", "timing", "settlement_months"):
                if name in support:
                    note(name, support[name])
            for name in ("aggregate_cap", "annual_cap", "longstop", "cap", "cap_fraction", "escrow_release", "end"):
                if name in support:
                    note(f"{kind} {name}", "none" if support[name] is None else "given")
    return found
