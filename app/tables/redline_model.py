"""What a redline shows as a table: a row for each change, and a last one for what the ticked ones do together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from app.tables.base import NOWHERE, FigureModel, Look
from app.tables.figures import change

if TYPE_CHECKING:  # made by the engine, which is loaded with the first figures
    from models import Redline, RedlineChange, RedlineEffect, RedlineFigure

Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole
TOGETHER = "Ticked together"


class RedlineModel(FigureModel):
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

    def rowCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 - Qt's own name
        return 0 if parent.isValid() or not self._changes else len(self._changes) + 1

    def columnCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 - Qt's own name
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
        """Ticks beside texts, tooltips and what a screen reader says."""
        if role != _ROLE.CheckStateRole or not index.isValid() or index.column() != 0:
            return super().data(index, role)
        on = self.is_ticked(index.row())
        return None if on is None else Qt.CheckState.Checked if on else Qt.CheckState.Unchecked

    def spoken(self, row: int, column: int) -> str:
        on = self.is_ticked(row)
        state = "" if on is None else ", ticked" if on else ", not ticked"
        head = " ".join(filter(None, self.head(column)))
        return f"{self.text(row, 0)}{state}, {head}: {self.text(row, column) or 'nothing'}. {self.tip(row, column)}"

    def row_heads(self) -> tuple[str, ...]:
        return ("Ticked",)

    def row_words(self, row: int) -> tuple[str, ...]:
        on = self.is_ticked(row)
        return ("" if on is None else "yes" if on else "no",)

    def look(self, row: int, column: int) -> Look:
        """The last row is strong, and dimmed while it is computed; what both sides changed carries a warning."""
        last = self.is_ticked(row) is None
        dim = last and self.waiting and self.is_figure(column)
        both = "triangle-alert" if self.is_both(row, column) else ""
        return Look("strong" if last else "body", "placeholder" if dim else "text", icon=both, icon_ink="warning")

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
