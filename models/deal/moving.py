"""Moving a deal in time, with what its scenarios say of dates."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from models.deal.field import Field, Unit
from models.deal.layers import scenario_deal, with_values
from models.deal.months import EARLIEST, LATEST, is_month, month_after, month_number
from models.deal.part import Items, Part
from models.deal.paths import deal_from
from models.deal.place import Place, item_class, locate, steps_of
from models.deal.problems import DealError
from models.deal.schema import Deal, Scenario, fields, items, parts
from models.deal.stack import base_fields, laid_over, layers_of


@dataclass(frozen=True)
class DatesMove:
    """All dates moved by as much as the first month of a deal, from `before` to `start`, both `YYYY-MM`."""

    before: str
    start: str

    @property
    def months(self) -> int:
        """By how many months, less than zero where dates become earlier."""
        return month_number(self.start) - month_number(self.before)


def with_dates_moved(deal: Deal, name: str, move: DatesMove) -> Deal:
    """The deal with every date moved: in one scenario, or with the name "" in the base.

    `move.start` becomes the first month, whatever it is in `deal`. Series month by month move with the first month
    of themselves. Dates that are changed in scenarios built on what is moved, for the base in all, move along.

    Raises:
        DealError: a month would leave the calendar, or the deal that comes out could not be used.
    """
    seen = scenario_deal(deal, name) if name else deal
    changes: dict[str, object] = {path: _moved(month, move.months) for path, month in _months(seen, "")}
    changes["start"] = _moved(move.start, 0)
    above = deal.model_dump(by_alias=True)
    for each, scenario in zip(above["scenarios"] or (), deal.scenarios or (), strict=True):
        layers = layers_of(deal, scenario.name)
        if scenario.name != name and name in ("", *(layer.name for layer in layers)):
            each["changes"] = _moved_changes(deal, layers, move.months)
    return with_values(deal_from(above), name, changes)


def _months(part: Part, prefix: str) -> Iterator[tuple[str, str]]:
    for field in _dates(type(part)):
        value = getattr(part, field)
        if isinstance(value, str):
            yield f"{prefix}{field}", value
    for name in parts(type(part)):
        yield from _months(getattr(part, name), f"{prefix}{name}.")
    for name in items(type(part)):
        for at, item in enumerate(getattr(part, name) or ()):
            yield from _months(item, f"{prefix}{name}[{at}].")


def _dates(part: type[Part]) -> tuple[str, ...]:
    return tuple(name for name, field in fields(part).items() if field.unit is Unit.MONTH)


def _moved(month: str, by: int) -> str:
    moved = month_after(month, by)
    if not is_month(moved):
        raise DealError(
            f"The dates of the deal cannot be moved so far: one of them would lie outside {EARLIEST} to {LATEST}."
        )
    return moved


def _moved_changes(deal: Deal, layers: tuple[Scenario, ...], by: int) -> dict[str, object]:
    """What the last of the layers changes, with all dates in it moved."""
    state, _ = laid_over(base_fields(deal), [layer.changes for layer in layers])
    return {path: _moved_value(locate(state, steps_of(path)), value, by) for path, value in layers[-1].changes.items()}


def _moved_value(place: Place, value: Any, by: int) -> object:
    """A value of a file, of any form, with the dates in it moved."""
    what = place.what
    if isinstance(what, Field):
        return _moved(value, by) if what.unit is Unit.MONTH and isinstance(value, str) and is_month(value) else value
    if isinstance(what, Items) and isinstance(value, list | tuple):
        return [_moved_part(item_class(place.name, item), item, by) for item in value]
    return _moved_part(what, value, by) if isinstance(what, type) else value


def _moved_part(part: type[Part] | None, value: Any, by: int) -> object:
    if part is None or not isinstance(value, Mapping):
        return value
    dates = {name: _moved(value[name], by) for name in _dates(part) if is_month(str(value.get(name)))}
    return {**value, **dates}
