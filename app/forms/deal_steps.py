"""Undo and redo in the lines of a form are steps of the deal; Qt's own line would keep them from its user."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

_OWN = ("edit-undo", "edit-redo")


def asks_for_step(event: QEvent) -> bool:
    """Whether a line is asked, by a key, if it would rather undo or redo by itself."""
    keys = QKeySequence.StandardKey
    return (
        event.type() == QEvent.Type.ShortcutOverride
        and isinstance(event, QKeyEvent)
        and (event.matches(keys.Undo) or event.matches(keys.Redo))
    )


def open_menu(line: QLineEdit, event: QContextMenuEvent) -> None:
    """Offer what Qt offers for a text, but for its own undo and redo.

    Those rest while the deal has steps, and take away for good what the deal would keep for redo.
    """
    menu = line.createStandardContextMenu()
    for action in menu.actions():
        if action.objectName() in _OWN:
            menu.removeAction(action)
    menu.removeAction(menu.actions()[0])  # the line below them
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.popup(event.globalPos())
