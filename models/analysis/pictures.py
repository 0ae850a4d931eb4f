"""What a tornado, a sweep and a grid say: the finding in a sentence, and figures in the units they are shown in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.analysis.grid import Grid
from models.analysis.offer import Threshold, figure_info, thresholds
from models.analysis.scales import Scale, figure_scale, term_scale, term_words
from models.analysis.sensitivity import Bar, Sweep, Tornado
from models.analysis.terms import term_at
from models.deal.schema import Deal

Values = tuple[float | None, ...]


@dataclass(frozen=True)
class SwingRow:
    """One bar of a tornado in the unit shown: None where no figure exists, with the reason."""

    path: str
    name: str
    by: str
    low: float | None
    high: float | None
    reason: str
    internal: bool


@dataclass(frozen=True)
class TornadoPicture:
    """A tornado ready to be drawn; `base` None where the figure does not exist, and then `title` says why.

    `found` holds the figures it was made of, in their own units, `deal` the deal they are of.
    """

    kpi: str
    title: str
    subtitle: str
    unit: str
    decimals: int
    base: float | None
    base_label: str
    rows: tuple[SwingRow, ...]
    left_out: tuple[str, ...]
    summary: str
    found: Tornado
    deal: Deal


def tornado_picture(deal: Deal, found: Tornado) -> TornadoPicture:
    """A tornado in words and in the unit of its key figure."""
    scale = figure_scale(deal, found.kpi)
    names = short_labels([bar.label for bar in found.bars])
    rows = tuple(_swing_row(bar, name, scale) for bar, name in zip(found.bars, names, strict=True))
    name = lower(found.label)
    if found.base is None:
        title = f"There is no {name}: {found.missing}"
    elif not rows or found.bars[0].swing == 0:
        title = f"None of these terms moves the {name}"
    else:
        first = found.bars[0]
        ends = [end.figure for end in (first.low, first.high) if end.figure is not None]
        words = " and ".join(scale.text(value) for value in sorted((min(ends), max(ends)))) if len(ends) > 1 else ""
        title = f"{names[0]} moves the {name} most" + (f": between {words}" if words else "")
    base_label = "" if found.base is None else f"Now {scale.figure(found.base)}"
    return TornadoPicture(
        found.kpi,
        title,
        f"{found.label}, {scale.unit}; one term at a time, all else as it is",
        scale.unit,
        scale.decimals,
        scale.shown_or_none(found.base),
        base_label,
        rows,
        tuple(f"{path}: {why}" for path, why in found.left_out),
        f"{title}. {len(rows)} terms, the largest effect first.",
        found,
        deal,
    )


def short_labels(labels: Sequence[str]) -> tuple[str, ...]:
    """Labels without the part they belong to, where that leaves them different from one another."""
    bare = [label.rpartition(": ")[2].removesuffix(", factor") for label in labels]
    return tuple(
        name if bare.count(name) == 1 else label.removesuffix(", factor")
        for name, label in zip(bare, labels, strict=True)
    )


def _by(bar: Bar) -> str:
    """By how much a term is moved: `−10 % / +10 %`, `171.00 / 209.00 $ per kW-month`."""
    low, high = bar.low, bar.high
    if bar.path.endswith("*") and isinstance(low.value, float) and isinstance(high.value, float):
        return f"{_percent(low.value - 1)} / {_percent(high.value - 1)}"
    first = low.text.removesuffix(bar.unit).strip() if bar.unit and high.text.endswith(bar.unit) else low.text
    return f"{first} / {high.text}"


def _percent(part: float) -> str:
    return f"{part * 100:+.1f}".removesuffix(".0").replace("-", "−") + " %"


def _swing_row(bar: Bar, name: str, scale: Scale) -> SwingRow:
    missing = [end.note for end in (bar.low, bar.high) if end.figure is None]
    reason = "; ".join(part for part in (*missing, bar.note) if part)
    low, high = scale.shown_or_none(bar.low.figure), scale.shown_or_none(bar.high.figure)
    return SwingRow(bar.path, name, _by(bar), low, high, reason, bar.internal)


@dataclass(frozen=True)
class SweepPicture:
    """A key figure over one term; `limits` are values that matter, `now` where the deal stands, in words.

    `values` are those of the term at the points, in file units, `deal` is the deal they are put into.
    """

    kpi: str
    path: str
    title: str
    subtitle: str
    x_name: str
    x_decimals: int
    y_name: str
    y_decimals: int
    points: tuple[tuple[float, float | None, str], ...]
    limits: tuple[tuple[float, str], ...]
    now: tuple[float, str]
    summary: str
    values: tuple[float, ...]
    deal: Deal


def sweep_picture(deal: Deal, found: Sweep, kpi: str) -> SweepPicture:
    """A sweep in words and in the units of its term and key figure."""
    term, scale = term_at(deal, found.path), figure_scale(deal, kpi)
    across = term_scale(term)
    figures = found.figures[kpi]
    points = tuple(
        (across.shown(value), scale.shown_or_none(figure), term_words(deal, term, value))
        for value, figure in zip(found.values, figures, strict=True)
    )
    label = figure_info(deal, kpi).label
    (name,) = short_labels([found.label])
    known = [(value, figure) for value, figure in zip(found.values, figures, strict=True) if figure is not None]
    if known:
        first, last = known[0], known[-1]
        words = f"from {scale.text(first[1])} to {scale.text(last[1])}"
        title = f"{label} goes {words} as the {lower(name)} goes from "
        title += f"{term_words(deal, term, first[0])} to {term_words(deal, term, last[0])}"
    else:
        title = f"There is no {lower(label)} at any of these values"
    unit = f", {across.unit}" if across.unit else ""
    return SweepPicture(
        kpi,
        found.path,
        title,
        found.note or "All else as it is; debt sized anew at each value",
        f"{name}{unit}",
        across.decimals,
        f"{label}, {scale.unit}",
        scale.fine,
        points,
        tuple((scale.shown(each.value), f"{each.label} {scale.figure(each.value)}") for each in thresholds(deal, kpi)),
        (across.shown(found.base), f"Now {term_words(deal, term, found.base)}"),
        f"{title}.",
        found.values,
        deal,
    )


@dataclass(frozen=True)
class GridPicture:
    """A key figure over two terms, rows by y; `contours` in cells counted from the middle of the first.

    `axes` are the paths of the terms x and y with their values in file units, `deal` the deal they are put into.
    """

    kpi: str
    title: str
    subtitle: str
    x_name: str
    xs: tuple[str, ...]
    y_name: str
    ys: tuple[str, ...]
    values: tuple[Values, ...]
    decimals: int
    threshold: float | None
    threshold_label: str
    contours: tuple[tuple[tuple[float, float], ...], ...]
    now: tuple[int, int]
    summary: str
    axes: tuple[tuple[str, tuple[float, ...]], tuple[str, tuple[float, ...]]]
    deal: Deal


def grid_picture(deal: Deal, found: Grid, threshold: Threshold | None = None) -> GridPicture:
    """A grid in words and in the units of its terms and key figure."""
    scale = figure_scale(deal, found.kpi)
    x, y = term_at(deal, found.x.path), term_at(deal, found.y.path)
    cells = [value for row in found.values for value in row]
    known = [value for value in cells if value is not None]
    title = f"No {lower(found.label)} exists on this grid"
    if known and threshold is not None:
        over = sum(value >= threshold.value for value in known)
        share = round(100 * over / len(cells))
        title = f"{share} % of the pairs reach {lower(threshold.label)}, {scale.text(threshold.value)}"
    elif known:
        title = f"{found.label} runs from {scale.text(min(known))} to {scale.text(max(known))}"
    return GridPicture(
        found.kpi,
        title,
        f"{found.label}, {scale.unit}; debt sized anew at each pair",
        short_labels([found.x.label])[0],
        tuple(term_words(deal, x, value) for value in found.x.values),
        short_labels([found.y.label])[0],
        tuple(term_words(deal, y, value) for value in found.y.values),
        tuple(tuple(scale.shown_or_none(value) for value in row) for row in found.values),
        scale.decimals,
        None if threshold is None else scale.shown(threshold.value),
        "" if threshold is None else f"{threshold.label} {scale.figure(threshold.value)}",
        tuple(
            tuple((_cell(found.x.values, px), _cell(found.y.values, py)) for px, py in line) for line in found.contours
        ),
        (round(_cell(found.x.values, found.x.base)), round(_cell(found.y.values, found.y.base))),
        f"{title}.",
        ((found.x.path, found.x.values), (found.y.path, found.y.values)),
        deal,
    )


def _cell(values: Sequence[float], value: float) -> float:
    """Where a value lies between the values of an axis, counted in cells; beyond its ends that of the end."""
    if value <= values[0]:
        return 0.0
    for at in range(1, len(values)):
        if value <= values[at]:
            return at - 1 + (value - values[at - 1]) / (values[at] - values[at - 1])
    return float(len(values) - 1)


def lower(label: str) -> str:
    """A label inside a sentence: `lowest DSCR`, `partner IRR`; what begins with capitals keeps them."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]
