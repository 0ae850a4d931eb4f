"""The layers that a scenario is made of, and the fields of a deal with their changes laid over one another."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from models.deal.place import Steps, steps_of
from models.deal.problems import DealError
from models.deal.schema import Deal, Scenario
from models.deal.values import clipped

Changes = Mapping[str, object]


def scenario_named(deal: Deal, name: str) -> Scenario:
    """The scenario called `name`; DealError, with the nearest name, where the deal has none of it."""
    known = {scenario.name: scenario for scenario in deal.scenarios or ()}
    if name in known:
        return known[name]
    near = get_close_matches(name[:200], list(known), n=1)
    names = ", ".join(f'"{clipped(each)}"' for each in known)
    end = f'did you mean "{clipped(near[0])}"?' if near else f"it has {names}." if known else "it has none."
    raise DealError(f'This deal has no scenario "{clipped(name)}"; {end}')


def layers_of(deal: Deal, name: str) -> tuple[Scenario, ...]:
    """The scenario and those it is built on, the one nearest to the base deal first; DealError where one is missing."""
    found = [scenario_named(deal, name)]
    while found[-1].parent is not None and len(found) <= len(deal.scenarios or ()):
        found.append(scenario_named(deal, found[-1].parent))
    return tuple(reversed(found))


def base_fields(deal: Deal) -> dict[str, Any]:
    """The fields of the base deal as in its file, without its scenarios."""
    return {**deal.model_dump(by_alias=True), "scenarios": None}


def laid_over(data: Mapping[str, Any], layers: Sequence[Changes]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The fields of a deal with the changes of each layer, and the paths that lead nowhere in it.

    Within a layer whole tables and lists are changed before single entries, so that both may stand in one.
    """
    result: Any = dict(data)
    nowhere: list[str] = []
    for changes in layers:
        for path in sorted(changes, key=lambda each: len(steps_of(each))):
            steps = steps_of(path)
            if holds(result, steps):
                result = _put(result, steps, changes[path])
            else:
                nowhere.append(path)
    return result, tuple(nowhere)


def holds(node: Any, steps: Steps) -> bool:
    """True where the fields of a deal have a value at `steps`, null included."""
    for step in steps:
        if isinstance(step, int):
            if not isinstance(node, tuple | list) or step >= len(node):
                return False
        elif not isinstance(node, dict) or step not in node:
            return False
        node = node[step]
    return True


def _put(node: Any, steps: Steps, value: object) -> Any:
    if not steps:
        return value
    step = steps[0]
    if isinstance(step, int):
        return (*node[:step], _put(node[step], steps[1:], value), *node[step + 1 :])
    return {**node, step: _put(node[step], steps[1:], value)}
