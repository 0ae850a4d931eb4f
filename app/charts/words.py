"""The words and figures written into a chart."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLocale
from PySide6.QtGui import QFont

from app.charts.spec import Panel, Series
from app.forms.marks import Marks, write
from app.theme import font


def heavy() -> QFont:
    """The small font, bold: for names in the gutter and figures in the hover box."""
    made = font("small")
    made.setWeight(QFont.Weight.DemiBold)
    return made


def number(value: float | None, decimals: int) -> str:
    """A figure of a chart in the marks of the locale, with a true minus sign; an en dash where there is none."""
    return "–" if value is None else write(value, 0, decimals, Marks.of(QLocale()), exact=False)


@dataclass(frozen=True)
class GutterLabel:
    """A name beside the plot, wanted at the height of `value` (None: at the top of the panel)."""

    name: str
    note: str
    value: float | None
    colour: int | None  # number of the series, or None for a limit


def gutter_labels(panel: Panel) -> list[GutterLabel]:
    """The names of a panel's series and limits, in the order they are drawn."""
    labels = [GutterLabel(s.name, s.note, _end(s, panel.ceiling), s.colour) for s in panel.series]
    return labels + [GutterLabel(limit.label, "", limit.value, None) for limit in panel.limits]


def _end(series: Series, ceiling: float | None) -> float | None:
    if series.kind == "bar":
        return None
    shown = [value for value in series.values if value is not None]
    if not shown or (ceiling is not None and shown[-1] > ceiling):
        return None
    return shown[-1]
