"""Damaged deal files opened in a window: `uv run python -m tests.hardening.opened_deals 10000 [FIRST]`.

In the window a deal is open and changed. Each damaged file, as `mutated_deals` makes them, must open as the deal that
it holds, with figures or the reason why there are none, or be refused in a message that fits on a screen; then the
deal that is open stays as it is, changed and not saved. The command line must say the same of it.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from app.dialogs import Unsaved
from app.theme import apply_theme
from models import loads_deal
from tests.hardening import mutated_deals
from tests.hardening.ground import Ground, Program, until


class Opening:
    """Opens one file after another in the same window."""

    def __init__(self, folder: Path) -> None:
        self.program = Program(folder / "settings")
        self.window = self.program.windows[0]
        self._file = folder / "damaged.deal"
        self._answers = 0
        for answer in (self.window.live.shown, self.window.live.failed):
            answer.connect(self._answered)
        self._begin()

    def _answered(self, *_figures: object) -> None:
        self._answers += 1

    def _begin(self) -> None:
        """Open a deal and change it."""
        self.program.replies.answers = {"unsaved": Unsaved.DISCARD}
        self.window.filing.open_template("fjord")
        assert self.window.document.edit("months", 70, "edit", "") == ""
        self.before = self.window.document.base

    def outcome(self, data: bytes) -> str:
        """What becomes of a file: "opens", or "refused"; AssertionError where anything is lost or broken."""
        document, replies = self.window.document, self.program.replies
        self._file.write_bytes(data)
        replies.asked, seen = [], self._answers
        self.window.open_path(str(self._file))
        code, _, said = Ground.command("check", "--", str(self._file))
        assert code == (2 if document.path is None else 0), said
        told = replies.asked[1:]  # the first question is what to do with the changes
        assert self.program.broken == [], self.program.broken
        if document.path is None:
            (words,) = told
            title, _, text = words.partition(" | ")
            assert title == "The deal cannot be opened"
            lines = text.split("\n")  # one for each problem
            assert all(line.isprintable() and line.endswith((".", "?")) for line in lines)
            assert 0 < len(text) < mutated_deals.LONGEST
            assert document.base is self.before
            assert document.is_modified
            return "refused"
        assert told == []
        assert document.base == loads_deal(data)
        until(lambda: self._answers > seen)
        self.window.filing.close()
        self._begin()
        return "opens"


def main(arguments: Sequence[str]) -> int:
    """Open as many damaged files as asked; 1 where any was not met as it should be."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    apply_theme(application, "light")
    traces: list[str] = []
    sys.excepthook = lambda kind, error, _trace: traces.append(f"{kind.__name__}: {error}")
    with tempfile.TemporaryDirectory(prefix="backstop-opened-") as folder:
        opening = Opening(Path(folder))
        code = mutated_deals.main(arguments, opening.outcome)
        opening.program.close()
    sys.stdout.write("".join(f"{trace}\n" for trace in traces))
    return 1 if traces else code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
