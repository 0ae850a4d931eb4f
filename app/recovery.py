"""Keeps unsaved work aside while it is worked on, and finds what an earlier run could not save."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QLockFile, QObject, QTimer, Signal

import models  # files are written in the worker's thread
from app.document import Document
from app.runner import Answer, Failure, Runner
from models import Deal, DealError, Recovery, differences, new_recovery_file, read_recovery, recovery_files, shown_name

IDLE = 3_000  # milliseconds without an edit after which the work is kept
LONGEST = 30.0  # seconds of steady editing after which it is kept all the same
_SLOT = "recovery"


@dataclass(frozen=True)
class Leftover:
    """Work that an earlier run left behind: its file and what it holds, or why that cannot be read."""

    file: Path
    recovery: Recovery | None
    reason: str = ""

    @property
    def name(self) -> str:
        """The deal's file, or its name where it never had one."""
        if self.recovery is None:
            return "Unsaved work"
        return shown_name(Path(self.recovery.path)) if self.recovery.path else self.recovery.deal.name

    @property
    def changes(self) -> tuple[str, ...]:
        """The fields that differ from the deal as saved, in words."""
        if self.recovery is None:
            return ()
        return tuple(each.label for each in differences(self.recovery.saved, self.recovery.deal))


class Recovering(QObject):
    """Writes the work of this window to a file of its own in `folder`, and takes it away once nothing is unsaved.

    A lock beside the file tells other runs that this one is alive; a file whose lock is free was left behind.
    """

    failed = Signal(str)  # why unsaved work could not be kept
    found_changed = Signal()  # other unsaved work is on offer than before

    def __init__(self, document: Document, runner: Runner, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._runner = runner
        self._folder = folder
        self._file = new_recovery_file(folder)
        self._lock: QLockFile | None = None
        self._since: float | None = None
        self._kept: Deal | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.keep)
        document.changed.connect(self._on_changed)
        document.opened.connect(self._on_settled)
        document.saved_now.connect(self._on_settled)
        document.closed.connect(self._on_settled)
        runner.answered.connect(self._on_answer)
        runner.refused.connect(self._on_refused)

    # this run's own work

    def keep(self) -> None:
        """Keep the work as it is now, in the worker's thread."""
        self._timer.stop()
        self._since = None
        document = self._document
        if not self._is_unsaved() or document.base is self._kept:
            return
        recovery, file = self._recovery(), self._file
        if self._lock is None:
            self._lock = _locked(file)

        def work() -> Deal:
            models.write_recovery(recovery, file)
            return recovery.deal

        self._runner.ask(_SLOT, work)

    def leave(self, *, abandoned: bool) -> None:
        """The window closes, with no thread left: what was saved or given up is not kept, what was cut off is."""
        self._timer.stop()
        if abandoned and self._is_unsaved():
            with suppress(OSError):  # nobody is left to be told
                models.write_recovery(self._recovery(), self._file)
        else:
            _remove(self._file)
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None

    def _is_unsaved(self) -> bool:
        """Asked while an edit is being made, when the stack of edits does not know of it yet."""
        document = self._document
        return document.is_open and document.base is not document.saved

    def _recovery(self) -> Recovery:
        document = self._document
        path = None if document.path is None else os.path.realpath(document.path)
        return Recovery(document.base, document.saved, path, document.digest, datetime.now())

    def _on_changed(self) -> None:
        if not self._is_unsaved():
            self._on_settled()
            return
        now = monotonic()
        self._since = self._since or now
        if now - self._since >= LONGEST:
            self.keep()
        else:
            self._timer.start(IDLE)

    def _on_settled(self) -> None:
        """Nothing is unsaved any more."""
        self._timer.stop()
        self._since = self._kept = None
        if self._lock is not None:
            file = self._file
            self._runner.ask(_SLOT, lambda: _remove(file))

    def _on_answer(self, slot: str, answer: Answer) -> None:
        if slot == _SLOT and isinstance(answer.result, Deal):
            self._kept = answer.result

    def _on_refused(self, slot: str, failure: Failure) -> None:
        if slot == _SLOT:
            reason = failure.error.strerror if isinstance(failure.error, OSError) else None
            self.failed.emit(f"Unsaved work cannot be kept for a crash: {(reason or str(failure.error)).lower()}.")

    # what earlier runs left behind

    def found(self) -> tuple[Leftover, ...]:
        """Unsaved work of runs that are over, the newest first."""
        return tuple(_read(file) for file in recovery_files(self._folder) if file != self._file and _is_free(file))

    def found_for(self, path: Path) -> Leftover | None:
        """The newest unsaved work on the deal of a file, None where there is none."""
        wanted = os.path.realpath(path)
        return next((each for each in self.found() if each.recovery and each.recovery.path == wanted), None)

    def restore(self, unsaved: Leftover) -> None:
        """Open the work with its changes as one edit over the saved deal; its file is this run's from now on.

        Raises:
            DealError: it cannot be read, or another Backstop has taken it meanwhile.
        """
        if unsaved.recovery is None:
            raise DealError(unsaved.reason)
        lock = _locked(unsaved.file)
        if _is_held(lock) or not unsaved.file.exists():
            lock.unlock()
            self.found_changed.emit()
            raise DealError("Another Backstop has restored or discarded this unsaved work meanwhile.")
        self._document.restore(unsaved.recovery)
        if self._lock is not None:
            self._lock.unlock()
        self._file, self._lock, self._kept = unsaved.file, lock, unsaved.recovery.deal
        self.found_changed.emit()

    def discard(self, unsaved: Leftover) -> None:
        """Give unsaved work up for good, unless another Backstop works on it by now."""
        if _is_free(unsaved.file):
            _remove(unsaved.file)
        self.found_changed.emit()


def _locked(file: Path) -> QLockFile:
    with suppress(OSError):  # writing will say it in words
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = _lock_of(file)
    lock.tryLock(0)
    return lock


def _lock_of(file: Path) -> QLockFile:
    lock = QLockFile(str(file.with_suffix(".lock")))
    lock.setStaleLockTime(0)  # only the end of its process frees it
    return lock


def _is_free(file: Path) -> bool:
    """Whether no other run holds a file; where no lock can be made, as on a full disk, none is known to."""
    lock = _lock_of(file)
    free = lock.tryLock(0) or not _is_held(lock)
    lock.unlock()
    return free


def _is_held(lock: QLockFile) -> bool:
    return lock.error() == QLockFile.LockError.LockFailedError


def _read(file: Path) -> Leftover:
    try:
        return Leftover(file, read_recovery(file))
    except DealError as error:
        return Leftover(file, None, str(error))


def _remove(file: Path) -> None:
    with suppress(OSError):
        file.unlink(missing_ok=True)
