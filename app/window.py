"""The window: assembles document, runner and panes, and wires wishes to what fulfils them."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget

from app.about import about
from app.actions import Actions
from app.desk import Desk
from app.dialogs import Dialogs
from app.document import Document
from app.exporting import Exporting
from app.figures_out import FiguresOut
from app.filing import Filing
from app.finding import Finding
from app.help_topics import CHANGES
from app.importing import Importing
from app.live import Live
from app.panels.pages import result_pages
from app.panels.start import StartPage
from app.panels.status import StatusLine
from app.partner_view import PartnerView
from app.recovery import Recovering
from app.redlining import Redlining
from app.risk import Risk
from app.runner import Runner
from app.scenarios import Scenarios
from app.settings import Settings, told_apart
from app.showing import Showing
from app.theme import least_window, usual_window, verbatim
from app.theming import ThemeMenu
from app.toolbar import Toolbar
from app.undoing import Undoing
from models import sections, template_names


class Window(QMainWindow):
    """One window for one deal. `broken` carries traces of faults of the program found in other threads."""

    broken = Signal(str)
    left = Signal()  # the window is closed and every thread has ended

    def __init__(self, settings: Settings, dialogs: Dialogs, runner: Runner) -> None:
        super().__init__()
        self.setMinimumSize(least_window())
        self._settings = settings
        self._dialogs = dialogs
        self._runner = runner
        self._abandoned = False
        self.document = Document(self)
        self.recovering = Recovering(self.document, runner, settings.recovery_folder, self)
        self.filing = Filing(self.document, self.recovering, dialogs, settings, self)
        self.live = Live(self.document, runner, self)
        self.exporting = Exporting(self.document, self.filing, runner, dialogs, self)
        self.figures_out = FiguresOut(self.filing, runner, dialogs, self)
        self.importing = Importing(self.document, runner, dialogs, settings, self)
        self.start = StartPage(template_names())
        self.desk = Desk(result_pages())
        self.status = StatusLine()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.start)
        self._stack.addWidget(self.desk)
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
        self.finding = Finding(
            self.document, self.live, runner, self.desk, dialogs, self.scenarios, self.actions_, self.exporting, self
        )
        self.redlining = Redlining(self.document, runner, dialogs, settings, self)
        self.redlining.add_to(self.actions_)
        self.figures_out.add_to(self.actions_, self.live, self.desk)
        self._wire()
        self._restore()
        self.show_start()

    # what is shown

    def show_start(self) -> None:
        """Show the start page; an open deal stays open behind it."""
        self.start.show_recent(self._settings.recent(), datetime.now())
        self.start.leftovers.show_leftovers(self.recovering.found())
        self.start.show_back(self.document.deal.name if self.document.is_open else "")
        self._stack.setCurrentWidget(self.start)
        self._show_state()
        self.start.focus()

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
                "about": lambda: self._dialogs.tell(self, *about(), "shield-check"),
            }
        )
        for number, section in enumerate(sections(), start=1):
            actions.add("Deal", section.title, f"Ctrl+{number}", partial(self.desk.go_to_section, section.key))
        for number, title in enumerate(self.desk.results.titles(), start=1):
            actions.add("Results", title, f"Alt+{number}", partial(self.desk.results.choose, title))
        ThemeMenu(actions.menu("View"), self._settings)
        actions.menu("Open recent").aboutToShow.connect(self._fill_recent)
        return actions

    def _wire(self) -> None:
        document, desk, live = self.document, self.desk, self.live
        self.start.template_wished.connect(self.filing.open_template)
        self.start.file_wished.connect(self.open_path)
        self.start.open_wished.connect(self.filing.open_file)
        self.start.back_wished.connect(self.show_desk)
        self.start.changes_wished.connect(partial(self.finding.helping.show, CHANGES))
        self.start.leftovers.restore_wished.connect(self.filing.restore)
        self.start.leftovers.compare_wished.connect(self.filing.tell_changes)
        self.start.leftovers.discard_wished.connect(self.recovering.discard)
        self.recovering.found_changed.connect(lambda: self.start.leftovers.show_leftovers(self.recovering.found()))
        self.recovering.failed.connect(partial(self.status.say, icon="triangle-alert", role="warning"))
        document.opened.connect(self._on_opened)
        document.state_changed.connect(self._show_state)
        document.closed.connect(self.show_start)
        desk.wish.connect(self._on_wish)
        desk.forms.import_wished.connect(self.importing.start)
        for part in (live, self.risk, self.finding, self.partner):
            part.broken.connect(self.broken)
        self.scenarios.said.connect(self.status.say)
        desk.scenario_wished.connect(self.scenarios.go_to)
        self.partner.refused.connect(self.status.say)
        for made in (self.redlining.made, self.finding.solving.made):
            made.connect(self.figures_out.attach)
        for job in (self.exporting, self.importing, self.redlining, self.figures_out):
            job.moved.connect(self.status.show_job)
            job.ended.connect(self._on_job_ended)
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

    def _on_job_ended(self, words: str) -> None:
        self.status.hide_job()
        if words:
            self.status.say(words)

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

    def _fill_recent(self) -> None:
        menu = self.actions_.menu("Open recent")
        menu.clear()
        recent = self._settings.recent()
        for deal, title in zip(recent, told_apart(recent), strict=True):
            menu.addAction(verbatim(title), partial(self.open_path, deal.path)).setToolTip(deal.path)
        menu.setEnabled(True)
        if menu.isEmpty():
            menu.addAction("No recent deal").setEnabled(False)

    # leaving

    def warm_up(self) -> None:
        """Load what computing needs, in the worker's thread."""
        self._runner.warm_up()

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
