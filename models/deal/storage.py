"""Files as the system keeps them: read with a limit, written whole or not at all, and named so that it can be shown."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import stat
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from time import time

from models.deal.problems import DealError

BACKUP_SUFFIX = ".bak"
LONGEST_NAME = 255  # bytes, of file systems in use
_TEMPORARY = ".backstop-*.tmp"
_ABANDONED = 3600.0  # seconds after which a temporary file is what a killed process left behind
_SHOWN_HEAD, _SHOWN_TAIL = 40, 19
_JOINERS = "\u200c\u200d"  # within words of several languages and pictures made of two; no name reads otherwise by them


def read_file(path: Path, most: int) -> bytes:
    """The bytes of a file, no more than `most`; DealError, in a sentence, where it cannot be read."""
    named = shown_path(path)
    try:
        regular = stat.S_ISREG(path.stat().st_mode)  # a pipe would keep the program waiting
        if regular:
            with path.open("rb") as file:
                return file.read(most)
    except FileNotFoundError:
        gone = f"There is no file {named}"
        raise DealError(f"{gone}: it is a link to one that is gone." if path.is_symlink() else f"{gone}.") from None
    except OSError as error:
        raise DealError(f"{named} could not be read: {reason_of(error)}.") from error
    except ValueError:  # a null character in the name
        raise DealError("This is not the name of a file.") from None
    raise DealError(f"{named} is a folder, not a file." if path.is_dir() else f"{named} is not a file.")


def replace_file(target: Path, data: bytes, *, mode: int | None = None, backup: Path | None = None) -> None:
    """Let `target`, no link, hold `data`, whole or not at all, and let that reach the disk.

    A new file takes the place of the one before, with its mode, its group and, where the system allows it, its owner. A
    second name of the file before (a hard link) therefore keeps what it had: to write into a file that is still in use
    under another name, half of it could be lost.

    Args:
        mode: permissions of the file; None for those of the one before, or of any new one.
        backup: where what stood there before is kept.

    Raises:
        OSError: it cannot be written; what was there before is unchanged.
    """
    present = _present(target)
    temporary = _written(target, data, mode, present)
    try:
        if backup is not None and present is not None:
            _keep(target, backup)
        os.replace(temporary, target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _reach_disk(target.parent)
    _sweep(target.parent)


def _present(target: Path) -> os.stat_result | None:
    """What stands at a place; OSError where it may not be replaced."""
    try:
        found = os.stat(target)
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, "there is a folder of that name")
    if not stat.S_ISREG(found.st_mode):  # replacing a device would take it away from the whole system
        raise OSError(errno.EINVAL, "what has that name is not a file")
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, "the file is read-only")
    return found


def _written(target: Path, data: bytes, mode: int | None, present: os.stat_result | None) -> Path:
    """A temporary file beside `target` that holds `data` on the disk."""
    temporary = _beside(target)
    kept = stat.S_IMODE(present.st_mode) if mode is None and present is not None else mode
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(temporary, flags, 0o666 if kept is None else 0o600)  # nobody can have opened it before
        with open(handle, "wb") as file:
            if kept is not None:
                _allow(temporary, kept, present)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except FileNotFoundError as error:
        raise FileNotFoundError(errno.ENOENT, f"its folder {shown_path(target.parent)} is not there") from error
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _allow(file: Path, mode: int, present: os.stat_result | None) -> None:
    """Give a file the owner and group of the one before, and its mode; no group gets what was another group's."""
    if present is not None and hasattr(os, "chown"):
        try:
            try:
                os.chown(file, present.st_uid, present.st_gid)
            except PermissionError:  # only the system's administrator may give a file away
                os.chown(file, -1, present.st_gid)
        except OSError:
            mode = mode & ~0o070 | (mode & 0o007) << 3
    with suppress(PermissionError):  # a file system without permissions
        os.chmod(file, mode)


def _beside(target: Path) -> Path:
    return target.with_name(_TEMPORARY.replace("*", secrets.token_hex(8)))


def _sweep(folder: Path) -> None:
    """Take away the temporary files of processes that were killed while they wrote."""
    for left in folder.glob(_TEMPORARY):
        with suppress(OSError):
            if time() - left.stat().st_mtime > _ABANDONED:
                left.unlink()


def _keep(target: Path, backup: Path) -> None:
    """Let `target`'s present content stand as its backup too, without a moment in which neither stands whole."""
    staged = _beside(target)
    try:
        try:
            os.link(target, staged)
        except OSError:  # a file system without hard links
            shutil.copy2(target, staged)
        os.replace(staged, backup)
    except OSError as error:
        raise OSError(
            error.errno, f"the version before could not be kept as {shown_name(backup)} ({reason_of(error)})"
        ) from error
    finally:
        staged.unlink(missing_ok=True)


def _reach_disk(folder: Path) -> None:
    """Make the change of names last; where a folder cannot be opened for that (Windows), the system sees to it."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def companion(path: Path, before: str = "", after: str = "") -> Path:
    """The file beside `path` with its name between `before` and `after`; a name too long for that is cut short."""
    name = before + path.name + after
    if len(os.fsencode(name)) > LONGEST_NAME:
        whole = os.fsencode(path.name)
        mark = "~" + sha256(whole).hexdigest()[:8]
        room = LONGEST_NAME - len(os.fsencode(before + mark + after))
        name = before + whole[:room].decode(errors="ignore") + mark + after
    return path.with_name(name)


def shown_name(path: Path) -> str:
    """The name of a file in one line of at most 60 letters: what cannot be printed is escaped, the middle left out."""
    name = path.name or str(path)  # a folder such as `.` or the root has none
    if len(name) > _SHOWN_HEAD + 1 + _SHOWN_TAIL:
        name = f"{name[:_SHOWN_HEAD]}…{name[-_SHOWN_TAIL:]}"
    return _printable(name)


def shown_path(path: Path) -> str:
    """A path in one line, as `shown_name`, its folders in full."""
    folder = _printable(str(path.parent)).removesuffix(os.sep)
    return f"{folder}{os.sep}{shown_name(path)}" if len(path.parts) > 1 else shown_name(path)


def _printable(text: str) -> str:
    return "".join(each if each.isprintable() or each in _JOINERS else ascii(each)[1:-1] for each in text)


def reason_of(error: OSError) -> str:
    """Why the system refused, as the end of a sentence."""
    text = error.strerror or str(error) or type(error).__name__
    return text[:1].lower() + text[1:]
