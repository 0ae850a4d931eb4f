"""What is wrong with a deal, in sentences."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]
MOST_SHOWN = 20


@dataclass(frozen=True)
class Problem:
    """One thing wrong: where (dotted path, empty for the whole file), a sentence, and how bad.

    `hint` is the short form for a form that already shows where: it speaks in the units of the screen.
    """

    path: str
    message: str
    severity: Severity = "error"
    hint: str = ""


class DealError(ValueError):
    """A deal that cannot be used. `problems` has at least one entry; as text it is their sentences."""

    def __init__(self, problems: Iterable[Problem] | str) -> None:
        self.problems = (Problem("", problems),) if isinstance(problems, str) else tuple(problems)
        super().__init__(" ".join(self.sentences()))

    def sentences(self) -> list[str]:
        """What is wrong, one sentence for each problem; of very many the first ones, and how many are left."""
        shown = [problem.message for problem in self.problems[:MOST_SHOWN]]
        left = len(self.problems) - len(shown)
        return shown + ([f"And {left} more."] if left else [])
