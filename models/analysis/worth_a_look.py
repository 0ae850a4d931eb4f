"""Which paths of a simulation are worth a look."""

from __future__ import annotations

from models.analysis.risk_shown import PathChoice
from models.risk.results import RiskResult


def paths_worth_a_look(result: RiskResult) -> tuple[PathChoice, ...]:
    """The worst path and those at the percentiles of the loss; one that is the same as another is named once."""
    found: dict[int, str] = {}
    for part, words in ((1.0, "worst path"), (0.99, "VaR 99 path"), (0.95, "VaR 95 path"), (0.5, "median path")):
        path = result.path_at(part)
        if path is not None and path not in found:
            found[path] = words
    return tuple(PathChoice(path, words) for path, words in found.items())
