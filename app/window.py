"""The window: assembles document, runner and panes, and wires wishes to what fulfils them."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from app.actions import Actions
from app.desk import Desk
from app.dialogs import Dialogs
from app.document import Document
from app.dropping import Dropping
from app.exporting import Exporting
from app.figures_out import FiguresOut
from app.filing import Filing
from app.first_paint import AfterFirstPaint
from app.furnishing import Furnishing
from app.importing import Importing
from app.live import Live
from app.panels.status import StatusLine
from app.panels.tabs import RESULTS
from app.partner_view import PartnerView
from app.recovery import Recovering
from app.redlining import Redlining
from app.risk import Risk
from app.runner import Runner
from app.scenarios import Scenarios
from app.settings import Settings
from app.showing import Showing
from app.starting import Starting
from app.theme import least_window, usual_window
from app.theming import ThemeMenu
from app.toolbar import Toolbar
from app.undoing import Undoing
from models import sections

if TYPE_CHECKING:
    from app.finding import Finding
    from app.panels.start import StartPage


class Window(QMainWindow):
    """One window for one deal. `broken` carries traces of faults of the program found in other threads.

    It begins with the start page. Where it is `blank` its maker opens a deal at once; only if none is open after the
    first paint the start page comes.
    """

    broken = Signal(str)
    left = Signal()  # the window is closed and every thread has ended

    def __init__(self, settings: Settings, dialogs: Dialogs, runner: Runner, *, blank: bool = False) -> None:
        super().__init__()
        self.setMinimumSize(least_window())
        self._settings = settings
        self._dialogs = dialogs
        self._runner = runner
        runner.hold()  # until the window is painted
        self._abandoned = False
        self.document = Document(self)
        self.recovering = Recovering(self.document, runner, settings.recovery_folder, self)
        self.filing = Filing(self.document, self.recovering, dialogs, settings, self)
        self.live = Live(self.document, runner, self)
        self.exporting = Exporting(self.document, self.filing, runner, dialogs, self)
        self.figures_out = FiguresOut(self.filing, runner, dialogs, self)
        self.importing = Importing(self.document, runner, dialogs, settings, self)
        self.desk = Desk(RESULTS)
        self.status = StatusLine()
        self._stack = QStackedWidget()
        self._stack.addWidget(QWidget())  # blank
        self._stack.addWidget(self.desk)
        self._starting = Starting(self.document, self.filing, self.recovering, settings, self._stack)
        self.setCentralWidget(self._stack)
        self.setStatusBar(self.status)
        self.showing = Showing(self.document, self.live, self.filing, self.desk, self.status)
        self.partner = PartnerView(self.document, runner, self.filing, self.exporting, self.figures_out, self)
        self._undoing = Undoing(self.document.stack, self)
        self.actions_ = self._make_actions()
        self._toolbar = Toolbar(self, self.actions_)
        self.risk = Risk(self.document, runner, settings, self.desk, self._toolbar.simulation, self)
        self.risk.attach(self.status, self.actions_, self.exporting)
        self.scenarios = Scenarios(self.document, self._toolbar.scenario, self.actions_, dialogs, self)
        self._furnishing = Furnishing(
            self.document, self.live, runner, self.desk, dialogs, self.scenarios, self.actions_, self.exporting, self
        )
        self.redlining = Redlining(self.document, runner, dialogs, settings, self)
        self.redlining.add_to(self.actions_)
        self.figures_out.add_to(self.actions_, self.live, self.desk)
        self._wire()
        self._restore()
        self._show_state()
        if not blank:
            self.show_start()
        Dropping(self, self.open_path)
        AfterFirstPaint(self, self.warm_up)

    # what is shown

    @property
    def start(self) -> StartPage:
        """The start page, made now if it was not shown yet."""
        return self._starting.page

    @property
    def finding(self) -> Finding:
        """What finds terms and explains figures, made now if it was not needed yet."""
        return self._furnishing.finding

    def show_start(self) -> None:
        """Show the start page; an open deal stays open behind it."""
        self._starting.show()
        self._show_state()
        self._starting.focus()

    def show_desk(self) -> None:
        """Show the deal that is open."""
        self._stack.setCurrentWidget(self.desk)
        self._show_state()

    def open_path(self, path: str) -> None:
        """Open a deal file, as from the command line."""
        self.filing.open_file(Path(path))

    # wiring

    def _make_actions(self) -> Actions:
        actions = Actions(self)
        actions.adopt("Edit", "undo", self._undoing.undo)
        actions.adopt("Edit", "redo", self._undoing.redo)
        actions.on(
            {
                "new": self.show_start,
                "open": self.filing.open_file,
                "save": self.filing.save,
                "save_as": self.filing.save_as,
                "import_series": self.importing.start,
                "export_partner": partial(self.exporting.start, "partner"),
                "export_internal": partial(self.exporting.start, "internal"),
                "print_preview": self.exporting.preview,
                "close": self.filing.close,
                "quit": self.close,
                "next_problem": partial(self._step_problem, 1),
                "previous_problem": partial(self._step_problem, -1),
                "copy_numbers": self.desk.results.copy_numbers,
                "copy_picture": self.desk.results.copy_picture,
                "partner_view": self.partner.enter,
                "fold": self.desk.toggle_fold,
                "next_pane": partial(self.desk.step_pane, 1),
                "previous_pane": partial(self.desk.step_pane, -1),
            }
        )
        for number, section in enumerate(sections(), start=1):
            actions.add("Deal", section.title, f"Ctrl+{number}", partial(self.desk.go_to_section, section.key))
        for number, title in enumerate(self.desk.results.titles(), start=1):
            actions.add("Results", title, f"Alt+{number}", partial(self.desk.results.choose, title))
        ThemeMenu(actions.menu("View"), self._settings)
        recent = actions.menu("Open recent")
        recent.aboutToShow.connect(partial(self._starting.fill_menu, recent))
        return actions

    def _wire(self) -> None:
        document, desk, live = self.document, self.desk, self.live
        self._starting.path_wished.connect(self.open_path)
        self._starting.back_wished.connect(self.show_desk)
        self._starting.changes_wished.connect(self._furnishing.at_need(lambda found: found.show_changes))
        self.recovering.failed.connect(partial(self.status.say, icon="triangle-alert", role="warning"))
        document.opened.connect(self._on_opened)
        document.state_changed.connect(self._show_state)
        document.closed.connect(self.show_start)
        desk.wish.connect(self._on_wish)
        desk.forms.import_wished.connect(self.importing.start)
        for part in (live, self.risk, self._furnishing, self.partner):
            part.broken.connect(self.broken)
        self.scenarios.said.connect(self.status.say)
        desk.scenario_wished.connect(self.scenarios.go_to)
        self.partner.refused.connect(self.status.say)
        for made in (self.redlining.made, self._furnishing.made):
            made.connect(self.figures_out.attach)
        for job in (self.exporting, self.importing, self.redlining, self.figures_out):
            job.moved.connect(self.status.show_job)
            job.ended.connect(self.status.end_job)
            self.partner.follow(job)
            job.broken.connect(self.broken)
            self.status.stop_wished.connect(job.stop)

    def _on_opened(self) -> None:
        self.desk.open_deal(self.document.deal)
        self.show_desk()
        self.desk.sections.setFocus()

    def _on_wish(self, path: str, value: object, words: str, merge_key: str) -> None:
        refusal = self.document.edit(path, value, words, merge_key)
        self.desk.forms.show_problem(path, refusal or None)

    def _show_state(self) -> None:
        shown = self.document.is_open and self._stack.currentWidget() is self.desk
        self.showing.show_state(self)
        self.actions_.enable_for_deal(shown)
        self._undoing.allow(shown)
        self.scenarios.allow(shown)
        self._toolbar.show_deal_tools(shown)
        self.risk.allow()

    def _step_problem(self, step: int) -> None:
        problem = self.desk.rail.step_problem(step)
        if problem is not None:
            self.desk.go_to(problem.path)

    # leaving

    def warm_up(self) -> None:
        """The window is painted: make the rest of it, and load what computing needs, in the worker's thread."""
        if self._stack.currentIndex() == 0:  # blank
            self.show_start()
        self._runner.warm_up()  # figures come by the loop of events, so not before all that shows them is there
        self.desk.furnish()

    def give_up(self) -> None:
        """Close without a question."""
        self._abandoned = True
        self.close()

    def _restore(self) -> None:
        geometry, desk = self._settings.state("window"), self._settings.state("desk")
        if geometry is None or not self.restoreGeometry(QByteArray(geometry)):
            self.resize(usual_window(self.screen()))
        if desk is not None:
            self.desk.restore(desk)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's own name
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            QTimer.singleShot(0, self, self.filing.look_at_disk)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's own name
        if not self._abandoned and not self.filing.may_leave():
            event.ignore()
            return
        self._settings.keep_state("window", bytes(self.saveGeometry().data()))
        self._settings.keep_state("desk", self.desk.state())
        self._runner.close()
        self.recovering.leave(abandoned=self._abandoned)
        self.filing.leave()
        super().closeEvent(event)
        self.left.emit()
