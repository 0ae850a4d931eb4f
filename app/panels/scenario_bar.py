"""The choice of the scenario in the toolbar."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from app.forms import BASE
from app.theme import label, px, tool


class ScenarioBar(QWidget):
    """Base and the scenarios by name; `chosen` carries a name, "" for the base."""

    chosen = Signal(str)
    new_wished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = QComboBox()
        self._box.setAccessibleName("Scenario")
        self._box.setToolTip("Which scenario is shown, computed and exported. Edits stay in it.")
        self._box.setMinimumWidth(px(180))
        self._box.setMaximumWidth(px(240))
        words = label("Scenario", "small", "secondary")
        words.setBuddy(self._box)
        self._new = tool("plus", "New scenario (Ctrl+Shift+N)")
        row = QHBoxLayout(self)
        row.setContentsMargins(px(4), 0, px(4), 0)
        row.setSpacing(px(8))
        for part in (words, self._box, self._new):
            row.addWidget(part)
        self._box.activated.connect(lambda _at: self.chosen.emit(self._box.currentData()))
        self._new.clicked.connect(self.new_wished)

    def show_scenarios(self, names: Sequence[str], chosen: str) -> None:
        """Offer these scenarios and show which one is looked at."""
        offered = [self._box.itemData(at) for at in range(self._box.count())]
        if offered != ["", *names]:
            self._box.clear()
            for name in ("", *names):
                self._box.addItem(name or BASE, name)
        self._box.setCurrentIndex(max(0, self._box.findData(chosen)))

    def box(self) -> QComboBox:
        """The choice itself."""
        return self._box
