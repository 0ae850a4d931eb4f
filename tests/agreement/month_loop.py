"""A deal computed month by month in plain Python floats, written from the description of the domain alone.

It is the oracle the engine is compared with on random deals, and the baseline its speed is measured against. Each step
of a month is a method, in the order in which money moves. Lines are lists by month, money in whole units of the deal's
currency. Where the description leaves a choice, the comment beside the step says which was taken.
"""

from __future__ import annotations

from math import inf

from .month_loop_balances import KINDS, Factor
from .month_loop_due import Dues
from .month_loop_figures import Figures, key_figures
from .month_loop_plan import HALF_A_CENT, Json, Plan, plan
from .month_loop_sales import Factors, Lines, sell
from .month_loop_sizing import size_debt

UNPAID = 0.01


def prepare(deal: Json) -> Plan:
    """Return the part of a deal that no path changes, sized debt included."""
    made = plan(deal)
    size_debt(made)
    return made


def run(
    made: Plan,
    *,
    demand_factor: Factors | None = None,
    price_factor: Factors | None = None,
    residual_factor: Factor = 1.0,
    partner_default: int | None = None,
) -> Lines:
    """Return every monthly line of one path of a prepared deal.

    ``demand_factor`` and ``price_factor`` have one list by month per segment, ``residual_factor`` is one number or a
    list by month, ``partner_default`` is the month in which the partner defaults on its own account, or None.
    """
    path = Path(made, residual_factor, partner_default)
    for month in range(made.months):
        path.step(month, demand_factor, price_factor)
    return dict(path.lines)


def evaluate(
    deal: Json,
    *,
    demand_factor: Factors | None = None,
    price_factor: Factors | None = None,
    residual_factor: Factor = 1.0,
    partner_default: int | None = None,
) -> tuple[Lines, Figures]:
    """Return every monthly line and the key figures of a deal; the factors are those of ``run``."""
    made = prepare(deal)
    lines = run(
        made,
        demand_factor=demand_factor,
        price_factor=price_factor,
        residual_factor=residual_factor,
        partner_default=partner_default,
    )
    return lines, key_figures(made, lines)


class Path(Dues):
    """One path of a deal: the steps of a month."""

    def step(self, month: int, demand_factor: Factors | None, price_factor: Factors | None) -> None:
        """Compute one month, in the order in which money moves."""
        self.month = month
        self.operating = self.default_month is None
        self.vendor_pays = dict.fromkeys(KINDS, 0.0)
        self.sales = sell(
            self.made,
            self.commitment,
            month,
            operating=self.operating,
            demand_factor=demand_factor,
            price_factor=price_factor,
            lines=self.lines,
        )
        self.lines_of_the_plan()
        self.claims_on_the_vendor()
        self.debt_and_fees_due()
        self.tax_due()
        self.put("cash_open", self.cash)
        self.paid_before_debt = self.target = 0.0
        if self.operating:
            self._pay_in_order()
            self._ratios()
            self._sweep_and_distribute()
            self._test_default()
        else:
            self._wait_for_enforcement()
            self._ratios()
            if month == self.enforcement:
                self._enforce()
        if month == self.last:
            self._release_all()
        self._close()

    # -- a month of a partner that has not defaulted

    def _pay_in_order(self) -> None:
        made, month = self.made, self.month
        self.cash += self.sales.revenue + self.vendor_pays["capacity_commitment"] + self.vendor_pays["residual_value"]
        costs = self.sales.costs + self.costs_arrears
        rent = self.rent_now() + self.rent_arrears
        tax = self.tax + self.tax_arrears
        if month < made.first:  # an escrow released this month is not counted
            support = max(0.0, costs + rent + tax + self.interest_owed - self.cash)
            self.put("sponsor_support", support)
            self.cash += support
        paid = self.pay(costs)
        self.put("operating_costs_paid", paid)
        self.costs_arrears = costs - paid
        paid = self.pay(rent)
        self.put("rent_paid_cash", paid)
        self.rent_arrears = rent - paid - self.pay_rent_for_partner(rent - paid)  # arrears of rent are covered too
        self._release_escrow()
        paid = self.pay(tax)
        self.put("tax_paid", paid)
        self.tax_arrears = tax - paid
        before_debt = self.deal["revenue_share"]["rank"] == "before_debt"
        if before_debt:
            kept = self.interest_owed if month < made.first else 0.0
            self.cash -= kept
            self.paid_before_debt = self._pay_share_and_recoupment()
            self.cash += kept
        self.serve_debt(self.pay(self.interest_owed + self.principal))
        self._fill_reserve()
        fees = self.fee_arrears + self.fees
        paid = self.pay(fees)
        self.add("support_fees_paid", paid)
        self.fee_arrears = fees - paid
        self.grow_claims()
        self.reimburse()
        if not before_debt:
            self._pay_share_and_recoupment()

    def _release_escrow(self) -> None:
        terms = self.made.supports.get("lease_guarantee")
        if terms and terms["escrow_release"] and self.month == self.made.month_of(terms["escrow_release"]):
            self.put("escrow_released", self.escrow)
            self.cash += self.escrow
            self.escrow = 0.0

    def _pay_share_and_recoupment(self) -> float:
        """Pay the share, unless a call of the commitment suspends it, then recoupment, which nothing suspends."""
        held = self.deal["revenue_share"]["suspend_while_called"] and self.commitment.called
        paid = 0.0 if held and self.month != self.last else self.pay_share()
        rate = self.deal["vendor_finance"]["recoupment_rate"]
        recoupment = self.pay(min(rate * self.sales.revenue * self.sales.supported_fraction, self.deferred_now()))
        self.add("recoupment_paid", recoupment)
        return paid + recoupment

    def _fill_reserve(self) -> None:
        made, month = self.made, self.month
        if month >= made.op:
            ahead = made.scheduled_service[month + 1 : month + 1 + self.deal["senior_debt"]["dsra_months"]]
            self.target = min(self.prepayment * sum(ahead), self.debt)
        self.put("reserve_target", self.target)
        surplus = max(0.0, self.reserve - self.target)
        self.cash += surplus
        self.reserve += self.pay(self.target - self.reserve) - surplus

    def _sweep_and_distribute(self) -> None:
        made, month, terms = self.made, self.month, self.deal["senior_debt"]
        if month < made.first:
            return
        ahead = made.commitment["settlement_months"] - 1 if made.commitment else 0
        kept = self.prepayment * sum(made.scheduled_service[month + 1 : month + 1 + ahead])
        kept += self.deal["partner"]["minimum_cash"] + self.share.payable
        sweep = min(self.debt, terms["cash_sweep"] * max(0.0, self.cash - kept))
        if self.debt > HALF_A_CENT:
            self.prepayment *= (self.debt - sweep) / self.debt
        self.put("sweep", sweep)
        self.cash -= sweep
        self.debt -= sweep
        arrears = (self.share.arrears, self.fee_arrears, sum(self.owed_to_vendor.values()))
        locked = made.in_window(month) and self.dscr < terms["lockup_dscr"]
        full = self.target - self.reserve <= HALF_A_CENT
        if self._missed() <= HALF_A_CENT and max(arrears) <= HALF_A_CENT and full and not locked:
            self.add("distributions", self.pay(self.cash - kept))

    def _missed(self) -> float:
        return self.costs_arrears + self.rent_arrears + self.tax_arrears + self.service_unpaid

    def _test_default(self) -> None:
        """Default from the next month on; never in the last month, whichever the cause."""
        self.missed_months = self.missed_months + 1 if self._missed() > UNPAID else 0
        cured = self.missed_months < self.deal["senior_debt"]["cure_months"]
        if self.month < self.last and (not cured or self.month == self.partner_default):
            self.default_month = self.month
            self.enforcement = min(self.last, self.month + self.deal["collateral"]["enforcement_months"])

    # -- after a default, and the last month

    def _wait_for_enforcement(self) -> None:
        """Rent and service are paid by reserve, letter of credit and the vendor; cash waits."""
        assert self.default_month is not None
        assert self.enforcement is not None
        if terms := self.made.supports.get("lease_guarantee"):
            late = self.month - self.default_month > terms["relet_months"]
            self.pay_rent_for_partner(self.rent_now() * (1 - terms["relet_fraction"] if late else 1.0))
        if self.month <= self.enforcement:
            self.serve_debt(0.0)
            paid = self.vendor_pays["residual_value"]
            self.cash += paid - (self.recover(paid) if self.month < self.enforcement else 0.0)
        self.grow_claims()

    def _enforce(self) -> None:
        """Sell the hardware and share out what there is: lenders, guarantee, vendor, partner."""
        self.cash += self.sell_hardware() + self.reserve
        self.reserve = 0.0
        self.cash -= self.recover(self.cash)
        loss = self.debt + self.interest_arrears
        self.debt = self.interest_arrears = 0.0
        if terms := self.made.supports.get("debt_guarantee"):
            guarantee = min(self.guarantee_left, terms["coverage"] * loss)
            self.guarantee_left -= guarantee
            self.add("debt_guarantee_draw", guarantee)
            if terms["reimbursable"]:
                self.owed_to_vendor["debt_guarantee"] += guarantee
            loss -= guarantee
        self.put("lender_loss", loss)
        self.reimburse()
        self.pay_share()
        fees = self.pay(self.fee_arrears)
        self.fee_arrears -= fees
        self.add("support_fees_paid", fees)
        self.add("recoupment_paid", self.pay(self.deferred_now()))
        self.add("distributions", self.pay(self.cash))

    def _release_all(self) -> None:
        """In the last month give out what is left: the escrow alone after a default."""
        if self.default_month is not None:
            self.put("escrow_released", self.escrow)
            self.add("distributions", self.escrow)
            self.escrow = 0.0
            return
        self.cash += self.reserve + self.escrow
        self.reserve = self.escrow = 0.0
        if self.deal["include_residual"]:
            self.cash += self.sell_hardware()
        owed = self.debt + self.interest_arrears
        repaid = self.pay(owed)
        self.put("final_debt_repaid", repaid)
        self.put("lender_loss", owed - repaid)
        self.debt = self.interest_arrears = 0.0
        self.reimburse()
        self.pay_share()
        self.add("recoupment_paid", self.pay(self.deferred_now()))
        self.add("distributions", self.pay(self.cash))

    # -- what the month shows

    def _ratios(self) -> None:
        made, month = self.made, self.month
        cfads = support = service = 0.0
        self.dscr = inf
        if self.operating:
            support = self.vendor_pays["capacity_commitment"]
            cfads = self.sales.revenue + support - self.sales.costs - self.rent_now()
            cfads -= self.lines["tax_paid"][month] + self.paid_before_debt
            scheduled = min(made.scheduled_principal[month] * self.prepayment, self.principal)
            service = self.interest + self.undrawn_fee + max(0.0, scheduled)
        self.put("cfads", cfads)
        self.put("cfads_without_support", cfads - support)
        self.put("scheduled_debt_service", service)
        if self.operating and made.in_window(month):
            since = max(made.first, month - 11)
            owed = sum(self.lines["scheduled_debt_service"][since : month + 1])
            if owed > HALF_A_CENT:
                self.dscr = sum(self.lines["cfads"][since : month + 1]) / owed
        self.put("dscr_12m", self.dscr)

    def _close(self) -> None:
        """Write the closing balances and each side's flow."""
        self.deferred = self.deferred_now()
        for name, value in (
            ("deferred_balance", self.deferred),
            ("share_payable", self.share.payable),
            ("share_arrears", self.share.arrears),
            ("reimbursement_balance", sum(self.owed_to_vendor.values())),
            ("dsra_balance", self.reserve),
            ("prepayment_factor", self.prepayment),
            ("cash_close", self.cash),
            ("debt_balance", self.debt),
            ("defaulted", 0.0 if self.default_month is None else 1.0),
        ):
            self.put(name, value)
        kicker = self.deal["equity_kicker"]
        partner = self.now("distributions") * (1 - kicker) - self.now("equity_for_capex") - self.now("sponsor_support")
        if self.month == 0:
            partner -= self.escrow_posted + self.deal["partner"]["opening_cash"]
        self.put("partner_equity_flow", partner)
        used = self.made.commitment["internal_use_value"] if self.made.commitment else 0.0
        vendor = (
            self.now("share_paid")
            + self.now("recoupment_paid")
            + self.now("support_fees_paid")
            + self.now("reimbursement_paid")
        )
        vendor += kicker * self.now("distributions") - self.now("commitment_paid") * (1 - used)
        vendor -= self.now("debt_guarantee_draw") + self.now("lease_guarantee_draw")
        vendor -= self.now("letter_of_credit_draw") + self.now("residual_value_paid")
        self.put("vendor_support_flow", vendor)
        self.put("vendor_flow", vendor + self.now("hardware_paid"))
