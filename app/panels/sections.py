"""The list of sections at the left: icon, title, a few words of the deal, and what is wrong or changed there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from app.panels.section_model import Index, SectionModel
from app.panels.section_row import SectionDelegate, around_title, row_height
from app.theme import font, px, set_look
from models import SectionMark


class SectionList(QListView):
    """The list itself; `chosen` tells the key of the section the user went to."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, partner: bool = False) -> None:
        super().__init__(parent)
        self._heights: list[int] = []
        self._sections = SectionModel(self, partner=partner)
        self.setModel(self._sections)
        self.setItemDelegate(SectionDelegate(self))
        self.setAccessibleName("Sections")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        set_look(self, "sections")
        self.setViewportMargins(0, px(8), 0, 0)
        self.selectionModel().currentChanged.connect(self._on_current)

    def dataChanged(  # noqa: N802 - Qt's own name
        self, first: Index, last: Index, roles: Sequence[int] = ()
    ) -> None:
        """Paint the rows that changed; a plain list lays out and paints all, but here `show_sections` tells."""
        QAbstractItemView.dataChanged(self, first, last, roles)

    def show_sections(self, summaries: dict[str, str], marks: dict[str, SectionMark]) -> None:
        """Give every section its summary and its mark, by key."""
        if self._sections.show(summaries, marks):
            self._measure()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        super().resizeEvent(event)
        self._measure()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's own name
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measure()

    def _measure(self) -> None:
        """Lay the rows out again where one of them needs another height."""
        width, rows = self.viewport().width(), range(self._sections.rowCount())
        heights = [row_height(self._sections.entry(row), width) for row in rows]
        if heights != self._heights:
            self._heights = heights
            self.scheduleDelayedItemsLayout()

    def needed_width(self) -> int:
        """The width at which no title is cut off, in device-independent pixels."""
        strong = QFontMetrics(font("strong"))
        titles = (self._sections.entry(row).section.title for row in range(self._sections.rowCount()))
        return max(map(strong.horizontalAdvance, titles)) + around_title() + self.verticalScrollBar().sizeHint().width()

    def choose(self, key: str) -> None:
        """Go to a section, as if the user had."""
        index = self._sections.index(self._sections.row_of(key))
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def chosen_key(self) -> str:
        """The key of the section now shown, "" when none is."""
        index = self.currentIndex()
        return self._sections.entry(index.row()).section.key if index.isValid() else ""

    def _on_current(self, current: QModelIndex) -> None:
        if current.isValid():
            self.chosen.emit(self._sections.entry(current.row()).section.key)
