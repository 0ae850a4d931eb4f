"""What an independent month loop knows of a deal before its first month: calendar, capacity, demand, sizing.

Nothing here depends on a simulated path. Written from the description of the domain alone, in plain Python floats, so
that an error shared with the engine under test is unlikely. All lists have one entry per month of the model; money is
in whole units of the deal's currency, hours are GPU-hours of the month.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

HALF_A_CENT = 0.005


def month_number(text: str) -> int:
    """Return the count of months since year 0 of a date written ``YYYY-MM``."""
    year, month = text.split("-")
    return int(year) * 12 + int(month) - 1


def at_year(table: list[float], year: int) -> float:
    """Return the entry of a table by contract year; a short table repeats its last entry, an empty one is all zeros."""
    return float(table[min(year, len(table) - 1)]) if table else 0.0


@dataclass(slots=True)
class Phase:
    """One delivery of systems. ``delivery`` and ``service`` are months of the model."""

    gpus: float
    delivery: int
    service: int
    ramp: int
    availability: float
    kw: float
    hardware_price: float
    other_capex: float
    supported: bool

    def in_service(self, month: int) -> float:
        """Return the GPUs of this phase that run in a month."""
        if month < self.service:
            return 0.0
        return self.gpus * min(1.0, (month - self.service + 1) / max(1, self.ramp))


@dataclass(slots=True)
class Plan:
    """Everything about a deal that is the same on every path."""

    deal: Json
    months: int
    phases: list[Phase]
    supports: dict[str, Json]
    hours: list[float] = field(default_factory=list)
    inflation: list[float] = field(default_factory=list)
    op: int = 0
    year: list[int] = field(default_factory=list)
    in_service: list[float] = field(default_factory=list)
    kw_in_service: list[float] = field(default_factory=list)
    available: list[float] = field(default_factory=list)
    supported: list[float] = field(default_factory=list)
    hardware_delivered: list[float] = field(default_factory=list)
    rent: list[float] = field(default_factory=list)
    floor_price: list[float] = field(default_factory=list)
    floor_open: list[float] = field(default_factory=list)
    wanted: list[list[float]] = field(default_factory=list)
    price: list[list[float]] = field(default_factory=list)
    capex: list[float] = field(default_factory=list)
    hardware_paid: list[float] = field(default_factory=list)
    deferred: list[float] = field(default_factory=list)
    depreciation: list[float] = field(default_factory=list)
    sizing_cfads: list[float] = field(default_factory=list)
    rate: float = 0.0
    first: int = 0
    window: int = 0
    cover: float = 0.0
    limit: float = 0.0
    debt: float = 0.0
    draw: list[float] = field(default_factory=list)
    undrawn: list[float] = field(default_factory=list)
    scheduled_balance: list[float] = field(default_factory=list)
    scheduled_principal: list[float] = field(default_factory=list)
    scheduled_service: list[float] = field(default_factory=list)
    guarantee_cap: float = 0.0
    loan_upfront: list[float] = field(default_factory=list)
    support_upfront: list[float] = field(default_factory=list)

    @property
    def commitment(self) -> Json | None:
        """The capacity commitment, if the deal has one."""
        return self.supports.get("capacity_commitment")

    def month_of(self, text: str) -> int:
        """Return the month of the model in which a date ``YYYY-MM`` falls."""
        return month_number(text) - month_number(self.deal["start"])

    def in_window(self, month: int) -> bool:
        """Say whether a month belongs to the repayment window."""
        return self.first <= month < self.first + self.window

    def settles(self, month: int, every: int) -> bool:
        """Say whether something settled every so many months from the start of operations is settled in a month."""
        return month >= self.op and ((month - self.op + 1) % every == 0 or month == self.months - 1)

    def power(self, month: int, utilisation: float) -> float:
        """Return the cost of power of a month in which all systems work."""
        ops = self.deal["operations"]
        idle = ops["idle_power_fraction"]
        kwh = self.kw_in_service[month] * self.hours[month] * ops["pue"] * (idle + (1 - idle) * utilisation)
        return float(kwh * ops["power_price_kwh"] * self.inflation[month])

    def costs(self, month: int, power: float, sold: float, revenue: float) -> float:
        """Return the operating costs of a month from its power, hours sold and revenue."""
        ops = self.deal["operations"]
        hourly = self.in_service[month] * self.hours[month] * ops["site_cost_per_gpu_hour"]
        hourly += sold * ops["variable_cost_per_gpu_hour"]
        insurance = ops["insurance_fraction"] / 12 * self.hardware_delivered[month]
        return float(power + hourly * self.inflation[month] + ops["sga_fraction"] * revenue + insurance)

    def value(self, phase: Phase, month: int, residual_factor: float) -> float:
        """Return what the hardware of a delivered phase is worth in a month."""
        if month < phase.delivery:
            return 0.0
        collateral = self.deal["collateral"]
        left = (1 - collateral["annual_value_decline"]) ** ((month - phase.delivery) / 12)
        kept = max(collateral["floor_fraction"], left)
        return float(phase.gpus * phase.hardware_price * kept * residual_factor)


def plan(deal: Json) -> Plan:
    """Prepare a deal: the part of the computation that no simulated path changes."""
    start = month_number(deal["start"])
    phases = []
    for entry in deal["phases"]:
        delivery = month_number(entry["delivery"]) - start
        phases.append(
            Phase(
                gpus=float(entry["gpus"]),
                delivery=delivery,
                service=delivery + entry["install_months"],
                ramp=entry["ramp_months"],
                availability=entry["availability"],
                kw=entry["kw_per_gpu"],
                hardware_price=entry["hardware_price"],
                other_capex=entry["other_capex"],
                supported=entry["supported"],
            )
        )
    made = Plan(deal, deal["months"], phases, {entry["kind"]: entry for entry in deal["credit_support"]})
    _calendar(made, start)
    _capacity(made, start)
    _demand(made, start)
    _capital(made)
    return made


def _calendar(made: Plan, start: int) -> None:
    """Fill hours, inflation and contract years."""
    made.op = min(phase.service for phase in made.phases)
    inflation = 1 + made.deal["operations"]["annual_inflation"]
    for month in range(made.months):
        year, in_year = divmod(start + month, 12)
        made.hours.append(24.0 * calendar.monthrange(year, in_year + 1)[1])
        made.inflation.append(inflation ** (month / 12))
        made.year.append(max(0, (month - made.op) // 12))


def _capacity(made: Plan, start: int) -> None:
    """Fill capacity, rent and floor of each month, all as if the partner never defaulted."""
    ops = made.deal["operations"]
    commitment = made.commitment
    longstop = commitment["longstop"] if commitment else None
    latest = month_number(longstop) - start if longstop else None
    for month in range(made.months):
        running = [phase.in_service(month) for phase in made.phases]
        hours = made.hours[month]
        made.in_service.append(sum(running))
        made.kw_in_service.append(sum(n * phase.kw for n, phase in zip(running, made.phases, strict=True)))
        sellable = [n * phase.availability for n, phase in zip(running, made.phases, strict=True)]
        made.available.append(hours * sum(sellable))
        made.supported.append(
            hours
            * sum(
                n
                for n, phase in zip(sellable, made.phases, strict=True)
                if phase.supported and (latest is None or phase.service <= latest)
            )
        )
        delivered = [phase for phase in made.phases if phase.delivery <= month]
        made.hardware_delivered.append(sum(phase.gpus * phase.hardware_price for phase in delivered))
        kw = sum(phase.gpus * phase.kw for phase in delivered)
        made.rent.append(kw * ops["rent_per_kw_month"] * (1 + ops["rent_escalator"]) ** (month / 12))
        prices = commitment["floor_prices"] if commitment else []
        year = made.year[month]
        made.floor_price.append(float(prices[year]) if month >= made.op and year < len(prices) else 0.0)
        coverage = commitment["coverage"] if commitment else 0.0
        made.floor_open.append(coverage * made.supported[month] * made.floor_price[month])


def _demand(made: Plan, start: int) -> None:
    """Fill hours wanted and price of each segment by month, before any simulated factor."""
    for entry in made.deal["demand"]:
        first = month_number(entry["start"]) - start
        last = month_number(entry["end"]) - start if entry["end"] else made.months - 1
        given = entry["gpus_by_month"]
        wanted, price = [], []
        for month in range(made.months):
            if given is not None:
                gpus = float(given[month]) if month < len(given) else 0.0
            elif first <= month <= last:
                ramp = min(1.0, (month - first + 1) / max(1, entry["ramp_months"]))
                gpus = entry["gpus"] * ramp * (1 + entry["annual_growth"]) ** ((month - first) / 12)
            else:
                gpus = 0.0
            wanted.append(gpus * made.hours[month])
            unit = max(entry["price_floor"], entry["price"] * (1 + entry["annual_price_change"]) ** (month / 12))
            if entry["product"] == "tokens":
                gain = (1 + entry["annual_throughput_gain"]) ** (month / 12)
                unit *= entry["tokens_per_second"] * 3600 / 1e6 * gain
            price.append(unit)
        made.wanted.append(wanted)
        made.price.append(price)


def _capital(made: Plan) -> None:
    """Fill capital cost, what the vendor gets of it and defers, and depreciation."""
    deferred = made.deal["vendor_finance"]["deferred_fraction"]
    life = made.deal["partner"]["tax_life_months"]
    made.capex, made.hardware_paid, made.deferred, made.depreciation = ([0.0] * made.months for _ in range(4))
    for phase in made.phases:
        hardware = phase.gpus * phase.hardware_price
        other = phase.gpus * phase.other_capex
        if phase.delivery < made.months:
            made.hardware_paid[phase.delivery] += hardware * (1 - deferred)
            made.capex[phase.delivery] += hardware * (1 - deferred) + other
            made.deferred[phase.delivery] += hardware * deferred
        for month in range(phase.service, min(made.months, phase.service + life)):
            made.depreciation[month] += (hardware + other) / life
