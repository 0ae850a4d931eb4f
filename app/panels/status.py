"""The status bar: what is computed, what is running, what is saved."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QStatusBar, QWidget

from app.theme import CutLabel, label, link, px, set_icon, set_look


class StatusLine(QStatusBar):
    """One line: at the left the state of the figures or of a job, at the right the state of the file."""

    stop_wished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.setAccessibleName("Status")
        self._icon = QLabel()
        self._drawn = ("", "")
        self._left = CutLabel("No deal is open", "small", "secondary")
        self._right = label("", "small", "secondary")
        self._simulation = CutLabel("", "small", "secondary")
        self._between = QFrame()
        self._between.setFixedSize(1, px(12))
        set_look(self._between, "head-rule")
        self._between.hide()
        self._job = QWidget(self)
        self._job.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._job_words = label("", "small", "secondary")
        self._bar = QProgressBar()
        self._bar.setRange(0, 1000)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(px(110))
        self._stop: QPushButton = link("Stop", "square")
        self._stop.clicked.connect(self.stop_wished)
        row = QHBoxLayout(self._job)
        row.setContentsMargins(px(12), 0, 0, 0)
        row.setSpacing(px(8))
        for part in (self._job_words, self._bar, self._stop):
            row.addWidget(part)
        self.addWidget(self._icon)
        self.addWidget(self._left, 1)
        self.addWidget(self._job)
        self.addPermanentWidget(self._simulation)
        self.addPermanentWidget(self._between)
        self.addPermanentWidget(self._right)
        self.setContentsMargins(px(12), 0, px(12), 0)
        self._icon.hide()
        self._job.hide()

    def say(self, words: str, icon: str = "", role: str = "text2") -> None:
        """Show the state of the figures, with an icon where one is named."""
        self._left.setText(words)
        if (icon, role) == self._drawn:
            return
        self._drawn = (icon, role)
        self._icon.setVisible(bool(icon))
        if icon:
            set_icon(self._icon, icon, role, 14)

    def say_file(self, words: str) -> None:
        """Show the state of the file, or a hint in its place."""
        self._right.setText(words)

    def say_simulation(self, words: str) -> None:
        """Show of when the simulation is, nothing where there is none."""
        self._simulation.setText(words)
        self._between.setVisible(bool(words))

    def simulation_words(self) -> str:
        """What is written on the simulation."""
        return self._simulation.text()

    def words(self) -> tuple[str, str]:
        """What is written at the left and at the right."""
        return self._left.text(), self._right.text()

    def show_job(self, words: str, done: float) -> None:
        """Show a running job and how much of it is done, 0 to 1."""
        self._job_words.setText(words)
        self._bar.setValue(round(done * self._bar.maximum()))
        self._bar.setAccessibleName(words)
        self._job.show()

    def end_job(self, words: str = "") -> None:
        """The job is over; say what came of it, where there is something to say."""
        self._job.hide()
        if words:
            self.say(words)
