"""How far a term is moved: by a part of itself, within what is allowed, or to values of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isinf

import numpy as np
from numpy.typing import NDArray

from models.analysis.terms import Term, term_text
from models.deal.field import Unit
from models.deal.problems import DealError
from models.deal.schema import Deal

Array = NDArray[np.float64]

MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class Range:
    """The two ends of a term's range in file units, and what was said about them: clipped, or no range of its own."""

    low: float
    high: float
    note: str = ""


def spread_range(deal: Deal, term: Term, spread: float) -> Range:
    """The term less and more a part of itself; months move by that part of a year, at least one.

    Raises:
        DealError: the deal has no value there.
    """
    base = base_of(term)
    if term.field.unit is Unit.MONTH and not term.scales:
        by = max(1.0, round(spread * MONTHS_A_YEAR))
    else:
        by = abs(base) * spread
        by = max(1.0, round(by)) if term.whole and base else by
    return clipped_range(deal, term, base - by, base + by)


def allowed_range(deal: Deal, term: Term, spread: float) -> Range:
    """All that the field allows, where that is a span one would try: a part of a whole; else as `spread_range`."""
    if term.field.unit is Unit.FRACTION and not term.scales and not isinf(term.low) and not isinf(term.high):
        return Range(term.low, term.high)
    found = spread_range(deal, term, spread)
    return Range(found.low, found.high, " ".join(each for each in (found.note, _NO_SPAN.format(spread)) if each))


_NO_SPAN = "Its field allows too much to try, so it moves by {:.0%}."


def clipped_range(deal: Deal, term: Term, low: float, high: float) -> Range:
    """A range within what the field allows; the note says what was clipped."""
    ends = term.allowed(low), term.allowed(high)
    notes = [
        f"{word} clipped to {term_text(deal, term, end)}, the {limit} allowed."
        for asked, end, word, limit in ((low, ends[0], "Low", "least"), (high, ends[1], "High", "most"))
        if abs(asked - end) > 1e-9 * max(1.0, abs(asked)) and end in (term.low, term.high)
    ]
    return Range(*ends, " ".join(notes))


def base_of(term: Term) -> float:
    """The present value of a term.

    Raises:
        DealError: the deal has none there.
    """
    if term.base is None:
        raise DealError(f'{term.label} ({term.path}) is "{term.field.none_word}" in this deal; give it a value first.')
    return term.base


def steps_between(term: Term, low: float, high: float, steps: int) -> Array:
    """Values of a term from low to high in equal steps; whole numbers each once."""
    values = np.linspace(low, high, steps)
    return np.unique(np.round(values)) if term.whole else values


def ordered(values: Sequence[float]) -> tuple[float, float]:
    """The smaller and the larger of two ends."""
    low, high = values
    return (low, high) if low <= high else (high, low)
