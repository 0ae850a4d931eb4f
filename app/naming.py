"""A small dialog that asks for a name which nothing else has."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from app.theme import label, px

LONGEST = 60


class NameDialog(QDialog):
    """Asks for a name; while it is empty or taken, a sentence says so and the name cannot be given."""

    def __init__(self, parent: QWidget, title: str, suggested: str, taken: Collection[str], verb: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._taken = {name.casefold() for name in taken}
        head = label(title, "panel")
        self.entry = QLineEdit(suggested)
        self.entry.setMaxLength(LONGEST)
        self.entry.setMinimumWidth(px(320))
        self.entry.setAccessibleName("Name")
        self.entry.selectAll()
        self.note: QLabel = label("", "small", "negative", wrap=True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.accept_button = self.buttons.addButton(verb, QDialogButtonBox.ButtonRole.AcceptRole)
        self.accept_button.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(8))
        for part in (head, self.entry, self.note, self.buttons):
            column.addWidget(part)
        self.entry.textChanged.connect(self._check)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._check()

    def name(self) -> str:
        """The name as it stands, without spaces around it."""
        return self.entry.text().strip()

    def _check(self) -> None:
        taken = self.name().casefold() in self._taken
        self.note.setText(f"“{self.name()}” is taken. Each scenario has a name of its own." if taken else "")
        self.accept_button.setEnabled(bool(self.name()) and not taken)
