"""Find the term: the value of a number of a deal at which a key figure meets a target, debt re-sized at each trial."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import inf, isfinite

import numpy as np

from models.analysis.offer import base_figure_info, figure_text
from models.analysis.ranges import clipped_range
from models.analysis.roots import Bracket, Found, roots_of
from models.analysis.sensitivity import at_values
from models.analysis.terms import Term, term_at, term_text, with_term
from models.analysis.trials import Array, Cancelled, Figures, Progress, never, unheard
from models.deal.field import Unit
from models.deal.problems import DealError
from models.deal.relevance import irrelevant
from models.deal.schema import Deal
from models.engine.case import evaluate
from models.engine.evaluate import FiguresError

_EVEN, _AROUND = 49, 24
_ALL_WHOLE = 128
_WIDER = 10.0
_WIDENINGS = 3
_POLISH = 5
_RELATIVE = 1e-12
_FLAT = 1e-12


@dataclass(frozen=True)
class Root:
    """A value of the term at which the target is met; `achieved` is what the deal with it evaluates to."""

    value: float
    text: str
    achieved: float
    residual: float


@dataclass(frozen=True)
class Solved:
    """What a search for a term came to.

    Attributes:
        value: the root nearest to the present value, unrounded, in file units; None where there is none.
        achieved: what the deal with that value evaluates to; without a root the nearest the figure came.
        residual: `achieved` less the target; None where the figure never exists.
        nearest: the value at which the figure came nearest, where there is no root.
        roots: all of them, ascending.
        reason: without a root how far it came and what stopped it; else what to know about the roots.
        low, high: the values searched.
    """

    path: str
    label: str
    unit: str
    kpi: str
    kpi_label: str
    target: float
    value: float | None
    achieved: float | None
    residual: float | None
    nearest: float | None
    roots: tuple[Root, ...]
    reason: str
    low: float
    high: float


def solve(
    deal: Deal,
    vary: str,
    kpi: str,
    target: float,
    *,
    low: float | None = None,
    high: float | None = None,
    cancelled: Cancelled = never,
    progress: Progress = unheard,
) -> Solved:
    """Every value of a term between two limits at which a key figure equals a target.

    All candidates are columns of one evaluation after the other: a scan, then all brackets narrowed together. What is
    found is put back into the deal and evaluated as it would be on screen.

    Args:
        vary: path of a number or a factor.
        low, high: limits in file units; by default what is allowed and sensible, widened while the figure comes nearer.

    Raises:
        DealError: no such term or key figure; the nearest is named.
        CancelledError: `cancelled` said so.
    """
    info, term = base_figure_info(deal, kpi), term_at(deal, vary)
    if not isfinite(target):
        raise DealError("The target must be a finite number.")
    ends = limits_of(deal, term, low, high)
    if term.base is None:  # a number that the deal has not: looked for in the deal that has one
        deal = with_term(deal, vary, ends[1])
    figure = _figure_of(deal, term, kpi, cancelled)
    scan = _scan(deal, term, kpi, ends, cancelled)
    for _ in range(_WIDENINGS):
        wider = None if high is not None else _wider(term, scan, target)
        if wider is None:
            break
        ends = (ends[0], wider)
        scan = _scan(deal, term, kpi, ends, cancelled)
    progress(0.5)
    empty = Solved(
        vary, term.label, term.unit, kpi, info.label, target, None, None, None, None, (), "", ends[0], ends[1]
    )
    if np.isnan(scan.figures).all():
        return replace(empty, reason=_never_exists(deal, term, scan, info.label))
    size = max(abs(target), float(np.nanmax(np.abs(scan.figures))) * 1e-3, 1e-300)
    base = term.base if term.base is not None else ends[0]
    found = roots_of(figure, scan.values, scan.figures, target, size, base=base, whole=term.whole)
    roots = tuple(
        root
        for bracket in found.roots
        if (root := _polished(deal, term, kpi, target, bracket, whole=term.whole)) is not None
    )
    progress(1.0)
    if not roots:
        return _not_found(deal, term, empty, scan, found)
    best = min(roots, key=lambda root: abs(root.value - base))
    note = _about_roots(deal, term, roots, best, found)
    return replace(empty, value=best.value, achieved=best.achieved, residual=best.residual, roots=roots, reason=note)


@dataclass(frozen=True)
class _Scan:
    values: Array
    figures: Array
    reasons: tuple[str | None, ...]

    def nearest(self, target: float) -> int:
        return int(np.nanargmin(np.abs(self.figures - target)))


def limits_of(deal: Deal, term: Term, low: float | None, high: float | None) -> tuple[float, float]:
    """The values to search between; DealError where they do not differ."""
    usual = _usual(term)
    given = clipped_range(deal, term, usual[0] if low is None else low, usual[1] if high is None else high)
    if not given.low < given.high:
        raise DealError(
            f"{term.label} ({term.path}) must be searched between two values that differ; both are "
            f"{term_text(deal, term, given.low)}."
        )
    return given.low, given.high


def _usual(term: Term) -> tuple[float, float]:
    """Limits one would try first: all of a part of a whole, rates within a half, else up to five times the value."""
    base = term.base if term.base is not None else 0.0
    if term.scales:
        return max(0.0, term.low), min(5.0, term.high)
    if term.field.unit is Unit.MONTH:
        return base - 24, base + 24
    if term.field.unit is Unit.FRACTION and isfinite(term.high):
        return term.low, term.high
    if term.field.unit in (Unit.RATE, Unit.SPREAD):
        return max(term.low, min(0.0, base) - 0.5), min(term.high, max(0.0, base) + 0.5)
    high = 5 * abs(base) if base else 100 * term.field.step
    return max(term.low, 0.0 if term.low >= 0 else -high), min(term.high, high)


def _wider(term: Term, scan: _Scan, target: float) -> float | None:
    """A higher limit, where the figure comes nearest at the highest value tried and more is allowed."""
    away = scan.figures - target
    known = np.flatnonzero(np.isfinite(away))
    if not known.size or (away[known].min() <= 0 <= away[known].max()):
        return None
    top = float(scan.values[-1])
    if scan.nearest(target) != len(scan.values) - 1 or top >= term.high or _level(scan.figures[-3:]):
        return None
    return min(term.high, top * _WIDER) if top > 0 else None


def _level(figures: Array) -> bool:
    return bool(np.ptp(figures) <= _FLAT * max(1.0, float(np.abs(figures).max())))


def _scan(deal: Deal, term: Term, kpi: str, ends: tuple[float, float], cancelled: Cancelled) -> _Scan:
    low, high = ends
    points = [np.linspace(low, high, _EVEN)]
    if term.base is not None and low < term.base < high:
        reach = np.geomspace(1e-3, 1.0, _AROUND // 2)
        points += [term.base - (term.base - low) * reach, term.base + (high - term.base) * reach, np.array([term.base])]
    values = np.unique(np.concatenate(points))
    if term.whole:
        values = np.arange(low, high + 1) if high - low < _ALL_WHOLE else np.unique(np.round(values))
    if term.field.allowed and not term.scales:
        values = np.array([each for each in term.field.allowed if low <= each <= high], dtype=np.float64)
    found: Figures = at_values(deal, term, values, [kpi], cancelled=cancelled)
    reasons = tuple(why and why.removesuffix(".") for why in found.reasons[kpi])  # each ends a sentence of its own
    return _Scan(values, found.values[kpi], reasons)


def _figure_of(deal: Deal, term: Term, kpi: str, cancelled: Cancelled) -> Callable[[Array], Array]:
    def figure(values: Array) -> Array:
        if not len(values):
            return values
        return at_values(deal, term, values, [kpi], cancelled=cancelled).values[kpi]

    return figure


def _polished(deal: Deal, term: Term, kpi: str, target: float, bracket: Bracket, *, whole: bool) -> Root | None:
    """The root as the deal itself evaluates it, with last steps on its own figures; None where no deal is so."""
    value = bracket.low if bracket.at_low == 0 else bracket.best
    best: Root | None = None
    previous: tuple[float, float] | None = None
    slope = bracket.slope
    for _ in range(_POLISH):
        achieved = _alone(deal, term, kpi, value)
        if achieved is None:
            return best
        residual = achieved - target
        if best is None or abs(residual) < abs(best.residual):
            best = Root(value, term_text(deal, term, value), achieved, residual)
        if whole or abs(residual) <= _RELATIVE * abs(target):
            break
        if previous is not None and value != previous[0] and residual != previous[1]:
            slope = (residual - previous[1]) / (value - previous[0])
        previous = (value, residual)
        following = value - residual / slope if slope else value
        if following == value or not term.low <= following <= term.high:
            break
        value = following
    return best


def _alone(deal: Deal, term: Term, kpi: str, value: float) -> float | None:
    try:
        figure = evaluate(with_term(deal, term.path, value)).kpis[kpi]
    except (DealError, FiguresError):
        return None
    return None if figure is None else float(figure)


def _about_roots(deal: Deal, term: Term, roots: tuple[Root, ...], best: Root, found: Found) -> str:
    stretch = next((ends for ends in found.level if ends[0] <= best.value <= ends[1]), None)
    if stretch is not None:
        low, high = (term_text(deal, term, end) for end in stretch)
        return f"Every value from {low} to {high} meets the target."
    if len(roots) > 1:
        others = ", ".join(root.text for root in roots if root is not best)
        return f"{len(roots)} values meet the target; this is the nearest to the present one, the others are {others}."
    return ""


def _not_found(deal: Deal, term: Term, empty: Solved, scan: _Scan, found: Found) -> Solved:
    kpi, target = empty.kpi, empty.target
    at = scan.nearest(target)
    tried = [(float(scan.values[at]), float(scan.figures[at]))]
    for jump in found.jumps:
        tried += [(jump.low, jump.at_low + target), (jump.high, jump.at_high + target)]
    value, figure = min(tried, key=lambda each: abs(each[1] - target))
    known = np.isfinite(scan.figures)
    least, most = float(scan.figures[known].min()), float(scan.figures[known].max())

    def said(amount: float) -> str:
        return figure_text(deal, kpi, amount)

    low, high = term_text(deal, term, empty.low), term_text(deal, term, empty.high)
    if most - least <= _FLAT * max(1.0, abs(most)):
        why = irrelevant(deal, term.targets[0].partition("*")[0])
        reason = f"{term.label} does not move {empty.kpi_label}, which stays {said(figure)} from {low} to {high}. {why}"
    elif found.jumps:
        jump = found.jumps[0]
        place = term_text(deal, term, jump.low)
        after = term_text(deal, term, jump.high)
        where = f"at {place}" if place == after else f"between {place} and {after}"
        reason = (
            f"{empty.kpi_label} is never {said(target)}: {where} it goes from {said(jump.at_low + target)} to "
            f"{said(jump.at_high + target)} at once{', because only whole numbers are allowed' if term.whole else ''}."
        )
    else:
        reason = (
            f"{empty.kpi_label} comes no nearer to {said(target)} than {said(figure)}, "
            f"at {term_text(deal, term, value)}; from {low} to {high} it runs from {said(least)} to {said(most)}. "
            f"{_stopped(deal, term, scan, at)}"
        )
    if not known.all() and not found.jumps:
        first = int(np.flatnonzero(~known)[0])
        reason += f" At {term_text(deal, term, float(scan.values[first]))} there is none: {scan.reasons[first]}."
    return replace(empty, achieved=figure, residual=figure - target, nearest=value, reason=" ".join(reason.split()))


def _stopped(deal: Deal, term: Term, scan: _Scan, at: int) -> str:
    """What keeps the figure from going on: the limit of the field, the limit searched, the sizing, or a turn."""
    value = float(scan.values[at])
    if value <= term.low + 1e-12 * max(1.0, abs(term.low)):
        return "That is the least that is allowed."
    if term.high < inf and value >= term.high:
        return "That is the most that is allowed."
    sides = [scan.figures[max(0, at - 2) : at + 1], scan.figures[at : at + 3]]
    if any(len(side) > 1 and np.isfinite(side).all() and _level(side) for side in sides):
        return f"There it no longer moves. {_sizing(deal, term, value)}".strip()
    if at in (0, len(scan.values) - 1):
        return "That is the end of what was searched."
    return "Beyond it the figure turns back."


def _sizing(deal: Deal, term: Term, value: float) -> str:
    try:
        once = evaluate(with_term(deal, term.path, value)).once
    except (DealError, FiguresError):
        return ""
    debt, limit, cover = once["debt_amount"], once["advance_limit"], once["debt_cover_capacity"]
    if deal.senior_debt.sizing != "cover":
        return ""
    if abs(debt - limit) <= 1e-9 * max(1.0, limit) and cover > limit:
        return "The debt is at its advance limit there, so more cover brings no more debt."
    return "The debt is what cover allows there, so a higher advance limit brings no more." if cover < limit else ""


def _never_exists(deal: Deal, term: Term, scan: _Scan, label: str) -> str:
    reasons = sorted({reason for reason in scan.reasons if reason})
    low, high = (term_text(deal, term, float(scan.values[k])) for k in (0, -1))
    return f"{label} does not exist for any value from {low} to {high}: {reasons[0] if reasons else 'no figure'}."
