"""The line under a field or table that says what happened: a problem, a hint, or what was there before."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QWidget

from app.theme import label, link, px, set_icon, set_look

Kind = Literal["problem", "hint", "note", "layer"]
_LOOKS: dict[Kind, tuple[str, str, str]] = {
    "problem": ("circle-alert", "negative", "negative"),
    "hint": ("circle-help", "text2", "secondary"),
    "note": ("corner-down-right", "text2", "secondary"),
    "layer": ("layers", "link", "secondary"),
}
_LEFT, _TOP, _SIGN = 20, 3, 14


class NoteLine(QWidget):
    """An icon and one sentence, with a button behind it where one is named; empty it keeps a height of `reserved`."""

    acted = Signal()

    def __init__(self, *, reserved: int = 0) -> None:
        super().__init__()
        self._reserved = reserved
        self._said: tuple[str, ...] | None = None
        self._kind: Kind = "note"
        self._sign = QLabel(self)
        self._text = label("", "small", "secondary", wrap=True)
        self._text.setParent(self)
        self._text.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._act = link("")
        self._act.setParent(self)
        self._act.setProperty("inline", True)
        self._act.clicked.connect(self.acted)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.say("")

    @property
    def text(self) -> str:
        """What is said now."""
        return self._text.text()

    @property
    def kind(self) -> Kind:
        """What kind of thing is said now."""
        return self._kind

    @property
    def action(self) -> QPushButton:
        """The button behind the sentence, hidden where none is named."""
        return self._act

    def say(self, sentence: str, kind: Kind = "note", action: str = "", spoken: str = "") -> None:
        """Show a sentence with the sign of its kind and a button with words of its own; "" shows nothing."""
        said = (sentence, kind, action, spoken)
        if said == self._said:
            return
        self._said, self._kind = said, kind
        icon, colour, look = _LOOKS[kind]
        if sentence != self._text.text():
            self._text.setText(sentence)
        set_look(self._text, look)
        self._act.setText(action)
        self._act.setAccessibleName(spoken or action)
        self._act.setVisible(bool(action))
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

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's own name
        """Another font takes other room."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        """Place sign and words by hand: were a layout to do it, those around would no longer be exact."""
        beside = self._act.sizeHint().width() + px(8) if self._act.text() else 0
        width = max(px(120), self.width() - px(_LEFT) - beside)
        one = self._text.fontMetrics().height() if self._reserved else 0  # as high empty as with one line said
        tall = max(one, self._text.heightForWidth(width) if self._text.text() else 0)
        self._sign.setGeometry(0, px(_TOP), px(_SIGN), px(_SIGN))
        self._text.setGeometry(px(_LEFT), px(_TOP), width, tall)
        if beside:
            wide = min(width, self._text.fontMetrics().horizontalAdvance(self._text.text()) + 2)
            size = self._act.sizeHint()
            top = px(_TOP) + (self._text.fontMetrics().height() - size.height()) // 2
            self._act.setGeometry(px(_LEFT) + wide + px(8), top, size.width(), size.height())
        self.setFixedHeight(max(px(self._reserved), tall + 2 * px(_TOP)))
