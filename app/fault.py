"""A fault of the program as text: where it happened, and apart from that the words of the error.

The words can name figures of the deal, parties and files, so each of their lines begins with a mark of its own and a
report can leave them out.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from traceback import FrameSummary, extract_tb

WORDS = "| "
"""How a line begins that holds words of an error; no other line of a fault does."""
_WITHHELD = f"{WORDS}…"


def fault_text(error: BaseException) -> str:
    """An error with its causes: every frame as a place in the program, the kind of the error, and its marked words."""
    return "\n".join(line for link in _chain(error) for line in _lines(link)) + "\n"


def without_words(text: str) -> str:
    """The text of a fault less the words of its errors; one mark stands where they were."""
    kept: list[str] = []
    for line in text.splitlines():
        if not line.startswith(WORDS):
            kept.append(line)
        elif kept[-1:] != [_WITHHELD]:
            kept.append(_WITHHELD)
    return "\n".join(kept) + "\n"


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The first cause first, as Python prints them; of a group its members after it."""
    chain: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and link not in chain:
        chain.append(link)
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    for each in reversed(chain):
        yield each
        if isinstance(each, BaseExceptionGroup):
            for member in each.exceptions:
                yield from _chain(member)


def _lines(error: BaseException) -> Iterator[str]:
    yield "Traceback (most recent call last):"
    for frame in extract_tb(error.__traceback__):
        yield f"  {_place(frame)}, line {frame.lineno}, in {frame.name}"
        if frame.line:
            yield f"    {frame.line}"
    kind = type(error)
    yield kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    for words in (str(error), *getattr(error, "__notes__", ())):
        yield from (f"{WORDS}{line}" for line in words.splitlines())


def _place(frame: FrameSummary) -> str:
    """The file of a frame below where modules are found, so that no folder of the user is named."""
    name = os.path.normpath(frame.filename)
    bases = [os.path.normpath(base) for base in (*sys.path, os.path.dirname(os.path.dirname(__file__))) if base]
    below = [os.path.relpath(name, base) for base in bases if name.startswith(base + os.sep)]
    return min(below, key=len).replace(os.sep, "/") if below else os.path.basename(name)
