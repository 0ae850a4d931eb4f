"""The choice of the scenario in the toolbar."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from app.forms import BASE
from app.theme import label, px, tool

_MEANS = "the scenario that is shown, computed and exported. Edits stay in it."
_USUAL, _LEAST = 180, 110  # widths of the choice for a 13 px font


class ScenarioBar(QWidget):
    """Base and the scenarios by name; `chosen` carries a name, "" for the base."""

    chosen = Signal(str)
    new_wished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = QComboBox()
        self._box.setAccessibleName("Scenario")
        self._box.setMinimumWidth(px(_USUAL))
        self._box.setMaximumWidth(px(240))
        self._box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._words = label("Scenario", "small", "secondary")
        self._words.setBuddy(self._box)
        self._new = tool("plus", "New scenario (Ctrl+Shift+N)")
        row = QHBoxLayout(self)
        row.setContentsMargins(px(4), 0, px(4), 0)
        row.setSpacing(px(8))
        for part in (self._words, self._box, self._new):
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
        self._box.setToolTip(f"{self._box.currentText()}: {_MEANS}")

    def show_compact(self, compact: bool) -> None:
        """Take as little room as a name needs, or as much as there usually is."""
        self._box.setMinimumWidth(px(_LEAST if compact else _USUAL))
        self._words.setVisible(not compact)

    def spare(self) -> int:
        """By how much it is narrower than usual, in device-independent pixels."""
        box = max(0, px(_USUAL) - max(self._box.minimumWidth(), self._box.sizeHint().width()))
        return box + (self._words.sizeHint().width() + px(8) if self._words.isHidden() else 0)

    def box(self) -> QComboBox:
        """The choice itself."""
        return self._box
