"""Work that goes on while the window is used, one job at a time: what is said of it, and what follows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from app.dialogs import Dialogs
from app.runner import Answer, Failure, Progress, Runner


@dataclass(frozen=True)
class Said:
    """What is said of a job: while it runs, once it is done, stopped or failed, and above the reason of a failure."""

    running: str
    done: str
    stopped: str
    failed: str
    title: str

    @classmethod
    def of_writing(cls, name: str) -> Said:
        """The words for a file that is written."""
        failed = f"{name} was not written"
        return cls(f"Writing {name}", f"{name} written", failed, failed, f"{name} could not be written")


class OneJob(QObject):
    """Runs one job and no other beside it. Errors that are expected are told in a dialog, all others are faults."""

    moved = Signal(str, float)  # words, part done
    ended = Signal(str)  # what came of it, in words
    broken = Signal(str)  # a trace: the program made a mistake

    def __init__(self, runner: Runner, dialogs: Dialogs, parent: QWidget) -> None:
        super().__init__(parent)
        self._runner = runner
        self._dialogs = dialogs
        self._window = parent
        self._job: tuple[int, Said, Callable[[object], None]] | None = None
        runner.progressed.connect(self._on_progress)
        runner.finished.connect(self._on_finished)
        runner.failed.connect(self._on_failed)
        runner.stopped.connect(self._on_stopped)

    @property
    def is_busy(self) -> bool:
        """True while a job runs."""
        return self._job is not None

    def begin(
        self,
        said: Said,
        work: Callable[[Progress], object],
        then: Callable[[object], None] = lambda _result: None,
    ) -> None:
        """Begin a job that no other is in the way of; `then` is given its result, after its end was told."""
        self._job = (self._runner.start(work), said, then)
        self.moved.emit(said.running, 0.0)

    def stop(self) -> None:
        """Ask the job to stop."""
        if self._job is not None:
            self._runner.cancel(self._job[0])

    def abandon(self, *_said: object) -> None:
        """Give the job up, whatever still comes of it: what it was about is no longer open."""
        if self._job is not None:
            self._runner.cancel(self._job[0])
            self.ended.emit(self._taken()[0].stopped)

    def expects(self, error: Exception) -> bool:
        """Whether an error is told to the user; any other is a mistake of the program."""
        return isinstance(error, OSError | ValueError)

    def _is_mine(self, number: int) -> bool:
        return self._job is not None and self._job[0] == number

    def _taken(self) -> tuple[Said, Callable[[object], None]]:
        assert self._job is not None
        _, said, then = self._job
        self._job = None
        return said, then

    def _on_progress(self, number: int, done: float) -> None:
        if self._job is not None and self._is_mine(number):
            self.moved.emit(self._job[1].running, done)

    def _on_finished(self, answer: Answer) -> None:
        if self._is_mine(answer.number):
            said, then = self._taken()
            self.ended.emit(said.done)
            then(answer.result)

    def _on_stopped(self, number: int) -> None:
        if self._is_mine(number):
            self.ended.emit(self._taken()[0].stopped)

    def _on_failed(self, failure: Failure) -> None:
        if not self._is_mine(failure.number):
            return
        said, _ = self._taken()
        self.ended.emit(said.failed)
        if self.expects(failure.error):
            place = QApplication.activeWindow() or self._window  # a partner's window may stand in place of the main one
            self._dialogs.tell(place, said.title, reason_of(failure.error))
        else:
            self.broken.emit(failure.trace)


def reason_of(error: Exception) -> str:
    """Why something did not work, in a sentence."""
    if isinstance(error, PermissionError):
        return "The file or folder does not allow writing. Is the file open in another program?"
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror[:1].upper()}{error.strerror[1:].removesuffix('.')}."
    return str(error)
