"""What a sender changed comes back value by value, with what it does, whatever program saved the workbook."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest

from models.deal.layers import with_values
from models.deal.paths import with_value
from models.deal.schema import Deal
from models.engine.case import evaluate
from models.engine.evaluate import CancelledError
from models.workbook.export import export_workbook
from models.workbook.redline.redline import Redline, effect_of_changes, read_redline
from tests.agreement.changing import as_number, cell_of, changed_workbook
from tests.agreement.libreoffice import recalculate
from tests.agreement.reading import read_book
from tests.models.workbook.test_results import TABLE
from tests.models.workbook.written import EDITIONS, deal_of, exported

from .returning import messages, redline_of

CHANGES: Mapping[str, Mapping[str, object]] = {
    "austral": {
        "operations.power_price_kwh": 0.08,
        "senior_debt.first_repayment": "2028-09",
        "senior_debt.target_dscr": 1.45,
        "revenue_share.rates[2][0]": 0.125,
        "credit_support[0].floor_prices[1]": 3.4,
        "phases[1].supported": False,
    },
    "fjord": {
        "revenue_share.bands[1]": 55_000_000.0,
        "revenue_share.rates[1][1]": 0.3,
        "revenue_share.minimum_annual[0]": 1_000_000.0,
        "partner.tax_rate": 0.21,
    },
}


def as_found(redline: Redline) -> dict[str, object]:
    """What the sender's values are, by path."""
    return {change.path: change.theirs for change in redline.changes}


@pytest.mark.parametrize(
    ("name", "edition"), [("fjord", "internal"), ("seed 132", "partner"), ("seed 888", "internal")]
)
def test_a_workbook_that_comes_back_as_it_went_has_no_changes(name: str, edition: str, tmp_path: Path) -> None:
    """The redline of an untouched workbook of either edition is empty, notes included."""
    deal = deal_of(name)
    redline = redline_of(deal, exported(deal, edition), tmp_path)
    assert redline.changes == ()
    assert redline.notes == ()
    assert (redline.edition, redline.date, redline.changed_since) == (edition, "2026-11-23", False)
    assert_effect(redline, redline.figures, evaluate(deal).kpis)


@pytest.mark.parametrize(("name", "edition"), [("austral", "partner"), ("fjord", "internal")])
def test_every_kind_of_input_comes_back(name: str, edition: str, tmp_path: Path) -> None:
    """Numbers, months, flags, years of tables and bands come back at their paths; taken, they make the changed deal."""
    deal, changes = deal_of(name), CHANGES[name]
    redline = redline_of(deal, changed_workbook(exported(deal, edition), changes), tmp_path)
    assert as_found(redline) == changes
    assert redline.notes == ()
    wanted = deal
    for path, value in changes.items():
        wanted = with_value(wanted, path, value)
    assert with_values(deal, "", as_found(redline)) == wanted
    for change in redline.changes:
        alone = evaluate(with_value(deal, change.path, change.theirs)).kpis
        assert_effect(redline, change.alone.figures, alone)
        for figure, moved in change.alone.moves.items():
            now, then = alone[figure], redline.figures[figure]
            assert now is not None
            assert then is not None
            assert moved == pytest.approx(now - then, rel=1e-9, abs=1e-6 * max(1.0, abs(now)))
    assert_effect(redline, redline.together.figures, evaluate(wanted).kpis)
    some = redline.changes[:2]
    ticked = with_values(deal, "", {change.path: change.theirs for change in some})
    assert_effect(redline, effect_of_changes(redline, some).figures, evaluate(ticked).kpis)


def test_an_issue_may_hold_a_scenario_and_results(tmp_path: Path) -> None:
    """An internal workbook that was issued with a scenario's name and results comes back like any other."""
    deal = deal_of("seed 888")
    path = tmp_path / "internal.xlsx"
    export_workbook(deal, "internal", path, results=(TABLE,), scenario="Late")
    changes = {"operations.power_price_kwh": 0.0812}
    redline = redline_of(deal, changed_workbook(path.read_bytes(), changes), tmp_path)
    assert as_found(redline) == changes
    assert redline.notes == ()


def assert_effect(redline: Redline, figures: Mapping[str, float | None], kpis: Mapping[str, float | None]) -> None:
    assert figures.keys() == kpis.keys() == redline.figures.keys()
    for name, value in kpis.items():
        assert figures[name] == (None if value is None else pytest.approx(value, rel=1e-9, abs=1e-6)), name


def test_the_words_are_those_of_the_forms(tmp_path: Path) -> None:
    """A change is named as in the forms, with both values in the unit that they show."""
    deal = deal_of("austral")
    changes = {"senior_debt.margin": 0.0325, "senior_debt.first_repayment": "2028-09", "partner.opening_cash": 5e6}
    redline = redline_of(deal, changed_workbook(exported(deal, "partner"), changes), tmp_path)
    said = {c.path: (c.label, c.unit, c.ours_text, c.theirs_text) for c in redline.changes}
    assert said["senior_debt.margin"] == ("Debt: Margin", "bp", "300", "325")
    assert said["senior_debt.first_repayment"][3] == "Sep 2028"
    assert said["partner.opening_cash"] == ("Partner: Opening cash", "$m", "0", "5")


def test_months_of_a_series_are_one_change(tmp_path: Path) -> None:
    """Changed months of a series come back as the whole series, which names the first of them."""
    deal = deal_of("seed 888")
    before = deal.demand[0].gpus_by_month
    assert before is not None
    changes = {f"demand[0].gpus_by_month[{m}]": before[m] + 100 for m in (3, 5)}
    redline = redline_of(deal, changed_workbook(exported(deal, "partner"), changes), tmp_path)
    (change,) = redline.changes
    assert change.path == "demand[0].gpus_by_month"
    expected = tuple(value + 100 * (m in (3, 5)) for m, value in enumerate(before))
    assert change.theirs == expected
    assert change.theirs_text.endswith("and 1 month more")
    assert with_value(deal, change.path, change.theirs).demand[0].gpus_by_month == expected
    assert redline.notes == ()


def test_both_sides_may_have_changed(tmp_path: Path) -> None:
    """Where the deal has changed since the issue, each value says whose change it is; nobody's work is undone."""
    issued = deal_of("austral")
    sent = exported(issued, "partner")
    theirs = {
        "operations.power_price_kwh": 0.08,  # here too, to another value
        "senior_debt.target_dscr": 1.45,  # here too, to the same value
        "credit_support[0].floor_prices[1]": 3.4,  # there alone
    }
    ours = with_value(issued, "operations.power_price_kwh", 0.075)
    ours = with_value(ours, "senior_debt.target_dscr", 1.45)
    ours = with_value(ours, "partner.opening_cash", 2_000_000.0)  # here alone
    redline = redline_of(ours, changed_workbook(sent, theirs), tmp_path)
    assert redline.changed_since
    said = {c.path: (c.ours, c.theirs, c.issued_text, c.both) for c in redline.changes}
    assert said == {
        "operations.power_price_kwh": (0.075, 0.08, "0.085", True),
        "credit_support[0].floor_prices[1]": (3.15, 3.4, "3.15", False),
    }
    assert messages(redline, "agreed") == ["Debt: Target DSCR: 1.45 x on both sides, 1.30 when issued."]
    assert messages(redline, "ours") == ["Partner: Opening cash: 2 $m here, 0 when issued and in the workbook."]
    assert messages(redline, "scope") == []


def test_a_series_is_merged_month_by_month(tmp_path: Path) -> None:
    """Months changed here since the issue stay as they are here when months changed there are taken."""
    issued = deal_of("seed 888")
    before = issued.demand[0].gpus_by_month
    assert before is not None
    sent = changed_workbook(exported(issued, "partner"), {"demand[0].gpus_by_month[3]": before[3] + 100})
    ours = with_value(issued, "demand[0].gpus_by_month[5]", before[5] + 50)
    redline = redline_of(ours, sent, tmp_path)
    (change,) = redline.changes
    assert change.theirs == tuple(value + {3: 100, 5: 50}.get(m, 0) for m, value in enumerate(before))
    assert not change.both
    assert len(messages(redline, "ours")) == 1


def test_changes_of_bands_may_need_each_other(tmp_path: Path) -> None:
    """A change that only goes with another one is offered, says why it cannot go alone, and all go together."""
    deal = deal_of("seed 132")
    low, high = deal.revenue_share.bands[1:]
    changes = {"revenue_share.bands[1]": high + 1e6, "revenue_share.bands[2]": high + 2e6}
    redline = redline_of(deal, changed_workbook(exported(deal, "partner"), changes), tmp_path)
    first, second = redline.changes
    assert "must be above" in first.alone.reason
    assert first.alone.figures == {}
    assert second.alone.reason == ""
    assert redline.together.reason == ""
    assert low < high


def test_any_program_may_have_saved_it(tmp_path: Path) -> None:
    """Saved by LibreOffice or openpyxl, untouched or changed, a workbook leads to the same redline."""
    deal, changes = deal_of("seed 888"), {"operations.power_price_kwh": 0.0812, "partner.tax_rate": 0.19}
    sent = {kind: exported(deal, kind) for kind in EDITIONS}
    paths = {
        "untouched": tmp_path / "untouched.xlsx",
        "changed": tmp_path / "changed.xlsx",
        "internal": tmp_path / "internal.xlsx",
    }
    paths["untouched"].write_bytes(sent["partner"])
    paths["changed"].write_bytes(changed_workbook(sent["partner"], changes))
    paths["internal"].write_bytes(changed_workbook(sent["internal"], changes))
    results = dict(zip(paths, recalculate(list(paths.values()), tmp_path / "out"), strict=True))
    for kind, path in results.items():
        redline = read_redline(deal, path)
        assert as_found(redline) == ({} if kind == "untouched" else changes), kind
        assert redline.notes == (), kind
        assert not redline.changed_since
    counted = openpyxl.load_workbook(results["changed"], data_only=True, read_only=True)
    assert counted["Changes"]["D4"].value == len(changes)
    counted.close()
    again = redline_of(deal, saved_by_openpyxl(sent["partner"], changes), tmp_path)
    assert as_found(again) == changes
    assert again.notes == ()


def saved_by_openpyxl(content: bytes, changes: Mapping[str, object]) -> bytes:
    """The workbook opened, changed and saved by openpyxl, which keeps no computed value."""
    cells = read_book(content)
    book = openpyxl.load_workbook(io.BytesIO(content))
    for path, value in changes.items():
        sheet, row, column = cell_of(cells, path)
        book[sheet].cell(row, column).value = as_number(value)
    memory = io.BytesIO()
    book.save(memory)
    book.close()
    return memory.getvalue()


def test_reading_tells_how_far_it_is_and_can_be_stopped(tmp_path: Path) -> None:
    """Progress rises from 0 to 1, and where the caller stops there is no redline."""
    deal: Deal = deal_of("seed 888")
    path = tmp_path / "returned.xlsx"
    path.write_bytes(exported(deal, "partner"))
    shares: list[float] = []
    read_redline(deal, path, progress=shares.append)
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    with pytest.raises(CancelledError):
        read_redline(deal, path, cancelled=lambda: bool(shares))
