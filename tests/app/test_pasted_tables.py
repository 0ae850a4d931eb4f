"""Tables of thousands of cells, pasted by the command of the window from sheets of six countries."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import QLocale
from pytestqt.qtbot import QtBot

from app.forms.marks import Marks, write
from app.forms.other_bindings import MonthBinding
from app.forms.year_binding import YearBinding
from models import Deal, load_template, value_at, with_value
from tests.app.test_year_table import Sheet

LOCALES = ("en_US", "de_DE", "fr_FR", "pl_PL", "de_CH", "en_IN")
MONTHS, YEARS = 360, 30
FLOORS, RATES, GPUS = "credit_support[0].floor_prices", "revenue_share.rates", "demand[0].gpus_by_month"


def long_deal() -> Deal:
    """A deal of thirty years, with tables of as many."""
    deal = with_value(load_template("austral"), "months", MONTHS)
    deal = with_value(deal, FLOORS, (3.0,) * YEARS)
    deal = with_value(deal, RATES, ((0.1,),) * YEARS)
    return with_value(deal, GPUS, (100.0,) * MONTHS)


def copied(rows: Sequence[Sequence[float]], power: int, decimals: int, marks: Marks, sign: str = "") -> str:
    """A block as a spreadsheet of some country puts it on the clipboard."""
    lines = ["\t".join(write(value, power, decimals, marks, exact=False) + sign for value in row) for row in rows]
    return "\r\n".join(lines) + "\r\n"


def prices(dice: random.Random) -> tuple[float, ...]:
    """Floor prices of two decimals, some above a thousand."""
    return tuple(round(dice.uniform(0.5, 9) * dice.choice((1, 1, 1000)), 2) for _ in range(YEARS))


def shares(dice: random.Random) -> tuple[tuple[float, ...], ...]:
    """Shares of a tenth of a percent."""
    return tuple((dice.randrange(1, 999) / 1000,) for _ in range(YEARS))


def gpus(dice: random.Random) -> tuple[float, ...]:
    """Whole GPUs, most of them thousands."""
    return tuple(float(dice.randrange(1, 40_000)) for _ in range(MONTHS))


@pytest.mark.parametrize("own", LOCALES)
def test_a_table_of_another_country_is_pasted_as_meant_or_not_at_all(qtbot: QtBot, own: str) -> None:
    """Prices, shares and GPUs by month arrive as the sheet had them, each block in one edit, or nothing is changed."""
    QLocale.setDefault(QLocale(own))
    dice, deal = random.Random(own), long_deal()
    tables: dict[str, Sheet] = {
        FLOORS: Sheet(qtbot, YearBinding("credit_support[0]", ("floor_prices",)), deal),
        RATES: Sheet(qtbot, YearBinding("revenue_share", ("rates",)), deal),
        GPUS: Sheet(qtbot, MonthBinding(GPUS), deal),
    }
    made: dict[str, Callable[[random.Random], object]] = {FLOORS: prices, RATES: shares, GPUS: gpus}
    for theirs in LOCALES:
        marks = Marks.of(QLocale(theirs))
        for path, sheet in tables.items():
            before, held = sheet.deal, made[path](dice)
            assert isinstance(held, tuple)
            if path == RATES:
                text = copied(list(zip(*held, strict=True)), -2, 1, marks, "%")
            else:
                text = copied([held], 0, 2 if path == FLOORS else 0, marks)
            sheet.wishes.clear()
            sheet.choose(0, 0)
            sheet.paste(text)
            if sheet.wishes:
                assert len(sheet.wishes) == 1
                assert value_at(sheet.deal, path) == held, (theirs, path)
            else:
                assert sheet.deal is before
                assert sheet.table.note.text.startswith("Nothing was pasted: "), (theirs, path)
                assert theirs != own, (path, sheet.table.note.text)


def test_a_pasted_fraction_in_a_percent_table_is_told(qtbot: QtBot) -> None:
    """Bare numbers below one are percent as they stand, and the table says so, for one cell as for many."""
    sheet = Sheet(qtbot, YearBinding("revenue_share", ("rates",)), load_template("austral"))
    sheet.choose(0, 0)
    sheet.paste("0.15\t0.25\t12")
    said = sheet.table.note.text
    assert said.endswith("This is 0.15 %. For 15 % enter 15. The same holds for 1 more."), said
    sheet.choose(0, 0)
    sheet.paste("0.15")
    assert sheet.table.note.text.endswith("This is 0.15 %. For 15 % enter 15.")
    sheet.paste("15%")
    assert "This is" not in sheet.table.note.text
    sheet.type("0.2")
    assert sheet.table.note.text == "This is 0.2 %. For 20 % enter 20."


def test_what_stands_between_digits_is_never_left_out(qtbot: QtBot) -> None:
    """A character that cannot be seen does not make one number of two; at the end of a clipboard it means nothing."""
    sheet = Sheet(qtbot, MonthBinding(GPUS), long_deal())
    sheet.choose(0, 0)
    for between in "\x00\u200b\u00ad\ufeff":
        sheet.paste(f"1{between}2\t5")
        assert sheet.wishes == [], between
        assert sheet.table.note.text.startswith("Nothing was pasted: 1 cell cannot be read."), between
    sheet.paste("12\t5\x00")
    assert value_at(sheet.deal, GPUS)[:2] == (12.0, 5.0)  # type: ignore[index]  # it is a table


def test_thousands_of_another_country_are_not_taken_for_decimals(qtbot: QtBot) -> None:
    """Where every cell could be thousands or have three decimals, what would be made small here is refused."""
    sheet = Sheet(qtbot, MonthBinding(GPUS), long_deal())
    sheet.choose(0, 0)
    sheet.paste("39.404\t922\t6.742")
    assert sheet.wishes == []
    assert sheet.table.note.text.startswith("Nothing was pasted: “39.404” could be 39404 or have three decimals")
    sheet.paste("39,404\t922\t6,742")
    assert value_at(sheet.deal, GPUS)[:3] == (39404.0, 922.0, 6742.0)  # type: ignore[index]  # it is a table
    assert sheet.table.note.text == "“39,404” was read as thousands, as numbers are written here."
    sheet.paste("39.404\t922\t6.742,5")
    assert value_at(sheet.deal, GPUS)[:3] == (39404.0, 922.0, 6742.5)  # type: ignore[index]  # it is a table
    assert "was read" not in sheet.table.note.text
