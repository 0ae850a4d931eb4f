"""Fields that cannot be wrong by themselves: one of a few words, and yes or no."""

from __future__ import annotations

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QSizePolicy

from app.forms.entry import Entry
from app.forms.marking import Marked, paint_change
from app.theme import px, set_look


class ChoiceField(Marked, QComboBox):
    """A list of words; `entered` carries the file's word for the one chosen (None for the none word)."""

    entered = Signal(object)
    said = Signal(str, bool)

    def __init__(self, path: str, entry: Entry) -> None:
        super().__init__()
        self.path = path
        self.entry = entry
        self.session = 0
        self._shown: object = None
        self._telling = False
        set_look(self, "input")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._fill()
        self.activated.connect(self._chosen)

    def _fill(self) -> None:
        self.clear()
        if self.entry.field.optional:
            self.addItem(self.entry.field.none_word, None)
        for key, words in self.entry.field.choices:
            if self.findText(words) < 0:  # the none word may stand for one of them
                self.addItem(words, key)
        self.setAccessibleName(self.entry.field.label)
        self._describe()

    def _place(self, value: object) -> int:
        at = self.findData(value)
        return at if at >= 0 else self.findText(self.entry.write(value))

    def show_value(self, value: object, saved: object) -> None:
        """Show what the deal holds, leaving alone a choice that the deal refused."""
        self._compare(value, saved)
        pending = value == self._shown and bool(self._problem) and self.currentData() != value
        self._shown = value
        if not pending:
            self.show_problem("")
            self.setCurrentIndex(self._place(value))
        self.update()

    def show_entry(self, entry: Entry) -> None:
        """Offer another list of words from now on."""
        if entry.field != self.entry.field:
            self.entry = entry
            self._fill()
            self.setCurrentIndex(self._place(self._shown))

    def show_problem(self, sentence: str) -> None:
        """Mark the field with a sentence; "" takes the mark away."""
        if self._telling and sentence:
            sentence = self.entry.refused(self.currentText(), None, sentence, self._shown)
        if sentence != self._problem:
            self._problem = sentence
            self._put_property("wrong", bool(sentence))
            self._describe()
            self.said.emit(sentence, True)

    def retry(self) -> None:
        """Tell a choice again that the deal refused."""
        if self._problem and self.currentData() != self._shown:
            self._tell(self.currentData())

    def forget(self) -> None:
        """Drop a choice the deal refused; the next value shown belongs to something else."""
        self.show_problem("")

    def _chosen(self, index: int) -> None:
        self.session += 1
        self.show_problem("")
        self._tell(self.itemData(index))

    def _tell(self, value: object) -> None:
        self._telling = True
        self.entered.emit(value)
        self._telling = False

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's own name
        """Scrolling the page never changes a value."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's own name
        """The field with the corner of a changed value."""
        super().paintEvent(event)
        if self._changed:
            with QPainter(self) as painter:
                beside = px(24) if self._below else 2
                paint_change(painter, QRect(self.rect()).adjusted(2, 2, -beside, -2), self, right=True)


class FlagField(Marked, QCheckBox):
    """Yes or no, in a box with the word beside it."""

    entered = Signal(object)
    said = Signal(str, bool)

    def __init__(self, path: str, entry: Entry) -> None:
        super().__init__("No")
        self.path = path
        self.entry = entry
        self.session = 0
        self._telling = False
        self.setAccessibleName(entry.field.label)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._describe()
        self.clicked.connect(self._clicked)
        self.toggled.connect(lambda on: self.setText("Yes" if on else "No"))

    def show_value(self, value: object, saved: object) -> None:
        """Show what the deal holds."""
        self._compare(value, saved)
        self.show_problem("")
        self.setChecked(value is True)
        self.update()

    def show_entry(self, entry: Entry) -> None:
        """Take another meaning from now on."""
        self.entry = entry

    def show_problem(self, sentence: str) -> None:
        """Say what is wrong with the choice; "" takes it back."""
        if self._telling and sentence:
            sentence = self.entry.refused(self.text(), None, sentence, not self.isChecked())
        if sentence != self._problem:
            self._problem = sentence
            self._describe()
            self.said.emit(sentence, True)

    def retry(self) -> None:
        """Tell a choice again that the deal refused."""
        if self._problem:
            self._tell(self.isChecked())

    def forget(self) -> None:
        """Drop what the deal refused; the next value shown belongs to something else."""
        self.show_problem("")

    def _clicked(self, on: bool) -> None:
        self.session += 1
        self.show_problem("")
        self._tell(on)

    def _tell(self, on: bool) -> None:
        self._telling = True
        self.entered.emit(on)
        self._telling = False

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's own name
        """The box with the corner of a changed value."""
        super().paintEvent(event)
        if self._changed:
            with QPainter(self) as painter:
                side = px(14)
                top = (self.height() - side) // 2
                at = QRect(px(3), top - px(3), side, side) if not self._below else QRect(self.rect())
                paint_change(painter, at, self, right=True)
