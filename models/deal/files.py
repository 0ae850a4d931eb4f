"""Deal files: reading them safely and writing them so that no crash or full disk leaves half of one."""

import json
import os
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from models.deal.migrations import migrated, version_of
from models.deal.paths import deal_from
from models.deal.problems import DealError
from models.deal.reading import LARGEST_FILE, fields_of
from models.deal.schema import SCHEMA, Deal
from models.deal.storage import BACKUP_SUFFIX, companion, read_file, reason_of, replace_file, shown_name

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
    """A deal as its file holds it, with the digest of the file's bytes and the schema they are written in."""

    deal: Deal
    digest: str
    schema: int = SCHEMA


def load_deal(path: str | os.PathLike[str]) -> Deal:
    """The deal in the file at `path`; DealError where the file cannot be read or holds no valid deal."""
    return load_stored(path).deal


def load_stored(path: str | os.PathLike[str]) -> Stored:
    """The deal in the file at `path` with the digest of what was read; DealError as `load_deal`."""
    data = _read(Path(path))
    fields = fields_of(data)
    return Stored(deal_from(migrated(fields)), _digest(data), version_of(fields))


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

    What an earlier version of the program wrote stays as `.schema-0.bak` (with its schema), which later saves leave
    alone.

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
        replace_file(target, data, backup=backup_of(target))
    except OSError as error:
        raise DealError(
            f"{shown_name(target)} could not be saved: {reason_of(error)}. What was there before is unchanged."
        ) from error
    except ValueError:  # a null character in the name
        raise DealError("This is not the name of a file.") from None
    return _digest(data)


def backup_of(path: Path) -> Path:
    """Where the deal in the file at `path` is kept when another takes its place."""
    try:
        schema = version_of(fields_of(_read(path)))
    except DealError:  # no deal, or none that can be read; it is kept all the same
        schema = SCHEMA
    return companion(path, after=BACKUP_SUFFIX if schema == SCHEMA else f".schema-{schema}{BACKUP_SUFFIX}")


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()


def _read(path: Path) -> bytes:
    return read_file(path, LARGEST_FILE + 1)
