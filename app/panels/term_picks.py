"""Which terms a tornado moves, and between which ends of one's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QLocale, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

import models  # ends are told to the analysis, which is loaded with the first figures
from app.forms.entry import Entry
from app.forms.marks import Marks
from app.forms.number import Refused, Shown, parse_number
from app.requests import Offer
from app.theme import label, link, px, set_look

if TYPE_CHECKING:
    from models import Swing, Term

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_ROLE = Qt.ItemDataRole
NAME, LOW, HIGH, UNIT = range(4)
_HEADS = ("Term", "Low", "High", "Unit")
_USUAL = "usual"


@dataclass
class _Pick:
    term: Term
    on: bool = True
    low: float | None = None
    high: float | None = None
    texts: tuple[str, str] = ("", "")


class PickModel(QAbstractTableModel):
    """Terms with a box each; the ends are empty for the usual ones."""

    told = Signal(str)  # why an end cannot be used, "" where it can

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._picks: list[_Pick] = []
        self._shown: list[int] = []
        self._words = ""

    def show(self, offer: Offer, chosen: tuple[Swing, ...] | None) -> None:
        """Offer the terms that a tornado moves, with those chosen ticked."""
        known = {swing.path: swing for swing in chosen or ()}
        usual = set(offer.usual) | set(known)
        self.beginResetModel()
        self._picks = []
        for term in offer.terms:
            if term.path in usual and term.field.unit is not models.Unit.MONTH:
                swing = known.get(term.path)
                pick = _Pick(term, chosen is None or swing is not None)
                if swing is not None:
                    pick.low, pick.high = (e if isinstance(e, float) else None for e in (swing.low, swing.high))
                    pick.texts = (self._text(term, pick.low), self._text(term, pick.high))
                self._picks.append(pick)
        self._filter()
        self.endResetModel()

    def look_for(self, words: str) -> None:
        """Show only terms whose name holds every word."""
        self.beginResetModel()
        self._words = words
        self._filter()
        self.endResetModel()

    def tick_all(self, on: bool) -> None:
        """Take all terms shown, or none of them."""
        for at in self._shown:
            self._picks[at].on = on
        if self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, 0))

    def chosen(self) -> tuple[Swing, ...] | None:
        """The terms ticked with their ends; None where all are, with the usual ends."""
        if all(pick.on and pick.low is None and pick.high is None for pick in self._picks):
            return None
        return tuple(models.Swing(pick.term.path, pick.low, pick.high) for pick in self._picks if pick.on)

    def row_of(self, path: str) -> int:
        """The row of a term."""
        return next(row for row, at in enumerate(self._shown) if self._picks[at].term.path == path)

    def _filter(self) -> None:
        words = self._words.casefold().split()
        self._shown = [
            at for at, pick in enumerate(self._picks) if all(word in pick.term.label.casefold() for word in words)
        ]

    def _text(self, term: Term, value: float | None) -> str:
        return "" if value is None else f"{models.term_scale(term).shown(value):g}"

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's own name
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's own name
        return 0 if parent.isValid() else len(_HEADS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Names carry a box, ends can be entered."""
        base = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        if index.column() == NAME:
            return base | Qt.ItemFlag.ItemIsUserCheckable
        return base | Qt.ItemFlag.ItemIsEditable if index.column() in (LOW, HIGH) else base

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> object:
        """Texts and boxes."""
        if not index.isValid():
            return None
        pick, column = self._picks[self._shown[index.row()]], index.column()
        if role == _ROLE.CheckStateRole and column == NAME:
            return Qt.CheckState.Checked if pick.on else Qt.CheckState.Unchecked
        if role == _ROLE.TextAlignmentRole and column in (LOW, HIGH):
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == _ROLE.EditRole and column in (LOW, HIGH):
            return pick.texts[column - LOW]
        if role == _ROLE.DisplayRole:
            unit = "% of now" if pick.term.scales else pick.term.unit
            name = pick.term.label.removesuffix(", factor")
            return (name, pick.texts[0] or _USUAL, pick.texts[1] or _USUAL, unit)[column]
        return None

    def headerData(  # noqa: N802 - Qt's own name
        self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole
    ) -> object:
        """Heads of the columns."""
        if role == _ROLE.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section in (LOW, HIGH) else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        inside = orientation == Qt.Orientation.Horizontal and 0 <= section < len(_HEADS)
        return _HEADS[section] if inside and role == _ROLE.DisplayRole else None

    def setData(self, index: Index, value: object, role: int = _ROLE.EditRole) -> bool:  # noqa: N802 - Qt's own name
        """Take a tick, or an end; one that cannot be read is told and not taken."""
        pick = self._picks[self._shown[index.row()]]
        if role == _ROLE.CheckStateRole:
            pick.on = value in (Qt.CheckState.Checked, Qt.CheckState.Checked.value)
            self.dataChanged.emit(index, index)
            return True
        text = str(value).strip()
        found = None if text in ("", _USUAL) else self._read(pick.term, text)
        if isinstance(found, str):
            self.told.emit(found)
            return False
        texts = list(pick.texts)
        texts[index.column() - LOW] = "" if found is None else text
        pick.texts = (texts[0], texts[1])
        if index.column() == LOW:
            pick.low = found
        else:
            pick.high = found
        self.told.emit("")
        self.dataChanged.emit(index, index)
        return True

    def _read(self, term: Term, text: str) -> float | str:
        """A value of a term in file units, or why the text is none."""
        shown = Shown("percent", -2, 1, "% of now") if term.scales else Entry(term.field).shown
        read = parse_number(text, shown, Marks.of(QLocale()))
        if isinstance(read, Refused):
            return f"{term.label}: {read.reason}"
        if not term.low <= read.value <= term.high:
            return f"{term.label}: {text} is out of range."
        return float(read.value)


class TermPicks(QDialog):
    """Stands beside the window; `picked` carries the terms, None for all with their usual ends."""

    picked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Terms of the tornado")
        self.setModal(False)
        self.resize(px(720), px(560))
        self.model = PickModel(self)
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search terms")
        self.search.setAccessibleName("Search terms")
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName("Terms")
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(px(25))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.horizontalHeader().setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        for at in (LOW, HIGH):
            self.table.setColumnWidth(at, px(84))
        self.table.horizontalHeader().setSectionResizeMode(UNIT, QHeaderView.ResizeMode.ResizeToContents)
        self.note = label("", "small", "negative", wrap=True)
        self.use = QPushButton("Use these terms")
        set_look(self.use, "primary")
        every, none = link("All"), link("None")
        row = QHBoxLayout()
        row.addWidget(self.use)
        row.addWidget(every)
        row.addWidget(none)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.addWidget(label("Ends left “usual” are moved as chosen on the page.", "small", "secondary"))
        for part in (self.search, self.table, self.note):
            column.addWidget(part)
        column.addLayout(row)
        self.search.textChanged.connect(self.model.look_for)
        self.model.told.connect(self.note.setText)
        every.clicked.connect(lambda: self.model.tick_all(True))
        none.clicked.connect(lambda: self.model.tick_all(False))
        self.use.clicked.connect(lambda: self.picked.emit(self.model.chosen()))
