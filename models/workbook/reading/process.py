"""Starts the process that reads a workbook, watches it, and takes its answer."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from time import monotonic

from models.workbook.reading import READ_WORKBOOK
from models.workbook.reading.facts import Facts, facts_of
from models.workbook.reading.limits import LARGEST_ANSWER, SECONDS
from models.workbook.reading.refusal import RefusedError

_LOOK_EVERY = 0.05
_TOO_LONG = f"Reading the file takes longer than {SECONDS:g} seconds; an exported workbook takes one or two."


class StoppedError(Exception):
    """The caller asked to stop."""


def reader_command() -> tuple[str, ...]:
    """The command that starts the reader: the program itself where it is frozen, else Python with this package."""
    if getattr(sys, "frozen", False):
        return (sys.executable, READ_WORKBOOK)
    # -P: nothing is imported from the folder the user happens to be in
    return (sys.executable, "-P", "-m", "models.workbook.reading")


def read_workbook(
    data: bytes,
    *,
    cancelled: Callable[[], bool] = lambda: False,
    command: Sequence[str] | None = None,
    seconds: float = SECONDS,
) -> Facts:
    """What the cells of a workbook hold, read in a process of its own.

    Args:
        data: the bytes of the file.
        cancelled: asked twenty times a second; the process is ended where it says yes.
        command: starts the reader; that of this program by default.
        seconds: after which the process is ended.

    Raises:
        RefusedError: the workbook is not read; one sentence says why.
        StoppedError: `cancelled` said so.
    """
    with subprocess.Popen(
        tuple(command or reader_command()),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=reader_surroundings(),
        creationflags=_FLAGS,
    ) as process:
        watch = _Watch(process, seconds, cancelled)
        watch.start()
        try:
            answer = _exchange(process, data)
        finally:
            watch.end()
    if watch.why is not None:
        raise watch.why
    if len(answer) > LARGEST_ANSWER:
        raise RefusedError("The file holds more text than any exported workbook.")
    if process.returncode != 0:
        raise RefusedError("Reading the file takes more time or memory than any exported workbook needs.")
    return _taken(answer)


def _exchange(process: subprocess.Popen[bytes], data: bytes) -> bytes:
    """Give the process all of the file, which it reads before it answers, and take its answer up to the limit."""
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(data)
        process.stdin.close()
    except OSError:  # it has ended: how, the exit code says
        pass
    answer = process.stdout.read(LARGEST_ANSWER + 1)
    if len(answer) > LARGEST_ANSWER:
        process.kill()
    return answer


def _taken(answer: bytes) -> Facts:
    try:
        said = json.loads(answer)
    except ValueError as error:
        raise RefusedError("The file could not be read: the reader was cut off.") from error
    if isinstance(said, dict) and isinstance(said.get("refused"), str):
        raise RefusedError(said["refused"])
    return facts_of(said)


class _Watch(threading.Thread):
    """Ends a process that takes too long or is no longer wanted."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float, cancelled: Callable[[], bool]) -> None:
        super().__init__(name="watches the reader of a workbook", daemon=True)
        self._process = process
        self._until = monotonic() + seconds
        self._cancelled = cancelled
        self._over = threading.Event()
        self._gone = threading.Event()
        self.why: Exception | None = None

    def run(self) -> None:
        try:
            self._look()
        finally:
            self._gone.set()

    def _look(self) -> None:
        while not self._over.wait(_LOOK_EVERY):
            if self._cancelled():
                self.why = StoppedError()
            elif monotonic() > self._until:
                self.why = RefusedError(_TOO_LONG)
            if self.why is not None:
                self._process.kill()
                return

    def end(self) -> None:
        self._over.set()
        self._gone.wait()  # joining would make Python note a thread of Qt's for good where this is called from one


def reader_surroundings() -> dict[str, str]:
    """The variables of this process, and where the package is found that the reader is started from."""
    if getattr(sys, "frozen", False):
        return dict(os.environ)
    return {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[3])}


_FLAGS = int(getattr(subprocess, "CREATE_NO_WINDOW", 0))
"""On Windows: no console window flashes up."""
