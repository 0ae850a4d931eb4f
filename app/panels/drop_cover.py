"""What lies over the window while a file is dragged across it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.theme import advance, label, px, set_icon, set_look, theme_of

_VEIL = 0.86  # how much of the window the cover hides


class DropCover(QWidget):
    """Says in a card in its middle what would come of letting go; it is as large as what it covers."""

    def __init__(self, covered: QWidget) -> None:
        super().__init__(covered)
        self._covered = covered
        self._fits = True
        self.setAcceptDrops(True)
        self._icon = QLabel()
        self._words = label("", "panel")
        card = QFrame()
        set_look(card, "card")
        row = QHBoxLayout(card)
        row.setContentsMargins(px(24), px(16), px(24), px(16))
        row.setSpacing(px(12))
        row.addWidget(self._icon)
        row.addWidget(self._words)
        column = QVBoxLayout(self)
        column.addWidget(card, 0, Qt.AlignmentFlag.AlignCenter)
        self.hide()

    def tell(self, words: str, *, fits: bool) -> None:
        """Cover everything and say what letting go would do, or why it does nothing."""
        self._fits = fits
        set_icon(self._icon, "folder-open" if fits else "circle-x", "link" if fits else "negative", 20)
        wide, room = advance("panel", words) + 1, self._covered.width() - px(140)
        self._words.setWordWrap(wide > room)
        self._words.setFixedWidth(min(wide, room))
        self._words.setText(words)
        self.setAccessibleName(words)
        self.setGeometry(self._covered.rect())
        self.raise_()
        self.show()
        self.update()

    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's own name
        theme = theme_of(self)
        veil = QColor(theme.window)
        veil.setAlphaF(_VEIL)
        inset = px(8)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), veil)
            painter.setPen(QPen(theme.focus if self._fits else theme.control, 2, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), px(6), px(6))
