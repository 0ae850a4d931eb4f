"""What a partner may see: the one list behind the partner's workbook, term sheet and view of a deal on the screen.

Whatever is not named here is internal: a field, line or key figure added elsewhere stays so until it is listed.
"""

from collections.abc import Mapping

PARTNER_FIELDS: Mapping[str, tuple[str, ...]] = {
    "": (
        "name", "currency", "start", "months", "include_residual", "equity_kicker", "vendor_name", "clauses",
        "valid_days",
    ),
    "partner": ("name", "country", "opening_cash", "minimum_cash", "tax_rate", "tax_life_months"),
    "phases": (
        "name", "system", "gpus", "delivery", "install_months", "ramp_months", "availability", "kw_per_gpu",
        "hardware_price", "other_capex", "supported",
    ),
    "demand": (
        "segment", "product", "gpus", "start", "end", "ramp_months", "annual_growth", "price", "annual_price_change",
        "price_floor", "tokens_per_second", "annual_throughput_gain", "bad_debt", "gpus_by_month",
    ),
    "operations": (
        "pue", "power_price_kwh", "idle_power_fraction", "site_cost_per_gpu_hour", "variable_cost_per_gpu_hour",
        "sga_fraction", "insurance_fraction", "annual_inflation", "rent_per_kw_month", "rent_escalator",
    ),
    "senior_debt": (
        "advance_rate", "sizing", "fixed_amount", "target_dscr", "sizing_case", "sizing_haircut", "base_rate",
        "margin", "upfront_fee", "commitment_fee", "first_repayment", "repayment_months", "profile",
        "balloon_fraction", "dsra_months", "cash_sweep", "lockup_dscr", "cure_months", "default_margin",
    ),
    "vendor_finance": ("deferred_fraction", "rate", "recoupment_rate"),
    "revenue_share": (
        "basis", "rates", "bands", "holiday_months", "minimum_annual", "cap_multiple", "tail_rate",
        "settlement_months", "rank", "suspend_while_called", "deferral_rate", "include_support_payments",
    ),
    "credit_support": (
        "name", "fee_bps", "upfront_fee", "reimbursable", "reimbursement_rate", "basis", "floor_prices",
        "coverage", "utilisation_floor", "deductible", "settlement_months", "netting", "aggregate_cap", "annual_cap",
        "longstop", "cap", "cap_fraction", "timing", "escrow", "escrow_release", "start", "end", "relet_months",
        "relet_fraction", "date", "quota", "strike_fraction", "remarketing_cost", "amount",
    ),
    "collateral": ("annual_value_decline", "floor_fraction", "sale_cost", "enforcement_months"),
}  # fmt: skip
"""Fields by the part of the deal they stand in: agreed terms and the shared base case."""

_LINES: Mapping[str, str] = {
    "Timeline": """
        hours last_month inflation delivery_month service_month delivered delivery any_delivered phase_in_service
        in_service first_operation in_operation operation_month contract_year year_starts year_ends
        first_repayment_month repayments before_repayment repaying repayment_ends
    """,
    "Capacity": """
        operating phase_capacity phase_supported phase_supported_capacity capacity_gpu_hours
        supported_capacity_gpu_hours available_gpu_hours supported_gpu_hours supported_fraction own_default
    """,
    "Demand": """
        segment_start segment_buying segment_ramp gpus_wanted list_price tokens_per_gpu_hour base_price base_left
        base_sold base_revenue hours_left offered_gpu_hours offered_revenue sold_gpu_hours revenue cloud_revenue
        tenants_leave unsold_gpu_hours utilisation supported_revenue
    """,
    "Capital cost": """
        hardware_cost depreciable_cost deferred_cost cash_hardware_cost cash_capital_cost planned_capex capex
        capex_paid hardware_paid hardware_deferred supported_hardware_cost supported_hardware_price
        hardware_delivered phase_bought phase_held phase_age value_fraction phase_value collateral_value
        phase_depreciation depreciation
    """,
    "Operating costs": """
        phase_kilowatts kilowatts_delivered phase_load full_power_cost power_cost standing_costs variable_costs
        operating_costs kilowatts_bought kilowatts_rented rent_due contract_rent
    """,
    "Debt sizing": """
        floor_price committed_gpu_hours committed_floor gross_commitment floor_ahead sizing_hours sizing_revenue
        sizing_power_cost sizing_costs sizing_cfads debt_rate sizing_service loan_discount level_service
        equal_principal unit_service affordable_debt balloon_worth debt_cover_capacity advance_limit debt_amount
    """,
    "Debt schedule": """
        debt_scale planned_draw scheduled_principal scheduled_balance regular_principal scheduled_service
        reserve_ahead settlement_ahead
    """,
    "Capacity commitment": """
        commitment_settles claims_restart floor_amount claim_price covered_gpu_hours offered_hours offered_total
        put_claim claims_before put_fits put_exercised handed_over unsold_covered monthly_claim claims_to_date
        commitment_claim paid_in_year_before paid_in_year aggregate_left annual_left commitment_paid
        commitment_to_date commitment_unpaid_claim commitment_open paid_now called
    """,
    "Revenue share": """
        share_base base_before base_in_year band_rate band_base share_starts share_calculated calculated_in_year
        minimum_share share_top_up share_cap share_left share_counted counted_to_date cap_full share_accrued
        share_settles share_due share_payable share_owed share_flows deferred_owed recoupment_due
    """,
    "Other support": """
        guarantee_cap guarantee_left guarantee_to_date lease_left lease_to_date lease_starts lease_ends lease_runs
        letter_left letter_to_date residual_date residual_short residual_claim residual_value_paid residual_capped
    """,
    "Support fees": """
        commitment_running_fee guarantee_running_fee lease_running_fee letter_running_fee support_fees_charged
        first_delivery commitment_upfront guarantee_upfront lease_upfront letter_upfront support_upfront
        support_upfront_paid loan_upfront_fee
    """,
    "Reimbursement": """
        claim_paid claim_owed reimbursement_owed reimbursement_kept claim_balance reimbursement_balance
    """,
    "Tax": """
        taxable_profit tax_losses tax_due
    """,
    "Cash in": """
        cash_open costs_owed rent_owed tax_owed cash_earned sponsor_support
    """,
    "Costs, rent and tax paid": """
        cash_to_spend operating_costs_paid costs_unpaid cash_after_costs rent_paid_cash rent_claimed_part rent_claim
        escrow_draw lease_guarantee_draw rent_unpaid escrow_to_cash escrow_balance escrow_left escrow_released
        cash_after_rent tax_paid tax_unpaid cash_after_tax
    """,
    "Share in the order of payments": """
        cash_for_share share_paid_in_order recoupment_in_order
    """,
    "Senior debt": """
        debt_draw debt_drawn draws_end interest_due commitment_fee interest_owed principal_due debt_service_due
        interest_unpaid principal_paid debt_after_service residual_recovery residual_interest debt_before_closing
        debt_balance interest_arrears
    """,
    "Debt service": """
        cash_for_debt service_from_cash dsra_draw short_after_reserve short_for_support letter_of_credit_draw
        timely_draw debt_service_unpaid debt_service_paid
    """,
    "Cover": """
        cfads cfads_without_support scheduled_debt_service cover_from cfads_12m cfads_without_12m service_12m
        dscr_12m dscr_without_support loan_to_value lockup_level cover_holds service_counted dscr_counted
        dscr_counted_without dscr_called
    """,
    "Reserve and fees": """
        cash_after_service reserve_target reserve_topup reserve_release reserve_before_closing dsra_balance
        cash_after_reserve fees_owed fees_in_order cash_after_fees reimbursement_in_order cash_after_reimbursement
        cash_at_end
    """,
    "Sweep and distributions": """
        cash_kept sweep prepayment_factor vendor_arrears may_distribute distribution_in_order cash_before_closing
    """,
    "Default": """
        unpaid unpaid_months defaulted default_month months_since_default enforcement enforced_before
    """,
    "Closing account": """
        final_month closing residual_proceeds pool lender_claim pool_to_lenders final_debt_repaid lender_recovery
        lender_short ultimate_draw debt_guarantee_draw lender_loss left_after_lenders reimbursement_at_closing
        left_after_reimbursement share_at_closing left_after_share fees_at_closing left_after_fees
        recoupment_at_closing left_to_partner cash_close
    """,
    "Paid to the vendor": """
        share_paid share_arrears recoupment_paid deferred_balance support_fees_paid fee_arrears reimbursement_paid
    """,
    "Partner": """
        distributions equity_for_capex first_month partner_equity_flow equity_received equity_paid_in
        equity_received_months equity_paid_in_months equity_paid_in_at mean_month_received mean_month_paid_in
        equity_out_from equity_months equity_to_date
    """,
    "Key figures": """
        loan_to_cost equity_invested min_dscr min_dscr_without_support min_dscr_called cfads_in_window llcr
        principal_months average_life unpaid_back payback_month share_of_revenue
    """,
    "Checks": """
        check_funding escrow_received running_fees_paid shareholders_paid cash_received cash_paid_first
        cash_paid_last check_cash check_debt check_balances lowest_vendor_balance check_bands beyond_limits
        check_limits check_end check_hours
    """,
}
PARTNER_LINES: Mapping[str, tuple[str, ...]] = {section: tuple(names.split()) for section, names in _LINES.items()}
"""Lines of the model by section, in the order of the partner's sheet; none rests on a field that is not listed."""

PARTNER_FIGURES = (
    "debt_amount", "debt_cover_capacity", "advance_limit", "capex", "loan_to_cost", "gross_commitment",
    "cloud_revenue", "share_paid", "commitment_paid", "guarantee_paid", "lease_guarantee_paid", "lender_loss",
    "distributions", "equity_invested", "min_dscr", "min_dscr_without_support", "min_dscr_called", "llcr",
    "average_life", "payback_month", "share_of_revenue", "partner_irr", "defaulted",
)  # fmt: skip
"""Key figures, by their names in files."""

PARTNER_GLANCE = (*PARTNER_FIGURES, "support_paid")
"""Figures of the rail: key figures, and sums of listed lines that stand only there."""
