"""One key figure of the rail: label, figure, movement, and the notes under it."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from app.panels.rail_figure import RailFigure
from app.tables.figures import DASH, change, figure, plain
from app.theme import label, px, set_icon, set_look

if TYPE_CHECKING:  # made by the engine, which is loaded with the first figures
    from models import GlanceFigure, Note

MOVEMENT_WIDTH = 50
MOST_NOTES = 2
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBaseline
_NOTE_ICONS = {"good": ("check", "positive"), "warning": ("triangle-alert", "warning")}
_NOTE_LOOKS = {"plain": "secondary", "good": "secondary", "warning": "warning"}


def movement(value: float, decimals: int) -> str:
    """A change with its sign; an en dash where it rounds to none."""
    return DASH if figure(value, 0, decimals) == DASH else change(value, 0, decimals)


def written(value: float, decimals: int) -> str:
    """A figure as tables write it, but a zero in digits: an en dash stands for what does not exist."""
    words = figure(value, 0, decimals)
    return plain(0.0, decimals) if words == DASH else words


class FigureRow:
    """The widgets of one key figure, placed in the rail's grid from a row on; it takes `ROWS` rows."""

    ROWS = 2 + MOST_NOTES

    def __init__(self, shown: GlanceFigure, grid: QGridLayout, row: int, parent: QWidget) -> None:
        self._shown = shown
        self._label = label(shown.label)
        self._value = RailFigure(shown.name, "kpi" if shown.prominent else "card")
        self._moved = label("", "small", "secondary")
        self._moved.setMinimumWidth(px(MOVEMENT_WIDTH))
        self._moved.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._reason = label("", "small", "secondary", wrap=True)
        self._notes = [_NoteLine(parent) for _ in range(MOST_NOTES)]
        grid.addWidget(self._label, row, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBaseline)
        grid.addWidget(self._value, row, 1, _RIGHT)
        grid.addWidget(self._moved, row, 2, _RIGHT)
        grid.addWidget(self._reason, row + 1, 0, 1, 3)
        for at, note in enumerate(self._notes, start=row + 2):
            grid.addWidget(note, at, 0, 1, 3)
        self.show_figure(shown)

    def show_figure(self, shown: GlanceFigure) -> None:
        """Show other values of the same figure."""
        self._shown = shown
        exists = shown.value is not None
        self._label.setText(shown.label)
        self._value.setText(DASH if shown.value is None else written(shown.value, shown.decimals))
        self._moved.setText("" if shown.movement is None else movement(shown.movement, shown.decimals))
        self._moved.setVisible(shown.movement is not None)
        self._reason.setText("" if exists else shown.reason[:1].upper() + shown.reason[1:])
        self._reason.setVisible(bool(self._reason.text()))
        for line, note in zip_longest(self._notes, shown.notes[:MOST_NOTES]):
            line.show_note(note)
        self._value.setAccessibleName(self.spoken())

    def dim(self, dimmed: bool) -> None:
        """Show that a new figure is on its way, or has come."""
        set_look(self._value, "placeholder" if dimmed else "")

    @property
    def internal(self) -> bool:
        """True for a figure a partner must not see."""
        return self._shown.internal

    @property
    def widget(self) -> RailFigure:
        """The widget that shows the figure."""
        return self._value

    @property
    def text(self) -> str:
        """The figure as written."""
        return self._value.text()

    @property
    def moved(self) -> str:
        """The movement as written."""
        return self._moved.text()

    @property
    def dimmed(self) -> bool:
        """True while a new figure is on its way."""
        return bool(self._value.property("look") == "placeholder")

    def spoken(self) -> str:
        """The row in words, for screen readers."""
        parts = [f"{self._shown.label}: {self.text}"]
        if self.moved not in ("", DASH):
            parts.append(f"{self.moved} against saved")
        parts += [self._reason.text(), *(note.text for note in self._shown.notes)]
        return ". ".join(part for part in parts if part)


class _NoteLine(QWidget):
    """A line of small words, with an icon where it warns or reassures."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._note: Note | None = None
        self._icon = QLabel()
        self._words = label("", "small", "secondary", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, px(2))
        row.setSpacing(px(5))
        row.addWidget(self._icon)
        row.addWidget(self._words, 1)
        self.hide()

    def show_note(self, note: Note | None) -> None:
        """Show another note, or none."""
        if note == self._note:
            return
        before, self._note = self._note, note
        self.setVisible(note is not None)
        if note is None:
            return
        self._words.setText(note.text)
        if before is not None and before.kind == note.kind:
            return
        set_look(self._words, _NOTE_LOOKS[note.kind])
        picture = _NOTE_ICONS.get(note.kind)
        self._icon.setVisible(picture is not None)
        if picture is not None:
            set_icon(self._icon, *picture, 12)
