"""One field on a page: its label, its editor, its unit, and the line below that says what is wrong with it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from app.forms.choice_field import ChoiceField, FlagField
from app.forms.entry import Entry
from app.forms.line_field import LineField, MonthField, NumberField, TextField
from app.forms.notes import NoteLine
from app.theme import label, px, set_icon, set_look
from models import Unit

Editor = LineField | ChoiceField | FlagField
FIRST_MONTH = "start"
"""Path of the month with which a deal begins: who moves it mostly means all dates."""


def editor_for(path: str, entry: Entry) -> Editor:
    """The editor a field's unit asks for."""
    unit = entry.field.unit
    if unit is Unit.CHOICE:
        return ChoiceField(path, entry)
    if unit is Unit.FLAG:
        return FlagField(path, entry)
    if unit is Unit.MONTH:
        return MonthField(path, entry)
    return TextField(path, entry) if unit is Unit.TEXT else NumberField(path, entry)


class FieldRow(QObject):
    """The widgets of one field. `entered` carries (value, merge key) in file units."""

    entered = Signal(object, str)
    reset_wished = Signal(object)  # the value that the scenario builds on
    dates_wished = Signal(str, str)  # the first month before and now, by which all other dates are to move
    settled = Signal()  # the entry is finished: focus gone, Enter, or a choice made
    problem_changed = Signal()

    def __init__(self, path: str, entry: Entry, parent: QObject | None = None, *, locked: bool = True) -> None:
        super().__init__(parent)
        self.entry = entry
        self.editor = editor_for(path, entry)
        self.label = _field_label(entry, locked=locked)
        self.unit = label(entry.unit, "small", "secondary")
        self.note = NoteLine()
        self._problem = ""
        self._hint = ""
        self._saved: object = None
        self._alone: tuple[object, object] = ("", "")  # the first month before and now, while other dates stay behind
        self.note.acted.connect(self._act)
        self._words.setBuddy(self.editor)
        self.label.setToolTip(entry.tooltip())
        self.editor.entered.connect(self._entered)
        self.editor.said.connect(self._said)
        if isinstance(self.editor, LineField):
            self.editor.editingFinished.connect(self.settled)

    @property
    def path(self) -> str:
        """Where the field stands in the deal."""
        return self.editor.path

    @property
    def problem(self) -> str:
        """The sentence about an entry that cannot be used."""
        return self.editor.problem

    @property
    def is_at_rest(self) -> bool:
        """Whether nobody is typing here, and nothing that was typed waits to be mended."""
        typed = isinstance(self.editor, LineField) and self.editor.isModified()
        return not (typed or self.editor.problem or self._hint or self.editor.hasFocus())

    @property
    def _words(self) -> QLabel:
        found = self.label.findChild(QLabel, "words")
        assert isinstance(found, QLabel)
        return found

    @property
    def has_unit(self) -> bool:
        """Whether a unit stands beside the editor; one that the label says already does not."""
        said = self.entry.unit.lower() in self.entry.field.label.lower()
        return bool(self.entry.unit) and not said and not isinstance(self.editor, ChoiceField | TextField | FlagField)

    def show(self, path: str, entry: Entry, value: object, saved: object, idle: str = "") -> None:
        """Show a value of the deal, dimmed where `idle` says why it has no effect; the path may be of another item."""
        if entry.field.label != self.entry.field.label:
            self._words.setText(entry.field.label)
        self.entry = entry
        self.editor.path = path
        self.editor.show_entry(entry)
        self._saved = saved
        if value not in self._alone[1:]:
            self._alone = ("", "")
        self.editor.show_value(value, saved)
        self.editor.show_idle(idle)
        set_look(self._words, "secondary" if idle else "")
        self.label.setToolTip(f"{idle} {entry.tooltip()}".strip())
        self._say()

    def show_problem(self, sentence: str) -> None:
        """Mark the field from outside, or take the mark away with ""."""
        self.editor.show_problem(sentence)

    def forget(self) -> None:
        """Drop what was typed and every mark, because another item is to be shown."""
        self._hint = ""
        self.editor.forget()
        self.note.say("")

    def widgets(self) -> tuple[QWidget, ...]:
        """All widgets of the row."""
        return (self.label, self.editor, self.unit, self.note)

    def _act(self) -> None:
        """What the button behind the note does: take the other dates along, or go back to what a scenario builds on."""
        if self.path == FIRST_MONTH and isinstance(self.editor, LineField) and not self._note_is_of_layer:
            before, now = self.editor.attempt if self._problem else self._alone
            self._alone = ("", "")
            self._say()
            self.dates_wished.emit(str(before), str(now))
        else:
            self.reset_wished.emit(self._saved)

    @property
    def _note_is_of_layer(self) -> bool:
        return not (self._problem or self._alone[1])

    def _entered(self, value: object) -> None:
        if self.path == FIRST_MONTH and isinstance(self.editor, LineField):
            self._alone = (self.editor.attempt[0], value)
        self.entered.emit(value, f"{self.path}#{self.editor.session}")
        if not isinstance(self.editor, LineField):
            self.settled.emit()

    def _said(self, sentence: str, is_problem: bool) -> None:
        before = self._problem
        if is_problem:
            self._problem = sentence
        else:
            self._hint = sentence
        self._say()
        if before != self._problem:
            self.problem_changed.emit()

    def _say(self) -> None:
        """What is wrong, what should be known, or what the scenario builds on."""
        if isinstance(self.editor, MonthField) and self.path == FIRST_MONTH and self.editor.is_refused:
            self.note.say(self._problem, "problem", "Move all dates", "Move all dates of the deal")
        elif self._problem:
            self.note.say(self._problem, "problem")
        elif self._alone[1] and self._alone[0] != self._alone[1]:
            self.note.say("The other dates stay as they are.", "hint", "Move all dates", "Move all dates of the deal")
        elif self._hint:
            self.note.say(self._hint, "hint")
        elif self.editor.below:
            self.note.say(self.editor.below, "layer", "Reset", f"Reset {self.entry.field.label}")
        else:
            self.note.say("")


def _field_label(entry: Entry, *, locked: bool) -> QWidget:
    """The label of a field, with a lock behind it where the field is internal and its page does not say so."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(px(4))
    words = label(entry.field.label)
    words.setObjectName("words")
    row.addWidget(words)
    if entry.field.internal and locked:
        lock = QLabel()
        set_icon(lock, "lock", "internal", 12)
        lock.setToolTip("Internal: never shown to the partner")
        lock.setAccessibleName("Internal")
        row.addWidget(lock)
    row.addStretch(1)
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    row.setAlignment(Qt.AlignmentFlag.AlignVCenter)
    return made
