"""Work of a window started, stopped, overtaken at random: `uv run python -m tests.hardening.window_threads 300 [SEED]`.

Each life of a window does what a hurried user does while everything computes: edits, undo, scenarios, runs and stops of
simulation, solve and tornado, exports, redlines, imports, the partner view, other deals opened and closed; then it
closes, at once in the midst of it or after all has come to rest. Nothing may break; figures that arrive are those of
the deal as it is, at every moment; what is of an earlier deal is marked as such; at rest the figures are those of a
fresh evaluation; and no thread is left.
"""

from __future__ import annotations

import csv
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.dialogs import Elsewhere, Left, Outside, Unsaved
from app.live import Figures
from app.requests import SolveRequest, TornadoRequest
from app.runner import Runner
from app.session import load_engine
from app.settings import Settings
from app.study import Study
from app.theme import apply_theme
from app.window import Window
from models import Deal, SourceTable, evaluate, export_workbook, load_template, save_deal, with_value
from tests.hardening.ground import Replies, rest, until
from tests.hardening.thread_cycles import threads

TEMPLATES = ("austral", "fjord")
LONGEST = 300.0  # seconds until a window that should come to rest counts as hung, on a machine busy with other programs
PATHS = 300
"""Paths of a simulation: enough to be overtaken, few enough to end within a life."""
EDITS: dict[str, tuple[float, ...]] = {
    "senior_debt.target_dscr": (1.25, 1.3, 1.35, 1.4),
    "operations.rent_per_kw_month": (120.0, 150.0, 180.0),
    "partner.tax_rate": (0.2, 0.25, 0.3),
    "demand[0].price": (2.5, 3.0, 3.5),
    "months": (60.0, 74.0, 80.0),
}
_ANSWERS: dict[str, object] = {
    "unsaved": Unsaved.DISCARD,
    "opened elsewhere": Elsewhere.SAME,
    "changed outside": Outside.THEIRS,
    "overwrite outside": Outside.OURS,
    "left unsaved": Left.DISCARD,
}
_HARMLESS = "propagateSizeHints"  # what the platform without a screen says of itself


class Answers(Replies):
    """Files to open and to write, by what the life wants next; every question of changes gives them up."""

    def __init__(self, folder: Path, dice: random.Random) -> None:
        super().__init__()
        self._folder = folder
        self._dice = dice
        self._count = 0

    def _new(self, ending: str) -> Path:
        self._count += 1
        return self._folder / f"written {self._count % 5}{ending}"

    def save_deal(self, _parent: QWidget, _suggested: str) -> Path | None:
        return self._new(".deal")

    def save_workbook(self, _parent: QWidget, _suggested: str) -> Path | None:
        return self._new(self._dice.choice((".xlsx", ".xlsx", ".docx", ".pdf")))

    def save_figures(self, _parent: QWidget, _suggested: str) -> Path | None:
        return self._new(self._dice.choice((".xlsx", ".csv")))

    def open_workbook(self, _parent: QWidget, _folder: str) -> Path | None:
        return self._folder / "returned.xlsx"

    def open_table(self, _parent: QWidget, _folder: str) -> Path | None:
        return self._folder / self._dice.choice(("series.csv", "returned.xlsx"))

    def import_series(
        self, _parent: QWidget, _name: str, tables: Sequence[SourceTable], deal: Deal, tenant: int = 0
    ) -> tuple[int, tuple[float, ...]] | None:
        assert tables
        assert tenant < len(deal.demand)
        return (tenant, (100.0,) * 12) if self._dice.random() < 0.7 else None

    def name(self, _parent: QWidget, _title: str, suggested: str, _taken: Collection[str], _verb: str) -> str | None:
        return suggested


class Life:
    """One window from its beginning to its end, and what was wrong with it."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.wrong: list[str] = []
        self.done = Counter[str]()
        self._folder = folder
        self._dice = random.Random(seed)
        self._answers = Answers(folder, self._dice)
        self._answers.answers = _ANSWERS.copy()
        self.window = window = Window(Settings(folder / f"settings {seed}"), self._answers, Runner(load_engine))
        window.broken.connect(lambda trace: self.wrong.append(f"broken: {trace[-300:]}"))
        window.live.shown.connect(self._on_figures)
        window.risk.simulating.changed.connect(self._on_simulation)
        for study in self._studies():
            study.found.connect(lambda _request, _found, study=study: self._on_found(study))
        window.show()

    def _studies(self) -> tuple[Study, ...]:
        finding = self.window.finding
        return finding.solving.study, finding.studies.sensitivity

    # what must hold at every moment

    def _on_figures(self, figures: Figures) -> None:
        document = self.window.document
        if not document.is_open or figures.case.deal is not document.deal or figures.scenario != document.scenario:
            self.wrong.append("figures of another deal are shown")

    def _on_simulation(self) -> None:
        document, state = self.window.document, self.window.risk.simulating
        if state.simulation is None:
            return
        same = document.is_open and _terms(state.simulation.deal) == _terms(document.deal)
        if state.is_stale == same:
            self.wrong.append("a simulation of another deal is shown as fresh" if not same else "a fresh one as stale")

    def _on_found(self, study: Study) -> None:
        self.done["studies found"] += 1
        if not study.is_current:
            marked: list[bool] = []
            study.outdated.connect(lambda: marked.append(True))
            self._late.append((study, marked))

    # what is done

    def live(self, steps: int) -> str:
        """Do things at random and close; returns how."""
        self._late: list[tuple[Study, list[bool]]] = []
        acts = self._acts()
        for _ in range(steps):
            if not self.window.document.is_open and self._dice.random() < 0.8:
                self._open()
            name = self._dice.choice(tuple(acts))
            self.done[name] += 1
            acts[name]()
            rest(self._dice.choice((0, 0, 1, 5, 20, 60)))
        way = self._dice.choice(("closed at once", "closed at rest"))
        if way == "closed at rest":
            self._settle()
        self.wrong += ["a study of an earlier deal is shown as fresh" for _, marked in self._late if not marked]
        self.window.give_up()
        if self.window._runner.jobs():
            self.wrong.append("a job is left")
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        rest()
        return way

    def _acts(self) -> dict[str, Callable[[], object]]:
        window, dice = self.window, self._dice
        solve, tornado = self._studies()
        return {
            "edit": self._edit,
            "edit again": self._edit,
            "type": self._type,
            "undo": window.document.stack.undo,
            "redo": window.document.stack.redo,
            "run": window.risk.simulating.start,
            "run again": window.risk.simulating.start,
            "stop": window.risk.simulating.stop,
            "run and stop": self._run_and_stop,
            "new scenario": self._if_open(window.scenarios.make),
            "next scenario": self._if_open(lambda: window.scenarios.step(1)),
            "delete scenario": lambda: window.scenarios.delete() if window.document.scenario else None,
            "solve": self._if_open(lambda: solve.ask(SolveRequest("senior_debt.target_dscr", "loan_to_cost", 0.5))),
            "stop solve": solve.stop,
            "tornado": self._if_open(lambda: tornado.ask(TornadoRequest("partner_irr"))),
            "stop tornado": tornado.stop,
            "export": lambda: window.exporting.start(dice.choice(("partner", "internal"))),
            "stop export": window.exporting.stop,
            "figures": lambda: window.figures_out.start(window.live, window.desk),
            "redline": window.redlining.start,
            "import": lambda: window.importing.start(0),
            "tab": lambda: window.desk.results.choose(dice.choice(window.desk.results.titles())),
            "partner view": self._if_open(window.partner.enter),
            "leave partner view": window.partner.leave,
            "save": self._if_open(window.filing.save),
            "open file": self._open,
            "open template": lambda: window.filing.open_template(dice.choice(TEMPLATES)),
            "close deal": window.filing.close,
        }

    def _if_open(self, act: Callable[[], object]) -> Callable[[], object]:
        return lambda: act() if self.window.document.is_open else None

    def _run_and_stop(self) -> None:
        self.window.risk.simulating.start()
        self.window.risk.simulating.stop()

    def _open(self) -> None:
        self.window.open_path(str(self._folder / f"{self._dice.choice(TEMPLATES)}.deal"))

    def _edit(self) -> None:
        document = self.window.document
        if document.is_open:
            path = self._dice.choice(tuple(EDITS))
            value = self._dice.choice(EDITS[path])
            document.edit(
                path, int(value) if path == "months" else value, f"{path} → {value}", self._dice.choice(("", path))
            )

    def _type(self) -> None:
        """Type into a form, letter by letter, while work goes on."""
        if not self.window.document.is_open or self.window.partner.window is not None:
            return
        self.window.desk.go_to("senior_debt.target_dscr")
        for letter in self._dice.choice(("1.25", "1.4", "1x")):
            held = QApplication.focusWidget()
            if held is not None:
                QTest.keyClicks(held, letter)
            rest(self._dice.choice((0, 2)))
        held = QApplication.focusWidget()
        if held is not None:
            QTest.keyClick(held, Qt.Key.Key_Escape)

    def _settle(self) -> None:
        """Wait until nothing runs, and hold what is shown against a fresh evaluation."""
        window = self.window
        try:
            until(lambda: not window._runner.jobs() and self._has_figures(), LONGEST)
        except AssertionError:
            self.wrong.append(f"hangs with jobs {window._runner.jobs()}")
            return
        figures = window.live.figures
        if figures is None:
            return
        if dict(figures.case.kpis) != dict(evaluate(window.document.deal).kpis):
            self.wrong.append("the figures at rest are not those of the deal")
        if window.risk.simulating.is_running or any(study.busy for study in self._studies()):
            self.wrong.append("something is said to run at rest")
        self._on_simulation()

    def _has_figures(self) -> bool:
        document, live = self.window.document, self.window.live
        if not document.is_open:
            return live.figures is None
        return bool(live.failure) or (live.figures is not None and live.figures.case.deal is document.deal)


def _terms(deal: Deal) -> Deal:
    return with_value(deal, "scenarios", None) if deal.scenarios else deal


def prepared(folder: Path) -> None:
    """Write what lives open: deals with few paths, a workbook that came back, a table with a series."""
    for name in TEMPLATES:
        save_deal(with_value(load_template(name), "uncertainty.paths", PATHS), folder / f"{name}.deal")
    export_workbook(load_template("austral"), "partner", folder / "returned.xlsx")
    with (folder / "series.csv").open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("month", "gpus"))
        rows.writerows((f"2027-{month:02d}", 100 * month) for month in range(1, 13))


def check(lives: int, seed: int, folder: Path, steps: int = 25) -> tuple[Counter[str], list[str]]:
    """What was done, and what was wrong."""
    counts, wrong = Counter[str](), []
    told: list[str] = []
    hook, sys.excepthook = sys.excepthook, lambda kind, error, _trace: told.append(f"{kind.__name__}: {error}")
    handler = qInstallMessageHandler(
        lambda kind, _where, text: told.append(text) if kind != QtMsgType.QtDebugMsg and _HARMLESS not in text else None
    )
    prepared(folder)
    before = 0
    for number in range(lives):
        life = Life(folder, seed + number)
        counts[life.live(steps)] += 1
        counts += life.done
        wrong += [f"life {seed + number}: {what}" for what in (*life.wrong, *told)]
        told.clear()
        if number == 0:
            before = threads()  # those of the process and of its libraries
        elif (left := _left(before)) > 0:
            wrong.append(f"life {seed + number}: {left} threads are left")
        if running := _children():
            wrong.append(f"life {seed + number}: processes are left: {running}")
    qInstallMessageHandler(handler)
    sys.excepthook = hook
    return counts, wrong


def _children() -> list[str]:
    """The processes that this one has started and that still run, where the system tells."""
    told = [each / "children" for each in Path("/proc/self/task").glob("*")]
    return [number for each in told if each.exists() for number in each.read_text().split()]


def _left(before: int) -> int:
    """How many threads there are more than before, once those that ended had time to leave the system."""
    end = time.monotonic() + 2
    while threads() > before and time.monotonic() < end:
        rest(5)
    return threads() - before


def main(arguments: Sequence[str]) -> int:
    """Live as many lives as asked; 1 where anything was wrong."""
    lives = int(arguments[0]) if arguments else 300
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    apply_theme(application, "light")
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="backstop-lives-") as folder:
        counts, wrong = check(lives, int(arguments[1]) if len(arguments) > 1 else 0, Path(folder))
    took = time.monotonic() - began
    lines = [f"{count:7} {what}" for what, count in sorted(counts.items())]
    sys.stdout.write("\n".join([*lines, *wrong, f"{lives} lives, {len(wrong)} wrong ({took:.0f} s)"]) + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
