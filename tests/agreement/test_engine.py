"""The engine against the worked deals, through the command line, and against the month loop on random ones."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from math import isfinite, isnan
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from app.__main__ import main
from models import Case, Deal, evaluate, loads_deal, month_number
from models.engine.case import program_of
from models.lines.binding import bind

from . import month_loop
from .month_loop_plan import Json
from .random_deals import random_deal, random_path

Array = NDArray[np.float64]

EXPECTED = Path(__file__).parent / "expected"
WORKED = sorted(path.stem for path in EXPECTED.glob("*.deal"))
SEEDS = range(60)


def differences(found: Mapping[str, list[float]], expected: Mapping[str, list[float]]) -> Iterator[tuple[Any, ...]]:
    """Every cell that is not within a cent and nine digits of what is expected; infinities must be the same."""
    for name, values in expected.items():
        assert len(found[name]) == len(values), name
        for month, (value, wanted) in enumerate(zip(found[name], values, strict=True)):
            if value != wanted and not abs(value - wanted) <= 0.01 + 1e-9 * abs(wanted):
                yield name, month, value, wanted


def read_lines(path: Path) -> dict[str, list[float]]:
    """Lines by name from a file of them."""
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert header == ["line", *map(str, range(len(header) - 1))]
    assert all(len(row) == len(header) for row in rows)
    return {name: [float(text) for text in values] for name, *values in rows}


def lists(lines: Mapping[str, Array]) -> dict[str, list[float]]:
    """Lines of the engine as plain numbers."""
    return {name: row.tolist() for name, row in lines.items()}


@pytest.mark.parametrize("name", WORKED)
def test_a_worked_deal_comes_out_as_expected(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`backstop evaluate` writes every expected cell of every line, and every expected key figure, of a worked deal."""
    target = tmp_path / "lines.csv"
    assert main(["evaluate", str(EXPECTED / f"{name}.deal"), "--lines", str(target), "--json"]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    found, expected = read_lines(target), read_lines(EXPECTED / f"{name}.csv")
    assert len(expected) > 80
    assert list(differences(found, expected)) == []
    figures = json.loads(said.out)
    for row in (EXPECTED / f"{name}.kpi.txt").read_text(encoding="utf-8").splitlines():
        key, text = row.split()
        if text == "None" or isnan(float(text)):
            assert figures[key] is None, key
            assert figures["reasons"][key], key
        else:
            assert figures[key] == pytest.approx(float(text), rel=1e-9, abs=1e-6), key


def figures_differ(case: Case, expected: Mapping[str, float | int | None]) -> Iterator[tuple[Any, ...]]:
    """Every key figure that is not the expected one, or exists where it should not."""
    assert set(expected) == set(case.kpis)
    for name, wanted in expected.items():
        value = case.kpis[name]
        if wanted is None or not isfinite(wanted):
            if value is not None:
                yield name, value, wanted
        elif value is None or abs(value - wanted) > 1e-6 + 1e-8 * abs(wanted):
            yield name, value, wanted


def deal_of(fields: Json) -> Deal:
    """A random deal as the program reads it from a file."""
    return loads_deal(json.dumps(fields).encode())


@pytest.mark.parametrize("first", range(0, len(SEEDS), 10))
def test_a_random_deal_comes_out_as_month_by_month(first: int) -> None:
    """Every line and key figure of random deals over the whole schema is what the independent month loop finds."""
    for seed in SEEDS[first : first + 10]:
        fields = random_deal(seed)
        case = evaluate(deal_of(fields))
        lines, figures = month_loop.evaluate(fields)
        assert list(differences(lists(case.lines), lines)) == [], seed
        assert list(figures_differ(case, figures)) == [], seed


@pytest.mark.parametrize("first", range(0, len(SEEDS), 20))
def test_a_simulated_path_comes_out_as_month_by_month(first: int) -> None:
    """Demand, prices, residual value and the partner's own default, before a delivery too, agree on a path as well."""
    defaults = early = 0
    for seed in SEEDS[first : first + 20]:
        fields = random_deal(seed)
        deal, path = deal_of(fields), random_path(seed, fields)
        if seed % 3 == 0 and last_delivery(deal) > 0:
            path["partner_default"] = last_delivery(deal) - 1
        lines, _ = month_loop.evaluate(fields, **path)
        rows = program_of(deal, simulated=True).run(bind(deal, path_inputs(path, deal.months)), deal.months)
        assert list(differences({name: row[:, 0].tolist() for name, row in rows.items()}, lines)) == [], seed
        defaults += path["partner_default"] is not None
        early += path["partner_default"] is not None and path["partner_default"] < last_delivery(deal)
    assert defaults > 2
    assert early


def last_delivery(deal: Deal) -> int:
    """The month, counted from 0, in which the last systems arrive."""
    return max(month_number(phase.delivery) for phase in deal.phases) - month_number(deal.start)


def path_inputs(path: Json, months: int) -> dict[str, Array | float]:
    """The factors of a path as inputs of the model."""
    inputs: dict[str, Array | float] = {}
    for name in ("demand_factor", "price_factor"):
        for number, factors in enumerate(path[name]):
            inputs[f"demand[{number}].{name}"] = np.array(factors)[:, None]
    residual, default = path["residual_factor"], path["partner_default"]
    inputs["factors.residual_factor"] = np.array(residual)[:, None] if isinstance(residual, list) else residual
    inputs["factors.partner_default_month"] = float(months if default is None else default)
    return inputs
