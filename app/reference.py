"""The reference of all line items: a page of the help, generated from their definitions, with a search."""

from __future__ import annotations

from PySide6.QtCore import QSortFilterProxyModel, QStringListModel, Qt, QUrl
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

import models  # its definitions are loaded when the page is first asked for
from app.theme import label, px, set_look
from models import Deal

_STYLE = "a { text-decoration: none } h1 { font-size: large } h2 { font-size: large } h3 { font-size: medium }"
_EVERYTHING = "A deal with every kind of support is shown; open a deal to see its own formulas."


class LineReference(QDialog):
    """All line items by section with reason and formula; the search finds words of label, name and reason."""

    def __init__(self, parent: QWidget, deal: Deal | None, *, partner: bool = False) -> None:
        super().__init__(parent)
        self.setWindowTitle("Line items")
        self.setModal(False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(px(1100), px(680))
        self._names: list[str] = []
        texts: list[str] = []
        self._found: list[str] = []
        for section in models.line_catalogue(deal, partner=partner):
            for line in section.lines:
                self._names.append(line.name)
                texts.append(line.label)
                self._found.append(f"{line.label} {line.name} {line.reason} {section.title}".casefold())
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search label, name or reason")
        self.search.setAccessibleName("Search line items")
        self.search.setClearButtonEnabled(True)
        self._model = _Matching(self._found, self)
        self._model.setSourceModel(QStringListModel(texts, self))
        self.list = QListView()
        self.list.setModel(self._model)
        self.list.setAccessibleName("Line items")
        set_look(self.list, "list")
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setFixedWidth(px(420))
        self.list.setSpacing(px(4))
        self.text = QTextBrowser()
        self.text.setAccessibleName("Reference")
        self.text.setOpenExternalLinks(False)
        self.text.document().setDocumentMargin(px(16))
        self.text.document().setDefaultStyleSheet(_STYLE)
        self.text.setHtml(models.catalogue_html(deal, partner=partner))
        self.count: QLabel = label("", "small", "secondary")
        left = QVBoxLayout()
        for part in (self.search, self.list, self.count):
            left.addWidget(part)
        row = QHBoxLayout()
        row.addLayout(left)
        row.addWidget(self.text, 1)
        column = QVBoxLayout(self)
        column.addLayout(row, 1)
        if deal is None:
            column.addWidget(label(_EVERYTHING, "small", "secondary"))
        self.search.textChanged.connect(self._search)
        self.search.returnPressed.connect(self.list.setFocus)
        self.list.selectionModel().currentChanged.connect(lambda index: self.go_to(self._name_at(index.row())))
        self._search("")

    def go_to(self, name: str) -> None:
        """Bring the entry of a line into sight, such as `dscr_12m` or `revenue[]`."""
        self.text.setSource(QUrl(f"#{name}"))

    def shown(self) -> list[str]:
        """The names of the lines that the search leaves."""
        return [self._name_at(row) for row in range(self._model.rowCount())]

    def _search(self, words: str) -> None:
        self._model.look_for(words)
        found = self._model.rowCount()
        self.count.setText(f"{found} of {len(self._names)} lines")
        if found and words:
            self.list.setCurrentIndex(self._model.index(0, 0))

    def _name_at(self, row: int) -> str:
        source = self._model.mapToSource(self._model.index(row, 0)).row()
        return self._names[source] if source >= 0 else ""


class _Matching(QSortFilterProxyModel):
    """Lines that hold every word looked for."""

    def __init__(self, texts: list[str], parent: QDialog) -> None:
        super().__init__(parent)
        self._texts = texts
        self._words: list[str] = []

    def look_for(self, words: str) -> None:
        """Leave only lines with all of these words."""
        self._words = words.casefold().split()
        self.invalidate()

    def filterAcceptsRow(self, row: int, _parent: object) -> bool:  # noqa: N802 - Qt's own name
        """True where the texts of a line hold every word."""
        return all(word in self._texts[row] for word in self._words)
