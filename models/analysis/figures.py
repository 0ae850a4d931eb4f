"""The key figures of the rail: what is shown, in which unit, with which note."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from models.analysis.reading import MONEY_DUST, Reading
from models.deal.shared import PARTNER_GLANCE

NoteKind = Literal["plain", "good", "warning"]
_SIZING_WORDS = {
    "floor_called": "with the floor fully called",
    "contracted": "on contracted revenue alone",
    "base": "in the lenders’ base case",
}


@dataclass(frozen=True)
class Note:
    """One line under a key figure."""

    text: str
    kind: NoteKind = "plain"
    internal: bool = False


@dataclass(frozen=True)
class GlanceFigure:
    """One key figure in the unit of its label; `value` None has its reason in words.

    `movement` is the difference against the saved deal, None where there is nothing to compare.
    """

    name: str
    label: str
    value: float | None
    decimals: int
    reason: str = ""
    notes: tuple[Note, ...] = ()
    movement: float | None = None
    prominent: bool = False

    @property
    def internal(self) -> bool:
        """Whether the list of what a partner may see does not name it."""
        return self.name not in PARTNER_GLANCE


def key_figures(now: Reading, saved: Reading | None) -> tuple[GlanceFigure, ...]:
    """The key figures of a case from top to bottom, with their movement against the saved one."""
    kpis = {figure.name: figure for figure in _figures(saved)} if saved is not None else {}
    pays = support_paid(now) > MONEY_DUST  # a row only where something is paid, compared with a zero that has none
    shown = [figure for figure in _figures(now) if pays or figure.name != "support_paid"]
    return tuple(_with_movement(figure, kpis.get(figure.name)) for figure in shown)


def _with_movement(figure: GlanceFigure, before: GlanceFigure | None) -> GlanceFigure:
    if before is None or before.value is None or figure.value is None:
        return figure
    moved = round(figure.value - before.value, 9)
    return GlanceFigure(**{**vars(figure), "movement": moved})


def _figures(case: Reading) -> list[GlanceFigure]:
    deal = case.deal
    money = f", {case.money_unit}"
    found = [
        GlanceFigure(
            "partner_irr",
            "Partner IRR, %",
            _scaled(case, "partner_irr", 100),
            1,
            case.case.reasons.get("partner_irr", ""),
            _irr_notes(case),
            prominent=True,
        ),
        GlanceFigure(
            "min_dscr",
            "Lowest DSCR, x",
            case.kpi("min_dscr"),
            2,
            case.case.reasons.get("min_dscr", ""),
            _cover_notes(case),
            prominent=True,
        ),
        _money(case, "debt_amount", f"Senior debt{money}", _debt_notes(case)),
        _money(case, "equity_invested", f"Equity invested{money}"),
    ]
    if any(support.kind == "capacity_commitment" for support in deal.credit_support):
        found.append(_money(case, "gross_commitment", f"Commitment{money}"))
    found.append(GlanceFigure("support_paid", f"Support paid{money}", support_paid(case) / 1e6, case.money_decimals))
    found.append(_money(case, "share_paid", f"Share paid{money}"))
    found.append(_money(case, "vendor_support_npv", f"Support NPV{money}"))
    return found


SUPPORT_PAYMENTS = {
    "commitment_paid": "Commitment",
    "debt_guarantee_draw": "Debt guarantee",
    "lease_guarantee_draw": "Lease guarantee",
    "letter_of_credit_draw": "Letter of credit",
    "residual_value_paid": "Residual value",
}
"""What the vendor can pay, by line, with the word for it."""


def support_paid(case: Reading) -> float:
    """All payments of the vendor's support over the life of the deal, in whole units of money."""
    return sum(case.total(name) for name in SUPPORT_PAYMENTS)


def default_month(case: Reading) -> int | None:
    """The month of the model in which the project defaults, None where it never does."""
    return next((month for month, value in enumerate(case.line("defaulted")) if value > 0.5), None)


def _scaled(case: Reading, name: str, factor: float) -> float | None:
    value = case.kpi(name)
    return None if value is None else value * factor


def _money(case: Reading, name: str, label: str, notes: tuple[Note, ...] = ()) -> GlanceFigure:
    return GlanceFigure(
        name,
        label,
        _scaled(case, name, 1e-6),
        case.money_decimals,
        case.case.reasons.get(name, ""),
        notes,
    )


def _irr_notes(case: Reading) -> tuple[Note, ...]:
    irr = case.kpi("partner_irr")
    cost = case.deal.partner.discount_rate
    if irr is None:
        return ()
    gap = round((irr - cost) * 100, 1)
    target = f"the cost of equity, {cost * 100:.1f}"
    if gap < 0:
        return (Note(f"{-gap:.1f} under {target}", "warning", internal=True),)
    if gap == 0:
        return (Note(f"Equals {target}", "good", internal=True),)
    return (Note(f"{gap:.1f} over {target}", "good", internal=True),)


def _cover_notes(case: Reading) -> tuple[Note, ...]:
    debt = case.deal.senior_debt
    lowest = case.kpi("min_dscr")
    notes = []
    if lowest is not None and lowest < 1.0:
        notes.append(Note("Cash does not cover debt service", "warning"))
    elif lowest is not None and lowest < debt.lockup_dscr:
        notes.append(Note(f"Under the lock-up, {debt.lockup_dscr:.2f}", "warning"))
    without = case.kpi("min_dscr_without_support")
    if without is not None and lowest is not None and without < lowest - 0.005:
        notes.append(Note(f"{_signed_ratio(without)} without the support"))
    called = case.kpi("min_dscr_called")
    if called is not None:
        short = called < debt.target_dscr - 0.005
        notes.append(Note(sizing_cover(case, called), "warning" if short else "good"))
    return tuple(notes[:2])


def sizing_cover(case: Reading, called: float) -> str:
    """The lowest cover of the case that sizes the debt, in words, such as `1.30 with the floor fully called`."""
    return f"{_signed_ratio(called)} {_SIZING_WORDS[case.deal.senior_debt.sizing_case]}"


def _signed_ratio(value: float) -> str:
    return f"{value:.2f}".replace("-", "−")


def _debt_notes(case: Reading) -> tuple[Note, ...]:
    part = case.kpi("loan_to_cost")
    if part is None:
        return ()
    limit = case.deal.senior_debt.advance_rate
    words = f"Loan to cost {part * 100:.1f} %, limit {limit * 100:.1f} %"
    return (Note(words, "warning" if over_advance_rate(case) else "plain"),)


def over_advance_rate(case: Reading) -> float:
    """By how much the loan exceeds what the advance rate allows, in money; 0 where it does not."""
    amount, limit = case.kpi("debt_amount"), case.kpi("advance_limit")
    excess = 0.0 if amount is None or limit is None else amount - limit
    return excess if excess > MONEY_DUST else 0.0
