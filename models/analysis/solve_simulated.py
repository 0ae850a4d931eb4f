"""Find the term under simulation: all trials run on the same paths, so that they differ by their terms alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from difflib import get_close_matches
from math import inf, isfinite

import numpy as np

from models.analysis.offer import SIMULATED_FIGURES, figure_text
from models.analysis.simulated import measure_of
from models.analysis.solve import Root, Solved, limits_of
from models.analysis.terms import Term, term_at, term_text, with_term
from models.analysis.trials import Cancelled, Progress, never, unheard
from models.deal.problems import DealError
from models.deal.schema import Deal
from models.deal.values import clipped
from models.risk.measures import measures_of
from models.risk.settings import settings_of

_POINTS = 9
_COARSE = 2000
_MOST = 40
_RELATIVE = 1e-10


def solve_simulated(
    deal: Deal,
    vary: str,
    measure: str,
    target: float,
    *,
    low: float | None = None,
    high: float | None = None,
    paths: int | None = None,
    seed: int | None = None,
    cancelled: Cancelled = never,
    progress: Progress = unheard,
) -> Solved:
    """The values of a term at which a measure of risk equals a target, such as the share rate at which RAROC = hurdle.

    A coarse scan on few paths shows where to look; each crossing is then narrowed on all paths. Every trial has the
    same paths, so the measure moves with the term as smoothly as it can.

    Args:
        measure: one of `SIMULATED_FIGURES`.
        low, high: limits of the term in file units; by default what is allowed and sensible.
        paths, seed: in place of the deal's own.

    Raises:
        DealError: no such term or measure; the nearest is named.
        RiskError, CancelledError, FiguresError: as for `simulate`.
    """
    if measure not in SIMULATED_FIGURES:
        near = get_close_matches(measure[:80], list(SIMULATED_FIGURES), n=1, cutoff=0.4)
        end = f' Did you mean "{near[0]}"?' if near else f" There are {', '.join(SIMULATED_FIGURES)}."
        raise DealError(f'There is no simulated figure "{clipped(measure)}".{end}')
    if not isfinite(target):
        raise DealError("The target must be a finite number.")
    term = term_at(deal, vary)
    ends = limits_of(deal, term, low, high)
    asked = settings_of(deal, paths=paths, seed=seed).paths
    search = _Search(deal, term, measure, target, seed, cancelled)
    values = np.unique(np.append(np.linspace(*ends, _POINTS), np.clip(term.base or ends[0], *ends))).tolist()
    coarse = search.away(values, min(asked, _COARSE), lambda share: progress(0.3 * share))
    label, _ = SIMULATED_FIGURES[measure]
    empty = Solved(vary, term.label, term.unit, measure, label, target, None, None, None, None, (), "", *ends)
    known = [(value, away) for value, away in zip(values, coarse, strict=True) if isfinite(away)]
    if not known:
        return replace(empty, reason=f"{label} does not exist for any value tried: {search.reason}.")
    crossings = [k for k in range(len(known) - 1) if known[k][1] * known[k + 1][1] <= 0]
    roots: list[Root] = []
    for done, k in enumerate(crossings):
        root = search.narrowed([value for value, _ in known], k, asked)
        if root is not None and all(abs(root.value - each.value) > 1e-9 * max(1.0, abs(root.value)) for each in roots):
            roots.append(root)
        progress(0.3 + 0.7 * (done + 1) / len(crossings))
    if not roots:
        return _not_found(deal, term, empty, known)
    base = term.base if term.base is not None else ends[0]
    best = min(roots, key=lambda each: abs(each.value - base))
    note = f"{len(roots)} values meet the target; this is the nearest to the present one." if len(roots) > 1 else ""
    return replace(
        empty, value=best.value, achieved=best.achieved, residual=best.residual, roots=tuple(roots), reason=note
    )


class _Search:
    """The measure less the target, for values of the term under the same paths."""

    def __init__(
        self, deal: Deal, term: Term, measure: str, target: float, seed: int | None, cancelled: Cancelled
    ) -> None:
        self._deal = deal
        self._term = term
        self._measure = measure
        self._target = target
        self._seed = seed
        self._cancelled = cancelled
        self.reason = "no value tried makes a deal that can be used"

    def away(self, values: Sequence[float], paths: int, progress: Callable[[float], None] = unheard) -> list[float]:
        """Infinite where the deal could not be used or the measure does not exist."""
        deals: dict[float, Deal] = {}
        for value in values:
            try:
                deals[value] = with_term(self._deal, self._term.path, value)
            except DealError as error:
                self.reason = str(error).rstrip(".")
        found: dict[float, float] = {}
        if deals:
            measured = measures_of(
                list(deals.values()), paths=paths, seed=self._seed, cancelled=self._cancelled, progress=progress
            )
            for value, each in zip(deals, measured, strict=True):
                figure = measure_of(each, self._measure)
                if figure is None:
                    self.reason = each.reasons.get(self._measure, self.reason)
                else:
                    found[value] = figure - self._target
        return [found.get(value, inf) for value in values]

    def narrowed(self, values: Sequence[float], k: int, paths: int) -> Root | None:
        """The root on all paths near a crossing on few, looked for one step further on both sides where it moved."""
        low, high = values[k], values[k + 1]
        at_low, at_high = self.away([low, high], paths)
        if at_low * at_high > 0 and isfinite(at_low) and isfinite(at_high):
            before, after = values[max(0, k - 1)], values[min(len(values) - 1, k + 2)]
            further = self.away([before, after], paths)
            if further[0] * at_low < 0:
                low, at_low, high, at_high = before, further[0], low, at_low
            elif further[1] * at_high < 0:
                low, at_low, high, at_high = high, at_high, after, further[1]
        if not (isfinite(at_low) and isfinite(at_high)) or at_low * at_high > 0:
            return None
        return self._between(low, at_low, high, at_high, paths)

    def _between(self, low: float, at_low: float, high: float, at_high: float, paths: int) -> Root | None:
        """Regula falsi with the weights of Anderson and Björck, halving where it stalls."""
        near = _RELATIVE * max(abs(self._target), 1e-3 * max(abs(at_low), abs(at_high)))
        value, away = (low, at_low) if abs(at_low) < abs(at_high) else (high, at_high)
        weights = [at_low, at_high]
        for step in range(_MOST):
            if abs(away) <= near:
                break
            value = low - weights[0] * (high - low) / (weights[1] - weights[0])
            if step % 4 == 3 or not low < value < high:
                value = (low + high) / 2
            if not low < value < high:
                break
            (away,) = self.away([value], paths)
            if not isfinite(away):
                return None
            if away * at_high < 0:
                kept = 1 - away / at_low
                low, at_low = value, away
                weights = [away, weights[1]]
                if step:
                    weights[1] *= kept if kept > 0 else 0.5
                weights[1] = at_high if abs(weights[1]) < 1e-3 * abs(at_high) else weights[1]
            else:
                kept = 1 - away / at_high
                high, at_high = value, away
                weights = [weights[0], away]
                if step:
                    weights[0] *= kept if kept > 0 else 0.5
                weights[0] = at_low if abs(weights[0]) < 1e-3 * abs(at_low) else weights[0]
        if abs(away) > 1e3 * near:
            return None
        return Root(value, term_text(self._deal, self._term, value), away + self._target, away)


def _not_found(deal: Deal, term: Term, empty: Solved, known: Sequence[tuple[float, float]]) -> Solved:

    def said(amount: float) -> str:
        return figure_text(deal, empty.kpi, amount)

    value, away = min(known, key=lambda each: abs(each[1]))
    figures = [each + empty.target for _, each in known]
    low, high = (term_text(deal, term, end) for end in (empty.low, empty.high))
    reason = (
        f"{empty.kpi_label} comes no nearer to {said(empty.target)} than about {said(away + empty.target)}, at "
        f"{term_text(deal, term, value)}; from {low} to {high} it runs from {said(min(figures))} to "
        f"{said(max(figures))}."
    )
    return replace(empty, achieved=away + empty.target, residual=away, nearest=value, reason=reason)
