"""Blocks of thousands of cells, pasted from sheets of any country."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import QLocale

from app.forms.marks import Marks, evidence, write
from app.forms.number import Parsed, Shown, parse_number

PRICE = Shown("price", 0, 2, "$ per GPU-hour", currency="USD")
LOCALES = ("en_US", "de_DE", "fr_FR", "pl_PL", "de_CH", "en_IN")
CELLS = 3000


@pytest.mark.parametrize("own", LOCALES)
@pytest.mark.parametrize("sheet", LOCALES)
def test_a_large_block_of_another_country_is_read_as_it_was_meant(sheet: str, own: str) -> None:
    """Every one of thousands of cells is the number that was written, whatever country the program is set to."""
    dice = random.Random(f"{sheet} {own}")
    theirs, ours = Marks.of(QLocale(sheet)), Marks.of(QLocale(own))
    numbers = [round(dice.choice((0.01, 1, 1000, 1e6)) * dice.uniform(0, 10), dice.randint(0, 3)) for _ in range(CELLS)]
    texts = [write(number, 0, 2, theirs) for number in numbers]
    told = evidence(texts, ours)
    assert told is not None
    read = [parse_number(text, PRICE, told) for text in texts]
    wrong = [
        (text, number, found)
        for text, number, found in zip(texts, numbers, read, strict=True)
        if isinstance(found, Parsed) and found.value != number
    ]
    assert wrong == []
    refused = [text for text, found in zip(texts, read, strict=True) if not isinstance(found, Parsed)]
    assert all(len(text.split(",")) > 2 for text in refused)  # pairs of digits where the program knows none
    assert not refused or sheet == "en_IN"
