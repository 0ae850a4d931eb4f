"""The simulation in the toolbar: a button and its state, or while it runs how far it is and how to stop it."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from app.durations import left
from app.simulating import Simulating
from app.theme import label, px, set_icon


class SimulationBar(QWidget):
    """Shows the state of the simulation; emits what the user wishes."""

    run_wished = Signal()
    stop_wished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.run_button = QPushButton("Run simulation")
        set_icon(self.run_button, "play")
        self.run_button.setToolTip("Simulate the deal with the paths and the seed in its Internal section (F5)")
        self.run_button.clicked.connect(self.run_wished)
        self._mark = QLabel()
        self._drawn = ""
        self._is_compact = False
        self._words = label("", "small", "secondary")
        self._name = label("Simulation", "small", "secondary")
        self._bar = QProgressBar()
        self._bar.setRange(0, 1000)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(px(112))
        self._bar.setAccessibleName("Progress of the simulation")
        self.stop_button = QPushButton("Stop")
        set_icon(self.stop_button, "square")
        self.stop_button.setToolTip("Stop the simulation; the results from before stay (Ctrl+.)")
        self.stop_button.clicked.connect(self.stop_wished)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(4), 0, px(4), 0)
        row.setSpacing(px(8))
        for part in (self.run_button, self._mark, self._name, self._bar, self._words, self.stop_button):
            row.addWidget(part)
        row.addStretch(1)  # what is over in a wide window stays empty

    def show_state(self, state: Simulating) -> None:
        """Show whether a run is under way, and what there is of an earlier one."""
        running, simulation = state.is_running, state.simulation
        held = self.run_button.hasFocus() or self.stop_button.hasFocus()
        for part in (self._bar, self.stop_button):
            part.setVisible(running)
        self._name.setVisible(running and not self._is_compact)
        self.run_button.setVisible(not running)
        if held:
            (self.stop_button if running else self.run_button).setFocus()
        if running:
            self._draw("")
            self.show_progress(state)
            return
        if simulation is None:
            self._draw("")
            self._words.setText("")
            return
        stale = state.is_stale
        self._draw("history" if stale else "check")
        paths = f"{simulation.result.settings.paths:,} paths"
        self._words.setText(f"{paths}, stale" if stale else f"{paths}, current")
        self._words.setToolTip(simulation.words(datetime.now()))

    def show_progress(self, state: Simulating) -> None:
        """Show how far the run is."""
        self._bar.setValue(round(state.done * self._bar.maximum()))
        self._words.setText(f"{state.done:.0%}, {left(state.seconds_left())}".replace("%", " %"))

    def show_compact(self, compact: bool) -> None:
        """Leave out what the progress of a run is of, or say it again."""
        self._is_compact = compact
        self._name.setVisible(not compact and not self._bar.isHidden())

    def spare(self) -> int:
        """How much more room the words would take that are left out, in device-independent pixels."""
        left_out = self._is_compact and not self._bar.isHidden()
        return self._name.sizeHint().width() + px(8) if left_out else 0

    def words(self) -> str:
        """What is written beside the button."""
        return self._words.text()

    def _draw(self, icon: str) -> None:
        if icon != self._drawn or not icon:
            self._drawn = icon
            self._mark.setVisible(bool(icon))
            if icon:
                set_icon(self._mark, icon, "positive" if icon == "check" else "warning", 14)
