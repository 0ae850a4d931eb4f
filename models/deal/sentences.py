"""Faults found by the schema as problems in sentences: which field, what it holds, what is allowed."""

from collections.abc import Sequence
from difflib import get_close_matches
from itertools import islice
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from models.deal.field import LARGEST_TABLE, Field
from models.deal.part import Items, Part
from models.deal.place import SUPPORT_OF, Place, Steps, locate, path_of
from models.deal.problems import Problem
from models.deal.schema import Deal
from models.deal.support import SUPPORTS
from models.deal.values import allowed_in_file, allowed_on_screen, clipped, listed, raw_text, text_of

MOST_PROBLEMS = 100


def problems_of(error: ValidationError, root: object) -> tuple[Problem, ...]:
    """The faults pydantic found in `root` (the dict of a deal file), in our words; at most 100 of them."""
    told = (each for each in error.errors(include_url=False, include_context=False) if not _echo(each))
    return tuple(_problem(root, str(each["type"]), each["loc"], each["input"]) for each in islice(told, MOST_PROBLEMS))


def fault(place: Place, path: str, value: object, currency: str = "USD") -> Problem:
    """The problem of a value that its field does not allow."""
    field = place.what
    assert isinstance(field, Field)
    if place.rest:
        field = field.element
    shown = raw_text(value)
    if field.unit.numeric and field.unit.power > 0 and isinstance(value, int | float) and abs(value) < 1e9:
        shown = f"{shown} ({text_of(field, value, currency)})" if not isinstance(value, bool) else shown
    return Problem(
        path,
        f"{_named(place, path)} is {shown}; it must be {allowed_in_file(field)}.",
        hint=f"{place.label}: enter {allowed_on_screen(field, currency)}.",
    )


def _echo(each: ErrorDetails) -> bool:
    """pydantic counts only sound entries, and so calls a list of one faulty entry too short."""
    return each["type"] == "too_short" and bool(each["input"])


def _problem(root: object, kind: str, loc: Sequence[str | int], value: Any) -> Problem:
    steps = _without_tags(loc)
    path = path_of(steps)
    place = locate(root, steps)
    named = _named(place, path)
    what = place.what
    if kind == "missing":
        need = f"; it must be {allowed_in_file(what)}" if isinstance(what, Field) else ""
        return Problem(path, f"{named} is missing{need}.", hint=f"{place.label} is missing.")
    if kind == "extra_forbidden":
        return Problem(path, _unknown(place, path))
    if kind == "string_unicode":  # a name that is no text; pydantic places the fault at the object that has it
        return Problem(path, _unknown(place, str(value)))
    if kind.startswith("union_tag"):
        kinds = listed([f'"{each}"' for each in SUPPORT_OF])
        found = _kind(value)
        if found is None:
            return Problem(path, f"{named} has no kind; it must be {kinds}.")
        return Problem(path, f"{named} has kind {raw_text(found)}; it must be {kinds}.")
    return _wrong_value(place, path, kind, value)


def _wrong_value(place: Place, path: str, kind: str, value: Any) -> Problem:
    named, what = _named(place, path), place.what
    if kind in ("too_long", "too_short") and isinstance(what, Items | Field):
        most = f"{what.low} to {what.high}" if isinstance(what, Items) else f"at most {LARGEST_TABLE[what.shape]}"
        return Problem(
            path,
            f"{named} has {len(value)} entries; {most} are allowed.",
            hint=f"{place.label}: {most} entries are allowed.",
        )
    if isinstance(what, Field):
        if kind != "tuple_type":
            return fault(place, path, value)
        return Problem(path, f"{named} is {raw_text(value)}; it must be a list.", hint=f"{place.label}: enter a list.")
    wanted = "a list" if isinstance(what, Items) else "an object with named fields"
    return Problem(path, f"{named} is {raw_text(value)}; it must be {wanted}.")


def _without_tags(loc: Sequence[str | int]) -> Steps:
    """pydantic puts the kind of a support after its index: that is no step of a path."""
    tagged = len(loc) > 2 and loc[0] == "credit_support" and loc[2] in SUPPORT_OF
    return (*loc[:2], *loc[3:]) if tagged else tuple(loc)


def _named(place: Place, path: str) -> str:
    return f"{place.words} ({clipped(path)})" if path else place.words


def _kind(value: object) -> object:
    return value.get("kind") if isinstance(value, dict) else getattr(value, "kind", None)


def _unknown(place: Place, path: str) -> str:
    part: type[Part] = place.part or Deal
    near = get_close_matches(place.name[:80], list(part.model_fields), n=1)
    guess = f' Did you mean "{near[0]}"?' if near else ""
    return f'"{clipped(path)}" is not a field of {_article(part)}.{guess}'


def _article(part: type[Part]) -> str:
    title = part.title.lower() if part is not Deal else "deal"
    return f"a {title}" if part in (Deal, *SUPPORTS) or title in ("phase", "segment", "scenario") else f"the {title}"
