"""The charts of sensitivities, described from what the analysis says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import models  # what is simulated is known to the engine, which is loaded with the first figures
from app.charts.kinds import Bridge, BridgeStep, Contour, Curve, Curves, HeatMap, Point, Swing, Tornado
from app.charts.spec import Limit
from app.places import DealPlace, FigurePlace, StepPlace

if TYPE_CHECKING:  # made by the engine, which is loaded with the first figures
    from models import (
        Bar,
        BridgePicture,
        End,
        FrontierDot,
        FrontierPicture,
        GridPicture,
        SweepPicture,
        TornadoPicture,
    )

MOST_BARS = 20


def tornado_chart(
    found: TornadoPicture, most: int = MOST_BARS, rest: str = "with less effect are in the table"
) -> Tornado | None:
    """The bars with the largest effect, and where the rest is; None where the figure does not exist."""
    if found.base is None or not found.rows:
        return None
    swings = tuple(
        Swing(
            row.name,
            row.by,
            row.low,
            row.high,
            row.reason,
            *(end_place(found, bar, end) for end in (bar.low, bar.high)),
        )
        for row, bar in zip(found.rows[:most], found.found.bars, strict=False)
    )
    more = len(found.rows) - len(swings)
    subtitle = f"{found.subtitle}; {more} {rest}" if more else found.subtitle
    return Tornado(
        found.title, subtitle, found.unit, found.base, found.base_label, swings, found.summary, found.decimals
    )


def sweep_chart(found: SweepPicture) -> Curves | None:
    """The figure as a line over the term, with the values that matter; None where it never exists."""
    points = tuple(
        Point(x, y, words, place=point_place(found, at))
        for at, (x, y, words) in enumerate(found.points)
        if y is not None
    )
    if not points:
        return None
    return Curves(
        found.title,
        found.subtitle,
        found.x_name,
        found.y_name,
        (Curve(found.y_name, points),),
        found.summary,
        found.x_decimals,
        found.y_decimals,
        tuple(Limit(value, label, True) for value, label in found.limits),
        found.now,
    )


def grid_chart(found: GridPicture) -> HeatMap:
    """The figure over two terms, with the contour at the level that matters."""
    steps = [tuple((path, value) for value in values) for path, values in found.axes]
    contours = (Contour(found.threshold_label, found.contours, True),) if found.contours else ()
    return HeatMap(
        found.title,
        found.subtitle,
        found.x_name,
        found.xs,
        found.y_name,
        found.ys,
        found.values,
        found.summary,
        found.decimals,
        contours,
        found.threshold,
        found.now,
        DealPlace(figure_place(found.kpi), found.deal, _DEAL),
        (steps[0], steps[1]),
    )


def frontier_chart(found: FrontierPicture) -> Curves | None:
    """The deals that no other beats as a line of dots, and the deal as it stands; None where there is none."""
    if not found.dots:
        return None
    points = tuple(
        Point(dot.x, dot.y, dot.label, "", (*dot.notes[2:], _OPEN), dot_place(found, dot, found.kpis[1]))
        for dot in _by_x(found)
    )
    curves = [Curve("No deal beats these", points, 1, dots=True)]
    if found.now is not None:
        place = DealPlace(FigurePlace(found.kpis[1]), found.deal, _DEAL)
        now = Point(*found.now, "The deal as it stands", "Now", place=place)
        curves.append(Curve("", (now,), 2, line=False, dots=True))
    return Curves(
        found.title,
        found.subtitle,
        found.x_name,
        found.y_name,
        tuple(curves),
        found.summary,
        found.x_decimals,
        found.y_decimals,
    )


def dot_at(found: FrontierPicture, index: int) -> FrontierDot | None:
    """The deal at a place of the chart, None for the deal as it stands."""
    places: list[tuple[float, int, FrontierDot | None]] = [(dot.x, 0, dot) for dot in _by_x(found)]
    if found.now is not None:
        places.append((found.now[0], 1, None))
    places.sort(key=lambda place: place[:2])
    return places[index][2]


_OPEN = "Click, or press Enter, to open it as a scenario; F1 explains it"
_DEAL = "the deal"


def end_place(found: TornadoPicture, bar: Bar, end: End) -> DealPlace:
    """The figure at one end of a bar, or why there is none."""
    return DealPlace(figure_place(found.kpi), found.deal, _DEAL, ((bar.path, end.value),))


def point_place(found: SweepPicture, at: int) -> DealPlace:
    """The figure at one value of the term, counted from 0."""
    return DealPlace(figure_place(found.kpi), found.deal, _DEAL, ((found.path, found.values[at]),))


def figure_place(kpi: str) -> FigurePlace:
    """Where a key figure, or a measure of risk, of a deal comes from."""
    return FigurePlace(kpi, simulated=kpi in models.SIMULATED_FIGURES)


def dot_place(found: FrontierPicture, dot: FrontierDot, kpi: str) -> DealPlace:
    """A figure of a deal of the frontier."""
    return DealPlace(FigurePlace(kpi), found.deal, _DEAL, dot.terms)


def _by_x(found: FrontierPicture) -> list[FrontierDot]:
    return sorted(found.dots, key=lambda dot: dot.x)


def bridge_chart(found: BridgePicture, names: tuple[str, str]) -> Bridge:
    """From one level to the other by contributions that add up; the rule is the subtitle."""
    ends = tuple(DealPlace(FigurePlace(found.kpi), deal, name) for deal, name in zip(found.states, names, strict=True))
    count = f"{len(found.rows)} change{'s' if len(found.rows) != 1 else ''}"
    steps = (
        BridgeStep(names[0], "", found.before, True, ends[0]),
        *(
            BridgeStep(row.name, row.note, row.value, place=StepPlace(found, at, names))
            for at, row in enumerate(found.rows)
        ),
        BridgeStep(names[1], count, found.after, True, ends[1]),
    )
    limits = tuple(Limit(value, words, True) for value, words in found.limits)
    return Bridge(found.title, found.rule, f"{found.label}, {found.unit}", steps, found.summary, found.decimals, limits)
