"""The open deal: what it is now, what it was when saved, its file, and the way back through every edit."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from models import Deal, DealError, differences, load_deal, save_deal, with_value, words_at

_MERGING = 1
_ARROW = " → "


class Edit(QUndoCommand):
    """One edit: the deal before, the deal after, and the words for it. Typing in one field makes one edit."""

    def __init__(self, document: Document, before: Deal, after: Deal, words: str, merge_key: str) -> None:
        super().__init__(words)
        self._document = document
        self._before = before
        self._after = after
        self._merge_key = merge_key

    def id(self) -> int:
        return _MERGING if self._merge_key else -1

    def mergeWith(self, other: QUndoCommand) -> bool:  # noqa: N802 - Qt's own name
        if not isinstance(other, Edit) or other._merge_key != self._merge_key:
            return False
        self._after = other._after
        self.setText(_joined(self.text(), other.text()))
        self.setObsolete(self._after == self._before)
        return True

    def redo(self) -> None:
        self._document.put(self._after)

    def undo(self) -> None:
        self._document.put(self._before)


def _joined(first: str, second: str) -> str:
    """The words of two edits as one: `Margin: 300 → 3 bp` and `Margin: 3 → 325 bp` as `Margin: 300 → 325 bp`."""
    head, arrow, _ = first.rpartition(_ARROW)
    _, other_arrow, tail = second.rpartition(_ARROW)
    return f"{head}{_ARROW}{tail}" if arrow and other_arrow else second


class Document(QObject):
    """The deal that is open. Edits come in as wishes; everything that shows the deal listens to its signals."""

    opened = Signal(object)  # another deal is open; the Deal
    changed = Signal(object)  # the deal that now computes
    state_changed = Signal()  # saved or not, path, title
    saved_now = Signal()
    closed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.stack = QUndoStack(self)
        self.stack.cleanChanged.connect(self.state_changed)
        self._deal: Deal | None = None
        self._saved: Deal | None = None
        self._path: Path | None = None
        self._saved_at: datetime | None = None
        self._compared: Deal | None = None
        self._changed: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """True while there is a deal."""
        return self._deal is not None

    @property
    def deal(self) -> Deal:
        """The last valid deal; it is what computes."""
        assert self._deal is not None, "no deal is open"
        return self._deal

    @property
    def saved(self) -> Deal:
        """The deal as it was opened, made or last saved."""
        assert self._saved is not None, "no deal is open"
        return self._saved

    @property
    def path(self) -> Path | None:
        """The file of the deal, None until it is first saved."""
        return self._path

    @property
    def title(self) -> str:
        """The title of the window; `[*]` stands where Qt marks unsaved changes."""
        if not self.is_open:
            return "Backstop"
        return f"{self._path.name if self._path else self.deal.name}[*] – Backstop"

    @property
    def is_modified(self) -> bool:
        """True while something is not saved."""
        return self.is_open and not self.stack.isClean()

    def changed_paths(self) -> tuple[str, ...]:
        """The paths of the fields that differ from the saved deal, in the order of the file."""
        if self._compared is not self._deal:
            self._compared = self._deal
            self._changed = tuple(each.path for each in differences(self.saved, self.deal)) if self.is_open else ()
        return self._changed

    def state_words(self) -> str:
        """The state of the file: `Saved 13 Nov 14:02, 3 changes since`; nothing while no deal is open."""
        if not self.is_open:
            return ""
        count = len(self.changed_paths())
        changes = f"{count} change{'s' if count != 1 else ''}"
        if self._saved_at is None:
            return f"Not saved yet, {changes}" if count else "Not saved yet"
        words = f"Saved {self._saved_at.day} {self._saved_at:%b %H:%M}"
        return f"{words}, {changes} since" if count else words

    def start_from(self, deal: Deal) -> None:
        """Open a deal that has no file yet."""
        self._take(deal, None)

    def open(self, path: Path) -> None:
        """Open a deal file. DealError, with the open deal untouched, where it cannot be read."""
        self._take(load_deal(path), path)

    def save(self, path: Path | None = None) -> None:
        """Write the deal to its file or to another one. DealError where that fails; the deal stays unsaved."""
        target = path or self._path
        assert target is not None, "a deal without a file is saved under a path"
        save_deal(self.deal, target)
        self._path = target
        self._saved = self.deal
        self._compared = None
        self._saved_at = datetime.fromtimestamp(target.stat().st_mtime)
        self.stack.setClean()
        self.saved_now.emit()
        self.state_changed.emit()

    def close(self) -> None:
        """Forget the deal and every edit."""
        self._deal = self._saved = self._path = self._compared = None
        self._changed = ()
        self.stack.clear()
        self.closed.emit()
        self.state_changed.emit()

    def edit(self, path: str, value: object, words: str, merge_key: str) -> str:
        """Put a value at a path as one undoable edit; with the path "" the value is a whole deal.

        Returns "" or, where the deal refuses the value, the sentence that says why.
        """
        try:
            after = value if isinstance(value, Deal) and not path else with_value(self.deal, path, value)
        except DealError as error:
            return self._refusal(error, path)
        if after != self.deal:
            self.stack.push(Edit(self, self.deal, after, words, merge_key))
        return ""

    def _refusal(self, error: DealError, path: str) -> str:
        """Why an edit at a path was refused: short, with the place before it where the fault is elsewhere."""
        first = next((problem for problem in error.problems if problem.path == path), error.problems[0])
        if not first.hint or first.path == path:
            return first.hint or str(error)
        try:
            return f"{words_at(self.deal, first.path.rpartition('.')[0])}: {first.hint}"
        except DealError:  # the fault is in an item that the deal does not have
            return str(error)

    def put(self, deal: Deal) -> None:
        """Make a deal the current one; for edits, which know the way back."""
        self._deal = deal
        self.changed.emit(deal)

    def _take(self, deal: Deal, path: Path | None) -> None:
        self._deal = self._saved = deal
        self._compared = None
        self._path = path
        self._saved_at = datetime.fromtimestamp(path.stat().st_mtime) if path is not None else None
        self.stack.clear()
        self.opened.emit(deal)
        self.state_changed.emit()
