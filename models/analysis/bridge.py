"""Why a key figure moved from one state to another: the contribution of each difference, adding up exactly."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import factorial, fsum

import numpy as np
from numpy.typing import NDArray

from models.analysis.mixing import Group, Mixer, groups_of
from models.analysis.offer import base_figure_info
from models.analysis.trials import ENDING, Array, Cancelled, Progress, as_long, figures_in, never, unheard
from models.deal.problems import DealError
from models.deal.schema import Deal
from models.engine.case import evaluate
from models.engine.evaluate import CancelledError
from models.lines.binding import Inputs, bind
from models.lines.structure import structure_key

Masks = NDArray[np.int64]

MOST_EXACT = 12
"""Differences up to which every combination of them is evaluated."""
MOST_FIELDS = 40
"""Differences up to which each field stands for itself; where there are more, each part of the deal does."""
MOST_SHAPES = 4
"""Differences that change what the model is made of and are told apart; more of them become one."""
ORDERS = 64
"""Orders drawn where there are more; each is taken backward too."""
_SEED = 20_27


@dataclass(frozen=True)
class Step:
    """One difference of a bridge, or several that make no deal without each other, and what it contributes.

    Attributes:
        labels, changes: the fields and the difference in words, `3.15 → 3.30 $ per GPU-hour`, one for each of `paths`.
    """

    label: str
    paths: tuple[str, ...]
    labels: tuple[str, ...]
    changes: tuple[str, ...]
    amount: float
    internal: bool


@dataclass(frozen=True)
class Bridge:
    """A key figure from one state to another. The amounts of the steps add up to `after - before`.

    Attributes:
        rule: how the difference was attributed, in a sentence.
        note: what was taken together and why; "" where nothing was.
    """

    kpi: str
    label: str
    unit: str
    before: float
    after: float
    steps: tuple[Step, ...]
    rule: str
    note: str


_NO_RULE = "The two states do not differ in any field that the figure rests on."
_EXACT = (
    "Each contribution is the mean of what the difference adds over all orders in which the {count} differences can be "
    "made (Shapley value), so the order plays no part."
)
_SAMPLED = (
    "Each contribution is the mean of what the difference adds over {orders} orders in which the {count} differences "
    "can be made (Shapley value, {drawn} orders drawn from a fixed seed, each also backward)."
)
_ORDERED = "The differences are made one after the other in the order of the form; each contributes what it adds then."
_TOGETHER = "The differences are shown as one, because the figure does not exist for some of them alone."
_INSEPARABLE = "The differences are one step, because none of them makes a deal without the others."
_JOINED = "Some differences are shown together, because one makes no deal without the other."


def bridge(
    before: Deal,
    after: Deal,
    kpi: str,
    *,
    cancelled: Cancelled = never,
    progress: Progress = unheard,
) -> Bridge:
    """Attribute the change of a key figure to the differences of two states.

    Every combination of differences is a column where their number allows; combinations that change what the model is
    made of are models of their own.

    Raises:
        DealError: no such key figure (the nearest is named), or it does not exist in one of the states.
        CancelledError: `cancelled` said so.
        FiguresError: the numbers of a state lead to a figure beyond all measure.
    """
    info = base_figure_info(after, kpi)
    ends = [_value(deal, kpi, info.label) for deal in (before, after)]
    found = groups_of(before, after)
    if len(found) > MOST_FIELDS:
        found = groups_of(before, after, by_part=True)
    if not found:
        return Bridge(kpi, info.label, info.unit, ends[0], ends[1], (), _NO_RULE, "")
    groups, note = _usable(Mixer(before, after), found)
    values = _Values(before, groups, Mixer(before, after), kpi, cancelled, progress)
    amounts, rule = _attributed(values, len(groups))
    if len(groups) == 1 and len(found) > 1:
        rule, note = _INSEPARABLE, ""
    if amounts is None:
        amounts, rule, groups = [ends[1] - ends[0]], _TOGETHER, (_joined(groups),)
    amounts = _exact(amounts, ends[1] - ends[0])
    steps = tuple(_step(group, amount) for group, amount in zip(groups, amounts, strict=True))
    return Bridge(kpi, info.label, info.unit, ends[0], ends[1], steps, rule, note)


def _value(deal: Deal, kpi: str, label: str) -> float:
    case = evaluate(deal)
    value = case.kpis[kpi]
    if value is None:
        raise DealError(f"{label} does not exist in one of the two states: {case.reasons[kpi]}.")
    return float(value)


def _exact(amounts: Sequence[float], difference: float) -> list[float]:
    """The amounts with what rounding left over put to the largest, so that they add up."""
    result = list(amounts)
    largest = max(range(len(result)), key=lambda k: abs(result[k]))
    result[largest] += difference - fsum(result)
    return result


def _step(group: Group, amount: float) -> Step:
    words = tuple(move_words(change.before_text, change.after_text) for change in group.changes)
    labels = tuple(change.label for change in group.changes)
    return Step(group.label, group.paths, labels, words, amount, all(change.internal for change in group.changes))


def _joined(groups: Sequence[Group]) -> Group:
    if len(groups) == 1:
        return groups[0]
    labels = [group.label for group in groups]
    label = ", ".join(labels) if len(labels) < MOST_SHAPES else f"{labels[0]} and {len(labels) - 1} more"
    return Group(label, tuple(change for group in groups for change in group.changes))


def _usable(mixer: Mixer, groups: Sequence[Group]) -> tuple[tuple[Group, ...], str]:
    """Groups of which each makes a deal alone, is dispensable alone, and goes with each other one."""
    found = list(groups)
    note = ""
    while len(found) > 1 and (taken := _inseparable(mixer, found)):
        at = min(found.index(each) for each in taken)
        joined = _joined([each for each in found if each in taken])
        found = [each for each in found if each not in taken]
        found.insert(at, joined)
        note = _JOINED
    return tuple(found), note


def _inseparable(mixer: Mixer, groups: Sequence[Group]) -> list[Group]:
    """Some groups that must be made together, as few as can be told; none where each may be made alone."""

    def made(some: Collection[Group]) -> bool:
        return mixer.deal(some) is not None

    def left_out(some: Collection[Group]) -> bool:
        return mixer.deal([each for each in groups if each not in some]) is not None

    for group in groups:
        for holds in (made, left_out):
            if not holds([group]):
                others = (each for each in groups if each is not group)
                pair = next(([group, each] for each in others if made([group, each]) and left_out([group, each])), None)
                return pair or _needed(groups, [group], holds)
    for pair in map(list, combinations(groups, 2)):
        if not made(pair):
            return _needed(groups, pair, made)
    return []


def _needed(groups: Sequence[Group], core: Sequence[Group], holds: Callable[[Collection[Group]], bool]) -> list[Group]:
    """Some groups with those without which they do not hold, found by doing without each other one in turn."""
    taken = list(groups)
    for group in groups:
        fewer = [each for each in taken if each is not group]
        if group not in core and holds(fewer):
            taken = fewer
    return taken


class _Values:
    """The key figure for any combination of groups, a bit for each."""

    def __init__(
        self,
        before: Deal,
        groups: Sequence[Group],
        mixer: Mixer,
        kpi: str,
        cancelled: Cancelled,
        progress: Progress,
    ) -> None:
        self._groups = groups
        self._mixer = mixer
        self._kpi = kpi
        self._cancelled = cancelled
        self._progress = progress
        shape = _shape(before)
        self._shaping = sum(1 << k for k, group in enumerate(groups) if self._shape_of([group]) != shape)
        everything = self._shape_of(groups)
        self._shaping |= sum(
            1 << k
            for k, group in enumerate(groups)
            if self._shape_of([each for each in groups if each is not group]) != everything
        )

    def _shape_of(self, groups: Sequence[Group]) -> object:
        deal = self._mixer.deal(groups)
        return None if deal is None else _shape(deal)

    @property
    def shapes(self) -> int:
        """How many groups change what the model is made of."""
        return self._shaping.bit_count()

    def at(self, masks: Masks) -> Array:
        """The figure for each combination, NaN where it does not exist or no deal could be so."""
        values = np.full(len(masks), np.nan)
        kinds = masks & self._shaping
        different = np.unique(kinds)
        for done, kind in enumerate(different):
            if self._cancelled():
                raise CancelledError
            where = np.flatnonzero(kinds == kind)
            base = self._deal(int(kind))
            if base is not None:
                values[where] = self._columns(base, int(kind), masks[where])
            self._progress((done + 1) / len(different))
        return values

    def _deal(self, mask: int) -> Deal | None:
        return self._mixer.deal([group for k, group in enumerate(self._groups) if mask >> k & 1])

    def _columns(self, base: Deal, kind: int, masks: Masks) -> Array:
        inputs: Inputs = bind(base)
        plain = dict(inputs)
        for k in range(len(self._groups)):
            if self._shaping >> k & 1:
                continue
            with_it = self._deal(kind | 1 << k)
            if with_it is None:
                return np.full(len(masks), np.nan)
            made = (masks >> k & 1).astype(bool)
            for path, value in _changed(plain, bind(with_it)).items():
                inputs[path] = _chosen(inputs[path], value, made, ends=path.endswith(ENDING))
        figures = figures_in(base, inputs, len(masks), [self._kpi], cancelled=self._cancelled)
        return figures.values[self._kpi]


def _shape(deal: Deal) -> object:
    return structure_key(deal), deal.months


def _changed(old: Mapping[str, Array | float], new: Inputs) -> Inputs:
    return {path: value for path, value in new.items() if not np.array_equal(old[path], value)}


def _chosen(old: Array | float, new: Array | float, made: NDArray[np.bool_], *, ends: bool) -> Array:
    """One value where the difference is made, the other where not; tables of different length go on alike."""
    left, right = (each if isinstance(each, np.ndarray) else np.full((1, 1), each) for each in (old, new))
    longest = max(len(left), len(right))
    left, right = (as_long(each, longest, ends=ends) for each in (left, right))
    return np.where(made[None, :], right, left)


def _attributed(values: _Values, count: int) -> tuple[list[float] | None, str]:
    if count <= MOST_EXACT and values.shapes <= MOST_SHAPES:
        found = values.at(np.arange(1 << count, dtype=np.int64))
        if not np.isnan(found).any():
            return _shapley(found, count), _EXACT.format(count=count) if count > 1 else _ONE
    elif values.shapes <= MOST_SHAPES:
        sampled = _sampled(values, count)
        if sampled is not None:
            return sampled, _SAMPLED.format(orders=2 * ORDERS, drawn=ORDERS, count=count)
    steps = values.at(np.array([(1 << k) - 1 for k in range(count + 1)], dtype=np.int64))
    return (None, "") if np.isnan(steps).any() else (np.diff(steps).tolist(), _ORDERED)


_ONE = "There is one difference, and it makes all of the change."


def _shapley(values: Array, count: int) -> list[float]:
    masks = np.arange(1 << count)
    sizes = np.array([int(mask).bit_count() for mask in masks])
    weights = np.array([factorial(s) * factorial(count - s - 1) / factorial(count) for s in range(count)])
    amounts = []
    for k in range(count):
        without = masks[masks >> k & 1 == 0]
        added = values[without | 1 << k] - values[without]
        amounts.append(float((weights[sizes[without]] * added).sum()))
    return amounts


def _sampled(values: _Values, count: int) -> list[float] | None:
    rng = np.random.default_rng(_SEED)
    drawn = [rng.permutation(count) for _ in range(ORDERS)]
    orders = np.array([order for each in drawn for order in (each, each[::-1])])
    prefixes = np.zeros((len(orders), count + 1), dtype=np.int64)
    prefixes[:, 1:] = np.cumsum(1 << orders.astype(np.int64), axis=1)
    masks, where = np.unique(prefixes, return_inverse=True)
    found = values.at(masks)[where.reshape(prefixes.shape)]
    if np.isnan(found).any():
        return None
    added = np.diff(found, axis=1)
    return [float(added[orders == k].mean()) for k in range(count)]


def move_words(before: str, after: str) -> str:
    """From one value to another with a unit that both share said once: `3.15 → 3.30 $ per GPU-hour`."""
    first, second = before.split(" "), after.split(" ")
    if first[1:] == second[1:] and all(words[0][-1:].isdigit() for words in (first, second)):
        return f"{first[0]} → {after}"
    return f"{before} → {after}"
