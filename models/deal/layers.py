"""Scenarios as layers: the deal that a scenario makes of the base, and edits that stay in the layer they belong to."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from models.deal.differences import differences
from models.deal.paths import deal_from, plain, with_value
from models.deal.paths import with_values as with_values_in
from models.deal.place import is_missing, locate, path_of, steps_of, value_by
from models.deal.problems import DealError
from models.deal.schema import Deal
from models.deal.stack import base_fields, laid_over, layers_of, scenario_named


def scenario_names(deal: Deal) -> tuple[str, ...]:
    """The names of the scenarios of a deal, in their order."""
    return tuple(scenario.name for scenario in deal.scenarios or ())


def scenario_deal(deal: Deal, name: str) -> Deal:
    """The deal as a scenario has it: the base with the changes of all layers below, then its own; "" is the base.

    The result carries no scenarios. A change that leads to a field which the deal does not have is left out.

    Raises:
        DealError: there is no such scenario, or its changes lead to a deal that cannot be used.
    """
    layers = layers_of(deal, name) if name else ()
    data, _nowhere = laid_over(base_fields(deal), [layer.changes for layer in layers])
    return deal_from(data)


def parent_deal(deal: Deal, name: str) -> Deal:
    """The deal that a scenario changes: that of its parent, or the base."""
    return scenario_deal(deal, scenario_named(deal, name).parent or "")


def changed_in(deal: Deal, name: str, path: str, value: object) -> Deal:
    """The deal with `value` at `path` in one scenario only; other layers and the base stay as they are.

    Only what changes enters the layer, and what then equals the scenario's parent leaves it. Where a list gets more
    or fewer items, the layer holds the whole list.

    Raises:
        DealError: the deal that the scenario would make could not be used.
    """
    before = scenario_deal(deal, name)
    return _entered(deal, name, before, with_value(before, path, value))


def with_values(deal: Deal, name: str, changes: Mapping[str, object]) -> Deal:
    """The deal with a value at each of several paths, all at once: in one scenario, or with the name "" in the base.

    Raises:
        DealError: the deal that comes out could not be used; single changes may need each other.
    """
    before = scenario_deal(deal, name) if name else deal
    after = with_values_in(before, changes)
    return _entered(deal, name, before, after) if name else after


def _entered(deal: Deal, name: str, before: Deal, after: Deal) -> Deal:
    """The deal whose scenario makes `after` where it made `before`."""
    scenario = scenario_named(deal, name)
    below = parent_deal(deal, name)
    changes = dict(scenario.changes)
    for place in _places(before, after):
        target = next((known for known in changes if _holds(known, place)), place)
        for known in [known for known in changes if known != target and _holds(target, known)]:
            del changes[known]
        new = value_by(after, steps_of(target))
        if new == value_by(below, steps_of(target)):
            changes.pop(target, None)
        else:
            changes[target] = plain(new)
    return _with(deal, name, changes=changes)


def reset_in(deal: Deal, name: str, paths: tuple[str, ...]) -> Deal:
    """The deal whose scenario no longer changes these fields (or anything in or around them).

    Raises:
        DealError: without these changes the scenario could not be used.
    """
    scenario = scenario_named(deal, name)
    left = {known: value for known, value in scenario.changes.items() if not any(_meet(known, path) for path in paths)}
    return _with(deal, name, changes=left)


@dataclass(frozen=True)
class LayerChange:
    """One change of a scenario: the path, its place in words, and whether the deal no longer has that place."""

    path: str
    words: str
    missing: bool


def changes_of(deal: Deal, name: str) -> tuple[LayerChange, ...]:
    """What a scenario itself changes, in the order of its layer; DealError where there is no such scenario."""
    layers = layers_of(deal, name)
    state, nowhere = laid_over(base_fields(deal), [layer.changes for layer in layers])
    return tuple(LayerChange(path, locate(state, steps_of(path)).words, path in nowhere) for path in layers[-1].changes)


def without_changes(deal: Deal, name: str, paths: Collection[str]) -> Deal:
    """The deal whose scenario no longer has the changes at exactly these paths; what lies within them stays.

    Raises:
        DealError: without these changes the scenario could not be used.
    """
    changes = scenario_named(deal, name).changes
    return _with(deal, name, changes={path: value for path, value in changes.items() if path not in paths})


def unfit_changes(deal: Deal, name: str) -> tuple[str, ...]:
    """The paths of a scenario's own changes that stand against the deal as it is now, so that it cannot be used.

    They are the changes that the problems name; where leaving these out does not help, they are all. None where the
    scenario can be used.
    """
    layers = layers_of(deal, name)
    left, unfit = dict(layers[-1].changes), list[str]()
    while True:
        try:
            deal_from(laid_over(base_fields(deal), [*(layer.changes for layer in layers[:-1]), left])[0])
        except DealError as error:
            named = [path for path in left if any(_meet(path, problem.path) for problem in error.problems)]
            if not named:
                return tuple(layers[-1].changes)
            unfit += named
            left = {path: value for path, value in left.items() if path not in named}
        else:
            return tuple(unfit)


def with_scenario(
    deal: Deal, name: str, parent: str | None = None, changes: Mapping[str, object] | None = None
) -> Deal:
    """The deal with one more scenario at the end; DealError where the name is taken or a change cannot be used."""
    made = {"name": name, "parent": parent or None, "changes": dict(changes or {})}
    return _checked(deal, [*_plain(deal), made], name)


def with_duplicate(deal: Deal, name: str, other: str) -> Deal:
    """The deal with a scenario of another name, the same parent and the same changes."""
    scenario = scenario_named(deal, name)
    return with_scenario(deal, other, scenario.parent, scenario.changes)


def with_renamed(deal: Deal, name: str, other: str) -> Deal:
    """The deal whose scenario has another name, also for those that build on it."""
    scenario_named(deal, name)
    renamed = [
        each
        | {"name": other if each["name"] == name else each["name"]}
        | {"parent": other if each["parent"] == name else each["parent"]}
        for each in _plain(deal)
    ]
    return _checked(deal, renamed, other)


def with_parent(deal: Deal, name: str, parent: str | None) -> Deal:
    """The deal whose scenario builds on another one, or on the base; DealError where it would build on itself."""
    scenario_named(deal, name)
    moved = [each | {"parent": parent or None} if each["name"] == name else each for each in _plain(deal)]
    return _checked(deal, moved, name)


def without_scenario(deal: Deal, name: str) -> Deal:
    """The deal without a scenario; those that build on it take its changes over and build on its parent."""
    gone = scenario_named(deal, name)
    left = [
        {**each, "parent": gone.parent, "changes": _over(gone.changes, each["changes"])}
        if each["parent"] == name
        else each
        for each in _plain(deal)
        if each["name"] != name
    ]
    return deal_from({**deal.model_dump(by_alias=True), "scenarios": left or None})


def free_name(deal: Deal, wanted: str) -> str:
    """A name that no scenario of the deal has: the one wanted, or with the next number behind it."""
    taken = scenario_names(deal)
    return next(name for at in count(1) if (name := wanted if at == 1 else f"{wanted} {at}") not in taken)


def _places(before: Deal, after: Deal) -> Iterator[str]:
    """The paths at which two deals differ; a list that gets longer or shorter is one place."""
    for found in differences(before, after):
        steps = steps_of(found.path)
        whole = is_missing(value_by(before, steps)) or is_missing(value_by(after, steps))
        yield path_of(steps[:-1]) if whole else found.path


def _holds(path: str, other: str) -> bool:
    """True where `other` is `path` or leads further down from it."""
    steps, inner = steps_of(path), steps_of(other)
    return inner[: len(steps)] == steps


def _meet(path: str, other: str) -> bool:
    """True where one of two paths leads further down from the other."""
    return bool(other) and (_holds(path, other) or _holds(other, path))


def _over(below: Mapping[str, object], above: Mapping[str, object]) -> dict[str, object]:
    """Changes of two layers as one."""
    kept = {path: value for path, value in below.items() if not any(_holds(other, path) for other in above)}
    return {**kept, **above}


def _plain(deal: Deal) -> list[dict[str, Any]]:
    return [scenario.model_dump(by_alias=True) for scenario in deal.scenarios or ()]


def _with(deal: Deal, name: str, *, changes: Mapping[str, object]) -> Deal:
    made = [each | {"changes": dict(changes)} if each["name"] == name else each for each in _plain(deal)]
    return _checked(deal, made, name)


def _checked(deal: Deal, scenarios: list[dict[str, Any]], name: str) -> Deal:
    """The deal with other scenarios, of which the one named can be used."""
    made = deal_from({**deal.model_dump(by_alias=True), "scenarios": scenarios or None})
    scenario_deal(made, name)
    return made
