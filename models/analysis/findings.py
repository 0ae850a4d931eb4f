"""What the figures of a deal warn of, as problems that lead to a field."""

from __future__ import annotations

from models.analysis.figures import default_month, over_advance_rate, sizing_cover, support_paid
from models.analysis.reading import MONEY_DUST, Reading
from models.deal.problems import Problem


def findings(case: Reading) -> tuple[Problem, ...]:
    """Warnings that follow from the figures, the most serious first."""
    return tuple(Problem(path, message, "warning") for path, message in _found(case))


def _found(case: Reading) -> list[tuple[str, str]]:
    debt = case.deal.senior_debt
    found: list[tuple[str, str]] = []
    default = default_month(case)
    lowest = case.kpi("min_dscr")
    if default is not None:
        found.append(("senior_debt.cure_months", f"The project defaults in {case.month(default)}"))
    elif lowest is not None and lowest < 1.0:
        found.append(("senior_debt.target_dscr", "Cash does not cover debt service"))
    elif lowest is not None and lowest < debt.lockup_dscr:
        found.append(("senior_debt.lockup_dscr", f"Cover falls under the lock-up of {debt.lockup_dscr:.2f}"))
    found += _lenders(case)
    lost = case.total("lender_loss")
    if lost > MONEY_DUST:
        found.append(("senior_debt.sizing", f"Lenders lose {case.millions(lost)}"))
    found += _partner(case)
    refused = case.total("commitment_unpaid_claim")
    if refused > MONEY_DUST:
        index = next(i for i, s in enumerate(case.deal.credit_support) if s.kind == "capacity_commitment")
        found.append((f"credit_support[{index}].aggregate_cap", f"Caps refuse {case.millions(refused)} of claims"))
    elif support_paid(case) > MONEY_DUST:
        found.append(("credit_support", f"The support pays {case.millions(support_paid(case))}"))
    arrears = case.line("share_arrears")[-1]
    if arrears > MONEY_DUST:
        found.append(("revenue_share.rank", f"Share of {case.millions(arrears)} stays unpaid"))
    return found


def _lenders(case: Reading) -> list[tuple[str, str]]:
    """A loan that neither cover nor the advance rate sized may be more than lenders give: say so."""
    debt = case.deal.senior_debt
    path = "senior_debt.fixed_amount" if debt.sizing == "fixed" else "senior_debt.sizing"
    found = []
    called = case.kpi("min_dscr_called")
    if called is not None and called < 1.0:
        found.append((path, f"Cover is {sizing_cover(case, called)}, under 1.00"))
    over = over_advance_rate(case)
    if over:
        found.append((path, f"The loan is {case.millions(over)} over the advance rate"))
    return found


def _partner(case: Reading) -> list[tuple[str, str]]:
    irr = case.kpi("partner_irr")
    cost = case.deal.partner.discount_rate
    if irr is None:
        reason = case.case.reasons.get("partner_irr", "it does not exist")
        return [("revenue_share.rates", f"No partner IRR: {reason}")]
    if irr < cost:
        return [("revenue_share.rates", f"Partner IRR is under {cost * 100:.1f} %")]
    return []
