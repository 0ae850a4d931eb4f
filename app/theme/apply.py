"""Putting a theme on: the system is asked, and our own palette is used whatever it answers."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from app.theme.fonts import with_tabular_figures
from app.theme.looks import dress_again
from app.theme.palette import palette, theme_of_palette
from app.theme.sheet import style_sheet
from app.theme.tokens import DARK, LIGHT, Theme

Mode = Literal["light", "dark", "system"]
_SYSTEM_IS_DARK = "system_is_dark"

_ASKED: dict[Mode, Qt.ColorScheme] = {
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
    "system": Qt.ColorScheme.Unknown,
}


def apply_theme(app: QApplication, mode: Mode = "system", *, sheet: bool = True) -> Theme:
    """Dress the whole application in the light or dark theme, or in the one the system uses, and return it.

    May be called at any time; widgets that are already shown change with it. Before many widgets are made at once it is
    quicker to leave the style sheet out and to call `apply_sheet` when they stand: else it is computed anew for all
    that hangs below a widget each time that this gets another parent.
    """
    if app.property(_SYSTEM_IS_DARK) is None:
        # before our own palette covers it: what the desktop gave us
        app.setProperty(_SYSTEM_IS_DARK, theme_of_palette(app.palette()).dark)
        app.setStyle("Fusion")
    hints = app.styleHints()
    hints.setColorScheme(_ASKED[mode])
    theme = _chosen(app, mode)
    # a style sheet of before would be computed again for every palette and font event
    app.setStyleSheet("")
    app.setFont(with_tabular_figures(app.font()))
    app.setPalette(palette(theme))
    if sheet:
        apply_sheet(app)
    dress_again(app)
    return theme


def apply_sheet(app: QApplication) -> None:
    """Put on the style sheet of the theme shown."""
    app.setStyleSheet(style_sheet(theme_of()))


def _chosen(app: QApplication, mode: Mode) -> Theme:
    if mode != "system":
        return DARK if mode == "dark" else LIGHT
    scheme = app.styleHints().colorScheme()
    if scheme == Qt.ColorScheme.Unknown:
        return DARK if app.property(_SYSTEM_IS_DARK) else LIGHT
    return DARK if scheme == Qt.ColorScheme.Dark else LIGHT


def theme_of(_widget: QWidget | None = None) -> Theme:
    """The theme shown now; cheap enough for every paint.

    Judged by the application's palette: that of a widget may be tinted by the style sheet.
    """
    return theme_of_palette(QGuiApplication.palette())
