"""The problems of the deal at the foot of the rail: what is wrong, and a way to the field."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.theme import label, link, px, set_icon
from models import Problem, is_of_scenario, section_of

_ICONS = {"error": ("circle-x", "negative"), "warning": ("triangle-alert", "warning")}


class ProblemList(QWidget):
    """Shows the first few problems; `wished` asks to go to the field of one."""

    wished = Signal(str)  # path

    def __init__(self, most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._most = most
        self._problems: tuple[Problem, ...] = ()
        self._lines: list[QWidget] = []
        self._last: Problem | None = None
        self._head = label("No problems", "strong")
        self._more = label("", "small", "secondary", wrap=True)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(px(6))
        self._layout.addWidget(self._head)
        self._layout.addWidget(self._more)
        self._layout.addStretch(1)
        self._more.hide()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """List other problems; nothing is touched where they are the same."""
        if tuple(problems) == self._problems:
            return
        self._problems = tuple(problems)
        self._rebuild()

    def limit(self, most: int) -> None:
        """Show at most so many problems at once."""
        if most != self._most:
            self._most = most
            self._rebuild()

    def height_at(self, width: int) -> int:
        """The height that all that is listed takes at a width, in device-independent pixels."""
        return max(self._layout.heightForWidth(width), self._head.sizeHint().height())

    def problems(self) -> tuple[Problem, ...]:
        """All problems, shown or not."""
        return self._problems

    def step(self, step: int) -> Problem | None:
        """The problem after the one visited last, or with -1 the one before; None where there is none."""
        if not self._problems:
            return None
        found = self._last in self._problems
        here = self._problems.index(self._last) if found and self._last else (-1 if step > 0 else 0)
        self._last = self._problems[(here + step) % len(self._problems)]
        return self._last

    def _rebuild(self) -> None:
        for line in self._lines:
            self._layout.removeWidget(line)
            line.hide()
            line.deleteLater()
        count = len(self._problems)
        self._head.setText("No problems" if not count else f"{count} problem{'s' if count > 1 else ''}")
        self._lines = [self._line(problem) for problem in self._problems[: self._most]]
        for at, line in enumerate(self._lines, start=1):
            self._layout.insertWidget(at, line)
            line.show()  # at once, so that the size asked for is known
        hidden = count - len(self._lines)
        self._more.setText(f"and {hidden} more; F8 steps through all")
        self._more.setVisible(hidden > 0)

    def _line(self, problem: Problem) -> QWidget:
        made = QWidget(self)
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        mark = QLabel()
        set_icon(mark, *_ICONS[problem.severity], 14)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        row.addLayout(words, 1)
        said = label(problem.hint or problem.message, "small", wrap=True)
        said.setToolTip(problem.message)
        said.setContentsMargins(2, 0, 0, 0)  # level with the words of the link below, inside its ring of focus
        words.addWidget(said)
        where = "Scenario" if is_of_scenario(problem.path) else section_of(problem.path).title
        go = link(where)
        go.setAccessibleName(f"Go to {where}: {problem.message}")
        go.clicked.connect(lambda: self.wished.emit(problem.path))
        go.setProperty("flush", True)
        words.addWidget(go, 0, Qt.AlignmentFlag.AlignLeft)
        return made
