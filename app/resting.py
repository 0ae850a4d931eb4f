"""Holds back what may wait while the deal is typed into, so that the figures never have to."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from app.document import Document

PAUSE = 300
"""Milliseconds without a change after which the deal rests: longer than it takes from one key to the next."""


class Rest(QObject):
    """Calls at once while the deal rests; else once it does, and of several only the newest."""

    def __init__(self, document: Document, parent: QObject) -> None:
        super().__init__(parent)
        self._held: Callable[[], object] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self._on_rest)
        document.changed.connect(self._on_changed)
        document.opened.connect(self.drop)
        document.closed.connect(self.drop)

    def then(self, do: Callable[[], object]) -> None:
        """Call `do` now or when the deal rests, in place of anything still held back."""
        if self._timer.isActive():
            self._held = do
        else:
            do()

    def drop(self, *_: object) -> None:
        """Forget what is held back; a deal that was just opened rests."""
        self._held = None
        self._timer.stop()

    def _on_changed(self) -> None:
        self._timer.start()

    def _on_rest(self) -> None:
        held, self._held = self._held, None
        if held is not None:
            held()
