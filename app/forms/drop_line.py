"""A line of text on which something is dropped with the mouse."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLineEdit


class DropLine(QLineEdit):
    """Words dropped on it take the place of all that it holds: a figure let go within another would be a third one.

    Files are left to the window, which opens them; of itself Qt would write their addresses.
    """

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's own name
        if event.mimeData().hasUrls():
            event.ignore()
        else:
            super().dragEnterEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's own name
        words = " ".join(event.mimeData().text().split())
        inside = event.source() is self  # within itself it moves its own words, as any line does
        if inside or not words or self.isReadOnly():
            super().dropEvent(event)
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.selectAll()
        self.insert(words)
        event.acceptProposedAction()
