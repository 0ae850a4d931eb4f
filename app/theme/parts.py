"""The smallest pieces of the window: labels, rules, buttons and the mark of what is internal."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QPushButton, QSizePolicy, QToolButton, QWidget

from app.theme.fonts import Role, px
from app.theme.looks import set_icon, set_look, set_type

_RING = 4  # both sides of the ring of focus round a link, as in the style sheet


def label(text: str, role: Role = "body", look: str = "", *, wrap: bool = False) -> QLabel:
    """A label of one type and one look; plain text, so that a deal's own words are never read as markup."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    set_type(made, role)
    if look:
        set_look(made, look)
    return made


class CutLabel(QLabel):
    """One line of words that gives way where there is little room: cut at its end, and then a tooltip says all."""

    def __init__(self, text: str, role: Role = "body", look: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        set_type(self, role)
        set_look(self, look)
        self._whole = ""
        self.setText(text)

    def text(self) -> str:
        """All of the words, shown or not."""
        return self._whole

    def setText(self, text: str) -> None:  # noqa: N802 - Qt's own name
        self._whole = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self._cut()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        return QSize(self.fontMetrics().horizontalAdvance(self._whole) + 2, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        return QSize(min(self.sizeHint().width(), px(40)), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width())
        super().setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")


def clear(layout: QLayout) -> None:
    """Take everything out of a layout for good."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def rule(look: str = "rule") -> QFrame:
    """A horizontal line of one pixel; "head-rule" is the darker one under the head of a table."""
    made = QFrame()
    made.setFixedHeight(1)
    set_look(made, look)
    return made


def verbatim(name: str) -> str:
    """A name as buttons and menus have to be given it: an ampersand in it is no mark of a key."""
    return name.replace("&", "&&")


def link(text: str, icon_name: str = "") -> QPushButton:
    """A button that looks like a link, with an icon before its words if one is named; its text stands as it is."""
    made = QPushButton(verbatim(text))
    set_look(made, "link")
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    if icon_name:
        set_icon(made, icon_name, "link")
    return made


class CutLink(QPushButton):
    """A link that gives way where there is little room: its words are cut in their middle, its name stays whole."""

    def __init__(self, text: str) -> None:
        super().__init__(verbatim(text))
        self._whole = text
        set_look(self, "link")
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        return QSize(self.fontMetrics().horizontalAdvance(self._whole) + _RING, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        return QSize(min(self.sizeHint().width(), px(48)), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        super().resizeEvent(event)
        room = self.width() - _RING + 2
        self.setText(verbatim(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideMiddle, room)))


class _Hanging(QHBoxLayout):
    """A row that begins before the place it is given, by the ring of focus in the style sheet."""

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802 - Qt's own name
        super().setGeometry(rect.adjusted(-_RING // 2, 0, 0, 0))


def aligned(button: QPushButton) -> QHBoxLayout:
    """A link in a row of its own whose words begin where the layout does: its ring of focus hangs out to the left."""
    button.setProperty("flush", True)
    row = _Hanging()
    row.addWidget(button)
    row.addStretch(1)
    return row


def tool(icon_name: str, words: str) -> QToolButton:
    """A square button with an icon only; its words are the tooltip and the accessible name."""
    made = QToolButton()
    set_icon(made, icon_name)
    made.setToolTip(words)
    made.setAccessibleName(words)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return made


def internal_tag(words: str = "Internal") -> QWidget:
    """The mark of everything a partner must not see: a lock and the word, never colour alone."""
    made = QFrame()
    set_look(made, "tag-internal")
    row = QHBoxLayout(made)
    row.setContentsMargins(px(6), px(2), px(6), px(2))
    row.setSpacing(px(4))
    lock = QLabel()
    set_icon(lock, "lock", "internal", 12)
    row.addWidget(lock)
    row.addWidget(label(words, "small_strong", "internal"))
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    made.setAccessibleName(words)
    return made
