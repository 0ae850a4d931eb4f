"""What is owed in a month of the independent month loop, before any cash moves."""

from __future__ import annotations

from .month_loop_balances import Balances

PAYMENTS = (
    "sponsor_support",
    "operating_costs_paid",
    "rent_paid_cash",
    "escrow_draw",
    "lease_guarantee_draw",
    "escrow_released",
    "tax_paid",
    "debt_service_due",
    "debt_service_paid",
    "debt_service_unpaid",
    "dsra_draw",
    "letter_of_credit_draw",
    "debt_guarantee_draw",
    "lender_recovery",
    "lender_loss",
    "reserve_target",
    "reimbursement_paid",
    "share_paid",
    "recoupment_paid",
    "sweep",
    "distributions",
    "residual_proceeds",
    "final_debt_repaid",
)


class Dues(Balances):
    """The steps of a month that find out what is owed to whom, in their order."""

    def lines_of_the_plan(self) -> None:
        """Write the lines that no path changes, and set those of payments to zero."""
        made, month = self.made, self.month
        self.put("operating", 1.0 if self.operating else 0.0)
        for name, values in (
            ("hours", made.hours),
            ("floor_price", made.floor_price),
            ("sizing_cfads", made.sizing_cfads),
            ("scheduled_balance", made.scheduled_balance),
        ):
            self.put(name, values[month])
        self.put("rent_due", self.rent_now())
        for name in PAYMENTS:
            self.put(name, 0.0)
        if not self.operating:  # nothing is bought, drawn or charged
            return
        for name, values in (
            ("capex_paid", made.capex),
            ("hardware_paid", made.hardware_paid),
            ("debt_draw", made.draw),
            ("support_fees_paid", made.support_upfront),
        ):
            self.put(name, values[month])
        upfront = made.loan_upfront[month] + made.support_upfront[month]
        self.put("equity_for_capex", made.capex[month] + upfront - made.draw[month])

    def claims_on_the_vendor(self) -> None:
        """Settle the commitment, pay the residual value support at its date, and accrue the vendor's share."""
        made, month = self.made, self.month
        claim, paid = self.commitment.settle(month, self.operating)
        self.put("commitment_claim", claim)
        self.put("commitment_paid", paid)
        self.put("commitment_unpaid_claim", claim - paid)
        self.put("floor_amount", made.floor_open[month] if self.operating else 0.0)
        self.vendor_pays["capacity_commitment"] = paid
        self.vendor_pays["residual_value"] = self._residual_value_support()
        self.put("residual_value_paid", self.vendor_pays["residual_value"])
        self.share.accrue(month, self.operating, self.sales, paid, self.lines, enforced=month == self.enforcement)

    def _residual_value_support(self) -> float:
        terms = self.made.supports.get("residual_value")
        if not terms or self.month != self.made.month_of(terms["date"]):
            return 0.0
        if self.enforcement is not None and self.month > self.enforcement:
            return 0.0
        total = 0.0
        for phase in self.made.phases:
            if self.bought(phase):
                cost = phase.gpus * phase.hardware_price
                value = self.made.value(phase, self.month, self.residual_factor_now())
                kept = value * (1 - terms["remarketing_cost"])
                amount = terms["quota"] * max(0.0, terms["strike_fraction"] * cost - kept)
                cap = terms["cap_fraction"]
                total += amount if cap is None else min(cap * cost, amount)
        return total

    def debt_and_fees_due(self) -> None:
        """Find interest, principal and running fees of the month, and draw the loan."""
        made, month, terms = self.made, self.month, self.deal["senior_debt"]
        self.interest = self.debt * made.rate
        self.fees = self._running_fees() if self.operating else 0.0
        self.undrawn_fee = terms["commitment_fee"] / 12 * made.undrawn[month] * self.operating
        late = self.interest_arrears * (1 + made.rate + terms["default_margin"] / 12)
        self.interest_owed = self.interest + late + self.undrawn_fee
        self.debt += self.now("debt_draw")
        self.principal = 0.0
        enforced = self.enforcement is not None and month > self.enforcement
        if month >= made.first and not enforced:
            self.principal = max(0.0, self.debt - self.prepayment * made.scheduled_balance[month])
        self.put("interest_due", self.interest)
        self.put("principal_due", self.principal)

    def _running_fees(self) -> float:
        """Fees of the month on what is open of each support before this month's draws (the commitment: after them)."""
        due = 0.0
        for kind, terms in self.made.supports.items():
            base = 0.0
            if kind == "capacity_commitment":
                base = self.commitment.still_open(self.month)
            elif kind == "debt_guarantee":
                base = min(self.guarantee_left, terms["coverage"] * self.debt)
            elif kind == "lease_guarantee" and self.lease_runs(terms):
                base = self.lease_left
            elif kind == "letter_of_credit":
                base = self.letter_left
            due += terms["fee_bps"] / 1e4 / 12 * base
        return due

    def tax_due(self) -> None:
        """Tax the profit after losses brought forward: everything as accrued, interest without that on arrears."""
        made, month = self.made, self.month
        profit = depreciation = 0.0
        if self.operating:
            depreciation = made.depreciation[month]
            profit = self.sales.revenue + self.vendor_pays["capacity_commitment"]
            profit -= self.sales.costs + self.rent_now() + self.interest + self.undrawn_fee + self.fees
            profit -= made.loan_upfront[month] + made.support_upfront[month] + self.share.accrued + depreciation
        self.tax = self.deal["partner"]["tax_rate"] * max(0.0, profit - self.tax_losses)
        self.tax_losses = max(0.0, self.tax_losses - profit)
        self.put("depreciation", depreciation)
        self.put("taxable_profit", profit)
        self.put("tax_losses", self.tax_losses)
        self.put("tax_due", self.tax)
