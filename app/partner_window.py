"""The partner view: a window of its own for a shared screen, made of what a partner may see and nothing else."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMainWindow, QPushButton, QVBoxLayout, QWidget

from app.desk import Desk
from app.document import Document
from app.explain_routes import ExplainRoutes
from app.explaining import Explaining
from app.helping import Helping
from app.live import Figures, Live
from app.panels.status import StatusLine
from app.panels.tabs import PARTNER
from app.runner import Runner
from app.shared_deal import SharedDeal
from app.theme import label, least_window, px, set_icon, set_look
from app.undoing import Undoing
from models import sections

KEYS = "Ctrl+Shift+P"


class PartnerWindow(QMainWindow):
    """Forms and results of the deal as a partner may see it; edits go to the deal itself.

    Nothing internal ever reaches a widget of this window: it follows a deal without it, and computes that.
    """

    left = Signal()  # the user is done
    export_wished = Signal()
    save_wished = Signal()
    figures_wished = Signal(object, object)  # Live, Desk
    broken = Signal(str)  # a trace: the program made a mistake

    def __init__(self, document: Document, runner: Runner) -> None:
        super().__init__()
        self.setMinimumSize(least_window())
        self.shared = SharedDeal(document, self)
        self.live = Live(self.shared, runner, self, partner=True)
        self.explaining = Explaining(self.live, runner, self, partner=True)
        self.desk = Desk(PARTNER, partner=True)
        self.desk.furnish()
        self.status = StatusLine()
        self.setStatusBar(self.status)
        self._undoing = Undoing(document.stack, self, named=False, own=True)
        self._undoing.allow(True)
        self.explain_routes = ExplainRoutes(self.explaining, self.desk, self.live, self, partner=True)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._banner())
        column.addWidget(self.desk, 1)
        self.setCentralWidget(body)
        self._make_menus()
        self.desk.wish.connect(self._on_wish)
        self.shared.opened.connect(self._open)
        self.shared.changed.connect(self._show_deal)
        self.shared.closed.connect(self.left)
        self.live.shown.connect(self._on_figures)
        self.live.waiting.connect(self.desk.rail.dim)
        self.live.broken.connect(self.broken)
        self.explaining.broken.connect(self.broken)
        self.desk.entries_changed.connect(self._say_entries)
        self.status.say_file("Partner edition, from the agreed list of terms and figures")
        self._open()
        self.desk.sections.setFocus()

    def go_to_section(self, key: str) -> None:
        """Show the form of a section."""
        self.desk.go_to_section(key)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's own name
        super().closeEvent(event)
        self.left.emit()

    def _banner(self) -> QFrame:
        band = QFrame()
        set_look(band, "band")
        band.setFixedHeight(px(44))
        eye = QLabel()
        set_icon(eye, "eye", "on_band")
        leave = QPushButton("Leave partner view")
        set_look(leave, "on-band")
        set_icon(leave, "x", "on_band")
        leave.clicked.connect(self.close)
        row = QHBoxLayout(band)
        row.setContentsMargins(px(16), 0, px(12), 0)
        row.setSpacing(px(12))
        row.addWidget(eye)
        row.addWidget(label("Partner view", "card", "on-band"))
        row.addWidget(label("Internal figures are nowhere in this window.", "body", "on-band"), 1)
        row.addWidget(label(KEYS, "small_strong", "on-band"))
        row.addWidget(leave)
        return band

    def _make_menus(self) -> None:
        desk, keys = self.desk, QKeySequence.StandardKey
        self._menu(
            "&File",
            ("&Save", keys.Save, self.save_wished.emit),
            ("Export for &partner…", "Ctrl+E", self.export_wished.emit),
            ("Save the &figures…", "", lambda: self.figures_wished.emit(self.live, self.desk)),
            ("&Leave partner view", KEYS, self.close),
        )
        edit = self.menuBar().addMenu("&Edit")
        edit.addAction(self._undoing.undo)
        edit.addAction(self._undoing.redo)
        titles = enumerate(desk.results.titles(), start=1)
        choose = [(title, f"Alt+{number}", _call(desk.results.choose, title)) for number, title in titles]
        self._menu(
            "&Deal",
            *(
                (section.title, f"Ctrl+{number}", _call(self.go_to_section, section.key))
                for number, section in enumerate(sections(partner=True), start=1)
            ),
        )
        self._menu(
            "&Results",
            ("&Explain the figure", "F1", self.explain_routes.explain_focus),
            ("&Back", "Alt+Left", self.explaining.back),
            ("&Forward", "Alt+Right", self.explaining.forward),
            ("&Copy as numbers", "Ctrl+Alt+C", desk.results.copy_numbers),
            ("&Save the numbers in sight…", "", desk.results.save_numbers),
            ("Copy as &picture", "", desk.results.copy_picture),
            *choose,
        )
        self._menu(
            "&View",
            ("&Fold the form away", "Ctrl+M", desk.toggle_fold),
            ("&Next pane", "F6", _call(desk.step_pane, 1)),
            ("&Previous pane", "Shift+F6", _call(desk.step_pane, -1)),
        )
        self.helping = Helping(self, self.explain_routes.show_reference, partner=True)
        self._menu(
            "&Help",
            ("&Fields and keys", "Ctrl+F1", self.helping.show),
            ("&Line items", "", self.explain_routes.show_reference),
        )

    def _menu(self, title: str, *entries: tuple[str, QKeySequence.StandardKey | str, Callable[[], object]]) -> None:
        menu = self.menuBar().addMenu(title)
        for words, keys, run in entries:
            action = menu.addAction(words)
            action.setShortcut(QKeySequence(keys))
            action.triggered.connect(lambda _checked, run=run: run())

    def _open(self) -> None:
        self.explain_routes.forget()
        self.desk.open_deal(self.shared.deal)
        self._show_deal()
        self.live.refresh()

    def _show_deal(self) -> None:
        deal = self.shared.deal
        self.setWindowTitle(f"{deal.name} – Partner view")
        self.desk.show_deal(deal, deal, (), ())

    def _on_figures(self, figures: Figures) -> None:
        self.desk.show_figures(figures)
        self.status.say(f"Base case computed in {figures.milliseconds:.0f} ms", "check", "positive")
        self._say_entries()

    def _say_entries(self) -> None:
        wrong = len(self.desk.forms.entries())
        if wrong:
            entries = "1 entry" if wrong == 1 else f"{wrong} entries"
            self.status.say(f"{entries} cannot be used; the last valid deal keeps computing", "circle-x", "negative")

    def _on_wish(self, path: str, value: object, words: str, merge_key: str) -> None:
        refusal = self.shared.edit(path, value, words, merge_key)
        self.desk.forms.show_problem(path, refusal or None)


def _call(run: Callable[..., object], *values: object) -> Callable[[], object]:
    return lambda: run(*values)
