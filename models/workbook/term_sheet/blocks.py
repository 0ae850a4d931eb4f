"""What a term sheet is made of, whoever prints it: sections of terms, each of paragraphs, points and tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Paragraph:
    """Words in full sentences."""

    text: str


@dataclass(frozen=True)
class Points:
    """A list of points, printed with (a), (b), (c)."""

    points: tuple[str, ...]

    def marked(self) -> Iterator[tuple[str, str]]:
        """Each point with its letter."""
        for k, point in enumerate(self.points):
            yield f"({letters(k)})", point


@dataclass(frozen=True)
class Grid:
    """A table: the first `words` columns hold words, the others figures; `total` marks the last row as their sum."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: int = 1
    total: bool = False

    def weights(self) -> tuple[float, ...]:
        """How much of the width each column wants: heads may wrap at every space, what stands below only where long."""
        columns = zip(self.head, *self.rows, strict=True)
        return tuple(
            3 + max(max(map(len, head.split()), default=1), len(head) / 3, *(min(_LONG, len(text)) for text in texts))
            for head, *texts in columns
        )


_LONG = 26
"""Letters of a text that wraps, so that a long name leaves room for the figures beside it."""

Block = Paragraph | Points | Grid
Terms = list[tuple[str, list[Block]]]
"""Names of terms and what is agreed, before they are numbered."""


def said(*sentences: str) -> list[Block]:
    """One paragraph of some sentences; empty ones are left out."""
    return [Paragraph(" ".join(filter(None, sentences)))]


@dataclass(frozen=True)
class Term:
    """One row of the term sheet, such as `5.3`, "Floor price", and what is agreed."""

    number: str
    name: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Section:
    """A numbered section and its terms."""

    number: int
    title: str
    terms: tuple[Term, ...]


@dataclass(frozen=True)
class TermSheet:
    """The whole document.

    Attributes:
        title: what the document is.
        deal: what the deal is called.
        facts: a few lines for its head, each a name and a value.
        notice: what must be read before anything else.
        mark: printed on every page, such as the edition.
    """

    title: str
    deal: str
    facts: tuple[tuple[str, str], ...]
    notice: str
    mark: str
    sections: tuple[Section, ...]

    def texts(self) -> Iterator[str]:
        """Every piece of text in the order of reading, numbers of terms and letters of points included."""
        yield from (self.title, self.deal)
        for name, value in self.facts:
            yield from (name, value)
        yield self.notice
        for section in self.sections:
            yield from (str(section.number), section.title)
            for term in section.terms:
                yield from (term.number, term.name)
                for block in term.blocks:
                    yield from _texts(block)


def _texts(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(text):
            yield text
        case Points():
            for mark, point in block.marked():
                yield from (mark, point)
        case Grid(head, rows):
            yield from head
            for row in rows:
                yield from row


def letters(number: int) -> str:
    """0 as a, 25 as z, 26 as aa."""
    first, last = divmod(number, 26)
    return (letters(first - 1) if first else "") + chr(ord("a") + last)
