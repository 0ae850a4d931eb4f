"""What a bridge and a comparison say: the finding in a sentence, and figures in the units they are shown in."""

from __future__ import annotations

from dataclasses import dataclass

from models.analysis.bridge import Bridge, Step
from models.analysis.compare import FieldChange, SideBySide, bare, field_changes, side_by_side
from models.analysis.offer import thresholds
from models.analysis.pictures import lower, short_labels
from models.analysis.scales import Scale, figure_scale
from models.analysis.trials import Cancelled, never
from models.deal.months import month_label, month_number, month_text
from models.deal.schema import Deal

_NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")


@dataclass(frozen=True)
class BridgeRow:
    """One contribution in the unit shown; `note` says what changed, `text` the contribution with its sign."""

    name: str
    note: str
    value: float
    text: str
    paths: tuple[str, ...]
    internal: bool


@dataclass(frozen=True)
class BridgePicture:
    """A bridge ready to be drawn. `before` and `after` are levels; `limits` are values that matter near them.

    `found` holds the figures it was made of, in their own units, and `states` the deals before and after.
    """

    kpi: str
    label: str
    title: str
    rule: str
    note: str
    unit: str
    change_unit: str
    decimals: int
    before: float
    after: float
    rows: tuple[BridgeRow, ...]
    limits: tuple[tuple[float, str], ...]
    fields: tuple[FieldChange, ...]
    summary: str
    found: Bridge
    states: tuple[Deal, Deal]


def bridge_picture(before: Deal, after: Deal, found: Bridge) -> BridgePicture:
    """A bridge in words and in the unit of its key figure, with every difference of the two states."""
    scale = figure_scale(after, found.kpi)
    rows = tuple(_row(step, scale) for step in found.steps)
    moved = scale.shown(found.after) - scale.shown(found.before)
    title = _title(found, rows, scale, moved)
    ends = (scale.shown(found.before), scale.shown(found.after))
    reach = max(ends) - min(ends)
    near = [(scale.shown(each.value), each) for each in thresholds(after, found.kpi)]
    limits = tuple(
        (value, f"{each.label} {scale.figure(each.value)}")
        for value, each in near
        if min(ends) - reach <= value <= max(ends) + reach
    )
    return BridgePicture(
        found.kpi, found.label, title, found.rule, found.note, scale.unit, scale.change_unit, scale.fine,
        ends[0], ends[1], rows, limits, field_changes(before, after), f"{title}. {found.rule}", found, (before, after),
    )  # fmt: skip


def _row(step: Step, scale: Scale) -> BridgeRow:
    note = step.changes[0] if len(step.changes) == 1 else f"{len(step.changes)} changes"
    return BridgeRow(step.label, note, step.amount * scale.factor, scale.change(step.amount), step.paths, step.internal)


def _title(found: Bridge, rows: tuple[BridgeRow, ...], scale: Scale, moved: float) -> str:
    name = lower(found.label)
    if not rows:
        return f"Nothing that the {name} rests on has changed"
    count = _NUMBERS[len(rows)] if len(rows) < len(_NUMBERS) else str(len(rows))
    change = "change" if len(rows) == 1 else "changes"
    if round(moved, scale.fine) == 0:
        return f"{count} {change} leave the {name} where it was"
    verb = ("lifts" if moved > 0 else "lowers") if len(rows) == 1 else ("lift" if moved > 0 else "lower")
    size = f"{abs(moved):,.{scale.fine}f} {scale.change_unit}".strip()
    most = max(rows, key=lambda row: row.value if moved > 0 else -row.value)
    (short,) = short_labels([most.name])
    end = f"; {lower(short)} does most" if len(rows) > 1 else ""
    return f"{count} {change} {verb} the {name} by {size}{end}"


@dataclass(frozen=True)
class StateFigure:
    """One key figure over all states, in the unit shown, and its differences from the first state, None where none.

    `texts` stand in place of figures that are read as words, such as a month; else they are empty.
    """

    name: str
    label: str
    decimals: int
    values: tuple[float | None, ...]
    changes: tuple[float | None, ...]
    texts: tuple[str, ...]
    reasons: tuple[str, ...]
    internal: bool


@dataclass(frozen=True)
class StateField:
    """One field in which some state differs from the first, in words for every state."""

    path: str
    label: str
    texts: tuple[str, ...]
    internal: bool


@dataclass(frozen=True)
class StatesPicture:
    """States of a deal side by side; the first is what the others are compared with."""

    names: tuple[str, ...]
    deals: tuple[Deal, ...]
    figures: tuple[StateFigure, ...]
    fields: tuple[StateField, ...]


def states_picture(states: tuple[tuple[str, Deal], ...], *, cancelled: Cancelled = never) -> StatesPicture:
    """The key figures of any number of states and every field in which they differ from the first."""
    found = side_by_side([(name, bare(deal)) for name, deal in states], cancelled=cancelled)
    first = states[0][1]
    figures = tuple(_figure(first, found, info.name) for info in found.figures if info.unit != "1 or 0")
    fields: dict[str, dict[int, FieldChange]] = {}
    for at, (_, deal) in enumerate(states[1:], start=1):
        for change in field_changes(first, deal):
            fields.setdefault(change.path, {})[at] = change
    rows = tuple(_field(path, changes, len(states)) for path, changes in fields.items())
    return StatesPicture(found.names, tuple(deal for _, deal in states), figures, rows)


def _figure(first: Deal, found: SideBySide, name: str) -> StateFigure:
    (info,) = (each for each in found.figures if each.name == name)
    scale = figure_scale(first, name)
    values = found.values[name]
    base = values[0]
    shown = tuple(scale.shown_or_none(value) for value in values)
    changes = tuple(None if base is None or v is None else scale.factor * (v - base) for v in values)
    month = info.unit == "month number"
    unit = f", {scale.unit}" if scale.unit and not month else ""
    first_month = month_number(first.start)
    texts = tuple("" if v is None else month_label(month_text(first_month + round(v))) for v in values) if month else ()
    return StateFigure(
        name, f"{info.label}{unit}", scale.decimals, shown, changes, texts, found.reasons[name], info.internal
    )


def _field(path: str, changes: dict[int, FieldChange], count: int) -> StateField:
    one = next(iter(changes.values()))
    texts = tuple(changes[at].after_text if at in changes else one.before_text for at in range(count))
    return StateField(path, one.label, texts, one.internal)
