"""Deal files: reading them safely and writing them so that no crash or full disk leaves half of one."""

import json
import os
import secrets
import shutil
import stat
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from time import time
from typing import NamedTuple

from models.deal.migrations import migrated
from models.deal.paths import deal_from
from models.deal.problems import DealError
from models.deal.reading import LARGEST_FILE, fields_of
from models.deal.schema import Deal

BACKUP_SUFFIX = ".bak"
_TEMPORARY = ".backstop-*.tmp"
_ABANDONED = 3600.0  # seconds after which a temporary file is what a killed process left behind
# Fields that later parts of the program added: a file without them stays without them.
_ABSENT_WHERE_NONE = (
    ("vendor_name",),
    ("clauses",),
    ("valid_days",),
    ("scenarios",),
    ("uncertainty", "delivery_delay_months"),
    ("uncertainty", "default_curve"),
    ("uncertainty", "sampling"),
    ("uncertainty", "capital_confidence"),
)


def loads_deal(data: bytes) -> Deal:
    """The deal that the bytes of a deal file describe; DealError with every problem found, in sentences."""
    return deal_from(migrated(fields_of(data)))


class Stored(NamedTuple):
    """A deal as its file holds it, with the digest of the file's bytes."""

    deal: Deal
    digest: str


def load_deal(path: str | os.PathLike[str]) -> Deal:
    """The deal in the file at `path`; DealError where the file cannot be read or holds no valid deal."""
    return load_stored(path).deal


def load_stored(path: str | os.PathLike[str]) -> Stored:
    """The deal in the file at `path` with the digest of what was read; DealError as `load_deal`."""
    data = _read(Path(path))
    return Stored(loads_deal(data), _digest(data))


def digest_of(path: str | os.PathLike[str]) -> str | None:
    """The digest of the bytes now in the file at `path`, to tell whether it was changed; None where it is not there."""
    try:
        return _digest(_read(Path(path)))
    except DealError:
        return None


def dumps_deal(deal: Deal) -> bytes:
    """The bytes of the deal's file: JSON in UTF-8, fields in the order of the schema, numbers as they were given."""
    data = deal.model_dump(by_alias=True)
    for *parents, name in _ABSENT_WHERE_NONE:
        holder = data
        for parent in parents:
            holder = holder[parent]
        if holder[name] is None:
            del holder[name]
    data["credit_support"] = [{"kind": support["kind"], **support} for support in data["credit_support"]]
    return (json.dumps(data, indent=1, ensure_ascii=False, allow_nan=False) + "\n").encode()


def save_deal(deal: Deal, path: str | os.PathLike[str]) -> str:
    """Write the deal to `path`, whole or not at all; the version before stays beside it as `.bak`.

    Returns the digest of the bytes written, as `digest_of` would give it.

    The bytes are read back as a deal before anything is written, go to a temporary file in the same folder, reach
    the disk, and then take the place of the old file, whose mode they keep. A symbolic link stays one. DealError
    where the deal is not valid or the file cannot be written; the old file is whole then.
    """
    data = dumps_deal(deal)
    if loads_deal(data) != deal:
        raise DealError("The deal would not read back as it is, so it was not saved.")
    target = Path(os.path.realpath(path))
    try:
        _replace(target, data)
    except OSError as error:
        raise DealError(
            f"{target.name} could not be saved: {_reason(error)}. What was there before is unchanged."
        ) from error
    return _digest(data)


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()


def _read(path: Path) -> bytes:
    try:
        regular = stat.S_ISREG(path.stat().st_mode)  # a pipe would keep the program waiting
        if regular:
            with path.open("rb") as file:
                return file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise DealError(f"There is no file {path}.") from None
    except OSError as error:
        raise DealError(f"{path} could not be read: {_reason(error)}.") from error
    except ValueError:  # a null character in the name
        raise DealError("This is not the name of a file.") from None
    raise DealError(f"{path} is a folder, not a file." if path.is_dir() else f"{path} is not a file.")


def _replace(target: Path, data: bytes) -> None:
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(0, "the file is read-only")
    replace_file(target, data, backup=target.exists())


def replace_file(target: Path, data: bytes, *, mode: int | None = None, backup: bool = False) -> None:
    """Let `target` hold `data`, whole or not at all, and let that reach the disk.

    Args:
        mode: permissions of the file; None for those of the one that stood there, or else of a new one.
        backup: let what stood there before stay beside it as `.bak`.

    Raises:
        OSError: it cannot be written; what was there before is unchanged.
    """
    if mode is None and target.exists():
        mode = stat.S_IMODE(target.stat().st_mode)
    temporary = _written(target, data, mode)
    try:
        if backup:
            _keep_backup(target)
        os.replace(temporary, target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _reach_disk(target.parent)
    _sweep(target.parent)


def _written(target: Path, data: bytes, mode: int | None) -> Path:
    """A temporary file beside `target` that holds `data` on the disk."""
    temporary = _beside(target)
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        handle = os.open(temporary, flags, 0o666 if mode is None else 0o600)  # nobody can have opened it before
        with open(handle, "wb") as file:
            if mode is not None:
                os.chmod(temporary, mode)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _beside(target: Path) -> Path:
    return target.with_name(_TEMPORARY.replace("*", secrets.token_hex(8)))


def _sweep(folder: Path) -> None:
    """Take away the temporary files of processes that were killed while they wrote."""
    for left in folder.glob(_TEMPORARY):
        with suppress(OSError):
            if time() - left.stat().st_mtime > _ABANDONED:
                left.unlink()


def _keep_backup(target: Path) -> None:
    """Let `target`'s present content stand as its backup too, without a moment in which neither stands whole."""
    backup = target.with_name(target.name + BACKUP_SUFFIX)
    staged = _beside(target)
    try:
        try:
            os.link(target, staged)
        except OSError:  # a file system without hard links
            shutil.copy2(target, staged)
        os.replace(staged, backup)
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


def _reason(error: OSError) -> str:
    return (error.strerror or str(error) or type(error).__name__).lower()
