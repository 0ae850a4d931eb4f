"""What is reported beside the changes of a redline, in sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

NoteKind = Literal[
    "formula", "cleared", "not a number", "not allowed", "name", "overwritten", "text", "ours", "agreed", "scope"
]
NOTE_TITLES: dict[NoteKind, str] = {
    "formula": "Inputs that became formulas",
    "cleared": "Inputs that were cleared",
    "not a number": "Inputs that hold no number",
    "not allowed": "Values that the deal does not allow",
    "name": "Names that were removed or lead elsewhere",
    "overwritten": "Formulas that were overwritten",
    "text": "Texts and fixed numbers that were changed",
    "ours": "Changed here since the issue, not by the sender",
    "agreed": "Changed to the same value on both sides",
    "scope": "What could not be compared",
}
"""Heading of each kind of note, in the order in which they are shown."""


@dataclass(frozen=True)
class RedlineNote:
    """One thing that was found and is not offered as a change: what kind, where, and a sentence.

    Attributes:
        place: sheet and cell, or the field in words.
    """

    kind: NoteKind
    place: str
    message: str


MOST_OF_A_KIND = 100


def ordered(notes: list[RedlineNote]) -> tuple[RedlineNote, ...]:
    """Notes by kind in the order of `NOTE_TITLES`, as found within each; of very many the first, and how many more."""
    listed: list[RedlineNote] = []
    for kind in NOTE_TITLES:
        found = [note for note in notes if note.kind == kind]
        listed += found[:MOST_OF_A_KIND]
        if len(found) > MOST_OF_A_KIND:
            listed.append(RedlineNote(kind, "Elsewhere", f"And {len(found) - MOST_OF_A_KIND} more of this kind."))
    return tuple(listed)
