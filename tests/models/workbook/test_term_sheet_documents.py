"""One term sheet in three documents: the same words in the same order, clean parts, and nothing made of typed text."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import docx
import pytest
from openxml_audit import OpenXmlValidator

from models.deal.paths import with_values
from models.deal.schema import Deal
from models.engine.case import evaluate
from models.workbook.edition import edition_of
from models.workbook.term_sheet import Grid, TermSheet, term_sheet_docx, term_sheet_html, term_sheet_of
from models.workbook.term_sheet_sheet import AS_ISSUED, TERM_SHEET, UNIT_WIDTH, UNITS, page_ends, shares
from models.workbook.widths import column_pixels, text_pixels
from tests.agreement.reading import MAIN, Book, read_book

from .planting import PARENT, SCENARIO, SCENARIO_NUMBER, holds_text, leaks, numbers_of, planted
from .test_text import HARMLESS, called
from .written import DATE, EDITIONS, NAMES, Written, deal_of, exported

HEADS = ("No.", "Term", "Agreed")


def sheet_of(deal: Deal, edition: str = "partner") -> TermSheet:
    """The term sheet of a deal."""
    return term_sheet_of(edition_of(evaluate(deal), edition), DATE)


@cache
def named(name: str) -> TermSheet:
    """The partner's term sheet of a deal by its name."""
    return sheet_of(deal_of(name))


def squeezed(text: str) -> str:
    """Text without any space, so that only the words and their order count."""
    return "".join(text.split())


def words_of(sheet: TermSheet) -> str:
    """All words of a term sheet in the order of reading, title and notice apart."""
    sections = (f"{section.number}{section.title}" + "".join(_section_words(section)) for section in sheet.sections)
    return squeezed("".join(sections))


def _section_words(section: Any) -> list[str]:
    only = TermSheet("", "", (), "", "", (section,))
    return list(only.texts())[5:]


class Reader(HTMLParser):
    """Collects the text and the tags of an HTML document."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text: list[str] = []
        self.tags: set[str] = set()
        self.names: set[str] = set()
        self._inside = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.names |= {name for name, _ in attrs}
        self._inside = tag

    def handle_data(self, data: str) -> None:
        if self._inside not in ("style", "title"):
            self.text.append(data)


def docx_text(content: bytes) -> str:
    """The text of a Word document's body as another program reads it, paragraphs and tables in order."""
    document = docx.Document(io.BytesIO(content))
    return "".join(_inner(document.element.body))


def _inner(element: Any) -> list[str]:
    return [node.text or "" for node in element.iter() if node.tag.endswith("}t")]


def workbook_words(book: Book) -> str:
    """The words of the term sheet's sheet from its first section on, row by row."""
    cells = book.sheets[TERM_SHEET].cells
    first = min(row for (row, column), cell in cells.items() if (column, cell.value) == (2, "Parties"))
    texts = (str(cell.value) for (row, _), cell in sorted(cells.items()) if row >= first and cell.value is not None)
    return squeezed("".join(texts))


def test_pages_of_the_sheet_end_between_terms(written: Written) -> None:
    """Each page but the first begins with a section or a term, none ends with a title, and all rows fit on theirs."""
    sheet = written.book.sheets[TERM_SHEET]
    breaks = [int(each.get("id", "0")) for each in sheet.root.iter(f"{MAIN}brk")]
    heights = {int(row): float(high) for row, high in re.findall(r'<row r="(\d+)"[^>]* ht="([\d.]+)"', sheet.text)}
    assert breaks
    for before, after in pairwise([0, *breaks, max(heights)]):
        assert 0 < sum(heights.get(row, 15) for row in range(before + 1, after + 1)) <= 965
    for row in breaks:
        first, above = (sheet.cells.get((r, 1)) for r in (row + 1, row))
        assert first is not None
        assert re.fullmatch(r"\d+(\.\d+)?", str(first.value)), row
        assert above is None or not re.fullmatch(r"\d+", str(above.value)), row


def test_a_page_that_nothing_can_begin_is_full() -> None:
    """A term longer than a page fills it and goes on; a row higher than a page has one of its own."""
    assert page_ends([10.0] * 10, [0, 1], 35, 5) == [1, 4, 7]
    assert page_ends([10.0, 50.0, 10.0], [], 35, 5) == [1, 2]
    assert page_ends([10.0] * 3, [0], 35, 5) == []


@pytest.mark.parametrize("name", NAMES)
def test_all_documents_say_the_same(name: str) -> None:
    """Every word of the content stands in the sheet, the Word document and the pages, in one order, and no other."""
    sheet = named(name)
    words = words_of(sheet)
    assert len(words) > 5000
    assert squeezed(docx_text(term_sheet_docx(sheet))) == squeezed("".join(sheet.texts()))
    reader = Reader(term_sheet_html(sheet))
    assert squeezed("".join(reader.text)) == squeezed("".join(sheet.texts()))


def test_the_first_sheet_says_the_same(written: Written) -> None:
    """The sheet of either edition holds every word of the content, row by row in the same order, and no other."""
    assert workbook_words(written.book) == words_of(named(written.name))


def test_the_sheet_shows_head_and_notice() -> None:
    """Above the sections stand the notice, the facts of the head, and that the words do not follow the inputs."""
    book = read_book(exported(deal_of("fjord"), "internal"))
    texts = [cell.value for _, cell in sorted(book.sheets[TERM_SHEET].cells.items())]
    sheet = sheet_of(deal_of("fjord"), "internal")
    for text in (sheet.notice, AS_ISSUED, *HEADS, *(part for fact in sheet.facts for part in fact)):
        assert text in texts
    assert texts[0] == "Fjord"
    assert next(iter(book.sheets)) == TERM_SHEET


@pytest.mark.parametrize("name", NAMES)
def test_tables_fit_the_width_of_the_sheet(name: str) -> None:
    """However many columns a table has, they share out the width of the sheet and each has some of it."""
    for section in named(name).sections:
        for term in section.terms:
            for block in term.blocks:
                if isinstance(block, Grid):
                    assert sum(shares(block)) == UNITS
                    assert min(shares(block)) >= 1


def test_a_long_name_leaves_room_for_figures() -> None:
    """Beside names of 200 letters the other columns of a table stay wide enough for what stands in them."""
    name = "x" * 200
    deal = with_values(deal_of("fjord"), {"phases[0].name": name, "phases[0].system": name})
    (table,) = (
        block
        for section in sheet_of(deal).sections
        for term in section.terms
        for block in term.blocks
        if isinstance(block, Grid) and block.head[1] == "System"
    )
    given = shares(table)
    assert sum(given) == UNITS
    for share, text in zip(given[2:], table.rows[0][2:], strict=True):
        assert share * column_pixels(UNIT_WIDTH) >= text_pixels(text)
    weights = table.weights()
    assert max(weights) < 3 * min(weights[2:4])


def test_many_bands_stand_below_each_other() -> None:
    """A share with more bands than a page is wide is a longer table, with every rate in it."""
    rates = tuple(tuple(round(0.2 - 0.01 * band - 0.003 * year, 4) for band in range(12)) for year in range(3))
    changes = {"revenue_share.bands": tuple(1e7 * k for k in range(12)), "revenue_share.rates": rates}
    deal = with_values(deal_of("fjord"), changes)
    sheet = sheet_of(deal)
    (grid,) = (
        block
        for section in sheet.sections
        for term in section.terms
        for block in term.blocks
        if isinstance(block, Grid) and "Part of the basis" in block.head
    )
    assert len(grid.rows) == 36
    assert grid.rows[-1][-1] == "8.4%"
    assert workbook_words(read_book(exported(deal, "partner"))) == words_of(sheet)


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_word_document_has_only_the_parts_it_needs(edition: str) -> None:
    """No thumbnail, custom XML, comment, person, date or macro: text, styles, theme, head, foot and two properties."""
    content = term_sheet_docx(sheet_of(deal_of("fjord"), edition))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {part.filename: archive.read(part) for part in archive.infolist()}
        assert archive.comment == b""
        assert all((part.extra, part.comment) == (b"", b"") for part in archive.infolist())
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert parts.keys() == {
        "[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/_rels/document.xml.rels", "word/styles.xml",
        "word/settings.xml", "word/fontTable.xml", "word/theme/theme1.xml", "word/header1.xml", "word/footer1.xml",
        "docProps/core.xml", "docProps/app.xml",
    }  # fmt: skip
    core = ElementTree.fromstring(parts["docProps/core.xml"])
    assert {node.tag.rsplit("}", 1)[1]: node.text for node in core} == {"title": "Fjord", "creator": "Backstop"}
    assert b"TargetMode" not in b"".join(parts.values())
    assert b"rsid" not in b"".join(parts.values())


@pytest.mark.parametrize("name", ["fjord", "seed 18"])
def test_documents_open_without_repair(name: str, tmp_path: Path) -> None:
    """A validator of the published schemas finds nothing in the Word document or in either workbook."""
    documents = {"sheet.docx": term_sheet_docx(named(name))}
    documents |= {f"{edition}.xlsx": exported(deal_of(name), edition) for edition in EDITIONS}
    for file, content in documents.items():
        (tmp_path / file).write_bytes(content)
        result = OpenXmlValidator(security_validation=True).validate(tmp_path / file)
        assert [str(error) for error in result.errors] == [], file


def test_equal_terms_give_equal_documents() -> None:
    """The same terms once more give the same bytes; another date gives others."""
    one, other = sheet_of(deal_of("fjord")), sheet_of(deal_of("fjord"))
    assert term_sheet_docx(one) == term_sheet_docx(other)
    assert term_sheet_html(one) == term_sheet_html(other)
    later = term_sheet_of(edition_of(evaluate(deal_of("fjord")), "partner"), DATE.replace(day=24))
    assert term_sheet_docx(later) != term_sheet_docx(one)


@pytest.mark.parametrize("name", ["seed 18", "austral", "fjord"])
def test_no_document_holds_what_is_planted(name: str) -> None:
    """All internal fields changed leave every byte of the partner's documents, and none of them shows in any part."""
    plain = deal_of(name)
    deal, values = planted(plain)
    content = term_sheet_docx(sheet_of(deal))
    assert content == term_sheet_docx(sheet_of(plain))
    html = term_sheet_html(sheet_of(deal))
    assert html == term_sheet_html(sheet_of(plain))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {part.filename: archive.read(part) for part in archive.infolist()}
    book = Book({**parts, "pages.html": html.encode()})
    assert leaks(book, [*numbers_of(values.values()), SCENARIO_NUMBER], 5) == set()
    for text in (SCENARIO, PARENT, "Zebra", "Quagga", "raroc", "hurdle", "incrementality", "discount rate", "npv"):
        assert not holds_text(content, book, text), text


@pytest.mark.parametrize("text", HARMLESS, ids=lambda text: text[:20])
def test_a_text_stays_a_text_in_every_document(text: str) -> None:
    """Whatever people call things arrives as they wrote it: no field, link, tag, picture or style comes of it."""
    sheet = sheet_of(called(text))
    assert text in list(sheet.texts())
    content = term_sheet_docx(sheet)
    assert squeezed(text) in squeezed(docx_text(content))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        document = archive.read("word/document.xml").decode()
        footer = archive.read("word/footer1.xml").decode()
    assert "w:hyperlink" not in document
    assert set(re.findall(r'w:instr="([^"]*)"', document + footer)) == {" PAGE ", " NUMPAGES "}
    plain = Reader(term_sheet_html(named("fjord")))
    reader = Reader(term_sheet_html(sheet))
    assert squeezed(text) in squeezed("".join(reader.text))
    assert reader.tags <= plain.tags
    assert reader.names <= plain.names
