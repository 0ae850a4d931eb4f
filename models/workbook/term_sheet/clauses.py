"""Standing clauses: texts that counsel can edit, with places that each deal fills.

A file of clauses is plain text. Its first lines give a `title:` and, where it takes what it does not say itself from
another file, `based on:` with that file's name. `# Title` opens a section of the term sheet, `## Name` a clause in
it, a blank line ends a paragraph, `- ` begins a point. A line `[only with ...]` under the name of a clause leaves the
clause out of deals without such a thing. `{words}` are places that a deal fills. Lines that begin with `%` are notes
for whoever edits the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from models.resources import resource
from models.workbook.term_sheet.blocks import Block, Paragraph, Points
from models.workbook.term_sheet.order import TITLES

FOLDER = "term_sheets"
DEFAULT = "standard"
LONGEST = 1500
_PLACE = re.compile(r"\{([^{}]*)\}")
_ONLY = re.compile(r"\[only with (.+)\]")


class ClauseError(ValueError):
    """A file of clauses that cannot be used; the message says where and why."""


@dataclass(frozen=True)
class Clause:
    """One standing clause before its places are filled; `line` is where it begins in its file."""

    file: str
    line: int
    name: str
    needs: tuple[str, ...]
    blocks: tuple[Block, ...]


Clauses = Mapping[str, tuple[Clause, ...]]
"""Clauses by the title of their section."""


def clauses_of(name: str) -> Clauses:
    """The clauses of a shipped file by the name that a deal gives.

    Raises:
        ClauseError: the file is missing or broken.
    """
    return _read(name, ())


def _read(name: str, seen: tuple[str, ...]) -> Clauses:
    file = f"{name}.txt"
    if name in seen:
        raise ClauseError(
            f"The standing clauses cannot be used: {seen[-1]}.txt is based on {file}, which is based on it in turn."
        )
    try:
        text = resource(FOLDER, file).read_text(encoding="utf-8")
    except (FileNotFoundError, ValueError) as error:
        why = "is not in UTF-8" if isinstance(error, UnicodeDecodeError) else "is missing"
        raise ClauseError(f"The standing clauses cannot be used: {file} {why}.") from error
    own, base = parse(text, file)
    return {**_read(base, (*seen, name)), **own} if base else own


def parse(text: str, file: str) -> tuple[Clauses, str]:
    """The clauses of a file's text, and the name of the file it is based on, "" where there is none.

    Raises:
        ClauseError: a line is not what may stand there; the message names file and line.
    """
    parser = _Parser(file)
    for number, line in enumerate(text.splitlines(), start=1):
        parser.take(number, line.rstrip())
    return parser.done()


class _Parser:
    """Reads one file line by line."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._number = 0
        self._head: dict[str, str] = {}
        self._sections: dict[str, list[Clause]] = {}
        self._section = ""
        self._clause: tuple[int, str] | None = None
        self._needs: tuple[str, ...] = ()
        self._blocks: list[Block] = []
        self._words: list[str] = []
        self._points: list[str] = []

    def take(self, number: int, line: str) -> None:
        self._number = number
        if not line.isprintable():
            raise self._wrong("holds a character that cannot be printed")
        if line.startswith("%"):
            return
        if line.startswith("##"):
            self._end_clause()
            self._begin_clause(line[2:].strip())
        elif line.startswith("#"):
            self._end_clause()
            self._begin_section(line[1:].strip())
        elif not self._section:
            self._take_head(line)
        elif line and self._clause is None:
            raise self._wrong('stands before the first clause of its section; begin one with "## " and its name')
        elif line:
            self._take_text(line)
        else:
            self._end_paragraph()

    def done(self) -> tuple[Clauses, str]:
        self._end_clause()
        if not self._head.get("title"):
            self._number = 1
            raise self._wrong('is not preceded by "title:" and what these clauses are called')
        return {title: tuple(found) for title, found in self._sections.items()}, self._head.get("based on", "")

    def _take_head(self, line: str) -> None:
        if not line:
            return
        word, colon, value = (part.strip() for part in line.partition(":"))
        if word not in ("title", "based on") or not colon or not value:
            raise self._wrong('is neither "title: ...", "based on: ..." nor the "# " of a section')
        self._head[word] = value

    def _begin_section(self, title: str) -> None:
        if title not in TITLES:
            near = get_close_matches(title, TITLES, n=1)
            hint = f'; did you mean "{near[0]}"?' if near else f"; there are {', '.join(TITLES)}"
            raise self._wrong(f'opens "{title}", which is no section of the term sheet{hint}')
        if title in self._sections:
            raise self._wrong(f'opens "{title}" a second time')
        self._section = title
        self._sections[title] = []

    def _begin_clause(self, name: str) -> None:
        if not self._section:
            raise self._wrong('begins a clause outside any section; open one with "# " and its title')
        if not name:
            raise self._wrong("begins a clause without a name")
        self._clause = (self._number, name)

    def _take_text(self, line: str) -> None:
        only = _ONLY.fullmatch(line)
        if only:
            if self._blocks or self._words or self._points:
                raise self._wrong("stands after the text of its clause; it belongs under the name")
            need = only[1].strip()
            if need not in CONDITIONS:
                near = get_close_matches(need, CONDITIONS, n=1)
                hint = f'did you mean "{near[0]}"?' if near else f"there are {', '.join(CONDITIONS)}"
                raise self._wrong(f'asks for "{need}", which is unknown; {hint}')
            self._needs = (*self._needs, need)
        elif line.startswith("- "):
            if self._words:
                self._end_paragraph()
            self._points.append(line[2:].strip())
        elif self._points:
            self._points[-1] += f" {line.strip()}"
        else:
            self._words.append(line.strip())
        self._check_places(line)

    def _check_places(self, line: str) -> None:
        if re.search(r"[{}]", _PLACE.sub("", line)):
            raise self._wrong("holds a brace without its partner; places are written {like this}")
        for place in _PLACE.findall(line):
            if place not in PLACES:
                near = get_close_matches(place, PLACES, n=1)
                hint = f"did you mean {{{near[0]}}}?" if near else f"there are {', '.join(PLACES)}"
                raise self._wrong(f"has the place {{{place}}}, which nothing fills; {hint}")

    def _end_paragraph(self) -> None:
        if self._words:
            text = " ".join(self._words)
            if len(text) > LONGEST:
                raise self._wrong(f"ends a paragraph of {len(text):,} characters; at most {LONGEST:,} are allowed")
            self._blocks.append(Paragraph(text))
        if self._points:
            self._blocks.append(Points(tuple(self._points)))
        self._words, self._points = [], []

    def _end_clause(self) -> None:
        self._end_paragraph()
        if self._clause is None:
            return
        line, name = self._clause
        if not self._blocks:
            self._number = line
            raise self._wrong(f'begins the clause "{name}", which says nothing')
        self._sections[self._section].append(Clause(self._file, line, name, self._needs, tuple(self._blocks)))
        self._clause, self._needs, self._blocks = None, (), []

    def _wrong(self, why: str) -> ClauseError:
        return ClauseError(f"The standing clauses cannot be used: line {self._number} of {self._file} {why}.")


PLACES = (
    "vendor", "partner", "country", "currency", "date", "valid until", "valid days", "first delivery", "last delivery",
    "first month", "last month", "first repayment", "cure period", "enforcement period", "lock-up cover",
    "settlement of the commitment", "settlement of the share", "longstop date", "number of GPUs", "interest on arrears",
)  # fmt: skip
"""What a clause can name of a deal."""

CONDITIONS = (
    "capacity commitment", "debt guarantee", "lease guarantee", "residual value guarantee", "letter of credit",
    "any support", "revenue share", "deferred price", "longstop date", "lock-up cover", "country",
    "interest on arrears",
)  # fmt: skip
"""What a clause can depend on."""


def filled(clauses: tuple[Clause, ...], places: Mapping[str, str], given: frozenset[str]) -> Iterator[Clause]:
    """The clauses that this deal needs, with their places filled.

    Raises:
        ClauseError: a clause names a place that this deal leaves empty.
    """
    for clause in clauses:
        if all(need in given for need in clause.needs):
            blocks = tuple(_filled(block, clause, places) for block in clause.blocks)
            yield Clause(clause.file, clause.line, clause.name, clause.needs, blocks)


def _filled(block: Block, clause: Clause, places: Mapping[str, str]) -> Block:
    def fill(text: str) -> str:
        return _PLACE.sub(lambda place: value(place[1]), text)

    def value(place: str) -> str:
        if not places.get(place):
            raise ClauseError(
                f'The standing clauses cannot be used: the clause "{clause.name}" in line {clause.line} of '
                f"{clause.file} names the {place}, which this deal does not have; let the clause depend on it with "
                "[only with ...]."
            )
        return places[place]

    match block:
        case Paragraph(text):
            return Paragraph(fill(text))
        case Points(points):
            return Points(tuple(map(fill, points)))
        case _:
            return block
