"""Many columns at once: each is what it would be alone, whatever the tile."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import count

import numpy as np
import pytest

from models import load_template
from models.engine import evaluate
from models.engine.case import program_of
from models.engine.evaluate import CancelledError, evaluate_columns
from models.lines.binding import bind
from tests.models.engine.varied import column_of, seeded_deal, varied_inputs

SEEDS = (0, 3, 6, 11, 20, 31)
COLUMNS = 9


@pytest.mark.parametrize("seed", SEEDS)
def test_the_size_of_a_tile_changes_no_bit(seed: int) -> None:
    """Every line of every column is the same to the last bit whether evaluated in tiles of 1, 2, 4 or 64 columns."""
    deal = seeded_deal(seed)
    program = program_of(deal)
    inputs = varied_inputs(deal, COLUMNS, seed)
    keep = list(program.model.lines)
    whole = evaluate_columns(program, inputs, deal.months, keep, tile=64)
    for tile in (1, 2, 4):
        parts = evaluate_columns(program, inputs, deal.months, keep, tile=tile)
        assert [name for name in keep if not np.array_equal(parts[name], whole[name])] == [], tile


@pytest.mark.parametrize("seed", SEEDS)
def test_walks_and_whole_rows_give_the_same_bits(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines evaluated in one walk by month, as for many columns, are to the last bit those of whole rows."""
    deal = seeded_deal(seed)
    program = program_of(deal)
    inputs = varied_inputs(deal, COLUMNS, seed)
    whole = program.run(inputs, deal.months)
    monkeypatch.setattr(evaluate, "MANY", 2)
    walked = program.run(inputs, deal.months)
    assert list(walked) == list(whole)
    assert [name for name, row in whole.items() if row.tobytes() != walked[name].tobytes()] == []


@pytest.mark.parametrize("many", [2, 1000], ids=["in a walk", "over whole rows"])
def test_figures_over_months_are_those_of_the_rows(many: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Totals and extremes added up on the way are, to the last bit, those of the rows that were not held."""
    monkeypatch.setattr(evaluate, "MANY", many)
    deal = load_template("austral")
    inputs = bind(deal)
    inputs["demand[0].price"] = np.array([[1.0, 3.0, 5.0, 7.0]])
    rows = program_of(deal).run(inputs, deal.months)
    figures = {"paid": ("total", "share_paid"), "ever": ("largest", "defaulted"), "low": ("smallest", "cash_close"),
               "time": ("total", "hours")}  # fmt: skip
    found = program_of(deal).keeping(["cloud_revenue"], figures).run(inputs, deal.months)
    assert set(found) == {"cloud_revenue", *figures}
    assert found["cloud_revenue"].tobytes() == rows["cloud_revenue"].tobytes()
    assert found["paid"].tobytes() == rows["share_paid"].sum(axis=0).tobytes()
    assert found["ever"].tobytes() == rows["defaulted"].max(axis=0).tobytes()
    assert found["low"].tobytes() == rows["cash_close"].min(axis=0).tobytes()
    assert found["time"] == pytest.approx(rows["hours"].sum())


def test_a_prepared_program_runs_tile_by_tile() -> None:
    """Prepared once, a program gives for tiles of any width what it gives for all columns at once."""
    deal = load_template("fjord")
    inputs = bind(deal)
    inputs["partner.tax_rate"] = np.linspace(0, 0.4, 10)[None, :]
    program = program_of(deal).keeping(["tax_paid", "llcr", "hours"])
    whole = program.run(inputs, deal.months)
    prepared = program.prepare(inputs, deal.months)
    for start, stop in ((0, 2), (2, 9), (7, 10)):
        part = prepared.run({"partner.tax_rate": np.linspace(0, 0.4, 10)[None, start:stop]})
        assert part["tax_paid"].tobytes() == whole["tax_paid"][:, start:stop].tobytes()
        assert part["llcr"].tobytes() == whole["llcr"][:, start:stop].tobytes()
        assert part["hours"].shape == (deal.months, 1)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_column_is_what_it_is_alone(seed: int) -> None:
    """Each column equals a single evaluation of its numbers to twelve digits, dates, tables and series varying too."""
    deal = seeded_deal(seed)
    program = program_of(deal)
    inputs = varied_inputs(deal, COLUMNS, seed)
    assert sum(np.ndim(value) == 2 and np.shape(value)[1] > 1 for value in inputs.values()) > 20
    wide = program.run(inputs, deal.months)
    for column in (0, COLUMNS // 2, COLUMNS - 1):
        alone = program.run(column_of(inputs, column), deal.months)
        for name, row in alone.items():
            found = wide[name][:, column if wide[name].shape[1] > 1 else 0]
            largest = np.abs(row[np.isfinite(row)]).max(initial=1.0)
            # a check is what is left of large sums that cancel
            near = 1e-4 if program.model.lines[name].definition.section == "Checks" else 1e-12 * largest
            assert found == pytest.approx(row[:, 0], rel=1e-12, abs=near), (name, column)


def test_lines_that_do_not_vary_stay_one_column() -> None:
    """Where only prices of tenants vary, debt sized on the floor stays one column; revenue and cover vary."""
    deal = load_template("austral")
    assert deal.senior_debt.sizing_case == "floor_called"
    inputs = bind(deal)
    inputs["demand[0].price"] = np.array([[3.0, 4.0, 5.0]])
    rows = program_of(deal).run(inputs, deal.months)
    for name in ("hours", "capacity_gpu_hours", "sizing_cfads", "scheduled_balance", "rent_due", "planned_capex"):
        assert rows[name].shape == (deal.months, 1), name
    for name in ("revenue[0]", "cloud_revenue", "dscr_12m", "partner_equity_flow"):
        assert rows[name].shape == (deal.months, 3), name
    assert rows["debt_amount"].shape == (1, 1)
    assert rows["llcr"].shape == (1, 3)


def test_kept_lines_have_all_columns() -> None:
    """What is asked for comes with a column for each case, even where the line does not vary; nothing else comes."""
    deal = load_template("fjord")
    inputs = bind(deal)
    inputs["partner.tax_rate"] = np.array([[0.0, 0.1, 0.2, 0.3, 0.4]])
    kept = evaluate_columns(program_of(deal), inputs, deal.months, ["cloud_revenue", "tax_paid", "llcr"], tile=2)
    assert {name: row.shape for name, row in kept.items()} == {
        "cloud_revenue": (deal.months, 5),
        "tax_paid": (deal.months, 5),
        "llcr": (1, 5),
    }
    assert (np.diff(kept["tax_paid"].sum(axis=0)) > 0).all()


def test_a_single_case_needs_no_columns() -> None:
    """Without any input that varies there is one column."""
    deal = load_template("fjord")
    kept = evaluate_columns(program_of(deal), bind(deal), deal.months, ["cloud_revenue", "llcr"])
    assert kept["cloud_revenue"].shape == (deal.months, 1)
    assert kept["llcr"].shape == (1, 1)


def test_an_evaluation_can_be_stopped_between_tiles() -> None:
    """It asks before every tile whether to go on, tells how far it is, and ends at once when told to."""
    deal = load_template("fjord")
    inputs = bind(deal)
    inputs["partner.tax_rate"] = np.linspace(0, 0.4, 10)[None, :]
    program, told, asked = program_of(deal), list[float](), count()
    evaluate_columns(program, inputs, deal.months, ["tax_paid"], tile=4, progress=told.append)
    assert told == [0.4, 0.8, 1.0]
    told.clear()
    with pytest.raises(CancelledError):
        evaluate_columns(
            program, inputs, deal.months, ["tax_paid"], tile=4, cancelled=lambda: next(asked) == 1, progress=told.append
        )
    assert told == [0.4]


def test_threads_do_not_disturb_each_other() -> None:
    """Tiles run on four threads at once, of one prepared program and of programs prepared anew, have their own bits."""
    deal = load_template("austral")
    inputs = bind(deal)
    prices = np.linspace(1.0, 9.0, 3200)[None, :]
    inputs["demand[0].price"] = prices
    program = program_of(deal).keeping(["share_paid", "partner_npv"])
    prepared = program.prepare(inputs, deal.months)
    tiles = [prices[:, start : start + 400] for start in range(0, 3200, 400)]
    alone = [prepared.run({"demand[0].price": tile}) for tile in tiles]
    with ThreadPoolExecutor(4) as pool:
        again = list(pool.map(lambda tile: prepared.run({"demand[0].price": tile}), tiles))
        anew = list(pool.map(lambda tile: program.run({**inputs, "demand[0].price": tile}, deal.months), tiles))
    for one, other, third in zip(alone, again, anew, strict=True):
        for name in ("share_paid", "partner_npv"):
            assert one[name].tobytes() == other[name].tobytes() == third[name].tobytes()


def test_only_the_newest_codes_are_kept() -> None:
    """Questions about ever other inputs do not pile up code; one whose code was dropped gives its figures again."""
    deal = load_template("fjord")
    program = program_of(deal).keeping(["partner_npv"])
    plain = bind(deal)
    paths = [path for path, value in plain.items() if isinstance(value, float)][: evaluate.KEPT_CODES + 3]
    first, *others = paths

    def ask(path: str) -> bytes:
        value = plain[path]
        assert isinstance(value, float)
        return program.run({**plain, path: np.array([[value, value]])}, deal.months)["partner_npv"].tobytes()

    before = ask(first)
    kept = program.wide(frozenset([first]), in_walks=False)
    for path in others:
        ask(path)
    assert program.wide(frozenset([first]), in_walks=False) is not kept
    assert program.wide(frozenset([others[-1]]), in_walks=False) is program.wide(
        frozenset([others[-1]]), in_walks=False
    )
    assert ask(first) == before
