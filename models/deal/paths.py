"""Reading and changing one value of a deal by its dotted path, such as `credit_support[0].floor_prices[1]`."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from models.deal.checks import check_deal
from models.deal.field import LARGEST_TABLE, Field
from models.deal.part import Part
from models.deal.place import Steps, is_complete, place_at, steps_of, unit_of, value_by
from models.deal.problems import DealError
from models.deal.schema import Deal
from models.deal.sentences import fault, problems_of
from models.deal.stack import base_fields, laid_over
from models.deal.values import clipped


def deal_from(data: Mapping[str, object]) -> Deal:
    """The deal that the fields of a file describe, after all checks; DealError with every problem found."""
    try:
        deal = Deal.model_validate(data)
    except ValidationError as error:
        raise DealError(problems_of(error, data)) from None
    return _checked(deal)


def field_at(deal: Deal, path: str) -> Field:
    """The field at `path`, as this deal uses it; for one entry of a table a scalar field with its year in the label.

    DealError where `path` leads to no field.
    """
    place = place_at(deal, path)
    field = place.what
    if not isinstance(field, Field):
        raise DealError(f'"{path}" holds several fields.')
    entry = field.element if is_complete(place) else field
    return replace(entry, label=place.label, unit=unit_of(deal, steps_of(path), field))


def words_at(deal: Deal, path: str) -> str:
    """The place of `path` in words, with the part it belongs to: `Phase 2: GPUs`, `Debt: Margin`."""
    return place_at(deal, path).words


def value_at(deal: Deal, path: str) -> object:
    """What stands at `path`: a value, a tuple for a table or list, or a part. DealError where nothing does."""
    place_at(deal, path)
    return value_by(deal, steps_of(path))


def with_value(deal: Deal, path: str, value: object) -> Deal:
    """The deal with `value` (in file units; lists, dicts or parts where the path holds several) at `path`.

    DealError with the sentences of every problem where the changed deal could not be used; `deal` stays as it is.
    """
    place = place_at(deal, path)
    steps = steps_of(path)
    field = place.what
    if isinstance(field, Field) and is_complete(place):
        entry = field.element
        if not entry.allows(value):
            shown = replace(place, what=replace(field, unit=unit_of(deal, steps, field)))
            raise DealError((fault(shown, path, value, deal.currency),))
        return _checked(_rebuilt(deal, steps, entry.clean(value)))
    data = deal.model_dump(by_alias=True)
    node: Any = data
    for step in steps[:-1]:
        node[step] = list(node[step]) if isinstance(node[step], tuple) else node[step]
        node = node[step]
    node[steps[-1]] = plain(value)
    return deal_from(data)


def with_values(deal: Deal, changes: Mapping[str, object]) -> Deal:
    """The deal with several values changed at once, by path and in file units, and checked as a whole.

    DealError where a path leads to no field, or with every problem of the changed deal.
    """
    changed = deal
    for path, value in changes.items():
        place = place_at(deal, path)
        field = place.what
        if not isinstance(field, Field) or not _all_allowed(field, value, is_complete(place)):
            return _all_anew(deal, changes)
        changed = _rebuilt(changed, steps_of(path), _all_clean(field, value))
    return _checked(changed)


def _all_allowed(field: Field, value: object, complete: bool) -> bool:
    """Whether every entry of a value may stand; a table that is not certain to fit is left to the whole check."""
    if complete:
        return field.element.allows(value)
    if not isinstance(value, tuple) or len(value) > LARGEST_TABLE["by_year"]:
        return False
    return all(_all_allowed(field, entry, not isinstance(entry, tuple)) for entry in value)


def _all_clean(field: Field, value: object) -> object:
    return tuple(_all_clean(field, entry) for entry in value) if isinstance(value, tuple) else field.clean(value)


def _all_anew(deal: Deal, changes: Mapping[str, object]) -> Deal:
    data, nowhere = laid_over(base_fields(deal), [changes])
    if nowhere:
        raise DealError(f'This deal has no field "{clipped(nowhere[0])}".')
    return deal_from({**data, "scenarios": deal.model_dump(by_alias=True)["scenarios"]})


def plain(value: object) -> object:
    """Parts as dicts of their fields, inside lists too; anything else as it is."""
    if isinstance(value, Part):
        return value.model_dump(by_alias=True)
    if isinstance(value, tuple | list):
        return [plain(entry) for entry in value]
    return value


def _rebuilt(node: Any, steps: Steps, value: object) -> Any:
    if not steps:
        return value
    step = steps[0]
    if isinstance(step, int):
        return (*node[:step], _rebuilt(node[step], steps[1:], value), *node[step + 1 :])
    return node.model_copy(update={step: _rebuilt(getattr(node, step), steps[1:], value)})


def _checked(deal: Deal) -> Deal:
    errors = tuple(problem for problem in check_deal(deal) if problem.severity == "error")
    if errors:
        raise DealError(errors)
    return deal
