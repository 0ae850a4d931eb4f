"""Text on its way into a workbook: whatever people call things, it arrives as they wrote it or is refused."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from openpyxl.utils.escape import unescape

from models.deal.paths import with_value
from models.deal.problems import DealError
from models.deal.schema import Deal
from models.deal.values import segment_label
from models.engine.case import evaluate
from models.workbook.edition import edition_of
from models.workbook.export import export_workbook, workbook_bytes
from models.workbook.term_sheet_sheet import TERM_SHEET
from models.workbook.text import LONGEST, clean, footer
from tests.agreement.comparing import MODEL
from tests.agreement.libreoffice import recalculate
from tests.agreement.reading import MAIN, Book, read_book

from .written import DATE, EDITIONS, deal_of, exported

PLACES = ("name", "partner.name", "partner.country", "phases[0].name", "phases[0].system", "demand[0].segment",
          "credit_support[0].name")  # fmt: skip
ADDRESS = "http" + "://example.invalid/a?b=1&c=2#d"
HARMLESS = (
    "=1+1",
    "=HYPERLINK(A1)",
    "+41 44 000 00 00",
    "-5",
    "@SUM(A1)",
    "{=SUM(A1:A9)}",
    "'quoted",
    '"quoted"',
    "0012",
    "1e5",
    "TRUE",
    "#REF!",
    "n/a",
    "All checks hold",
    "A & B && C",
    "&L&P&[File]",
    "7 phases",
    "_x000D_ and _x0041_",
    "<b>&amp;</b> ]]>",
    ADDRESS,
    "external:Book.xlsx",
    "[1]Sheet!A1",
    " spaces around ",
    "Ünïcödé Ελληνικά 日本語 עברית",
    "🚀 GPU 👩‍🚀",
    "{0} %s \\n",
    "x" * LONGEST,
    "&" * LONGEST,
    "7" * LONGEST,
)
READ_AGAIN = ("=1+1", "{=SUM(A1:A9)}", "_x000D_ and _x0041_", "@SUM(A1)", "🚀 GPU 👩‍🚀", " spaces around ")
REFUSED = {
    "tab first": "\t=1+1",
    "new line": "a\nb",
    "return": "a\rb",
    "null": "a\x00b",
    "escape": "a\x1bb",
    "delete": "a\x7fb",
    "next line": "a\x85b",
    "half a pair": "a\ud800b",
    "no character": "a\ufffeb",
    "private use": "a\ue000b",
    "too long": "x" * (LONGEST + 1),
}


def called(text: str) -> Deal:
    """A small deal in which everything that has a name is called by a text."""
    deal = deal_of("seed 91")
    for path in PLACES:
        deal = with_value(deal, path, text)
    return deal


@pytest.fixture(scope="module")
def books() -> dict[str, tuple[bytes, Book]]:
    """The internal edition of a deal for each harmless text."""
    contents = {text: exported(called(text), "internal") for text in HARMLESS}
    return {text: (content, read_book(content)) for text, content in contents.items()}


@pytest.mark.parametrize("text", HARMLESS, ids=lambda text: text[:20])
def test_a_text_arrives_as_it_was_written(text: str, books: dict[str, tuple[bytes, Book]]) -> None:
    """The title of every sheet, the partner, phases, segments and supports read back as the very text, a string."""
    _, book = books[text]
    for sheet in book.sheets.values():
        title = sheet.cells[1, 1]
        assert (title.formula, title.kind, title.value) == (None, "s", text), sheet.name
    about = [book.sheets["About"].value(row, 2) for row in (4, 5)]
    assert about == [text, text]
    labels = {cell.value for cell in book.sheets[MODEL].cells.values() if isinstance(cell.value, str)}
    assert f"Delivered: {text}" in labels
    assert f"Revenue: {segment_label(text)}" in labels
    headings = {cell.value for (_, column), cell in book.sheets["Inputs"].cells.items() if column == 1}
    assert {f"Phase 1: {text}", f"Support 1: {text}"} <= headings
    core = ElementTree.fromstring(book.parts["docProps/core.xml"])
    assert unescape(next(each.text or "" for each in core if each.tag.endswith("title"))) == text


@pytest.mark.parametrize("text", HARMLESS, ids=lambda text: text[:20])
def test_no_text_becomes_anything_else(text: str, books: dict[str, tuple[bytes, Book]]) -> None:
    """A text makes no formula, link, name, sheet or number: the workbook is otherwise that of a plainly named deal."""
    _, book = books[text]
    plain = books["n/a"][1]
    assert book.names == plain.names
    assert book.parts.keys() == plain.parts.keys()
    for title, sheet in plain.sheets.items():
        cells = book.sheets[title].cells
        if title == TERM_SHEET:  # words alone, in tables that share out the room by what stands in them
            assert all(cell.kind == "s" for (row, _), cell in cells.items() if row != 2 and cell.value is not None)
            assert [spot for spot, cell in cells.items() if cell.formula] == [(2, 15)]
            continue
        assert cells.keys() == sheet.cells.keys()
        for spot, cell in sheet.cells.items():
            other = cells[spot]
            assert (other.formula, other.kind, other.style) == (cell.formula, cell.kind, cell.style), (title, spot)
        assert "<hyperlink" not in book.sheets[title].text
    for part, content in book.parts.items():
        assert b"External" not in content or part == "xl/sharedStrings.xml"


@pytest.mark.parametrize("text", HARMLESS, ids=lambda text: text[:20])
def test_a_footer_shows_the_title(text: str, books: dict[str, tuple[bytes, Book]]) -> None:
    """The footer has at most 255 characters and shows the title, cut where it is long, with no code of its own."""
    _, book = books[text]
    for sheet in book.sheets.values():
        written = sheet.root.find(f"{MAIN}headerFooter/{MAIN}oddFooter")
        assert written is not None
        assert written.text is not None
        assert len(written.text) <= 255
        codes = re.findall(r"&(?:&|\d+|[A-Z])", written.text)
        assert [code for code in codes if code != "&&"] == ["&L", "&8", "&C", "&8", "&A", "&R", "&8", "&P", "&N"]
        left = unescape(re.sub(r"^&L&8|&C&8&A&R&8&P of &N$", "", written.text)).replace("&&", "&")
        shown = text if len(text) <= 80 else f"{text[:79]}…"
        assert left == (f" {shown}" if shown[0].isdigit() else shown)


def test_other_readers_see_the_same_texts(books: dict[str, tuple[bytes, Book]], tmp_path: Path) -> None:
    """Texts read back by openpyxl, and by LibreOffice after it opened and saved the file, are those written."""
    paths = []
    for number, text in enumerate(READ_AGAIN):
        path = tmp_path / f"{number}.xlsx"
        path.write_bytes(books[text][0])
        paths.append(path)
    for path in (*paths, *recalculate(paths, tmp_path / "out", limit=120)):
        book = openpyxl.load_workbook(path, read_only=True)
        cell = book["About"]["B4"]
        assert cell.data_type == "s"
        assert cell.value == READ_AGAIN[int(path.stem)], path.parent.name
        book.close()


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("why", REFUSED)
def test_what_cannot_stand_in_a_workbook_is_refused(why: str, place: str) -> None:
    """A control character, half of a pair or a text without end is refused with a sentence, by the deal already."""
    with pytest.raises(DealError, match=r"must be text of [01] to 200 printable characters"):
        with_value(deal_of("seed 91"), place, REFUSED[why])


@pytest.mark.parametrize("why", REFUSED)
def test_the_gate_stands_by_itself(why: str, tmp_path: Path) -> None:
    """A deal that got such a text past its own checks makes no workbook: the gate says why and no file is written."""
    text = REFUSED[why]
    with pytest.raises(ValueError, match=r"cannot stand in a workbook|at most 200"):
        clean(text)
    deal = deal_of("seed 91")
    phase = deal.phases[0].model_copy(update={"name": text})
    hostile = (
        deal.model_copy(update={"name": text}),
        deal.model_copy(update={"partner": deal.partner.model_copy(update={"name": text})}),
        deal.model_copy(update={"phases": (phase, *deal.phases[1:])}),
        deal.model_copy(update={"phases": (deal.phases[0].model_copy(update={"system": text}), *deal.phases[1:])}),
    )
    for each in hostile:
        for edition in EDITIONS:
            with pytest.raises(ValueError, match=r"cannot stand in a workbook|a workbook takes at most"):
                export_workbook(each, edition, tmp_path / "book.xlsx", date=DATE)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("why", REFUSED)
def test_names_of_segments_are_cut_and_spelt_out(why: str) -> None:
    """A segment's name is cut to 60 characters, and what cannot be printed in it is spelt out, wherever it shows."""
    deal = deal_of("seed 91")
    segment = deal.demand[0].model_copy(update={"segment": REFUSED[why]})
    book = read_book(exported(deal.model_copy(update={"demand": (segment, *deal.demand[1:])}), "internal"))
    shown = [text for text in book.shared if segment_label(REFUSED[why]) in text]
    assert len(shown) > 5
    assert all(letter.isprintable() for text in book.shared for letter in text)


def test_lines_of_equal_names_keep_labels_of_their_own() -> None:
    """Two phases of one name, and one named like the number added to tell them apart, still have distinct labels."""
    deal = deal_of("austral")
    for k, name in enumerate(("Hall", "Hall", "Hall (2)", "hall")):
        deal = with_value(deal, f"phases[{k}].name", name)
    for k in range(len(deal.demand)):
        deal = with_value(deal, f"demand[{k}].segment", "tenants")
    edition = edition_of(evaluate(deal), "partner")
    labels = [row.label for row in edition.rows]
    assert len(set(labels)) == len(labels)
    assert sum(label.startswith("Delivered: Hall") for label in labels) == 3


def test_a_footer_is_always_short_enough() -> None:
    """However many characters need doubling, all parts of a footer stay within the 255 that a sheet can hold."""
    assert footer("&" * LONGEST).count("&") == 2 * 79
    assert footer("2030 plan").startswith(" ")
    assert footer("plan 2030") == "plan 2030"
    edition = replace(edition_of(evaluate(deal_of("seed 91")), "partner"), title="&" * LONGEST)
    assert workbook_bytes(edition, DATE, lambda _share: None)
