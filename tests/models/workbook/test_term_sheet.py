"""The words of the term sheet: every section in order, filled from the deal, in the language of lawyers."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from models.deal.field import Unit
from models.deal.part import Part
from models.deal.paths import value_at, with_value
from models.deal.schema import Deal, fields
from models.deal.shared import PARTNER_FIELDS
from models.engine.case import evaluate
from models.workbook.edition import edition_of
from models.workbook.term_sheet import Grid, Paragraph, Points, TermSheet, term_sheet_of
from models.workbook.term_sheet.blocks import letters
from models.workbook.term_sheet.order import TITLES, reference
from models.workbook.term_sheet.words import about, amount, every, listed, month, months, percent, points, small, times

from .planting import internal_fields, planted, planted_value
from .written import DATE, NAMES, deal_of

IN_ORDER = (
    "Parties", "Project and phases", "Purpose", "Hardware price and payment", "Capacity commitment", "Revenue share",
    "Other support", "Senior debt", "Order of payments", "Conditions precedent", "Covenants",
    "Information and telemetry", "Events of default and cure", "Term and termination", "Assignment", "Confidentiality",
    "Governing law and disputes", "Validity", "Status of these terms",
)  # fmt: skip
JARGON = re.compile(
    r"_|\b(?:cfads|dscr|llcr|kpi|npv|edition|engine|workbook|spreadsheet|cell|input|field|path|null|boolean|schema|"
    r"contract_year|n/a|inf|nan)\b",
    re.IGNORECASE,
)


def sheet_of(deal: Deal, edition: str = "partner") -> TermSheet:
    """The term sheet of a deal."""
    return term_sheet_of(edition_of(evaluate(deal), edition), DATE)


def words_of(deal: Deal, title: str) -> str:
    """All text of one section."""
    sheet = sheet_of(deal)
    (section,) = (each for each in sheet.sections if each.title == title)
    return " ".join(replace(sheet, sections=(section,)).texts())


@pytest.mark.parametrize("name", NAMES)
def test_every_section_stands_in_the_order_lawyers_expect(name: str) -> None:
    """Each term sheet has all sections, numbered in order, each with terms numbered within it, none without words."""
    sheet = sheet_of(deal_of(name))
    assert tuple(section.title for section in sheet.sections) == IN_ORDER == TITLES
    assert [section.number for section in sheet.sections] == list(range(1, len(IN_ORDER) + 1))
    for section in sheet.sections:
        assert [term.number for term in section.terms] == [
            f"{section.number}.{k}" for k in range(1, len(section.terms) + 1)
        ]
        assert section.terms, section.title
        for term in section.terms:
            assert term.name
            assert term.blocks
            for block in term.blocks:
                match block:
                    case Paragraph(text):
                        assert text.strip()
                    case Points(items):
                        assert all(item.strip() for item in items)
                    case Grid(head, rows):
                        assert rows
                        assert all(len(row) == len(head) for row in rows)


@pytest.mark.parametrize("name", NAMES)
def test_the_words_are_those_of_a_contract(name: str) -> None:
    """No field name, no figure without a value and no word of the program stands in a term sheet."""
    deal = deal_of(name)
    typed = [deal.name, deal.partner.name, *(phase.name for phase in deal.phases)]
    typed += [phase.system for phase in deal.phases] + [support.name for support in deal.credit_support]
    for text in sheet_of(deal).texts():
        assert not JARGON.search(text) or text in typed, text
        assert not re.search(r"[{}]|  |\s[,.;]|\.\.|\bNone\b [a-z]", text), text
        assert text == text.strip()


@pytest.mark.parametrize("name", NAMES)
def test_both_editions_say_the_same(name: str) -> None:
    """The terms of the internal edition are those of the partner's; only its mark tells it apart."""
    partner, internal = (sheet_of(deal_of(name), edition) for edition in ("partner", "internal"))
    assert internal.sections == partner.sections
    assert (partner.mark, internal.mark) == ("Confidential", "Internal, not for the partner")


@pytest.mark.parametrize("name", ["seed 18", "austral", "fjord"])
def test_no_internal_field_has_any_say(name: str) -> None:
    """Each internal field changed alone, and all together with scenarios, leave every word as it was."""
    deal = deal_of(name)
    before = sheet_of(deal)
    for number, (path, field, value) in enumerate(internal_fields(deal)):
        assert sheet_of(with_value(deal, path, planted_value(path, field, value, number))) == before, path
    assert sheet_of(planted(deal)[0]) == before


NOT_WORDED = {
    "partner": {"tax_rate", "tax_life_months"},
    "collateral": {"annual_value_decline", "floor_fraction", "sale_cost"},
}
"""Assumptions of the shared base case, which no term repeats: tax, and what used systems fetch."""


@pytest.mark.parametrize("name", ["fjord", "austral", "vendor-finance", "residual-value", "lease-guarantee"])
def test_every_agreed_term_is_said(name: str) -> None:
    """Whatever agreed field is changed, the words change with it: nothing that was negotiated stays unsaid."""
    deal = deal_of(name)
    before = sheet_of(deal)
    silent = []
    parts = ("partner", "phases[0]", "senior_debt", "revenue_share", "collateral", "vendor_finance")
    given = tuple(f"credit_support[{k}]" for k in range(len(deal.credit_support)))
    for part in (*parts, *given):
        owner = value_at(deal, part)
        assert isinstance(owner, Part)
        known = fields(type(owner))
        for field in PARTNER_FIELDS[part.split("[", maxsplit=1)[0]]:
            if field not in known or known[field].unit in (Unit.CHOICE, Unit.MONTH) or known[field].shape != "scalar":
                continue
            path, value = f"{part}.{field}", value_at(deal, f"{part}.{field}")
            if value is None or field in NOT_WORDED.get(part, ()):
                continue
            if sheet_of(with_value(deal, path, _other(value))) == before:
                silent.append(path)
    assert set(silent) <= _idle(deal)


def _other(value: object) -> object:
    if isinstance(value, bool):
        return not value
    if isinstance(value, str):
        return f"{value} other"
    assert isinstance(value, int | float)
    return value + 1 if isinstance(value, int) and value < 12 else value * 0.5 if value else 0.5


def _idle(deal: Deal) -> set[str]:
    """Fields that have no effect in this deal: interest on what is not reimbursed, terms of what is not deferred."""
    idle = (
        {"vendor_finance.rate", "vendor_finance.recoupment_rate"}
        if not deal.vendor_finance.deferred_fraction
        else set()
    )
    for k, support in enumerate(deal.credit_support):
        at = f"credit_support[{k}]"
        idle |= set() if support.reimbursable else {f"{at}.reimbursement_rate"}
        idle |= {f"{at}.utilisation_floor"} if getattr(support, "basis", "") != "utilisation" else set()
        idle |= {f"{at}.fee_bps", f"{at}.upfront_fee"} if support.kind == "residual_value" else set()
    share = deal.revenue_share
    idle |= set() if share.cap_multiple is not None else {"revenue_share.tail_rate"}
    kinds = {support.kind for support in deal.credit_support}
    if "capacity_commitment" not in kinds:
        idle |= {"revenue_share.suspend_while_called", "revenue_share.include_support_payments"}
    if deal.senior_debt.sizing != "cover":
        idle |= {"senior_debt.target_dscr"}
    return idle


def test_the_commitment_ends_with_a_default() -> None:
    """Lenders are told in the section on the commitment, and again among the consequences of a default."""
    assert "The commitment ends with the Partner’s default" in words_of(deal_of("austral"), "Capacity commitment")
    assert "the capacity commitment ends" in words_of(deal_of("austral"), "Events of default and cure")
    assert "commitment ends" not in " ".join(sheet_of(deal_of("debt-guarantee")).texts())


def test_the_terms_are_not_binding() -> None:
    """The head and the last section both say that the terms are indicative, not binding and subject to contract."""
    for name in ("standard", "new_york", "short"):
        sheet = sheet_of(with_value(deal_of("austral"), "clauses", name))
        assert sheet.notice.startswith("Indicative terms, not binding, subject to contract.")
        last = " ".join(replace(sheet, sections=sheet.sections[-1:]).texts())
        assert "not binding, and subject to contract" in last or "not binding, subject to contract" in last


@pytest.mark.parametrize(
    ("basis", "words"),
    [
        ("revenue", "is less than 90% of the floor amount, the Vendor pays the difference"),
        ("unsold_hours", "that is not sold in a month"),
        ("unsold_hours_put", "the Partner may hand over all covered GPU-hours"),
        ("utilisation", "are less than 0% of their available GPU-hours"),
    ],
)
def test_each_basis_of_a_claim_has_its_own_promise(basis: str, words: str) -> None:
    """What the vendor promises to pay for is said as the basis has it."""
    assert words in words_of(with_value(deal_of("fjord"), "credit_support[0].basis", basis), "Capacity commitment")


def test_tables_carry_the_agreed_figures() -> None:
    """Floor prices, share rates by year and band, and minimums stand in tables as the deal has them."""
    deal = deal_of("fjord")
    tables = {
        (section.title, term.name): block
        for section in sheet_of(deal).sections
        for term in section.terms
        for block in term.blocks
        if isinstance(block, Grid)
    }
    floor = tables["Capacity commitment", "Floor price"]
    assert [row[2] for row in floor.rows[:-1]] == ["3.00", "2.60", "2.20", "1.80", "1.45"]
    assert floor.rows[0][1] == "April 2027 to March 2028"
    assert float(floor.rows[-1][-1]) == pytest.approx(sum(float(row[-1]) for row in floor.rows[:-1]), abs=0.3)
    rates = tables["Revenue share", "Rates"]
    assert rates.head[2:] == ("Up to USD 60,000,000", "Above USD 60,000,000")
    assert [row[2:] for row in rates.rows] == [
        ("15%", "10%"), ("13%", "9%"), ("11%", "8%"), ("9%", "6%"), ("7%", "5%"),
    ]  # fmt: skip
    assert rates.rows[-1][0] == "5 and later"
    assert [row[1] for row in tables["Revenue share", "Minimum"].rows][:2] == ["4,000,000", "5,000,000"]


def test_the_share_stands_where_it_ranks() -> None:
    """The order of payments names the share before or after debt service, as its rank is."""
    for rank, first in (("before_debt", True), ("after_debt", False)):
        text = words_of(with_value(deal_of("fjord"), "revenue_share.rank", rank), "Order of payments")
        assert (text.index("the revenue share;") < text.index("interest and fees of the senior debt")) is first


@pytest.mark.parametrize(
    ("country", "words"),
    [
        ("NO", "The data centre is in Norway."),
        ("us", "The data centre is in the United States."),
        ("Oslo, Norway", "Oslo, Norway"),
        ("XX", "XX"),
    ],
)
def test_a_country_is_called_by_its_name(country: str, words: str) -> None:
    """A code of two letters is spelt out as a contract would; anything else stays as it was typed."""
    terms = sheet_of(with_value(deal_of("fjord"), "partner.country", country))
    (location,) = (term for section in terms.sections for term in section.terms if term.name == "Location")
    assert location.blocks == (Paragraph(words),)


def test_the_fields_of_the_term_sheet_fill_their_places() -> None:
    """The vendor's name, the chosen clauses and the days of validity show, and without them usual words do."""
    deal = deal_of("austral")
    assert "[to be named] (the “Vendor”)" in words_of(deal, "Parties")
    assert "until the close of business on 23 December 2026" in words_of(deal, "Validity")
    assert "English law." in words_of(deal, "Governing law and disputes")
    for path, value in (("vendor_name", "Nimbus Systems"), ("valid_days", 7), ("clauses", "new_york")):
        deal = with_value(deal, path, value)
    assert "Nimbus Systems (the “Vendor”)" in words_of(deal, "Parties")
    assert "until the close of business on 30 November 2026" in words_of(deal, "Validity")
    assert "State of New York" in words_of(deal, "Governing law and disputes")


def test_the_fields_of_the_term_sheet_change_no_figure() -> None:
    """Names, clauses and validity leave every line of the model as it was."""
    deal = deal_of("fjord")
    before = evaluate(deal)
    for path, value in (("vendor_name", "Nimbus Systems"), ("valid_days", 7), ("clauses", "short")):
        deal = with_value(deal, path, value)
    after = evaluate(deal)
    assert after.model is before.model
    assert all((after.lines[name] == values).all() for name, values in before.lines.items())


def test_figures_and_words_are_written_as_in_a_contract() -> None:
    """Amounts, rates, multiples, months and lists have one spelling each, and rounding leaves no dust."""
    assert (amount("USD", 6e7), amount("EUR", 1234.5)) == ("USD 60,000,000", "EUR 1,234.5")
    assert about("USD", 2181234567.0) == "USD 2,181.2 million"
    assert (percent(0.0225), percent(1 - 0.07), percent(0.6)) == ("2.25%", "93%", "60%")
    assert (times(1.3), points(0.03), month("2027-03")) == ("1.30x", "300 basis points", "March 2027")
    assert (months(1), months(3), months(40), every(1), every(3)) == (
        "one month", "three months", "40 months", "every month", "every three months",
    )  # fmt: skip
    assert (small(0), small(12), small(13)) == ("no", "twelve", "13")
    assert (listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])) == ("a", "a and b", "a, b and c")
    assert [letters(k) for k in (0, 25, 26, 51, 52)] == ["a", "z", "aa", "az", "ba"]
    assert reference("Order of payments") == "section 9"
