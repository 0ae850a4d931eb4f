"""The choice between the light theme, the dark one, and what the system uses."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QApplication, QMenu

from app.settings import Settings
from app.theme import Mode, apply_theme

_MODES: tuple[tuple[Mode, str], ...] = (("system", "Theme of the &system"), ("light", "&Light"), ("dark", "&Dark"))


def dress(settings: Settings, *, sheet: bool = True) -> None:
    """Put on the theme that the user has chosen; its style sheet may be left for later, see `apply_theme`."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    apply_theme(app, mode_of(settings), sheet=sheet)


def mode_of(settings: Settings) -> Mode:
    """The theme that the user has chosen."""
    return next((mode for mode, _ in _MODES if mode == settings.theme), "system")


class ThemeMenu(QObject):
    """Three choices at the end of a menu; the theme of the system is followed while it is chosen."""

    def __init__(self, menu: QMenu, settings: Settings) -> None:
        super().__init__(menu)
        self._settings = settings
        group = QActionGroup(self)
        for mode, words in _MODES:
            action = QAction(words, self)
            action.setCheckable(True)
            action.setChecked(mode == mode_of(settings))
            action.setData(mode)
            group.addAction(action)
            menu.addAction(action)
        group.triggered.connect(self._on_chosen)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.styleHints().colorSchemeChanged.connect(self._on_system)
        app.screenAdded.connect(self._on_screen)

    def _on_chosen(self, action: QAction) -> None:
        self._settings.theme = action.data()
        dress(self._settings)

    def _on_screen(self) -> None:
        """Icons are drawn for the screens there are."""
        dress(self._settings)

    def _on_system(self) -> None:
        if mode_of(self._settings) == "system":
            dress(self._settings)
