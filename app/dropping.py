"""A deal dragged onto the window: what would come of it is said while it hovers, and it is opened once let go."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMainWindow

from models import shown_name

if TYPE_CHECKING:
    from app.panels.drop_cover import DropCover

ENDING = ".deal"


def deal_dropped(given: QMimeData) -> tuple[Path | None, str]:
    """The one deal that is dragged, and "", or None and why what is dragged is not one."""
    addresses = given.urls()
    if len(addresses) > 1:
        return None, f"{len(addresses)} files cannot be opened at once: drop one deal"
    place = addresses[0].toLocalFile()
    if not place:
        return None, "A deal is opened from a file on this computer"
    path = Path(place)
    if path.is_dir():
        return None, f"{shown_name(path)} is a folder: drop the deal that is in it"
    if path.suffix.lower() != ENDING:
        return None, f"{shown_name(path)} is no deal: files of deals end in {ENDING}"
    return path, ""


class Dropping(QObject):
    """Watches a window while files are dragged over it. A cover tells what would come of it and lies over everything
    below, so that no field takes the address of a file for an entry; anything but files is left to the fields.
    """

    def __init__(self, window: QMainWindow, open_path: Callable[[str], None]) -> None:
        super().__init__(window)
        self._window = window
        self._open = open_path
        self._cover: DropCover | None = None
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        if isinstance(event, QDropEvent):  # entering and moving are kinds of it
            return self._on_drag(event)
        if event.type() == QEvent.Type.DragLeave:
            self._uncover()
        return super().eventFilter(watched, event)

    def _on_drag(self, event: QDropEvent) -> bool:
        """Take over what carries files; False for all else."""
        if not event.mimeData().urls() or QApplication.activeModalWidget() is not None:
            return False
        path, why_not = deal_dropped(event.mimeData())
        action = _reading(event)
        if action is None:
            path, why_not = None, "It could only be moved, which would take it from its folder"
        if isinstance(event, QDragEnterEvent):
            self._covered().tell(f"Drop to open {shown_name(path)}" if path else why_not, fits=path is not None)
            event.accept()  # also what does not fit: else its leaving would not be told
            return True
        if path is None or action is None:
            event.ignore()
        else:
            event.setDropAction(action)
            event.accept()
        if not isinstance(event, QDragMoveEvent):
            self._uncover()
            if path is not None:
                self._window.activateWindow()
                # whoever it came from waits until the drop is answered, so no question may be asked before that
                QTimer.singleShot(0, self, partial(self._open, str(path)))
        return True

    def _covered(self) -> DropCover:
        if self._cover is None:
            from app.panels.drop_cover import DropCover  # noqa: PLC0415 - loaded with the first file that is dragged

            self._cover = DropCover(self._window)
            self._cover.installEventFilter(self)
        return self._cover

    def _uncover(self) -> None:
        if self._cover is not None:
            self._cover.hide()


def _reading(event: QDropEvent) -> Qt.DropAction | None:
    """What leaves the file where it is; None where it can only be moved, which would take it from its folder."""
    possible = event.possibleActions()
    return next((each for each in (Qt.DropAction.CopyAction, Qt.DropAction.LinkAction) if each & possible), None)
