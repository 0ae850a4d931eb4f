"""The engine against the worked deals, through the command line, and against the month loop on random ones."""

from __future__ import annotations

import csv
import json
from math import isnan
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from app.__main__ import main
from models.deal.paths import deal_from

from .many_loops import base_case_differs, differences, last_delivery, path_differs, path_of
from .paid_late import paid_late
from .random_deals import random_deal

Array = NDArray[np.float64]

EXPECTED = Path(__file__).parent / "expected"
WORKED = sorted(path.stem for path in EXPECTED.glob("*.deal"))
SEEDS = range(60)


def read_lines(path: Path) -> dict[str, Array]:
    """Lines by name from a file of them."""
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert header == ["line", *map(str, range(len(header) - 1))]
    assert all(len(row) == len(header) for row in rows)
    return {name: np.array(values, dtype=np.float64) for name, *values in rows}


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


@pytest.mark.parametrize("first", range(0, len(SEEDS), 10))
def test_a_random_deal_comes_out_as_month_by_month(first: int) -> None:
    """Every line and key figure of random deals over the whole schema is what the independent month loop finds."""
    for seed in SEEDS[first : first + 10]:
        assert base_case_differs(random_deal(seed)) == [], seed


def test_a_residual_value_after_a_default_comes_out_as_month_by_month() -> None:
    """A residual value that is paid between default and enforcement agrees as well."""
    late = [deal for seed in SEEDS[:16] if (deal := paid_late(random_deal(seed)))]
    assert len(late) > 3
    for deal in late:
        assert base_case_differs(deal) == [], deal["name"]


@pytest.mark.parametrize("first", range(0, len(SEEDS), 20))
def test_a_simulated_path_comes_out_as_month_by_month(first: int) -> None:
    """Demand, prices, residual value and the partner's own default, before a delivery too, agree on a path as well."""
    defaults = early = 0
    for seed in SEEDS[first : first + 20]:
        fields = random_deal(seed)
        path = path_of(seed, fields)
        assert path_differs(fields, path) == [], seed
        at = path["partner_default"]
        defaults += at is not None
        early += at is not None and at < last_delivery(deal_from(fields))
    assert defaults > 2
    assert early
