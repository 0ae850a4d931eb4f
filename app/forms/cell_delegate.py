"""How a cell of a table of entries looks, and the editor that opens in it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.forms.deal_steps import asks_for_step, open_menu
from app.forms.drop_line import DropLine
from app.forms.entry_model import EntryModel
from app.forms.marking import paint_alert, paint_change
from app.tables.heads import CALCULATED, RIGHT, ROW_STYLE, paint_rules
from app.theme import font, px, repolish, set_look, theme_of

Index = QModelIndex | QPersistentModelIndex
PAD = 10


def _model(index: Index) -> EntryModel:
    model = index.model()
    assert isinstance(model, EntryModel)
    return model


def _has_focus(view: QWidget) -> bool:
    """Whether the view or the line open in it has the focus."""
    held = QApplication.focusWidget()
    return held is not None and (held is view or view.isAncestorOf(held))


class CellEditor(DropLine):
    """The line that opens in a cell; everything typed is told at once."""

    def __init__(self, parent: QWidget, index: Index) -> None:
        super().__init__(parent)
        self.at = QPersistentModelIndex(index)
        set_look(self, "cell")
        self.setFont(font("figure"))
        self.setFrame(False)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        self.textEdited.connect(self._typed)

    def _typed(self, text: str) -> None:
        model = _model(self.at)
        model.type_text(self.at, text)
        self.show_wrong(self.is_wrong)

    @property
    def is_wrong(self) -> bool:
        """Whether what is written cannot be used; undo puts back what stood there then."""
        return (self.at.row(), self.at.column()) in _model(self.at).wrong

    def show_wrong(self, wrong: bool) -> None:
        """Colour the line as its cell is coloured."""
        if self.property("wrong") != wrong:
            self.setProperty("wrong", wrong)
            repolish(self)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's own name
        """What can be done with the text."""
        open_menu(self, event)

    def step(self, steps: int) -> None:
        """Move the value by natural steps."""
        model = _model(self.at)
        entry = model.plan.lines[self.at.row()].entry
        read = entry.read(self.text())
        if read.ok:
            text = entry.write(entry.stepped(read.value, steps))
            self.setText(text)
            self._typed(text)


class CellDelegate(QStyledItemDelegate):
    """Paints entries tinted with borders, calculated figures over thin rules, and edits in place."""

    session_began = Signal()
    taken_back = Signal()  # Escape: what the visit changed is not wanted

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One cell."""
        view = option.widget
        assert isinstance(view, QAbstractItemView)
        theme, model, rect = theme_of(view), _model(index), QRect(option.rect)
        state = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        place = (index.row(), index.column())
        cell = model.cell(*place)
        calculated = model.data(index, ROW_STYLE) == CALCULATED
        wrong = place in model.wrong
        painter.save()
        ground = theme.sel if selected else theme.base
        ink = theme.seltext if selected else theme.text
        if cell is not None and not cell.fixed:
            ground = theme.negative_bg if wrong else (theme.sel if selected else theme.inputbg)
            ink = theme.text if wrong else (theme.text2 if cell.implied else theme.input)
        painter.fillRect(rect, ground)
        inner = rect.adjusted(px(4), 0, -px(PAD), 0)
        painter.setFont(font("body" if calculated or (cell is not None and cell.implied) else "figure"))
        painter.setPen(ink)
        painter.drawText(inner, RIGHT, model.text(*place))
        if calculated:
            paint_rules(painter, rect, CALCULATED, theme)
        elif cell is not None:
            painter.setPen(QPen(theme.control, 1))
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())
            painter.drawLine(rect.topRight(), rect.bottomRight())
            if index.column() == 0 or model.cell(place[0], place[1] - 1) is None:
                painter.drawLine(rect.topLeft(), rect.bottomLeft())
            if place[0] and model.cell(place[0] - 1, place[1]) is None:
                painter.drawLine(rect.topLeft(), rect.topRight())
        if model.is_changed(*place):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_change(painter, rect.adjusted(2, 2, 0, 0), view)
        if wrong:
            paint_alert(painter, rect, view)
        focused = view.currentIndex() == index and _has_focus(view)
        if focused or wrong:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            pen = QPen(theme.negative if wrong else theme.focus, 2)
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        painter.restore()

    def createEditor(  # noqa: N802 - Qt's own name
        self, parent: QWidget, _option: QStyleOptionViewItem, index: Index
    ) -> QWidget:
        """A line in the cell; a new one begins a new step of undo."""
        _model(index).begin((index.row(), index.column()))
        self.session_began.emit()
        return CellEditor(parent, index)

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802 - Qt's own name
        """Fill the line, unless it already says what the deal holds or is being mended."""
        assert isinstance(editor, CellEditor)
        model = _model(index)
        place = (index.row(), index.column())
        cell = model.cell(*place)
        editor.show_wrong(place in model.wrong)
        if editor.isModified():
            read = model.read(place[0], editor.text())
            if not read.ok or (cell is not None and read.value == cell.value):
                return
        text = model.text(*place)
        if text != editor.text():
            editor.setText(text)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:  # noqa: N802 - Qt's own name
        """Take the line for good."""
        assert isinstance(editor, CellEditor)
        assert isinstance(model, EntryModel)
        if editor.isModified() or editor.text() != model.text(index.row(), index.column()):
            model.setData(index, editor.text())

    def updateEditorGeometry(  # noqa: N802 - Qt's own name
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Inside the focus ring, its figures on the same edge as before."""
        rect = QRect(option.rect)
        wrong = (index.row(), index.column()) in _model(index).wrong
        editor.setGeometry(rect.adjusted(px(24) if wrong else 8, 2, -(px(PAD) - 2), -2))

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        """Up and down step the value, Enter closes the line at once, Escape puts back what stood there before.

        Qt itself would close it later, when the view may show something else already. Undo and redo belong to the deal,
        which has what is typed; the line makes way for its steps.
        """
        if isinstance(editor, CellEditor) and asks_for_step(event) and not editor.is_wrong:
            self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
            event.ignore()
            return True
        if isinstance(editor, CellEditor) and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 10, Qt.Key.Key_PageDown: -10}
            step = steps.get(Qt.Key(event.key()))
            if step is not None:
                editor.step(step)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.commitData.emit(editor)
                self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self._go_back(editor)
        return super().eventFilter(editor, event)

    def _go_back(self, editor: CellEditor) -> None:
        model = _model(editor.at)
        place = (editor.at.row(), editor.at.column())
        model.unmark(place)
        self.taken_back.emit()
