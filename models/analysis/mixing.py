"""Deals between two states: some of the differences made, the others not."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from models.analysis.compare import FieldChange, bare, field_changes
from models.deal.checks import check_deal
from models.deal.field import Field, Unit
from models.deal.part import Part
from models.deal.place import Steps, locate, steps_of
from models.deal.schema import Deal, fields, items
from models.deal.stack import base_fields

Keys = tuple[object, ...]
_GONE = object()
_LISTS = ("phases", "demand", "credit_support")


@dataclass(frozen=True)
class Group:
    """Differences that are made together: the entries of one table, or fields that make no deal without each other."""

    label: str
    changes: tuple[FieldChange, ...]

    @property
    def paths(self) -> tuple[str, ...]:
        return tuple(change.path for change in self.changes)


def groups_of(before: Deal, after: Deal, *, by_part: bool = False) -> tuple[Group, ...]:
    """The differences of two deals that its figures rest on, the entries of a table as one, or all fields of a part."""
    found: dict[Keys, list[FieldChange]] = {}
    for change in field_changes(before, after):
        if _is_mere_text(after, change):
            continue
        keys = _field_keys(before, after, change)
        part = keys[: 2 if keys[0] in _LISTS else 1] if keys[0] not in fields(Deal) else ("deal",)
        found.setdefault(part if by_part else keys, []).append(change)
    return tuple(Group(_label(changes, by_part), tuple(changes)) for changes in found.values())


def _is_mere_text(after: Deal, change: FieldChange) -> bool:
    """Names and labels, and the settings of the simulation: no line of the base case looks at them."""
    what = locate(base_fields(after), steps_of(change.path)).what
    return change.path.startswith("uncertainty.") or (isinstance(what, Field) and what.unit is Unit.TEXT)


def _label(changes: Sequence[FieldChange], by_part: bool) -> str:
    first = changes[0].label
    if by_part:
        return first.partition(": ")[0]
    return first if len(changes) == 1 else first.rpartition(", year")[0] or first


class Mixer:
    """Makes the deals between two states."""

    def __init__(self, before: Deal, after: Deal) -> None:
        self._before, self._after = bare(before), bare(after)
        self._data = _keyed(base_fields(self._before))
        self._order = {
            name: list(dict.fromkeys((*_keyed(base_fields(self._after))[name], *self._data[name]))) for name in _LISTS
        }

    def deal(self, groups: Collection[Group]) -> Deal | None:
        """The deal before with the differences of these groups made; None where no such deal could be used."""
        data: Any = self._data
        for group in groups:
            for change in group.changes:
                data = _put(data, _keys(self._before, self._after, change), _value(change))
        try:
            deal = Deal.model_validate(_listed(data, self._order))
        except ValidationError:
            return None
        return None if any(problem.severity == "error" for problem in check_deal(deal)) else deal


def _value(change: FieldChange) -> object:
    if isinstance(change.after, Part):
        return change.after.model_dump(by_alias=True)
    return _GONE if isinstance(change.before, Part) else change.after


def _keyed(data: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a deal with its lists by what makes two items the same: the kind of a support, else the place."""
    return {**data, **{name: {_key(item, k): item for k, item in enumerate(data[name])} for name in _LISTS}}


def _key(item: object, index: int) -> object:
    kind = item.get("kind") if isinstance(item, dict) else getattr(item, "kind", None)
    return index if kind is None else kind


def _listed(data: Mapping[str, Any], order: Mapping[str, Sequence[object]]) -> dict[str, Any]:
    lists = {name: [data[name][key] for key in keys if key in data[name]] for name, keys in order.items()}
    return {**data, **lists}


def _keys(before: Deal, after: Deal, change: FieldChange) -> Keys:
    """The steps to a difference with the key of its item in place of its index."""
    steps = steps_of(change.path)
    if steps[0] not in _LISTS or len(steps) == 1:
        return steps
    owner = before if isinstance(change.before, Part) else after
    index = int(steps[1])
    return (steps[0], _key(getattr(owner, str(steps[0]))[index], index), *steps[2:])


def _field_keys(before: Deal, after: Deal, change: FieldChange) -> Keys:
    """The same without the place in a table."""
    keys = _keys(before, after, change)
    depth = 2 + (keys[0] in items(Deal)) if keys[0] not in fields(Deal) else 1
    return keys[:depth]


def _put(node: Any, keys: Keys | Steps, value: object) -> Any:
    if not keys:
        return value
    key, rest = keys[0], keys[1:]
    if isinstance(node, tuple | list):
        return tuple(_put(each, rest, value) if k == key else each for k, each in enumerate(node))
    if not rest and value is _GONE:
        return {other: each for other, each in node.items() if other != key}
    return {**node, key: _put(node.get(key), rest, value)}
