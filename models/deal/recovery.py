"""Work not yet saved, kept aside for the case that the program does not get to save it."""

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from models.deal.files import dumps_deal, loads_deal
from models.deal.problems import DealError
from models.deal.schema import Deal
from models.deal.storage import reason_of, replace_file

_SUFFIX = ".recovery"
_FORMAT = 1


@dataclass(frozen=True)
class Recovery:
    """A deal as it was last worked on, beside the deal as saved.

    Attributes:
        deal: the deal with the changes nobody saved.
        saved: the deal as it was opened, made or last saved.
        path: its file, None where it never had one.
        digest: of the file's bytes when it was read or written last, as `digest_of` gives it.
        written: when this was kept.
    """

    deal: Deal
    saved: Deal
    path: str | None
    digest: str | None
    written: datetime


def write_recovery(recovery: Recovery, file: Path) -> None:
    """Keep unsaved work in `file`, whole or not at all, readable by its owner only.

    OSError where it cannot be written; what was kept there before is whole then.
    """
    fields = {
        "recovery": _FORMAT,
        "written": recovery.written.isoformat(timespec="seconds"),
        "path": recovery.path,
        "digest": recovery.digest,
        "saved": json.loads(dumps_deal(recovery.saved)),
        "deal": json.loads(dumps_deal(recovery.deal)),
    }
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(OSError):  # one that stood there already could be open to others, and be theirs
        file.parent.chmod(0o700)
    # ASCII, as the path can hold bytes that are no text
    replace_file(file, json.dumps(fields, allow_nan=False).encode(), mode=0o600)


def read_recovery(file: Path) -> Recovery:
    """The unsaved work kept in `file`; DealError, in sentences, where it cannot be read or holds no valid deal."""
    try:
        fields = json.loads(file.read_bytes())
    except OSError as error:
        raise DealError(f"The unsaved work could not be read: {reason_of(error)}.") from error
    except (ValueError, RecursionError):
        fields = None
    if not isinstance(fields, dict) or fields.get("recovery") != _FORMAT:
        raise DealError("The unsaved work kept here is damaged, or was kept by another version of the program.")
    path, digest = fields.get("path"), fields.get("digest")
    try:
        written = datetime.fromisoformat(str(fields.get("written")))
    except ValueError:
        written = datetime.fromtimestamp(file.stat().st_mtime)
    return Recovery(
        _deal(fields, "deal"),
        _deal(fields, "saved"),
        path if isinstance(path, str) else None,
        digest if isinstance(digest, str) else None,
        written,
    )


def new_recovery_file(folder: Path) -> Path:
    """A file in `folder` for the unsaved work of one run; it is not made yet."""
    return folder / f"{uuid4().hex}{_SUFFIX}"


def recovery_files(folder: Path) -> tuple[Path, ...]:
    """The files of unsaved work in a folder, the newest first; none where there is no such folder."""
    try:
        with os.scandir(folder) as entries:
            found = [(entry.stat().st_mtime, entry.path) for entry in entries if entry.name.endswith(_SUFFIX)]
    except OSError:
        return ()
    return tuple(Path(path) for _, path in sorted(found, reverse=True))


def _deal(fields: dict[str, object], name: str) -> Deal:
    return loads_deal(json.dumps(fields.get(name)).encode())
