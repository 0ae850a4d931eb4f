"""Solve, sensitivity, compare and explain from the command line, and scenarios in every command."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path

import openpyxl
import pytest

from models import evaluate, load_deal, load_template, save_deal, scenario_deal, with_scenario, with_term, with_value
from tests.end_to_end.test_command_line import Command, backstop

__all__ = ["backstop"]

FLOOR = "credit_support[0].floor_prices[1]"


@pytest.fixture
def layered(tmp_path: Path) -> str:
    """A file with two scenarios, in the folder the commands run in."""
    deal = with_scenario(load_template("austral"), "Weak market", None, {"demand[0].price": 5.0})
    deal = with_scenario(deal, "Rescue", "Weak market", {FLOOR: 3.45, "operations.pue": 1.2})
    save_deal(deal, tmp_path / "layered.deal")
    return "layered.deal"


def test_solve_answers_in_json(backstop: Command) -> None:
    """The answer has field, unrounded value, target, achieved, residual and reason; put back it gives the target."""
    ran = backstop("solve", "austral", "--vary", "senior_debt.target_dscr", "--target", "debt_amount=1bn", "--json")
    assert ran.code == 0
    answer = json.loads(ran.out)
    assert {"field", "value", "target", "achieved", "residual", "reason"} <= set(answer)
    assert (answer["field"], answer["target"]) == ("senior_debt.target_dscr", 1e9)
    kpis = evaluate(with_term(load_template("austral"), answer["field"], answer["value"])).kpis
    assert kpis["debt_amount"] == answer["achieved"] == pytest.approx(1e9, rel=1e-9)


def test_solve_speaks_to_people(backstop: Command) -> None:
    """For people the value stands with its unit and with what would be entered; a failure is told, not an error."""
    ran = backstop("solve", "austral", "--vary", "revenue_share.rates*", "--target", "vendor_support_npv=625m")
    assert "Rounded on entry" in ran.out
    assert "60, 56, 52, 48, 44, 40 → 41.5, 38.75, 36, 33.25, 30.5, 27.75 % of the basis" in ran.out
    assert "target 625,000,000 USD, met" in ran.out
    failed = backstop("solve", "fjord", "--vary", "senior_debt.advance_rate", "--target", "loan_to_cost=55%")
    assert failed.code == 0
    assert "comes no nearer to 55.00 % than 21.38 %" in failed.out


def test_months_are_answered_as_a_file_holds_them(backstop: Command) -> None:
    """Values of a date are months, ready to be put back; a length too short for the deal is no end of the search."""
    moved = backstop(
        "sensitivity", "austral", "--kpi", "partner_irr", "--inputs", "senior_debt.first_repayment", "--json"
    )
    (bar,) = json.loads(moved.out)["inputs"]
    assert (bar["low"]["value"], bar["high"]["value"]) == ("2027-07", "2027-09")
    solved = backstop("solve", "austral", "--vary", "months", "--target", "vendor_support_npv=400m", "--json")
    answer = json.loads(solved.out)
    assert answer["value"] is None
    assert "between 24 months and 25 months" in answer["reason"]
    assert answer["nearest"] in {24, 25}


def test_sensitivity_ranks_the_inputs(backstop: Command) -> None:
    """Inputs stand in the order of their swing; chosen ones alone where they are named, moved by the range given."""
    answer = json.loads(backstop("sensitivity", "austral", "--kpi", "partner_irr", "--json").out)
    swings = [entry["swing"] for entry in answer["inputs"]]
    assert swings == sorted(swings, reverse=True)
    chosen = "operations.pue,demand[].price*"
    ran = backstop("sensitivity", "austral", "--kpi", "partner_irr", "--inputs", chosen, "--range", "20%", "--json")
    answer = json.loads(ran.out)
    assert [entry["field"] for entry in answer["inputs"]] == ["demand[].price*", "operations.pue"]
    assert answer["inputs"][0]["low"]["value"] == pytest.approx(0.8)
    assert "Demand, all: Price, factor" in backstop("sensitivity", "austral", "--kpi", "partner_irr").out


def test_compare_names_fields_and_figures(backstop: Command, layered: str) -> None:
    """Two states are compared by path or scenario: fields with both values, figures, and a bridge that adds up."""
    ran = backstop("compare", layered, f"{layered}@Rescue", "--kpi", "partner_irr", "--json")
    answer = json.loads(ran.out)
    assert [entry["field"] for entry in answer["fields"]] == ["demand[0].price", "operations.pue", FLOOR]
    moved = answer["kpis"]["partner_irr"]["change"]
    assert sum(step["amount"] for step in answer["bridge"]["steps"]) == pytest.approx(moved, rel=1e-9)
    text = backstop("compare", "austral", "fjord").out
    assert "Lowest DSCR" in text
    assert "Debt: Target DSCR" in text


def test_compare_without_a_figure_on_one_side(backstop: Command) -> None:
    """Where one deal lacks the figure all differences are printed, and why there is no bridge; in JSON it is null."""
    words = ("compare", "austral", "austral-stress", "--kpi", "payback_month")
    ran = backstop(*words)
    assert ran.code == 0
    assert "3.41 $ per GPU-hour" in ran.out
    assert "has no change to explain, as austral-stress has none: the shareholders do not have" in ran.out
    answer = json.loads(backstop(*words, "--json").out)
    assert answer["bridge"] is None
    assert "austral-stress has none" in answer["reason"]


def test_a_step_of_many_fields_stays_in_one_line(backstop: Command) -> None:
    """Deals of other shape are compared part by part; what a step holds is shown in short, as all stands above it."""
    steps = backstop("compare", "austral", "campus", "--kpi", "partner_irr").out.split("before\n")[1].splitlines()
    assert len(steps) > 10
    assert max(map(len, steps)) < 250
    assert any("more" in step for step in steps)


def test_an_input_may_have_ends_of_its_own(backstop: Command) -> None:
    """`FIELD=LOW:HIGH` moves a zero, a date or a choice; what is no figure's business is refused with a sentence."""
    given = "senior_debt.balloon_fraction=0:30%,senior_debt.profile=annuity:sculpted"
    given += ",senior_debt.first_repayment=2027-07:2027-09"
    ran = backstop("sensitivity", "austral", "--kpi", "partner_irr", "--inputs", given, "--json")
    ends = {each["field"]: (each["low"]["value"], each["high"]["value"]) for each in json.loads(ran.out)["inputs"]}
    assert ends == {
        "senior_debt.balloon_fraction": (0.0, 0.3),
        "senior_debt.profile": ("annuity", "sculpted"),
        "senior_debt.first_repayment": ("2027-07", "2027-09"),
    }
    refused = backstop.refused("sensitivity", "austral", "--kpi", "partner_irr", "--inputs", "name")
    assert refused == "name cannot be moved. Deal: Name is a text, and no figure rests on it."


def test_explain_shows_what_went_in(backstop: Command) -> None:
    """A line of a month, by number or date, is shown with its formula and values that give the result."""
    by_number = backstop("explain", "fjord", "commitment_paid", "--month", "14", "--json")
    by_date = backstop("explain", "fjord", "commitment_paid", "--month", "2028-03", "--json")
    assert by_number.out == by_date.out
    answer = json.loads(by_number.out)
    assert answer["value"] == pytest.approx(min(entry["value"] for entry in answer["ingredients"]))
    assert answer["recomputed"] == pytest.approx(answer["value"])
    assert "least of (" in backstop("explain", "fjord", "commitment_paid", "--month", "14").out
    assert "rate at which" in backstop("explain", "fjord", "partner_irr").out


def test_every_command_understands_a_scenario(backstop: Command, layered: str) -> None:
    """DEAL@SCENARIO is the deal as the scenario has it, its parents first, in every command."""
    expected = evaluate(scenario_deal(load_deal(layered), "Rescue")).kpis["partner_irr"]
    assert json.loads(backstop("evaluate", f"{layered}@Rescue", "--json").out)["partner_irr"] == expected
    assert backstop("check", f"{layered}@Rescue").code == 0
    for words in ("evaluate", "simulate --path 3", "simulate --paths 16"):
        command, *options = words.split()
        assert backstop(command, f"{layered}@Rescue", *options).out.startswith("Austral, Rescue"), words
    solved = backstop("solve", f"{layered}@Rescue", "--vary", "operations.pue", "--target", f"partner_irr={expected}")
    assert "1.2" in solved.out
    refused = backstop.refused("evaluate", f"{layered}@Rescu")
    assert refused == 'This deal has no scenario "Rescu"; did you mean "Rescue"?'
    assert "has no scenario" in backstop.refused("evaluate", "austral@Rescue")
    assert 'There is no deal "nowhere.deal@Rescue"' in backstop.refused("evaluate", "nowhere.deal@Rescue")
    os.rename(layered, "at@home.deal")
    assert json.loads(backstop("evaluate", "at@home.deal@Rescue", "--json").out)["partner_irr"] == expected
    assert backstop("check", "at@home.deal").code == 0


def test_only_the_internal_edition_names_the_scenario(backstop: Command, layered: str, tmp_path: Path) -> None:
    """The partner's workbook of a scenario holds its figures and no scenario's name; the internal one names it."""
    for edition in ("partner", "internal"):
        ran = backstop(
            "export", f"{layered}@Rescue", "--edition", edition, "-o", f"{edition}.xlsx", "--date", "2027-03-31"
        )
        assert ran.code == 0
    for name in ("Rescue", "Weak market"):
        assert not _holds(tmp_path / "partner.xlsx", name)
    about = openpyxl.load_workbook(tmp_path / "internal.xlsx")["About"]
    assert ("Scenario", "Rescue") in {(row[0].value, row[1].value) for row in about.iter_rows()}
    assert not _holds(tmp_path / "internal.xlsx", "Weak market")


def test_other_scenarios_leave_no_trace_in_the_partner_file(backstop: Command, layered: str, tmp_path: Path) -> None:
    """The partner's file of a scenario is the same byte for byte as that of a deal which is so without scenarios."""
    deal = load_deal(layered)
    save_deal(scenario_deal(deal, "Rescue"), tmp_path / "plain.deal")
    for source, target in ((f"{layered}@Rescue", "a.xlsx"), ("plain.deal", "b.xlsx")):
        backstop("export", source, "--edition", "partner", "-o", target, "--date", "2027-03-31")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def _holds(path: Path, text: str) -> bool:
    with zipfile.ZipFile(path) as parts:
        return any(text.encode() in parts.read(name) or text in name for name in parts.namelist())


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("solve austral --target min_dscr=1.3", "What to vary must be said"),
        ("solve austral --vary operations.pue", "The target must be said"),
        ("solve austral --vary operations.pue --target min_dscr", "is no target"),
        ("solve austral --vary operations.pue --target min_dscr=x", "is no number"),
        ("solve austral --vary operations.pue --target min_dsc=1", 'did you mean "min_dscr"?'),
        ("solve austral --vary operations.pua --target min_dscr=1", 'Did you mean "operations.pue"?'),
        ("solve austral --vary operations.pue --target min_dscr=1 --paths 100", "is not a simulated figure"),
        ("sensitivity austral", "The key figure must be said"),
        ("sensitivity austral --kpi partner_irr --range 7", "is no range"),
        ("sensitivity austral --kpi partner_irr --inputs ,", "names no input"),
        ("sensitivity austral --kpi partner_irr --inputs months=60", "gives no two ends; write FIELD=LOW:HIGH"),
        ("compare austral", "compare must be given another deal"),
        ("compare austral fjord austral", "compare takes a deal and one other"),
        ("explain austral", "explain must be given a line or key figure"),
        ("explain austral shar_paid", 'did you mean "share_paid"?'),
        ("explain austral share_paid --month 2099-01", "is no month of this deal"),
        ("explain austral share_paid --month 400", "The model has no month 400"),
    ],
)
def test_what_is_wrong_is_one_sentence(backstop: Command, words: str, sentence: str) -> None:
    """A wrong or missing name, number or month ends with one sentence and exit code 2."""
    assert sentence in backstop.refused(*words.split())


def test_explain_says_what_it_cannot(backstop: Command) -> None:
    """A figure of the whole term has no month, and one of the simulation no formula: a sentence says so."""
    monthly = backstop("explain", "austral", "partner_irr", "--month", "3")
    assert (monthly.code, "is one figure for all months" in monthly.sentences[0]) == (2, True)
    simulated = backstop("explain", "austral", "raroc")
    assert (simulated.code, "comes from the simulation" in simulated.sentences[0]) == (2, True)


def test_compare_shows_no_dust(backstop: Command, tmp_path: Path) -> None:
    """A number that floating point left a tail on stands as people wrote it; JSON keeps every digit."""
    dusty, path = 3.1 * 1.1, tmp_path / "dust.deal"
    assert str(dusty) == "3.4100000000000006"
    save_deal(with_value(load_template("austral"), "demand[0].price", dusty), path)
    assert "3.41 $ per GPU-hour" in backstop("compare", "austral", str(path)).out
    fields = json.loads(backstop("compare", "austral", str(path), "--json").out)["fields"]
    assert [each["after"] for each in fields if each["field"] == "demand[0].price"] == [dusty]


def test_a_scenario_may_have_the_sign_in_its_name(backstop: Command) -> None:
    """What stands behind the deal is the scenario's name, whatever letters it holds."""
    (sentence,) = backstop("evaluate", "austral@Price @ 3.30").sentences
    assert sentence == 'This deal has no scenario "Price @ 3.30"; it has none.'
