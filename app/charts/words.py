"""The words and figures written into a chart."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QLocale
from PySide6.QtGui import QFont

from app.charts.spec import Panel, Series, Values
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
    faint: bool = False  # the end of a band
    swatch: Series | None = None  # drawn before the name where the name cannot stand at its row


def gutter_labels(panel: Panel) -> list[GutterLabel]:
    """The names of a panel's series, limits and bands, in the order they are drawn; those of a stack from its top."""
    stacked = [series for series in panel.series if series.kind == "stack"]
    rising = [series for series in stacked if not _falls(series)]
    labels = [GutterLabel(s.name, s.note, None, s.colour, swatch=s) for s in reversed(rising)]
    labels += [GutterLabel(s.name, s.note, -math.inf, s.colour, swatch=s) for s in stacked if _falls(s)]
    others = [series for series in panel.series if series.kind != "stack" and series.named]
    labels += [GutterLabel(s.name, s.note, _end(s.values, panel.ceiling, s.kind), s.colour) for s in others]
    labels += [GutterLabel(limit.label, "", limit.value, None) for limit in panel.limits]
    for band in panel.bands:
        if band.labelled:
            labels.append(GutterLabel(band.high.name, "", _end(band.high.values, panel.ceiling), None, faint=True))
            labels.append(GutterLabel(band.low.name, "", _end(band.low.values, panel.ceiling), None, faint=True))
    return labels


def nothing_in(panel: Panel) -> str:
    """What stands in a plot in which nothing can be seen, "" where something can."""
    shown = [value for column in panel.columns() for value in column.values if value is not None]
    if any(shown):
        return ""
    return "Zero throughout" if shown else "No figure in any of the months"


def _falls(series: Series) -> bool:
    return min((value for value in series.values if value is not None), default=0.0) < 0


def _end(values: Values, ceiling: float | None, kind: str = "line") -> float | None:
    if kind == "bar":
        return None
    shown = [value for value in values if value is not None]
    if not shown or (ceiling is not None and shown[-1] > ceiling):
        return None
    return shown[-1]
