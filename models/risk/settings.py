"""What a simulation is asked for: how many paths, from which seed, drawn how."""

from __future__ import annotations

from dataclasses import dataclass

from models.deal.internal import Sampling
from models.deal.schema import Deal, fields

MOST_PATHS = 10_000_000
MOST_THREADS = 64
CONFIDENCE = 0.99
"""Confidence of the value at risk that economic capital covers, where the deal names none."""


class RiskError(ValueError):
    """The simulation cannot run as asked; the message is a sentence for the user."""


@dataclass(frozen=True)
class RiskSettings:
    """Settings of one run.

    Attributes:
        paths: simulated paths.
        seed: start of the random numbers.
        sampling: "random", "antithetic" (each path with its mirror image) or "sobol" (scrambled points).
        confidence: of the value at risk that economic capital covers, 0..1.
    """

    paths: int
    seed: int
    sampling: Sampling
    confidence: float = CONFIDENCE


def settings_of(deal: Deal, *, paths: int | None = None, seed: int | None = None) -> RiskSettings:
    """The settings in the deal, or those given instead.

    Raises:
        RiskError: a number of paths or a seed out of range; the sentence says what is allowed.
    """
    known = deal.uncertainty
    paths = known.paths if paths is None else paths
    seed = known.seed if seed is None else seed
    if not 1 <= paths <= MOST_PATHS:
        raise RiskError(f"{paths:,} paths cannot be simulated; give a whole number from 1 to {MOST_PATHS:,}.")
    highest = int(fields(type(known))["seed"].high or 0)
    if not 0 <= seed <= highest:
        raise RiskError(f"{seed} is no seed; give a whole number from 0 to {highest}.")
    confidence = CONFIDENCE if known.capital_confidence is None else known.capital_confidence
    return RiskSettings(paths, seed, known.sampling or "random", confidence)
