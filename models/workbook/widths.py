"""How wide a text is in the font of the workbook, so that rows can be made high enough for it."""

from __future__ import annotations

from collections.abc import Iterator

from xlsxwriter.utility import CHAR_WIDTHS

_SMALLER = 9 / 11 * 1.01
"""Widths are known for 11 points and the text has 9; small letters are set a little wider than in proportion."""
_USUAL, _FULL = 8, 15
_FIRST_FULL = 0x2E80  # from here on letters are as wide as they are high


def column_pixels(width: float) -> int:
    """Pixels of a column whose width is given in digits, less what stays free at its sides."""
    return int(width * 7 + 5)


def text_pixels(text: str) -> float:
    """Pixels of a text of 9 points on one line."""
    wide: Iterator[int] = (CHAR_WIDTHS.get(letter, _FULL if ord(letter) >= _FIRST_FULL else _USUAL) for letter in text)
    return _SMALLER * sum(wide)


def lines_of(text: str, pixels: float) -> int:
    """How many lines a text takes when it is wrapped at words within so many pixels."""
    lines, room = 1, pixels
    for word in text.split(" "):
        wide = text_pixels(word)
        if wide > room and room < pixels:
            lines, room = lines + 1, pixels
        while wide > pixels:  # a word wider than the column is cut anywhere
            lines, wide = lines + 1, wide - pixels
        room -= wide + text_pixels(" ")
    return lines
