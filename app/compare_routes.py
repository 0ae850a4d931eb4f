"""The states behind the Compare page: the saved deal, the base, scenarios and other files, and what is asked."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

import models  # figures are offered by the engine, which is loaded with the first ones
from app.desk import Desk
from app.dialogs import Dialogs
from app.document import Document
from app.panels.compare import ComparePage, State
from app.panels.sensitivity import SensitivityPage
from app.requests import BridgeRequest, StatesRequest, TornadoRequest
from app.resting import Rest
from app.runner import Runner
from app.scenarios import Scenarios
from app.study import Study
from models import Deal, DealError, load_deal, scenario_deal, scenario_names

_SCENARIO, _FILE = "scenario ", "file "


class CompareRoutes(QObject):
    """Answers the wishes of the page that compares."""

    broken = Signal(str)

    def __init__(
        self,
        document: Document,
        runner: Runner,
        desk: Desk,
        dialogs: Dialogs,
        scenarios: Scenarios,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._document = document
        self._desk = desk
        self._dialogs = dialogs
        self._window = window
        self._files: dict[str, Deal] = {}
        self._offered: tuple[State, ...] = ()
        self._rest = Rest(document, self)
        self.bridge = Study(document, runner, self, follows=lambda: True)
        self.states = Study(document, runner, self, follows=lambda: True)
        self.movers = Study(document, runner, self, follows=lambda: True)
        self._page = page = desk.results.page(ComparePage)
        page.refresh_wished.connect(self._on_wished)
        page.bridge_wished.connect(self._ask_bridge)
        page.states_wished.connect(self._ask_states)
        page.file_wished.connect(self._choose_file)
        page.stop_wished.connect(self.bridge.stop)
        page.field_wished.connect(desk.go_to)
        page.scenario_wished.connect(scenarios.make)
        page.sensitivity_wished.connect(self._open_sensitivity)
        self.bridge.began.connect(lambda: page.show_progress(0.0))
        self.bridge.moved.connect(page.show_progress)
        self.bridge.found.connect(lambda _request, found: page.show_bridge(found))
        self.bridge.refused.connect(page.refuse)
        self.bridge.stopped.connect(page.show_stopped)
        self.bridge.outdated.connect(page.show_stale)
        self.states.found.connect(lambda _request, found: page.show_states(found))
        self.states.refused.connect(page.refuse)
        self.movers.found.connect(lambda _request, found: page.movers.show_tornado(found))
        self.movers.refused.connect(lambda _why: page.movers.show_tornado(None))
        self.movers.outdated.connect(page.movers.show_stale)
        for study in (self.bridge, self.states, self.movers):
            study.broken.connect(self.broken)
        document.opened.connect(lambda _deal: self._forget())

    def _on_wished(self) -> None:
        """Offer other states at once; with the same ones it is time when the deal rests, as no key changes what is
        offered."""
        if self._document.is_open and self._states() != self._offered:
            self.refresh()
        else:
            self._rest.then(self.refresh)

    def refresh(self) -> None:
        """Offer the states there are now; in a scenario the way leads from the base to it, else from what was saved."""
        if not self._document.is_open:  # its tab comes into sight once more while the deal is closed
            return
        scenario = self._document.scenario
        before, after = ("base", _SCENARIO + scenario) if scenario else ("saved", "base")
        self._offered = self._states()
        self._page.offer(self._offered, models.figures_on_offer(self._document.base), before, after)

    def deal_of(self, key: str) -> Deal:
        """The deal behind the key of a state. DealError where a scenario cannot be used."""
        if key.startswith(_SCENARIO):
            return scenario_deal(self._document.base, key.removeprefix(_SCENARIO))
        if key.startswith(_FILE):
            return self._files[key]
        return self._document.saved if key == "saved" else scenario_deal(self._document.base, "")

    def _states(self) -> tuple[State, ...]:
        names = scenario_names(self._document.base)
        own = (State("base", "Base" if names else "Now"), *(State(_SCENARIO + name, name) for name in names))
        files = tuple(State(key, Path(key.removeprefix(_FILE)).name) for key in self._files)
        return (State("saved", "Saved"), *own, *files)

    def _ask_bridge(self, kpi: str, before: str, after: str) -> None:
        self.movers.ask(TornadoRequest(kpi))
        try:
            self.bridge.ask(BridgeRequest(kpi, self.deal_of(before), self.deal_of(after)))
        except DealError as error:
            self._page.refuse(str(error))

    def _ask_states(self, keys: tuple[str, ...]) -> None:
        names = {state.key: state.name for state in self._states()}
        try:
            self.states.ask(StatesRequest(tuple((names[key], self.deal_of(key)) for key in keys)))
        except DealError as error:
            self._page.refuse(str(error))

    def _choose_file(self, is_after: bool) -> None:
        path = self._dialogs.open_deal(self._window, "")
        if path is None:
            return
        key = f"{_FILE}{path}"
        try:
            self._files[key] = scenario_deal(load_deal(path), "")
        except DealError as error:
            self._dialogs.tell(self._window, "The deal cannot be compared with", str(error))
            return
        self.refresh()
        self._page.choose_end(key, after=is_after)

    def _open_sensitivity(self, kpi: str) -> None:
        self._desk.results.page(SensitivityPage).choices.choose_figure(kpi)
        self._desk.results.choose(SensitivityPage.title)

    def _forget(self) -> None:
        self._files.clear()
        self._offered = ()
        self._page.forget()
