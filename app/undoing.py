"""Undo and redo as commands of the window: they name the edit, and rest while the deal is out of sight."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence, QUndoStack

from app.theme import set_icon


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
        self.setText(f"{self._words} {edit.replace('&', '&&')}".strip())
        self.setToolTip(f"{self._words.replace('&', '')} {edit}".strip() + f" ({keys})")

    def tell_possible(self, possible: bool) -> None:
        """Whether there is a step to take."""
        self._possible = possible
        self.setEnabled(self._possible and self._allowed)

    def allow(self, allowed: bool) -> None:
        """Let the step be taken, or not while the deal is not shown."""
        self._allowed = allowed
        self.setEnabled(self._possible and self._allowed)


class Undoing:
    """The two steps of a stack of edits; with `named` they say which edit they are about."""

    def __init__(self, stack: QUndoStack, parent: QObject, *, named: bool = True) -> None:
        self.undo = StepAction("&Undo", "undo-2", QKeySequence.StandardKey.Undo, parent)
        self.redo = StepAction("&Redo", "redo-2", QKeySequence.StandardKey.Redo, parent)
        self.undo.triggered.connect(stack.undo)
        self.redo.triggered.connect(stack.redo)
        if named:
            stack.undoTextChanged.connect(self.undo.tell_edit)
            stack.redoTextChanged.connect(self.redo.tell_edit)
        stack.canUndoChanged.connect(self.undo.tell_possible)
        stack.canRedoChanged.connect(self.redo.tell_possible)
        self.undo.tell_possible(stack.canUndo())
        self.redo.tell_possible(stack.canRedo())

    def allow(self, allowed: bool) -> None:
        """Let edits be undone, or not while the deal is not shown."""
        self.undo.allow(allowed)
        self.redo.allow(allowed)
