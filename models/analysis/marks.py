"""What the section list says at its right edge: what is wrong, what warns, and how much has changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from models.deal.problems import Problem, Severity
from models.deal.sections import section_of, sections


@dataclass(frozen=True)
class SectionMark:
    """The worst severity in a section, None where all is well, and how many of its fields are changed."""

    severity: Severity | None = None
    changed: int = 0


def section_marks(problems: Iterable[Problem], changed: Iterable[str]) -> dict[str, SectionMark]:
    """The mark of every section by its key; what is wrong with a scenario is no section's."""
    worst: dict[str, Severity] = {}
    for problem in (each for each in problems if not is_of_scenario(each.path)):
        key = _key_of(problem.path)
        if worst.get(key) != "error":
            worst[key] = problem.severity
    counts: dict[str, int] = {}
    for path in changed:
        key = _key_of(path)
        counts[key] = counts.get(key, 0) + 1
    return {each.key: SectionMark(worst.get(each.key), counts.get(each.key, 0)) for each in sections()}


def is_of_scenario(path: str) -> bool:
    """Whether a path leads to a scenario, which no section of the form shows."""
    return path.startswith("scenarios")


@lru_cache(maxsize=4096)
def _key_of(path: str) -> str:
    """The key of the section of a path; asked for again with every keystroke."""
    return section_of(path).key
