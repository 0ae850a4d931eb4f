"""Two states of a deal side by side: the fields in which they differ, and how each key figure moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.analysis.offer import FigureInfo, figures_on_offer
from models.analysis.trials import Cancelled, figures_of_deals, never
from models.deal.differences import Difference, differences
from models.deal.field import Field
from models.deal.part import Part
from models.deal.place import locate, steps_of
from models.deal.schema import Deal
from models.deal.stack import base_fields
from models.deal.values import brief, raw_text, segment_label, text_of

_LEGIBLE = 12
"""Digits shown of a number; those behind are the dust of floating point, as in 3.4100000000000006."""


@dataclass(frozen=True)
class FieldChange:
    """A field in which two states differ; texts are in the units of the screen."""

    path: str
    label: str
    before: object
    after: object
    before_text: str
    after_text: str
    internal: bool


@dataclass(frozen=True)
class FigureChange:
    """A key figure of two states; None where it does not exist, and then why. `change` needs both."""

    name: str
    label: str
    unit: str
    before: float | None
    after: float | None
    change: float | None
    reason: str
    internal: bool


@dataclass(frozen=True)
class Comparison:
    """Everything in which two states differ. Scenarios of the deals are no part of it."""

    fields: tuple[FieldChange, ...]
    figures: tuple[FigureChange, ...]


def compare(before: Deal, after: Deal, *, cancelled: Cancelled = never) -> Comparison:
    """Compare two states of a deal: scenarios, saved versions, files.

    Raises:
        CancelledError: `cancelled` said so.
    """
    infos = figures_on_offer(after)
    found = figures_of_deals([before, after], [info.name for info in infos], cancelled=cancelled)
    figures = []
    for info in infos:
        left, right = found.at(info.name, 0), found.at(info.name, 1)
        why = next((reason for reason in found.reasons[info.name] if reason), "")
        change = right - left if left is not None and right is not None else None
        figures.append(FigureChange(info.name, info.label, info.unit, left, right, change, why, info.internal))
    return Comparison(field_changes(before, after), tuple(figures))


def field_changes(before: Deal, after: Deal) -> tuple[FieldChange, ...]:
    """Every field in which two deals differ, in words, in the order of the file, scenarios apart."""
    return tuple(_in_words(before, after, each) for each in differences(bare(before), bare(after)))


def bare(deal: Deal) -> Deal:
    """The deal without its scenarios."""
    return deal if deal.scenarios is None else deal.model_copy(update={"scenarios": None})


def _in_words(before: Deal, after: Deal, each: Difference) -> FieldChange:
    owner = before if isinstance(each.before, Part) else after
    what = locate(base_fields(owner), steps_of(each.path)).what
    field = what if isinstance(what, Field) else None
    texts = [_text(field, brief(value, _LEGIBLE), owner.currency) for value in (each.before, each.after)]
    if texts[0] == texts[1]:  # they differ in digits that nobody reads
        texts = [_text(field, value, owner.currency) for value in (each.before, each.after)]
    internal = field is not None and field.internal
    return FieldChange(each.path, each.label, each.before, each.after, texts[0], texts[1], internal)


def _text(field: Field | None, value: object, currency: str) -> str:
    if field is not None:
        return (
            text_of(field if isinstance(value, tuple) else field.element, value, currency)
            if (value is not None or field.optional)
            else "none"
        )
    if isinstance(value, Part):
        name = getattr(value, "name", None) or segment_label(getattr(value, "segment", ""))
        return f"with {name}"
    return "without" if value is None else raw_text(value)


@dataclass(frozen=True)
class SideBySide:
    """Key figures of any number of states, by name of the figure one for each state, None where one does not exist."""

    names: tuple[str, ...]
    figures: tuple[FigureInfo, ...]
    values: dict[str, tuple[float | None, ...]]
    reasons: dict[str, tuple[str, ...]]


def side_by_side(
    states: Sequence[tuple[str, Deal]], kpis: Sequence[str] | None = None, *, cancelled: Cancelled = never
) -> SideBySide:
    """The key figures of states of a deal, each with its name, by default all figures.

    Raises:
        CancelledError: `cancelled` said so.
    """
    deals = [deal for _, deal in states]
    infos = [info for info in figures_on_offer(deals[0]) if kpis is None or info.name in kpis]
    found = figures_of_deals(deals, [info.name for info in infos], cancelled=cancelled)
    places = range(len(deals))
    return SideBySide(
        tuple(name for name, _ in states),
        tuple(infos),
        {info.name: tuple(found.at(info.name, k) for k in places) for info in infos},
        {info.name: tuple(found.reasons[info.name][k] or "" for k in places) for info in infos},
    )
