"""Some of the random deals that the command beside this writes for the partner by the hundred."""

from pathlib import Path

import pytest
from pypdf import PdfReader

from app.documents import write_document
from models.deal.paths import deal_from
from tests.agreement.random_deals import random_deal
from tests.hardening import secrecy
from tests.hardening.printed import printed
from tests.models.workbook.planting import SCENARIO_NUMBER, holds_text, leaks, numbers_of, planted


@pytest.mark.usefixtures("qapp")
def test_the_partners_files_tell_nothing(tmp_path: Path) -> None:
    """Workbook, Word document and PDF are the same whatever is internal, and hold none of it."""
    counts, wrong = secrecy.check(range(20), tmp_path)
    assert wrong == []
    assert counts["files"] == 60
    assert counts["internal fields changed"] > 500


@pytest.mark.usefixtures("qapp")
def test_a_pdf_is_read_as_others_read_it(tmp_path: Path) -> None:
    """The quick reader of PDFs finds the letters that pypdf finds, and the properties of the file."""
    write_document(deal_from(random_deal(3)), "partner", tmp_path / "deal.pdf", date=secrecy.DATE)
    content = (tmp_path / "deal.pdf").read_bytes()
    found = printed(content)
    first = PdfReader(tmp_path / "deal.pdf").pages[0].extract_text()
    assert "".join(found["page 0"].decode().split()) == "".join(first.split())
    assert b"Backstop" in found["properties"]
    assert b"Random 3" in found["/Metadata"]


@pytest.mark.usefixtures("qapp")
def test_the_scan_finds_what_the_internal_workbook_shows(tmp_path: Path) -> None:
    """The same scan finds planted numbers and words in the vendor's own workbook: it is not blind."""
    deal, values = planted(deal_from(random_deal(18)))
    content = secrecy.written(deal, "internal", tmp_path)[".xlsx"]
    book = secrecy.parts_of(".xlsx", content)
    found = leaks(book, [*numbers_of(values.values()), SCENARIO_NUMBER], secrecy.FEWEST)
    assert {values["vendor.discount_rate"], values["partner.discount_rate"]} <= found
    assert holds_text(content, book, "npv")
