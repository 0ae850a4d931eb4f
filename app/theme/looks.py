"""How a widget says what it looks like: by a look, a type and an icon, each a name that outlives a change of theme."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QWidget

from app.theme import fonts, icons
from app.theme.palette import theme_of_palette

_LOOK, _TYPE, _ICON = "look", "type_role", "icon_role"
Iconed = QAction | QAbstractButton | QLabel


def set_look(widget: QWidget, look: str) -> None:
    """Give a widget one of the looks of the style sheet, such as "card", "link" or "secondary"; "" takes it away."""
    if widget.property(_LOOK) == look:
        return
    widget.setProperty(_LOOK, look)
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, bool(look))
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):  # else the style sheet is still to see it
        repolish(widget)


def repolish(widget: QWidget) -> None:
    """Let the style sheet see a dynamic property that has changed."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def set_type(widget: QWidget, role: fonts.Role) -> None:
    """Give a widget the font of a role; it is given again when the application font changes."""
    widget.setProperty(_TYPE, role)
    widget.setFont(fonts.font(role))


def set_icon(target: Iconed, name: str, role: str = "text2", size: int = 16) -> None:
    """Give an action, button or label an icon in a colour of the theme; it is tinted again when the theme changes."""
    target.setProperty(_ICON, f"{name} {role} {size}")
    _draw_icon(target, name, role, size)


def _draw_icon(target: QObject, name: str, role: str, size: int) -> None:
    side = fonts.px(size)
    if isinstance(target, QLabel):
        colour = theme_of_palette(QGuiApplication.palette()).colour(role)
        target.setPixmap(icons.pixmap(name, colour, side, target.devicePixelRatioF()))
    elif isinstance(target, QPushButton):
        gap = fonts.px(4)
        target.setIcon(icons.icon(name, role, side, gap))
        target.setIconSize(QSize(side + gap, side))
    elif isinstance(target, QAbstractButton):
        target.setIcon(icons.icon(name, role, side))
        target.setIconSize(QSize(side, side))
    elif isinstance(target, QAction):
        target.setIcon(icons.icon(name, role, side))


def dress_again(app: QApplication) -> None:
    """Give every widget and action its type and icon anew, after a change of theme or of font."""
    widgets = app.allWidgets()
    for widget in widgets:
        role = widget.property(_TYPE)
        if role in fonts.ROLES:
            widget.setFont(fonts.font(role))
        _dress_icon(widget)
    # not found as children: of those Python keeps what Qt made for itself, also when it is gone
    for action in {action for widget in widgets for action in widget.actions()}:
        _dress_icon(action)


def _dress_icon(target: QObject) -> None:
    said = target.property(_ICON)
    if isinstance(said, str):
        name, role, size = said.split()
        _draw_icon(target, name, role, int(size))
