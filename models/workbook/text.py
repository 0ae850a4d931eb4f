"""The one gate for text on its way into a workbook."""

from __future__ import annotations

import unicodedata

LONGEST = 200
LONGEST_LABEL = 300
LONGEST_IN_FOOTER = 80


def clean(text: str, longest: int = LONGEST) -> str:
    """The text as it may stand in a cell; it is always written as a string, never as a formula.

    Raises:
        ValueError: it holds a control character or half of a pair, or is too long; the sentence says so.
    """
    for letter in text:
        if unicodedata.category(letter) in ("Cc", "Cs", "Co", "Cn"):
            raise ValueError(f"The text {text[:40]!a} holds a character that cannot stand in a workbook ({letter!a}).")
    if len(text) > longest:
        raise ValueError(f"The text {text[:40]!a}... has {len(text)} characters; a workbook takes at most {longest}.")
    return text


def footer(text: str) -> str:
    """Text for a header or footer: & begins a code there, a digit would join the size of the font before it, and
    all three parts together may have 255 characters."""
    text = clean(text)
    if len(text) > LONGEST_IN_FOOTER:
        text = f"{text[: LONGEST_IN_FOOTER - 1]}…"
    return f"{' ' if text[:1].isdigit() else ''}{text.replace('&', '&&')}"
