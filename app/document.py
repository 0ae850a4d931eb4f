"""The open deal: what it is now, what it was when saved, its file, and the way back through every edit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from models import (
    DatesMove,
    Deal,
    DealError,
    Recovery,
    changed_in,
    differences,
    digest_of,
    earlier_words,
    load_stored,
    parent_deal,
    save_deal,
    scenario_deal,
    scenario_names,
    shown_name,
    with_dates_moved,
    with_value,
    with_values,
    words_at,
)

_ARROW = " → "


@dataclass(frozen=True)
class State:
    """The deal of the file and the scenario looked at, "" for the base."""

    deal: Deal
    scenario: str = ""


class Edit(QUndoCommand):
    """One edit: the state before, the state after, and the words for it. Typing in one field makes one edit."""

    def __init__(self, document: Document, before: State, after: State, words: str, merge_key: str) -> None:
        super().__init__(words)
        self._document = document
        self._before = before
        self._after = after
        self.merge_key = merge_key

    def go_on(self, after: State, words: str) -> None:
        """Lead to another state: what is typed on in the same field belongs to the same edit."""
        self._after = after
        self.setText(_joined(self.text(), words))

    def leads_anywhere(self) -> bool:
        """Whether there is something to undo."""
        return self._after.deal != self._before.deal

    def redo(self) -> None:
        self._document.put(self._after)

    def undo(self) -> None:
        self._document.put(self._before)


def _joined(first: str, second: str) -> str:
    """The words of two edits as one: `Margin: 300 → 3 bp` and `Margin: 3 → 325 bp` as `Margin: 300 → 325 bp`."""
    head, arrow, _ = first.rpartition(_ARROW)
    _, other_arrow, tail = second.rpartition(_ARROW)
    return f"{head}{_ARROW}{tail}" if arrow and other_arrow else second


def refusal_of(error: DealError, deal: Deal, path: str) -> str:
    """Why an edit at a path was refused: short, with the place before it where the fault is elsewhere."""
    first = next((problem for problem in error.problems if problem.path == path), error.problems[0])
    if not first.hint or first.path == path:
        return first.hint or str(error)
    try:
        return f"{words_at(deal, first.path.rpartition('.')[0])}: {first.hint}"
    except DealError:  # the fault is in an item that the deal does not have
        return str(error)


def _written_at(path: Path) -> datetime | None:
    """When a file was last written; None where that cannot be known."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime)
    except (OSError, ValueError):
        return None


def moment(when: datetime) -> str:
    """A time as people say it: `24 Nov 23:10`."""
    return f"{when.day} {when:%b %H:%M}"


class Document(QObject):
    """The deal that is open. Edits come in as wishes; everything that shows the deal listens to its signals.

    While a scenario is chosen, `deal` is the deal as that scenario has it, and edits stay in its layer.
    """

    opened = Signal(object)  # another deal is open; the Deal
    changed = Signal(object)  # the deal that now computes
    scenario_changed = Signal(str)  # the scenario now looked at, "" for the base; `changed` follows
    scenarios_changed = Signal()  # there are others than before, or with other names
    scenario_lost = Signal(str)  # the scenario looked at cannot be used any more: why
    state_changed = Signal()  # saved or not, path, title
    saved_now = Signal()
    closed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.stack = QUndoStack(self)
        self.stack.cleanChanged.connect(self.state_changed)
        self._base: Deal | None = None
        self._deal: Deal | None = None
        self._saved: Deal | None = None
        self._below: Deal | None = None
        self._scenario = ""
        self._path: Path | None = None
        self._digest: str | None = None
        self._saved_at: datetime | None = None
        self._compared: Deal | None = None
        self._changed: tuple[str, ...] = ()
        self._earlier = ""  # what its file says of an earlier version of the program
        self._note = ""

    @property
    def is_open(self) -> bool:
        """True while there is a deal."""
        return self._deal is not None

    @property
    def deal(self) -> Deal:
        """The last valid deal, as the scenario looked at has it; it is what computes."""
        assert self._deal is not None, "no deal is open"
        return self._deal

    @property
    def base(self) -> Deal:
        """The deal of the file with all its scenarios, none of them applied."""
        assert self._base is not None, "no deal is open"
        return self._base

    @property
    def scenario(self) -> str:
        """The name of the scenario looked at, "" for the base."""
        return self._scenario

    @property
    def scenario_parent(self) -> str:
        """The scenario that the one looked at builds on, "" for the base."""
        return next((each.parent or "" for each in self.base.scenarios or () if each.name == self._scenario), "")

    @property
    def saved(self) -> Deal:
        """The deal as it was opened, made or last saved."""
        assert self._saved is not None, "no deal is open"
        return self._saved

    @property
    def below(self) -> Deal:
        """What the fields are compared with: the saved deal, or in a scenario the deal that it changes."""
        return self._below or self.saved

    @property
    def path(self) -> Path | None:
        """The file of the deal, None until it is first saved."""
        return self._path

    @property
    def digest(self) -> str | None:
        """The digest of the file when it was last read or written here, None while there is no file."""
        return self._digest

    @property
    def written_at(self) -> datetime | None:
        """When the file was written last, None while there is none."""
        return self._saved_at

    def is_changed_on_disk(self) -> bool:
        """True where another program has changed or removed the file since it was last read or written here."""
        return self._path is not None and digest_of(self._path) != self._digest

    @property
    def title(self) -> str:
        """The title of the window; `[*]` stands where Qt marks unsaved changes."""
        if not self.is_open:
            return "Backstop"
        return f"{shown_name(self._path) if self._path else self.deal.name}[*] – Backstop"

    @property
    def is_modified(self) -> bool:
        """True while something is not saved."""
        return self.is_open and not self.stack.isClean()

    def changed_paths(self) -> tuple[str, ...]:
        """The paths of the fields that differ from the saved deal, in the order of the file."""
        if self._compared is not self._base:
            self._compared = self._base
            self._changed = tuple(each.path for each in differences(self.saved, self.base)) if self.is_open else ()
        return self._changed

    def marked_paths(self) -> tuple[str, ...]:
        """The paths of the fields that the forms mark: changed since saved, or changed by the scenario looked at."""
        if self._scenario:
            return tuple(each.path for each in differences(self.below, self.deal))
        return tuple(path for path in self.changed_paths() if not path.startswith("scenarios"))

    def state_words(self) -> str:
        """The state of the file: `Saved 13 Nov 14:02, 3 changes since`; nothing while no deal is open."""
        if not self.is_open:
            return ""
        if self._note or self._earlier:
            return self._note or self._earlier
        count = len(self.changed_paths())
        changes = f"{count} change{'s' if count != 1 else ''}"
        if self._saved_at is None:
            return f"Not saved yet, {changes}" if count else "Not saved yet"
        words = f"Saved {moment(self._saved_at)}"
        return f"{words}, {changes} since" if count else words

    def start_from(self, deal: Deal) -> None:
        """Open a deal that has no file yet."""
        self._take(deal, None, None)

    def open(self, path: Path) -> None:
        """Open a deal file. DealError, with the open deal untouched, where it cannot be read."""
        stored = load_stored(path)
        self._take(stored.deal, path, stored.digest, earlier_words(stored.schema))

    def note_file(self, words: str) -> None:
        """Say something of the file in place of its state until it is saved, or "" for nothing."""
        if words != self._note:
            self._note = words
            self.state_changed.emit()

    def restore(self, recovery: Recovery) -> None:
        """Open work that was never saved: the deal as it was saved, and all that was changed since as one edit."""
        path = None if recovery.path is None else Path(recovery.path)
        self._take(recovery.saved, path, recovery.digest)
        self.edit("", recovery.deal, "Unsaved work restored", "")

    def save(self, path: Path | None = None) -> None:
        """Write the deal to its file or to another one. DealError where that fails; the deal stays unsaved."""
        target = path or self._path
        assert target is not None, "a deal without a file is saved under a path"
        self._digest = save_deal(self.base, target)
        self._path = target
        self._saved = self.base
        self._compared = None
        self._saved_at = _written_at(target) or datetime.now()
        self._note = self._earlier = ""
        self.stack.setClean()
        self.saved_now.emit()
        self.state_changed.emit()

    def close(self) -> None:
        """Forget the deal and every edit."""
        self._base = self._deal = self._below = self._saved = self._path = self._digest = self._compared = None
        self._scenario = ""
        self._changed = ()
        self._note = self._earlier = ""
        self.stack.clear()
        self.closed.emit()
        self.state_changed.emit()

    def choose(self, scenario: str) -> None:
        """Look at a scenario, or at the base with "". DealError, with all as it was, where it cannot be used."""
        if scenario != self._scenario:
            self.put(State(self.base, scenario))

    def edit(self, path: str, value: object, words: str, merge_key: str) -> str:
        """Put a value at a path as one undoable edit; with the path "" it is a whole deal.

        A `DatesMove` for a value moves all dates. While a scenario is looked at, the value enters its layer. Returns ""
        or, where the deal refuses the value, the sentence that says why.
        """
        try:
            after = self._edited(path, value)
        except DealError as error:
            return refusal_of(error, self.deal, path)
        if after != self.base:
            whole = isinstance(value, Deal) and not path
            said = f"{self._scenario}: {words}" if self._scenario and not whole else words
            self._push(State(after, self._scenario), said, merge_key)
        return ""

    def take(self, changes: Mapping[str, object], words: str) -> str:
        """Put a value at each of several paths as one undoable edit, in the scenario looked at where there is one.

        Returns "" or, where the deal refuses them together, the sentence that says why.
        """
        try:
            after = with_values(self.base, self._scenario, changes)
        except DealError as error:
            return str(error)
        if after != self.base:
            self._push(State(after, self._scenario), f"{self._scenario}: {words}" if self._scenario else words, "")
        return ""

    def rearrange(self, deal: Deal, scenario: str, words: str) -> None:
        """Take a deal with other scenarios as one undoable edit, and look at one of them."""
        self._push(State(deal, scenario), words, "")

    def _edited(self, path: str, value: object) -> Deal:
        if isinstance(value, Deal) and not path:
            return value
        if isinstance(value, DatesMove):
            return with_dates_moved(self.base, self._scenario, value)
        if self._scenario:
            return changed_in(self.base, self._scenario, path, value)
        return with_value(self.base, path, value)

    def _push(self, after: State, words: str, merge_key: str) -> None:
        last = self.stack.command(self.stack.index() - 1) if merge_key and self.stack.index() else None
        if not isinstance(last, Edit) or last.merge_key != merge_key or self.stack.canRedo() or self.stack.isClean():
            self.stack.push(Edit(self, State(self.base, self._scenario), after, words, merge_key))
            return
        # not left to the stack: of each edit that it merges into another one an object would stay in memory for good
        last.go_on(after, words)
        self.put(after)
        if last.leads_anywhere():
            self.stack.undoTextChanged.emit(self.stack.undoText())
        else:
            last.setObsolete(True)
            self.stack.undo()  # back where it began: the stack drops the edit

    def put(self, state: State) -> None:
        """Make a state the current one; for edits, which know the way back.

        DealError, with all as it was, where a scenario newly looked at cannot be used. One looked at before that has
        become so gives way to the base.
        """
        scenario, deal, why = state.scenario, state.deal, ""
        below: Deal | None = None
        if scenario:
            try:
                deal, below = scenario_deal(state.deal, scenario), parent_deal(state.deal, scenario)
            except DealError as error:
                if state.deal is self._base:
                    raise
                scenario, why = "", f"Scenario “{scenario}” cannot be used here: {error}"
        before = (self._scenario, scenario_names(self.base))
        self._base, self._deal, self._below, self._scenario = state.deal, deal, below, scenario
        if scenario_names(self.base) != before[1]:
            self.scenarios_changed.emit()
        if scenario != before[0]:
            self.scenario_changed.emit(scenario)
        self.changed.emit(deal)
        if why:
            self.scenario_lost.emit(why)

    def _take(self, deal: Deal, path: Path | None, digest: str | None, earlier: str = "") -> None:
        self._base = self._deal = self._saved = deal
        self._below = None
        self._scenario = ""
        self._compared = None
        self._path = path
        self._digest = digest
        self._note, self._earlier = "", earlier
        self._saved_at = None if path is None else _written_at(path)
        self.stack.clear()
        self.opened.emit(deal)
        self.state_changed.emit()
