"""The simulation of the open deal: run away from the window, stopped at once, and stale once the deal moves on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

import models  # the simulation is loaded in the thread of the job
from app.document import Document, moment
from app.runner import Answer, Failure, Progress, Runner
from app.settings import Settings
from models import Difference, differences, field_at, text_of

if TYPE_CHECKING:
    from models import Case, Deal, RiskResult, RiskShown


@dataclass(frozen=True, eq=False)
class Simulation:
    """A finished run: of which deal, what came of it, and when."""

    deal: Deal
    case: Case
    result: RiskResult
    shown: RiskShown
    at: datetime

    def when(self, now: datetime) -> str:
        """When it was run: `today 09:41`, or with the day."""
        return f"today {self.at:%H:%M}" if self.at.date() == now.date() else moment(self.at)

    def words(self, now: datetime) -> str:
        """`Simulation: 20,000 paths, seed 7, today 09:41`."""
        return f"Simulation: {self.shown.settings}, {self.when(now)}"


class Simulating(QObject):
    """One run at a time. `changed` says that there is something else to show, `moved` how far a run is."""

    changed = Signal()
    moved = Signal()
    broken = Signal(str)  # a trace: the program made a mistake

    def __init__(self, document: Document, runner: Runner, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.runner = runner
        self._settings = settings
        self._job: int | None = None
        self._started = 0.0
        self._done = 0.0
        self._paths = 0
        self._simulation: Simulation | None = None
        self._failure = ""
        document.opened.connect(self._forget)
        document.closed.connect(self._forget)
        document.changed.connect(lambda _deal: self._on_deal())
        runner.progressed.connect(self._on_progress)
        runner.finished.connect(self._on_finished)
        runner.failed.connect(self._on_failed)

    @property
    def simulation(self) -> Simulation | None:
        """The last finished run of the open deal, stale or not."""
        return self._simulation

    @property
    def is_running(self) -> bool:
        """True while a run is under way."""
        return self._job is not None

    @property
    def can_run(self) -> bool:
        """True while a deal is open and no run under way."""
        return self._document.is_open and self._job is None

    @property
    def failure(self) -> str:
        """Why the last run came to nothing, in a sentence; "" where it did not."""
        return self._failure

    @property
    def is_stale(self) -> bool:
        """True where the deal is no longer the one simulated."""
        return bool(self._simulation) and bool(self.changes())

    def changes(self) -> tuple[Difference, ...]:
        """What has changed since the last run."""
        if self._simulation is None or not self._document.is_open or self._document.deal == self._simulation.deal:
            return ()
        found = differences(self._simulation.deal, self._document.deal)
        return tuple(each for each in found if not each.path.startswith("scenarios"))

    def change_words(self) -> str:
        """The first change in words, `Share rate, year 1: 65 → 60 %`, and how many more; "" where there is none."""
        changes = self.changes()
        if not changes:
            return ""
        first, deal = changes[0], self._document.deal
        more = f" and {len(changes) - 1} more" if len(changes) > 1 else ""
        try:
            field = field_at(deal, first.path)
            before, after = (text_of(field, value, deal.currency) for value in (first.before, first.after))
        except (LookupError, ValueError):  # a whole item came or went
            return f"{first.label}{more}"
        return f"{first.label}: {before} → {after}{more}"

    @property
    def paths(self) -> int:
        """Paths of the run under way, or of the next one."""
        return self._paths if self.is_running else self._document.deal.uncertainty.paths

    @property
    def done(self) -> float:
        """Part of the run under way that is done, 0 to 1."""
        return self._done

    def seconds_left(self) -> float:
        """How long the run under way may still take, by its speed so far."""
        if self._done <= 0:
            return self.seconds_expected()
        return (monotonic() - self._started) * (1 - self._done) / self._done

    def seconds_expected(self) -> float:
        """How long a run of the open deal may take, by the speed of earlier ones on this machine."""
        return self._settings.simulation_speed * self._path_months()

    def start(self) -> None:
        """Simulate the deal as it is now; nothing happens while a run is under way."""
        if self._job is not None or not self._document.is_open:
            return
        deal = self._document.deal

        def work(progress: Progress) -> Simulation:
            result = models.simulate(deal, cancelled=progress.cancelled, progress=progress)
            case = models.evaluate(deal)
            return Simulation(deal, case, result, models.risk_view(result, case), datetime.now())

        self._failure = ""
        self._paths = deal.uncertainty.paths
        self._started, self._done = monotonic(), 0.0
        self._job = self.runner.start(work)
        self.changed.emit()

    def stop(self) -> None:
        """Give up the run under way at once; what was there before stays. Its threads end at their next look."""
        if self._job is not None:
            self.runner.cancel(self._job)
            self._job = None
            self.changed.emit()

    def _path_months(self) -> int:
        return self.paths * self._document.deal.months

    def _forget(self) -> None:
        """Another deal is open, or none: its run and its results are of no use."""
        if self._job is not None:
            self.runner.cancel(self._job)
            self._job = None
        self._simulation = None
        self._failure = ""
        self.changed.emit()

    def _on_deal(self) -> None:
        self._failure = ""
        self.changed.emit()

    def _on_progress(self, number: int, done: float) -> None:
        if number == self._job:
            self._done = done
            self.moved.emit()

    def _on_finished(self, answer: Answer) -> None:
        if answer.number != self._job:
            return
        self._job = None
        assert isinstance(answer.result, Simulation)
        self._simulation = answer.result
        self._settings.simulation_speed = answer.milliseconds / 1000 / (self._paths * answer.result.deal.months)
        self.changed.emit()

    def _on_failed(self, failure: Failure) -> None:
        if failure.number != self._job:
            return
        self._job = None
        if isinstance(failure.error, ValueError):
            self._failure = str(failure.error)
        else:
            self.broken.emit(failure.trace)
        self.changed.emit()
