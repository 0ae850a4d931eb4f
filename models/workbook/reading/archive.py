"""The zip file of a workbook, examined before anything in it is parsed. What it declares is checked, never believed."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from itertools import pairwise

from models.workbook.reading.limits import (
    HIGHEST_RATIO,
    LARGEST_EXPANDED,
    LARGEST_FILE,
    LONGEST_PART_NAME,
    MOST_PARTS,
    SMALL_PART,
)
from models.workbook.reading.refusal import RefusedError, quoted

_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCAL, _END, _END64 = b"PK\x03\x04", b"PK\x05\x06", b"PK\x06\x07"
_END_LENGTH, _END64_LENGTH, _LOCAL_LENGTH = 22, 20, 30
_LONGEST_COMMENT = 65_535
_LARGEST_DIRECTORY = MOST_PARTS * (46 + 3 * LONGEST_PART_NAME)
_PIECE = 1 << 18
_STORED, _DEFLATED = 0, 8
_ENCRYPTED = 0x1
_PART_NAME = re.compile(r"[A-Za-z0-9 ._()\[\]{}~#@%&+,=!$'-]+(?:/[A-Za-z0-9 ._()\[\]{}~#@%&+,=!$'-]+)*/?")
_KNOWN_KINDS = (".xml", ".rels", ".vml", ".bin", ".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".svg", "/")
_PROGRAMS = re.compile(r"vba|macrosheet|activex|ctrlprop", re.IGNORECASE)
_OUTSIDE = re.compile(
    r"externallink|querytable|/connections|customdata|webextension|embeddings|dialogsheet", re.IGNORECASE
)


def expanded_parts(data: bytes) -> dict[str, bytes]:
    """Every part of a workbook, expanded, by its name.

    Each part is expanded piece by piece, and no further once a limit is passed, whatever sizes the file declares.

    Raises:
        RefusedError: it is no workbook, is protected, or is built to harm whoever reads it.
    """
    if len(data) > LARGEST_FILE:
        raise RefusedError(f"The file is larger than {LARGEST_FILE // 1_000_000} MB; an exported workbook is smaller.")
    if data.startswith(_OLD):
        raise RefusedError("The file is protected by a password or in the old .xls format; save it as .xlsx without.")
    if not data.startswith(_LOCAL):
        raise RefusedError("The file is not an Excel workbook.")
    entries = _directory(data)
    for entry in entries:
        _check_entry(entry)
    _check_names(entries)
    _check_places(data, entries)
    return dict(_expanded(data, entries))


def _directory(data: bytes) -> list[zipfile.ZipInfo]:
    """The entries of the directory at the end of the file, after a look whether it is one at all."""
    end = data.rfind(_END, max(0, len(data) - _END_LENGTH - _LONGEST_COMMENT))
    if end < 0 or end + _END_LENGTH > len(data):
        raise RefusedError("The file is cut off or damaged: its directory is missing.")
    disk, first, here, count, size, start, comment = struct.unpack_from("<4H2LH", data, end + 4)
    if data[max(0, end - _END64_LENGTH) :].startswith(_END64) or 0xFFFF in (disk, here, count):
        raise RefusedError("The file is built for sizes far beyond a workbook.")
    if count > MOST_PARTS or size > _LARGEST_DIRECTORY:
        raise RefusedError(f"The file holds more than {MOST_PARTS} parts; an exported workbook holds about thirty.")
    if disk or first or here != count or start + size != end or end + _END_LENGTH + comment != len(data):
        raise RefusedError("The file is cut off or damaged: its directory does not fit it.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, struct.error, RuntimeError) as error:
        raise RefusedError("The file is cut off or damaged: its directory cannot be read.") from error
    if len(entries) != count:
        raise RefusedError("The file is damaged: its directory names another number of parts than it holds.")
    return entries


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.orig_filename
    shown = quoted(name)
    if len(name) > LONGEST_PART_NAME or not _PART_NAME.fullmatch(name) or ".." in name.split("/"):
        raise RefusedError(f"The file holds a part whose name leads elsewhere: {shown}.")
    if entry.flag_bits & _ENCRYPTED or name in ("EncryptedPackage", "EncryptionInfo"):
        raise RefusedError("The file is protected by a password; save it without.")
    if entry.compress_type not in (_STORED, _DEFLATED):
        raise RefusedError(f"The part {shown} is packed in a way that workbooks do not use.")
    if _PROGRAMS.search(name):
        raise RefusedError(f"The file holds macros or controls ({shown}); a returned workbook must have none.")
    if not name.lower().endswith(_KNOWN_KINDS):
        raise RefusedError(f"The file holds a part of a kind that no workbook needs: {shown}.")
    if _OUTSIDE.search(name):
        raise RefusedError(f"The file has links to other files or data sources ({shown}); remove them.")
    if entry.file_size > LARGEST_EXPANDED:
        raise _too_large()
    if entry.file_size > max(SMALL_PART, HIGHEST_RATIO * entry.compress_size):
        raise _too_dense(name)


def _check_names(entries: list[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for entry in entries:
        name = entry.orig_filename.rstrip("/").casefold()
        if name in seen:
            raise RefusedError(f"The file holds the part {quoted(entry.orig_filename)} twice.")
        seen.add(name)
    if sum(entry.file_size for entry in entries) > LARGEST_EXPANDED:
        raise _too_large()


def _check_places(data: bytes, entries: list[zipfile.ZipInfo]) -> None:
    """No two parts share bytes of the file, and each is called the same where it stands as in the directory."""
    spans = sorted((entry.header_offset, _start(data, entry) + entry.compress_size) for entry in entries)
    if any(end > start for (_, end), (start, _) in pairwise(spans)):
        raise RefusedError("The file is built to harm: two of its parts lie in the same place.")
    if spans and spans[-1][1] > len(data):
        raise RefusedError("The file is cut off: a part reaches beyond its end.")


def _start(data: bytes, entry: zipfile.ZipInfo) -> int:
    """Where the packed bytes of a part begin."""
    at = entry.header_offset
    if data[at : at + 4] != _LOCAL or at + _LOCAL_LENGTH > len(data):
        raise RefusedError("The file is damaged: a part is not where its directory says.")
    name_length, extra_length = struct.unpack_from("<2H", data, at + 26)
    name = data[at + _LOCAL_LENGTH : at + _LOCAL_LENGTH + name_length]
    if name != entry.orig_filename.encode("utf-8"):
        raise RefusedError("The file is damaged: a part is called otherwise than its directory says.")
    return int(at + _LOCAL_LENGTH + name_length + extra_length)


def _expanded(data: bytes, entries: list[zipfile.ZipInfo]) -> Iterator[tuple[str, bytes]]:
    left = LARGEST_EXPANDED
    for entry in entries:
        start = _start(data, entry)
        packed = memoryview(data)[start : start + entry.compress_size]
        content = bytes(packed) if entry.compress_type == _STORED else _inflated(packed, entry, left)
        left -= len(content)
        if left < 0:
            raise _too_large()
        if len(content) != entry.file_size or zlib.crc32(content) != entry.CRC:
            raise RefusedError(f"The file is damaged: the part {quoted(entry.orig_filename)} is not whole.")
        if not entry.orig_filename.endswith("/"):
            yield entry.orig_filename, content


def _inflated(packed: memoryview, entry: zipfile.ZipInfo, left: int) -> bytes:
    """A part expanded, but never to more than is left of all that is allowed."""
    most = max(SMALL_PART, HIGHEST_RATIO * len(packed))
    machine = zlib.decompressobj(-zlib.MAX_WBITS)
    pieces: list[bytes] = []
    length, source = 0, bytes(packed)
    try:
        while source and not machine.eof:
            piece = machine.decompress(source, _PIECE)
            source = machine.unconsumed_tail
            length += len(piece)
            pieces.append(piece)
            if length > most:
                raise _too_dense(entry.orig_filename)
            if length > left:
                raise _too_large()
    except zlib.error as error:
        raise RefusedError(f"The file is damaged: the part {quoted(entry.orig_filename)} is not whole.") from error
    return b"".join(pieces)


def _too_large() -> RefusedError:
    return RefusedError(
        f"The file grows to more than {LARGEST_EXPANDED // 1_000_000} MB when it is opened; "
        "an exported workbook stays far smaller."
    )


def _too_dense(name: str) -> RefusedError:
    return RefusedError(
        f"The file is built to harm: its part {quoted(name)} grows more than {HIGHEST_RATIO}-fold when it is opened."
    )
