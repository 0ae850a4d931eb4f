"""The help in the program: guide, glossary, fields and keys in one window with a search over all of them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.help_text import HelpText
from app.help_topics import KINDS, Topic, topics
from app.theme import font, label, link, px, set_look

_TOPIC = Qt.ItemDataRole.UserRole


class Help(QDialog):
    """A list of topics by kind at the left, the chosen one at the right; `lines_wished` asks for the line items."""

    lines_wished = Signal()

    def __init__(self, parent: QWidget, actions: Iterable[QAction], *, partner: bool = False) -> None:
        super().__init__(parent)
        self.setWindowTitle("Help")
        self.setModal(False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(px(1140), px(720))
        self._topics = topics(actions, partner=partner)
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search the help")
        self.search.setAccessibleName("Search the help")
        self.search.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setAccessibleName("Topics")
        set_look(self.list, "list")
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setUniformItemSizes(True)
        self.list.setSpacing(px(1))
        self.text = HelpText()
        self.count = label("", "small", "secondary")
        lines = link("Line items and formulas", "arrow-right")
        lines.clicked.connect(self.lines_wished)
        left = QVBoxLayout()
        for part in (self.search, self.list, self.count, lines):
            left.addWidget(part)
        side = QWidget()
        side.setFixedWidth(px(264))
        side.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout(self)
        row.setSpacing(px(12))
        row.addWidget(side)
        row.addWidget(self.text, 1)
        self.search.textChanged.connect(self._search)
        self.search.returnPressed.connect(self.list.setFocus)
        self.list.currentItemChanged.connect(self._show)
        self._search("")

    def go_to(self, title: str) -> None:
        """Show the topic of a title, the first that has it, whatever was searched for."""
        self.search.clear()
        for row in range(self.list.count()):
            topic = self.list.item(row).data(_TOPIC)
            if isinstance(topic, Topic) and topic.title == title:
                self.list.setCurrentRow(row)
                return

    def shown(self) -> tuple[Topic, ...]:
        """The topics that the search leaves."""
        found = (self.list.item(row).data(_TOPIC) for row in range(self.list.count()))
        return tuple(topic for topic in found if isinstance(topic, Topic))

    def _search(self, text: str) -> None:
        words = text.casefold().split()
        left = [topic for topic in self._topics if all(word in topic.words for word in words)]
        # a title that holds the words comes before a text that does, and is shown though it be of a later kind
        left.sort(key=lambda topic: (KINDS.index(topic.kind), not self._titled(topic, words)))
        self.list.clear()
        kind, best = "", 0
        for topic in left:
            if topic.kind != kind:
                kind = topic.kind
                head = QListWidgetItem(kind)
                head.setFlags(Qt.ItemFlag.NoItemFlags)
                head.setFont(font("small_strong"))
                self.list.addItem(head)
            if not best and self._titled(topic, words):
                best = self.list.count()
            item = QListWidgetItem(f"    {topic.title}")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{topic.kind}: {topic.title}")
            item.setData(_TOPIC, topic)
            self.list.addItem(item)
        self.count.setText(f"{len(left)} of {len(self._topics)} topics")
        if left:
            self.list.setCurrentRow(best or 1)
        else:
            self.text.setPlainText("Nothing in the help holds all of these words.")

    @staticmethod
    def _titled(topic: Topic, words: list[str]) -> bool:
        return all(word in topic.title.casefold() for word in words)

    def _show(self, item: QListWidgetItem | None) -> None:
        topic = item.data(_TOPIC) if item is not None else None
        if not isinstance(topic, Topic):
            return
        self.text.show_topic(topic)
