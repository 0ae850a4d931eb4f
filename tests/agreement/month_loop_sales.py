"""Sales of a month, the capacity commitment and the revenue share of the independent month loop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .month_loop_plan import HALF_A_CENT, Plan, at_year

Lines = dict[str, list[float]]
Factors = Sequence[Sequence[float]]


@dataclass(slots=True)
class Sales:
    """What the partner sold in a month and what it cost: GPU-hours and money."""

    sold: float = 0.0
    revenue: float = 0.0
    unsold: float = 0.0
    power: float = 0.0
    costs: float = 0.0
    supported_fraction: float = 0.0


class Commitment:
    """The capacity commitment along one path: claims of the period, payments of the contract year and in all."""

    def __init__(self, made: Plan) -> None:
        self.made = made
        self.terms = made.commitment
        self.paid = 0.0
        self.paid_in_year = 0.0
        self.claims = 0.0
        self.floor_in_period = self.revenue_in_period = 0.0
        self.floor_in_year = self.revenue_in_year = 0.0
        self.called = False
        self.floor_ahead = [0.0] * (made.months + 1)
        for month in reversed(range(made.months)):
            self.floor_ahead[month] = self.floor_ahead[month + 1] + made.floor_open[month]

    def begin(self, month: int) -> None:
        """Forget the last contract year when a new one begins."""
        if month >= self.made.op and (month - self.made.op) % 12 == 0:
            self.paid_in_year = self.floor_in_year = self.revenue_in_year = 0.0

    def left(self) -> float:
        """Return what both caps still leave to be paid."""
        assert self.terms is not None
        left = float("inf")
        if self.terms["aggregate_cap"] is not None:
            left = min(left, self.terms["aggregate_cap"] - self.paid)
        if self.terms["annual_cap"] is not None:
            left = min(left, self.terms["annual_cap"] - self.paid_in_year)
        return max(0.0, left)

    def hands_over(self, month: int, sold: float, revenue: float) -> bool:
        """Say whether a rational partner hands over all covered hours of the month, at the average price it obtains."""
        if self.terms is None or self.terms["basis"] != "unsold_hours_put" or sold <= 0:
            return False
        kept = 1 - self.terms["deductible"]
        if not revenue / sold < self.made.floor_price[month] * kept:
            return False
        return bool(self.claims + self.made.floor_open[month] * kept <= self.left())

    def count(self, month: int, sales: Sales, handed_over: bool) -> None:
        """Count a month of operations towards the claims of its period."""
        if self.terms is None:
            return
        floor, covered = self.made.floor_open[month], self.terms["coverage"] * self.made.supported[month]
        price = self.made.floor_price[month]
        own = sales.revenue * sales.supported_fraction
        self.floor_in_period += floor
        self.floor_in_year += floor
        self.revenue_in_period += own
        self.revenue_in_year += own
        kept = 1 - self.terms["deductible"]
        basis = self.terms["basis"]
        if basis == "utilisation":
            wanted = self.terms["utilisation_floor"] * self.made.supported[month]
            self.claims += max(0.0, wanted - sales.sold * sales.supported_fraction) * price * kept
        elif handed_over:
            self.claims += floor * kept
        elif basis != "revenue":
            self.claims += min(sales.unsold * sales.supported_fraction, covered) * price * kept

    def settle(self, month: int, operating: bool) -> tuple[float, float]:
        """Return claim and payment of a month."""
        terms = self.terms
        if terms is None or not operating or not self.made.settles(month, terms["settlement_months"]):
            return 0.0, 0.0
        claim = self.claims
        if terms["basis"] == "revenue":
            kept = 1 - terms["deductible"]
            if terms["netting"] == "annual":
                claim = max(0.0, kept * self.floor_in_year - self.revenue_in_year - self.paid_in_year)
            else:
                claim = max(0.0, kept * self.floor_in_period - self.revenue_in_period)
        paid = min(claim, self.left())
        self.paid += paid
        self.paid_in_year += paid
        self.called = paid > HALF_A_CENT
        self.claims = self.floor_in_period = self.revenue_in_period = 0.0
        return claim, paid

    def still_open(self, month: int) -> float:
        """Return the maximum commitment still open, after this month's payment."""
        assert self.terms is not None
        cap = self.terms["aggregate_cap"]
        return self.floor_ahead[month] if cap is None else min(self.floor_ahead[month], cap - self.paid)


def sell(
    made: Plan,
    commitment: Commitment,
    month: int,
    *,
    operating: bool,
    demand_factor: Factors | None,
    price_factor: Factors | None,
    lines: Lines,
) -> Sales:
    """Sell the hours of a month to the segments in their order, write lines of sales and costs, and count claims."""
    commitment.begin(month)
    sales = Sales()
    available = made.available[month] if operating else 0.0
    supported = made.supported[month] if operating else 0.0
    sales.supported_fraction = supported / available if available > 0 else 0.0
    left = available
    hours, revenues = [], []
    for at, entry in enumerate(made.deal["demand"]):
        wanted = made.wanted[at][month] * (demand_factor[at][month] if demand_factor is not None else 1.0)
        price = made.price[at][month] * (price_factor[at][month] if price_factor is not None else 1.0)
        sold = min(wanted, left)
        left -= sold
        hours.append(sold)
        revenues.append(sold * price * (1 - entry["bad_debt"]))
    total = sum(hours)
    handed_over = operating and commitment.hands_over(month, total, sum(revenues))
    if handed_over:
        assert commitment.terms is not None
        covered = commitment.terms["coverage"] * supported
        given = max(0.0, covered - (available - total) * sales.supported_fraction) / total
        hours = [sold * (1 - given) for sold in hours]
        revenues = [revenue * (1 - given) for revenue in revenues]
    sales.sold, sales.revenue = sum(hours), sum(revenues)
    sales.unsold = available - sales.sold
    utilisation = sales.sold / available if available > 0 else 0.0
    if operating:
        sales.power = made.power(month, utilisation)
        sales.costs = made.costs(month, sales.power, sales.sold, sales.revenue)
        commitment.count(month, sales, handed_over)
    for at, (sold, revenue) in enumerate(zip(hours, revenues, strict=True)):
        lines[f"sold_gpu_hours[{at}]"][month] = sold
        lines[f"revenue[{at}]"][month] = revenue
    for name, value in (
        ("available_gpu_hours", available),
        ("supported_gpu_hours", supported),
        ("supported_fraction", sales.supported_fraction),
        ("sold_gpu_hours", sales.sold),
        ("cloud_revenue", sales.revenue),
        ("unsold_gpu_hours", sales.unsold),
        ("utilisation", utilisation),
        ("power_cost", sales.power),
        ("operating_costs", sales.costs),
    ):
        lines[name][month] = value
    return sales


class Share:
    """The vendor's share of revenue along one path."""

    def __init__(self, made: Plan) -> None:
        self.made = made
        self.terms = made.deal["revenue_share"]
        multiple = self.terms["cap_multiple"]
        supported = [phase for phase in made.phases if phase.supported]
        price = sum(phase.gpus * phase.hardware_price for phase in supported)
        self.cap = float("inf") if multiple is None else multiple * price
        self.base_in_year = self.calculated_in_year = 0.0
        self.accrued_before = 0.0
        self.accrued = self.payable = self.arrears = 0.0

    def accrue(
        self,
        month: int,
        operating: bool,
        sales: Sales,
        commitment_paid: float,
        lines: Lines,
        *,
        enforced: bool,
    ) -> None:
        """Accrue the share of a month; what is owed stands in ``arrears`` until it is paid."""
        made, terms = self.made, self.terms
        if month >= made.op and (month - made.op) % 12 == 0:
            self.base_in_year = self.calculated_in_year = 0.0
        base = self._base(month, sales, commitment_paid) if operating and month >= made.op else 0.0
        calculated = self._marginal(month, base)
        self.base_in_year += base
        self.calculated_in_year += calculated
        top_up = 0.0
        if operating and month >= made.op and (month - made.op) % 12 == 11:
            top_up = max(0.0, at_year(terms["minimum_annual"], made.year[month]) - self.calculated_in_year)
        room = self.cap - self.accrued_before
        if room > HALF_A_CENT:
            self.accrued = min(calculated + top_up, room)
            self.accrued_before += self.accrued
        else:
            self.accrued = terms["tail_rate"] * base
        self.payable += self.accrued
        due = 0.0
        if enforced or made.settles(month, terms["settlement_months"]):
            due, self.payable = self.payable, 0.0
        self.arrears = self.arrears * (1 + terms["deferral_rate"] / 12) + due
        for name, value in (
            ("share_base", base),
            ("share_calculated", calculated),
            ("share_top_up", top_up),
            ("share_accrued", self.accrued),
            ("share_due", due),
            ("share_owed", self.arrears),
        ):
            lines[name][month] = value

    def _base(self, month: int, sales: Sales, commitment_paid: float) -> float:
        basis = self.terms["basis"]
        own = sales.supported_fraction
        if basis == "gross":
            base = sales.revenue * own
        elif basis == "net_of_power":
            base = max(0.0, sales.revenue - sales.power) * own
        else:
            base = max(0.0, sales.revenue * own - self.made.floor_open[month])
        return base + (commitment_paid if self.terms["include_support_payments"] else 0.0)

    def _marginal(self, month: int, base: float) -> float:
        """Return the share of a month's base, by bands of the base accumulated over the contract year."""
        terms, made = self.terms, self.made
        if base == 0 or not terms["rates"] or month - made.op < terms["holiday_months"]:
            return 0.0
        rates = terms["rates"][min(made.year[month], len(terms["rates"]) - 1)]
        bands = terms["bands"]
        low, high = self.base_in_year, self.base_in_year + base
        share = 0.0
        for at, (rate, start) in enumerate(zip(rates, bands, strict=True)):
            end = bands[at + 1] if at + 1 < len(bands) else float("inf")
            share += rate * max(0.0, min(high, end) - max(low, start))
        return share
