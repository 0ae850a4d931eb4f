"""The list of sections at the left: icon, title, a few words of the deal, and what is wrong or changed there."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.theme import font, pixmap, px, set_look, theme_of
from models import Section, SectionMark, sections

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_ALL_WELL = SectionMark()
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class Entry:
    """One row of the list."""

    section: Section
    summary: str = ""
    mark: SectionMark = _ALL_WELL

    @property
    def changed_words(self) -> str:
        """`2 changed`, or nothing."""
        return f"{self.mark.changed} changed" if self.mark.changed else ""

    @property
    def spoken(self) -> str:
        """The whole row in words, for screen readers."""
        state = {None: "all is well", "warning": "has a warning", "error": "has an entry that cannot be used"}
        parts = [self.section.title, self.summary, self.changed_words, state[self.mark.severity]]
        return ", ".join(part for part in parts if part)


class SectionModel(QAbstractListModel):
    """The sections with their summaries and marks."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries = [Entry(section) for section in sections()]

    def show(self, summaries: dict[str, str], marks: dict[str, SectionMark]) -> None:
        """Give every section its summary and its mark, by key."""
        for row, entry in enumerate(self._entries):
            key = entry.section.key
            fresh = Entry(entry.section, summaries.get(key, ""), marks.get(key, _ALL_WELL))
            if fresh != entry:
                self._entries[row] = fresh
                self.dataChanged.emit(self.index(row), self.index(row))

    def entry(self, row: int) -> Entry:
        """The entry of a row."""
        return self._entries[row]

    def row_of(self, key: str) -> int:
        """The row of a section."""
        return next(row for row, entry in enumerate(self._entries) if entry.section.key == key)

    def rowCount(self, parent: Index = _ROOT) -> int:  # noqa: N802 - Qt's own name
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.section.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return entry.spoken
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{entry.section.title}  Ctrl+{index.row() + 1}"
        return None


class _SectionDelegate(QStyledItemDelegate):
    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's own name
        extra = px(13) if _entry(index).section.internal else 0
        return QSize(px(150), px(48) + extra)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry = _entry(index)
        theme = theme_of(self._view)
        area = QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if entry.section.internal:
            y = area.top() + px(6)
            painter.fillRect(QRect(area.left() + px(8), y, area.width() - px(16), 1), theme.line)
            area.setTop(area.top() + px(13))
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        box = QRectF(area).adjusted(px(8), 1, -px(8), -1)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.sel)
            painter.drawRoundedRect(box, px(4), px(4))
            painter.fillRect(QRectF(box.left(), box.top() + px(13), px(3), box.height() - px(26)), theme.focus)
            if self._view.hasFocus():
                painter.setPen(QPen(theme.focus, 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), px(4), px(4))
        scale = self._view.devicePixelRatioF()
        line = QFontMetrics(font("strong")).height()
        first = QRectF(box.left() + px(38), box.top() + px(5), box.width() - px(48), line)
        tint = theme.internal if entry.section.internal else theme.seltext if chosen else theme.text2
        picture = pixmap(entry.section.icon, tint, px(16), scale)
        painter.drawPixmap(round(box.left()) + px(12), round(first.center().y()) - px(8), picture)
        painter.setFont(font("strong"))
        painter.setPen(theme.seltext if chosen else theme.text)
        painter.drawText(first, _LEFT, entry.section.title)
        self._paint_mark(painter, entry, first, chosen)
        painter.setFont(font("small"))
        painter.setPen(theme.text2)
        painter.drawText(first.translated(0, line + px(2)).adjusted(0, 0, px(8), 0), _LEFT, entry.summary)
        painter.restore()

    def _paint_mark(self, painter: QPainter, entry: Entry, line: QRectF, chosen: bool) -> None:
        theme = theme_of(self._view)
        right = line.right()
        severity = entry.mark.severity
        if severity is not None or not entry.mark.changed:
            name, tint = {
                None: ("check", theme.text2),
                "warning": ("triangle-alert", theme.warning),
                "error": ("circle-x", theme.negative),
            }[severity]
            side = px(14)
            picture = pixmap(name, tint, side, self._view.devicePixelRatioF())
            painter.drawPixmap(round(right) - side, round(line.center().y() - side / 2), picture)
            right -= side + px(6)
        if entry.mark.changed:
            painter.setFont(font("small"))
            painter.setPen(theme.seltext if chosen else theme.link)
            painter.drawText(
                QRectF(line.left(), line.top(), right - line.left(), line.height()), _RIGHT, entry.changed_words
            )


def _entry(index: Index) -> Entry:
    model = index.model()
    assert isinstance(model, SectionModel)
    return model.entry(index.row())


class SectionList(QListView):
    """The list itself; `chosen` tells the key of the section the user went to."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sections = SectionModel(self)
        self.setModel(self._sections)
        self.setItemDelegate(_SectionDelegate(self))
        self.setAccessibleName("Sections")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        set_look(self, "sections")
        self.setViewportMargins(0, px(8), 0, 0)
        self.selectionModel().currentChanged.connect(self._on_current)

    def show_sections(self, summaries: dict[str, str], marks: dict[str, SectionMark]) -> None:
        """Give every section its summary and its mark, by key."""
        self._sections.show(summaries, marks)

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
