"""Finding the terms: explaining, sensitivities and comparing, put together for the window."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.about import about
from app.compare_routes import CompareRoutes
from app.desk import Desk
from app.dialogs import Dialogs
from app.document import Document
from app.effects import Effects
from app.explain_routes import ExplainRoutes
from app.explaining import Explaining
from app.exporting import Exporting
from app.help_topics import CHANGES
from app.helping import Helping
from app.live import Live
from app.overlaying import Overlaying
from app.runner import Runner
from app.scenarios import Scenarios
from app.solve_routes import SolveRoutes
from app.study_routes import StudyRoutes


class Finding(QObject):
    """What goes on between the pages that find terms and the engine. `broken` carries traces of faults."""

    broken = Signal(str)

    def __init__(
        self,
        document: Document,
        live: Live,
        runner: Runner,
        desk: Desk,
        dialogs: Dialogs,
        scenarios: Scenarios,
        exporting: Exporting,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._dialogs = dialogs
        self._window = window
        self.explaining = Explaining(live, runner, self)
        self.explain_routes = ExplainRoutes(self.explaining, desk, live, self)
        self.helping = Helping(window, self.explain_routes.show_reference)
        self.studies = StudyRoutes(document, runner, desk, self)
        exporting.add_results(self.studies.results)
        self.comparing = CompareRoutes(document, runner, desk, dialogs, scenarios, window)
        self.solving = SolveRoutes(document, runner, dialogs, scenarios, window)
        self.solving.offer_wished.connect(self.studies.ask_offer)
        self.studies.offered.connect(self.solving.offer)
        self.studies.scenario_wished.connect(lambda name, changes: scenarios.add(name, dict(changes)))
        self.overlaying = Overlaying(document, live, runner, desk, self)
        self.effects = Effects(document, live, runner, desk.forms, self)
        for each in (self.explaining, self.studies, self.comparing, self.solving, self.effects, self.overlaying):
            each.broken.connect(self.broken)
        for shown in (self.studies.sensitivity.found, self.comparing.bridge.found, self.explaining.shown):
            shown.connect(lambda *_: desk.results.show_tools())
        document.opened.connect(lambda _deal: self.explain_routes.forget())

    def show_changes(self) -> None:
        """Open the help at what each version brought."""
        self.helping.show(CHANGES)

    def tell_about(self) -> None:
        """Say what the program is, and of what it is made."""
        self._dialogs.tell(self._window, *about(), "shield-check")
