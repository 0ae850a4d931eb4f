"""The themes as Qt palettes: every role is set, because Qt's derived ones are unreadable."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette

from app.theme.tokens import DARK, LIGHT, Theme

_ROLES: dict[QPalette.ColorRole, str] = {
    QPalette.ColorRole.Window: "window",
    QPalette.ColorRole.Base: "base",
    QPalette.ColorRole.AlternateBase: "alternate",
    QPalette.ColorRole.Midlight: "alternate",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.Button: "button",
    QPalette.ColorRole.PlaceholderText: "placeholder",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.Link: "link",
    QPalette.ColorRole.LinkVisited: "link",
    QPalette.ColorRole.BrightText: "bright",
    QPalette.ColorRole.ToolTipBase: "tooltip",
    QPalette.ColorRole.Shadow: "tooltip",
    QPalette.ColorRole.ToolTipText: "on_tooltip",
    QPalette.ColorRole.Light: "light",
    QPalette.ColorRole.Mid: "mid",
    QPalette.ColorRole.Dark: "control",
}

_DISABLED: dict[QPalette.ColorRole, str] = {
    QPalette.ColorRole.WindowText: "disabled",
    QPalette.ColorRole.Text: "disabled",
    QPalette.ColorRole.ButtonText: "disabled",
    QPalette.ColorRole.HighlightedText: "disabled",
    QPalette.ColorRole.Highlight: "mid",
}


def palette(theme: Theme) -> QPalette:
    """A palette with all roles of all groups set from the theme."""
    made = QPalette()
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive, QPalette.ColorGroup.Disabled):
        roles = _ROLES | (_DISABLED if group == QPalette.ColorGroup.Disabled else {})
        for role, name in roles.items():
            made.setColor(group, role, theme.colour(name))
    return made


_judged: dict[int, Theme] = {}
"""The palette judged last, by its key: paints ask for one and the same again and again."""


def theme_of_palette(shown: QPalette) -> Theme:
    """The theme a palette belongs to, judged by how light its window colour is."""
    key = shown.cacheKey()
    known = _judged.get(key)
    if known is None:
        _judged.clear()
        known = _judged[key] = _theme_judged(shown)
    return known


def _theme_judged(shown: QPalette) -> Theme:
    colour: QColor = shown.color(QPalette.ColorGroup.Active, QPalette.ColorRole.Window)
    return DARK if colour.lightnessF() < 0.5 else LIGHT
