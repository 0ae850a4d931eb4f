"""A choice among many terms, found by typing any part of their name."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

from app.theme import px

_WIDTHS, _BESIDE = (200, 420), 47  # least and most wide, and what stands beside the words, for a 13 px font


class TermBox(QComboBox):
    """Offers (path, label); `chosen` carries a path. What is typed and is no term falls back to the one chosen."""

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path = ""
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setAccessibleName(name)
        self.setMinimumWidth(px(120))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        completer = QCompleter(self.model(), self)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)
        line = self.lineEdit()
        assert line is not None
        line.setAccessibleName(name)
        line.editingFinished.connect(self._settle)
        self.activated.connect(self._on_activated)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """As wide as the term chosen, within bounds; the list below may hold longer ones."""
        hint = super().sizeHint()
        words = self.fontMetrics().horizontalAdvance(self.currentText()) + px(_BESIDE)
        return QSize(min(max(words, px(_WIDTHS[0])), px(_WIDTHS[1])), hint.height())

    def offer(self, terms: Sequence[tuple[str, str]]) -> None:
        """Offer other terms; the one chosen stays if it is among them, else the first takes its place."""
        if [(self.itemData(at), self.itemText(at)) for at in range(self.count())] == list(terms):
            return
        self.blockSignals(True)
        self.clear()
        for path, label in terms:
            self.addItem(label, path)
        self.blockSignals(False)
        self.choose(self._path)

    def choose(self, path: str) -> None:
        """Choose a term without telling; the first one where this is not offered."""
        at = self.findData(path)
        self.setCurrentIndex(max(0, at))
        self._path = str(self.currentData() or "") if self.count() else path
        self._show_start()

    def path(self) -> str:
        """The path of the term chosen, "" while none is offered."""
        return self._path if self.findData(self._path) >= 0 else ""

    def _on_activated(self, at: int) -> None:
        path = str(self.itemData(at))
        if path != self._path:
            self._path = path
            self.chosen.emit(path)
        self._show_start()

    def _settle(self) -> None:
        """Take what was typed if it names a term, else show the one chosen again."""
        at = self.findText(self.currentText(), Qt.MatchFlag.MatchFixedString)
        if at < 0:
            at = self.findData(self._path)
        self.setCurrentIndex(at)
        if at >= 0:
            self._on_activated(at)

    def _show_start(self) -> None:
        line = self.lineEdit()
        if line is not None:
            line.setCursorPosition(0)
            self.setToolTip(self.currentText())
        self.updateGeometry()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's own name
        super().focusInEvent(event)
        line = self.lineEdit()
        if line is not None:
            line.selectAll()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's own name
        """Scrolling the page never chooses."""
        event.ignore()
