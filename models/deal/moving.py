"""Moving a deal in time."""

from collections.abc import Iterator

from models.deal.field import Unit
from models.deal.months import is_month, month_after, month_number
from models.deal.part import Part
from models.deal.problems import DealError
from models.deal.schema import Deal, fields, items, parts


def dates_moved(deal: Deal, before: str, start: str) -> dict[str, object]:
    """Every month of a deal by its path, as much later (or earlier) as `start` is than `before`, the first is `start`.

    Series month by month move with the first month of themselves. Dates that a scenario changes are its own.

    Args:
        before, start: `YYYY-MM`.

    Raises:
        DealError: a month would leave the calendar.
    """
    by = month_number(start) - month_number(before)
    moved: dict[str, object] = {path: month_after(month, by) for path, month in _months(deal, "")}
    moved["start"] = start
    if not all(isinstance(month, str) and is_month(month) for month in moved.values()):
        raise DealError("The dates of the deal cannot be moved so far: one of them would leave the calendar.")
    return moved


def _months(part: Part, prefix: str) -> Iterator[tuple[str, str]]:
    for name, field in fields(type(part)).items():
        value = getattr(part, name)
        if field.unit is Unit.MONTH and isinstance(value, str):
            yield f"{prefix}{name}", value
    for name in parts(type(part)):
        yield from _months(getattr(part, name), f"{prefix}{name}.")
    for name in items(type(part)):
        for at, item in enumerate(getattr(part, name) or ()):
            yield from _months(item, f"{prefix}{name}[{at}].")
