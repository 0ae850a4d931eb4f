"""Type: the system's font at a few named sizes, with figures of equal width."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QSize
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication, QScreen

Role = Literal["body", "strong", "small", "small_strong", "figure", "card", "panel", "page", "kpi", "explain"]


@dataclass(frozen=True)
class _Type:
    ratio: float
    weight: QFont.Weight


_TYPES: dict[Role, _Type] = {
    "body": _Type(1.0, QFont.Weight.Normal),
    "strong": _Type(1.0, QFont.Weight.DemiBold),
    "small": _Type(0.92, QFont.Weight.Normal),
    "small_strong": _Type(0.92, QFont.Weight.Medium),
    "figure": _Type(1.0, QFont.Weight.Medium),
    "card": _Type(1.08, QFont.Weight.DemiBold),
    "panel": _Type(1.15, QFont.Weight.DemiBold),
    "page": _Type(1.4, QFont.Weight.DemiBold),
    "kpi": _Type(1.5, QFont.Weight.DemiBold),
    "explain": _Type(2.15, QFont.Weight.DemiBold),
}
ROLES: tuple[Role, ...] = tuple(_TYPES)
_MOST_WIDTHS = 4096  # texts of which the width is kept: those of a large table twice over
_SMALL_SCREEN = QSize(1280, 720)  # what the bars of a desktop leave of 1280 by 800
_DESIGNED_HEIGHT = 16  # line height of the 13 px font the measures were drawn with


def with_tabular_figures(base: QFont) -> QFont:
    """The same font with digits of equal width, where the font has them."""
    made = QFont(base)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


class _Made:
    """What was derived from the application font, kept until that is another.

    A paint asks for hundreds of lengths and fonts, so the application tells of another font instead of being asked.
    """

    def __init__(self) -> None:
        self._told_by: QGuiApplication | None = None
        self.height = 0  # of a line of the font, 0 while nothing is known
        self.fonts: dict[Role, QFont] = {}
        self.widths: dict[tuple[Role, str], int] = {}

    def look(self) -> None:
        """Take the measure of the application font as it is now."""
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication) and app is not self._told_by:
            self._told_by = app
            app.fontChanged.connect(self.forget)
        self.height = QFontMetrics(QGuiApplication.font()).height()

    def forget(self) -> None:
        """The application font is another."""
        self.height = 0
        self.fonts = {}
        self.widths = {}


_made = _Made()


def font(role: Role) -> QFont:
    """The application font at the size and weight of a role."""
    if not _made.height:
        _made.look()
    kept = _made.fonts.get(role)
    if kept is None:
        kept = _made.fonts[role] = _derived(_TYPES[role])
    return QFont(kept)


def _derived(wanted: _Type) -> QFont:
    made = with_tabular_figures(QGuiApplication.font())
    if made.pixelSize() > 0:
        made.setPixelSize(round(made.pixelSize() * wanted.ratio))
    else:
        made.setPointSizeF(made.pointSizeF() * wanted.ratio)
    made.setWeight(wanted.weight)
    return made


def advance(role: Role, text: str) -> int:
    """How wide a text is in the font of a role, in device-independent pixels."""
    if not _made.height:
        _made.look()
    known = _made.widths.get((role, text))
    if known is None:
        if len(_made.widths) >= _MOST_WIDTHS:
            _made.widths.clear()
        known = _made.widths[role, text] = QFontMetrics(font(role)).horizontalAdvance(text)
    return known


def px(designed: float) -> int:
    """A length of the design (drawn for a 13 px font) at the size of the font in use, in device-independent pixels."""
    if not _made.height:
        _made.look()
    return round(designed * _made.height / _DESIGNED_HEIGHT)


def least_window() -> QSize:
    """The least size of a window: as designed, but in large type never more than 1280 by 800 has room for."""
    return QSize(px(960), px(600)).boundedTo(_SMALL_SCREEN)


def usual_window(screen: QScreen) -> QSize:
    """The size of a window that was never resized: as designed, where the screen has room for it."""
    return QSize(px(1440), px(900)).boundedTo(screen.availableSize()).expandedTo(least_window())
