"""The line under a field or table that says what happened: a problem, a hint, or what was there before."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from app.theme import label, px, set_icon, set_look

Kind = Literal["problem", "hint", "note"]
_LOOKS: dict[Kind, tuple[str, str, str]] = {
    "problem": ("circle-alert", "negative", "negative"),
    "hint": ("circle-help", "text2", "secondary"),
    "note": ("corner-down-right", "text2", "secondary"),
}


class NoteLine(QWidget):
    """An icon and one sentence; empty it keeps its place only where `reserved`."""

    def __init__(self, *, reserved: bool = False) -> None:
        super().__init__()
        self._reserved = reserved
        self._sign = QLabel()
        self._sign.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._text = label("", "small", "secondary", wrap=True)
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, px(1), 0, px(3))
        row.setSpacing(px(6))
        row.addWidget(self._sign)
        row.addWidget(self._text, 1)
        self.say("")

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's own name
        """The line sets its own height, so that layouts around it stay simple and exact."""
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        """As many lines as the sentence takes."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        words = max(px(120), self.width() - px(14 + 6))
        text = self._text.heightForWidth(words) if self._text.text() else 0
        least = px(24) if self._reserved else 0
        self.setFixedHeight(max(least, text + px(4)))

    @property
    def text(self) -> str:
        """What is said now."""
        return self._text.text()

    def say(self, sentence: str, kind: Kind = "note") -> None:
        """Show a sentence with the sign of its kind; "" shows nothing."""
        icon, colour, look = _LOOKS[kind]
        self._text.setText(sentence)
        set_look(self._text, look)
        self._sign.setVisible(bool(sentence))
        if sentence:
            set_icon(self._sign, icon, colour, 14)
        self._fit()
        self.setVisible(bool(sentence) or self._reserved)
