"""Opens the help of a window, one at a time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from app.help import Help


class Helping(QObject):
    """Knows whether the help is open; `show_lines` opens the reference of line items."""

    def __init__(self, window: QWidget, show_lines: Callable[[], object], *, partner: bool = False) -> None:
        super().__init__(window)
        self._window = window
        self._show_lines = show_lines
        self._partner = partner
        self._page: Help | None = None

    def show(self, title: str = "") -> Help:
        """Open the help, or bring it to the front, at the topic of a title where one is given."""
        if self._page is None or not isValid(self._page):
            self._page = Help(self._window, self._window.findChildren(QAction), partner=self._partner)
            self._page.lines_wished.connect(self._show_lines)
        if title:
            self._page.go_to(title)
        self._page.show()
        self._page.activateWindow()
        return self._page
