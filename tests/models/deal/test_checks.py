"""Checks across fields: which deals are refused, and what their owners are told."""

from dataclasses import replace
from typing import Any

import pytest

from models.deal.checks import capital_cost, check_deal
from models.deal.paths import deal_from, with_value
from models.deal.sections import section_of
from tests.models.deal.samples import austral, every_support, problems, raw, set_in, the_problem

LETTER = {"kind": "letter_of_credit", "name": "L", "amount": 1e6}
GUARANTEE = {"kind": "debt_guarantee", "name": "G", "coverage": 0.5, "timing": "timely"}


@pytest.mark.parametrize(
    ("path", "value", "at", "words"),
    [
        (
            "phases.0.delivery",
            "2026-12",
            "phases[0].delivery",
            "Delivery of Phase 1 (phases[0].delivery) is 2026-12; it "
            "must lie inside the model: the model runs from Jan 2027 to Feb 2033.",
        ),
        (
            "phases.3.delivery",
            "2027-08",
            "phases[3].delivery",
            "Delivery of Phase 4 (phases[3].delivery) is 2027-08; it "
            "must come before the first repayment (senior_debt.first_repayment), 2027-08.",
        ),
        (
            "senior_debt.first_repayment",
            "2033-03",
            "senior_debt.first_repayment",
            "Debt: First repayment "
            "(senior_debt.first_repayment) is 2033-03; it must lie inside the model: the model runs from Jan "
            "2027 to Feb 2033.",
        ),
        (
            "demand.4.tokens_per_second",
            None,
            "demand[4].tokens_per_second",
            "Segment 5, Regional: Tokens per second "
            "(demand[4].tokens_per_second) is null; it must be a number because the product is tokens.",
        ),
        (
            "senior_debt.sizing",
            "fixed",
            "senior_debt.fixed_amount",
            'Debt: Fixed amount (senior_debt.fixed_amount) is null; it must be an amount because sizing is "fixed".',
        ),
        (
            "revenue_share.bands",
            [1.0],
            "revenue_share.bands[0]",
            "Revenue share: Bands from, band 1 (revenue_share.bands[0]) is 1.0; it must be 0.",
        ),
        (
            "revenue_share.rates.2",
            [0.5, 0.4],
            "revenue_share.rates[2]",
            "Revenue share: Share rate, year 3 "
            "(revenue_share.rates[2]) has 2 entries; it must have 1, one for each band.",
        ),
        (
            "credit_support",
            [LETTER, LETTER],
            "credit_support[1]",
            "Letter of credit (credit_support[1]) has kind "
            '"letter_of_credit", as another support has; at most one support of each kind is allowed.',
        ),
        (
            "credit_support",
            [GUARANTEE],
            "credit_support[0].cap",
            "Debt guarantee: Cap (credit_support[0].cap) and Cap, "
            "part of the loan (credit_support[0].cap_fraction) are both null; one of them must be given.",
        ),
        (
            "uncertainty.default_curve",
            [0.02, 0.01],
            "uncertainty.default_curve[1]",
            "Uncertainty: Default curve, year 2 "
            "(uncertainty.default_curve[1]) is 0.01; it must be at least 0.02, the year before, because it is "
            "cumulative.",
        ),
    ],
)
def test_what_leaves_a_deal_without_meaning_is_refused(path: str, value: object, at: str, words: str) -> None:
    """The sentence names the field, the value, and what is allowed; a short form goes to the form."""
    problem = the_problem(set_in(raw(), path, value))
    assert (problem.path, problem.message, problem.severity) == (at, words, "error")
    assert problem.hint


def test_bands_must_rise() -> None:
    """Each band begins above the one before it."""
    fields = raw("fjord")
    fields["revenue_share"]["bands"] = [0.0, 0.0]
    assert the_problem(fields).path == "revenue_share.bands[1]"


def test_a_fixed_loan_is_at_most_the_capital_cost() -> None:
    """A fixed amount up to the capital cost without the deferred part is allowed, a cent more is not."""
    fields = raw()
    fields["vendor_finance"]["deferred_fraction"] = 0.25
    most = capital_cost(deal_from(fields))
    assert most == pytest.approx(40_000 * (55_600 * 0.75 + 9_400))
    fields["senior_debt"] |= {"sizing": "fixed", "fixed_amount": most}
    assert problems(fields) == ()
    fields["senior_debt"]["fixed_amount"] = most + 0.01
    assert the_problem(fields).path == "senior_debt.fixed_amount"


def test_a_model_in_which_nothing_enters_service_is_refused() -> None:
    """Contract years count from the first service, so there must be one."""
    fields = raw()
    for phase in fields["phases"]:
        phase["install_months"] = 80
    assert "no phase is in service inside the model" in the_problem(fields).message


def test_a_loan_that_pays_its_borrower_is_refused() -> None:
    """Base rate and margin may each be below zero, and not both together: debt service would be negative."""
    fields = every_support()
    fields["senior_debt"] |= {"base_rate": -0.005, "margin": 0.005}
    deal_from(fields)
    fields["senior_debt"] |= {"margin": 0.004}
    assert the_problem(fields).message == (
        "Debt: Margin (senior_debt.margin) is 0.004; with a base rate of -0.005 it must be at least 0.005, because no "
        "loan pays interest to its borrower."
    )


def test_a_balloon_that_leaves_nothing_to_size_is_refused() -> None:
    """A full balloon without interest would make the cover a division by zero; with interest it is allowed."""
    fields = raw()
    fields["senior_debt"] |= {"balloon_fraction": 1.0, "base_rate": 0.0, "margin": 0.0}
    assert the_problem(fields).path == "senior_debt.balloon_fraction"
    fields["senior_debt"]["margin"] = 0.03
    assert problems(fields) == ()


def test_dates_of_guarantees_may_lie_beyond_the_model() -> None:
    """The escrow may be returned, and a lease guarantee end, after the last month."""
    fields = raw("fjord")
    fields["credit_support"][2] |= {"escrow_release": "2040-01", "end": "2040-01"}
    assert problems(fields) == ()


def test_valid_deals_have_no_errors() -> None:
    """What loads has at most warnings."""
    for fields in (raw(), raw("fjord"), every_support()):
        assert {problem.severity for problem in check_deal(deal_from(fields))} <= {"warning"}


def test_a_segment_that_leaves_early_is_told() -> None:
    """Austral's model builders leave a year before the end: the one warning of that deal, with its section."""
    (problem,) = check_deal(austral())
    assert problem.severity == "warning"
    assert problem.hint == "Model builders leave in Feb 2032"
    assert section_of(problem.path).title == "Demand"


def test_namesakes_are_told() -> None:
    """Two phases or two segments of one name are told once, at the last of them."""
    deal = with_value(austral(), "demand[1].segment", "Model_builders")
    told = {each.path: each.hint for each in check_deal(with_value(deal, "phases[3].name", "Phase 1"))}
    assert told["phases[3].name"] == "Two phases are called Phase 1"
    assert told["demand[1].segment"] == "Two segments are called Model builders"
    assert len(told) == 3


@pytest.mark.parametrize(
    ("path", "value", "at"),
    [
        ("phases[0].gpus", 0, "phases[0].gpus"),
        ("phases[0].install_months", 100, "phases[0].install_months"),
        ("phases[3].install_months", 20, "phases[3].delivery"),
        ("demand[1].start", "2033-03", "demand[1].start"),
        ("demand[1].end", "2027-01", "demand[1].end"),
        ("demand[1].gpus_by_month", [1.0, 2.0], "demand[1].gpus_by_month"),
        ("senior_debt.repayment_months", 70, "senior_debt.repayment_months"),
        ("credit_support[0].floor_prices", [3.0, 2.0], "senior_debt.repayment_months"),
        ("credit_support[0].floor_prices", [0.0] * 6, "credit_support[0].floor_prices"),
        ("credit_support[0].coverage", 0.0, "credit_support[0].coverage"),
        ("credit_support[0].deductible", 1.0, "credit_support[0].deductible"),
        ("credit_support[0].basis", "utilisation", "credit_support[0].utilisation_floor"),
        ("credit_support", [], "senior_debt.sizing_case"),
        ("senior_debt.target_dscr", 0.9, "senior_debt.target_dscr"),
        ("senior_debt.lockup_dscr", 1.4, "senior_debt.lockup_dscr"),
        ("vendor_finance.deferred_fraction", 0.1, "vendor_finance.recoupment_rate"),
        ("uncertainty.delivery_delay_months", [1.0], "uncertainty.delivery_delay_months"),
    ],
)
def test_what_the_owner_should_know_is_a_warning(path: str, value: object, at: str) -> None:
    """A deal that can be computed but probably does not mean what it says is accepted, and its owner told."""
    known = check_deal(austral())
    found = [problem for problem in check_deal(with_value(austral(), path, value)) if problem not in known]
    assert at in [problem.path for problem in found]
    assert {problem.severity for problem in found} == {"warning"}
    assert all(problem.hint in problem.message and problem.message.endswith(".") for problem in found)


def test_supports_that_never_pay_are_told() -> None:
    """A residual value or lease guarantee whose dates miss the model, and contracts nobody signed, are told."""
    fields = every_support()
    fields["credit_support"][2] |= {"end": "2026-01", "escrow_release": "2026-12"}
    fields["credit_support"][3]["date"] = "2045-01"
    fields["senior_debt"]["sizing_case"] = "contracted"
    for segment in fields["demand"]:
        segment["product"] = "on_demand"
    assert {problem.path for problem in check_deal(deal_from(fields))} >= {
        "credit_support[2].end",
        "credit_support[2].escrow_release",
        "credit_support[3].date",
        "senior_debt.sizing_case",
    }


@pytest.mark.parametrize(
    ("second", "words"),
    [
        ({"name": "A"}, "each scenario must have a name of its own"),
        ({"name": "B", "parent": "C"}, "it must be the name of another scenario or null"),
        ({"name": "B", "parent": "B"}, "a scenario must not build on itself"),
        ({"name": "B", "changes": {"partner.colour": 1}}, "it must be the path of a field of this deal"),
        ({"name": "B", "changes": {"not a path": 1}}, "is not the path of a field"),
        ({"name": "B", "changes": {"months": 3}}, "Length (months) is 3; it must be a whole number from 6 to 360"),
    ],
)
def test_scenarios_are_checked(second: dict[str, Any], words: str) -> None:
    """Names are unique, parents exist and form no loop, and changes lead to fields that allow them."""
    fields = raw() | {"scenarios": [{"name": "A", "parent": None, "changes": {}}, second]}
    assert words in the_problem(fields).message


def test_a_loop_over_several_scenarios_is_found() -> None:
    """Scenarios that build on each other in a circle are each told."""
    chain = [("A", "C"), ("B", "A"), ("C", "B"), ("D", "A")]
    fields = raw() | {"scenarios": [{"name": name, "parent": parent} for name, parent in chain]}
    assert [problem.path for problem in problems(fields)] == [f"scenarios[{index}].parent" for index in range(3)]


def test_a_change_to_what_is_no_longer_there_is_a_warning() -> None:
    """A scenario that changes a phase the deal no longer has does not make the deal unusable."""
    fields = raw() | {"scenarios": [{"name": "A", "changes": {"phases[9].gpus": 5}}]}
    assert any("does not have" in problem.message for problem in check_deal(deal_from(fields)))


def test_problems_are_values() -> None:
    """Equal problems compare equal, so a list can be compared with the one before it."""
    (problem,) = check_deal(austral())
    assert replace(problem) == problem


@pytest.mark.parametrize(("currency", "amount"), [("USD", "$2,600m."), ("EUR", "€2,600m."), ("AUD", "AUD 2,600 m.")])
def test_the_capital_cost_is_said_in_its_currency(currency: str, amount: str) -> None:
    """The hint at a loan above the capital cost says how much that is, with the mark of the deal's money."""
    data = raw()
    data["currency"] = currency
    data["senior_debt"] |= {"sizing": "fixed", "fixed_amount": 3e9}
    assert the_problem(data).hint.endswith(amount)
