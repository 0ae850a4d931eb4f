"""The only threads: one for the newest figures, one for other small requests, and one for each longer job."""

from __future__ import annotations

import sys
from collections.abc import Callable
from ctypes import CDLL
from dataclasses import dataclass
from itertools import count
from threading import Condition, Event
from time import monotonic, perf_counter

from PySide6.QtCore import QObject, QThread, Signal

from app.fault import fault_text

PROGRESS_INTERVAL = 0.05  # seconds; more signals than this would freeze the window
_M_ARENA_MAX = -8  # the number of this choice in glibc's malloc.h
_ARENAS = 2  # the interpreter's own and one for all others, who rarely ask at the same time


@dataclass(frozen=True)
class Answer:
    """What came of a request: `result` of request `number`, after `milliseconds` of work."""

    number: int
    result: object
    milliseconds: float


@dataclass(frozen=True)
class Failure:
    """A request that ended with an error: its text for people and its trace (see `fault_text`) for the report."""

    number: int
    error: Exception
    trace: str


class StoppedError(Exception):
    """Raised by `Progress` in the worker once its job was cancelled."""


class Progress:
    """What a job is given: it tells how far it is, and learns whether it is still wanted.

    Calling it with `done` (from 0 to 1) reports progress, at most 20 times a second, and raises
    `StoppedError` once the job was cancelled.
    """

    def __init__(self, number: int, post: Callable[[int, float], None]) -> None:
        self._number = number
        self._post = post
        self._cancelled = Event()
        self._next = 0.0

    def __call__(self, done: float) -> None:
        if self._cancelled.is_set():
            raise StoppedError
        now = monotonic()
        if now >= self._next or done >= 1.0:
            self._next = now + PROGRESS_INTERVAL
            self._post(self._number, done)

    def cancel(self) -> None:
        self._cancelled.set()

    def cancelled(self) -> bool:
        """True once the job is no longer wanted."""
        return self._cancelled.is_set()


class _Newest(QThread):
    """Computes one request after another; of those waiting in a slot only the newest is ever begun."""

    def __init__(self, post: Callable[[str, Answer | Failure], None], warm: Callable[[], None]) -> None:
        super().__init__()
        self._post = post
        self._warm = warm
        self._ready = Condition()
        self._waiting: dict[str, tuple[int, Callable[[], object]]] = {}
        self._ended = False

    def ask(self, slot: str, number: int, work: Callable[[], object]) -> None:
        with self._ready:
            self._waiting[slot] = (number, work)
            self._ready.notify()

    def waits(self) -> bool:
        with self._ready:
            return bool(self._waiting)

    def end(self) -> None:
        with self._ready:
            self._ended = True
            self._waiting.clear()
            self._ready.notify()

    def _next(self) -> tuple[str, int, Callable[[], object]] | None:
        with self._ready:
            self._ready.wait_for(lambda: self._ended or bool(self._waiting))
            if self._ended:
                return None
            slot = next(iter(self._waiting))
            number, work = self._waiting.pop(slot)
            return slot, number, work

    def run(self) -> None:
        self._warm()
        while (request := self._next()) is not None:
            slot, number, work = request
            self._post(slot, _attempt(number, work))


class _Job(QThread):
    """One longer piece of work in a thread of its own."""

    def __init__(
        self,
        progress: Progress,
        number: int,
        work: Callable[[Progress], object],
        post: Callable[[Answer | Failure], None],
    ) -> None:
        super().__init__()
        self.progress = progress
        self._number = number
        self._work = work
        self._post = post

    def run(self) -> None:
        self._post(_attempt(self._number, lambda: self._work(self.progress)))
        give_back()


def _share_arenas() -> None:
    """Let all threads take memory from the same few places.

    glibc gives each new thread a place of its own, up to eight for each processor, and each keeps up to 64 MB of what
    was freed in it, whatever it is asked; so runs one after another would seem to use more and more.
    """
    if sys.platform == "linux":
        choose = getattr(CDLL(None), "mallopt", None)  # other C libraries have no such places
        if choose is not None:
            choose(_M_ARENA_MAX, _ARENAS)


def give_back() -> None:
    """Give free memory back to the system; glibc keeps that of every thread that ended until it is asked."""
    if sys.platform == "linux":
        trim = getattr(CDLL(None), "malloc_trim", None)  # other C libraries give it back by themselves
        if trim is not None:
            trim(0)


def _attempt(number: int, work: Callable[[], object]) -> Answer | Failure:
    started = perf_counter()
    try:
        result = work()
    except Exception as error:  # whatever it is belongs to the window, which reports it
        return Failure(number, error, fault_text(error))
    return Answer(number, result, (perf_counter() - started) * 1000)


class Runner(QObject):
    """Starts work away from the window and hands back answers by queued signals.

    `ask` computes a small thing at once and keeps only the newest request of each slot; `start` begins a
    job with progress. Numbers tell answers apart: an answer that is no longer the newest of its slot is
    dropped. `close` cancels everything and waits until no thread is left.
    """

    answered = Signal(str, object)  # slot, Answer
    refused = Signal(str, object)  # slot, Failure
    progressed = Signal(int, float)  # number of the job, part done
    finished = Signal(object)  # Answer of a job
    failed = Signal(object)  # Failure of a job
    stopped = Signal(int)  # number of a job that was cancelled

    _slot_posted = Signal(str, object)
    _job_posted = Signal(object)
    _progress_posted = Signal(int, float)

    def __init__(self, warm: Callable[[], None] = lambda: None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._numbers = count(1)
        self._newest_of: dict[str, int] = {}
        self._jobs: dict[int, _Job] = {}
        self._held = False
        self._closed = False  # what is asked for then, by a timer still on its way, is not begun
        self._slot_posted.connect(self._on_slot)
        self._job_posted.connect(self._on_job)
        self._progress_posted.connect(self._on_progress)
        _share_arenas()
        self._live = _Newest(self._slot_posted.emit, warm)
        self._aside = _Newest(self._slot_posted.emit, lambda: None)

    def hold(self) -> None:
        """Begin no request until `warm_up`: what it imports would take its time from the first paint of the window."""
        self._held = True

    def warm_up(self) -> None:
        """Start the live thread, which first does its slow imports; asking starts it as well, unless on hold."""
        self._held = False
        if not self._closed:
            for thread in (self._live, self._aside):
                if not thread.isRunning() and (thread is self._live or thread.waits()):
                    thread.start()

    def ask(self, slot: str, work: Callable[[], object], *, live: bool = False) -> int:
        """Compute `work` soon, instead of anything older still waiting in the slot; returns its number.

        What is `live` has a thread of its own and never waits for other slots.
        """
        number = next(self._numbers)
        if self._closed:
            return number
        self._newest_of[slot] = number
        thread = self._live if live else self._aside
        thread.ask(slot, number, work)
        if not self._held and not thread.isRunning():
            thread.start()
        return number

    def forget(self, slot: str) -> None:
        """Drop whatever answer of the slot is still on its way."""
        self._newest_of.pop(slot, None)

    def start(self, work: Callable[[Progress], object]) -> int:
        """Begin a job in a thread of its own; returns its number."""
        number = next(self._numbers)
        if self._closed:
            return number
        job = _Job(Progress(number, self._progress_posted.emit), number, work, self._job_posted.emit)
        self._jobs[number] = job
        job.start()
        return number

    def cancel(self, number: int) -> None:
        """Ask a job to stop; `stopped` follows as soon as it has. Unknown and finished numbers are fine."""
        if number in self._jobs:
            self._jobs[number].progress.cancel()

    def jobs(self) -> tuple[int, ...]:
        """The numbers of jobs still running."""
        return tuple(self._jobs)

    def close(self) -> None:
        """Cancel every job, end the threads of requests, and wait for all of them."""
        self._closed = True
        self._newest_of.clear()
        self._live.end()
        self._aside.end()
        for job in self._jobs.values():
            job.progress.cancel()
        for thread in (self._live, self._aside, *self._jobs.values()):
            thread.wait()
        self._jobs.clear()

    def _on_slot(self, slot: str, outcome: Answer | Failure) -> None:
        if self._newest_of.get(slot) != outcome.number:
            return
        if isinstance(outcome, Answer):
            self.answered.emit(slot, outcome)
        else:
            self.refused.emit(slot, outcome)

    def _on_progress(self, number: int, done: float) -> None:
        if number in self._jobs:
            self.progressed.emit(number, done)

    def _on_job(self, outcome: Answer | Failure) -> None:
        job = self._jobs.pop(outcome.number, None)
        if job is None:
            return
        job.wait()
        if isinstance(outcome, Failure) and job.progress.cancelled():  # whatever it raised on the way out
            self.stopped.emit(outcome.number)
        elif isinstance(outcome, Failure):
            self.failed.emit(outcome)
        else:
            self.finished.emit(outcome)
