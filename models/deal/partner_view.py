"""A deal as a partner may see it: every agreed term as it is, and nothing of what is internal."""

from functools import cache
from typing import TypeVar

from models.deal.part import Part
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


def _without(part: _P, neutral: Part | None) -> _P:
    """A part with its internal fields as in the neutral deal; those of a list's item, all of them numbers, at 0."""
    update: dict[str, object] = {
        name: getattr(neutral, name) if neutral is not None else None if field.optional else 0.0
        for name, field in fields(type(part)).items()
        if field.internal
    }
    return part.model_copy(update=update)


@cache
def _neutral() -> Deal:
    return load_template("empty")
