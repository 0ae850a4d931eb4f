"""All of the simulation in the window: its state on tab, toolbar, rail and status line, and what they wish for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

import models  # tables are made of a finished run, when everything is loaded
from app.actions import Actions
from app.desk import Desk
from app.document import Document
from app.exporting import Exporting
from app.panels.simulation_bar import SimulationBar
from app.panels.status import StatusLine
from app.path_case import PathCase
from app.runner import Runner
from app.settings import Settings
from app.simulating import Simulating

if TYPE_CHECKING:
    from app.panels.risk import RiskPage
    from models import Deal, ResultTable

_TITLE = "Risk"  # of its tab
_AFTER_OPENING = "Cash flow"  # the tab on which a path is first looked at


class Risk(QObject):
    """Brings every change of the simulation to whoever shows it."""

    broken = Signal(str)  # a trace: the program made a mistake

    def __init__(
        self, document: Document, runner: Runner, settings: Settings, desk: Desk, bar: SimulationBar, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.simulating = Simulating(document, runner, settings, self)
        self.path_case = PathCase(desk.results, runner, self)
        self._page: RiskPage | None = None
        self.bar = bar
        self._document = document
        self._desk = desk
        self._status: StatusLine | None = None
        self._actions: Actions | None = None
        self.simulating.changed.connect(self.show_state)
        self.simulating.moved.connect(self._show_progress)
        self.simulating.broken.connect(self.broken)
        self.path_case.broken.connect(self.broken)
        self.path_case.opened.connect(self._on_opened)
        document.opened.connect(self.path_case.leave)
        document.closed.connect(self.path_case.leave)
        bar.run_wished.connect(self.simulating.start)
        bar.stop_wished.connect(self.simulating.stop)
        desk.furnished.connect(self._on_furnished)
        document.scenario_changed.connect(lambda _name: self.path_case.leave())

    @property
    def page(self) -> RiskPage:
        """The page, made if it is not there yet."""
        self._desk.furnish()
        assert self._page is not None
        return self._page

    def attach(self, status: StatusLine, actions: Actions, exporting: Exporting) -> None:
        """Show the state on the status line as well, fulfil the commands of the menu, and give exports the results."""
        self._status, self._actions = status, actions
        exporting.add_results(self.results)
        self.path_case.said.connect(status.say)
        actions.on(
            {
                "simulate": self.simulating.start,
                "stop_simulation": self.simulating.stop,
                "leave_path": self.path_case.leave,
            }
        )
        self.show_state()

    def results(self, deal: Deal) -> Sequence[ResultTable]:
        """The tables of the last run where it is of this very deal, none otherwise: a stale result is not printed."""
        simulation = self.simulating.simulation
        return models.simulation_tables(simulation.result) if simulation and simulation.deal == deal else ()

    def show_state(self) -> None:
        """Show the state of the simulation everywhere."""
        state = self.simulating
        simulation, stale = state.simulation, state.is_stale
        self.bar.show_state(state)
        if self._page is not None:
            self._page.show_state(state)
        self._desk.results.show_tools()
        self._desk.show_expected_loss(simulation.shown.expected_loss if simulation else None, stale=stale)
        if self._status is not None:
            words = simulation.words(datetime.now()) if simulation else ""
            self._status.say_simulation(f"{words}, stale" if stale else words)
        self.allow()

    def allow(self) -> None:
        """Let the commands follow what can be done now."""
        if self._actions is not None:
            state, shown = self.simulating, self._document.is_open and self._desk.isVisible()
            self._actions["simulate"].setEnabled(shown and state.can_run)
            self._actions["stop_simulation"].setEnabled(state.is_running)
            self._actions["leave_path"].setEnabled(self._desk.results.path is not None)

    def _on_furnished(self) -> None:
        from app.panels.risk import RiskPage  # noqa: PLC0415 - loaded with the other pages of results

        self._page = page = self._desk.results.page(RiskPage)
        page.run_wished.connect(self.simulating.start)
        page.stop_wished.connect(self.simulating.stop)
        page.field_wished.connect(self._desk.go_to)
        page.path_wished.connect(self._open_path)
        page.show_state(self.simulating)

    def _show_progress(self) -> None:
        self.bar.show_progress(self.simulating)
        if self._page is not None:
            self._page.show_progress(self.simulating)

    def _open_path(self, path: int, what: str) -> None:
        if self.simulating.simulation is not None:
            self.path_case.open(self.simulating.simulation, path, what)

    def _on_opened(self) -> None:
        if self._desk.results.chosen() == _TITLE:
            self._desk.results.choose(_AFTER_OPENING)
        self.allow()
