"""Colours, type and icons; the rest of the window takes its looks from here only."""

from app.theme.apply import Mode, apply_sheet, apply_theme, theme_of
from app.theme.fonts import Role, advance, font, px
from app.theme.icons import icon, pixmap
from app.theme.looks import repolish, set_icon, set_look, set_type
from app.theme.parts import clear, internal_tag, label, link, rule, tool
from app.theme.tokens import DARK, LIGHT, Theme

__all__ = [
    "DARK",
    "LIGHT",
    "Mode",
    "Role",
    "Theme",
    "advance",
    "apply_sheet",
    "apply_theme",
    "clear",
    "font",
    "icon",
    "internal_tag",
    "label",
    "link",
    "pixmap",
    "px",
    "repolish",
    "rule",
    "set_icon",
    "set_look",
    "set_type",
    "theme_of",
    "tool",
]
