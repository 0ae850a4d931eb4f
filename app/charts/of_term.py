"""A line over the term, with the month that is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.charts.spec import Chart, Kind, Limit, Mark, Panel, Series, Span
from app.charts.words import number

if TYPE_CHECKING:  # made by the engine, which is loaded with the first figures
    from models import OverTerm


def term_chart(term: OverTerm, month: int | None) -> Chart:
    """Steps of a flow, else a line, month by month; the month looked at is marked."""
    kind: Kind = "step" if term.flow else "line"
    series = Series(term.label, term.values, kind, 1, decimals=term.decimals, named=False, line=term.line)
    value = term.values[month] if month is not None else None
    marks: tuple[Mark, ...] = ()
    if month is not None and value is not None:
        marks = (Mark(month, value, f"{term.positions[month]}  {number(value, term.decimals)}"),)
    limits = () if term.limit is None else (Limit(term.limit[0], f"{term.limit[1]} {number(term.limit[0], 2)}", True),)
    known = [value for value in term.values if value is not None]
    unit = f", {term.unit}" if term.unit else ""
    extent = f" From {number(min(known), term.decimals)} to {number(max(known), term.decimals)}." if known else ""
    return Chart(
        f"Over the term{unit}",
        term.label,
        term.positions,
        tuple(Span(first, end, str(year)) for year, first, end in term.years.stretches),
        (Panel("", (series,), limits=limits, marks=marks),),
        f"{term.label}{unit} over the term.{extent}",
        months=tuple((at, at) for at in range(len(term.positions))),
    )
