"""What the risk tab shows before the first run: what it would take, and the button."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from app.durations import about, left
from app.panels.risk_head import SETTINGS
from app.simulating import Simulating
from app.theme import internal_tag, label, link, px, set_icon, set_look


class RiskEmpty(QWidget):
    """One sentence, the button, and a way to the settings; while the first run is under way its progress."""

    run_wished = Signal()
    stop_wished = Signal()
    field_wished = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sentence = label("", "body", "secondary", wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._sentence.setMinimumWidth(px(200))
        self._reason = label("", "body", "negative", wrap=True)
        self._reason.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._bar = QProgressBar()
        self._bar.setRange(0, 1000)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(px(240))
        self._bar.setAccessibleName("Progress of the first simulation")
        self.run_button = QPushButton("Run simulation")
        set_look(self.run_button, "primary")
        set_icon(self.run_button, "play", "on_accent")
        self.run_button.clicked.connect(self.run_wished)
        self.stop_button = QPushButton("Stop")
        set_icon(self.stop_button, "square")
        self.stop_button.clicked.connect(self.stop_wished)
        self._settings = link("Paths, seed and sampling")
        self._settings.clicked.connect(lambda: self.field_wished.emit(SETTINGS))
        buttons = QHBoxLayout()
        buttons.setSpacing(px(8))
        buttons.addStretch(1)
        for part in (self.run_button, self.stop_button, self._settings):
            buttons.addWidget(part)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(18), px(8), px(12), px(8))
        column.setSpacing(px(8))
        column.addWidget(internal_tag(), 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        column.addWidget(self._reason)
        column.addWidget(self._sentence)
        column.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(buttons)
        column.addStretch(2)

    def show_state(self, state: Simulating) -> None:
        """Show whether the first run is under way."""
        running = state.is_running
        held = self.run_button.hasFocus() or self.stop_button.hasFocus()
        self._bar.setVisible(running)
        self.stop_button.setVisible(running)
        self.run_button.setVisible(not running)
        if held:
            (self.stop_button if running else self.run_button).setFocus()
        self._reason.setText(state.failure)
        self._reason.setVisible(bool(state.failure))
        if running:
            self.show_progress(state)
        elif state.can_run:
            takes = about(state.seconds_expected())
            paths = f"{state.paths:,} path{'s' if state.paths != 1 else ''} take{'' if state.paths != 1 else 's'}"
            self._sentence.setText(f"No simulation of this deal yet. {paths} {takes}.")

    def show_progress(self, state: Simulating) -> None:
        """Show how far the first run is."""
        self._bar.setValue(round(state.done * self._bar.maximum()))
        done = f"{round(state.done * state.paths):,} of {state.paths:,} paths"
        self._sentence.setText(f"Simulating: {done}, {left(state.seconds_left())}")

    def words(self) -> str:
        """The sentence."""
        return self._sentence.text()
