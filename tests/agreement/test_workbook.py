"""The exported workbooks, recalculated by LibreOffice from poisoned caches, against the engine."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

from models.deal.paths import deal_from
from models.deal.schema import Deal
from models.engine.case import Case, evaluate

from .changing import as_number, cell_of, changed_deal, changed_workbook
from .comparing import DUST, MODEL, differences, line_rows
from .libreoffice import POISON, recalculate
from .many_workbooks import every_number, export, recalculated
from .random_deals import coverage, random_deal
from .random_support import BASES, KINDS
from .reading import Book, read_book

pytestmark = pytest.mark.timeout(400)

EXPECTED = Path(__file__).parent / "expected"
WORKED = sorted(path.stem for path in EXPECTED.glob("*.deal"))
SEEDS = (9, 12, 15, 18, 21, 24, 33, 36, 39, 60, 66, 91)
LIMIT = 300.0

CHANGES = (
    ("fjord", "credit_support[0].floor_prices[1]", 3.9),
    ("fjord", "credit_support[0].coverage", 0.55),
    ("fjord", "credit_support[0].aggregate_cap", 7_000_000.0),
    ("fjord", "credit_support[0].settlement_months", 6),
    ("fjord", "credit_support[0].longstop", "2027-02"),
    ("fjord", "credit_support[2].escrow_release", "2029-05"),
    ("fjord", "phases[0].delivery", "2027-03"),
    ("fjord", "phases[0].install_months", 5),
    ("fjord", "start", "2026-10"),
    ("fjord", "senior_debt.target_dscr", 1.75),
    ("fjord", "senior_debt.first_repayment", "2028-02"),
    ("fjord", "revenue_share.rates[1][0]", 0.31),
    ("fjord", "revenue_share.rates[4][1]", 0.17),
    ("fjord", "revenue_share.bands[1]", 25_000_000.0),
    ("fjord", "partner.opening_cash", 2_500_000.0),
    ("fjord", "include_residual", False),
    ("breaker-1", "phases[1].supported", True),
    ("breaker-1", "demand[0].gpus_by_month[7]", 1900.0),
    ("breaker-1", "senior_debt.cure_months", 1),
    ("breaker-1", "collateral.enforcement_months", 3),
    ("breaker-2", "credit_support[1].date", "2029-04"),
    ("fjord", "equity_kicker", 0.35),
)
"""Deal, input and new value: every shape an input can have, each changed alone."""


@dataclass(frozen=True)
class Recalculated:
    """A deal as the engine has it, its workbook as written, and as LibreOffice recalculated it."""

    case: Case
    written: bytes
    book: Book


def worked_deal(name: str) -> Deal:
    return deal_from(json.loads((EXPECTED / f"{name}.deal").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def workbooks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Recalculated]:
    """Worked deals in both editions, random ones in the internal edition, which holds every line."""
    cases = {name: evaluate(worked_deal(name)) for name in WORKED}
    cases |= {f"seed {seed}": evaluate(deal_from(random_deal(seed))) for seed in SEEDS}
    made = {f"{name}, {edition}": cases[name] for name in WORKED for edition in ("partner", "internal")}
    made |= {f"seed {seed}, internal": cases[f"seed {seed}"] for seed in SEEDS}
    contents = {name: export(case, name.split(", ")[1]) for name, case in made.items()}
    books = recalculated(contents, tmp_path_factory.mktemp("workbooks"))
    return {name: Recalculated(case, contents[name], books[name]) for name, case in made.items()}


NAMES = [f"{name}, {edition}" for name in WORKED for edition in ("partner", "internal")]
NAMES += [f"seed {seed}, internal" for seed in SEEDS]


@pytest.mark.parametrize("name", NAMES)
def test_every_cell_of_every_month_is_that_of_the_engine(name: str, workbooks: dict[str, Recalculated]) -> None:
    """After a real recalculation every line, total, key figure and check of a workbook is that of the engine."""
    made = workbooks[name]
    assert differences(made.case, made.book) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_reader_that_does_not_recalculate_sees_the_same(name: str, workbooks: dict[str, Recalculated]) -> None:
    """The values cached in the file as written are those of the engine, on every sheet those of LibreOffice."""
    made = workbooks[name]
    written = read_book(made.written)
    assert differences(made.case, written) == []
    assert written.sheets.keys() == made.book.sheets.keys()
    wrong = []
    for title, sheet in written.sheets.items():
        for (row, column), cell in sheet.cells.items():
            found = made.book.sheets[title].value(row, column)
            if cell.formula is not None and not _alike(cell.value, found):
                wrong.append((title, row, column, cell.formula, cell.value, found))
    assert wrong == []


def _alike(cached: object, found: object) -> bool:
    if isinstance(cached, float) and isinstance(found, float):
        # sums of flows that cancel out leave dust: half a cent is none
        return abs(cached - found) <= max(5e-3 if abs(cached) < 1 else 0.0, 1e-7 * abs(cached))
    return cached == found


def test_the_deals_reach_every_kind_and_every_basis() -> None:
    """The random deals recalculated here hold every kind of support, every basis and every choice of the schema."""
    found = coverage(random_deal(seed) for seed in SEEDS)
    every = coverage(random_deal(seed) for seed in range(60))
    counts = {"cure_months", "dsra_months", "enforcement_months", "settlement_months", "share settlement"}
    assert found["kind"] == {*KINDS, "none"}
    assert found["basis"] == set(BASES)
    assert [name for name in every.keys() - counts if found[name] != every[name]] == []


def test_a_wrong_formula_is_found(tmp_path: Path) -> None:
    """One formula of one month made wrong shows as a difference in its own line: the comparison is not blind."""
    case = evaluate(worked_deal("breaker-1"))
    content = export(case, "partner")
    sheet = read_book(content).sheets[MODEL]
    row, column = line_rows(sheet)["hours"], 20
    right = sheet.cells[row, column].formula
    assert right is not None
    path = tmp_path / "spoiled.xlsx"
    path.write_bytes(content)
    book = openpyxl.load_workbook(path)
    book[MODEL].cell(row, column).value = f"={right}+1"
    book.save(path)
    book.close()
    (result,) = recalculate([path], tmp_path / "out", limit=LIMIT)
    found = differences(case, read_book(result))
    assert any(text.startswith(f"hours, month {column - 6}:") for text in found)


@pytest.fixture(scope="module")
def changes(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Recalculated]:
    """Changed workbooks by name beside the cases of the deals changed in the same way; one call recalculates all."""
    wanted: dict[str, tuple[str, dict[str, object]]] = {
        f"{name} {path}": (name, {path: value}) for name, path, value in CHANGES
    }
    wanted |= {f"{name}, every number": (name, dict(every_number(evaluate(worked_deal(name))))) for name in WORKED}
    written = {name: export(evaluate(worked_deal(name)), "internal") for name in WORKED}
    cases = {key: evaluate(changed_deal(worked_deal(name), change)) for key, (name, change) in wanted.items()}
    contents = {key: changed_workbook(written[name], change) for key, (name, change) in wanted.items()}
    books = recalculated(contents, tmp_path_factory.mktemp("changes"))
    made = {key: Recalculated(cases[key], contents[key], books[key]) for key in wanted}
    return made.__getitem__


@pytest.mark.parametrize(("name", "path"), [(name, path) for name, path, _ in CHANGES])
def test_changing_an_input_is_changing_the_deal(name: str, path: str, changes: Callable[[str], Recalculated]) -> None:
    """An input changed in the workbook and recalculated gives what the engine makes of the deal so changed."""
    made = changes(f"{name} {path}")
    before = evaluate(worked_deal(name))
    assert any((made.case.lines[line] != values).any() for line, values in before.lines.items())
    assert differences(made.case, made.book, dust=DUST) == []


@pytest.mark.parametrize("name", WORKED)
def test_changing_every_number_is_changing_the_deal(name: str, changes: Callable[[str], Recalculated]) -> None:
    """All numeric inputs changed at once, each differently, give what the engine makes of the deal so changed."""
    made = changes(f"{name}, every number")
    assert len(dict(every_number(evaluate(worked_deal(name))))) > 60
    assert differences(made.case, made.book, dust=DUST) == []


def test_a_workbook_saved_by_another_program_still_computes(tmp_path: Path) -> None:
    """Inputs changed and the file saved by openpyxl, which drops all cached values, give the figures of the engine."""
    deal = worked_deal("fjord")
    change: dict[str, object] = {path: value for name, path, value in CHANGES[:14] if name == "fjord"}
    del change["start"]
    path = tmp_path / "edited.xlsx"
    path.write_bytes(export(evaluate(deal), "partner"))
    places = {where: cell_of(read_book(path), where) for where in change}
    book = openpyxl.load_workbook(path)
    for where, (sheet, row, column) in places.items():
        book[sheet].cell(row, column).value = as_number(change[where])
    book.save(path)
    book.close()
    (result,) = recalculate([path], tmp_path / "out", limit=LIMIT)
    assert differences(evaluate(changed_deal(deal, change)), read_book(result)) == []


def test_poison_would_be_seen(workbooks: dict[str, Recalculated]) -> None:
    """No recalculated workbook still holds the poison, in any cell of any sheet."""
    for name, made in workbooks.items():
        for sheet in made.book.sheets.values():
            assert all(cell.value != POISON for cell in sheet.cells.values()), name
