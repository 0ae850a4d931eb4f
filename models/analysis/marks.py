"""What the section list says at its right edge: what is wrong, what warns, and how much has changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from models.deal.problems import Problem, Severity
from models.deal.sections import section_of, sections


@dataclass(frozen=True)
class SectionMark:
    """The worst severity in a section, None where all is well, and how many of its fields are changed."""

    severity: Severity | None = None
    changed: int = 0


def section_marks(problems: Iterable[Problem], changed: Iterable[str]) -> dict[str, SectionMark]:
    """The mark of every section by its key."""
    worst: dict[str, Severity] = {}
    for problem in problems:
        key = section_of(problem.path).key
        if worst.get(key) != "error":
            worst[key] = problem.severity
    counts: dict[str, int] = {}
    for path in changed:
        key = section_of(path).key
        counts[key] = counts.get(key, 0) + 1
    return {each.key: SectionMark(worst.get(each.key), counts.get(each.key, 0)) for each in sections()}
