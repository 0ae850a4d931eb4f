"""Sensitivity of a key figure: each input moved down and up on its own, ranked; and one input swept over a range."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan

import numpy as np

from models.analysis.offer import base_figure_info, figure_info
from models.analysis.ranges import Range, allowed_range, clipped_range, spread_range, steps_between
from models.analysis.simulated import is_simulated, simulated_figures
from models.analysis.terms import (
    Term,
    changes_of,
    term_at,
    term_text,
    terms_on_offer,
)
from models.analysis.trials import (
    Array,
    Cancelled,
    Figures,
    Progress,
    Trials,
    figures_of_deals,
    never,
    refusal,
    unheard,
)
from models.deal.field import Field, Unit
from models.deal.paths import field_at, value_at, with_value, with_values, words_at
from models.deal.problems import DealError
from models.deal.schema import Deal
from models.deal.values import text_of

SPREAD = 0.1
"""Part of itself by which an input is moved where nothing else is said."""
RESHAPING = frozenset({"months"})
"""Numbers that decide the shape of the model itself, evaluated as deals of their own."""


@dataclass(frozen=True)
class Swing:
    """An input with ends of its own, None for the usual ones. Words and yes-or-no fields take their choices."""

    path: str
    low: object = None
    high: object = None


@dataclass(frozen=True)
class End:
    """One end of a bar: the value of the input, in file units and in words, and what the key figure is there.

    `figure` and `change` (against the base) are None where the figure does not exist; then `note` says why.
    """

    value: object
    text: str
    figure: float | None
    change: float | None
    note: str = ""


@dataclass(frozen=True)
class Bar:
    """One input of a tornado. `swing` is the distance between the two ends of the figure; `note` tells of clipping."""

    path: str
    label: str
    unit: str
    base_text: str
    low: End
    high: End
    swing: float
    note: str
    internal: bool


@dataclass(frozen=True)
class Tornado:
    """How a key figure moves with each input alone, the largest swing first.

    Attributes:
        base: the figure of the deal as it is; None where it does not exist, and then `missing` says why.
        left_out: inputs that could not be moved, with the reason.
    """

    kpi: str
    label: str
    unit: str
    base: float | None
    missing: str
    spread: float
    bars: tuple[Bar, ...]
    left_out: tuple[tuple[str, str], ...] = ()


def usual_inputs(deal: Deal) -> tuple[str, ...]:
    """The inputs a tornado moves where none are chosen: what all items of a list share, and every other number."""
    return tuple(term.path for term in terms_on_offer(deal, each_item=False))


def tornado(
    deal: Deal,
    kpi: str,
    inputs: Sequence[str | Swing] | None = None,
    *,
    spread: float = SPREAD,
    by_range: bool = False,
    paths: int | None = None,
    seed: int | None = None,
    cancelled: Cancelled = never,
    progress: Progress = unheard,
) -> Tornado:
    """Move each input down and up alone and rank them by how far the key figure moves.

    All numbers are columns of one evaluation; words and yes-or-no fields are evaluated as deals of their own.

    Args:
        inputs: term paths, or `Swing` with ends of one's own; by default `usual_inputs`, those without effect left out.
        spread: part of itself by which an input moves; months move by that part of a year. Ends that are not allowed
            are clipped, and the bar says so.
        by_range: move parts of a whole over all that their field allows.
        paths, seed: of a measure of risk; every end is simulated on the same paths.

    Raises:
        DealError: no such key figure or input; the nearest is named.
        CancelledError: `cancelled` said so.
    """
    info = figure_info(deal, kpi)
    chosen = usual_inputs(deal) if inputs is None else inputs
    swings = [each if isinstance(each, Swing) else Swing(each) for each in chosen]
    moves: list[_Move] = []
    left_out: list[tuple[str, str]] = []
    for swing in swings:
        found = _move(deal, swing, spread, by_range=by_range)
        if isinstance(found, str):
            left_out.append((swing.path, found))
        else:
            moves.append(found)
    if is_simulated(kpi):
        base, ends = _simulated(deal, moves, kpi, paths, seed, cancelled, progress)
    else:
        base, ends = _evaluated(deal, moves, kpi, cancelled, progress)
    value, missing = base
    bars = [_bar(move, pair, value) for move, pair in zip(moves, ends, strict=True)]
    if inputs is None:
        bars = [bar for bar in bars if bar.swing > 0 or bar.low.figure is None or bar.high.figure is None]
    bars.sort(key=lambda bar: -bar.swing)
    return Tornado(kpi, info.label, info.unit, value, missing, spread, tuple(bars), tuple(left_out))


@dataclass(frozen=True)
class _Move:
    """An input with its two ends: values of a term, or changes that make a deal of its own."""

    path: str
    label: str
    unit: str
    base_text: str
    ends: tuple[object, object]
    texts: tuple[str, str]
    note: str
    internal: bool
    term: Term | None = None
    numbers: tuple[float, float] = (0.0, 0.0)


def _move(deal: Deal, swing: Swing, spread: float, *, by_range: bool) -> _Move | str:
    field = None if swing.path.endswith("*") or "[]" in swing.path else _field(deal, swing.path)
    if field is not None and not field.unit.numeric and field.unit is not Unit.MONTH:
        return _choice(deal, swing)
    term = term_at(deal, swing.path)
    if term.base is None:
        return f'It is "{term.field.none_word}" in this deal.'
    usual = allowed_range(deal, term, spread) if by_range else spread_range(deal, term, spread)
    low, high = usual.low, usual.high
    note = usual.note
    if swing.low is not None or swing.high is not None:
        own = Range(low, high)
        own = clipped_range(
            deal,
            term,
            own.low if swing.low is None else _number(swing.low, swing.path),
            own.high if swing.high is None else _number(swing.high, swing.path),
        )
        low, high, note = own.low, own.high, own.note
    if low == high == term.base:
        return "It is 0 in this deal, so a part of it moves nothing; give it ends of its own."
    texts = term_text(deal, term, low), term_text(deal, term, high)
    base_text = term_text(deal, term, term.base)
    reshapes = swing.path in RESHAPING
    return _Move(
        swing.path, term.label, term.unit, base_text, (low, high), texts, note, term.internal,
        None if reshapes else term, (low, high),
    )  # fmt: skip


def _field(deal: Deal, path: str) -> Field | None:
    try:
        return field_at(deal, path)
    except DealError:
        return None


def _number(value: object, path: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise DealError(f'The ends of "{path}" must be numbers.')
    return float(value)


def _choice(deal: Deal, swing: Swing) -> _Move | str:
    field, label, value = field_at(deal, swing.path), words_at(deal, swing.path), value_at(deal, swing.path)
    if field.unit is Unit.TEXT:
        return f"{label} is a text, and no figure rests on it."
    if swing.low is None and swing.high is None:
        if not isinstance(value, bool):
            return f"{label} is no number; give it ends of its own."
        swing = Swing(swing.path, not value, not value)
    ends = (value if swing.low is None else swing.low, value if swing.high is None else swing.high)
    texts = (text_of(field, ends[0], deal.currency), text_of(field, ends[1], deal.currency))
    return _Move(swing.path, label, "", text_of(field, value, deal.currency), ends, texts, "", field.internal)


_Ends = tuple[tuple[float | None, str], tuple[float | None, str]]


def _evaluated(
    deal: Deal, moves: Sequence[_Move], kpi: str, cancelled: Cancelled, progress: Progress
) -> tuple[tuple[float | None, str], list[_Ends]]:
    """The base and for each move both ends: the figure, or None and why."""
    trials = Trials(deal, 1 + 2 * len(moves))
    refused: dict[tuple[int, int], str] = {}
    others: list[tuple[int, int, Deal]] = []
    for k, move in enumerate(moves):
        for end, value in enumerate(move.ends):
            changes = changes_of(deal, move.term, move.numbers[end]) if move.term else {move.path: value}
            why = refusal(deal, changes)
            if why:
                refused[k, end] = why
            elif move.term:
                trials.put(move.term, np.array([move.numbers[end]]), [1 + 2 * k + end])
            else:
                others.append((k, end, with_values(deal, changes)))
    found = trials.figures([kpi], cancelled=cancelled, progress=progress)
    apart = figures_of_deals([each for *_, each in others], [kpi], cancelled=cancelled) if others else None
    ends: list[list[tuple[float | None, str]]] = [
        [_figure(found, kpi, 1 + 2 * k + end) for end in (0, 1)] for k in range(len(moves))
    ]
    for (k, end), why in refused.items():
        ends[k][end] = (None, why)
    for at, (k, end, _) in enumerate(others):
        assert apart is not None
        ends[k][end] = _figure(apart, kpi, at)
    return _figure(found, kpi, 0), [(pair[0], pair[1]) for pair in ends]


def _simulated(
    deal: Deal,
    moves: Sequence[_Move],
    kpi: str,
    paths: int | None,
    seed: int | None,
    cancelled: Cancelled,
    progress: Progress,
) -> tuple[tuple[float | None, str], list[_Ends]]:
    """The same for a measure of risk, each end a deal of its own on the same paths."""
    deals: list[Deal | None] = [deal]
    refused: list[str] = [""]
    for move in moves:
        for end, value in enumerate(move.ends):
            changes = changes_of(deal, move.term, move.numbers[end]) if move.term else {move.path: value}
            why = refusal(deal, changes)
            refused.append(why)
            deals.append(None if why else with_values(deal, changes))
    found = simulated_figures(deals, kpi, paths=paths, seed=seed, cancelled=cancelled, progress=progress)
    read = [(found.at(kpi, k), refused[k] or found.reasons[kpi][k] or "") for k in range(len(deals))]
    return read[0], [(read[1 + 2 * k], read[2 + 2 * k]) for k in range(len(moves))]


def _figure(figures: Figures, kpi: str, column: int) -> tuple[float | None, str]:
    return figures.at(kpi, column), figures.reasons[kpi][column] or ""


def _bar(move: _Move, ends: _Ends, base: float | None) -> Bar:
    made = [
        End(value, text, figure, None if figure is None or base is None else figure - base, why)
        for value, text, (figure, why) in zip(move.ends, move.texts, ends, strict=True)
    ]
    known = [figure for figure in (base, made[0].figure, made[1].figure) if figure is not None]
    swing = max(known, default=0.0) - min(known, default=0.0)
    return Bar(move.path, move.label, move.unit, move.base_text, made[0], made[1], swing, move.note, move.internal)


@dataclass(frozen=True)
class Sweep:
    """Key figures over a range of one term.

    Attributes:
        values: of the term, in file units.
        figures: by key figure, one for each value, None where it does not exist.
        note: what was clipped.
    """

    path: str
    label: str
    unit: str
    base: float
    values: tuple[float, ...]
    figures: dict[str, tuple[float | None, ...]]
    note: str = ""


def sweep(
    deal: Deal,
    path: str,
    kpis: Sequence[str],
    low: float | None = None,
    high: float | None = None,
    *,
    steps: int = 41,
    spread: float = 0.5,
    cancelled: Cancelled = never,
    progress: Progress = unheard,
) -> Sweep:
    """Key figures at every step of a term between two ends, by default half of it less and more.

    Raises:
        DealError: no such term or key figure, or the term has no value in this deal.
        CancelledError: `cancelled` said so.
    """
    for kpi in kpis:
        base_figure_info(deal, kpi)
    term = term_at(deal, path)
    usual = spread_range(deal, term, spread)
    if low is not None or high is not None:
        usual = clipped_range(deal, term, usual.low if low is None else low, usual.high if high is None else high)
    values = steps_between(term, usual.low, usual.high, steps)
    found = at_values(deal, term, values, kpis, cancelled=cancelled, progress=progress)
    figures = {kpi: tuple(found.at(kpi, k) for k in range(len(values))) for kpi in kpis}
    return Sweep(path, term.label, term.unit, term.base or 0.0, tuple(values.tolist()), figures, usual.note)


def at_values(
    deal: Deal,
    term: Term,
    values: Array,
    kpis: Sequence[str],
    *,
    cancelled: Cancelled = never,
    progress: Progress = unheard,
) -> Figures:
    """Key figures at values of one term; where the deal could not be used there is none, and the reason says why.

    What is allowed for one term is an interval, so where both ends are allowed all between them are.
    """
    if term.path in RESHAPING:
        refused = [refusal(deal, changes_of(deal, term, value)) for value in values.tolist()]
        usable = [
            deal if why else with_value(deal, term.path, round(value))
            for why, value in zip(refused, values.tolist(), strict=True)
        ]
        found = figures_of_deals(usable, kpis, cancelled=cancelled, progress=progress)
    else:
        trials = Trials(deal, len(values))
        trials.put(term, values)
        found = trials.figures(kpis, cancelled=cancelled, progress=progress)
        if not any(refusal(deal, changes_of(deal, term, value)) for value in (values.min(), values.max())):
            return found
        refused = [refusal(deal, changes_of(deal, term, value)) for value in values.tolist()]
    gone = np.array([bool(why) for why in refused])
    return Figures(
        {kpi: np.where(gone, nan, found.values[kpi]) for kpi in kpis},
        {kpi: tuple(why or reason for why, reason in zip(refused, found.reasons[kpi], strict=True)) for kpi in kpis},
    )
