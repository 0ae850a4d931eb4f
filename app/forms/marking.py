"""What every editor says and draws beside its value: a mark of change, a problem, and why it has no effect now."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPainter, QPolygon
from PySide6.QtWidgets import QWidget

from app.forms.entry import Entry
from app.theme import pixmap, px, repolish, theme_of


class Marked:
    """Mixed into every editor: the marks that belong to its value."""

    entry: Entry
    _problem = ""
    _idle = ""
    _changed = False

    @property
    def problem(self) -> str:
        """The sentence about an entry that cannot be used; "" when all is well."""
        return self._problem

    @property
    def idle(self) -> str:
        """Why the value has no effect on this deal; "" where it has."""
        return self._idle

    @property
    def changed(self) -> bool:
        """Whether the value differs from the saved deal."""
        return self._changed

    def show_idle(self, reason: str) -> None:
        """Dim the editor of a value without effect and say why; it can be edited all the same."""
        if reason != self._idle:
            self._idle = reason
            self._put_property("idle", bool(reason))
            self._describe()

    def _put_property(self, name: str, on: bool) -> None:
        assert isinstance(self, QWidget)
        self.setProperty(name, on)
        repolish(self)

    def _describe(self) -> None:
        """Tooltip, and what a screen reader says after the name."""
        assert isinstance(self, QWidget)
        words = self._problem or f"{self._idle} {self.entry.tooltip()}".strip()
        self.setToolTip(words)
        self.setAccessibleDescription(words)


def paint_corner(painter: QPainter, rect: QRect, widget: QWidget) -> None:
    """A filled corner at the top left of a value that differs from the saved deal."""
    side = px(7)
    at = rect.topLeft()
    painter.setPen(theme_of(widget).focus)
    painter.setBrush(theme_of(widget).focus)
    painter.drawPolygon(QPolygon([at, at + QPoint(side, 0), at + QPoint(0, side)]))


def paint_alert(painter: QPainter, rect: QRect, widget: QWidget) -> None:
    """The sign of an entry that cannot be used, at the left of its field or cell."""
    side = px(14)
    sign = pixmap("circle-alert", theme_of(widget).negative, side, widget.devicePixelRatioF())
    painter.drawPixmap(rect.left() + px(8), rect.center().y() - side // 2 + 1, sign)
