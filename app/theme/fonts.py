"""Type: the system's font at a few named sizes, with figures of equal width."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication

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
_DESIGNED_HEIGHT = 16  # line height of the 13 px font the measures were drawn with


def with_tabular_figures(base: QFont) -> QFont:
    """The same font with digits of equal width, where the font has them."""
    made = QFont(base)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


class _Made:
    """What was derived from the application font, kept until that is another."""

    def __init__(self) -> None:
        self._base: QFont | None = None
        self.height = 0
        self.fonts: dict[Role, QFont] = {}

    def of_now(self) -> _Made:
        """This, emptied first if the application font has changed."""
        base = QGuiApplication.font()
        if self._base is None or self._base != base:
            self._base = base
            self.height = QFontMetrics(base).height()
            self.fonts = {}
        return self


_made = _Made()


def font(role: Role) -> QFont:
    """The application font at the size and weight of a role."""
    kept = _made.of_now().fonts
    if role not in kept:
        kept[role] = _derived(_TYPES[role])
    return QFont(kept[role])


def _derived(wanted: _Type) -> QFont:
    made = with_tabular_figures(QGuiApplication.font())
    if made.pixelSize() > 0:
        made.setPixelSize(round(made.pixelSize() * wanted.ratio))
    else:
        made.setPointSizeF(made.pointSizeF() * wanted.ratio)
    made.setWeight(wanted.weight)
    return made


def px(designed: float) -> int:
    """A length of the design (drawn for a 13 px font) at the size of the font in use, in device-independent pixels."""
    return round(designed * _made.of_now().height / _DESIGNED_HEIGHT)
