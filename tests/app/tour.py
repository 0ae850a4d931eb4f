"""A tour of everything the program shows: every section, result tab, dialog and window, one after the other."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from app.importing_dialog import ImportDialog
from app.naming import NameDialog
from app.panels.risk import RiskPage
from app.panels.sensitivity import SensitivityPage
from app.problems import CrashReport
from app.recovery import Leftover
from app.settings import RecentDeal
from app.window import Window
from models import read_tables, sections
from tests.agreement.changing import changed_workbook
from tests.app.conftest import Script
from tests.models.workbook.redline.returning import with_cells
from tests.models.workbook.redline.test_notes import place
from tests.models.workbook.written import exported

Station = tuple[str, QWidget]
PATHS = 200


def lay_out() -> None:
    """Let everything take its place that has other words, or has just come into sight."""
    QCoreApplication.sendPostedEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    QCoreApplication.sendPostedEvents()


class Tour:
    """Leads one window to all its places; each station is a name and the widget that holds all there is to see."""

    def __init__(self, window: Window, dialogs: Script, qtbot: QtBot, folder: Path) -> None:
        self._window = window
        self._dialogs = dialogs
        self._qtbot = qtbot
        self._folder = folder

    def stations(self) -> Iterator[Station]:
        """All of them, each laid out anew. It must be looked at before the next is asked for."""
        for name, root in self._stations():
            lay_out()
            yield name, root

    def _stations(self) -> Iterator[Station]:
        yield from self._start()
        for other in ("residual-value", "lease-guarantee"):
            self._open(other)
            self._window.desk.sections.choose("support")
            yield f"section Support of {other}", self._window
        self._open("austral")
        for section in sections():
            self._window.desk.sections.choose(section.key)
            yield f"section {section.title}", self._window
        yield from self._tabs()
        yield from self._scenario()
        yield from self._windows()
        yield from self._questions()
        yield from self._partner()
        self._window.show_start()
        yield "start page before an open deal", self._window

    def _open(self, name: str) -> None:
        window = self._window
        if window.document.is_open:
            window.document.stack.setClean()
        with self._qtbot.waitSignal(window.live.shown, timeout=20_000):
            window.filing.open_template(name)

    def _tabs(self) -> Iterator[Station]:
        window, results = self._window, self._window.desk.results
        window.document.edit("operations.pue", 1.4, "PUE", "")
        window.document.edit("uncertainty.paths", PATHS, "Paths", "")
        finding = window.finding
        waited = {
            "Sensitivity": [finding.studies.sensitivity.found],
            "Compare": [finding.comparing.states.found, finding.comparing.bridge.found],
        }
        for title in results.titles():
            if title in waited:
                with self._qtbot.waitSignals(waited[title], timeout=20_000):
                    results.choose(title)
            else:
                results.choose(title)
            yield f"tab {title}", window
        yield from self._sensitivities()
        results.choose(RiskPage.title)
        window.risk.simulating.start()
        yield "tab Risk, running", window
        self._qtbot.waitUntil(lambda: not window.risk.simulating.is_running, timeout=30_000)
        yield "tab Risk, run", window
        window.document.edit("operations.pue", 1.35, "PUE", "")
        yield "tab Risk, stale", window

    def _sensitivities(self) -> Iterator[Station]:
        window = self._window
        window.desk.results.choose(SensitivityPage.title)
        page = window.desk.results.page(SensitivityPage)
        for kind, button in enumerate(page.choices.kinds[1:3], start=1):
            with self._qtbot.waitSignal(window.finding.studies.sensitivity.found, timeout=20_000):
                page.choices.choose_kind(kind)
            yield f"tab Sensitivity, {button.text()}", window
        page.choices.choose_kind(3)
        yield "tab Sensitivity, Frontier", window
        window.finding.studies.sensitivity.stop()
        page.choices.choose_kind(0)

    def _scenario(self) -> Iterator[Station]:
        window = self._window
        self._dialogs.expect("name", "Low price, late capacity and dear money")
        window.scenarios.make()
        with self._qtbot.waitSignal(window.live.shown, timeout=20_000):
            window.document.edit("operations.pue", 1.9, "PUE", "")
        window.desk.sections.choose("costs")
        yield "in a scenario", window
        window.desk.toggle_fold()
        yield "folded", window
        window.desk.toggle_fold()
        window.scenarios.choose("")

    def _windows(self) -> Iterator[Station]:
        window = self._window
        solve = window.finding.solving.show()
        self._qtbot.waitUntil(lambda: solve.term.count() > 0, timeout=20_000)
        yield "solve", solve
        begin = solve.title.text()
        solve.go.click()
        self._qtbot.waitUntil(lambda: solve.title.text() != begin, timeout=20_000)
        yield "solve, found", solve
        solve.close()
        window.desk.results.page(SensitivityPage).choices.pick.click()
        assert window.finding.studies.picks is not None
        yield "terms of the tornado", window.finding.studies.picks
        window.finding.studies.picks.close()
        shown = window.finding.helping.show()
        yield "help", shown
        shown.close()
        lines = window.finding.explain_routes.show_reference()
        yield "line items", lines
        lines.close()
        yield from self._redline()

    def _redline(self) -> Iterator[Station]:
        window = self._window
        deal = window.document.deal
        path = self._folder / "austral back.xlsx"
        sent = exported(deal, "partner")
        changes = {"operations.power_price_kwh": 0.071, "senior_debt.target_dscr": 1.41}
        path.write_bytes(with_cells(changed_workbook(sent, changes), {place(sent, "partner.tax_rate"): "'15%"}))
        self._dialogs.expect("open_workbook", path)
        with self._qtbot.waitSignal(window.redlining.shown, timeout=60_000):
            window.redlining.start()
        assert window.redlining.view is not None
        yield "redline", window.redlining.view
        window.redlining.view.close()

    def _questions(self) -> Iterator[Station]:
        window, deal = self._window, self._window.document.deal
        made: list[QDialog] = [
            NameDialog(window, "New scenario", "Low", ["Low"], "Make scenario"),
            ImportDialog(window, "plan.csv", read_tables(self._plan()), deal),
            CrashReport("Traceback (most recent call last):\nValueError: the words of an error"),
        ]
        for dialog in made:
            dialog.show()
            yield type(dialog).__name__, dialog
            dialog.close()
            dialog.deleteLater()

    def _plan(self) -> Path:
        path = self._folder / "plan.csv"
        path.write_text("Quarter,North,South\nQ1 2027,100,5\nQ2 2027,200,6\nQ3 2027,300,7\n")
        return path

    def _partner(self) -> Iterator[Station]:
        window = self._window
        window.partner.enter()
        shared = window.partner.window
        assert shared is not None
        shared.resize(window.size())
        self._qtbot.waitUntil(lambda: shared.live.figures is not None, timeout=20_000)
        for section in sections(partner=True):
            shared.go_to_section(section.key)
            yield f"partner view, {section.title}", shared
        for title in shared.desk.results.titles():
            shared.desk.results.choose(title)
            yield f"partner view, tab {title}", shared
        window.partner.leave()

    def _start(self) -> Iterator[Station]:
        start = self._window.start
        recent = RecentDeal(str(self._folder / "austral.deal"), "Austral", "Austral Compute", 0.148, 1.8e9)
        start.show_recent([recent] * 3, datetime.now())
        start.leftovers.show_leftovers([Leftover(self._folder / "a.json", None, "The file cannot be read.")])
        yield "start page", self._window
