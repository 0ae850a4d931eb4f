"""Which rule of a formula gave a figure: the branch that applies and the sentence about it agree with the engine."""

from math import isfinite

import pytest

from models import evaluate, explain, load_template, partner_explanation, why_of, with_value
from models.analysis.chosen import applied
from models.analysis.ingredients import Reader
from models.analysis.recompute import result_of
from models.engine.case import Case
from tests.models.engine.varied import seeded_deal


def contradicted(case: Case, month: int) -> list[str]:
    """Lines whose sentence, or whose branch that is said to apply, says another thing than the engine."""
    wrong = []
    for name, line in case.model.lines.items():
        values = Reader(case, month)
        value, branch = values.now(name), result_of(applied(line.formula, values), values)
        if isfinite(value) != isfinite(branch) or (isfinite(value) and branch != pytest.approx(value, rel=1e-9)):
            wrong.append(f"{name}: {branch} for {value}")
        said = why_of(case, name, month)
        told = {"Zero": value == 0, "No": value == 0, "Yes": value == 1, "Does not exist": not isfinite(value)}
        wrong += [said for word, holds in told.items() if said.startswith(f"{word}, as ") and not holds]
    return wrong


@pytest.mark.parametrize("month", [0, 19, 34])
def test_no_sentence_contradicts_the_engine(month: int) -> None:
    """Of every line of a deal with all kinds of support the branch gives the value, and the sentence says no other."""
    assert contradicted(evaluate(seeded_deal(18)), month) == []
    assert contradicted(evaluate(load_template("austral")), month) == []


def test_the_rule_that_decides_is_named() -> None:
    """A factor that is zero, the lower of two limits, the side of a condition and a ratio of nothing are each told."""
    case = evaluate(load_template("austral"))
    assert why_of(case, "commitment_claim", 20) == "Zero, as Settlement of the commitment is no."
    assert (
        why_of(case, "debt_amount", None) == "Debt that cover allows, as Debt that the advance rate allows is higher."
    )
    assert why_of(case, "in_operation", 0) == "No, as month number < First month of operation."
    assert why_of(case, "dscr_12m", 0) == "Does not exist, as Debt service, 12 months is at most half a cent."
    assert why_of(case, "cfads", 20) == ""
    other = evaluate(with_value(case.deal, "senior_debt.advance_rate", 0.3))
    assert why_of(other, "debt_amount", None).startswith("Debt that the advance rate allows, as ")


def test_figures_that_are_no_amounts_are_said_in_words() -> None:
    """A condition is said as yes or no, a month as a month; what is below zero stands in brackets."""
    case = evaluate(load_template("austral"))
    found = explain(case, "service_12m", 18)
    said = {each.name: each.said for each in found.ingredients if each.kind == "line"}
    assert said == {"operating": "yes", "repaying": "yes", "cover_from": "Aug 2027"}
    assert explain(case, "partner_equity_flow", 0).text.startswith("(")
    assert explain(case, "service_12m", 18).said == ""


def test_a_partner_is_told_no_rule_of_what_is_internal() -> None:
    """A rule that names an internal line is not said to the partner; one of shared lines is the same for both."""
    case = evaluate(load_template("austral"))
    internal = {line.name for line in case.model.lines.values() if line.definition.internal}
    labels = [case.model.lines[name].definition.label for name in internal]
    for name in case.model.lines.keys() - internal:
        said = why_of(case, name, 19, partner=True)
        assert said in ("", why_of(case, name, 19))
        assert not any(label in said for label in labels)
    assert partner_explanation(case, explain(case, "commitment_claim", 20)).why == why_of(case, "commitment_claim", 20)
