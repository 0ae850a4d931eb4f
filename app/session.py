"""One run of the window: application, theme, window, and what happens around them."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QFileOpenEvent, QIcon
from PySide6.QtWidgets import QApplication

import models
from app.dialogs import Dialogs, QtDialogs
from app.problems import Faults
from app.runner import Runner
from app.settings import Settings
from app.theme import apply_sheet
from app.theming import dress
from app.window import Window

_SIGNALS_SEEN_EVERY = 250  # milliseconds: the interpreter sees Ctrl+C only when some Python runs
_STARTED_AFTER = 2_000  # milliseconds: garbage is looked for from then on, whether the window was painted or not


class DesktopFiles(QObject):
    """Opens the file that the desktop hands over while the program runs, as macOS does for a double click."""

    def __init__(self, app: QApplication, open_path: Callable[[str], None]) -> None:
        super().__init__(app)
        self._open = open_path
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        if isinstance(event, QFileOpenEvent) and event.file():
            self._open(event.file())
            return True
        return super().eventFilter(watched, event)


def load_engine() -> None:
    """Import what computing needs, away from the window; the first figures then come at once."""
    assert callable(models.evaluate)


class Session:
    """The application object and its window; `run` returns once the window is closed."""

    def __init__(
        self, arguments: Sequence[str], settings: Settings | None = None, dialogs: Dialogs | None = None
    ) -> None:
        existing = QApplication.instance()
        self.app = existing if isinstance(existing, QApplication) else QApplication(list(arguments))
        self.app.setApplicationName("Backstop")
        self.app.setDesktopFileName("backstop")
        if sys.platform != "darwin":  # where the icon of the bundle has the form that the Dock wants
            self.app.setWindowIcon(QIcon(str(models.resource("program", "backstop.svg"))))
        self.settings = settings or Settings.of_this_user()
        self.faults = Faults()
        dress(self.settings, sheet=False)
        self.window = Window(self.settings, dialogs or QtDialogs(), Runner(load_engine), blank=True)
        apply_sheet(self.app)
        self.window.broken.connect(self.faults.show_report)
        self.window.left.connect(self.app.quit)  # even while a report is still open
        if sys.platform == "darwin":  # elsewhere it starts the program; and there every event would be looked at
            self._desktop = DesktopFiles(self.app, self.window.open_path)

    def run(self, path: str | None = None, template: str | None = None, scenario: str = "") -> int:
        """Show the window, with a file or a template open if one is named, until it is closed; gives the exit code."""
        self.faults.install()
        ticking = QTimer()
        ticking.timeout.connect(lambda: None)  # some Python, however little
        ticking.start(_SIGNALS_SEEN_EVERY)
        QTimer.singleShot(_STARTED_AFTER, gc.enable)
        if path is not None:
            QTimer.singleShot(0, lambda: self.window.open_path(path))
        elif template is not None:
            QTimer.singleShot(0, lambda: self.window.filing.open_template(template))
        else:
            self.window.show_start()
        if scenario:
            QTimer.singleShot(0, lambda: self._look_at(scenario))
        self.window.show()
        try:
            return self.app.exec()
        finally:
            self.faults.remove()

    def _look_at(self, scenario: str) -> None:
        if self.window.document.is_open:
            self.window.scenarios.choose(scenario)

    def quit(self) -> None:
        """End without a question, as Ctrl+C in the terminal asks; unsaved work is given up."""
        self.window.give_up()
