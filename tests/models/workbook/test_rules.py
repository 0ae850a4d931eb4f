"""The formulas of every written workbook: one along each row, of few functions, without numbers of their own."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from math import isfinite

import pytest

from models.engine.case import KEY_FIGURES
from tests.agreement.comparing import CHECKS, FIRST, HEADS, MODEL, ONCE, SUMMARY, line_rows
from tests.agreement.reading import MAIN, Area, Sheet, Spot, column_letters

from .formula_text import areas, constants, functions, names, nests, relative
from .written import Written

ALLOWED = {"SUM", "MIN", "MAX", "IF", "AND", "OR", "INDEX", "SUMPRODUCT", "SUMIFS", "EDATE", "ROUNDUP", "YEAR", "PMT"}
ALLOWED |= {"ABS"}
ON_SUMMARY = {"IRR", "XIRR"}
WRITTEN_OUT = {0.0, 1.0, 12.0, 24.0, 100.0, 1000.0}
SHORT, LONGEST, LONGEST_ON_SUMMARY = 90, 120, 160
SHORT_ENOUGH = 0.95
SERIES, TABLES, OPENING = "Month series", "Year tables", 5
TITLE_ROW = 2


def distinct(sheet: Sheet) -> dict[str, Spot]:
    """Every formula of a sheet, those that are copies of each other once, with the place of one."""
    found: dict[str, Spot] = {}
    for spot, formula in sheet.formulas():
        found.setdefault(relative(formula, spot), spot)
    return found


def texts(sheet: Sheet) -> Iterator[str]:
    """One formula of each kind on a sheet."""
    for spot in distinct(sheet).values():
        yield sheet.cells[spot].formula or ""


def test_one_formula_runs_along_each_row_of_months(written: Written) -> None:
    """From the first to the last month a row of the model, or of the heads of month series, holds one formula."""
    for title in {MODEL, SERIES} & written.book.sheets.keys():
        sheet = written.book.sheets[title]
        rows: dict[int, set[str]] = {}
        columns: dict[int, list[int]] = {}
        for (row, column), formula in sheet.formulas():
            if column >= FIRST and row > TITLE_ROW:
                rows.setdefault(row, set()).add(relative(formula, (row, column)))
                columns.setdefault(row, []).append(column)
        assert {row: found for row, found in rows.items() if len(found) > 1} == {}
        every = list(range(FIRST, written.last_column + 1))
        assert {row: found for row, found in columns.items() if found != every} == {}
        assert len(rows) > 100 or title == SERIES


def test_one_formula_runs_along_each_row_of_years_and_down_the_checks(written: Written) -> None:
    """Rows of years and the verdicts of checks hold one formula each; the years begin with one of their own."""
    summary = written.book.sheets[SUMMARY]
    rows: dict[int, list[str]] = {}
    for (row, column), formula in sorted(summary.formulas()):
        if column > 3 and summary.value(row, 1) is not None and formula != "" and row > TITLE_ROW:
            rows.setdefault(row, []).append(relative(formula, (row, column)))
    years = [found for found in rows.values() if len(found) >= written.deal.months // 12]
    assert len(years) > 15
    assert [found for found in years if len(set(found[1:])) > 1] == []
    assert sum(found[0] != found[-1] for found in years) <= 1
    checks = written.book.sheets[CHECKS]
    last = written.book.names["master_check"].top
    assert len({relative(f, (r, c)) for (r, c), f in checks.formulas() if c == 3 and TITLE_ROW < r < last}) == 1
    if TABLES in written.book.sheets:
        tables = written.book.sheets[TABLES]
        beyond = {relative(f, spot) for spot, f in tables.formulas() if spot[0] > TITLE_ROW}
        assert beyond <= {"R[0]C[-1]", "0"}


def test_only_agreed_functions_are_called(written: Written) -> None:
    """Formulas call only functions on which spreadsheet programs agree; none is volatile or new."""
    for sheet in written.book.sheets.values():
        allowed = ALLOWED | ON_SUMMARY if sheet.name == SUMMARY else ALLOWED
        for formula in texts(sheet):
            assert set(functions(formula)) <= allowed, (sheet.name, formula)
            assert not formula.startswith("{")


def test_formulas_write_out_no_numbers_of_their_own(written: Written) -> None:
    """Every number in a formula is 0, 1, 12, 24, 100 or 1000; all others are named on the inputs."""
    for sheet in written.book.sheets.values():
        for formula in texts(sheet):
            assert constants(formula) <= WRITTEN_OUT, (sheet.name, formula)


def test_no_if_stands_inside_another(written: Written) -> None:
    """No formula nests IF in IF."""
    for sheet in written.book.sheets.values():
        for formula in texts(sheet):
            assert not nests(formula, "IF"), (sheet.name, formula)


def test_formulas_can_be_read_at_a_glance(written: Written) -> None:
    """Nearly all formulas of the calculation have at most 90 characters and none has more than 120."""
    lengths = [len(formula) for title in (MODEL, CHECKS) for formula in texts(written.book.sheets[title])]
    assert len(lengths) > 100
    assert max(lengths) <= LONGEST
    assert sum(length <= SHORT for length in lengths) / len(lengths) >= SHORT_ENOUGH
    assert max(map(len, texts(written.book.sheets[SUMMARY]))) <= LONGEST_ON_SUMMARY


def test_no_number_is_typed_where_figures_are_computed(written: Written) -> None:
    """On the sheets that compute, every number is the result of a formula."""
    for title in (SUMMARY, MODEL, CHECKS):
        typed = [
            spot
            for spot, cell in written.book.sheets[title].cells.items()
            if cell.formula is None and isinstance(cell.value, float)
        ]
        assert typed == [], title


def test_every_formula_carries_its_value_and_no_cell_an_error(written: Written) -> None:
    """A reader that does not compute finds a finite number or a text in every cell that has a formula."""
    for sheet in written.book.sheets.values():
        for spot, cell in sheet.cells.items():
            assert cell.kind != "e", (sheet.name, spot)
            if cell.formula is not None:
                number = isinstance(cell.value, float) and isfinite(cell.value)
                assert number or cell.value == "n/a" or spot[0] == TITLE_ROW, (sheet.name, spot, cell)
                assert cell.value is not None, (sheet.name, spot)


def test_totals_cover_all_months(written: Written) -> None:
    """Every flow has a total, and every total is the sum of its own row from the first month to the last."""
    sheet = written.book.sheets[MODEL]
    last = column_letters(written.last_column)
    for name, row in line_rows(sheet).items():
        line = written.case.model.lines[name]
        formula = sheet.cells[row, ONCE].formula if (row, ONCE) in sheet.cells else None
        if line.once:
            assert formula is not None, name
        else:
            assert formula == (f"SUM($F{row}:${last}{row})" if line.sums else None), name


def test_each_column_is_the_same_month_on_every_sheet(written: Written) -> None:
    """Month m stands in the same column of the model and of the month series, and its date follows from the start."""
    start = written.edition.start_number
    for title in {MODEL, SERIES} & written.book.sheets.keys():
        sheet = written.book.sheets[title]
        dates = [sheet.value(5, column) for column in range(FIRST, written.last_column + 1)]
        assert len(dates) == written.deal.months
        model = written.book.sheets[MODEL]
        assert dates == [model.value(5, column) for column in range(FIRST, written.last_column + 1)]
        assert [model.value(4, FIRST + m) for m in range(written.deal.months)] == list(range(written.deal.months))
        years = [model.value(6, FIRST + m) for m in range(written.deal.months)]
        assert years == [(start + m) // 12 for m in range(written.deal.months)]
        assert sheet.value(5, written.last_column + 1) is None


def test_every_line_has_a_unit_and_a_label_of_its_own(written: Written) -> None:
    """No two lines of the model share a name or a label, and each says what it is counted in and why it exists."""
    sheet = written.book.sheets[MODEL]
    rows = line_rows(sheet)
    labels = [sheet.value(row, 2) for row in rows.values()]
    doubled = [label for label, same in groupby(sorted(map(str, labels))) if len(list(same)) > 1]
    assert doubled == []
    assert len(rows) == len(written.edition.rows)
    for name, row in rows.items():
        assert sheet.value(row, 3), name
        assert sheet.value(row, written.last_column + 2), name
    assert min(rows.values()) > HEADS


def test_the_master_check_covers_every_check(written: Written) -> None:
    """Each check of the model has its row on the checks sheet, in all its months, and the master check adds up all."""
    model, sheet = written.book.sheets[MODEL], written.book.sheets[CHECKS]
    master = written.book.names["master_check"]
    last = column_letters(written.last_column)
    wanted = [row for name, row in line_rows(model).items() if name.startswith("check_")]
    assert len(wanted) >= 6
    assert master.sheet == CHECKS
    assert master.top == 5 + len(wanted)
    for at, row in enumerate(wanted, start=5):
        span = f"{MODEL}!$F{row}:${last}{row}"
        assert sheet.cells[at, 2].formula == f"MAX(MAX({span}),0-MIN({span}))"
    assert sheet.cells[master.top, master.left].formula == f"SUM(C5:C{master.top - 1})"
    assert sheet.value(master.top, master.left) == 0.0
    for each in written.book.sheets.values():
        assert any("master_check" in formula for (row, _), formula in each.formulas() if row == TITLE_ROW), each.name


def test_every_input_is_used(written: Written) -> None:
    """Every defined name is used by a formula, and every name in a formula is defined."""
    used = {name for sheet in written.book.sheets.values() for text in texts(sheet) for name in names(text)}
    assert used - written.book.names.keys() == set()
    by_address = {
        (span.sheet, *spot)
        for formula in (formula for _, formula in written.book.sheets[MODEL].formulas() if SERIES in formula)
        for span in areas(formula, MODEL)
        for spot in span.spots()
    }
    for name in written.book.names.keys() - used:
        area = written.book.names[name]
        assert area.sheet == SERIES, name
        assert {(area.sheet, *spot) for spot in area.spots()} <= by_address, name


def test_summary_shows_the_key_figures_of_the_edition(written: Written) -> None:
    """The summary names every key figure the edition may show, once, with its value as the engine has it."""
    sheet = written.book.sheets[SUMMARY]
    shown = [cell.value for (_, column), cell in sorted(sheet.cells.items()) if column == 1]
    wanted = [figure for figure in KEY_FIGURES if written.kind == "internal" or not figure.internal]
    for figure in wanted:
        assert figure.label in shown, figure.name
        value = sheet.value(shown_row(sheet, figure.label), 2)
        expected = written.case.kpis[figure.name]
        assert value == ("n/a" if expected is None else pytest.approx(expected, rel=1e-15)), figure.name


def shown_row(sheet: Sheet, label: str) -> int:
    """The first row of the first column that holds a text."""
    return min(row for (row, column), cell in sheet.cells.items() if column == 1 and cell.value == label)


def test_the_calculation_has_no_cycle(written: Written) -> None:
    """Every cell can be computed after all it rests on, ranges and names included; iteration is never needed."""
    calculation = written.book.root.find(f"{MAIN}calcPr")
    assert calculation is not None
    assert calculation.get("iterate") in (None, "0")
    cells = {(sheet.name, *spot): text for sheet in written.book.sheets.values() for spot, text in sheet.formulas()}
    number = {cell: k for k, cell in enumerate(cells)}
    spans: dict[Area, list[int]] = {}
    users: list[list[int]] = [[] for _ in cells]
    waits = [0] * len(cells)
    for cell, formula in cells.items():
        used = [*areas(formula, cell[0]), *(written.book.names[name] for name in names(formula))]
        for span in used:
            if span not in spans:
                spots = ((span.sheet, *spot) for spot in span.spots())
                spans[span] = [number[spot] for spot in spots if spot in number]
            for other in spans[span]:
                users[other].append(number[cell])
                waits[number[cell]] += 1
    ready = [k for k, count in enumerate(waits) if count == 0]
    for k in ready:
        for user in users[k]:
            waits[user] -= 1
            if waits[user] == 0:
                ready.append(user)
    assert [cell for cell, k in number.items() if waits[k] > 0] == []
    assert sum(map(len, users)) > 2 * len(cells)
