"""A path of the simulation opened as a case in the result tabs, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

import models  # the path is computed in the worker's thread
from app.live import Figures
from app.panels.results import Results
from app.runner import Answer, Failure, Runner

if TYPE_CHECKING:
    from app.simulating import Simulation
    from models import Case, Glance

_SLOT = "path"


class PathCase(QObject):
    """Shows one path at a time; the newest deal stays in the rail and the forms."""

    said = Signal(str)  # why a path cannot be shown
    opened = Signal()
    broken = Signal(str)

    def __init__(self, results: Results, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._results = results
        self._runner = runner
        self._words = ""
        results.banner.back_wished.connect(self.leave)
        runner.answered.connect(self._on_answer)
        runner.refused.connect(self._on_refused)

    def open(self, simulation: Simulation, path: int, what: str) -> None:
        """Compute a path of a simulation, counted from 0, and show it on every tab; `what` says which one it is."""
        deal, settings = simulation.deal, simulation.result.settings
        name = f"path {path + 1:,}"
        which = f", the {what}" if what else ""
        self._words = (
            f"Path {path + 1:,} of {settings.paths:,}{which} of the simulation of {simulation.at:%H:%M}. "
            "Every result tab but Risk shows it."
        )

        def work() -> tuple[int, Case, Glance]:
            case = models.path_case(deal, path, seed=settings.seed)
            return path, case, models.glance(case, name=name)

        self._runner.ask(_SLOT, work)

    def leave(self) -> None:
        """Show the newest deal in the result tabs again."""
        self._runner.forget(_SLOT)
        self._results.leave_path()

    def _on_answer(self, slot: str, answer: Answer) -> None:
        if slot != _SLOT or not isinstance(answer.result, tuple):
            return
        path, case, seen = answer.result
        self._results.show_path(Figures(case, seen, answer.milliseconds, path=path), self._words)
        self.opened.emit()

    def _on_refused(self, slot: str, failure: Failure) -> None:
        if slot != _SLOT:
            return
        if isinstance(failure.error, ValueError):
            self.said.emit(f"The path cannot be shown. {failure.error}")
        else:
            self.broken.emit(failure.trace)
