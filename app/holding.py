"""Holds the file of the open deal, so that another Backstop that opens it can be told."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QLockFile

from models import companion

_PARTS = 3  # of what Qt knows of a lock: process, host, program


class Hold:
    """One lock at a time, a hidden file beside the deal; the end of the program frees it, however it comes."""

    def __init__(self) -> None:
        self._lock: QLockFile | None = None
        self._path: Path | None = None

    def take(self, path: Path) -> str:
        """Hold a file instead of the one held before; returns "", or who holds it already.

        Where no lock can be made, such as in a folder that is read-only, nobody is told and nothing is held.
        """
        target = Path(os.path.realpath(path))
        if target == self._path:
            return ""
        lock = _lock_of(target)
        if lock.tryLock(0):
            self.release()
            self._lock, self._path = lock, target
            return ""
        return _holder(lock) if lock.error() == QLockFile.LockError.LockFailedError else ""

    def release(self) -> None:
        """Hold nothing any more."""
        if self._lock is not None:
            self._lock.unlock()
        self._lock = self._path = None


def _lock_of(path: Path) -> QLockFile:
    lock = QLockFile(str(companion(path, ".", ".lock")))
    lock.setStaleLockTime(0)  # only the end of its process frees it, not its age
    return lock


def _holder(lock: QLockFile) -> str:
    found = lock.getLockInfo()
    if not isinstance(found, tuple) or len(found) != _PARTS:
        return "another program"
    process, host, _program = found
    return f"another Backstop on {host or 'this computer'}, process {process}"
