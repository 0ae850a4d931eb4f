"""A field of one line: it reads while you type, marks what it cannot read, and writes the value out when you leave."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QWheelEvent

from app.forms.deal_steps import asks_for_step, open_menu
from app.forms.drop_line import DropLine
from app.forms.entry import Entry, Read
from app.forms.marking import Marked, paint_alert, paint_change
from app.forms.month import month_moved
from app.theme import px
from models import Unit

_STEPS = {
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_PageUp: 10,
    Qt.Key.Key_PageDown: -10,
}


class LineField(Marked, DropLine):
    """Base of the number, month and text fields.

    `entered` carries every valid value in file units, while typing; `said` a problem or hint (sentence, is_problem).
    While an entry cannot be used, the deal is given back the value it had before.
    """

    entered = Signal(object)
    said = Signal(str, bool)

    def __init__(self, path: str, entry: Entry) -> None:
        super().__init__()
        self.path = path
        self.entry = entry
        self.session = 0  # grows each time the focus arrives; edits of one session are one step of undo
        self._shown: object = None  # what the deal holds
        self._entered: object = None  # what was last told and not refused
        self._before: object = None  # what the deal held before the first edit of this visit
        self._settled: object = None  # what it goes back to while an entry cannot be used: the last finished value
        self._untouched = True  # no edit since the focus arrived
        self._refused: object = None  # what the deal refused, for as long as `_refusal` says why
        self._refusal = ""
        self._telling = False
        self._restoring = False
        self.setAccessibleName(", ".join(word for word in (entry.field.label, entry.unit) if word))
        if entry.field.optional and entry.field.unit is Unit.TEXT:
            self.setPlaceholderText(entry.field.none_word.capitalize())  # what stands for it while it is empty
        self.textEdited.connect(self._typed)
        self.editingFinished.connect(self._finished)
        self._describe()

    @property
    def is_refused(self) -> bool:
        """Whether what is written can be read and the deal has something against it."""
        return bool(self._problem and self._refusal)

    @property
    def attempt(self) -> tuple[object, object]:
        """What the deal held before this visit, and what was entered in it, refused or not."""
        return (self._shown if self._untouched else self._before), (self._refused if self._refusal else self._entered)

    def show_value(self, value: object, saved: object) -> None:
        """Show what the deal holds, leaving alone a text that says the same or that is still being mended."""
        self._compare(value, saved)
        pending = self._restoring or (value == self._shown and bool(self._problem))
        self._shown = value
        if not pending:
            if value != self._entered and not self._untouched:  # undone: what is typed from here on is another visit
                self._untouched = True
                self.session += 1
            self._refusal = ""
            self._mark("")
            if not (value == self._entered and self.isModified()):
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
        if self._restoring:
            return  # what the deal is given back is not what is written here
        if self._telling and sentence:
            self._refusal = sentence
            self._mark_refused()
        else:
            self._mark(sentence)

    def retry(self) -> None:
        """Tell a value again that could be read and that the deal refused."""
        read = self.entry.read(self.text())
        if self._problem and self.isModified() and read.ok:
            self._tell(read.value)

    def forget(self) -> None:
        """Drop what was typed; the next value shown belongs to something else."""
        self.setModified(False)
        self._untouched = True
        self._refusal = ""
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
            self._before = self._settled = self._shown

    def _typed(self, text: str) -> None:
        self._touch()
        read = self.entry.read(text)
        if read.ok:
            self._take(read)
        elif not read.unfinished:
            self._reject(read.sentence)

    def _finished(self) -> None:
        if not self.isModified():
            return
        read = self.entry.read(self.text())
        if not read.ok:
            self._reject(read.sentence)
            return
        if self._is_refused(read.value):
            self._tell(read.value)  # something else may have changed since
        else:
            self._take(read)
        if not self._problem:
            self._settled = read.value
            self._write(read.value)

    def _take(self, read: Read) -> None:
        """Tell a value, unless the deal has it or has answered to it already."""
        self.said.emit(read.hint, False)
        if self._is_refused(read.value):
            self._mark_refused()
        elif _same(read.value, self._entered):
            self._mark("")
        else:
            self._mark("")
            self._tell(read.value)

    def _tell(self, value: object) -> None:
        self._entered = self._refused = value
        self._refusal = ""
        self._telling = True
        self.entered.emit(value)
        self._telling = False
        if self._refusal:
            self._restore()

    def _is_refused(self, value: object) -> bool:
        return bool(self._refusal) and _same(value, self._refused)

    def _mark_refused(self) -> None:
        """Mark a text that can be read, with what the deal has against its value."""
        self._mark(self.entry.refused(self.text(), self._refused, self._refusal, self._kept()))

    def _reject(self, sentence: str) -> None:
        """Mark a text that cannot be read."""
        self._mark(f"{sentence} {self.entry.still(self._kept())}")
        self._restore()

    def _kept(self) -> object:
        """What the deal computes with while the entry cannot be used."""
        return self._shown if self._untouched else self._settled

    def _restore(self) -> None:
        """Give the deal back what it had before the entry, leaving the text as it is."""
        kept = self._kept()
        if not _same(kept, self._shown):
            self._restoring = True
            self.entered.emit(kept)
            self._restoring = False
        self._entered = self._shown

    def _mark(self, sentence: str) -> None:
        if sentence == self._problem:
            return
        self._problem = sentence
        left = px(18) if sentence and self.alignment() & Qt.AlignmentFlag.AlignLeft else 0
        self.setTextMargins(left, 0, 0, 0)
        self._put_property("wrong", bool(sentence))
        self._describe()
        self.said.emit(sentence, True)

    def step(self, steps: int) -> None:
        """Move the value by natural steps of the field, telling the new one."""
        read = self.entry.read(self.text())
        now = read.value if read.ok else self._entered
        value = self.stepped(now, steps)
        if value != now:
            self._touch()
            self.setText(self.entry.write(value))
            self.setModified(True)
            self._take(Read(value))
            if not self._problem:
                self._settled = value

    def stepped(self, value: object, steps: int) -> object:
        """The value some natural steps away, inside the range; the same where steps have no meaning."""
        return self.entry.stepped(value, steps)

    def event(self, event: QEvent) -> bool:
        """The keys of undo and redo belong to the deal, whose steps Qt's own line would keep from its user.

        While what is written cannot be used there is no such step, and undo puts back what stood here.
        """
        if not self._problem and asks_for_step(event):
            event.ignore()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Arrows step, Escape puts the value back that stood here before the first edit of this visit."""
        steps = _STEPS.get(Qt.Key(event.key()))
        if steps is not None and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            self.step(steps)
            return
        undo = bool(self._problem) and event.matches(QKeySequence.StandardKey.Undo)
        if undo or (event.key() == Qt.Key.Key_Escape and (self._problem or not self._untouched)):
            self._go_back()
            return
        super().keyPressEvent(event)

    def _go_back(self) -> None:
        self._refusal = ""
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

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's own name
        """What can be done with the text."""
        open_menu(self, event)

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
            if self._changed and not (self._problem and self._below):
                left = bool(self.alignment() & Qt.AlignmentFlag.AlignLeft)
                paint_change(painter, inner, self, right=left)
            if self._problem:
                paint_alert(painter, inner, self)


def _same(one: object, other: object) -> bool:
    return one == other and type(one) is type(other)


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
