"""Fields side by side: label, editor and unit, in one column or two, so that no word is ever cut off."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from app.forms.choice_field import ChoiceField, FlagField
from app.forms.fields import FieldRow
from app.forms.line_field import TextField
from app.theme import px

_TWO_COLUMNS_FROM = 768 - 36  # the page's own padding apart
_EDITOR, _LEAST_EDITOR, _TEXT = 172, 92, 240
_GAP = 8
_BETWEEN = 24


class FieldGrid(QWidget):
    """Lays field rows out; the first half stands in the left column, so that reading and tabbing go down."""

    def __init__(self, rows: Sequence[FieldRow]) -> None:
        super().__init__()
        self.rows = tuple(rows)
        self._columns = 0
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setHorizontalSpacing(0)
        self._layout.setVerticalSpacing(0)
        for row in self.rows:
            for widget in row.widgets():
                widget.setParent(self)
        self._place(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        """One column or two, and editors as wide as labels and units leave room for."""
        columns = 2 if self.width() >= px(_TWO_COLUMNS_FROM) and len(self.rows) > 1 else 1
        if columns != self._columns:
            self._place(columns)
        self._measure()
        super().resizeEvent(event)

    def _place(self, columns: int) -> None:
        self._columns = columns
        half = -(-len(self.rows) // columns)
        for at, row in enumerate(self.rows):
            side, line = divmod(at, half)
            first = side * 4
            self._layout.addWidget(row.label, line * 2, first, Qt.AlignmentFlag.AlignVCenter)
            if isinstance(row.editor, ChoiceField | TextField) or not row.entry.unit:
                self._layout.addWidget(row.editor, line * 2, first + 1, 1, 2, Qt.AlignmentFlag.AlignLeft)
                row.unit.hide()
            else:
                row.unit.show()
                self._layout.addWidget(row.editor, line * 2, first + 1, Qt.AlignmentFlag.AlignLeft)
                self._layout.addWidget(row.unit, line * 2, first + 2, Qt.AlignmentFlag.AlignVCenter)
            self._layout.addWidget(row.note, line * 2 + 1, first, 1, 3)
            self._layout.setRowMinimumHeight(line * 2, px(34))
        for line in range(half * 2, self._layout.rowCount()):
            self._layout.setRowMinimumHeight(line, 0)
        self._layout.setColumnMinimumWidth(3, px(_BETWEEN) if columns == 2 else 0)

    def _measure(self) -> None:
        half = -(-len(self.rows) // self._columns)
        room = (self.width() - (px(_BETWEEN) if self._columns == 2 else 0)) // self._columns
        for side in range(self._columns):
            self._measure_side(side * 4, self.rows[side * half : (side + 1) * half], room)

    def _measure_side(self, first: int, rows: Sequence[FieldRow], room: int) -> None:
        gap = px(_GAP)
        labels = max((row.label.sizeHint().width() for row in rows), default=0) + px(16)
        labels = max(labels, min(px(152), room * 36 // 100))
        with_unit = [row for row in rows if row.unit.text() or row.entry.unit]
        editor = px(_EDITOR)
        for long in (True, False):
            for row in with_unit:
                row.unit.setText(row.entry.unit if long else row.entry.short_unit)
                row.unit.setContentsMargins(gap, 0, 0, 0)
            units = max((row.unit.sizeHint().width() for row in with_unit), default=0)
            editor = min(px(_EDITOR), room - labels - units)
            if editor >= (px(_EDITOR) * 9 // 10 if long else px(_LEAST_EDITOR)):
                break
        editor = max(editor, px(_LEAST_EDITOR))
        self._layout.setColumnMinimumWidth(first, labels)
        self._layout.setColumnMinimumWidth(first + 1, editor)
        self._layout.setColumnMinimumWidth(first + 2, max(0, room - labels - editor))
        for row in rows:
            row.editor.setFixedWidth(self._wide(row, editor, room - labels))

    def _wide(self, row: FieldRow, editor: int, most: int) -> int:
        if isinstance(row.editor, FlagField):
            return row.editor.sizeHint().width()
        if isinstance(row.editor, ChoiceField):
            return min(max(editor, row.editor.sizeHint().width()), most)
        if isinstance(row.editor, TextField):
            return min(max(editor, px(_TEXT)), most)
        return editor
