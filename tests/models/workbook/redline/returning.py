"""Workbooks as they come back: exported, changed in some cells, and read as a redline."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

from models.deal.schema import Deal
from models.workbook.redline.notes import NoteKind
from models.workbook.redline.redline import Redline, read_redline
from tests.agreement.reading import read_book


def with_cells(content: bytes, cells: Mapping[tuple[str, str], str]) -> bytes:
    """The workbook with other content in some cells, by sheet and address.

    The content is as typed: `=1+1` a formula, `'text` a text, `TRUE` a truth, `#N/A` an error, "" nothing, else a
    number.
    """
    book = read_book(content)
    parts = dict(book.parts)
    for (sheet, address), typed in cells.items():
        name = book.sheets[sheet].part
        before, found, after = _around(parts[name].decode(), address)
        style = re.search(r' s="\d+"', found)
        put = cell_markup(address, typed).replace("<c", f"<c{style[0] if style else ''}", 1)
        parts[name] = f"{before}{put}{after}".encode()
    return zipped(parts)


def _around(text: str, address: str) -> tuple[str, str, str]:
    """A sheet before a cell, the head of the cell, and the sheet after it."""
    match = re.search(rf'<c r="{address}"[^>]*?(?:/>|>.*?</c>)', text)
    assert match is not None, address
    return text[: match.start()], match[0].partition(">")[0], text[match.end() :]


def cell_markup(address: str, typed: str) -> str:
    """A cell that holds what was typed."""
    if typed == "":
        return f'<c r="{address}"/>'
    if typed.startswith("="):
        return f'<c r="{address}"><f>{escape(typed[1:])}</f><v>7</v></c>'
    if typed.startswith("'"):
        return f'<c r="{address}" t="inlineStr"><is><t>{escape(typed[1:])}</t></is></c>'
    kind = ' t="b"' if typed in ("TRUE", "FALSE") else ' t="e"' if typed.startswith("#") else ""
    return f'<c r="{address}"{kind}><v>{ {"TRUE": "1", "FALSE": "0"}.get(typed, typed) }</v></c>'


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """A zip file of parts."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return memory.getvalue()


def with_part(content: bytes, name: str, pattern: str, put: str) -> bytes:
    """The workbook with the first match of a pattern in one of its parts replaced."""
    parts = dict(read_book(content).parts)
    text, count = re.subn(pattern, lambda _found: put, parts[name].decode(), count=1, flags=re.DOTALL)
    assert count == 1, pattern
    return zipped({**parts, name: text.encode()})


def redline_of(deal: Deal, content: bytes, folder: Path) -> Redline:
    """The redline of a workbook against a deal."""
    path = folder / "returned.xlsx"
    path.write_bytes(content)
    return read_redline(deal, path)


def messages(redline: Redline, kind: NoteKind) -> list[str]:
    """The sentences of one kind of note."""
    return [note.message for note in redline.notes if note.kind == kind]
