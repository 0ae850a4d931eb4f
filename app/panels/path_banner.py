"""What says that the result tabs show a path of the simulation, and leads back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.theme import internal_tag, label, link, px, set_look, verbatim


class PathBanner(QFrame):
    """In sight only while a path is shown."""

    back_wished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_look(self, "internal-band")
        self._words = label("", "body", wrap=True)
        self.back = link("Back to the base case", "arrow-left")
        self.back.clicked.connect(self.back_wished)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(18), px(4), px(12), px(4))
        row.setSpacing(px(10))
        row.addWidget(internal_tag())
        row.addWidget(self._words, 1)
        row.addWidget(self.back)
        self.hide()

    def show_path(self, words: str, back: str) -> None:
        """Say which path it is, and what the way back leads to."""
        self._words.setText(words)
        self.back.setText(verbatim(back))
        self.show()

    def words(self) -> str:
        """What is written."""
        return self._words.text()
