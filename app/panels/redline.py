"""A returned workbook beside the deal: ticked changes are taken in one step, all else is for reading."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QPushButton, QTextBrowser, QVBoxLayout, QWidget

import models  # its words are loaded when a redline is shown
from app.tables.redline import RedlineTable
from app.theme import label, link, px, set_icon, set_look

if TYPE_CHECKING:  # made by the engine, which is loaded with the first figures
    from models import Redline, RedlineEffect

_NOTHING = "Nothing was changed in this workbook."
_NO_VALUE = "No input holds another value that the deal could take."
_AS_ISSUED = "The deal is as it was when the workbook was issued."
_CHANGED = (
    "The deal has changed since the workbook was issued. Values changed on both sides carry a warning sign; what was "
    "changed only here stays as it is."
)
_STALE = "The deal was changed since this comparison was made."


class RedlineWindow(QDialog):
    """One redline. `apply_wished` carries the ticked changes, `ticks_changed` asks what they do together."""

    apply_wished = Signal(object)  # tuple of RedlineChange
    ticks_changed = Signal()
    again_wished = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Returned workbook")
        self.setModal(False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._title = label("", "page")
        self._issue = label("", "body", "secondary", wrap=True)
        self._strip, self._state_icon, self._state = _strip()
        self._again = link("Compare again", "rotate-ccw")
        self._strip_row().addWidget(self._again)
        self._all = link("Tick all")
        self._none = link("Untick all")
        self._count = label("", "small", "secondary")
        self.table = RedlineTable()
        self._found = label("", "strong")
        self.notes = QTextBrowser()
        self.notes.setAccessibleName("Found besides")
        self.notes.setOpenLinks(False)
        self.notes.setTabChangesFocus(True)
        self.apply = QPushButton("&Apply ticked changes")
        set_look(self.apply, "primary")
        self.apply.setAutoDefault(False)
        self._close = QPushButton("&Close")
        self._close.setAutoDefault(False)
        self._build()
        self._wire()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(8))
        column.addWidget(self._title)
        column.addWidget(self._issue)
        column.addWidget(self._strip)
        self._tools = QWidget()
        tools = QHBoxLayout(self._tools)
        tools.setContentsMargins(0, 0, 0, 0)
        tools.setSpacing(px(4))
        for part in (self._all, self._none):
            tools.addWidget(part)
        tools.addStretch(1)
        tools.addWidget(self._count)
        column.addWidget(self._tools)
        self._rows = QWidget()
        rows = QVBoxLayout(self._rows)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.table, 1)
        rows.addWidget(self.table.together)
        column.addWidget(self._rows, 3)
        column.addWidget(self._found)
        column.addWidget(self.notes, 2)
        self._space = QWidget()
        column.addWidget(self._space, 1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._close)
        buttons.addWidget(self.apply)
        column.addLayout(buttons)

    def _strip_row(self) -> QHBoxLayout:
        row = self._strip.layout()
        assert isinstance(row, QHBoxLayout)
        return row

    def _wire(self) -> None:
        self._all.clicked.connect(lambda: self.table.table.tick_all(True))
        self._none.clicked.connect(lambda: self.table.table.tick_all(False))
        self.table.table.ticks_changed.connect(self._on_ticks)
        self.apply.clicked.connect(lambda: self.apply_wished.emit(self.table.table.ticked()))
        self._close.clicked.connect(self.close)
        self._again.clicked.connect(self.again_wished)

    def show_redline(self, redline: Redline) -> None:
        """Show a redline, nothing of it ticked."""
        self._title.setText(redline.name)
        edition = redline.edition.capitalize()
        self._issue.setText(f"{edition} edition of {redline.deal.name}, issued {redline.date}, export {redline.export}")
        self._say_state(_CHANGED if redline.changed_since else _AS_ISSUED, warns=redline.changed_since)
        self._again.hide()
        self.table.table.show_redline(redline, models.shown_figures(redline.deal.currency))
        changes = len(redline.changes)
        for part in (self._rows, self._tools):
            part.setVisible(changes > 0)
        self.notes.setVisible(bool(redline.notes))
        self._space.setVisible(changes == 0)
        besides = f"Found besides: {len(redline.notes)}" if redline.notes else "Nothing else was found."
        nothing = _NO_VALUE if redline.notes else _NOTHING
        self._found.setText(besides if changes else f"{nothing} {besides}")
        self.notes.setHtml("".join(_html(redline)))
        self._on_ticks()
        if changes:
            self.table.setCurrentIndex(self.table.table.index(0, 0))
            self.table.setFocus()

    def show_together(self, effect: RedlineEffect | None, *, waiting: bool = False) -> None:
        """Show what the ticked changes do together."""
        self.table.table.show_together(effect, waiting=waiting)
        refused = effect is not None and bool(effect.reason) and not effect.figures
        self.apply.setEnabled(bool(self.table.table.ticked()) and not refused and self._again.isHidden())
        if effect is not None and effect.reason:
            self.say(effect.reason)

    def show_stale(self) -> None:
        """The deal is another one than that compared: nothing can be taken before it is compared again."""
        self._say_state(_STALE, warns=True)
        self._again.show()
        self.apply.setEnabled(False)

    def say(self, words: str) -> None:
        """Say why the ticked changes cannot be taken."""
        self._count.setText(words)

    def words(self) -> str:
        """What is said about the deal, and about the ticks."""
        return f"{self._state.text()} {self._count.text()}"

    def found(self) -> str:
        """What is said about what was found besides changes."""
        return self._found.text()

    def _on_ticks(self) -> None:
        ticked, all_ = len(self.table.table.ticked()), self.table.table.rowCount() - 1
        self._count.setText(f"{ticked} of {all_} ticked")
        self.apply.setEnabled(ticked > 0 and self._again.isHidden())
        self.ticks_changed.emit()

    def _say_state(self, words: str, *, warns: bool) -> None:
        self._state.setText(words)
        set_look(self._strip, "stale" if warns else "note")
        set_icon(self._state_icon, "triangle-alert" if warns else "check", "warning" if warns else "positive", 14)


def _strip() -> tuple[QFrame, QLabel, QLabel]:
    """A strip that says how the deal stands to the workbook."""
    strip = QFrame()
    icon, words = QLabel(), label("", "small", wrap=True)
    row = QHBoxLayout(strip)
    row.setContentsMargins(px(10), px(6), px(10), px(6))
    row.setSpacing(px(8))
    row.addWidget(icon, 0, Qt.AlignmentFlag.AlignVCenter)
    row.addWidget(words, 1)
    return strip, icon, words


def _html(redline: Redline) -> Iterator[str]:
    for kind, notes in groupby(redline.notes, key=lambda note: note.kind):
        yield f"<p style='margin-bottom:2px'><b>{escape(models.NOTE_TITLES[kind])}</b></p>"
        for note in notes:
            yield f"<p style='margin:0 0 2px 12px'>{escape(note.place)}: {escape(note.message)}</p>"
