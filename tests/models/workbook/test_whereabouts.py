"""Where a figure is said to stand is where the workbook has it."""

import io
import re

import openpyxl
import pytest

from models.deal.partner_view import partner_deal
from models.engine.case import evaluate
from models.workbook.whereabouts import workbook_place
from tests.models.workbook.written import deal_of, exported


@pytest.mark.parametrize("edition", ["internal", "partner"])
def test_the_place_holds_the_figure(edition: str) -> None:
    """A month of a line, the total of one, a value of the deal and key figures stand at the cells that are named."""
    deal = deal_of("fjord")
    case = evaluate(deal if edition == "internal" else partner_deal(deal))
    book = openpyxl.load_workbook(io.BytesIO(exported(deal, edition)), data_only=True)
    wanted = {
        ("dscr_12m", 20): float(case.lines["dscr_12m"][20]),
        ("cloud_revenue", 7): float(case.lines["cloud_revenue"][7]),
        ("cloud_revenue", None): case.kpis["cloud_revenue"],
        ("partner_irr", None): case.kpis["partner_irr"],
        ("debt_amount", None): case.kpis["debt_amount"],
    }
    for (name, month), value in wanted.items():
        said = workbook_place(case, name, month, internal=edition == "internal")
        place = re.fullmatch(r"(\w+), row (\d+), column ([A-Z]+)", said)
        assert place is not None, said
        held = book[place[1]][f"{place[3]}{place[2]}"].value
        assert held == pytest.approx(value, rel=1e-9), said
    book.close()


def test_what_an_edition_does_not_hold_has_no_place() -> None:
    """An internal figure stands in the internal edition only, an unknown name in none."""
    case = evaluate(deal_of("fjord"))
    assert workbook_place(case, "vendor_npv").startswith("Summary, row ")
    assert workbook_place(evaluate(partner_deal(case.deal)), "vendor_npv", internal=False) == ""
    assert workbook_place(case, "nothing") == ""
