"""Opening, saving and leaving a deal, with the questions that belong to it."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.dialogs import Dialogs, Elsewhere, Left, Outside, Unsaved
from app.document import Document, moment
from app.holding import Hold
from app.live import Figures
from app.recovery import Leftover, Recovering
from app.settings import RecentDeal, Settings
from models import DealError, digest_of, load_deal, load_template, shown_name

_IN_FILE_NAMES = " -_,.()&+"  # what every system takes in the name of a file
MOST_TOLD = 20
"""Changed fields that are named one by one."""


class Filing:
    """Everything that touches the file of the open deal."""

    def __init__(
        self, document: Document, recovering: Recovering, dialogs: Dialogs, settings: Settings, parent: QWidget
    ) -> None:
        self._document = document
        self._recovering = recovering
        self._dialogs = dialogs
        self._settings = settings
        self._parent = parent
        self._hold = Hold()
        self._seen: str | None = None  # the digest of a change on disk that the user knows of
        self._asking = False
        document.closed.connect(self._hold.release)

    def open_template(self, name: str) -> None:
        """Start a new deal from a template."""
        if self.may_leave() and self._attempt(
            "The template cannot be used", lambda: self._document.start_from(load_template(name))
        ):
            self._hold.release()

    def open_file(self, path: Path | None = None) -> None:
        """Open a deal file, asking which one where none is given."""
        if not self.may_leave():
            return
        chosen = path or self._dialogs.open_deal(self._parent, self._settings.last_folder)
        with suppress(OSError):  # a file is the same one wherever the program is by then, if it still knows where it is
            chosen = chosen and chosen.absolute()
        if chosen is None or self._restored_for(chosen):
            return
        answer = self._hold_of(chosen)
        if answer is Elsewhere.COPY:
            self._open_copy(chosen)
        elif answer is Elsewhere.SAME and not self._attempt(
            "The deal cannot be opened", lambda: self._document.open(chosen)
        ):
            self._hold_again()

    def restore(self, unsaved: Leftover) -> None:
        """Open work that an earlier run left unsaved."""
        if not self.may_leave():
            return
        path = unsaved.recovery.path if unsaved.recovery else None
        if path is not None and self._hold_of(Path(path), saving=True) is not Elsewhere.SAME:
            return
        if not self._attempt("The unsaved work cannot be opened", lambda: self._recovering.restore(unsaved)):
            self._hold_again()
        elif path is None:
            self._hold.release()

    def tell_changes(self, unsaved: Leftover) -> None:
        """Say which fields were changed in work that an earlier run left unsaved."""
        shown = [f"• {words}" for words in unsaved.changes[:MOST_TOLD]]
        more = len(unsaved.changes) - len(shown)
        text = "\n".join([*shown, *([f"and {more} more"] if more else [])])
        title = f"Changed in {unsaved.name} and not saved"
        self._dialogs.tell(self._parent, title, text or "No field is changed.", "history")

    def look_at_disk(self) -> None:
        """Ask what to do where another program has changed the file; each change is asked about once."""
        document = self._document
        path = document.path
        if self._asking or path is None:
            return
        gone = not os.path.lexists(path)
        document.note_file(f"{shown_name(path)} was deleted or moved; saving writes it again" if gone else "")
        if not document.is_changed_on_disk():
            return
        present = digest_of(path)
        if present is None or present == self._seen:
            return
        count = len(document.changed_paths())
        changes = f"{_fields(count)} changed here and not saved would be given up." if count else ""
        self._asking = True
        answer = self._dialogs.changed_outside(self._parent, shown_name(path), changes)
        self._asking = False
        self._seen = present
        if answer is Outside.THEIRS:
            self._attempt("The deal cannot be opened", lambda: document.open(path))

    def leave(self) -> None:
        """The window closes: the file is free for others."""
        self._hold.release()

    def save(self) -> bool:
        """Save the deal to its file, asking for one where it has none; False where it was not saved."""
        path = self._document.path
        if path is None:
            return self.save_as()
        if os.path.lexists(path) and self._document.is_changed_on_disk():
            answer = self._dialogs.overwrite_outside(self._parent, shown_name(path))
            if answer is not Outside.OURS:
                return answer is Outside.ELSEWHERE and self.save_as()
        return self._save(path)

    def save_as(self) -> bool:
        """Save the deal to a file that the user names; False where it was not saved."""
        present = self._document.path
        chosen = self._dialogs.save_deal(self._parent, str(present) if present else self.suggested(".deal"))
        if chosen is None or self._hold_of(chosen, saving=True) is not Elsewhere.SAME:
            return False
        if self._save(chosen):
            return True
        self._hold_again()
        return False

    def close(self) -> None:
        """Close the deal, after the question what to do with changes."""
        if self._document.is_open and self.may_leave():
            self._document.close()

    def may_leave(self) -> bool:
        """True once nothing would be lost: nothing is changed, it was saved, or the user gave it up."""
        if not self._document.is_modified:
            return True
        count = len(self._document.changed_paths())
        words = f"{_fields(count)} differ{'' if count != 1 else 's'} from the saved deal."
        answer = self._dialogs.unsaved(self._parent, self._document.deal.name, words)
        if answer is Unsaved.SAVE:
            return self.save()
        return answer is Unsaved.DISCARD

    def remember(self, figures: Figures) -> None:
        """Keep a saved deal and its figures in mind for the start page."""
        path = self._document.path
        written = self._document.written_at
        if path is None or self._document.is_modified or figures.scenario or written is None:
            return
        deal, irr = figures.case.deal, figures.case.kpis["partner_irr"]
        self._settings.remember(
            RecentDeal(
                os.path.realpath(path),
                deal.name,
                deal.partner.name,
                None if irr is None else float(irr),
                written.timestamp(),
            )
        )

    def suggested(self, ending: str) -> str:
        """A path beside the deal's file, or in the folder used last, named after the deal."""
        path = self._document.path
        folder = path.parent if path is not None else Path(self._settings.last_folder)
        name = self._document.deal.name
        letters = (letter if letter.isalnum() or letter in _IN_FILE_NAMES else "-" for letter in name)
        return str(folder / (("".join(letters).strip(" .") or "Deal") + ending))

    def _open_copy(self, path: Path) -> None:
        """Open what a file holds as a deal that has no file yet; the file is left to who has it open."""

        def act() -> None:
            self._document.start_from(load_deal(path))
            self._document.note_file(f"Copy of {shown_name(path)}, not saved yet")

        if self._attempt("The deal cannot be opened", act):
            self._hold.release()

    def _hold_of(self, path: Path, *, saving: bool = False) -> Elsewhere:
        """Hold a file; where somebody else does, what the user would rather do."""
        holder = self._hold.take(path)
        if not holder:
            return Elsewhere.SAME
        answer = self._dialogs.opened_elsewhere(self._parent, shown_name(path), holder, saving=saving)
        if answer is Elsewhere.SAME:
            self._hold.release()
        return answer

    def _hold_again(self) -> None:
        """Hold the file of the deal that is still open, and no other."""
        self._hold.release()
        if self._document.path is not None:
            self._hold.take(self._document.path)

    def _restored_for(self, path: Path) -> bool:
        """True where there was unsaved work on a file and the user has it back."""
        unsaved = self._recovering.found_for(path)
        if unsaved is None or unsaved.recovery is None:
            return False
        count = len(unsaved.changes)
        verb = "were" if count != 1 else "was"
        words = f"{_fields(count)} {verb} changed on {moment(unsaved.recovery.written)} and never saved."
        answer = self._dialogs.left_unsaved(self._parent, shown_name(path), words)
        if answer is Left.DISCARD:
            self._recovering.discard(unsaved)
        elif answer is Left.RESTORE:
            self.restore(unsaved)
        return answer is Left.RESTORE

    def _save(self, path: Path) -> bool:
        return self._attempt("The deal could not be saved", lambda: self._document.save(path))

    def _attempt(self, title: str, act: Callable[[], None]) -> bool:
        try:
            act()
        except DealError as error:
            self._dialogs.tell(self._parent, title, "\n".join(error.sentences()))
            return False
        return True


def _fields(count: int) -> str:
    return "1 field" if count == 1 else f"{count} fields"
