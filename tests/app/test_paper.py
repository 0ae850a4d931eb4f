"""Term sheets on paper: the PDF says what the term sheet says, looks after its pages, and gives nothing away."""

from __future__ import annotations

import datetime as dt
import io
import re
from functools import cache

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QFontDatabase, QTextDocument
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog, QPrintPreviewWidget
from PySide6.QtWidgets import QToolBar, QToolButton, QWidget
from pytestqt.qtbot import QtBot

import models
from app.documents import pdf
from app.paper import NoFontsError, Sheet, page_layout, pdf_of, print_sheet
from app.previewing import preview_of
from models import Deal, load_template, with_value
from tests.models.workbook.planting import PARENT, SCENARIO, planted

DATE = dt.date(2026, 11, 23)
NAMES = ("austral", "fjord", "residual-value", "empty")


def sheet_of(deal: Deal, edition: str = "partner") -> models.TermSheet:
    """The term sheet of a deal."""
    return models.term_sheet(deal, edition, date=DATE)


@cache
def printed(name: str) -> bytes:
    """The partner's term sheet of a shipped deal as PDF."""
    return pdf(sheet_of(load_template(name)))


def words_of(text: str) -> list[str]:
    """The words of a text, in order, whatever the lines were."""
    return re.findall(r"\w+", text)


def text_of(content: bytes) -> str:
    """The text of a PDF, page by page."""
    pages = PdfReader(io.BytesIO(content)).pages
    return "\n".join(page.extract_text().replace("\t", " ") for page in pages)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("name", NAMES)
def test_the_pages_say_what_the_terms_say(name: str) -> None:
    """Every word of the term sheet stands on the pages, as often as in the content, beside head and foot alone."""
    sheet = sheet_of(load_template(name))
    pages = PdfReader(io.BytesIO(printed(name))).pages
    said = sorted(words_of(" ".join(sheet.texts())))
    around = [f"{sheet.mark} {sheet.deal} {k + 1} of {len(pages)}" for k in range(len(pages))]
    assert sorted(words_of(text_of(printed(name)))) == sorted([*said, *words_of(" ".join(around))])
    assert 3 <= len(pages) <= 12


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("name", NAMES)
def test_pages_are_a4_and_sections_begin_with_a_term(name: str) -> None:
    """Each page is upright A4, names mark, deal and number, and does not end with the bar of a section."""
    reader = PdfReader(io.BytesIO(printed(name)))
    titles = [f"{section.number} {section.title}" for section in sheet_of(load_template(name)).sections]
    for number, page in enumerate(reader.pages, start=1):
        assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)
        text = page.extract_text().replace("\t", " ")
        assert "Confidential" in text
        assert f"{number} of {len(reader.pages)}" in text
        body = [line.strip() for line in text.splitlines() if line.strip()]
        around = ("Confidential", f"{number} of {len(reader.pages)}", load_template(name).name)
        last = [line for line in body if line not in around][-1]
        assert last not in titles


@pytest.mark.usefixtures("qapp")
def test_equal_sheets_give_equal_bytes() -> None:
    """The same terms once more give the same bytes, with no moment of making in them; another date gives others."""
    again = pdf(sheet_of(load_template("fjord")))
    assert again == printed("fjord")
    assert pdf(models.term_sheet(load_template("fjord"), "partner", date=DATE.replace(day=24))) != again
    assert f"D:{dt.datetime.now():%Y%m%d}".encode() not in again


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("edition", ["partner", "internal"])
def test_properties_name_the_program_and_the_deal_only(edition: str) -> None:
    """Title and program are all that the properties say; there is no author, path, attachment, link or script."""
    content = pdf(sheet_of(load_template("fjord"), edition))
    reader = PdfReader(io.BytesIO(content))
    assert reader.metadata is not None
    assert reader.metadata.title == "Fjord"
    assert reader.metadata.creator == "Backstop"
    assert not reader.metadata.author
    assert (reader.metadata.producer or "").startswith("Qt ")
    assert not reader.attachments
    for word in (b"/JavaScript", b"/URI", b"/EmbeddedFile", b"/Link"):
        assert word not in content
    assert not any(page.images for page in reader.pages)
    assert ("Internal, not for the partner" in text_of(content)) is (edition == "internal")


@pytest.mark.usefixtures("qapp")
def test_the_partners_pages_do_not_change_with_internal_fields() -> None:
    """All internal fields changed and scenarios added leave every byte of the PDF as it was."""
    deal, _ = planted(load_template("fjord"))
    content = pdf(sheet_of(deal))
    assert content == printed("fjord")
    text = text_of(content)
    for word in (SCENARIO, PARENT, "hurdle", "RAROC", "NPV"):
        assert word.casefold() not in text.casefold()


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(
    "text", ["<b>bold</b>", "<img src='x.png'>", "&amp;", "=1+1", "</td></tr></table>", "<style>p{color:red}</style>"]
)
def test_typed_text_is_printed_as_it_was_typed(text: str) -> None:
    """Markup in a name of the deal is neither read as markup nor lost."""
    deal = with_value(with_value(load_template("empty"), "partner.name", text), "name", text)
    content = pdf(sheet_of(deal))
    assert text_of(content).count(text) >= 3
    metadata = PdfReader(io.BytesIO(content)).metadata
    assert metadata is not None
    assert metadata.title == text


def test_without_any_font_the_reason_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no font is installed a PDF would be blank: it is refused with what to install."""
    monkeypatch.setattr(QFontDatabase, "families", lambda *_args: [])
    with pytest.raises(NoFontsError, match="There is no font"):
        pdf_of(Sheet("<p>a</p>", "a", "b"))


@pytest.mark.usefixtures("themed")
def test_the_preview_shows_every_page(qtbot: QtBot) -> None:
    """The preview lays out the same pages for a printer, asking nothing of the network or the clock."""
    sheet = sheet_of(load_template("fjord"))
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = preview_of(Sheet(models.term_sheet_html(sheet), sheet.deal, sheet.mark), parent)
    assert isinstance(dialog, QPrintPreviewDialog)
    assert dialog.windowTitle() == "Fjord: term sheet"
    with qtbot.waitSignal(dialog.paintRequested, timeout=10_000):
        dialog.show()
    preview = dialog.findChild(QPrintPreviewWidget)
    assert preview is not None
    qtbot.waitUntil(lambda: preview.pageCount() > 1)
    assert preview.pageCount() == len(PdfReader(io.BytesIO(printed("fjord"))).pages)
    buttons = [each for bar in dialog.findChildren(QToolBar) for each in bar.findChildren(QToolButton)]
    seen = {button.text(): button for button in buttons if button.isVisible()}
    assert {"Fit page", "Zoom in", "Next page", "Print"} <= set(seen)
    assert all(button.geometry().right() < dialog.width() for button in seen.values())
    dialog.close()


@pytest.mark.usefixtures("qapp")
def test_a_printer_gets_the_pages_of_the_pdf(tmp_path: object) -> None:
    """Printed to a file, the sheet has as many pages and the same words as its PDF."""
    sheet = sheet_of(load_template("fjord"))
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(f"{tmp_path}/printed.pdf")
    printer.setPageLayout(page_layout())
    print_sheet(Sheet(models.term_sheet_html(sheet), sheet.deal, sheet.mark), printer)
    with open(f"{tmp_path}/printed.pdf", "rb") as file:
        content = file.read()
    assert sorted(words_of(text_of(content))) == sorted(words_of(text_of(printed("fjord"))))


def test_the_layout_needs_no_file() -> None:
    """The HTML of a term sheet names no picture, style sheet or address that would have to be loaded."""
    html = models.term_sheet_html(sheet_of(load_template("fjord")))
    assert not re.search(r"<(?:img|link|script|a|iframe)\b|url\(|\bsrc=|\bhref=", html)
    document = QTextDocument()
    document.setHtml(html)
    assert "Senior debt" in document.toPlainText()
