"""The term sheet of an edition: what the deal says in words and tables, joined with the standing clauses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from models.deal.schema import Deal
from models.workbook.edition import Edition, edition_for
from models.workbook.term_sheet import commitment, debt, payments, project, share, supports
from models.workbook.term_sheet.blocks import Section, Term, Terms, TermSheet
from models.workbook.term_sheet.clauses import DEFAULT, Clauses, clauses_of, filled
from models.workbook.term_sheet.countries import country_name
from models.workbook.term_sheet.facts import Facts, facts_of
from models.workbook.term_sheet.order import TITLES
from models.workbook.term_sheet.words import count, day, every, month, months, percent, times
from models.workbook.text import clean

VALID_DAYS = 30
NOTICE = "Indicative terms, not binding, subject to contract."
LONGEST = 4000
"""Characters of one paragraph; a cell of a workbook could hold more."""


def term_sheet(deal: Deal, edition: str, *, date: dt.date | None = None) -> TermSheet:
    """Evaluate a deal and word its terms, dated today unless another date is given.

    Raises:
        ValueError: there is no such edition, the standing clauses cannot be used, or a text cannot stand in a document.
        FiguresError: the numbers of the deal lead to a figure beyond all measure.
    """
    return term_sheet_of(edition_for(deal, edition), date or dt.date.today())  # the user's own day


def term_sheet_of(edition: Edition, date: dt.date) -> TermSheet:
    """The term sheet of an edition, dated; both editions say the same, each with its own mark.

    Raises:
        ClauseError: the standing clauses that the deal chooses cannot be used.
        ValueError: a text of the deal cannot stand in a document.
    """
    facts = facts_of(edition)
    name = facts.deal.clauses or DEFAULT
    clauses = clauses_of(name)
    places, given = _places(facts, date), frozenset(_given(facts))
    sections = tuple(_section(k, facts, clauses, places, given) for k in range(len(TITLES)))
    mark = "Internal, not for the partner" if edition.internal else "Confidential"
    sheet = TermSheet(
        title="Term sheet",
        deal=edition.title,
        facts=(
            ("Partner", facts.partner.name),
            ("Date", day(date)),
            ("Currency", facts.currency),
            ("Classification", mark),
        ),
        notice=f"{NOTICE} They describe what the parties intend to agree; see section {len(TITLES)}.",
        mark=mark,
        sections=sections,
    )
    for text in sheet.texts():
        clean(text, LONGEST)
    return sheet


_WRITTEN: dict[str, Callable[[Facts], Terms]] = {
    "Parties": project.parties,
    "Project and phases": project.project,
    "Purpose": project.purpose,
    "Hardware price and payment": project.hardware,
    "Capacity commitment": commitment.commitment,
    "Revenue share": share.revenue_share,
    "Other support": supports.other_support,
    "Senior debt": debt.senior_debt,
    "Order of payments": payments.order_of_payments,
    "Events of default and cure": payments.default,
}
"""Sections whose terms follow from the deal; clauses come after them."""


def _section(k: int, facts: Facts, clauses: Clauses, places: dict[str, str], given: frozenset[str]) -> Section:
    title = TITLES[k]
    terms = list(_WRITTEN[title](facts)) if title in _WRITTEN else []
    terms += [(clause.name, list(clause.blocks)) for clause in filled(clauses.get(title, ()), places, given)]
    numbered = (Term(f"{k + 1}.{n}", name, tuple(blocks)) for n, (name, blocks) in enumerate(terms, start=1))
    return Section(k + 1, title, tuple(numbered))


def _places(facts: Facts, date: dt.date) -> dict[str, str]:
    deal, debt_, share_ = facts.deal, facts.debt, facts.share
    days = deal.valid_days or VALID_DAYS
    deliveries = sorted(phase.delivery for phase in facts.phases)
    commitment_ = facts.support("capacity_commitment")
    return {
        "vendor": deal.vendor_name or "the Vendor",
        "partner": facts.partner.name,
        "country": country_name(facts.partner.country),
        "currency": facts.currency,
        "date": day(date),
        "valid until": day(date + dt.timedelta(days=days)),
        "valid days": f"{days} day{'' if days == 1 else 's'}",
        "first delivery": month(deliveries[0]),
        "last delivery": month(deliveries[-1]),
        "first month": month(deal.start),
        "last month": facts.last_month,
        "first repayment": month(debt_.first_repayment),
        "cure period": months(debt_.cure_months),
        "enforcement period": months(facts.collateral.enforcement_months),
        "lock-up cover": times(debt_.lockup_dscr) if debt_.lockup_dscr else "",
        "settlement of the commitment": every(commitment_.settlement_months) if commitment_ else "",
        "settlement of the share": every(share_.settlement_months),
        "longstop date": month(commitment_.longstop) if commitment_ and commitment_.longstop else "",
        "number of GPUs": count(sum(phase.gpus for phase in facts.phases)),
        "interest on arrears": f"{percent(share_.deferral_rate)} a year" if share_.deferral_rate else "",
    }


_KINDS = {
    "capacity_commitment": "capacity commitment",
    "debt_guarantee": "debt guarantee",
    "lease_guarantee": "lease guarantee",
    "residual_value": "residual value guarantee",
    "letter_of_credit": "letter of credit",
}


def _given(facts: Facts) -> Iterator[str]:
    """What this deal has of the things that a clause can depend on."""
    for support in facts.supports:
        yield _KINDS[support.kind]
    if facts.supports:
        yield "any support"
    if any(any(rates) for rates in facts.share.rates) or any(facts.share.minimum_annual):
        yield "revenue share"
    if facts.finance.deferred_fraction:
        yield "deferred price"
    commitment_ = facts.support("capacity_commitment")
    if commitment_ and commitment_.longstop:
        yield "longstop date"
    if facts.debt.lockup_dscr:
        yield "lock-up cover"
    if facts.partner.country:
        yield "country"
    if facts.share.deferral_rate:
        yield "interest on arrears"
