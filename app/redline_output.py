"""What the command line prints of a redline: for people, or as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby

import models

MINUS = "\N{MINUS SIGN}"


def redline_json(redline: models.Redline) -> str:
    """The redline with every key figure, for each change alone and for all together; values as in the deal file."""
    said = {
        "file": redline.name,
        "deal": redline.deal.name,
        "edition": redline.edition,
        "issued": redline.date,
        "export": redline.export,
        "changed_since": redline.changed_since,
        "figures": dict(redline.figures),
        "changes": [
            {
                "path": change.path,
                "label": change.label,
                "unit": change.unit,
                "ours": change.ours,
                "theirs": change.theirs,
                "ours_text": change.ours_text,
                "theirs_text": change.theirs_text,
                "issued_text": change.issued_text,
                "both": change.both,
                "alone": _effect(change.alone),
            }
            for change in redline.changes
        ],
        "together": _effect(redline.together),
        "notes": [{"kind": note.kind, "place": note.place, "message": note.message} for note in redline.notes],
    }
    return json.dumps(said, indent=1, allow_nan=False, ensure_ascii=False) + "\n"


def _effect(effect: models.RedlineEffect) -> dict[str, object]:
    return {"figures": dict(effect.figures), "moves": dict(effect.moves), "reason": effect.reason}


def redline_text(redline: models.Redline) -> str:
    """The redline for people: each change with both values and what it does, all together, and what was found else."""
    return "\n".join(_lines(redline)) + "\n"


def _lines(redline: models.Redline) -> Iterator[str]:
    yield f"{redline.name}: {redline.edition} edition of {redline.deal.name}, issued {redline.date}"
    since = "has changed since; values as issued stand in brackets" if redline.changed_since else "is as it was then"
    yield f"Export {redline.export}. The deal {since}."
    yield ""
    count = len(redline.changes)
    nothing = "No input holds another value that the deal could take." if redline.notes else "Nothing was changed."
    yield f"{count} change{'s' if count > 1 else ''}:" if count else nothing
    for change in redline.changes:
        yield f"  {change.label}"
        unit = f" {change.unit}" if change.unit else ""
        issued = f" ({change.issued_text} as issued)" if redline.changed_since and change.issued_text else ""
        yield f"      {change.ours_text} -> {change.theirs_text}{unit}{issued}{_both(change)}"
        yield f"      {_moves(redline, change.alone)}"
    if count > 1:
        yield "  All together"
        yield f"      {_moves(redline, redline.together)}"
    for kind, notes in groupby(redline.notes, key=lambda note: note.kind):
        yield ""
        yield f"{models.NOTE_TITLES[kind]}:"
        for note in notes:
            yield f"  {note.place}: {note.message}"


def _both(change: models.RedlineChange) -> str:
    return ", changed on both sides" if change.both else ""


def _moves(redline: models.Redline, effect: models.RedlineEffect) -> str:
    """What an effect moves, in words: `Partner IRR +0.51 points, Lowest DSCR −0.005 x`."""
    if effect.reason:
        return f"no figures: {effect.reason}"
    said = []
    for figure in models.shown_figures(redline.deal.currency):
        if figure.name not in effect.moves:
            continue
        shown = f"{effect.moves[figure.name] * 10**figure.power:+,.{figure.decimals}f}".replace("-", MINUS)
        if any(digit in shown for digit in "123456789"):
            said.append(f"{figure.label} {shown} {figure.unit}{' (internal)' if figure.internal else ''}")
    return ", ".join(said) or "moves none of the main key figures"
