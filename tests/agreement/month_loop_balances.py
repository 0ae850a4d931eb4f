"""The balances of one path of the independent month loop, and the payments that move them.

Nothing here decides what is owed or in which order; ``month_loop.py`` does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from .month_loop_plan import Json, Phase, Plan
from .month_loop_sales import Commitment, Lines, Sales, Share

Factor = float | Sequence[float]

KINDS = ("capacity_commitment", "debt_guarantee", "lease_guarantee", "residual_value", "letter_of_credit")


class Balances:
    """What one path carries from month to month, and what the steps of a month hand to each other.

    Money in whole units of the deal's currency; ``lines`` holds one list by month for each line.
    """

    def __init__(self, made: Plan, residual_factor: Factor, partner_default: int | None) -> None:
        self.made = made
        self.deal = made.deal
        self.last = made.months - 1
        self.residual_factor = residual_factor
        self.partner_default = partner_default
        self.lines: Lines = defaultdict(lambda: [0.0] * made.months)
        self.commitment = Commitment(made)
        self.share = Share(made)
        lease: Json = made.supports.get("lease_guarantee", {})
        letter: Json = made.supports.get("letter_of_credit", {})
        # carried from month to month
        self.cash = float(made.deal["partner"]["opening_cash"])
        self.debt = self.reserve = self.interest_arrears = 0.0
        self.costs_arrears = self.rent_arrears = self.tax_arrears = self.fee_arrears = 0.0
        self.tax_losses = self.deferred = 0.0
        self.prepayment = 1.0
        self.service_unpaid = 0.0
        self.missed_months = 0
        self.default_month: int | None = None
        self.enforcement: int | None = None
        self.escrow = self.escrow_posted = float(lease.get("escrow", 0.0))
        self.lease_left = float(lease.get("cap", 0.0))
        self.letter_left = float(letter.get("amount", 0.0))
        self.guarantee_left = made.guarantee_cap
        self.owed_to_vendor = {kind: 0.0 for kind in KINDS if made.supports.get(kind, {}).get("reimbursable")}
        # of the month at hand
        self.month = 0
        self.operating = True
        self.sales = Sales()
        self.vendor_pays = dict.fromkeys(KINDS, 0.0)
        self.interest = self.undrawn_fee = self.interest_owed = self.principal = 0.0
        self.fees = self.tax = self.target = self.paid_before_debt = self.dscr = 0.0

    def bought(self, phase: Phase) -> bool:
        """Say whether a phase has been delivered; nothing is bought from the month after a default on."""
        last = self.month if self.default_month is None else min(self.month, self.default_month)
        return phase.delivery <= last

    def rent_now(self) -> float:
        """Return the rent of the month, which is owed for the systems bought."""
        ops = self.deal["operations"]
        kw = sum(phase.gpus * phase.kw for phase in self.made.phases if self.bought(phase))
        return float(kw * ops["rent_per_kw_month"] * (1 + ops["rent_escalator"]) ** (self.month / 12))

    def put(self, name: str, value: float) -> None:
        """Write the value of a line for the month."""
        self.lines[name][self.month] = value

    def add(self, name: str, value: float) -> None:
        """Add to the value of a line for the month."""
        self.lines[name][self.month] += value

    def now(self, name: str) -> float:
        """Return the value of a line in the month."""
        return self.lines[name][self.month]

    def pay(self, owed: float) -> float:
        """Pay what cash allows of an amount and return it."""
        paid = max(0.0, min(self.cash, owed))
        self.cash -= paid
        return paid

    def residual_factor_now(self) -> float:
        """Return the factor on the value of hardware of the month."""
        factor = self.residual_factor
        return factor if isinstance(factor, float | int) else factor[self.month]

    def lease_runs(self, terms: Json) -> bool:
        """Say whether the month lies between the dates of a lease guarantee."""
        ended = terms["end"] is not None and self.month > self.made.month_of(terms["end"])
        return self.made.month_of(terms["start"]) <= self.month and not ended

    def pay_rent_for_partner(self, claim: float) -> float:
        """Pay rent from the escrow, then from the lease guarantee, and return what they paid."""
        terms = self.made.supports.get("lease_guarantee")
        if not terms:
            return 0.0
        escrow = min(self.escrow, claim)
        self.escrow -= escrow
        vendor = min(self.lease_left, claim - escrow) if self.lease_runs(terms) else 0.0
        self.lease_left -= vendor
        self.put("escrow_draw", escrow)
        self.put("lease_guarantee_draw", vendor)
        self.vendor_pays["lease_guarantee"] = vendor
        return escrow + vendor

    def serve_debt(self, from_cash: float) -> None:
        """Pay interest, then principal: from cash, then reserve, letter of credit and a timely guarantee."""
        due = self.interest_owed + self.principal
        reserve = min(self.reserve, due - from_cash)
        self.reserve -= reserve
        letter = min(self.letter_left, due - from_cash - reserve)
        self.letter_left -= letter
        short = due - from_cash - reserve - letter
        guarantee = 0.0
        terms = self.made.supports.get("debt_guarantee")
        if terms and terms["timing"] == "timely":
            guarantee = min(self.guarantee_left, terms["coverage"] * max(0.0, short - self.service_unpaid))
            self.guarantee_left -= guarantee
        paid = from_cash + reserve + letter + guarantee
        interest = min(paid, self.interest_owed)
        self.interest_arrears = self.interest_owed - interest
        self.debt -= paid - interest
        self.service_unpaid = short - guarantee
        self.vendor_pays["letter_of_credit"] = letter
        self.vendor_pays["debt_guarantee"] = guarantee
        self.put("debt_service_due", due)
        self.put("debt_service_paid", paid)
        self.put("debt_service_unpaid", self.service_unpaid)
        self.put("dsra_draw", reserve)
        self.put("letter_of_credit_draw", letter)
        self.put("debt_guarantee_draw", guarantee)

    def recover(self, money: float) -> float:
        """Give the lenders what their claim takes of an amount, arrears of interest first; return what they took."""
        used = min(money, self.debt + self.interest_arrears)
        interest = min(used, self.interest_arrears)
        self.interest_arrears -= interest
        self.debt -= used - interest
        self.add("lender_recovery", used)
        return used

    def grow_claims(self) -> None:
        """Add interest and the payments of the month to what the partner owes the vendor for its support."""
        for kind in self.owed_to_vendor:
            growth = 1 + self.made.supports[kind]["reimbursement_rate"] / 12
            self.owed_to_vendor[kind] = self.owed_to_vendor[kind] * growth + self.vendor_pays[kind]

    def reimburse(self) -> None:
        """Pay the vendor's claims from cash, pro rata."""
        total = sum(self.owed_to_vendor.values())
        paid = self.pay(total)
        self.add("reimbursement_paid", paid)
        for kind, owed in self.owed_to_vendor.items():
            self.owed_to_vendor[kind] = owed - paid * owed / total if total > 0 else 0.0

    def pay_share(self) -> float:
        """Pay the share owed from cash and return what was paid; the rest is in arrears."""
        paid = self.pay(self.share.arrears)
        self.share.arrears -= paid
        self.add("share_paid", paid)
        return paid

    def deferred_now(self) -> float:
        """Return the deferred price with this month's interest and deliveries, less what was paid of it this month."""
        growth: float = 1 + self.deal["vendor_finance"]["rate"] / 12
        return (
            self.deferred * growth
            + self.operating * self.made.deferred[self.month]
            - self.lines["recoupment_paid"][self.month]
        )

    def sell_hardware(self) -> float:
        """Return what the hardware delivered so far brings, after the cost of selling it."""
        kept: float = 1 - self.deal["collateral"]["sale_cost"]
        factor = self.residual_factor_now()
        bought = [phase for phase in self.made.phases if self.bought(phase)]
        sold = kept * sum(self.made.value(phase, self.month, factor) for phase in bought)
        self.put("residual_proceeds", sold)
        return sold
