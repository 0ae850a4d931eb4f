"""Icons: line drawings (Lucide) tinted from the theme, crisp at every scale of the screen."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.theme.palette import theme_of_palette
from models import resource

_STROKE = 1.75


@cache
def _drawing(name: str) -> str:
    return (
        resource("icons", f"{name}.svg")
        .read_text(encoding="utf-8")
        .replace('stroke-width="2"', f'stroke-width="{_STROKE}"')
    )


def tinted(name: str, colour: QColor) -> str:
    """The drawing as SVG text in one colour (its opacity included). FileNotFoundError when no icon has the name."""
    stroke = f'{colour.name()}" stroke-opacity="{colour.alphaF():.3g}' if colour.alpha() < 255 else colour.name()
    return _drawing(name).replace("currentColor", stroke)


@cache
def _pixmap(name: str, rgb: int, size: int, scale: float) -> QPixmap:
    side = round(size * scale)
    made = QPixmap(side, side)
    made.fill(Qt.GlobalColor.transparent)
    with QPainter(made) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        drawing = tinted(name, QColor.fromRgba(rgb))
        QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, 0, side, side))
    made.setDevicePixelRatio(scale)
    return made


def pixmap(name: str, colour: QColor, size: int = 16, scale: float = 1.0) -> QPixmap:
    """An icon as an image of `size` device-independent pixels for a screen of the given scale; for painting."""
    return _pixmap(name, colour.rgba(), size, scale)


def icon(name: str, role: str = "text2", size: int = 16, gap: int = 0) -> QIcon:
    """An icon in a colour of the theme now shown, sharp on every screen; `set_icon` keeps it right when either changes.

    `gap` device-independent pixels are left free at its right side, for buttons that put their text too close.
    """
    theme = theme_of_palette(QGuiApplication.palette())
    faint = QColor(theme.disabled)
    faint.setAlphaF(0.55)
    made = QIcon()
    for scale in sorted({1.0, *(screen.devicePixelRatio() for screen in QGuiApplication.screens())}):
        made.addPixmap(_spaced(pixmap(name, theme.colour(role), size, scale), gap))
        made.addPixmap(_spaced(pixmap(name, faint, size, scale), gap), QIcon.Mode.Disabled)
    return made


def _spaced(drawn: QPixmap, gap: int) -> QPixmap:
    if not gap:
        return drawn
    scale = drawn.devicePixelRatio()
    made = QPixmap(drawn.width() + round(gap * scale), drawn.height())
    made.setDevicePixelRatio(scale)
    made.fill(Qt.GlobalColor.transparent)
    with QPainter(made) as painter:
        painter.drawPixmap(0, 0, drawn)
    return made
