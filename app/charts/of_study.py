"""The charts of sensitivities, described from what the analysis says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.charts.kinds import Bridge, BridgeStep, Contour, Curve, Curves, HeatMap, Point, Swing, Tornado
from app.charts.spec import Limit

if TYPE_CHECKING:  # made by the engine, which is loaded with the first figures
    from models import BridgePicture, FrontierDot, FrontierPicture, GridPicture, SweepPicture, TornadoPicture

MOST_BARS = 14


def tornado_chart(
    found: TornadoPicture, most: int = MOST_BARS, rest: str = "with less effect are in the table"
) -> Tornado | None:
    """The bars with the largest effect, and where the rest is; None where the figure does not exist."""
    if found.base is None or not found.rows:
        return None
    swings = tuple(Swing(row.name, row.by, row.low, row.high, row.reason) for row in found.rows[:most])
    more = len(found.rows) - len(swings)
    subtitle = f"{found.subtitle}; {more} {rest}" if more else found.subtitle
    return Tornado(
        found.title, subtitle, found.unit, found.base, found.base_label, swings, found.summary, found.decimals
    )


def sweep_chart(found: SweepPicture) -> Curves | None:
    """The figure as a line over the term, with the values that matter; None where it never exists."""
    points = tuple(Point(x, y, words) for x, y, words in found.points if y is not None)
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
    )


def frontier_chart(found: FrontierPicture) -> Curves | None:
    """The deals that no other beats as a line of dots, and the deal as it stands; None where there is none."""
    if not found.dots:
        return None
    points = tuple(Point(dot.x, dot.y, dot.label, "", (*dot.notes[2:], _OPEN)) for dot in _by_x(found))
    curves = [Curve("No deal beats these", points, 1, dots=True)]
    if found.now is not None:
        curves.append(Curve("", (Point(*found.now, "The deal as it stands", "Now"),), 2, line=False, dots=True))
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


_OPEN = "Click, or press Enter, to open it as a scenario"


def _by_x(found: FrontierPicture) -> list[FrontierDot]:
    return sorted(found.dots, key=lambda dot: dot.x)


def bridge_chart(found: BridgePicture, names: tuple[str, str]) -> Bridge:
    """From one level to the other by contributions that add up; the rule is the subtitle."""
    steps = (
        BridgeStep(names[0], "", found.before, True),
        *(BridgeStep(row.name, row.note, row.value) for row in found.rows),
        BridgeStep(names[1], f"{len(found.rows)} change{'s' if len(found.rows) != 1 else ''}", found.after, True),
    )
    limits = tuple(Limit(value, words, True) for value, words in found.limits)
    return Bridge(found.title, found.rule, f"{found.label}, {found.unit}", steps, found.summary, found.decimals, limits)
