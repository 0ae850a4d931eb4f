"""The record of an issue on the changes sheet: every input as it was, and hashes that survive any program's saving."""

from __future__ import annotations

import pytest

from models.deal.paths import with_value
from models.engine.case import evaluate
from models.workbook.edition import edition_of
from models.workbook.record import (
    inputs_hash,
    issued,
    month_of,
    record_hash,
    recorded_inputs,
    serial_of,
    structure_hash,
)

from .test_sheets import ABOUT, CHANGES, input_areas
from .written import Written, deal_of

NAME, CHANGED, ISSUED, FIRST_ROW = 2, 4, 6, 7


def test_every_input_is_recorded_as_it_stands(written: Written) -> None:
    """The changes sheet holds each named input once, with the values of its cells, and finds none of them changed."""
    sheet = written.book.sheets[CHANGES]
    recorded: dict[str, list[object]] = {}
    for row in sorted({row for row, column in sheet.cells if column == NAME and row >= FIRST_ROW}):
        columns = sorted(column for at, column in sheet.cells if at == row and column >= ISSUED)
        recorded.setdefault(str(sheet.value(row, NAME)), []).extend(sheet.value(row, column) for column in columns)
        assert sheet.value(row, CHANGED) == 0
    found = {}
    for path, where in input_areas(written):
        inputs = written.book.sheets[where.sheet]
        cells = [inputs.value(*spot) for spot in where.spots() if inputs.cells[spot].formula is None]
        found[path.replace("[", "_").replace("]", "")] = cells
    assert recorded == found


def test_the_hashes_stand_on_the_about_sheet(written: Written) -> None:
    """The about sheet names the hashes of inputs, structure and record that a returned workbook is matched by."""
    sheet = written.book.sheets[ABOUT]
    shown = {sheet.value(row, 1): sheet.value(row, 2) for row, column in sheet.cells if column == 1}
    assert shown["Hash of the inputs"] == inputs_hash(written.edition)
    assert shown["Hash of the structure"] == structure_hash(written.edition)
    assert shown["Hash of the record"] == record_hash(issued(recorded_inputs(written.edition)))


def test_numbers_change_the_record_and_not_the_structure() -> None:
    """Another price changes the hash of the record and not that of the structure; another choice changes both."""
    deal = deal_of("austral")
    before = edition_of(evaluate(deal), "partner")
    dearer = edition_of(evaluate(with_value(deal, "operations.power_price_kwh", 0.09)), "partner")
    other = edition_of(evaluate(with_value(deal, "senior_debt.profile", "annuity")), "partner")
    assert structure_hash(dearer) == structure_hash(before)
    assert record_hash(issued(recorded_inputs(dearer))) != record_hash(issued(recorded_inputs(before)))
    assert structure_hash(other) != structure_hash(before)


def test_the_record_is_the_same_to_fifteen_digits() -> None:
    """Programs keep fifteen digits of a number: the hash of the record does not see any beyond."""
    assert record_hash({"a": [0.1 + 0.2, 1 / 3]}) == record_hash({"a": [0.3, 0.333333333333333]})
    assert record_hash({"a": [0.3]}) != record_hash({"a": [0.30000000000001]})


@pytest.mark.parametrize("month", ["2000-01", "2027-03", "2199-12"])
def test_months_come_back_from_their_days(month: str) -> None:
    """The serial number of a month's first day leads back to the month; any other day is no month."""
    assert month_of(serial_of(month)) == month
    assert month_of(serial_of(month) + 1) is None
    assert month_of(serial_of(month) + 0.5) is None
