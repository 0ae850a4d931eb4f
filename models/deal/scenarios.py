"""Checks of the scenarios a deal carries: their names, what they build on, and where their changes lead."""

from collections.abc import Iterator
from dataclasses import replace

from models.deal.field import Field
from models.deal.place import is_complete, is_missing, locate, steps_of, value_by
from models.deal.problems import DealError, Problem
from models.deal.schema import Deal, Scenario
from models.deal.sentences import fault
from models.deal.values import clipped


def scenario_problems(deal: Deal) -> tuple[Problem, ...]:
    """Everything wrong with the scenarios of a deal; none where it has none."""
    return tuple(_problems(deal)) if deal.scenarios else ()


def _problems(deal: Deal) -> Iterator[Problem]:
    scenarios = deal.scenarios or ()
    parents = {scenario.name: scenario.parent for scenario in scenarios}
    seen: set[str] = set()
    for index, scenario in enumerate(scenarios):
        path, name = f"scenarios[{index}]", clipped(scenario.name)
        if scenario.name in seen:
            yield Problem(
                f"{path}.name",
                f'Scenario {index + 1}: Name ({path}.name) is "{name}" once more; '
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
        yield from _changes(deal, path, scenario)


def _loops(name: str, parents: dict[str, str | None]) -> bool:
    at = parents.get(name)
    for _ in parents:
        if at is None or at == name:
            break
        at = parents.get(at)
    return at == name


def _changes(deal: Deal, path: str, scenario: Scenario) -> Iterator[Problem]:
    here, name = f"{path}.changes", clipped(scenario.name)
    for target, value in scenario.changes.items():
        try:
            steps = steps_of(target)
        except DealError as error:
            yield Problem(here, f'Scenario "{name}" ({here}): {error}')
            continue
        place = locate(deal, steps)
        if place.part is not None and place.what is None:
            yield Problem(
                here,
                f'Scenario "{name}" ({here}) changes "{clipped(target)}"; it must be the path of a field of this deal.',
            )
        elif place.what is None or is_missing(value_by(deal, steps)):
            yield Problem(
                here,
                f'Scenario "{name}" ({here}) changes "{clipped(target)}", which this deal does not have.',
                "warning",
            )
        elif isinstance(place.what, Field) and is_complete(place) and not place.what.element.allows(value):
            wrong = fault(place, target, value, deal.currency)
            yield replace(wrong, path=here, message=f'Scenario "{name}": {wrong.message}')
