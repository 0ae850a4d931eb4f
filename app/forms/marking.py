"""What every editor says and draws beside its value: a mark of change, a problem, and why it has no effect now."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPainter, QPolygon
from PySide6.QtWidgets import QWidget

from app.forms.comparing import before_words, compared_with
from app.forms.entry import Entry
from app.theme import pixmap, px, repolish, theme_of


class Marked:
    """Mixed into every editor: the marks that belong to its value."""

    entry: Entry
    path: str
    _problem = ""
    _idle = ""
    _changed = False
    _below = ""

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

    @property
    def below(self) -> str:
        """In a scenario, what a value that it changes builds on: `Base: 3.15`; else ""."""
        return self._below

    def _compare(self, value: object, saved: object) -> None:
        """Note whether the value differs from what it is compared with."""
        assert isinstance(self, QWidget)
        self._changed = value != saved
        layered = self._changed and bool(compared_with(self))
        before = before_words(self, self.entry.words(saved)) if layered else ""
        if before != self._below:
            self._below = before
            self._describe()

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
        changed = f"Changed in this scenario. {self._below}." if self._below else ""
        words = self._problem or " ".join(part for part in (changed, self._idle, self.entry.tooltip()) if part)
        self.setToolTip(words)
        self.setAccessibleDescription(words)


def paint_change(painter: QPainter, rect: QRect, widget: QWidget, *, right: bool = False) -> None:
    """The mark of a value that differs: a filled corner at the top left, or in a scenario the sign of a layer.

    `right` puts the sign at the right end, for what is written from the left.
    """
    if compared_with(widget):
        side = px(12)
        sign = pixmap("layers", theme_of(widget).link, side, widget.devicePixelRatioF())
        left = rect.right() - side - px(2) if right else rect.left() + px(3)
        painter.drawPixmap(left, rect.top() + min(px(3), (rect.height() - side) // 2), sign)
        return
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
