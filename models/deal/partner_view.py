"""A deal as a partner may see it: every agreed term as it is, and nothing of what is internal; and the way back."""

from functools import cache
from typing import Any, TypeVar

from models.deal.part import Part
from models.deal.paths import value_at
from models.deal.schema import Deal, fields, items, parts
from models.deal.templates import load_template

_P = TypeVar("_P", bound=Part)


def partner_deal(deal: Deal) -> Deal:
    """The deal with every internal field at a value that says nothing, the same for all deals, and no scenario.

    What is computed from it holds nothing internal, whoever shows it: two deals that differ in internal fields only
    give equal ones. Internal figures computed from it are of no meaning and are not shown.
    """
    neutral = _neutral()
    update: dict[str, object] = {"scenarios": None}
    for name in parts(Deal):
        update[name] = _without(getattr(deal, name), getattr(neutral, name))
    for name in items(Deal):
        if name != "scenarios":
            update[name] = tuple(_without(item, None) for item in getattr(deal, name))
    return _without(deal, neutral).model_copy(update=update)


def from_partner(deal: Deal, path: str, value: object) -> object:
    """A value that was made from the partner's view of `deal`, for `path`, with what is internal as the deal has it.

    An item of a list keeps what is internal of the item that it was, a copy or a changed one that of its original; a
    new one begins with nothing. Values that hold no part of a deal are as they were.
    """
    if isinstance(value, Part):
        return _restored(value, value_at(deal, path))
    if not isinstance(value, tuple) or not any(isinstance(item, Part) for item in value):
        return value
    seen = value_at(partner_deal(deal), path)
    held = value_at(deal, path)
    assert isinstance(seen, tuple), "a list of parts stands where one did"
    assert isinstance(held, tuple), "a list of parts stands where one did"
    free, made = dict(enumerate(seen)), []
    for place, item in enumerate(value):
        at = next((at for at, other in free.items() if other == item), None)
        at = _likest(item, place, seen) if at is None else at
        if at is None:
            made.append(item)
            continue
        free.pop(at, None)
        made.append(_restored(item, held[at]))
    return tuple(made)


def _likest(item: Part, place: int, seen: tuple[Any, ...]) -> int | None:
    """Which of the items seen another was made from: the one with most fields in common, if these are half of them."""
    names = fields(type(item))
    alike = {
        at: sum(getattr(other, name) == getattr(item, name) for name in names)
        for at, other in enumerate(seen)
        if type(other) is type(item)
    }
    best = max(alike, key=lambda at: (alike[at], at == place), default=None)
    return best if best is not None and 2 * alike[best] >= len(names) else None


def _restored(part: _P, held: Any) -> _P:
    return part.model_copy(
        update={name: getattr(held, name) for name, field in fields(type(part)).items() if field.internal}
    )


def _without(part: _P, neutral: Part | None) -> _P:
    """A part with its internal fields as in the neutral deal, or for an item of a list as in a fresh one."""
    update = {
        name: _fresh(type(part), name) if neutral is None else getattr(neutral, name)
        for name, field in fields(type(part)).items()
        if field.internal
    }
    return part.model_copy(update=update)


def _fresh(part: type[Part], name: str) -> object:
    """What an item begins with; 0 where that has to be given."""
    info = part.model_fields[name]
    return 0.0 if info.is_required() else info.default


@cache
def _neutral() -> Deal:
    return load_template("empty")
