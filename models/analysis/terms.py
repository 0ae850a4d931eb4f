"""Terms: the numbers of a deal that can be varied, one by one or a whole table at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from math import inf

from models.deal.field import Field, Unit
from models.deal.months import EARLIEST, LATEST, month_number, month_text
from models.deal.part import Part
from models.deal.paths import field_at, value_at, with_values, words_at
from models.deal.place import is_complete, place_at
from models.deal.problems import DealError
from models.deal.relevance import irrelevant
from models.deal.schema import Deal, fields, items, parts
from models.deal.values import clipped, number_text, text_of
from models.language.tree import Input, walk
from models.lines import model_of

FACTOR = "*"
"""At the end of a path: a factor on the number or on every entry of the table that the path leads to."""
EACH = "[]"
"""In a path: every item of a list."""


@dataclass(frozen=True)
class Term:
    """A number of a deal that can be varied.

    Attributes:
        path: as given, such as `senior_debt.target_dscr`, `revenue_share.rates*`, `demand[].price*`.
        base: its value in the deal in file units (a month as 12 x year + month - 1); 1 for a factor; None where the
            deal has none there.
        low, high: what is allowed, both included; for a factor such that every entry stays allowed.
        whole: only whole numbers are allowed.
        targets: the fields or entries it stands for.
    """

    path: str
    label: str
    unit: str
    base: float | None
    low: float
    high: float
    whole: bool
    internal: bool
    field: Field
    targets: tuple[str, ...]

    @property
    def scales(self) -> bool:
        """Whether it is a factor."""
        return self.path.endswith(FACTOR)

    def allowed(self, value: float) -> float:
        """The nearest value that is allowed; whole numbers half-way go to the even one."""
        rounded = float(round(value)) if self.whole else value
        clipped_value = min(max(rounded, self.low), self.high)
        if self.field.allowed and not self.scales:
            return float(min(self.field.allowed, key=lambda each: abs(each - clipped_value)))
        return clipped_value


def term_at(deal: Deal, path: str) -> Term:
    """The term that a path names.

    Raises:
        DealError: the path leads to no number of this deal; the nearest path is named.
    """
    bare = path.removesuffix(FACTOR)
    try:
        targets = tuple(_targets(deal, bare))
        found = [field_at(deal, target) for target in targets]
    except DealError:
        raise DealError(_no_term(deal, path)) from None
    if not targets:
        raise DealError(f'"{clipped(path)}" stands for no number of this deal.')
    field = found[0]
    if path.endswith(FACTOR):
        return _factor(deal, path, field, targets)
    if EACH in path or not is_complete(place_at(deal, bare)):
        raise DealError(
            f'"{clipped(path)}" holds several numbers; name one entry, such as {clipped(targets[0])}[0], '
            f"or put {FACTOR} behind it to scale them all."
        )
    return _number(deal, path, field)


def _number(deal: Deal, path: str, field: Field) -> Term:
    label = words_at(deal, path)
    value = value_at(deal, path)
    if field.unit is Unit.MONTH:
        base = None if value is None else float(month_number(str(value)))
        low, high = float(month_number(EARLIEST)), float(month_number(LATEST))
        return Term(path, label, "month", base, low, high, True, field.internal, field, (path,))
    if not field.unit.numeric:
        raise DealError(f'"{clipped(path)}" ({label}) is no number, so it cannot be varied by steps.')
    base = None if value is None else _as_number(value)
    low = -inf if field.low is None else field.low
    if field.low_open:
        low = low + 1e-9 * max(1.0, abs(low))
    high = inf if field.high is None else field.high
    unit = field.unit_text(deal.currency)
    return Term(path, label, unit, base, low, high, field.whole, field.internal, field, (path,))


def _factor(deal: Deal, path: str, field: Field, targets: tuple[str, ...]) -> Term:
    bare = path.removesuffix(FACTOR)
    if not field.unit.numeric:
        raise DealError(f'"{clipped(bare)}" is no number, so it cannot be scaled.')
    entries = [entry for target in targets for entry in _entries(value_at(deal, target))]
    if not any(entries):
        raise DealError(f'Every entry of "{clipped(bare)}" is 0 or none in this deal, so a factor changes nothing.')
    high = min((field.high / entry for entry in entries if entry > 0 and field.high is not None), default=inf)
    low = 0.0
    if field.low is not None and field.low > 0:
        low = max(field.low / entry for entry in entries if entry > 0)
    if field.low is not None and field.low < 0:
        high = min([high, *(field.low / entry for entry in entries if entry < 0)])
    label = _label_of_all(deal, bare, targets)
    return Term(path, f"{label}, factor", "x", 1.0, low, high, False, field.internal, field, targets)


def _label_of_all(deal: Deal, bare: str, targets: tuple[str, ...]) -> str:
    if EACH not in bare:
        return words_at(deal, bare)
    name = bare.partition(EACH)[0]
    label = words_at(deal, targets[0]).rpartition(": ")[2]
    return f"{items(Deal)[name].label}, all: {label}"


def _targets(deal: Deal, bare: str) -> Iterator[str]:
    """The fields, tables or entries a path stands for; DealError where it is no path or leads to no field."""
    head, each, tail = bare.partition(EACH)
    if not each:
        if not isinstance(place_at(deal, bare).what, Field):
            raise DealError(f'"{clipped(bare)}" is no field.')
        yield bare
        return
    if head not in items(Deal) or not tail.startswith("."):
        raise DealError(f'"{clipped(bare)}" is no path.')
    many: tuple[Part, ...] = getattr(deal, head) or ()
    with_it = [k for k, item in enumerate(many) if tail[1:].partition("[")[0] in fields(type(item))]
    if not with_it:
        raise DealError(f'"{clipped(bare)}" leads to no field.')
    for k in with_it:
        path = f"{head}[{k}]{tail}"
        if _entries(value_at(deal, path)):
            yield path


def _entries(value: object) -> list[float]:
    """Every number of a field or table."""
    if isinstance(value, tuple):
        return [number for entry in value for number in _entries(entry)]
    if isinstance(value, int | float) and not isinstance(value, bool):
        return [float(value)]
    return []


def _as_number(value: object) -> float:
    (number,) = _entries(value)
    return number


def _no_term(deal: Deal, path: str) -> str:
    bare = path.removesuffix(FACTOR)
    known = list(_numeric_paths(deal))
    near = get_close_matches(bare[:120], known, n=1, cutoff=0.4)
    end = f' Did you mean "{near[0]}"?' if near else ""
    return f'"{clipped(path)}" is not the path of a number of this deal.{end}'


def _numeric_paths(deal: Deal) -> Iterator[str]:
    yield from _of_part(deal, "")
    for name in parts(Deal):
        yield from _of_part(getattr(deal, name), f"{name}.")
    for name in items(Deal):
        if name != "scenarios":
            for k, item in enumerate(getattr(deal, name)):
                yield from _of_part(item, f"{name}[{k}].")


def _of_part(part: Part, prefix: str) -> Iterator[str]:
    for name, field in fields(type(part)).items():
        value = getattr(part, name)
        number = field.unit.numeric and (field.shape == "scalar" or any(_entries(value)))
        if value is not None and (number or field.unit is Unit.MONTH):
            yield prefix + name


def terms_on_offer(deal: Deal, *, each_item: bool = True) -> tuple[Term, ...]:
    """Terms of a deal that its base case looks at, in the order of the file; the timeline itself is left out.

    Tables are offered as factors; where a list has several items, what they share is offered as one factor first.

    Args:
        each_item: offer the terms of each of several phases or segments too.
    """
    paths: dict[str, None] = {}
    used = _used(deal)
    numbers = [
        path for path in _numeric_paths(deal) if used.intersection(bound_paths(deal, path)) - {"start", "months"}
    ]
    several = tuple(f"{head}[" for head in ("phases", "demand") if len(getattr(deal, head)) > 1)
    for path in numbers:
        if several and path.startswith(several):
            field = field_at(deal, path)
            if field.unit.numeric and not field.whole:
                paths[f"{path.partition('[')[0]}{EACH}{path.partition(']')[2]}{FACTOR}"] = None
    for path in numbers:
        if not (several and path.startswith(several) and not each_item) and not irrelevant(deal, path):
            scalar = field_at(deal, path).shape == "scalar"
            paths[path if scalar else path + FACTOR] = None
    found = []
    for path in paths:
        try:
            found.append(term_at(deal, path))
        except DealError:  # every entry is 0: a factor changes nothing
            continue
    return tuple(found)


def _used(deal: Deal) -> set[str]:
    """The inputs that any line of the deal's model looks at."""
    lines = model_of(deal).lines.values()
    return {
        node.path
        for line in lines
        for expr in (line.formula, line.start)
        for node in walk(expr)
        if isinstance(node, Input)
    }


def bound_paths(deal: Deal, path: str) -> tuple[str, ...]:
    """The inputs of the model that a field or table is bound to; the rates of the share are bound band by band."""
    share = deal.revenue_share
    if path == "revenue_share.rates":
        return tuple(f"revenue_share.rates_{band}" for band in range(len(share.bands)))
    if path == "revenue_share.bands":
        return tuple(f"revenue_share.bands[{band}]" for band in range(len(share.bands)))
    return (path,)


def changes_of(deal: Deal, term: Term, value: float) -> dict[str, object]:
    """What a term at a value changes, by path, in file units (months as text); no check is made."""
    value = float(value)  # plain numbers only: they are written into a deal and into sentences
    if term.scales:
        return {target: _scaled(value_at(deal, target), value, term.field) for target in term.targets}
    if term.field.unit is Unit.MONTH:
        return {term.path: month_text(round(value))}
    return {term.path: round(value) if term.whole else value}


def _scaled(value: object, factor: float, field: Field) -> object:
    if isinstance(value, tuple):
        return tuple(_scaled(entry, factor, field) for entry in value)
    if value is None:
        return None
    number = _as_number(value) * factor
    return round(number) if field.whole else number


def with_term(deal: Deal, path: str, value: float) -> Deal:
    """The deal with a term at a value.

    Raises:
        DealError: there is no such term, or the deal could not be used then.
    """
    return with_values(deal, changes_of(deal, term_at(deal, path), value))


def with_terms(deal: Deal, values: Sequence[tuple[str, object]]) -> Deal:
    """The deal with several terms at values, each on top of what the deal has: numbers as those of a `Term`, months
    counted; all else as the field at the path takes it.

    Raises:
        DealError: there is no such term or field, or the deal could not be used then.
    """
    changes: dict[str, object] = {}
    for path, value in values:
        if isinstance(value, int | float) and not isinstance(value, bool):
            changes |= changes_of(deal, term_at(deal, path), value)
        else:
            changes[path] = value
    return with_values(deal, changes)


def terms_text(deal: Deal, values: Sequence[tuple[str, object]]) -> str:
    """Terms at values in words, as `with_terms` takes them: `Debt: Target DSCR at 1.43 x and Costs: Rent at × 0.9`.

    Raises:
        DealError: there is no such term or field.
    """
    parts = []
    for path, value in values:
        if isinstance(value, int | float) and not isinstance(value, bool):
            term = term_at(deal, path)
            label, text = term.label.removesuffix(", factor"), term_text(deal, term, value)
        else:
            label, text = words_at(deal, path), text_of(field_at(deal, path), value, deal.currency)
        parts.append(f"{label} at {text}")
    return " and ".join(parts)


_QUARTER_PER_CENT, _CENT = 0.0025, 0.01
_PRICES = (Unit.PRICE_PER_GPU_HOUR, Unit.PRICE_PER_MTOKENS, Unit.PER_KWH, Unit.PER_KW_MONTH)


def negotiable_step(term: Term) -> float:
    """What people negotiate a term in: a quarter of a per cent, a cent, else the natural step of its field."""
    if term.field.unit in (Unit.FRACTION, Unit.RATE, Unit.SPREAD):
        return _QUARTER_PER_CENT
    if term.field.unit in _PRICES:
        return _CENT
    return 1.0 if term.field.unit is Unit.MONTH else term.field.step


def entered_changes(deal: Deal, path: str, value: float, step: float | None = None) -> dict[str, object]:
    """What entering a solved value changes: rounded to a step people negotiate in, a factor entry by entry.

    A value found for an internal target would tell the target to whoever reads it; a rounded one does not.

    Args:
        step: to round to; by default `negotiable_step`; 0 leaves the value as it is.
    """
    term = term_at(deal, path)
    step = negotiable_step(term) if step is None else step
    return {target: _rounded(each, step, term.field) for target, each in changes_of(deal, term, value).items()}


def entered(deal: Deal, path: str, value: float, step: float | None = None) -> Deal:
    """The deal with a solved value entered as `entered_changes` rounds it.

    Raises:
        DealError: there is no such term, or the deal could not be used then.
    """
    return with_values(deal, entered_changes(deal, path, value, step))


def _rounded(value: object, step: float, field: Field) -> object:
    if isinstance(value, tuple):
        return tuple(_rounded(entry, step, field) for entry in value)
    if not isinstance(value, float) or not step:
        return value
    rounded = round(round(value / step) * step, 12)
    low, high = field.low, field.high
    if low is not None and (rounded < low or (field.low_open and rounded == low)):
        return round(rounded + step, 12)
    return round(rounded - step, 12) if high is not None and rounded > high else rounded


def term_text(deal: Deal, term: Term, value: float) -> str:
    """A value of a term in words: `1.30 x`, `Jun 2028`, `12.5 %`; a factor as `x 1.100`."""
    if term.scales:
        return f"× {value:.4f}".rstrip("0").rstrip(".")
    if term.field.unit is Unit.MONTH:
        return text_of(term.field, month_text(round(value)), deal.currency)
    shown = float(f"{value:.6g}")
    text = number_text(term.field.unit, round(shown) if term.whole else shown)
    return f"{text} {term.unit}".strip()
