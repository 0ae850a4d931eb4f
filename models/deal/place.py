"""Where a path leads: which field of which part, and how to say it."""

from dataclasses import dataclass
from functools import lru_cache

from models.deal.field import Field, Unit
from models.deal.months import is_month, month_after, month_label
from models.deal.part import Items, Part
from models.deal.problems import DealError
from models.deal.project import Phase, Segment
from models.deal.schema import Deal, Scenario, fields, items, parts
from models.deal.support import SUPPORTS
from models.deal.values import clipped, segment_label

Steps = tuple[str | int, ...]
SUPPORT_OF: dict[str, type[Part]] = {part.model_fields["kind"].default: part for part in SUPPORTS}
_DEPTH = {"scalar": 0, "by_year_and_band": 2}
ITEM_OF: dict[str, type[Part]] = {"phases": Phase, "demand": Segment, "scenarios": Scenario}


@dataclass(frozen=True)
class Place:
    """What stands at a path: a field (with the indices into its table), a list of parts, a part, or nothing known."""

    owner: str
    part: type[Part] | None
    name: str
    what: Field | Items | type[Part] | None
    rest: tuple[int, ...] = ()
    label: str = ""

    @property
    def words(self) -> str:
        """The place in words: `Phase 2: GPUs`."""
        return f"{self.owner}: {self.label}" if self.owner and self.label else self.owner or self.label


@lru_cache(maxsize=4096)
def steps_of(path: str) -> Steps:
    """`credit_support[0].floor_prices[1]` as its steps; DealError where it is no path."""
    steps: list[str | int] = []
    for word in path.split("."):
        name, *indices = word.split("[")
        if not name.isidentifier():
            raise DealError(f'"{clipped(path)}" is not the path of a field.')
        steps.append(name)
        for index in indices:
            digits = index[:-1]
            if index[-1:] != "]" or not (digits.isascii() and digits.isdigit()) or len(digits) > 4:
                raise DealError(f'"{clipped(path)}" is not the path of a field.')
            steps.append(int(digits))
    return tuple(steps)


def path_of(steps: Steps) -> str:
    """The inverse of `steps_of`."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return text.removeprefix(".")


def step_into(node: object, step: str | int) -> object:
    """What `node` (a part, a dict, a list) holds at `step`; None where it holds nothing there."""
    if isinstance(step, int):
        return node[step] if isinstance(node, tuple | list) and step < len(node) else None
    if isinstance(node, dict):
        return node.get(step)
    return getattr(node, step, None) if isinstance(node, Part) and step in type(node).model_fields else None


def locate(root: object, steps: Steps) -> Place:
    """The place `steps` lead to in `root`, a Deal or the dict of a deal file that may be wrong anywhere."""
    return _in_part(root, Deal, Deal.title, root, steps)


def _in_part(root: object, part: type[Part], owner: str, node: object, steps: Steps) -> Place:
    if not steps:
        return Place("", part, "", part, label=owner)
    name, rest = str(steps[0]), steps[1:]
    if name in fields(part):
        return _field_place(root, owner, part, name, rest)
    if name in parts(part):
        inner = parts(part)[name]
        return _in_part(root, inner, inner.title, step_into(node, name), rest)
    if name in items(part):
        return _in_list(root, part, name, step_into(node, name), rest)
    return Place(owner, part, name, None, label=clipped(name))


def _in_list(root: object, part: type[Part], name: str, node: object, steps: Steps) -> Place:
    many = items(part)[name]
    if not steps:
        return Place("", part, name, many, label=many.label)
    index = steps[0]
    if not isinstance(index, int):
        return Place(many.label, None, name, None, label=clipped(index))
    item = step_into(node, index)
    found, words = item_class(name, item), _item_words(many, name, index, item)
    if found is None:
        return Place("", None, name, None, label=words)
    return _in_part(root, found, words, item, steps[1:])


def place_at(deal: Deal, path: str) -> Place:
    """The place of `path` in a valid deal; DealError where there is none."""
    steps = steps_of(path)
    place = locate(deal, steps)
    if place.what is None or value_by(deal, steps) is _MISSING:
        raise DealError(f'This deal has no field "{clipped(path)}".')
    return place


class _Missing:
    """What stands where nothing does; null is a value."""


_MISSING = _Missing()


def is_missing(value: object) -> bool:
    """True for what `value_by` gives where there is nothing."""
    return value is _MISSING


def is_complete(place: Place) -> bool:
    """True where the place holds one value: a scalar field, or one entry of a table."""
    field = place.what
    return isinstance(field, Field) and len(place.rest) == _DEPTH.get(field.shape, 1)


def value_by(root: object, steps: Steps) -> object:
    """The value at `steps`, or `_MISSING`."""
    node = root
    for step in steps:
        if isinstance(step, int):
            if not isinstance(node, tuple) or step >= len(node):
                return _MISSING
            node = node[step]
        elif isinstance(node, Part) and step in type(node).model_fields:
            node = getattr(node, step)
        else:
            return _MISSING
    return node


def item_class(name: str, node: object) -> type[Part] | None:
    """What an item of the list `name` is, `node` being one; None where a support does not say its kind."""
    if name in ITEM_OF:
        return ITEM_OF[name]
    kind = step_into(node, "kind")
    return SUPPORT_OF.get(kind) if isinstance(kind, str) else None


def _item_words(many: Items, name: str, index: int, node: object) -> str:
    if name == "credit_support":
        found = item_class(name, node)
        return found.title if found else f"{many.one} {index + 1}"
    given = step_into(node, "segment" if name == "demand" else "name")
    numbered = f"{many.one} {index + 1}"
    if not isinstance(given, str) or not given.strip() or given == numbered:
        return numbered
    return f"{numbered}, {segment_label(given) if name == 'demand' else clipped(given)}"


def _field_place(root: object, owner: str, part: type[Part], name: str, rest: Steps) -> Place:
    field = fields(part)[name]
    if len(rest) > _DEPTH.get(field.shape, 1) or not all(isinstance(step, int) for step in rest):
        return Place(owner, part, name, None, label=field.label)
    indices = tuple(int(step) for step in rest)
    return Place(owner, part, name, field, indices, label=field.label + _entry_words(root, field, indices))


def _entry_words(root: object, field: Field, indices: tuple[int, ...]) -> str:
    if not indices:
        return ""
    number = indices[0] + 1
    if field.shape == "by_month":
        start = step_into(root, "start")
        known = isinstance(start, str) and is_month(start)
        return f", {month_label(month_after(str(start), indices[0]))}" if known else f", month {number}"
    words = {"bands": "band", "by_phase": "phase"}.get(field.shape, "year")
    bands = step_into(step_into(root, "revenue_share"), "bands")
    several = isinstance(bands, tuple | list) and len(bands) > 1
    band = f", band {indices[1] + 1}" if len(indices) > 1 and several else ""
    return f", {words} {number}{band}"


def unit_of(deal: Deal, steps: Steps, field: Field) -> Unit:
    """The unit of a field in this deal: prices of a tokens segment are per million tokens."""
    if field.unit is Unit.PRICE_PER_GPU_HOUR and steps[0] == "demand" and isinstance(steps[1], int):
        return Unit.PRICE_PER_MTOKENS if deal.demand[steps[1]].product == "tokens" else field.unit
    return field.unit
