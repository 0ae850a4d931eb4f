"""What is found besides changes is reported and never taken: formulas, texts, empty cells, values not allowed."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.deal.paths import with_value
from models.deal.problems import DealError
from models.workbook.redline.notes import RedlineNote, ordered
from tests.agreement.changing import cell_of
from tests.agreement.reading import column_letters, read_book
from tests.models.workbook.written import deal_of, exported

from .returning import messages, redline_of, with_cells, with_part

DEAL = "seed 888"
TYPED = {
    "operations.power_price_kwh": "'1,5",
    "partner.tax_rate": "'15%",
    "operations.pue": "=1.2+0.1",
    "operations.sga_fraction": "",
    "operations.insurance_fraction": "#REF!",
    "operations.rent_escalator": "TRUE",
    "senior_debt.target_dscr": "-3",
    "senior_debt.first_repayment": "47000.5",
    "phases[0].supported": "2",
    "phases[0].gpus": "10.5",
    "revenue_share.rates[0][0]": "'twelve",
    "demand[0].gpus_by_month[2]": "'n/a",
}
BAD_SENTENCE = ("senior_debt.target_dscr", -3.0)


def place(content: bytes, path: str) -> tuple[str, str]:
    """Sheet and address of the input at a path."""
    sheet, row, column = cell_of(read_book(content), path)
    return sheet, f"{column_letters(column)}{row}"


def test_what_is_no_allowed_number_is_reported_and_nothing_guessed(tmp_path: Path) -> None:
    """Texts such as 15%, formulas, errors, truths, empty cells and values out of range are notes, never changes."""
    deal = deal_of(DEAL)
    sent = exported(deal, "partner")
    places = {path: place(sent, path) for path in TYPED}
    redline = redline_of(deal, with_cells(sent, {places[path]: typed for path, typed in TYPED.items()}), tmp_path)
    assert redline.changes == ()
    kinds = {note.place: note.kind for note in redline.notes}
    wanted = {
        "operations.power_price_kwh": "not a number",
        "partner.tax_rate": "not a number",
        "operations.pue": "formula",
        "operations.sga_fraction": "cleared",
        "operations.insurance_fraction": "not a number",
        "operations.rent_escalator": "not a number",
        "senior_debt.target_dscr": "not allowed",
        "senior_debt.first_repayment": "not allowed",
        "phases[0].supported": "not allowed",
        "phases[0].gpus": "not allowed",
        "revenue_share.rates[0][0]": "not a number",
        "demand[0].gpus_by_month[2]": "not a number",
    }
    assert kinds == {", ".join(places[path]): kind for path, kind in wanted.items()}
    assert any('the text "15%"' in message for message in messages(redline, "not a number"))
    (formula,) = messages(redline, "formula")
    assert '"=1.2+0.1", which showed 7 when it was saved' in formula
    with pytest.raises(DealError) as refused:
        with_value(deal, *BAD_SENTENCE)
    assert str(refused.value) in messages(redline, "not allowed")


def test_what_was_overwritten_is_told_by_row(tmp_path: Path) -> None:
    """Formulas that were overwritten, changed or cleared are told once for each row, texts and fixed numbers too."""
    deal = deal_of(DEAL)
    sent = exported(deal, "partner")
    model = read_book(sent).sheets["Model"]
    row = next(row for (row, column), cell in model.cells.items() if column == 1 and cell.value == "cloud_revenue")
    typed = {("Model", f"{letter}{row}"): "5000000" for letter in "FGH"}
    typed |= {("Model", f"F{row + 1}"): "=1+1", ("Checks", "B5"): "", ("Inputs", "E8"): "'we need to talk'"}
    redline = redline_of(deal, with_cells(sent, typed), tmp_path)
    assert redline.changes == ()
    first, second, check = messages(redline, "overwritten")
    assert first.startswith("Cloud revenue: the formula ")
    assert "was overwritten by 5,000,000, and 2 more in this row" in first
    assert 'became "=1+1"' in second
    assert "was cleared" in check
    (text,) = messages(redline, "text")
    assert "we need to talk" in text


def test_names_that_are_gone_or_lead_elsewhere_are_not_followed(tmp_path: Path) -> None:
    """An input whose name was removed or points at another cell is reported and not read."""
    deal = deal_of(DEAL)
    sent = exported(deal, "partner")
    gone = with_part(sent, "xl/workbook.xml", r'<definedName name="operations\.pue">[^<]*</definedName>', "")
    moved = with_part(gone, "xl/workbook.xml", r'(?<=<definedName name="partner\.tax_rate">)[^<]*', "Inputs!$B$9")
    redline = redline_of(deal, moved, tmp_path)
    removed, elsewhere = sorted(messages(redline, "name"))[1], sorted(messages(redline, "name"))[0]
    assert removed == "The name partner.tax_rate leads elsewhere; Partner: Tax rate is not read."
    assert elsewhere.startswith("The name operations.pue was removed")
    assert redline.changes == ()


def test_a_deal_of_another_structure_is_compared_as_far_as_it_goes(tmp_path: Path) -> None:
    """Where the deal has gained a phase since the issue, inputs of both are compared and the rest is told."""
    issued = deal_of(DEAL)
    sent = exported(issued, "partner")
    changed = with_cells(sent, {place(sent, "operations.power_price_kwh"): "0.077"})
    phases = issued.model_dump(by_alias=True)["phases"]
    ours = with_value(issued, "phases", [*phases, {**phases[-1], "name": "One more"}])
    redline = redline_of(ours, changed, tmp_path)
    assert [(change.path, change.theirs) for change in redline.changes] == [("operations.power_price_kwh", 0.077)]
    scope = messages(redline, "scope")
    assert any("were not compared" in message for message in scope)
    assert any("One more" in message and "is new since the issue" in message for message in scope)
    gone = with_value(issued, "demand", issued.demand[:-1])
    told = messages(redline_of(gone, changed, tmp_path), "scope")
    assert any("is no input of this deal any more" in message for message in told)


def test_an_altered_record_is_told(tmp_path: Path) -> None:
    """Where the record of the values as issued was altered, values still compare, and it is said what is not known."""
    issued = deal_of(DEAL)
    sent = exported(issued, "partner")
    forged = with_cells(sent, {("Changes", "F7"): "123456", place(sent, "operations.power_price_kwh"): "0.077"})
    redline = redline_of(with_value(issued, "partner.tax_rate", 0.22), forged, tmp_path)
    assert {change.path for change in redline.changes} == {"operations.power_price_kwh", "partner.tax_rate"}
    assert all(change.issued_text == "" for change in redline.changes)
    assert any("not known who changed what" in message for message in messages(redline, "scope"))
    same = redline_of(issued, forged, tmp_path)
    assert [change.path for change in same.changes] == ["operations.power_price_kwh"]


def test_of_very_many_notes_the_first_are_listed() -> None:
    """Notes come kind by kind; of more than a hundred of one kind the rest is counted."""
    many = [RedlineNote("text", f"Inputs, A{row}", "So it is.") for row in range(150)]
    listed = ordered([*many, RedlineNote("formula", "Inputs, B1", "So it is.")])
    assert [note.kind for note in listed] == ["formula", *["text"] * 101]
    assert listed[-1].message == "And 50 more of this kind."
