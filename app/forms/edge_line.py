"""A line at the lower edge of a page, for what is said further down than one can see."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QWidget

from app.forms.notes import NoteLine
from app.theme import px, set_look


class EdgeLine(QWidget):
    """Lies over a scrolled page and repeats there what a line out of sight says; nothing moves for it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        set_look(self, "pane")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._page = parent
        self._area: QScrollArea | None = None
        self._line: NoteLine | None = None
        self._said = NoteLine()
        row = self._layout = QHBoxLayout(self)
        row.setContentsMargins(px(20), px(2), px(16), px(2))
        row.addWidget(self._said)
        self.hide()

    def lie_over(self, area: QScrollArea) -> None:
        """Lie at the lower edge of an area, as one scrolls and as its size changes."""
        self._area = area
        area.verticalScrollBar().valueChanged.connect(self._follow)
        area.viewport().installEventFilter(self)

    def stand_in_for(self, line: NoteLine | None) -> None:
        """Repeat what a line says for as long as it is out of sight; None for nothing."""
        self._line = line
        self._follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        """The area has another size now."""
        if event.type() == QEvent.Type.Resize:
            self._follow()
        return super().eventFilter(watched, event)

    def _follow(self) -> None:
        if self._area is None or self._line is None or not self._line.text:
            self.hide()
            return
        view = self._area.viewport()
        foot = self._line.mapTo(view, QPoint(0, self._line.height())).y()
        self.setFixedWidth(view.width())
        self._said.say(self._line.text, self._line.kind)
        self.setVisible(foot > view.height())
        if self.isVisible():
            self._layout.activate()  # what is in sight takes as many lines as the sentence needs at this width
            self.adjustSize()
            self.move(view.mapTo(self._page, QPoint(0, view.height() - self.height())))
            self.raise_()
