"""The charts of a deal, described from the rows that the analysis hands over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.charts.spec import Chart, Kind, Limit, Mark, Other, Panel, Series, Span, Values
from app.charts.words import number
from models import Bars, Calls, Cover, Years

if TYPE_CHECKING:  # named only
    from models import Deal


def cash_chart(bars: Bars) -> Chart:
    """Cash available as bars and debt service as strokes over them, by year."""
    return _small(bars, "bar", "stroke", 1, 2)


def revenue_chart(bars: Bars) -> Chart:
    """Cloud revenue as a line over the floor as an area, by quarter."""
    made = _small(bars, "line", "area", 1, 2)
    (panel,) = made.panels
    return Chart(**{**vars(made), "panels": (Panel("", panel.series[::-1]),)})


def _small(bars: Bars, front: Kind, back: Kind, front_colour: int, back_colour: int) -> Chart:
    rows = (
        Series(bars.front_name, bars.front, front, front_colour, decimals=1, line=bars.front_line),
        Series(bars.back_name, bars.back, back, back_colour, decimals=1, line=bars.back_line),
    )
    return Chart(
        bars.title,
        "",
        bars.positions,
        year_spans(bars.years, short=True),
        (Panel("", rows),),
        _summary(bars.title, rows),
        compact=True,
        year_lines=False,
        months=bars.months,
    )


@dataclass(frozen=True)
class Overlay:
    """Another state of the deal by its name, and its cover, which is drawn over that of the deal."""

    name: str
    deal: Deal
    cover: Cover


def cover_chart(cover: Cover, over: Overlay | None = None) -> Chart | None:
    """DSCR with its limits over the debt balance, by month, with the cover of another state drawn `over` it.

    Without any cover only the balance is left, and nothing at all without debt: then None.
    """
    debt = Panel("", (Series(cover.debt_name, cover.debt, "bar", 5, cover.debt_note, decimals=1, line="debt_balance"),))
    panels = (_cover_panel(cover, over), debt) if cover.lowest is not None else (debt,)
    if len(panels) == 1 and not any(cover.debt):
        return None
    subtitle = (
        cover.subtitle if over is None or len(panels) == 1 else f"{cover.subtitle} {_over_words(over.name, over.cover)}"
    )
    return Chart(
        cover.title,
        subtitle,
        cover.positions,
        year_spans(cover.years, short=False),
        panels,
        f"{cover.title}. {subtitle} {cover.debt_name}: {cover.debt_note}.",
        months=tuple((month, month) for month in range(len(cover.positions))),
    )


def _over_words(name: str, over: Cover) -> str:
    if over.lowest is None:
        return f"{name}: no cover."
    alone = [value for value in over.without if value is not None]
    words = f"{name}: {number(over.lowest[1], 2)}"
    return f"{words}, {number(min(alone), 2)} without support." if alone else f"{words}."


def _aligned(cover: Cover, over: Cover, values: Values) -> Values:
    """Values of another state in the months of this one, which may begin elsewhere."""
    known = dict(zip(over.positions, values, strict=True))
    return tuple(known.get(month) for month in cover.positions)


def _other(cover: Cover, over: Overlay) -> Other:
    """The deal drawn over, with the month it has at the first position of the chart, counted from its own first."""
    shared = next((at for at, month in enumerate(cover.positions) if month in over.cover.positions), None)
    month = 0 if shared is None else over.cover.positions.index(cover.positions[shared]) - shared
    return Other(over.deal, over.name, month)


def _cover_panel(cover: Cover, over: Overlay | None = None) -> Panel:
    name = "With the support" if cover.without else cover.name
    rows = [Series(name, cover.cover, "line", 1, cover.note, decimals=2, line="dscr_12m")]
    if cover.without:
        colour, line = 2 if over is None else 1, "dscr_without_support"
        rows.append(Series("Without", cover.without, "line", colour, dashed=True, decimals=2, line=line))
    if over is not None:
        name, other, of = over.name, over.cover, _other(cover, over)
        note = "with the support" if other.without else ""
        values = _aligned(cover, other, other.cover)
        rows.append(Series(name, values, "line", 2, note, decimals=2, line="dscr_12m", other=of))
        if other.without:
            without = _aligned(cover, other, other.without)
            note, line = "without the support", "dscr_without_support"
            rows.append(Series(name, without, "line", 2, note, dashed=True, decimals=2, line=line, other=of))
    limits = [Limit(1.0, f"Break-even {number(1.0, 2)}")]
    if cover.lockup > 0:
        limits.insert(0, Limit(cover.lockup, f"Lock-up {number(cover.lockup, 2)}", dotted=True))
    marks = () if cover.lowest is None else (Mark(cover.lowest[0], cover.lowest[1], cover.lowest[2]),)
    return Panel("DSCR, 12 months, x", tuple(rows), 2.4, tuple(limits), marks, cover.ceiling, danger=1.0)


def calls_chart(calls: Calls) -> Chart | None:
    """Supported revenue against the floor, over what the support pays, by quarter; None where there is neither."""
    panels = []
    if calls.floor:
        panels.append(
            Panel(
                calls.unit,
                (
                    Series("Floor", calls.floor, "area", 2, decimals=1, line="floor_amount"),
                    Series(
                        "Revenue", calls.revenue, "line", 1, "of supported phases", decimals=1, line="supported_revenue"
                    ),
                ),
                2.0,
            )
        )
    for payment, colour in zip(calls.payments, _PAYMENT_COLOURS, strict=False):
        unit = "" if panels else calls.unit
        row = Series(payment.name, payment.values, "bar", colour, payment.note, decimals=1, line=payment.line)
        panels.append(Panel(unit, (row,), counted=calls.unit))
    if not panels:
        return None
    rows = tuple(series for panel in panels for series in panel.series)
    return Chart(
        calls.title,
        calls.subtitle,
        calls.positions,
        year_spans(calls.years, short=False),
        tuple(panels),
        _summary(calls.title, rows),
        months=calls.months,
    )


_PAYMENT_COLOURS = (4, 3, 5, 7, 6)


def year_spans(years: Years, *, short: bool) -> tuple[Span, ...]:
    """Labels of years under the axis, as ’27 where there is little room."""
    return tuple(Span(first, end, f"’{year % 100:02d}" if short else str(year)) for year, first, end in years.stretches)


def _summary(title: str, rows: tuple[Series, ...]) -> str:
    """The chart in words: each row with its first, highest and last figure."""
    parts = []
    for series in rows:
        known = [value for value in series.values if value is not None]
        if known:
            first, highest, last = (number(value, series.decimals) for value in (known[0], max(known), known[-1]))
            parts.append(f"{series.name}: {first} at first, {highest} at most, {last} at last")
    return ". ".join([title, *parts]) + "."
