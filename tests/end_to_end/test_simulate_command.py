"""`backstop simulate`: results for scripts and people, one path with its drivers, and refusals in a sentence."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from app.__main__ import main
from models import load_template, path_case, path_drivers

KEYS = {
    "paths", "seed", "kpis", "probability_of_call", "el", "el_se", "var95", "cvar95", "var99", "cvar99",
    "unexpected_loss", "economic_capital", "raroc", "break_even_fee_bps", "partner_default_by_year", "lender_el",
}  # fmt: skip


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What a command line that works prints."""
    assert main(words) == 0
    answer = capsys.readouterr()
    assert answer.err == ""
    return answer.out


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """The one sentence with which a command line is refused."""
    assert main(words) == 2
    answer = capsys.readouterr()
    assert answer.out == ""
    (sentence,) = answer.err.splitlines()
    assert sentence.startswith("backstop: ")
    assert sentence[-1] in ".?"
    return sentence


def test_results_are_json_with_the_names_agreed(capsys: pytest.CaptureFixture[str]) -> None:
    """Every key figure has mean, error and percentiles; the measures are there; paths and seed are those asked for."""
    figures = json.loads(said(capsys, "simulate", "austral", "--paths", "600", "--seed", "3", "--json"))
    assert set(figures) >= KEYS
    assert (figures["paths"], figures["seed"]) == (600, 3)
    assert set(figures["kpis"]) == set(path_case(load_template("austral"), 0).kpis)
    for spread in figures["kpis"].values():
        assert set(spread) == {"mean", "se", "p5", "p25", "p50", "p75", "p95"}
    revenue = figures["kpis"]["cloud_revenue"]
    assert revenue["p5"] < revenue["p25"] < revenue["p50"] < revenue["p75"] < revenue["p95"]
    assert 0 < figures["el"] < figures["var99"] <= figures["cvar99"]
    assert figures["economic_capital"] == pytest.approx(figures["var99"] - figures["el"])
    assert figures["partner_default_by_year"] == sorted(figures["partner_default_by_year"])
    assert figures["break_even_fee_bps"] is None
    assert "hurdle" in figures["reasons"]["break_even_fee_bps"]


def test_results_say_how_many_paths_lack_a_key_figure(capsys: pytest.CaptureFixture[str]) -> None:
    """A mean is over the paths that have the figure; the part of those that do not is told, and told of no others."""
    deal, paths = load_template("austral"), 16
    figures = json.loads(said(capsys, "simulate", "austral", "--paths", str(paths), "--json"))
    alone = [path_case(deal, k).kpis for k in range(paths)]
    lacking = {name: sum(kpis[name] is None for kpis in alone) / paths for name in alone[0]}
    assert figures["missing"] == {name: part for name, part in lacking.items() if part}
    assert "payback_month" in figures["missing"]
    months = [kpis["payback_month"] for kpis in alone if kpis["payback_month"] is not None]
    assert figures["kpis"]["payback_month"]["mean"] == pytest.approx(sum(months) / len(months))


def test_a_figure_that_no_path_has_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    """Where a key figure exists in no path its reason stands beside the others."""
    figures = json.loads(said(capsys, "simulate", "austral-stress", "--paths", "2", "--seed", "1", "--json"))
    assert figures["missing"]["payback_month"] == 1
    assert figures["reasons"]["payback_month"].startswith("in every path the shareholders do not have")


def test_results_do_not_tell_how_they_were_computed(capsys: pytest.CaptureFixture[str]) -> None:
    """One thread and three print the same bytes, and so does a second run; another seed does not."""
    first = said(capsys, "simulate", "fjord", "--paths", "1100", "--json", "--threads", "1")
    assert said(capsys, "simulate", "fjord", "--paths=1100", "--json", "--threads=3") == first
    assert said(capsys, "simulate", "fjord", "--paths", "1100", "--json", "--seed", "8") != first


def test_results_for_people_show_the_errors(capsys: pytest.CaptureFixture[str]) -> None:
    """The table names the measures with their standard errors and the reason where there is no figure."""
    text = said(capsys, "simulate", "austral", "--paths", "600")
    for words in ("± s.e.", "Expected loss", "VaR 99", "RAROC", "Partner's own default by year 7", "600 paths"):
        assert words in text
    assert "none" in text


def test_a_path_is_written_with_its_drivers(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """`--path K --lines` writes every line of that path and, below, what drives it; its key figures are printed."""
    target = tmp_path / "path.csv"
    deal = load_template("fjord")
    figures = json.loads(said(capsys, "simulate", "fjord", "--path", "77", "--lines", str(target), "--json"))
    case, drivers = path_case(deal, 77), path_drivers(deal, 77)
    assert figures["share_paid"] == case.kpis["share_paid"]
    with target.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert header == ["line", *map(str, range(deal.months))]
    found = {name: [float(value) for value in values] for name, *values in rows}
    assert list(found) == [*case.lines, *drivers]
    assert found["cfads"] == case.lines["cfads"].tolist()
    for s in range(len(deal.demand)):
        assert found[f"price_factor[{s}]"] == list(drivers[f"price_factor[{s}]"])
    assert set(found["residual_factor"]) == {drivers["residual_factor"][0]}
    assert set(found["partner_default"]) <= {0.0, 1.0}
    assert "Share paid" in said(capsys, "simulate", "fjord", "--path", "77")


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["--paths", "0"], "0 paths"),
        (["--paths", "many"], '"many" is no whole number'),
        (["--paths", "99999999999"], "10,000,000"),
        (["--seed", "-4"], '"-4" is no whole number'),
        (["--seed", "9007199254740993"], "9007199254740991"),
        (["--threads", "0"], "1 to 64"),
        (["--lines", "x.csv"], "--path K"),
        (["--path", "3", "--paths", "5"], "--paths has no use"),
        (["--path"], "--path must be followed by"),
        (["--pths", "5"], "did you mean --path"),
    ],
)
def test_options_that_cannot_be_are_refused(words: list[str], named: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each wrong option ends with one sentence that names the value and what is allowed."""
    assert named in refused(capsys, "simulate", "austral", *words)


def test_a_path_is_not_written_over_its_deal(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """The lines of a path need a file of their own."""
    deal = tmp_path / "own.deal"
    deal.write_bytes(Path(__file__).parents[2].joinpath("resources/templates/fjord.deal").read_bytes())
    assert "file of their own" in refused(capsys, "simulate", str(deal), "--path", "1", "--lines", str(deal))
