"""The cash-flow table by month, quarter and year."""

from __future__ import annotations

import numpy as np
import pytest

from models import Case, cash_flow_table, evaluate, load_template
from models.deal.schema import Deal
from models.engine.tables import PERIODS
from tests.models.deal.samples import raw


@pytest.fixture(scope="module")
def case() -> Case:
    """A deal that starts in November 2027 and ends in February, so that first and last periods are cut."""
    fields = raw("fjord")
    fields |= {"start": "2027-11", "months": 52}
    fields["phases"][0]["delivery"] = "2027-12"
    return evaluate(Deal.model_validate(fields))


def test_periods_are_those_of_the_calendar(case: Case) -> None:
    """Columns are months, calendar quarters or calendar years, the first and last ones as far as the model goes."""
    assert cash_flow_table(case, "month").columns[:2] == ("Nov 2027", "Dec 2027")
    assert cash_flow_table(case, "quarter").columns == (
        "Q4 2027", *(f"Q{quarter} {year}" for year in (2028, 2029, 2030, 2031) for quarter in (1, 2, 3, 4)), "Q1 2032"
    )  # fmt: skip
    assert cash_flow_table(case, "year").columns == ("2027", "2028", "2029", "2030", "2031", "2032")


@pytest.mark.parametrize("period", PERIODS)
def test_flows_add_up_and_the_rest_is_as_at_the_end(case: Case, period: str) -> None:
    """Flows of all periods add up to those of all months; balances, ratios and flags are those of the last month."""
    table = cash_flow_table(case, period)
    starts = [0, *(m for m in range(1, 52) if _new_period(case.dates[m], period))]
    ends = [*starts[1:], 52]
    kinds = set()
    for row in table.rows:
        values = case.lines[row.name]
        assert len(row.values) == len(table.columns) == len(starts)
        kinds.add(row.kind)
        if row.kind == "flow":
            assert row.values == pytest.approx([values[a:b].sum() for a, b in zip(starts, ends, strict=True)])
            assert sum(row.values) == pytest.approx(values.sum(), abs=1e-6)
        else:
            assert row.values == tuple(values[end - 1] for end in ends)
    assert kinds == {"flow", "balance", "ratio"}


def _new_period(date: str, period: str) -> bool:
    month = int(date[-2:])
    return period == "month" or (period == "quarter" and month in (1, 4, 7, 10)) or (period == "year" and month == 1)


def test_rows_are_those_the_deal_has(case: Case) -> None:
    """Every segment has its row, subtotals are marked, and what the deal has not takes no row."""
    table = cash_flow_table(case, "year")
    rows = {row.name: row for row in table.rows}
    subtotals = {row.name for row in table.rows if row.subtotal}
    assert [name for name in rows if name.startswith("revenue[")] == [f"revenue[{s}]" for s in range(3)]
    assert {"cloud_revenue", "cash_received", "cash_paid_first", "cash_paid_last"} <= subtotals
    assert "letter_of_credit_draw" not in rows
    assert "debt_guarantee_draw" in rows
    assert rows["dscr_12m"].unit == "x"
    assert "letter_of_credit_draw" not in {row.name for row in cash_flow_table(evaluate(load_template("austral"))).rows}


@pytest.mark.parametrize("period", ["month", "quarter", "year"])
def test_what_is_left_is_cash_in_less_cash_out(case: Case, period: str) -> None:
    """In every period the cash carried on, with the reserve account, is that of the period before and what moved."""
    rows = {row.name: np.array(row.values) for row in cash_flow_table(case, period).rows}
    left = rows["cash_close"] + rows["dsra_balance"]
    before = np.concatenate([[case.deal.partner.opening_cash], left[:-1]])
    moved = rows["cash_received"] - rows["cash_paid_first"] - rows["cash_paid_last"]
    assert np.abs(before + moved - left).max() < 0.005


def test_flows_have_a_total_by_year_and_nothing_else_has(case: Case) -> None:
    """By year each flow has its sum over all months; balances, ratios, months and quarters have none."""
    table = cash_flow_table(case, "year")
    assert table.has_total
    for row in table.rows:
        expected = pytest.approx(case.lines[row.name].sum()) if row.kind == "flow" else None
        assert row.total == expected, row.name
    assert not cash_flow_table(case, "quarter").has_total
    assert not cash_flow_table(case, "month").has_total


def test_an_unknown_period_is_refused(case: Case) -> None:
    """A period that is none of the three is refused with their names."""
    with pytest.raises(ValueError, match="must be month, quarter or year"):
        cash_flow_table(case, "week")
