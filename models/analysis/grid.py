"""Two terms at once: a key figure over a grid, with the line along which it meets a threshold."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan

import numpy as np

from models.analysis.contours import Point, contours
from models.analysis.offer import figure_info
from models.analysis.ranges import clipped_range, spread_range, steps_between
from models.analysis.sensitivity import RESHAPING
from models.analysis.simulated import is_simulated, simulated_figures
from models.analysis.terms import Term, changes_of, term_at
from models.analysis.trials import Array, Cancelled, Figures, Progress, Trials, never, refusal, unheard
from models.deal.paths import with_values
from models.deal.problems import DealError
from models.deal.schema import Deal

STEPS, SIMULATED_STEPS = 41, 9
SPREAD = 0.4


@dataclass(frozen=True)
class Axis:
    """One term of a grid with its values in file units, ascending, and its value in the deal."""

    path: str
    label: str
    unit: str
    values: tuple[float, ...]
    base: float
    note: str


@dataclass(frozen=True)
class Grid:
    """A key figure over two terms.

    Attributes:
        values: rows by y, columns by x; None where the figure does not exist.
        base: the figure of the deal as it is.
        threshold: the value of the contour; None without one.
        contours: lines of (x, y) along which the figure has that value.
    """

    x: Axis
    y: Axis
    kpi: str
    label: str
    unit: str
    values: tuple[tuple[float | None, ...], ...]
    base: float | None
    threshold: float | None
    contours: tuple[tuple[Point, ...], ...]


def grid(
    deal: Deal,
    x: str,
    y: str,
    kpi: str,
    *,
    x_range: tuple[float, float] | None = None,
    y_range: tuple[float, float] | None = None,
    steps: int | None = None,
    threshold: float | None = None,
    paths: int | None = None,
    seed: int | None = None,
    cancelled: Cancelled = never,
    progress: Progress = unheard,
) -> Grid:
    """A key figure at every pair of values of two terms, all pairs columns of one evaluation.

    Args:
        x_range, y_range: low and high in file units, clipped to what is allowed; by default 40 % less and more.
        steps: values of each axis, by default 41, of a measure of risk 9; whole numbers stand once each.
        threshold: value of the figure whose contour is wanted.
        paths, seed: of a measure of risk; every pair is simulated on the same paths.

    Raises:
        DealError: no such term or key figure, or twice the same term.
        CancelledError: `cancelled` said so.
    """
    info = figure_info(deal, kpi)
    many = (SIMULATED_STEPS if is_simulated(kpi) else STEPS) if steps is None else steps
    first, second = axis_of(deal, x, x_range, many), axis_of(deal, y, y_range, many)
    terms = terms_of(deal, x, y)
    xs, ys = np.array(first.values), np.array(second.values)
    columns = [np.tile(xs, len(ys)), np.repeat(ys, len(xs))]
    pairs = (columns[0], columns[1])
    if is_simulated(kpi):
        deals = _deals_of(deal, terms, pairs)
        found = simulated_figures(deals, kpi, paths=paths, seed=seed, cancelled=cancelled, progress=progress)
    else:
        found = at_pairs(deal, terms, pairs, (kpi,), cancelled=cancelled, progress=progress)
    values = found.values[kpi][:-1].reshape(len(ys), len(xs))
    lines = contours(first.values, second.values, values.tolist(), threshold) if threshold is not None else ()
    shown = tuple(tuple(None if np.isnan(each) else float(each) for each in row) for row in values)
    base = found.at(kpi, -1)
    return Grid(first, second, kpi, info.label, info.unit, shown, base, threshold, lines)


def _deals_of(deal: Deal, terms: tuple[Term, Term], values: tuple[Array, Array]) -> list[Deal | None]:
    """The deal of each pair, None where it could not be used, and at the end the deal as it is."""
    deals: list[Deal | None] = []
    for pair in zip(*(column.tolist() for column in values), strict=True):
        try:
            deals.append(with_values(deal, _changes(deal, terms, pair)))
        except DealError:
            deals.append(None)
    return [*deals, deal]


def terms_of(deal: Deal, x: str, y: str) -> tuple[Term, Term]:
    """Two terms that change different numbers; DealError where they do not."""
    terms = term_at(deal, x), term_at(deal, y)
    if any(_covers(a, b) or _covers(b, a) for a in terms[0].targets for b in terms[1].targets):
        raise DealError(f'"{x}" and "{y}" change the same number; choose two different terms.')
    return terms


def _covers(path: str, other: str) -> bool:
    return other == path or other.startswith((f"{path}[", f"{path}."))


def axis_of(deal: Deal, path: str, given: tuple[float, float] | None, steps: int) -> Axis:
    """One term as an axis; DealError where it has no range."""
    term = term_at(deal, path)
    if path in RESHAPING:
        raise DealError(f"{term.label} ({path}) decides the length of the model and cannot be an axis of a grid.")
    found = spread_range(deal, term, SPREAD) if given is None else clipped_range(deal, term, *given)
    values = steps_between(term, min(found.low, found.high), max(found.low, found.high), steps)
    if len(values) < 2 or values[0] == values[-1]:
        raise DealError(f"{term.label} ({path}) needs two ends that differ.")
    return Axis(path, term.label, term.unit, tuple(values.tolist()), term.base or 0.0, found.note)


def at_pairs(
    deal: Deal,
    terms: tuple[Term, Term],
    values: tuple[Array, Array],
    kpis: tuple[str, ...],
    *,
    cancelled: Cancelled = never,
    progress: Progress = unheard,
) -> Figures:
    """Key figures for pairs of values of two terms, and in one more column, the last, for the deal as it is.

    Where the deal could not be used there is none and the reason says why. What is allowed for two terms together is
    tried at the corners first: where all four are allowed, so is what lies between them.
    """
    count = len(values[0])
    trials = Trials(deal, count + 1)
    for term, column in zip(terms, values, strict=True):
        trials.put(term, column, slice(0, count))
    found = trials.figures(kpis, cancelled=cancelled, progress=progress)
    corners = [(a, b) for a in (values[0].min(), values[0].max()) for b in (values[1].min(), values[1].max())]
    if not any(_refused(deal, terms, pair) for pair in corners):
        return found
    refused = [_refused(deal, terms, pair) for pair in zip(*(column.tolist() for column in values), strict=True)]
    gone = np.array([*(bool(why) for why in refused), False])
    return Figures(
        {kpi: np.where(gone, nan, found.values[kpi]) for kpi in kpis},
        {
            kpi: tuple(why or reason for why, reason in zip([*refused, ""], found.reasons[kpi], strict=True))
            for kpi in kpis
        },
    )


def _refused(deal: Deal, terms: tuple[Term, Term], pair: tuple[float, ...]) -> str:
    return refusal(deal, _changes(deal, terms, pair))


def _changes(deal: Deal, terms: tuple[Term, Term], pair: tuple[float, ...]) -> dict[str, object]:
    return {
        path: changed
        for term, value in zip(terms, pair, strict=True)
        for path, changed in changes_of(deal, term, value).items()
    }
