"""Work that an earlier run left unsaved, on the start page: to restore, to look at, or to discard."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.document import moment
from app.recovery import Leftover
from app.theme import label, px, rule, set_icon, set_look


class Leftovers(QFrame):
    """Emits what the user wishes for a piece of unsaved work; in sight only while there is some."""

    restore_wished = Signal(object)  # Leftover
    compare_wished = Signal(object)
    discard_wished = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_look(self, "stale")
        self._rows: QWidget | None = None
        mark = QLabel()
        set_icon(mark, "history", "warning", 16)
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(mark)
        head.addWidget(label("Unsaved work", "panel"))
        head.addWidget(label("The program ended before it was saved.", "small", "secondary"), 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(px(14), px(12), px(14), px(8))
        self._column.setSpacing(px(4))
        self._column.addLayout(head)
        self.hide()

    def show_leftovers(self, leftovers: Sequence[Leftover]) -> None:
        """List what there is."""
        if self._rows is not None:
            self._column.removeWidget(self._rows)
            self._rows.hide()
            self._rows.deleteLater()
        self._rows = QWidget()
        rows = QVBoxLayout(self._rows)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        for leftover in leftovers:
            rows.addWidget(rule())
            rows.addLayout(self._row(leftover))
        self._column.addWidget(self._rows)
        self.setVisible(bool(leftovers))

    def _row(self, leftover: Leftover) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, px(4), 0, px(4))
        row.setSpacing(px(12))
        row.addWidget(label(leftover.name, "strong"))
        if leftover.recovery is None:
            row.addWidget(label(leftover.reason, "body", "secondary", wrap=True), 1)
            wishes = [("Discard", self.discard_wished)]
        else:
            count = len(leftover.changes)
            words = f"{count} field{'' if count == 1 else 's'} changed, {moment(leftover.recovery.written)}"
            row.addWidget(label(words, "body", "secondary"), 1)
            wishes = [
                ("What changed", self.compare_wished),
                ("Discard", self.discard_wished),
                ("Restore", self.restore_wished),
            ]
        for words, wish in wishes:
            button = QPushButton(words)
            if wish is self.restore_wished:
                set_look(button, "primary")
            button.setAccessibleName(f"{words}: {leftover.name}")
            button.clicked.connect(partial(wish.emit, leftover))
            row.addWidget(button)
        return row
