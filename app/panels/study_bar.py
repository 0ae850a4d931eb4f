"""What is going on with a longer computation: how far it is, a way to stop it, and whether the result still holds."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from app.theme import label, link, px, set_icon, set_look


class StudyBar(QWidget):
    """`stop_wished` and `again_wished` are wishes; the words say whether the result is of the deal as it is."""

    stop_wished = Signal()
    again_wished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = QLabel()
        self._words = label("", "small", "secondary")
        self._bar = QProgressBar()
        self._bar.setRange(0, 1000)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(px(90))
        self._bar.setAccessibleName("Progress")
        self.stop: QPushButton = link("Stop", "square")
        self.again: QPushButton = link("Compute again", "rotate-ccw")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(6))
        for part in (self._icon, self._words, self._bar, self.stop, self.again):
            row.addWidget(part)
        self.stop.clicked.connect(self.stop_wished)
        self.again.clicked.connect(self.again_wished)
        self.say("")

    def say(self, words: str, *, stale: bool = False, again: bool = False) -> None:
        """Nothing is computed: say in words how the result stands."""
        self._show(words, stale=stale, busy=False, again=again)

    def show_progress(self, done: float) -> None:
        """Something is computed."""
        self._bar.setValue(round(done * self._bar.maximum()))
        self._show("Computing", stale=False, busy=True, again=False)

    def words(self) -> str:
        """What is said now."""
        return self._words.text()

    def _show(self, words: str, *, stale: bool, busy: bool, again: bool) -> None:
        self._words.setText(words)
        self._words.setVisible(bool(words))
        set_look(self._words, "warning" if stale else "secondary")
        self._icon.setVisible(stale)
        if stale:
            set_icon(self._icon, "history", "warning", 14)
        self._bar.setVisible(busy)
        self.stop.setVisible(busy)
        self.again.setVisible(again)
