"""A workbook that is not from this deal, or whose structure was changed, is refused with one sentence."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from models.deal.paths import with_value
from models.deal.problems import DealError
from models.workbook.redline.redline import read_redline
from tests.agreement.reading import read_book
from tests.models.workbook.written import deal_of, exported

from .returning import redline_of, with_cells, with_part

DEAL = "seed 888"


def refusal(content: bytes, folder: Path, name: str = DEAL) -> str:
    """The one sentence that refuses a workbook."""
    with pytest.raises(DealError) as refused:
        redline_of(deal_of(name), content, folder)
    assert len(refused.value.problems) == 1
    return str(refused.value)


def edited(change: Callable[[Any], None]) -> bytes:
    """The workbook of the deal after something was done to it with openpyxl."""
    book = openpyxl.load_workbook(io.BytesIO(exported(deal_of(DEAL), "partner")))
    change(book)
    memory = io.BytesIO()
    book.save(memory)
    book.close()
    return memory.getvalue()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda book: book.create_sheet("Remarks"), 'The sheet "Remarks" was added'),
        (lambda book: book.remove(book["Checks"]), 'The sheet "Checks" is missing'),
        (lambda book: setattr(book["Checks"], "title", "Tests"), 'The sheet "Checks" is missing'),
        (lambda book: book["Inputs"].insert_rows(9), 'Rows were inserted on the sheet "Inputs"'),
        (lambda book: book["Model"].delete_rows(20), 'Rows were deleted on the sheet "Model"'),
        (lambda book: book["Inputs"].insert_cols(3), 'Columns were inserted on the sheet "Inputs"'),
        (lambda book: book["Model"].delete_cols(8), 'Columns were deleted on the sheet "Model"'),
        (
            lambda book: setattr(book["Inputs"]["H9"], "value", "see mail"),
            'Something was typed at H9 of the sheet "Inp',
        ),
    ],
)
def test_another_structure_is_refused(change: Callable[[Any], None], sentence: str, tmp_path: Path) -> None:
    """Sheets added, taken away or renamed, rows and columns moved, and cells outside are refused by their names."""
    assert refusal(edited(change), tmp_path).startswith(sentence)


def test_a_workbook_of_another_deal_is_refused(tmp_path: Path) -> None:
    """A workbook issued for another deal is refused with both names; a renamed deal is another one."""
    deal = deal_of(DEAL)
    said = refusal(exported(deal_of("seed 132"), "partner"), tmp_path)
    assert deal_of("seed 132").name in said
    assert deal.name in said
    assert "was issued for the deal" in refusal(exported(with_value(deal, "name", "Another"), "partner"), tmp_path)


def test_an_issue_that_does_not_fit_together_is_refused(tmp_path: Path) -> None:
    """Where edition, date or hash on the about sheet were changed, the issue cannot be told and the file is refused."""
    sent = exported(deal_of(DEAL), "partner")
    about = read_book(sent).sheets["About"]
    rows = {str(cell.value): row for (row, column), cell in about.cells.items() if column == 1}
    for label, put in (("Date", "'2026-01-01"), ("Edition", "'internal"), ("Hash of the inputs", "'0123456789abcdef")):
        forged = with_cells(sent, {("About", f"B{rows[label]}"): put})
        assert refusal(forged, tmp_path).startswith("What the About sheet says of this issue was changed")


def test_a_workbook_of_nobody_is_refused(tmp_path: Path) -> None:
    """A sound workbook that this program did not export is refused, and so is a file that cannot be read."""
    other = openpyxl.Workbook()
    other.active["A1"] = 5
    memory = io.BytesIO()
    other.save(memory)
    assert refusal(memory.getvalue(), tmp_path).startswith("The file is not a workbook exported by Backstop")
    with pytest.raises(DealError, match=r"^nothing\.xlsx could not be read: no such file or directory\.$"):
        read_redline(deal_of(DEAL), tmp_path / "nothing.xlsx")


def test_dates_from_1904_are_refused(tmp_path: Path) -> None:
    """A workbook that counts its days from 1904 would move every month; it is refused."""
    sent = exported(deal_of(DEAL), "partner")
    old = with_part(sent, "xl/workbook.xml", "<workbookPr ", '<workbookPr date1904="1" ')
    assert "counts its dates from 1904" in refusal(old, tmp_path)
