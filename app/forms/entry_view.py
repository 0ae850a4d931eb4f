"""The view of a table of entries: as tall as its rows, as wide as its page, with the keys of a spreadsheet."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QSizePolicy, QTableView, QWidget

from app.forms.cell_delegate import PAD, CellDelegate
from app.forms.entry_model import EntryModel, Place
from app.places import FigurePlace
from app.tables.heads import ColumnHead, Corner, RowHead, lay_plain
from app.theme import advance, px

_LEAST_COLUMN, _LEAST_MONTH = 64, 48
_LEAST_LABEL, _LEAST_YEAR_LABEL = 188, 72
_FEW, _WIDEST = 2, 240  # columns of which none is wider than that


def settle(widget: QWidget) -> None:
    """Lay the pages around a widget out at once, from the inside out, so that no half-arranged page is ever painted."""
    above: QWidget | None = widget
    while above is not None:
        layout = above.layout()
        if layout is not None:
            layout.activate()
        above = above.parentWidget()


class EntryView(QTableView):
    """A table without scrolling up and down; sideways the row labels stay."""

    explain_wished = Signal(object)  # FigurePlace
    visited = Signal(str)  # path of the entry in focus, "" on a calculated one
    emptied = Signal(object)  # what the chosen cells hold once they are empty, by row and column

    def __init__(self, model: EntryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries = model
        self.setModel(model)
        self.delegate = CellDelegate(self)
        self.setItemDelegate(self.delegate)
        self._heads = ColumnHead(self, pad=PAD)
        self._labels = RowHead(self)
        lay_plain(self, self._heads, self._labels)
        self._corner = Corner(self)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.doubleClicked.connect(self._explain)
        self.selectionModel().currentChanged.connect(lambda *_: self._tell_visit())
        model.modelReset.connect(self._measure)
        model.texts_changed.connect(self._measure)
        model.modelReset.connect(self._start)

    def figure_in_focus(self) -> FigurePlace | None:
        """Where the calculated figure of the current cell comes from."""
        index = self.currentIndex()
        return self._entries.place(index.row(), index.column()) if index.isValid() else None

    def _tell_visit(self) -> None:
        held = QApplication.focusWidget()
        if held is not None and (held is self or self.isAncestorOf(held)):
            cell = self._entries.cell(self.currentIndex().row(), self.currentIndex().column())
            self.visited.emit(cell.path if cell is not None and not cell.implied else "")

    def _explain(self, index: QModelIndex) -> None:
        place = self._entries.place(index.row(), index.column())
        if place is not None:
            self.explain_wished.emit(place)

    def _start(self) -> None:
        if not self.currentIndex().isValid() and self._entries.rowCount() and self._entries.columnCount():
            self.selectionModel().setCurrentIndex(
                self._entries.index(0, 0), self.selectionModel().SelectionFlag.NoUpdate
            )

    def _measure(self) -> None:
        """Columns share the width there is, none narrower than its figures; rows have the height of the design."""
        entries = len(self._entries.plan.lines)
        for row in range(self._entries.rowCount()):
            tall = px(29) if row < entries else px(26)
            if self.rowHeight(row) != tall:
                self.setRowHeight(row, tall)
        self._labels.least = _LEAST_YEAR_LABEL if self._entries.plan.by_month else _LEAST_LABEL
        self._labels.setFixedWidth(self._labels.wanted_width())
        self._heads.setFixedHeight(self._heads.sizeHint().height())
        columns = self._entries.columnCount()
        if columns:
            room = self.width() - self._labels.width() - 1
            if columns <= _FEW:  # one or two entries in all the width would look like a line of text
                room = min(room, columns * px(_WIDEST))
            even = room // columns
            wide = [max(even, self._needed(column)) for column in range(columns)]
            wide[-1] = max(wide[-1], room - sum(wide[:-1]))  # what a division leaves over belongs to it
            for column, each in enumerate(wide):
                if self.columnWidth(column) != each:
                    self.setColumnWidth(column, each)
        self._corner.setText(self._entries.plan.corner)
        self._corner.setGeometry(0, 0, self._labels.width(), self._heads.height())
        self.updateGeometries()
        if self.height() != self.sizeHint().height():
            self.setFixedHeight(self.sizeHint().height())
            settle(self)

    def is_narrow(self) -> bool:
        """Whether so few columns leave a part of the width free."""
        return self._entries.columnCount() <= _FEW

    def _needed(self, column: int) -> int:
        head = self._entries.plan.columns[column]
        texts = (self._entries.text(row, column) for row in range(self._entries.rowCount()))
        widest = max((advance("figure", text) for text in texts), default=0)
        least = _LEAST_MONTH if self._entries.plan.by_month else _LEAST_COLUMN
        widest = max(widest, advance("strong", head.head), advance("small", head.sub))
        return max(px(least), widest + px(PAD + 8))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """All rows, the heads, and the bar for scrolling sideways where it is needed."""
        rows = sum(self.rowHeight(row) for row in range(self._entries.rowCount()))
        columns = sum(self.columnWidth(column) for column in range(self._entries.columnCount()))
        bar = self.horizontalScrollBar().sizeHint().height() if columns + self._labels.width() > self.width() else 0
        return QSize(px(400), self._heads.height() + rows + bar + 1)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        """Share the width anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._measure()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Enter opens the cell; Delete empties what is chosen, or opens a cell that must hold something."""
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.state() != self.State.EditingState:
            if index.isValid():
                self.edit(index)
            return
        if event.key() == Qt.Key.Key_Delete and self.state() != self.State.EditingState and index.isValid():
            empty = self._entries.emptied(self._chosen())
            if empty:
                self.emptied.emit(empty)
            elif self._entries.can_edit(index.row(), index.column()):
                self.edit(index)
            return
        super().keyPressEvent(event)

    def _chosen(self) -> list[Place]:
        chosen = [(index.row(), index.column()) for index in self.selectionModel().selectedIndexes()]
        current = self.currentIndex()
        return chosen or ([(current.row(), current.column())] if current.isValid() else [])

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's own name
        """The ring shows which cell has the focus."""
        super().focusInEvent(event)
        self._start()
        self._tell_visit()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's own name
        """The ring goes with the focus."""
        super().focusOutEvent(event)
        self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's own name
        """Up and down belongs to the page."""
        if abs(event.angleDelta().x()) > abs(event.angleDelta().y()):
            super().wheelEvent(event)
        else:
            event.ignore()
