"""What only figures fill, and what finds and explains them: made once the window is painted, or when it is needed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.actions import Actions
from app.desk import Desk
from app.dialogs import Dialogs
from app.document import Document
from app.exporting import Exporting
from app.live import Live
from app.runner import Runner
from app.scenarios import Scenarios

if TYPE_CHECKING:
    from app.finding import Finding


class Furnishing(QObject):
    """Wires what needs `Finding`, so that whoever asks for it first has it made.

    With the pages and charts that it works on it is half of all that there is to load and to make, and nothing of it
    can be seen before there are figures. These are computed only from then on: see `Window.warm_up`.
    """

    broken = Signal(str)  # a trace: the program made a mistake
    made = Signal(object)  # a window or dialog whose tables can be saved

    def __init__(
        self,
        document: Document,
        live: Live,
        runner: Runner,
        desk: Desk,
        dialogs: Dialogs,
        scenarios: Scenarios,
        actions: Actions,
        exporting: Exporting,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._given = (document, live, runner, desk, dialogs, scenarios, exporting, window)
        self._desk = desk
        self._finding: Finding | None = None
        desk.furnished.connect(self._on_furnished)
        desk.forms.visited.connect(self.at_need(lambda found: found.effects.visit))
        desk.forms.guide_wished.connect(self.at_need(lambda found: found.helping.show))
        actions.on(
            {
                "explain": self.at_need(lambda found: found.explain_routes.explain_focus),
                "explain_back": self.at_need(lambda found: found.explaining.back),
                "explain_forward": self.at_need(lambda found: found.explaining.forward),
                "reference": self.at_need(lambda found: found.explain_routes.show_reference),
                "help": lambda: self.finding.helping.show(desk.section_title() if desk.isVisible() else ""),
                "about": self.at_need(lambda found: found.tell_about),
                "solve": self.at_need(lambda found: found.solving.show),
            }
        )

    @property
    def finding(self) -> Finding:
        """What finds terms and explains figures, made now if it is not there yet."""
        self._desk.furnish()
        assert self._finding is not None
        return self._finding

    def at_need(self, pick: Callable[[Finding], Callable[..., object]]) -> Callable[..., object]:
        """A slot that calls what is picked of `Finding`, which is made by then."""

        def run(*said: object) -> None:
            pick(self.finding)(*said)

        return run

    def _on_furnished(self) -> None:
        from app.finding import Finding  # noqa: PLC0415 - charts and studies wait until the window is painted

        self._finding = Finding(*self._given)
        self._finding.broken.connect(self.broken)
        self._finding.solving.made.connect(self.made)
