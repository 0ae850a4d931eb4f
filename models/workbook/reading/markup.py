"""The markup of a workbook's parts, walked through once, before any library makes anything of it.

The walker builds nothing: it counts, and refuses what no spreadsheet program writes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.parsers import expat

from models.workbook.reading.limits import (
    COLUMNS,
    DEEPEST,
    LONGEST_ATTRIBUTE,
    LONGEST_FORMULA,
    LONGEST_TEXT,
    MOST_COPIED,
    MOST_ELEMENTS,
    MOST_MERGES,
    MOST_NAMES,
    MOST_SHEETS,
    ROWS,
)
from models.workbook.reading.refusal import RefusedError, quoted

_MARKUP = (".xml", ".rels", ".vml")
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_LINKED = re.compile(r"\[\d+\]|\[[^\]]*\.xl|\|")
_DOUBTFUL = "The file is built to harm"


def check_markup(parts: Mapping[str, bytes]) -> None:
    """Refuse what is in the markup of any part: definitions of entities, depth, masses, far cells, links to elsewhere.

    Raises:
        RefusedError: with the sentence that says which.
    """
    if sum(content.count(b"<") for content in parts.values()) > 2 * MOST_ELEMENTS:
        raise _too_many()
    left = MOST_ELEMENTS
    for name, content in parts.items():
        if name.lower().endswith(_MARKUP):
            left -= _Walker(name, left).walk(content)


class _Walker:
    """One pass through one part."""

    def __init__(self, name: str, left: int) -> None:
        self._name = name
        self._left = left
        self._elements = 0
        self._depth = 0
        self._text = 0
        self._kind = ""
        self._counts = {"mergeCell": 0, "definedName": 0, "sheet": 0}
        self._in_sheet = _SHEET.fullmatch(name) is not None
        self._defined = ""
        self._row = 0
        self._column = 0
        self._sharing = 0
        self._longest = 0
        self._led_to: set[str] = set()

    def walk(self, content: bytes) -> int:
        """The number of elements in the part."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._doctype
        parser.ExternalEntityRefHandler = self._doctype
        try:
            parser.Parse(content, True)
        except expat.ExpatError as error:
            raise RefusedError(f"The file is damaged: its part {quoted(self._name)} is not well formed.") from error
        return self._elements

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        self._depth += 1
        self._text = 0
        if self._elements > self._left:
            raise _too_many()
        if self._depth > DEEPEST:
            raise RefusedError(f"{_DOUBTFUL}: the part {quoted(self._name)} is nested too deeply.")
        kind = name.rpartition(":")[2]
        self._kind = kind
        if self._in_sheet and kind in ("c", "row"):
            self._place(kind, attributes.get("r"))
            return
        for value in attributes.values():
            if len(value) > LONGEST_ATTRIBUTE:
                raise RefusedError(f"{_DOUBTFUL}: the part {quoted(self._name)} holds a text beyond all measure.")
        if kind == "f":
            self._sharing += attributes.get("t") == "shared"
            if self._sharing * self._longest > MOST_COPIED:
                raise RefusedError(f"{_DOUBTFUL}: a formula of {quoted(self._name)} is copied beyond all measure.")
        elif kind in self._counts:
            self._count(kind, attributes)
        elif kind == "Relationship":
            self._relation(attributes)
        elif "macroEnabled" in attributes.get("ContentType", ""):
            raise RefusedError("The file is a workbook with macros; save it as .xlsx without.")

    def _count(self, kind: str, attributes: dict[str, str]) -> None:
        self._counts[kind] += 1
        most, words = {
            "mergeCell": (MOST_MERGES, "merged cells"),
            "definedName": (MOST_NAMES, "defined names"),
            "sheet": (MOST_SHEETS, "sheets"),
        }[kind]
        if self._counts[kind] > most:
            raise RefusedError(f"The file has more than {most:,} {words}; an exported workbook has far fewer.")
        if kind == "sheet":
            self._once(next((value for name, value in attributes.items() if name.endswith(":id")), ""))
        if kind == "mergeCell":
            for end in attributes.get("ref", "").split(":"):
                self._cell(end)
        self._defined = ""

    def _relation(self, attributes: dict[str, str]) -> None:
        if attributes.get("TargetMode", "").lower() == "external":
            raise RefusedError("The file has links to other files or addresses; remove them.")
        self._once(attributes.get("Target", ""))

    def _once(self, target: str) -> None:
        """One part, read for many sheets, would make a small file a large one."""
        if target in self._led_to:
            raise RefusedError(f"{_DOUBTFUL}: the part {quoted(self._name)} leads to another part twice.")
        self._led_to.add(target)

    def _place(self, kind: str, reference: str | None) -> None:
        """Rows and cells follow one another, each says where it stands, and none stands far outside."""
        if reference is None:
            raise RefusedError(f"The file is damaged: cells of {quoted(self._name)} do not say where they stand.")
        if kind == "row":
            if not reference.isascii() or not reference.isdigit() or not 0 < int(reference[:9]) <= ROWS:
                raise _far(self._name, f"row {reference[:12]}")
            here = (int(reference), 0)
        else:
            here = self._cell(reference)
        if here <= (self._row, self._column):
            raise RefusedError(f"The file is damaged: cells of {quoted(self._name)} stand in no order.")
        self._row, self._column = here

    def _cell(self, reference: str) -> tuple[int, int]:
        match = _CELL.fullmatch(reference)
        if match is None or int(match[2]) > ROWS or _column(match[1]) > COLUMNS:
            raise _far(self._name, f"cell {reference[:12]}")
        return int(match[2]), _column(match[1])

    def _characters(self, text: str) -> None:
        self._text += len(text)
        if self._text > LONGEST_TEXT:
            raise RefusedError(f"{_DOUBTFUL}: the part {quoted(self._name)} holds a text beyond all measure.")
        if self._kind == "f":
            self._longest = max(self._longest, self._text)
            if self._text > LONGEST_FORMULA:
                raise RefusedError(f"{_DOUBTFUL}: a formula of {quoted(self._name)} is longer than any could be.")
        elif self._kind == "definedName":
            self._defined += text
            if _LINKED.search(self._defined):
                raise RefusedError("The file has a defined name that leads to another file; remove it.")

    def _end(self, _name: str) -> None:
        self._depth -= 1
        self._kind = ""

    def _doctype(self, *_said: object) -> int:
        raise RefusedError(f"{_DOUBTFUL}: the part {quoted(self._name)} defines a document type or entities.")


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _far(part: str, place: str) -> RefusedError:
    return RefusedError(f"Something stands at {quoted(place)} of {quoted(part)}, far outside the exported sheets.")


def _too_many() -> RefusedError:
    return RefusedError("The file holds more cells and texts than any exported workbook.")
