"""A figure of the rail: it takes the focus, and a double click or Enter on it asks what it is made of."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel

from app.places import FigurePlace
from app.theme import Role, px, set_type, theme_of

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class RailFigure(QLabel):
    """Only one figure of the rail is a stop of the Tab key; the arrow keys go from one to the next."""

    explain_wished = Signal(object)  # FigurePlace
    step_wished = Signal(int)
    focused = Signal()

    def __init__(self, name: str, role: Role, *, simulated: bool = False) -> None:
        super().__init__()
        self._name = name
        self._simulated = simulated
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setContentsMargins(px(3), 0, px(3), 0)
        set_type(self, role)

    def figure_in_focus(self) -> FigurePlace:
        """The key figure shown."""
        return FigurePlace(_EXPLAINED_BY.get(self._name, self._name), simulated=self._simulated)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:  # noqa: N802 - Qt's own name
        self.explain_wished.emit(self.figure_in_focus())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Enter explains, up and down go to the next figure."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            self.step_wished.emit(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.explain_wished.emit(self.figure_in_focus())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's own name
        super().focusInEvent(event)
        self.focused.emit()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's own name
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's own name
        super().paintEvent(event)
        if self.hasFocus():
            with QPainter(self) as painter:
                painter.setPen(QPen(theme_of(self).focus, 2))
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 3, 3)


_EXPLAINED_BY = {"support_paid": "support_payments"}
"""Figures of the rail that are a line under another name."""
