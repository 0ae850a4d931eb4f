"""Workbooks built to harm whoever reads them, each made from a sound one so that nothing else is wrong with it."""

from __future__ import annotations

import io
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from functools import cache

from tests.models.workbook.written import deal_of, exported

SHEET, STRINGS, BOOK = "xl/worksheets/sheet2.xml", "xl/sharedStrings.xml", "xl/workbook.xml"
RELATIONS, TYPES = "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
MEGABYTE = 1_000_000


@cache
def sound() -> bytes:
    """A workbook as exported."""
    return exported(deal_of("seed 888"), "partner")


@cache
def sound_parts() -> Mapping[str, bytes]:
    """Its parts by name."""
    with zipfile.ZipFile(io.BytesIO(sound())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip file of parts, under whatever names."""
    bodies, entries = b"", []
    for name, content in parts:
        small = deflated(content)
        header = local_header(name, zlib.crc32(content), len(small), len(content))
        entries.append((name, header, len(bodies)))
        bodies += header + name.encode() + small
    return with_directory(bodies, entries)


def deflated(content: bytes) -> bytes:
    """Content packed as zip files hold it."""
    machine = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    return machine.compress(content) + machine.flush()


def local_header(name: str, crc: int, small: int, large: int) -> bytes:
    """What stands before a part in a zip file."""
    return struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 0, crc, small, large, len(name.encode()), 0)


def with_directory(bodies: bytes, entries: list[tuple[str, bytes, int]]) -> bytes:
    """Bodies with the directory of their parts: name, local header and offset of each."""
    directory = b""
    for name, header, offset in entries:
        directory += b"PK\x01\x02" + struct.pack("<H", 20) + header[4:30]
        directory += struct.pack("<3H2L", 0, 0, 0, 0, offset) + name.encode()
    count = len(entries)
    return bodies + directory + struct.pack(
        "<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(directory), len(bodies), 0
    )  # fmt: skip


def with_part(name: str, content: bytes) -> bytes:
    """The sound workbook with one part more, or with another one in its place."""
    return packed({**sound_parts(), name: content}.items())


def changed(name: str, pattern: bytes, put: bytes) -> bytes:
    """The sound workbook with the first match in a part replaced."""
    text, count = re.subn(pattern, lambda _match: put, sound_parts()[name], count=1, flags=re.DOTALL)
    assert count == 1, (name, pattern)
    return with_part(name, text)


def before(name: str, mark: bytes, put: bytes) -> bytes:
    """The sound workbook with something put in before a mark."""
    return changed(name, re.escape(mark), put + mark)


def patched(name: str, offset: int, form: str, value: int) -> bytes:
    """The sound workbook with one number in the directory entry of a part changed; the entry begins at offset 0."""
    data = bytearray(sound())
    at = data.rfind(name.encode()) - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    struct.pack_into(form, data, at + offset, value)
    return bytes(data)


def lying_bomb() -> bytes:
    """A part of 200 MB that declares 1,000 bytes."""
    small = deflated(bytes(200 * MEGABYTE))
    header = local_header(SHEET, 1234, len(small), 1000)
    return with_directory(header + SHEET.encode() + small, [(SHEET, header, 0)])


def overlapping_bomb() -> bytes:
    """Three hundred parts that share the bytes of one: small as each is, together they are large."""
    kernel = deflated(random.Random(1).randbytes(1000) * 190)
    bodies, entries = b"", []
    for name in (f"xl/worksheets/sheet{k}.xml" for k in range(300)):
        header = local_header(name, 7, len(kernel), 190_000)
        entries.append((name, header, len(bodies)))
        bodies += header + name.encode()
    return with_directory(bodies + kernel, entries)


def with_doctype(doctype: bytes, use: bytes) -> bytes:
    """Texts that begin with a document type, one of them made of its entity."""
    text = sound_parts()[STRINGS].replace(b"<sst", doctype + b"<sst", 1)
    return with_part(STRINGS, re.sub(rb"<t>[^<]*</t>", lambda _match: b"<t>" + use + b"</t>", text, count=1))


def laughs() -> bytes:
    """A billion laughs: ten entities, each ten times the one before."""
    lines = [b'<!ENTITY l0 "lol">']
    lines += [f'<!ENTITY l{k} "{f"&l{k - 1};" * 10}">'.encode() for k in range(1, 10)]
    return with_doctype(b"<!DOCTYPE sst [" + b"".join(lines) + b"]>", b"&l9;")


def other_encoding() -> bytes:
    """A document type written in UTF-16, where no search for bytes would find it."""
    text = sound_parts()[STRINGS].decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    return with_part(STRINGS, text.replace("<sst", '<!DOCTYPE sst [<!ENTITY a "b">]><sst', 1).encode("utf-16"))


def many_strings() -> bytes:
    """A million short texts."""
    return before(STRINGS, b"</sst>", numbered(b"<si><t>%x</t></si>", 1_000_000))


def many_names() -> bytes:
    """Half a million defined names."""
    return before(BOOK, b"</definedNames>", numbered(b'<definedName name="n%x">1</definedName>', 500_000))


def merges(count: int) -> bytes:
    """Merged cells, one pair below the other."""
    return (
        b"<mergeCells>" + b"".join(b'<mergeCell ref="A%d:B%d"/>' % (k, k) for k in range(1, count)) + b"</mergeCells>"
    )


def same_sheet_many_times() -> bytes:
    """Thirty sheets that are all read from one part."""
    return before(BOOK, b"</sheets>", b"".join(b'<sheet name="S%d" sheetId="%d" r:id="rId2"/>' % (k, 100 + k)
                                               for k in range(30)))  # fmt: skip


def numbered(form: bytes, count: int) -> bytes:
    """Something over and over, each time with another number in it."""
    return b"".join(form % (k * 7919 % 1_000_003) for k in range(count))


def letters(length: int) -> bytes:
    """Letters by chance, which pack badly."""
    return bytes(random.Random(3).choices(b"abcdefghijklmnop", k=length))


def row(content: bytes, number: int = 400) -> bytes:
    """The sound workbook with a row below all others of its inputs."""
    return before(SHEET, b"</sheetData>", b'<row r="%d">' % number + content + b"</row>")


def copied_formula(length: int, rows: int) -> bytes:
    """A formula that every cell of a large block shares, and that is to be written out for each of them."""
    first = b'<c r="A1000"><f t="shared" ref="A1000:Z%d" si="0">' % (1000 + rows) + b"1" + b"+A1" * length + b"</f></c>"
    lines = []
    for number in range(1000, 1000 + rows):
        cells = [b'<c r="%c%d"><f t="shared" si="0"/></c>' % (65 + k, number) for k in range(26)]
        if number == 1000:
            cells[0] = first
        lines.append(b'<row r="%d" ht="%d">' % (number, number * 7919 % 1000) + b"".join(cells) + b"</row>")
    return before(SHEET, b"</sheetData>", b"".join(lines))


def cell(put: bytes) -> bytes:
    """The sound workbook with another cell in the place of A1."""
    return changed(SHEET, rb'<c r="A1".*?</c>', put)


NOWHERE, LINKS, DOCTYPE = "whose name leads elsewhere", "links to other files", "defines a document type or entities"
FAR, TOO_MUCH, NO_SENSE = "far outside the exported sheets", "more cells and texts than any export", "makes no sense"
Kind = tuple[Callable[[], bytes], str]
FILES: Mapping[str, Kind] = {
    "an empty file": (lambda: b"", "not an Excel workbook"),
    "a text": (lambda: b"Date,Amount\n2027-01,5\n" * 50, "not an Excel workbook"),
    "a truncated zip": (lambda: sound()[: len(sound()) * 2 // 3], "cut off or damaged"),
    "a damaged part": (lambda: patched(SHEET, 16, "<L", 12345), "not whole"),
    "a compound file": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096), "by a password or in the old .xls"),
    "an encrypted part": (lambda: patched(SHEET, 8, "<H", 1), "protected by a password"),
    "an unknown packing": (lambda: patched(SHEET, 10, "<H", 14), "packed in a way"),
    "more than ten megabytes": (
        lambda: with_part("xl/media/picture1.png", random.Random(2).randbytes(11 * MEGABYTE)),
        "larger than 10 MB",
    ),
    "a zip bomb": (lambda: with_part(SHEET, bytes(100 * MEGABYTE)), "grows to more than 60 MB"),
    "a dense part": (lambda: with_part("xl/media/picture1.png", bytes(5 * MEGABYTE)), "more than 200-fold"),
    "a bomb that lies about its size": (lying_bomb, "more than 200-fold"),
    "a bomb of parts that overlap": (overlapping_bomb, "lie in the same place"),
    "an archive in the archive": (
        lambda: with_part("xl/inner.zip", packed([("a.xml", bytes(40 * MEGABYTE))])),
        "of a kind that no workbook needs",
    ),
    "a thousand parts": (
        lambda: packed([*sound_parts().items(), *((f"xl/worksheets/extra{k}.xml", b"<a/>") for k in range(1000))]),
        "more than 400 parts",
    ),
    "sizes of another age": (lambda: sound()[:-22] + b"PK\x06\x07" + bytes(16) + sound()[-22:], "far beyond"),
    "something before the zip": (lambda: b"PK\x03\x04" + sound(), "does not fit"),
    "something after the zip": (lambda: sound() + b"more", "does not fit"),
    "a path that leads out": (lambda: with_part("../../evil.xml", b"<a/>"), NOWHERE),
    "a path from the root": (lambda: with_part("/etc/evil.xml", b"<a/>"), NOWHERE),
    "a path of another system": (lambda: with_part("xl\\..\\..\\evil.xml", b"<a/>"), NOWHERE),
    "a part that is there twice": (lambda: packed([*sound_parts().items(), (SHEET, sound_parts()[SHEET])]), "twice"),
    "a part twice in other letters": (lambda: with_part(SHEET.replace("sheet2", "SHEET2"), b"<a/>"), "twice"),
    "macros": (lambda: with_part("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0"), "holds macros"),
    "the type of a workbook with macros": (
        lambda: changed(
            TYPES,
            rb"application/vnd\.openxmlformats-officedocument\.spreadsheetml\.sheet\.main\+xml",
            b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        ),
        "with macros",
    ),
    "a link to another workbook": (lambda: with_part("xl/externalLinks/externalLink1.xml", b"<a/>"), LINKS),
    "a relation to elsewhere": (
        lambda: before(
            RELATIONS,
            b"</Relationships>",
            b'<Relationship Id="rId99" Type="t" Target="file:///etc/passwd" TargetMode="External"/>',
        ),
        LINKS,
    ),
    "no workbook in it": (lambda: packed([("word/document.xml", b"<a/>")]), "cannot be read as a workbook"),
}
MARKUP: Mapping[str, Kind] = {
    "a name that leads to another workbook": (
        lambda: before(BOOK, b"</definedNames>", b'<definedName name="zz">[1]Other!$A$1</definedName>'),
        "leads to another file",
    ),
    "a billion laughs": (laughs, DOCTYPE),
    "an external entity": (
        lambda: with_doctype(b'<!DOCTYPE sst [<!ENTITY x SYSTEM "file:///etc/hostname">]>', b"&x;"),
        DOCTYPE,
    ),
    "a document type in another encoding": (other_encoding, DOCTYPE),
    "a cell far away": (lambda: row(b'<c r="XFD1048576"><v>1</v></c>', 1_048_576), FAR),
    "a column far away": (lambda: row(b'<c r="XFD400"><v>1</v></c>'), FAR),
    "a million cells at one place": (lambda: row(numbered(b'<c r="A400"><v>%d</v></c>', 300_000)), "stand in no order"),
    "cells that are nowhere": (lambda: row(numbered(b"<c><v>%d</v></c>", 300_000)), "do not say where they stand"),
    "more cells than any export": (
        lambda: before(SHEET, b"</sheetData>", numbered(b'<a b="%d"/>', 2_100_000)),
        TOO_MUCH,
    ),
    "a flood of merged cells": (
        lambda: before(SHEET, b"<pageMargins", merges(300_000)),
        "more than 1,000 merged cells",
    ),
    "a merge of everything": (
        lambda: before(SHEET, b"<pageMargins", b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
        FAR,
    ),
    "a text of megabytes": (
        lambda: before(STRINGS, b"</sst>", b"<si><t>" + letters(3 * MEGABYTE) + b"</t></si>"),
        "a text beyond all measure",
    ),
    "an attribute of megabytes": (
        lambda: before(STRINGS, b"</sst>", b'<si a="' + letters(3 * MEGABYTE) + b'"/>'),
        "a text beyond all measure",
    ),
    "a formula without end": (lambda: copied_formula(3000, 2), "is longer than any could be"),
    "a formula copied without end": (lambda: copied_formula(600, 2000), "is copied beyond all measure"),
    "a million texts": (many_strings, TOO_MUCH),
    "half a million names": (many_names, "more than 5,000 defined names"),
    "deep markup": (
        lambda: before(STRINGS, b"</sst>", b"<a>" * 200_000 + b"</a>" * 200_000),
        "nested too deeply",
    ),
    "markup cut off": (lambda: with_part(STRINGS, sound_parts()[STRINGS][:-20]), "not well formed"),
    "one part read as many sheets": (same_sheet_many_times, "leads to another part twice"),
    "a word where a number belongs": (lambda: cell(b'<c r="A1"><v>many</v></c>'), NO_SENSE),
    "a text that does not exist": (lambda: cell(b'<c r="A1" t="s"><v>999999</v></c>'), NO_SENSE),
    "a date that is none": (lambda: cell(b'<c r="A1" t="d"><v>soon</v></c>'), NO_SENSE),
    "a number beyond all digits": (lambda: cell(b'<c r="A1"><v>' + b"9" * 20_000 + b"</v></c>"), NO_SENSE),
}
HOSTILE = {**FILES, **MARKUP}
"""Every kind by what it is, with words of the sentence that refuses it."""
