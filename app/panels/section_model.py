"""The rows of the section list: what each says of its part of the deal, to the eye and to a screen reader."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from models import Section, SectionMark, sections

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_ALL_WELL = SectionMark()
_STATES = {None: "all is well", "warning": "has a warning", "error": "has an entry that cannot be used"}


@dataclass(frozen=True)
class Entry:
    """One row of the list."""

    section: Section
    summary: str = ""
    mark: SectionMark = _ALL_WELL

    @property
    def changed_words(self) -> str:
        """`2 changed`, or nothing."""
        return f"{self.mark.changed} changed" if self.mark.changed else ""

    @property
    def spoken(self) -> str:
        """The whole row in words, for screen readers."""
        parts = [self.section.title, self.summary, self.changed_words, _STATES[self.mark.severity]]
        return ", ".join(part for part in parts if part)

    def tip(self, shortcut: str) -> str:
        """The row in words for the eye: what the icon and the corner mean too."""
        state = _STATES[self.mark.severity] if self.mark.severity is not None else ""
        changed = f"{self.changed_words} since saved" if self.changed_words else ""
        lines = [f"{self.section.title}  {shortcut}", self.summary, changed, state[:1].upper() + state[1:]]
        return "\n".join(line for line in lines if line)


class SectionModel(QAbstractListModel):
    """The sections with their summaries and marks."""

    def __init__(self, parent: QWidget | None = None, *, partner: bool = False) -> None:
        super().__init__(parent)
        self._entries = [Entry(section) for section in sections(partner=partner)]

    def show(self, summaries: dict[str, str], marks: dict[str, SectionMark]) -> bool:
        """Give every section its summary and its mark, by key; whether any is another than before."""
        before = list(self._entries)
        for row, entry in enumerate(self._entries):
            key = entry.section.key
            fresh = Entry(entry.section, summaries.get(key, ""), marks.get(key, _ALL_WELL))
            if fresh != entry:
                self._entries[row] = fresh
                self.dataChanged.emit(self.index(row), self.index(row))
        return self._entries != before

    def entry(self, row: int) -> Entry:
        """The entry of a row."""
        return self._entries[row]

    def row_of(self, key: str) -> int:
        """The row of a section."""
        return next(row for row, entry in enumerate(self._entries) if entry.section.key == key)

    def rowCount(self, parent: Index = _ROOT) -> int:  # noqa: N802 - Qt's own name
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.section.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return entry.spoken
        if role == Qt.ItemDataRole.ToolTipRole:
            return entry.tip(f"Ctrl+{index.row() + 1}")
        return None
