"""The line under a field or table that says what happened: a problem, a hint, or what was there before."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.theme import label, px, set_icon, set_look

Kind = Literal["problem", "hint", "note"]
_LOOKS: dict[Kind, tuple[str, str, str]] = {
    "problem": ("circle-alert", "negative", "negative"),
    "hint": ("circle-help", "text2", "secondary"),
    "note": ("corner-down-right", "text2", "secondary"),
}
_LEFT, _TOP, _SIGN = 20, 3, 14


class NoteLine(QWidget):
    """An icon and one sentence; empty it keeps its place only where `reserved`."""

    def __init__(self, *, reserved: bool = False) -> None:
        super().__init__()
        self._reserved = reserved
        self._sign = QLabel(self)
        self._text = label("", "small", "secondary", wrap=True)
        self._text.setParent(self)
        self._text.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.say("")

    @property
    def text(self) -> str:
        """What is said now."""
        return self._text.text()

    def say(self, sentence: str, kind: Kind = "note") -> None:
        """Show a sentence with the sign of its kind; "" shows nothing."""
        icon, colour, look = _LOOKS[kind]
        if sentence != self._text.text():
            self._text.setText(sentence)
        set_look(self._text, look)
        self._sign.setVisible(bool(sentence))
        if sentence:
            set_icon(self._sign, icon, colour, _SIGN)
        self._fit()
        if not self._reserved:  # a reserved line is never hidden; shown before it has a parent it would be a window
            self.setVisible(bool(sentence))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """No width of its own; the height its words need at the width it has."""
        return QSize(0, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        """As many lines as the sentence takes."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        """Place sign and words by hand: were a layout to do it, those around would no longer be exact."""
        width = max(px(120), self.width() - px(_LEFT))
        tall = self._text.heightForWidth(width) if self._text.text() else 0
        self._sign.setGeometry(0, px(_TOP), px(_SIGN), px(_SIGN))
        self._text.setGeometry(px(_LEFT), px(_TOP), width, tall)
        self.setFixedHeight(max(px(24) if self._reserved else 0, tall + 2 * px(_TOP)))
