"""Keeps title, panes and status line in step with the document and its figures."""

from __future__ import annotations

from PySide6.QtWidgets import QMainWindow

from app.desk import Desk
from app.document import Document
from app.filing import Filing
from app.forms import BASE
from app.live import Figures, Live
from app.panels.status import StatusLine
from models import Problem


class Showing:
    """Brings every change to whoever shows it; it decides nothing."""

    def __init__(self, document: Document, live: Live, filing: Filing, desk: Desk, status: StatusLine) -> None:
        self._document = document
        self._live = live
        self._filing = filing
        self._desk = desk
        self._status = status
        document.changed.connect(lambda _deal: self.show_deal())
        document.saved_now.connect(self.show_deal)
        document.closed.connect(desk.close_deal)
        desk.entries_changed.connect(self.show_problems)
        live.shown.connect(self._on_figures)
        live.waiting.connect(desk.rail.dim)
        live.failed.connect(self.show_problems)

    def problems(self) -> tuple[Problem, ...]:
        """All problems of the deal: entries that cannot be used first, then what the figures warn of."""
        figures = self._live.figures
        failure = (Problem("", self._live.failure),) if self._live.failure else ()
        return (*failure, *self._desk.forms.entries(), *(figures.glance.warnings if figures is not None else ()))

    def show_state(self, window: QMainWindow) -> None:
        """Show in the title and the status line whether there is a deal and whether it is saved."""
        window.setWindowTitle(self._document.title)
        window.setWindowModified(self._document.is_modified)
        self._status.say_file(self._document.state_words())
        if not self._document.is_open:
            self._status.say("No deal is open")
            self._status.say_file("F1 opens the guide")

    def show_deal(self) -> None:
        """Show the deal as it is now."""
        document = self._document
        below = document.scenario_parent or BASE if document.scenario else ""
        self._desk.show_deal(document.deal, document.below, self.problems(), document.marked_paths(), below)
        self._status.say_file(document.state_words())

    def show_problems(self) -> None:
        """Show what is wrong with the deal, or that nothing is."""
        if not self._document.is_open:
            return
        self._desk.show_problems(self._document.deal, self.problems(), self._document.marked_paths())
        wrong = len(self._desk.forms.entries())
        if self._live.failure:
            self._status.say(f"These are the figures from before. {self._live.failure}", "circle-x", "negative")
        elif wrong:
            entries = "1 entry" if wrong == 1 else f"{wrong} entries"
            self._status.say(f"{entries} cannot be used; the last valid deal keeps computing", "circle-x", "negative")
            self._status.say_file("F8 goes to the next problem")
        elif self._live.figures is not None:
            what = f"“{self._live.figures.scenario}”" if self._live.figures.scenario else "Base case"
            self._status.say(f"{what} computed in {self._live.figures.milliseconds:.0f} ms", "check", "positive")
            self._status.say_file(self._document.state_words())

    def _on_figures(self, figures: Figures) -> None:
        self._desk.show_figures(figures)
        self.show_problems()
        self._filing.remember(figures)
