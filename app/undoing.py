"""Undo and redo as commands of the window: they name the edit, and rest while the deal is out of sight."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence, QUndoStack

from app.theme import set_icon, verbatim


class StepAction(QAction):
    """One step back or forward; `tell_edit` and `tell_possible` come from the stack of edits."""

    def __init__(self, words: str, icon: str, keys: QKeySequence.StandardKey, parent: QObject) -> None:
        super().__init__(words, parent)
        self._words = words
        self._possible = False
        self._allowed = False
        self.setShortcuts(keys)
        self.setIconVisibleInMenu(False)
        set_icon(self, icon)
        self.tell_edit("")
        self.setEnabled(False)

    def tell_edit(self, edit: str) -> None:
        """The edit that the step is about, in words."""
        keys = self.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self.setText(f"{self._words} {verbatim(edit)}".strip())
        self.setToolTip(f"{self._words.replace('&', '')} {edit}".strip() + f" ({keys})")

    def tell_possible(self, possible: bool) -> None:
        """Whether there is a step to take."""
        self._possible = possible
        self.setEnabled(self._possible and self._allowed)

    def allow(self, allowed: bool) -> None:
        """Let the step be taken, or not while the deal is not shown."""
        self._allowed = allowed
        self.setEnabled(self._possible and self._allowed)


class Undoing(QObject):
    """The two steps of a stack of edits; `named` says which edit they are about.

    With `own` only edits made from now on are undone and redone: those before are nobody's business here.
    """

    def __init__(self, stack: QUndoStack, parent: QObject, *, named: bool = True, own: bool = False) -> None:
        super().__init__(parent)
        self._at = stack.index()
        self._more = stack.canRedo()
        self._first, self._last = (self._at, self._at) if own else (0, sys.maxsize)
        self.undo = StepAction("&Undo", "undo-2", QKeySequence.StandardKey.Undo, parent)
        self.redo = StepAction("&Redo", "redo-2", QKeySequence.StandardKey.Redo, parent)
        self.undo.triggered.connect(stack.undo)
        self.redo.triggered.connect(stack.redo)
        if named:
            stack.undoTextChanged.connect(self.undo.tell_edit)
            stack.redoTextChanged.connect(self.redo.tell_edit)
        stack.indexChanged.connect(self._on_moved)
        stack.canRedoChanged.connect(self._on_more)
        self._tell()

    def allow(self, allowed: bool) -> None:
        """Let edits be undone, or not while the deal is not shown."""
        self.undo.allow(allowed)
        self.redo.allow(allowed)

    def _on_moved(self, at: int) -> None:
        self._at = at
        self._last = max(self._last, at)
        self._tell()

    def _on_more(self, more: bool) -> None:
        self._more = more
        self._tell()

    def _tell(self) -> None:
        self.undo.tell_possible(self._at > self._first)
        self.redo.tell_possible(self._more and self._at < self._last)
