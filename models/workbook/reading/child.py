"""The process that reads a workbook: bytes of the file in, one line of JSON out, and nothing else."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from typing import Any

from models.workbook.reading.archive import expanded_parts
from models.workbook.reading.cells import read_cells
from models.workbook.reading.confine import confine
from models.workbook.reading.limits import LARGEST_ANSWER, LARGEST_FILE
from models.workbook.reading.markup import check_markup
from models.workbook.reading.refusal import RefusedError

_PIECE = 1 << 16


def read_in_this_process() -> int:
    """Read a workbook from the standard input, write what was found to the standard output, and return the exit code.

    Found is an object: `found` with what `read_cells` gives, or `refused` with one sentence. The process sets its own
    limits first, so it is only ever called in a process that does nothing else.
    """
    confine()
    sys.modules.setdefault("numpy", None)  # type: ignore[arg-type]  # openpyxl would load it for types it never meets
    data = b"".join(_pieces(_descriptor(sys.stdin, 0), LARGEST_FILE + 1))
    content = json.dumps(_answer(data), ensure_ascii=True, separators=(",", ":"), allow_nan=False).encode()
    if len(content) > LARGEST_ANSWER:
        content = json.dumps({"refused": "The file holds more text than any exported workbook."}).encode()
    left = memoryview(content)
    out = _descriptor(sys.stdout, 1)
    while left:
        left = left[os.write(out, left[:_PIECE]) :]
    return 0


def examined(data: bytes) -> dict[str, Any]:
    """What the cells of a workbook hold, after every examination of its zip file and its markup.

    Raises:
        RefusedError: it is no workbook of ours, or one built to harm.
    """
    parts = expanded_parts(data)
    check_markup(parts)
    return read_cells(parts)


def _answer(data: bytes) -> dict[str, Any]:
    try:
        return {"found": examined(data)}
    except RefusedError as refusal:
        return {"refused": str(refusal)}
    except MemoryError:
        return {"refused": "Reading the file takes more memory than any exported workbook needs."}
    except Exception as error:
        return {"refused": f"The file is damaged: it cannot be read as a workbook ({type(error).__name__})."}


def _pieces(descriptor: int, most: int) -> Iterator[bytes]:
    while most > 0 and (piece := os.read(descriptor, min(_PIECE, most))):
        most -= len(piece)
        yield piece


def _descriptor(stream: Any, number: int) -> int:
    """The descriptor of a standard stream, of a program without a console too, whose streams Python does not open."""
    if stream is not None:
        return int(stream.fileno())
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - needed on one system only
        import msvcrt  # noqa: PLC0415 - exists on one system only

        kernel = ctypes.WinDLL("kernel32")
        kernel.GetStdHandle.restype = ctypes.c_void_p
        return msvcrt.open_osfhandle(kernel.GetStdHandle(-10 - number), os.O_BINARY)
    return number
