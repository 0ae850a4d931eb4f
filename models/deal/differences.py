"""In which fields two deals differ."""

from collections.abc import Iterator
from dataclasses import dataclass

from models.deal.field import Field
from models.deal.part import Part
from models.deal.place import Steps, locate, path_of
from models.deal.schema import Deal, fields, items, parts


@dataclass(frozen=True)
class Difference:
    """One field that differs, or one item that only one of the deals has (then the other side is None).

    `path` leads to the value in the second deal, or in the first where the second has none; `label` is in words.
    """

    path: str
    label: str
    before: object
    after: object


def differences(before: Deal, after: Deal) -> tuple[Difference, ...]:
    """Every field in which two deals differ, in the order of the file.

    Phases, segments and scenarios are compared in their order, supports by kind. A table of the same shape on both
    sides differs by entry, otherwise (and by month always) as a whole.
    """
    return tuple(_in_part(after, before, before, after, ()))


def _in_part(root: Deal, other: Deal, before: Part, after: Part, steps: Steps) -> Iterator[Difference]:
    part = type(after)
    for name in part.model_fields:
        old, new = getattr(before, name), getattr(after, name)
        if old == new:
            continue
        here = (*steps, name)
        if name in fields(part):
            yield from _in_field(root, fields(part)[name], old, new, here)
        elif name in parts(part):
            yield from _in_part(root, other, old, new, here)
        elif name in items(part):
            yield from _in_items(root, other, old or (), new or (), here)
        else:
            yield Difference(path_of(here), locate(root, steps).words + f": {name}", old, new)


def _in_field(root: Deal, field: Field, old: object, new: object, steps: Steps) -> Iterator[Difference]:
    by_entry = field.shape != "by_month"
    if by_entry and isinstance(old, tuple) and isinstance(new, tuple) and len(old) == len(new):
        for index, (left, right) in enumerate(zip(old, new, strict=True)):
            if left != right:
                yield from _in_field(root, field, left, right, (*steps, index))
    else:
        yield Difference(path_of(steps), locate(root, steps).words, old, new)


def _in_items(
    root: Deal, other: Deal, old: tuple[Part, ...], new: tuple[Part, ...], steps: Steps
) -> Iterator[Difference]:
    before, after = _by_key(old), _by_key(new)
    for key in dict.fromkeys((*before, *after)):
        if key in before and key in after:
            (_, left), (index, right) = before[key], after[key]
            yield from _in_part(root, other, left, right, (*steps, index))
        elif key in after:
            index, added = after[key]
            yield Difference(path_of((*steps, index)), locate(root, (*steps, index)).words, None, added)
        else:
            index, removed = before[key]
            yield Difference(path_of((*steps, index)), locate(other, (*steps, index)).words, removed, None)


def _by_key(many: tuple[Part, ...]) -> dict[object, tuple[int, Part]]:
    """Items by what makes two of them the same item: the kind of a support, the place of any other."""
    return {getattr(item, "kind", index): (index, item) for index, item in enumerate(many)}
