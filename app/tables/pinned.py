"""The last column of a table that scrolls sideways, kept in sight at its right edge."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView

from app.tables.heads import ColumnHead, lay_plain
from app.theme import set_look


class PinnedTotal(QTableView):
    """Lies over the right end of a table and shows its last column; choice, rows and scrolling are those of the table.

    It takes no keyboard focus and tells a screen reader nothing: the table has the column as its last.
    """

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table
        set_look(self, "pinned")
        self._heads = ColumnHead(self, subheads=False)
        lay_plain(self, self._heads, None)
        self.setModel(table.model())
        self.setItemDelegate(table.itemDelegate())
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Total")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.verticalScrollBar().valueChanged.connect(table.verticalScrollBar().setValue)
        self.hide()

    def setSelectionModel(self, model: QItemSelectionModel) -> None:  # noqa: N802 - Qt's own name
        """Whatever model is shown, what is chosen is what is chosen in the table."""
        super().setSelectionModel(self._table.selectionModel() or model)

    def lay(self, has_total: bool) -> None:
        """Stand over the right end of the table, as wide as its last column; away where all columns are in sight."""
        table, last = self._table, self._table.model().columnCount() - 1
        wide = table.columnWidth(last) if last >= 0 else 0
        scrolls = sum(table.columnWidth(at) for at in range(last + 1)) > table.viewport().width()
        self.setVisible(has_total and scrolls)
        if self.isHidden():
            return
        for at in range(last + 1):
            self.setColumnHidden(at, at != last)
        self.setColumnWidth(last, wide)
        for row in range(table.model().rowCount()):
            self.setRowHeight(row, table.rowHeight(row))
        place = table.viewport().geometry()
        self._heads.setFixedHeight(table.horizontalHeader().height())
        top = place.top() - self._heads.height()
        self.setGeometry(place.right() + 1 - wide, top, wide, place.height() + self._heads.height())
        self.verticalScrollBar().setValue(table.verticalScrollBar().value())

    def uncover(self, index: QModelIndex | QPersistentModelIndex) -> None:
        """Scroll the table on until a cell no longer lies below."""
        bar = self._table.horizontalScrollBar()
        edge = self.x() - self._table.viewport().x()
        while self.isVisible() and self._table.visualRect(index).right() > edge and bar.value() < bar.maximum():
            bar.setValue(bar.value() + 1)
