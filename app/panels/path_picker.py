"""Which path of the simulation to open as a case."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.theme import Flow, label, link, px
from models import PathChoice


class PathPicker(QWidget):
    """A link for each path worth a look, and a field for any other. Paths count from 1 on the screen."""

    wished = Signal(int, str)  # number of the path from 0, and what it is

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._links: list[QPushButton] = []
        self._paths = 0
        self.entry = QLineEdit()
        self.entry.setAccessibleName("Number of a path")
        self.entry.setFixedWidth(px(96))
        self.entry.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._check = QIntValidator(1, 1, self.entry)
        self.entry.setValidator(self._check)
        self.entry.returnPressed.connect(self._open)
        self.button = link("Open path")
        self.button.clicked.connect(self._open)
        self._note = label("", "small", "secondary")
        self._row = Flow(gap=4, line_gap=2)
        own = QHBoxLayout()
        own.setSpacing(px(8))
        for part in (self.entry, self._note, self.button):
            own.addWidget(part)
        own.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        column.addWidget(label("Open a path as a case", "strong"))
        column.addWidget(label("Every result tab then shows that path", "small", "secondary"))
        column.addLayout(self._row)
        column.addLayout(own)

    def show_paths(self, choices: Sequence[PathChoice], paths: int) -> None:
        """Offer these paths by name, and all up to `paths` by number."""
        self._paths = paths
        self._check.setTop(paths)
        self._note.setText(f"of {paths:,}")
        for old in self._links:
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._links = []
        for at, choice in enumerate(choices):
            made = link(choice.words[:1].upper() + choice.words[1:])
            made.setProperty("flush", at == 0)
            made.setToolTip(f"Path {choice.path + 1:,}")
            made.clicked.connect(partial(self.wished.emit, choice.path, choice.words))
            self._links.append(made)
            self._row.addWidget(made)
        for made in reversed(self._links):
            made.lower()  # the Tab key comes to them before the field below them

    def links(self) -> tuple[QPushButton, ...]:
        """The links by name."""
        return tuple(self._links)

    def _open(self) -> None:
        text = self.entry.text()
        if text.isdigit() and 1 <= int(text) <= self._paths:
            self.wished.emit(int(text) - 1, "")
        else:
            self.entry.setFocus()
