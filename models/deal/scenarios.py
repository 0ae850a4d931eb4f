"""Checks of the scenarios a deal carries: their names, what they build on, and where their changes lead."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from models.deal.field import Field
from models.deal.place import is_complete, locate, steps_of
from models.deal.problems import DealError, Problem
from models.deal.schema import Deal, Scenario
from models.deal.sentences import fault, problems_of
from models.deal.stack import base_fields, holds, laid_over, layers_of
from models.deal.values import clipped

_Check = Callable[[Deal], tuple[Problem, ...]]


def scenario_problems(deal: Deal, check: _Check) -> tuple[Problem, ...]:
    """Everything wrong with the scenarios of a deal; none where it has none.

    A change that no deal could take is an error. One that leads nowhere, or a state that cannot be used as the base
    deal is now, is a warning: it must not stand in the way of editing the base.

    Args:
        check: the checks of a deal, for the state of each scenario.
    """
    return tuple(_problems(deal, check)) if deal.scenarios else ()


def _problems(deal: Deal, check: _Check) -> Iterator[Problem]:
    scenarios = deal.scenarios or ()
    parents = {scenario.name: scenario.parent for scenario in scenarios}
    seen: set[str] = set()
    for index, scenario in enumerate(scenarios):
        path, name = f"scenarios[{index}]", clipped(scenario.name)
        if scenario.name in seen:
            yield Problem(
                f"{path}.name",
                f'Scenario {index + 1}: Name ({path}.name) is "{name}", as another scenario is; '
                "each scenario must have a name of its own.",
            )
        seen.add(scenario.name)
        if scenario.parent is not None and scenario.parent not in parents:
            yield Problem(
                f"{path}.parent",
                f'Built on ({path}.parent) of scenario "{name}" is '
                f'"{clipped(scenario.parent)}"; it must be the name of another scenario '
                "or null.",
            )
        elif _loops(scenario.name, parents):
            yield Problem(
                f"{path}.parent",
                f'Built on ({path}.parent) of scenario "{name}" leads back to "{name}"; '
                "a scenario must not build on itself.",
            )
        found = list(_changes(deal, path, scenario, parents))
        yield from found
        if (
            not any(each.severity == "error" for each in found)
            and scenario.name in parents
            and _rests(scenario, parents)
        ):
            yield from _state(deal, path, scenario, check)


def _loops(name: str, parents: dict[str, str | None]) -> bool:
    at = parents.get(name)
    for _ in parents:
        if at is None or at == name:
            break
        at = parents.get(at)
    return at == name


def _rests(scenario: Scenario, parents: dict[str, str | None]) -> bool:
    """Whether what a scenario is built on leads to the base deal."""
    at: str | None = scenario.name
    for _ in range(len(parents) + 1):
        if at is None:
            return True
        at = parents.get(at, at)
    return False


def _changes(deal: Deal, path: str, scenario: Scenario, parents: dict[str, str | None]) -> Iterator[Problem]:
    here, name = f"{path}.changes", clipped(scenario.name)
    targets: dict[str, object] = {}
    for target, value in scenario.changes.items():
        try:
            steps_of(target)
            targets[target] = value
        except DealError as error:
            yield Problem(here, f'Scenario "{name}" ({here}): {error}')
    below = layers_of(deal, scenario.name)[:-1] if _rests(scenario, parents) else ()
    state: Mapping[str, Any]
    try:
        state, _ = laid_over(base_fields(deal), [*(layer.changes for layer in below), targets])
    except DealError:  # a path of a layer below: that layer's own problem
        state = base_fields(deal)
    for target, value in targets.items():
        steps = steps_of(target)
        place = locate(state, steps)
        if (place.part is not None and place.what is None) or steps[0] in ("schema", "scenarios"):
            yield Problem(
                here,
                f'Scenario "{name}" ({here}) changes "{clipped(target)}"; it must be the path of a field of this deal.',
            )
        elif place.what is None or not holds(state, steps):
            yield Problem(
                here,
                f'Scenario "{name}" ({here}) changes "{clipped(target)}", which this deal does not have.',
                "warning",
                f"Scenario “{name}” changes {place.words}, which this deal does not have",
            )
        elif isinstance(place.what, Field) and is_complete(place) and not place.what.element.allows(value):
            wrong = fault(place, target, value, deal.currency)
            yield replace(wrong, path=here, message=f'Scenario "{name}": {wrong.message}')


def _state(deal: Deal, path: str, scenario: Scenario, check: _Check) -> Iterator[Problem]:
    try:
        data, _ = laid_over(base_fields(deal), [layer.changes for layer in layers_of(deal, scenario.name)])
    except DealError:
        return  # a path of a layer below: that layer's own problem
    try:
        problems = check(Deal.model_validate(data))
    except ValidationError as error:
        problems = problems_of(error, data)
    for each in problems:
        if each.severity == "error":
            message = f'Scenario "{clipped(scenario.name)}" cannot be used: {each.message}'
            hint = f"Scenario “{clipped(scenario.name)}” cannot be used: {each.hint or each.message}"
            yield Problem(f"{path}.changes", message, "warning", hint)
