"""Figures as tables show them: grouped, in brackets below zero, an en dash for nothing."""

from __future__ import annotations

import math
from decimal import Decimal

from PySide6.QtCore import QLocale

from app.forms.marks import MINUS, Marks, write

DASH = "–"
INFINITE = "∞"


def figure(value: float, power: int = 0, decimals: int = 1, marks: Marks | None = None) -> str:
    """A value of a table, shown / 10**power: "1,058.9", "(18.4)", an en dash for zero, "∞" where it is infinite.

    What is no number (a ratio without a denominator) is an empty text.
    """
    if math.isnan(value):
        return ""
    if math.isinf(value):
        return INFINITE if value > 0 else f"({INFINITE})"
    if value == 0:
        return DASH
    text = write(value, power, decimals, marks or Marks.of(QLocale()), exact=False)
    if not any(c in "123456789" for c in text):
        return DASH
    return f"({text[1:]})" if text.startswith(MINUS) else text


def plain(value: float, decimals: int) -> str:
    """A figure on its own: "1,058.9" or "−18.4" (U+2212), and a zero in digits."""
    return write(value, 0, decimals, Marks.of(QLocale()), exact=False)


def change(value: float, power: int = 0, decimals: int = 1, marks: Marks | None = None) -> str:
    """A change: always with its sign, "+1.0" or "−0.04" (U+2212); "0.0" has none."""
    text = write(value, power, decimals, marks or Marks.of(QLocale()), exact=False)
    return text if text.startswith(MINUS) or not any(c in "123456789" for c in text) else f"+{text}"


def raw(value: float, power: int = 0, marks: Marks | None = None) -> str:
    """A value for the clipboard: every digit, the locale's decimal mark, no grouping, as spreadsheets read it."""
    if math.isnan(value):
        return ""
    if math.isinf(value):
        return "inf" if value > 0 else "-inf"
    text = f"{Decimal(repr(float(value))).scaleb(-power):f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", (marks or Marks.of(QLocale())).decimal)
