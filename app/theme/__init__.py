"""Colours, type and icons; the rest of the window takes its looks from here only."""

from app.theme.apply import Mode, apply_sheet, apply_theme, theme_of
from app.theme.flow import Flow, together
from app.theme.fonts import Role, advance, font, least_window, px, usual_window
from app.theme.icons import icon, pixmap
from app.theme.looks import repolish, set_icon, set_look, set_type
from app.theme.parts import CutLabel, CutLink, aligned, clear, internal_tag, label, link, rule, tool, verbatim
from app.theme.tokens import DARK, LIGHT, Theme

__all__ = [
    "DARK",
    "LIGHT",
    "CutLabel",
    "CutLink",
    "Flow",
    "Mode",
    "Role",
    "Theme",
    "advance",
    "aligned",
    "apply_sheet",
    "apply_theme",
    "clear",
    "font",
    "icon",
    "internal_tag",
    "label",
    "least_window",
    "link",
    "pixmap",
    "px",
    "repolish",
    "rule",
    "set_icon",
    "set_look",
    "set_type",
    "theme_of",
    "together",
    "tool",
    "usual_window",
    "verbatim",
]
