"""Deals the tests of models/deal share, as the dictionaries a deal file holds."""

import json
from typing import Any

from models.deal.paths import deal_from
from models.deal.problems import DealError, Problem
from models.deal.schema import Deal
from models.resources import resource

Json = dict[str, Any]
FILES = ("austral", "austral-stress", "fjord")


def raw(name: str = "austral") -> Json:
    """The fields of a shipped deal, fresh for changing."""
    fields: Json = json.loads(resource("templates", f"{name}.deal").read_bytes())
    return fields


def every_support() -> Json:
    """A deal with all five supports and every field that later parts of the program added."""
    fields = raw("fjord")
    common = {"fee_bps": 25, "upfront_fee": 0.01, "reimbursable": False, "reimbursement_rate": 0.0}
    fields["credit_support"] += [
        {
            "kind": "residual_value",
            "name": "Residual",
            **common,
            "date": "2030-12",
            "cap_fraction": None,
            "quota": 0.5,
            "strike_fraction": 0.2,
            "remarketing_cost": 0.1,
        },
        {"kind": "letter_of_credit", "name": "Letter", **common, "amount": 1000000},
    ]
    fields["uncertainty"] |= {
        "delivery_delay_months": [1.5],
        "default_curve": [0.01, 0.03, 0.03],
        "sampling": "sobol",
        "capital_confidence": 0.995,
    }
    fields["scenarios"] = [
        {"name": "Late", "parent": None, "changes": {"phases[0].delivery": "2027-02"}},
        {"name": "Late and cheap", "parent": "Late", "changes": {"demand[0].price": 4, "revenue_share.rates": [[0.1]]}},
    ]
    return fields


def problems(fields: Json) -> tuple[Problem, ...]:
    """Everything wrong with a deal that is expected to be refused."""
    try:
        deal_from(fields)
    except DealError as error:
        return error.problems
    return ()


def the_problem(fields: Json) -> Problem:
    """The only thing wrong with a deal that is expected to be refused."""
    (problem,) = problems(fields)
    return problem


def austral() -> Deal:
    """The deal most tests change."""
    return deal_from(raw())


def set_in(fields: Json, path: str, value: object) -> Json:
    """`fields` with `value` at a dotted path such as `phases.0.gpus`."""
    *steps, last = (int(step) if step.isdigit() else step for step in path.split("."))
    node: Any = fields
    for step in steps:
        node = node[step]
    node[last] = value
    return fields
