"""What is dragged over a window with the mouse, as the desktop tells the window of it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

Action = Qt.DropAction
COPY_OR_MOVE = Action.CopyAction | Action.MoveAction
_HELD = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)


class Drag:
    """One gesture over one window: it enters, moves, and is let go or leaves.

    Qt itself finds the widget under the pointer, tells the one left before, and asks each whether it takes what comes;
    `allowed` is the answer to the last step: what letting go would do, None for nothing.
    """

    def __init__(self, window: QWidget, contents: Sequence[str | Path] | str, actions: Action = COPY_OR_MOVE) -> None:
        """`contents` are files, addresses or, as one text, words."""
        self._window, self._actions = window, actions
        self._given = QMimeData()
        if isinstance(contents, str):
            self._given.setText(contents)
        else:  # a file manager gives the addresses as words as well
            urls = [QUrl(each) if isinstance(each, str) else QUrl.fromLocalFile(str(each)) for each in contents]
            self._given.setUrls(urls)
            self._given.setText("\n".join(url.toString() for url in urls))
        self.allowed: Action | None = None

    def enter(self, at: QWidget) -> None:
        """Come into the window, or suddenly appear, over the middle of a widget."""
        self._send(QDragEnterEvent(self._point(at), self._actions, self._given, *_HELD))
        self.over(at)

    def over(self, at: QWidget) -> None:
        """Move to the middle of a widget and stay there: the desktop tells of more than one step."""
        for _ in range(3):
            self._send(QDragMoveEvent(self._point(at), self._actions, self._given, *_HELD))

    def leave(self) -> None:
        """Leave the window, or be given up by Escape."""
        QApplication.sendEvent(self._window.windowHandle(), QDragLeaveEvent())
        self.allowed = None

    def drop(self, at: QWidget) -> None:
        """Let go over the middle of a widget; where that would do nothing the desktop tells of a leaving instead."""
        self.over(at)
        if self.allowed is None:
            self.leave()
        else:
            self._send(QDropEvent(QPointF(self._point(at)), self._actions, self._given, *_HELD))

    def _send(self, event: QDropEvent) -> None:
        QApplication.sendEvent(self._window.windowHandle(), event)
        self.allowed = event.dropAction() if event.isAccepted() else None

    def _point(self, at: QWidget) -> QPoint:
        return at.mapTo(self._window, at.rect().center())
