"""Fields side by side: label, editor and unit, in up to three columns, so that no word is ever cut off."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from app.forms.choice_field import ChoiceField, FlagField
from app.forms.fields import FieldRow
from app.forms.line_field import TextField
from app.theme import font, px

_COLUMNS_FROM = ((3, 1400), (2, 768 - 36))  # how many from which width on, the page's own padding apart
_EDITOR, _EDITOR_BY_LONG_UNITS, _LEAST_EDITOR, _TEXT = 172, 160, 92, 240
_GAP = 8
_BETWEEN = 24


class Widths:
    """Lets several grids of one page put their editors on the same edges."""

    def __init__(self) -> None:
        self.grids: list[FieldGrid] = []

    def labels(self, side: int) -> int:
        """The widest label of a side over all grids, in device-independent pixels."""
        return max((grid.label_width(side) for grid in self.grids), default=0)

    def units(self, side: int, *, long: bool) -> int:
        """The widest unit of a side over all grids, in full or in short."""
        return max((grid.unit_width(side, long=long) for grid in self.grids), default=0)

    def measure(self) -> None:
        """Give all grids their widths."""
        for grid in self.grids:
            grid.measure()


class FieldGrid(QWidget):
    """Lays field rows out; the first ones stand in the left column, so that reading and tabbing go down."""

    def __init__(self, rows: Sequence[FieldRow], widths: Widths | None = None) -> None:
        super().__init__()
        self.rows = tuple(rows)
        self._columns = 0
        self._widths = widths or Widths()
        self._widths.grids.append(self)
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setHorizontalSpacing(0)
        self._layout.setVerticalSpacing(0)
        for row in self.rows:
            for widget in row.widgets():
                widget.setParent(self)
        self._place(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """One column with the narrowest editors and with all choices whole; its layout knows but how wide it is now."""
        rows = [row for grid in self._widths.grids for row in grid.rows]
        labels = max((row.label.sizeHint().width() for row in rows), default=0) + px(16)
        units = max((_advance(row.entry.short_unit) for row in rows if row.has_unit), default=0)
        choices = max((row.editor.sizeHint().width() for row in rows if isinstance(row.editor, ChoiceField)), default=0)
        return QSize(labels + max(px(_LEAST_EDITOR) + units, choices), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        """As many columns as there is room for, and editors as wide as labels and units leave room for."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            columns = next((count for count, least in _COLUMNS_FROM if self.width() >= px(least)), 1)
            if columns != self._columns:
                self._place(columns)
                self.updateGeometry()
            self._widths.measure()

    def _side(self, side: int) -> tuple[FieldRow, ...]:
        half = -(-len(self.rows) // self._columns)
        return self.rows[side * half : (side + 1) * half]

    def label_width(self, side: int) -> int:
        """The widest label of a side."""
        return max((row.label.sizeHint().width() for row in self._side(side)), default=0) + px(16)

    def unit_width(self, side: int, *, long: bool) -> int:
        """The widest unit of a side, in full or in short."""
        rows = [row for row in self._side(side) if row.has_unit]
        return max((_advance(row.entry.unit if long else row.entry.short_unit) for row in rows), default=0)

    def _place(self, columns: int) -> None:
        self._columns = columns
        half = -(-len(self.rows) // columns)
        for at, row in enumerate(self.rows):
            side, line = divmod(at, half)
            first = side * 4
            middle = Qt.AlignmentFlag.AlignVCenter
            self._layout.addWidget(row.label, line * 2, first, middle)
            self._layout.addWidget(
                row.editor, line * 2, first + 1, 1, 1 if row.has_unit else 2, Qt.AlignmentFlag.AlignLeft | middle
            )
            self._layout.addWidget(row.unit, line * 2, first + 2, middle)
            row.unit.setVisible(row.has_unit)
            row.unit.setContentsMargins(px(_GAP), 0, 0, 0)
            self._layout.addWidget(row.note, line * 2 + 1, first, 1, 3)
            self._layout.setRowMinimumHeight(line * 2, px(34))
        for line in range(half * 2, self._layout.rowCount()):
            self._layout.setRowMinimumHeight(line, 0)
        for column in range(4, 11):
            self._layout.setColumnMinimumWidth(column, 0)  # of further columns that there may no longer be
        for side in range(2):
            self._layout.setColumnMinimumWidth(side * 4 + 3, px(_BETWEEN) if side + 1 < columns else 0)

    def measure(self) -> None:
        """Give labels, editors and units their widths; to be called when words have changed."""
        room = (self.width() - px(_BETWEEN) * (self._columns - 1)) // self._columns
        for side in range(self._columns):
            first, rows = side * 4, self._side(side)
            labels = max(self._widths.labels(side), min(px(152), room * 36 // 100))
            editor = self._editor_width(room - labels, side)
            self._layout.setColumnMinimumWidth(first, labels)
            self._layout.setColumnMinimumWidth(first + 1, editor)
            self._layout.setColumnMinimumWidth(first + 2, max(0, room - labels - editor))
            widest = max(
                (row.editor.sizeHint().width() for row in rows if isinstance(row.editor, ChoiceField)), default=0
            )
            choices = min(max(editor, widest), room - labels)
            for row in rows:
                fits = _advance(row.entry.unit) <= room - labels - editor
                row.unit.setText(row.entry.unit if fits else row.entry.short_unit)
                row.editor.setFixedWidth(self._wide(row, editor, choices, room - labels))
        self._layout.activate()  # at once, so that nothing is seen laid out for another width

    def _editor_width(self, room: int, side: int) -> int:
        """Up to the width of the design; a little narrower where all units then fit in full."""
        beside_long = room - self._widths.units(side, long=True)
        if beside_long >= px(_EDITOR_BY_LONG_UNITS):
            return min(px(_EDITOR), beside_long)
        return max(min(px(_EDITOR), room - self._widths.units(side, long=False)), px(_LEAST_EDITOR))

    def _wide(self, row: FieldRow, editor: int, choices: int, most: int) -> int:
        if isinstance(row.editor, FlagField):
            return row.editor.sizeHint().width() + px(24)
        if isinstance(row.editor, ChoiceField):
            return choices
        if isinstance(row.editor, TextField):
            return min(max(editor, px(_TEXT)), most)
        return editor


def _advance(unit: str) -> int:
    return QFontMetrics(font("small")).horizontalAdvance(unit) + px(_GAP) + 2
