"""A field of one line: it reads while you type, marks what it cannot read, and writes the value out when you leave."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QLineEdit

from app.forms.entry import Entry, Read
from app.forms.marking import paint_alert, paint_corner
from app.forms.month import month_moved
from app.theme import px, repolish
from models import Unit

_STEPS = {
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_PageUp: 10,
    Qt.Key.Key_PageDown: -10,
}


class LineField(QLineEdit):
    """Base of the number, month and text fields.

    `entered` carries every valid value in file units, while typing; `said` a problem or hint (sentence, is_problem).
    """

    entered = Signal(object)
    said = Signal(str, bool)

    def __init__(self, path: str, entry: Entry) -> None:
        super().__init__()
        self.path = path
        self.entry = entry
        self.session = 0  # grows each time the focus arrives; edits of one session are one step of undo
        self._shown: object = None  # what the deal holds
        self._entered: object = None  # what was last told
        self._before: object = None  # what the deal held before the first edit of this visit
        self._untouched = True  # no edit since the focus arrived
        self._problem = ""
        self._changed = False
        self.setAccessibleName(", ".join(word for word in (entry.field.label, entry.unit) if word))
        self.textEdited.connect(self._typed)
        self.editingFinished.connect(self._finished)
        self._describe()

    @property
    def problem(self) -> str:
        """The sentence about an entry that cannot be used; "" when all is well."""
        return self._problem

    @property
    def changed(self) -> bool:
        """Whether the value differs from the saved deal."""
        return self._changed

    def show_value(self, value: object, saved: object) -> None:
        """Show what the deal holds, leaving alone a text that says the same or that is still being mended."""
        self._changed = value != saved
        accepted = value == self._entered and self.isModified()
        pending = value == self._shown and bool(self._problem)
        self._shown = value
        if not pending:
            self._mark("")
            if not accepted:
                self._write(value)
        self.update()

    def show_entry(self, entry: Entry) -> None:
        """Use another unit or range from now on, such as prices per token in place of per GPU-hour."""
        if entry.unit != self.entry.unit or entry.field != self.entry.field or entry.marks != self.entry.marks:
            self.entry = entry
            self.setAccessibleName(", ".join(word for word in (entry.field.label, entry.unit) if word))
            self._describe()
            if not self._problem:
                self._write(self._shown)

    def show_problem(self, sentence: str) -> None:
        """Mark the field with a sentence from outside; "" takes the mark away."""
        self._mark(sentence)

    def retry(self) -> None:
        """Tell a value again that could be read and that the deal refused."""
        read = self.entry.read(self.text())
        if self._problem and self.isModified() and read.ok:
            self.entered.emit(read.value)

    def forget(self) -> None:
        """Drop what was typed; the next value shown belongs to something else."""
        self.setModified(False)
        self._mark("")
        self._write(self._shown)

    def show_unreadable(self, text: str) -> None:
        """Put a text in that cannot be used, as if typed; for entries kept while another item was shown."""
        self.setText(text)
        self.setModified(True)
        self._finished()

    def _write(self, value: object) -> None:
        self._entered = value
        text = "" if value is None and self.entry.field.unit is Unit.TEXT else self.entry.write(value)
        if text != self.text():
            self.setText(text)
            self.setCursorPosition(0)
        self.setModified(False)

    def _touch(self) -> None:
        if self._untouched:
            self._untouched = False
            self._before = self._shown

    def _typed(self, text: str) -> None:
        self._touch()
        read = self.entry.read(text)
        if read.ok:
            self._mark("")
            self._tell(read)
        elif not read.unfinished:
            self._mark(self._full(read.sentence))

    def _finished(self) -> None:
        if not self.isModified():
            return
        read = self.entry.read(self.text())
        if not read.ok:
            self._mark(self._full(read.sentence))
            return
        if not self._problem or read.value != self._entered:
            self._tell(read)
        else:
            self.entered.emit(read.value)  # the deal refused it; something else may have changed since
        if not self._problem:
            self._write(read.value)

    def _tell(self, read: Read) -> None:
        self.said.emit(read.hint, False)
        if read.value != self._entered or type(read.value) is not type(self._entered):
            self._entered = read.value
            self.entered.emit(read.value)

    def _full(self, sentence: str) -> str:
        return f"{sentence} The deal still computes with {self.entry.words(self._shown)}."

    def _mark(self, sentence: str) -> None:
        if sentence == self._problem:
            return
        self._problem = sentence
        self.setProperty("wrong", bool(sentence))
        left = px(18) if sentence and self.alignment() & Qt.AlignmentFlag.AlignLeft else 0
        self.setTextMargins(left, 0, 0, 0)
        repolish(self)
        self._describe()
        self.said.emit(sentence, True)

    def _describe(self) -> None:
        self.setToolTip(self._problem or self.entry.tooltip())
        self.setAccessibleDescription(self._problem or self.entry.tooltip())

    def step(self, steps: int) -> None:
        """Move the value by natural steps of the field, telling the new one."""
        value = self.stepped(self._entered, steps)
        if value != self._entered:
            self._touch()
            self._mark("")
            self.setText(self.entry.write(value))
            self.setModified(True)
            self._tell(Read(value))

    def stepped(self, value: object, steps: int) -> object:
        """The value some natural steps away, inside the range; the same where steps have no meaning."""
        return self.entry.stepped(value, steps)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Arrows step, Escape puts the value back that stood here before the first edit of this visit."""
        steps = _STEPS.get(Qt.Key(event.key()))
        if steps is not None and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            self.step(steps)
            return
        if event.key() == Qt.Key.Key_Escape and (self._problem or not self._untouched):
            self._go_back()
            return
        super().keyPressEvent(event)

    def _go_back(self) -> None:
        self._mark("")
        self.said.emit("", False)
        before = self._shown if self._untouched else self._before
        moved = self._shown != before
        self._untouched = True
        self._write(before)
        self.selectAll()
        if moved:
            self.entered.emit(before)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's own name
        """A new visit is a new step of undo."""
        self.session += 1
        self._untouched = True
        super().focusInEvent(event)
        self.said.emit(self._problem, bool(self._problem))

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's own name
        """Scrolling the page never changes a value."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's own name
        """The field with its marks."""
        super().paintEvent(event)
        if not (self._changed or self._problem):
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            inner = QRect(self.rect()).adjusted(2, 2, -2, -2)
            if self._changed:
                paint_corner(painter, inner, self)
            if self._problem:
                paint_alert(painter, inner, self)


class NumberField(LineField):
    """A figure in the unit shown beside it, right-aligned; arrows move it by its natural step."""

    def __init__(self, path: str, entry: Entry) -> None:
        super().__init__(path, entry)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class MonthField(LineField):
    """A month, shown as "Jun 2028"; arrows move by a month, page keys by a year."""

    def __init__(self, path: str, entry: Entry) -> None:
        super().__init__(path, entry)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def stepped(self, value: object, steps: int) -> object:
        """The month some months away; page keys move by a year."""
        by = steps if abs(steps) == 1 else (12 if steps > 0 else -12)
        return month_moved(value, by) if isinstance(value, str) else value


class TextField(LineField):
    """Words on one line, left-aligned; the arrow keys are the cursor's own."""

    def __init__(self, path: str, entry: Entry) -> None:
        super().__init__(path, entry)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
