"""The table of a redline: what a returned workbook would change, each with a tick, both values and its effects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QAction, QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.tables.clipboard import to_tsv
from app.tables.figures import change, raw
from app.tables.heads import PAD, SUBHEAD, ColumnHead
from app.theme import font, pixmap, px, theme_of

if TYPE_CHECKING:  # made by the engine, which is loaded with the first figures
    from models import Redline, RedlineChange, RedlineEffect, RedlineFigure

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_ROLE = Qt.ItemDataRole
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_BOX = 14
_WIDEST_WORDS = 300
TOGETHER = "Ticked together"


class RedlineModel(QAbstractTableModel):
    """A row for each change, and a last one for what the ticked changes do together."""

    ticks_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._changes: tuple[RedlineChange, ...] = ()
        self._figures: tuple[RedlineFigure, ...] = ()
        self._words: tuple[tuple[str, str, bool], ...] = ()
        self._ticked: list[bool] = []
        self._together: RedlineEffect | None = None
        self._issued = False
        self.waiting = False

    def show_redline(self, redline: Redline, figures: Sequence[RedlineFigure]) -> None:
        """Show another redline, nothing of it ticked."""
        self.beginResetModel()
        self._changes, self._figures = redline.changes, tuple(figures)
        self._issued = redline.changed_since and any(each.issued_text for each in redline.changes)
        self._ticked = [False] * len(self._changes)
        self._together = None
        issued = (("As issued", "", True),) if self._issued else ()
        self._words = (("Field", "", False), ("Unit", "", False), *issued, ("Ours", "", True), ("Theirs", "", True))
        self.endResetModel()

    def ticked(self) -> tuple[RedlineChange, ...]:
        """The changes that are ticked."""
        return tuple(each for each, on in zip(self._changes, self._ticked, strict=True) if on)

    def tick(self, row: int, on: bool) -> None:
        """Tick a change or take the tick away."""
        if 0 <= row < len(self._changes) and self._ticked[row] != on:
            self._ticked[row] = on
            self._told(row)

    def tick_all(self, on: bool) -> None:
        """Tick every change or none."""
        self._ticked = [on] * len(self._changes)
        self._told(0)

    def is_ticked(self, row: int) -> bool | None:
        """Whether a change is ticked; None for the last row, which has no box."""
        return self._ticked[row] if row < len(self._changes) else None

    def show_together(self, effect: RedlineEffect | None, *, waiting: bool = False) -> None:
        """Show what the ticked changes do together; while it is computed the figures from before stay, dimmed."""
        self.waiting = waiting
        if not waiting:
            self._together = effect
        self._told(len(self._changes), quiet=True)

    def _told(self, row: int, *, quiet: bool = False) -> None:
        last = self.index(len(self._changes), self.columnCount() - 1)
        self.dataChanged.emit(self.index(row, 0), last)
        if not quiet:
            self.ticks_changed.emit()

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's own name
        return 0 if parent.isValid() or not self._changes else len(self._changes) + 1

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's own name
        return 0 if parent.isValid() else len(self._words) + len(self._figures)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows of changes can be ticked."""
        flags = super().flags(index)
        box = index.isValid() and index.column() == 0 and index.row() < len(self._changes)
        return flags | Qt.ItemFlag.ItemIsUserCheckable if box else flags

    def setData(self, index: Index, value: object, role: int = _ROLE.EditRole) -> bool:  # noqa: N802 - Qt's own name
        """Ticks are the only thing that can be set."""
        if role != _ROLE.CheckStateRole or self.is_ticked(index.row()) is None or index.column() != 0:
            return False
        self.tick(index.row(), Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> object:
        """Texts, ticks, tooltips and what a screen reader says."""
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == _ROLE.CheckStateRole and column == 0:
            on = self.is_ticked(row)
            return None if on is None else Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        if role == _ROLE.AccessibleTextRole:
            on = self.is_ticked(row)
            state = "" if on is None else ", ticked" if on else ", not ticked"
            head = " ".join(filter(None, self.head(column)))
            return f"{self.text(row, 0)}{state}, {head}: {self.text(row, column) or 'nothing'}. {self.tip(row, column)}"
        answers: dict[int, object] = {
            _ROLE.DisplayRole: self.text(row, column),
            _ROLE.ToolTipRole: self.tip(row, column) or None,
            _ROLE.TextAlignmentRole: _RIGHT if self.is_figure(column) else _LEFT,
        }
        return answers.get(role)

    def headerData(  # noqa: N802 - Qt's own name
        self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole
    ) -> object:
        """Heads of the columns, those of figures with their unit below."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < self.columnCount():
            return None
        words, unit = self.head(section)
        answers: dict[int, object] = {
            _ROLE.DisplayRole: words,
            SUBHEAD: unit,
            _ROLE.TextAlignmentRole: _RIGHT if self.is_figure(section) else _LEFT,
        }
        return answers.get(role)

    def head(self, column: int) -> tuple[str, str]:
        """The head of a column and what stands below it."""
        if column < len(self._words):
            return self._words[column][:2]
        figure = self._figures[column - len(self._words)]
        return figure.label, f"{figure.unit}, internal" if figure.internal else figure.unit

    def is_figure(self, column: int) -> bool:
        """Whether a column holds figures, at the right."""
        return column >= len(self._words) or self._words[column][2]

    def is_internal(self, column: int) -> bool:
        """Whether a column is for the vendor's eyes only."""
        return column >= len(self._words) and self._figures[column - len(self._words)].internal

    def is_both(self, row: int, column: int) -> bool:
        """Whether a cell says that both sides have changed a value."""
        return row < len(self._changes) and self._changes[row].both and self.head(column)[0] == "As issued"

    def text(self, row: int, column: int) -> str:
        """What a cell shows."""
        if column >= len(self._words):
            return self._moved(row, self._figures[column - len(self._words)])
        if row == len(self._changes):
            return f"{TOGETHER} ({sum(self._ticked)})" if column == 0 else ""
        each = self._changes[row]
        words = self._words[column][0]
        return {
            "Field": each.label, "Unit": each.unit, "As issued": each.issued_text, "Ours": each.ours_text,
            "Theirs": each.theirs_text,
        }[words]  # fmt: skip

    def tip(self, row: int, column: int) -> str:
        """What there is to say about a cell beyond its text."""
        effect = self._effect(row)
        if column >= len(self._words):
            return effect.reason if effect is not None else ""
        if self.is_both(row, column):
            return "Changed on both sides since the issue."
        return self.text(row, column) if column == 0 else ""

    def value(self, row: int, column: int) -> float | None:
        """The exact move of a figure in the unit shown; None where there is none."""
        effect = self._effect(row)
        if column < len(self._words) or effect is None:
            return None
        figure = self._figures[column - len(self._words)]
        moved = effect.moves.get(figure.name)
        return None if moved is None else moved * 10**figure.power

    def _effect(self, row: int) -> RedlineEffect | None:
        return self._changes[row].alone if row < len(self._changes) else self._together

    def _moved(self, row: int, figure: RedlineFigure) -> str:
        effect = self._effect(row)
        if effect is None:
            return ""
        moved = effect.moves.get(figure.name)
        if moved is None:
            return "n/a"
        text = change(moved, -figure.power, figure.decimals)
        return text if any(digit in text for digit in "123456789") else "–"


class _Heads(ColumnHead):
    """Heads, with the lock on those of internal figures."""

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:  # noqa: N802 - Qt's own name
        super().paintSection(painter, rect, logical)
        model = self.model()
        if isinstance(model, RedlineModel) and model.is_internal(logical):
            side = px(12)
            lock = pixmap("lock", theme_of(self).internal, side, self.devicePixelRatioF())
            painter.drawPixmap(rect.left() + px(6), rect.top() + px(7), lock)


class _Cells(QStyledItemDelegate):
    """Boxes, words and figures over thin rules; the last row is a subtotal."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view, model = option.widget, index.model()
        assert isinstance(view, QTableView)
        assert isinstance(model, RedlineModel)
        theme, rect = theme_of(view), QRect(option.rect)
        row, column = index.row(), index.column()
        on = model.is_ticked(row)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(rect, theme.sel if chosen else theme.base)
        painter.setFont(font("strong" if on is None else "body"))
        dim = on is None and model.waiting and model.is_figure(column)
        painter.setPen(theme.placeholder if dim else theme.seltext if chosen else theme.text)
        inner = rect.adjusted(px(PAD), 0, -px(PAD), 0)
        if column == 0:
            if on is not None:
                self._paint_box(painter, box_in(rect), view, on=on)
            inner.setLeft(inner.left() + px(_BOX + PAD))
        elif model.is_both(row, column):
            side = px(14)
            mark = pixmap("triangle-alert", theme.warning, side, view.devicePixelRatioF())
            painter.drawPixmap(inner.left(), inner.center().y() - side // 2, mark)
        words = painter.fontMetrics().elidedText(model.text(row, column), Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag(_RIGHT if model.is_figure(column) else _LEFT), words)
        painter.setPen(QPen(theme.control if on is None else theme.line, 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if on is None:
            painter.drawLine(rect.topLeft(), rect.topRight())
        if view.hasFocus() and view.currentIndex() == index:
            painter.setPen(QPen(theme.focus, 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -2))
        painter.restore()

    @staticmethod
    def _paint_box(painter: QPainter, box: QRect, view: QTableView, *, on: bool) -> None:
        theme = theme_of(view)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = painter.pen()
        painter.setPen(QPen(theme.accent if on else theme.control, 1))
        painter.setBrush(theme.accent if on else theme.inputbg)
        painter.drawRoundedRect(box, px(3), px(3))
        if on:
            painter.drawPixmap(box.topLeft(), pixmap("check", theme.on_accent, box.width(), view.devicePixelRatioF()))
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def box_in(rect: QRect) -> QRect:
    """Where the box of a row stands in its first cell."""
    side = px(_BOX)
    return QRect(rect.left() + px(PAD), rect.center().y() - side // 2, side, side)


class RedlineTable(QTableView):
    """Space or a click on the box ticks a row; the arrows go from cell to cell."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = RedlineModel(self)
        self.setModel(self.table)
        self.setItemDelegate(_Cells(self))
        self._heads = _Heads(self, pad=PAD)
        self.setHorizontalHeader(self._heads)
        self._heads.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(px(20))
        self.verticalHeader().setDefaultSectionSize(px(26))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName("Changes of the returned workbook")
        copy = QAction("Copy", self)
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(self.copy)
        self.addAction(copy)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.together = TogetherRow(self)
        self.table.modelReset.connect(self._measure)

    def copy(self) -> None:
        """Put the whole table on the clipboard, moves of figures at full precision."""
        table = self.table
        columns = range(table.columnCount())
        lines = [["Ticked", *(", ".join(filter(None, table.head(column))) for column in columns)]]
        for row in range(table.rowCount()):
            on = table.is_ticked(row)
            cells = [
                table.text(row, column) if (value := table.value(row, column)) is None else raw(value)
                for column in columns
            ]
            lines.append(["" if on is None else "yes" if on else "no", *cells])
        QGuiApplication.clipboard().setText(to_tsv(lines))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Space ticks the row."""
        on = self.table.is_ticked(self.currentIndex().row()) if self.currentIndex().isValid() else None
        if event.key() == Qt.Key.Key_Space and on is not None:
            self.table.tick(self.currentIndex().row(), not on)
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's own name
        """A click on a box ticks its row."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        on = self.table.is_ticked(index.row()) if index.isValid() and index.column() == 0 else None
        reach = px(4)
        box = box_in(self.visualRect(index)).adjusted(-reach, -reach, reach, reach)
        if on is not None and event.button() == Qt.MouseButton.LeftButton and box.contains(event.position().toPoint()):
            self.table.tick(index.row(), not on)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's own name
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measure()

    def _measure(self) -> None:
        """Columns as wide as what they hold; the field gets what is left."""
        metrics, small = QFontMetrics(font("strong")), QFontMetrics(font("small"))
        table = self.table
        widths = []
        for column in range(table.columnCount()):
            head, unit = table.head(column)
            lock = px(16) if table.is_internal(column) else 0
            texts = [table.text(row, column) for row in range(table.rowCount())]
            figure = "−1,234.5" if table.is_figure(column) and column >= 4 else ""
            widest = max(metrics.horizontalAdvance(text) for text in (head, figure, *texts))
            needed = max(widest + lock, small.horizontalAdvance(unit) + lock) + 2 * px(PAD) + 4
            mark = px(_BOX + PAD) if column == 0 or head == "As issued" else 0
            words = not table.is_figure(column) or column < 5
            widths.append(min(needed + mark, px(_WIDEST_WORDS)) if words else needed)
        if widths:
            spare = self.viewport().width() - sum(widths)
            widths[0] += max(0, spare)
        for column, wide in enumerate(widths):
            self.setColumnWidth(column, wide)
            self.together.setColumnWidth(column, wide)
        self._heads.setFixedHeight(px(40))
        last = table.rowCount() - 1
        for row in range(table.rowCount()):
            self.setRowHidden(row, row == last)
            self.together.setRowHidden(row, row != last)

    def resizeEvent(self, event: object) -> None:  # noqa: N802 - Qt's own name
        super().resizeEvent(event)  # type: ignore[arg-type]  # it is what Qt handed in
        self._measure()


class TogetherRow(QTableView):
    """The last row of a redline, which stays in sight below the others and scrolls sideways with them."""

    def __init__(self, above: RedlineTable) -> None:
        super().__init__(above)
        self.setModel(above.table)
        self.setItemDelegate(_Cells(self))
        self.horizontalHeader().hide()
        self.horizontalHeader().setMinimumSectionSize(px(24))
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(px(20))
        self.verticalHeader().setDefaultSectionSize(px(28))
        self.setFixedHeight(px(29))
        self.setShowGrid(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for bar in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            bar(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(TOGETHER)
        above.horizontalScrollBar().valueChanged.connect(self.horizontalScrollBar().setValue)
