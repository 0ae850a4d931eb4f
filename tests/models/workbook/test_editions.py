"""What the partner's edition may hold: only what its lists name, whatever the vendor's own figures are."""

from __future__ import annotations

import gzip
import io
import re
import struct
import zipfile
import zlib
from base64 import b64encode
from dataclasses import replace

import pytest

from models.deal.paths import with_value
from models.deal.shared import PARTNER_FIGURES
from models.engine.case import Case, evaluate
from models.engine.evaluate import FiguresError
from models.language.model import Model
from models.language.tree import Input, names_in, walk
from models.workbook.edition import (
    PARTNER_SECTIONS,
    Edition,
    edition_for,
    edition_of,
)
from models.workbook.export import workbook_bytes
from tests.agreement.comparing import MODEL, line_rows
from tests.agreement.reading import Book, read_book

from .planting import (
    PARENT,
    RATING,
    SCENARIO,
    SCENARIO_NUMBER,
    digits,
    holds_text,
    internal_fields,
    leaks,
    numbers_of,
    opened,
    planted,
    planted_value,
    raw_numbers,
    scenarios,
    written_numbers,
)
from .written import DATE, NAMES, deal_of, exported

DEALS = ("seed 18", "austral", "fjord")
EVERY_SUPPORT = "seed 18"


@pytest.mark.parametrize("name", NAMES)
def test_no_line_of_the_partner_rests_on_an_internal_field(name: str) -> None:
    """However indirectly, no line that the partner sees uses a field or a line that only the vendor may see."""
    deal = deal_of(name)
    case = evaluate(deal)
    secret = {path for path, _, _ in internal_fields(deal)}
    tainted = _resting_on(case.model, secret)
    assert len(tainted) >= 8
    shown = {row.line.name for row in edition_of(case, "partner").rows}
    assert not tainted & shown
    assert not {entry.path for entry in edition_of(case, "partner").entries} & secret


def _resting_on(model: Model, secret: set[str]) -> set[str]:
    tainted = {line.name for line in model.lines.values() if line.definition.internal}
    users: dict[str, set[str]] = {name: set() for name in model.lines}
    for line in model.lines.values():
        for expr in (line.formula, line.start):
            if any(isinstance(node, Input) and node.path in secret for node in walk(expr)):
                tainted.add(line.name)
            for used in names_in(expr):
                users[used].add(line.name)
    waiting = list(tainted)
    while waiting:
        following = users[waiting.pop()] - tainted
        tainted |= following
        waiting += following
    return tainted


def test_the_partner_file_does_not_change_with_any_internal_field() -> None:
    """Each internal field changed alone leaves all that the partner's file is written from as it was."""
    deal = deal_of(EVERY_SUPPORT)
    before = edition_for(deal, "partner")
    changed = []
    for number, (path, field, value) in enumerate(internal_fields(deal)):
        other = planted_value(path, field, value, number)
        if other == value:
            other = "A"  # the rating planted is the one the deal has
        assert edition_for(with_value(deal, path, other), "partner") == before, path
        changed.append(path)
    assert edition_for(with_value(deal, "scenarios", scenarios()), "partner") == before
    assert edition_for(with_value(deal, "operations.pue", 1.31), "partner") != before
    assert {"vendor.hurdle_raroc", "partner.rating", "partner.discount_rate", "uncertainty.seed"} <= set(changed)
    assert any(path.endswith("internal_use_value") for path in changed)
    assert any(path.endswith("demand_beta") for path in changed)
    assert len(changed) > 25


@pytest.mark.parametrize("name", DEALS)
def test_the_partner_file_does_not_change_with_all_of_them(name: str) -> None:
    """All internal fields changed together and scenarios added leave the partner's file, and change the internal."""
    deal = deal_of(name)
    other, _ = planted(deal)
    assert exported(other, "partner") == exported(deal, "partner")
    assert exported(other, "internal") != exported(deal, "internal")


@pytest.mark.parametrize("path", ["vendor.discount_rate", "partner.discount_rate", "vendor.gross_margin"])
def test_the_internal_file_changes_with_the_figures_it_shows(path: str) -> None:
    """The internal edition does show the vendor's own figures, so that the tests above are not about nothing."""
    deal = deal_of("fjord")
    assert exported(with_value(deal, path, 0.3317291), "internal") != exported(deal, "internal")


def _secret_results(case: Case, partner: Edition) -> set[float]:
    """Figures that rest on a planted one: present values, discount factors, and flows less the value of own use.

    Other months of the vendor's flows are sums of what the partner pays and sees.
    """
    shown = {row.line.name for row in partner.rows}
    known = {float(abs(value)) for name in shown & case.lines.keys() for value in case.lines[name]}
    open_to_all = {digits(value, 9) for value in known}
    results = {abs(case.once[name]) for name in ("vendor_npv", "vendor_support_npv", "partner_npv")}
    for name in ("vendor_discount", "partner_discount"):
        results |= {float(value) for value in case.lines[name]}
    called = case.lines["commitment_paid"] > 1
    for name in ("vendor_flow", "vendor_support_flow", "support_payments"):
        results |= {float(abs(value)) for value in case.lines[name][called]}
    return {value for value in results if value > 1e-3 and digits(value, 9) not in open_to_all}


@pytest.mark.parametrize("name", DEALS)
def test_no_part_of_the_partner_file_holds_what_is_planted(name: str) -> None:
    """No planted number in any disguise, no vendor's figure, rating or scenario stands in any part of the file."""
    deal, values = planted(deal_of(name))
    case = evaluate(deal)
    partner = edition_of(case, "partner")
    content = workbook_bytes(partner, DATE, lambda _share: None)
    book = read_book(content)
    assert leaks(book, [*numbers_of(values.values()), SCENARIO_NUMBER], 5) == set()
    results = _secret_results(case, partner)
    assert len(results) > 50
    assert leaks(book, results, 9) == set()
    for text in (SCENARIO, PARENT, "Zebra", "Quagga", "raroc", "hurdle", "incrementality", "discount rate", "npv"):
        assert not holds_text(content, book, text), text
    words = re.compile(rf"simulat|volatility|\brating|\binternal|own use|\b{RATING}\b", re.IGNORECASE)
    assert [text[:80] for text in _all_texts(book) if words.search(text)] == []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.comment == b""
        assert all(part.comment == b"" and part.extra == b"" for part in archive.infolist())


def _all_texts(book: Book) -> list[str]:
    """Texts of cells, and the parts that hold texts of charts, names, rules and properties."""
    others = [part for part in book.parts if not part.startswith("xl/worksheets/")]
    return [*book.shared, *(book.text(part) for part in others if part != "xl/sharedStrings.xml")]


def test_internal_figures_beyond_all_measure_hold_up_no_partner() -> None:
    """A discount rate with which the vendor's own figures cannot be told changes nothing of the partner's file."""
    deal = with_value(deal_of("fjord"), "months", 360)
    other = with_value(deal, "vendor.discount_rate", -1 + 1e-15)
    with pytest.raises(FiguresError, match="vendor"):
        edition_for(other, "internal")
    assert edition_for(other, "partner") == edition_for(deal, "partner")


def test_the_search_finds_what_the_internal_file_shows() -> None:
    """In the internal edition the same search finds rates, margin and present values: it is not blind."""
    deal, values = planted(deal_of("fjord"))
    case = evaluate(deal)
    content = exported(deal, "internal")
    book = read_book(content)
    paths = ("vendor.discount_rate", "partner.discount_rate", "credit_support[0].internal_use_value")
    assert leaks(book, [values[path] for path in paths], 5) == {values[path] for path in paths}
    results = _secret_results(case, edition_of(case, "partner"))
    assert len(leaks(book, results, 9)) > 0.9 * len(results)
    assert holds_text(content, book, "npv")
    assert any(RATING in text for text in book.shared)


def test_the_search_sees_through_disguises() -> None:
    """A planted number is found as per cent, rest to one, thousands, millions, basis points, and rounded."""
    secret = 0.2409741
    disguised = ("24.09741", "0.7590259", "0.24097", "2409.741", "0.0002409741", "240974.1", "24.097 %", "1.24097")
    for shown in (*disguised, "240,974.1", "240'974.1", "240 974,1", "24,0974", "v0.24097", "0.0181542 a month"):
        parts = {"xl/comments1.xml": f"<t>about {shown} a year</t>".encode()}
        assert leaks(Book(parts), [secret], 5) == {secret}, shown
    assert leaks(Book({"a.xml": b"<v>0.2419741</v><v>24</v>"}), [secret], 5) == set()
    assert {3.0, 1.5} <= written_numbers(Book({"a.xml": b'<c r="A1" s="3"><v>1.5</v></c>'})) <= {1.0, 3.0, 1.5}
    for raw in (struct.pack("<d", secret), struct.pack(">d", 100 * secret).hex().upper().encode()):
        assert raw_numbers(Book({"printerSettings1.bin": b"DEV" + raw}), [secret]) == {secret}


def test_the_search_opens_what_is_packed() -> None:
    """An archive in a part, a packed stream and a word in base64, hexadecimal or backwards are seen through."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("more.xml", "<v>0.24097</v>")
    for part in (inner.getvalue(), zlib.compress(b"0.24097"), b64encode(inner.getvalue()), gzip.compress(b"24.097")):
        assert leaks(Book(opened({"embedded.bin": part})), [0.2409741], 5) == {0.2409741}
    for coded in (b64encode(b"see " + PARENT.encode()), PARENT.encode().hex().encode(), PARENT[::-1].encode()):
        assert holds_text(b"", Book({"a.xml": b"<t>" + coded + b"</t>"}), PARENT)
    assert not holds_text(b"", Book({"a.xml": b"<t>Zebras</t>"}), PARENT)


def test_the_partner_edition_is_made_of_its_lists_alone() -> None:
    """Fields, sections and key figures outside the lists are not in the object that the sheets are written from."""
    case = evaluate(deal_of(EVERY_SUPPORT))
    partner, internal = edition_of(case, "partner"), edition_of(case, "internal")
    assert {row.section for row in partner.rows} <= set(PARTNER_SECTIONS)
    assert {figure.name for figure in partner.figures} == set(PARTNER_FIGURES) == partner.kpis.keys()
    assert {entry.path for entry in partner.entries} < {entry.path for entry in internal.entries}
    assert {row.line.name for row in partner.rows} < {row.line.name for row in internal.rows}
    book = read_book(workbook_bytes(partner, DATE, lambda _share: None))
    assert line_rows(book.sheets[MODEL]).keys() == {row.line.name for row in partner.rows}
    assert partner.digest != replace(partner, digest=internal.digest).digest


def test_an_unknown_edition_is_refused() -> None:
    """Only the two editions exist; any other name is refused with a sentence."""
    with pytest.raises(ValueError, match="must be partner or internal"):
        edition_of(evaluate(deal_of("fjord")), "Partner")
