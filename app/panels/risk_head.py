"""The head of the risk tab: that it is internal, of when it is, whether it still holds, and with which settings."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from app.simulating import Simulating
from app.theme import CutLabel, Flow, internal_tag, label, link, px, set_icon, set_look, together

SETTINGS = "uncertainty.paths"


class RiskHead(QWidget):
    """One line while the results hold, and a banner below it while they are stale."""

    run_wished = Signal()
    field_wished = Signal(str)  # path of the settings in the deal

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._when = label("", "small", "secondary")
        self._settings = link("")
        self._settings.setToolTip("Go to paths, seed and sampling in the Internal section of the deal")
        self._settings.clicked.connect(lambda: self.field_wished.emit(SETTINGS))
        self._wrong_way = label("", "small", "secondary")
        line = Flow(gap=10)
        for part in (internal_tag(), self._when, self._settings, self._wrong_way):
            line.addWidget(part)
        self.banner = QFrame()
        set_look(self.banner, "stale")
        mark = QLabel()
        set_icon(mark, "history", "warning", 16)
        self._stale = label("", "strong")
        self._change = CutLabel("", "small")
        self._new = label("", "small")
        self._again = link("Run again", "play")
        self._again.clicked.connect(self.run_wished)
        inside = Flow(self.banner, gap=10, line_gap=2)
        inside.setContentsMargins(px(12), px(5), px(12), px(5))
        for part in (together(mark, self._stale), self._change, self._new, self._again):
            inside.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        column.addLayout(line)
        column.addWidget(self.banner)

    def show_state(self, state: Simulating, now: datetime) -> None:
        """Show of when the results are and whether they still hold."""
        simulation = state.simulation
        if simulation is None:
            return
        changes = len(state.changes())
        stale = changes > 0
        word = "stale" if stale else "current"
        self._when.setText(f"Simulation of {simulation.when(now)}, {word}")
        sampling = f", {simulation.shown.sampling}" if simulation.shown.sampling else ""
        self._settings.setText(simulation.shown.settings + sampling)
        self._wrong_way.setText(simulation.shown.wrong_way)
        self.banner.setVisible(stale or bool(state.failure))
        many = f"{changes} change{'s' if changes != 1 else ''}"
        self._stale.setText(f"Stale: results of {simulation.at:%H:%M}, before {many}" if stale else "The run failed")
        self._change.setText(state.failure or state.change_words())
        self._again.setVisible(not state.is_running)
        self.show_progress(state)

    def show_progress(self, state: Simulating) -> None:
        """Show how far a new run is."""
        words = f"New run: {round(state.done * state.paths):,} of {state.paths:,} paths" if state.is_running else ""
        self._new.setText(words)
        self._new.setVisible(bool(words))

    def words(self) -> tuple[str, str, str]:
        """What is written on the results, of the stale ones, and on a new run."""
        stale = f"{self._stale.text()} {self._change.text()}".strip() if not self.banner.isHidden() else ""
        return self._when.text(), stale, self._new.text()
