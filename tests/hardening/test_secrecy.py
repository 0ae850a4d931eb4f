"""Some of the random deals that the command beside this writes for the partner by the hundred."""

from pathlib import Path

import pytest
from pypdf import PdfReader

from app.documents import write_document
from models.deal.paths import deal_from
from tests.agreement.random_deals import random_deal
from tests.hardening import secrecy
from tests.hardening.printed import printed
from tests.models.workbook.planting import holds_text, planted

SHORT = 40
"""Months of the deals drawn here: workbooks of longer ones take longer and hold nothing else."""
SEEDS = [seed for seed in range(60) if deal_from(random_deal(seed)).months <= SHORT][:20]


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("group", range(4))
def test_the_partners_files_tell_nothing(group: int, tmp_path: Path) -> None:
    """Workbook, Word document and PDF of twenty deals are the same whatever is internal, and hold none of it."""
    counts, wrong = secrecy.check(SEEDS[5 * group : 5 * group + 5], tmp_path)
    assert wrong == []
    assert counts["files"] == 15
    assert counts["internal fields changed"] > 100


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
    """The same scan finds planted numbers, others where others are planted, and words in the vendor's own workbook."""
    plain, both = deal_from(random_deal(18)), []
    for again in (False, True):
        deal, values = planted(plain, again=again)
        content = secrecy.written(deal, "internal", tmp_path)[".xlsx"]
        book = secrecy.parts_of(".xlsx", content)
        both.append(secrecy.held(book, values))
    assert {"vendor.discount_rate", "partner.discount_rate"} <= both[0] & both[1]
    assert holds_text(content, book, "npv")
