"""What a solve and a frontier say: values, targets and what entering them would change, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from models.analysis.frontier import Frontier, FrontierPoint, frontier_changes
from models.analysis.offer import SIMULATED_FIGURES, figure_info
from models.analysis.pictures import lower, short_labels
from models.analysis.scales import Scale, distance_text, figure_scale, term_scale, term_words
from models.analysis.shown import shown
from models.analysis.solve import Root, Solved
from models.analysis.terms import Term, entered_changes, negotiable_step, term_at, term_text
from models.deal.field import Unit
from models.deal.paths import field_at, value_at, with_values, words_at
from models.deal.problems import DealError
from models.deal.schema import Deal
from models.deal.values import bare_text, brief, text_of
from models.engine.case import evaluate
from models.workbook.cells import CellTable

_STEPS = (1.0, 2.0, 4.0, 0.2)
EXACT = 0.0
"""The step that leaves a value as it was found."""


@dataclass(frozen=True)
class Entered:
    """A root as it would enter the deal with one step of rounding: what changes, in words, and what it gives."""

    step: float
    step_text: str
    changes: Mapping[str, object]
    words: tuple[str, ...]
    achieved_text: str


@dataclass(frozen=True)
class RootWords:
    """One value that meets the target, as found, and with each step of rounding it may enter the deal with."""

    text: str
    achieved_text: str
    residual_text: str
    entered: tuple[Entered, ...]


@dataclass(frozen=True)
class SolvePicture:
    """What a search came to: a sentence, the roots, the present one first among equals at `best`.

    `table` has a row for each root: the value and what the key figure is with it, exact in the units of its heads.
    """

    title: str
    reason: str
    path: str
    roots: tuple[RootWords, ...]
    best: int
    table: CellTable


def solve_picture(deal: Deal, found: Solved) -> SolvePicture:
    """A solve in words. The value that would enter is rounded to what people negotiate in unless asked otherwise."""
    term, scale = term_at(deal, found.path), figure_scale(deal, found.kpi)
    (name,) = short_labels([found.label])
    target = f"{lower(found.kpi_label)} {scale.text(found.target, fine=True)}"
    table = _table(deal, term, scale, found)
    if not found.roots:
        return SolvePicture(f"No {lower(name)} gives {target}", found.reason, found.path, (), 0, table)
    best = next((at for at, root in enumerate(found.roots) if root.value == found.value), 0)
    count = f"; {len(found.roots)} values do" if len(found.roots) > 1 else ""
    title = f"{name} {_exact_text(deal, term, found.roots[best].value)} gives {target}{count}"
    simulated = found.kpi in SIMULATED_FIGURES
    roots = tuple(_root(deal, term, scale, root, found.kpi, simulated=simulated) for root in found.roots)
    return SolvePicture(title, found.reason, found.path, roots, best, table)


def _table(deal: Deal, term: Term, scale: Scale, found: Solved) -> CellTable:
    across, by_month = term_scale(term), term.field.unit is Unit.MONTH
    heads = [
        found.label.removesuffix(", factor") if by_month else _headed(found.label.removesuffix(", factor"), across),
        _headed(found.kpi_label, scale),
    ]
    rows = [
        (term_text(deal, term, root.value) if by_month else across.shown(root.value), scale.shown(root.achieved))
        for root in found.roots
    ]
    return CellTable.of("Solve", heads, rows)


def _headed(label: str, scale: Scale) -> str:
    return f"{label}, {scale.unit}" if scale.unit else label


def _exact_text(deal: Deal, term: Term, value: float) -> str:
    return f"{value * 100:.4g} % of now" if term.scales else term_text(deal, term, value)


def _root(deal: Deal, term: Term, scale: Scale, root: Root, kpi: str, *, simulated: bool) -> RootWords:
    usual = negotiable_step(term)
    steps = [usual * part for part in _STEPS] if term.field.unit.numeric and not term.whole else [usual]
    steps += [] if term.field.unit is Unit.MONTH else [EXACT]  # a date is a whole month however it is found
    entered = tuple(_entered(deal, term, scale, root, kpi, step, simulated=simulated) for step in steps)
    away = distance_text(deal, kpi, root.residual, root.achieved)
    return RootWords(_exact_text(deal, term, root.value), scale.text(root.achieved, fine=True), away, entered)


def _entered(deal: Deal, term: Term, scale: Scale, root: Root, kpi: str, step: float, *, simulated: bool) -> Entered:
    changes = entered_changes(deal, term.path, root.value, step)
    words = "as found" if not step else f"to {text_of(term.field.element, step, deal.currency)}"
    achieved = "–" if simulated and step else scale.text(root.achieved, fine=True) if not step else ""
    if not achieved:
        achieved = _achieved(deal, scale, kpi, changes)
    return Entered(step, words, changes, tuple(change_words(deal, changes)), achieved)


def _achieved(deal: Deal, scale: Scale, kpi: str, changes: Mapping[str, object]) -> str:
    try:
        value = evaluate(with_values(deal, dict(changes))).kpis[kpi]
    except DealError as error:
        return str(error)
    return scale.text(None if value is None else float(value), fine=True)


def change_words(deal: Deal, changes: Mapping[str, object]) -> list[str]:
    """Each change in words: `Revenue share: Share rate: 60, 56 % → 59.5, 55.5 %`."""
    said = []
    for path, value in changes.items():
        field = field_at(deal, path)
        before = bare_text(field, value_at(deal, path))
        unit = field.unit_text(deal.currency) if field.unit.numeric else ""
        said.append(f"{words_at(deal, path)}: {before} → {bare_text(field, brief(value, _READ))} {unit}".strip())
    return said


@dataclass(frozen=True)
class FrontierDot:
    """One deal of a frontier in the units shown, with what it changes as a scenario, rounded as people negotiate, and
    the very `terms` that its figures are of."""

    x: float
    y: float
    label: str
    notes: tuple[str, ...]
    changes: Mapping[str, object]
    name: str
    terms: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class FrontierPicture:
    """Some of the deals that no other one beats, evenly spread; `title` says why where there is none.

    `kpis` are the key figures across and upwards, `deal` is the one whose terms are changed.
    """

    title: str
    subtitle: str
    x_name: str
    x_decimals: int
    y_name: str
    y_decimals: int
    dots: tuple[FrontierDot, ...]
    now: tuple[float, float] | None
    summary: str
    kpis: tuple[str, str]
    deal: Deal


_MOST_DOTS = 48
_READ = 6
"""Digits of a number as people read it; the deal gets all of them."""


def frontier_picture(deal: Deal, found: Frontier) -> FrontierPicture:
    """A frontier in words: the partner's figure across, the vendor's upwards."""
    vendor, partner = figure_scale(deal, found.vendor), figure_scale(deal, found.partner)
    vendor_name, partner_name = figure_info(deal, found.vendor).label, figure_info(deal, found.partner).label
    cover = figure_info(deal, found.cover).label
    names = short_labels([found.x.label, found.y.label])
    count = min(len(found.points), _MOST_DOTS)
    places = [round(at * (len(found.points) - 1) / max(1, count - 1)) for at in range(count)]  # both ends among them
    dots = tuple(_dot(deal, found, found.points[at], names) for at in places)
    few = f". {len(dots)} of the {len(found.points)} are drawn" if len(dots) < len(found.points) else ""
    title = found.note or (
        f"{len(found.points)} deals are beaten by no other: {lower(partner_name)} from "
        f"{partner.text(found.points[-1].partner)} to {partner.text(found.points[0].partner)}"
    )
    now = evaluate(deal).kpis
    here = (now[found.partner], now[found.vendor])
    at = None if here[0] is None or here[1] is None else (partner.shown(float(here[0])), vendor.shown(float(here[1])))
    return FrontierPicture(
        title,
        f"Each point is a deal of {lower(names[0])} and {lower(names[1])} with {lower(cover)} of at least "
        f"{found.least:.2f}; {found.refused} fall short of it{few}",
        f"{partner_name}, {partner.unit}",
        partner.decimals,
        f"{vendor_name}, {vendor.unit}",
        0 if vendor.unit.endswith("m") else vendor.decimals,
        dots,
        at,
        f"{title}.",
        (found.partner, found.vendor),
        deal,
    )


def _dot(deal: Deal, found: Frontier, point: FrontierPoint, names: tuple[str, ...]) -> FrontierDot:
    vendor, partner = figure_scale(deal, found.vendor), figure_scale(deal, found.partner)
    x, y = term_at(deal, found.x.path), term_at(deal, found.y.path)
    words = (f"{names[0]} {term_words(deal, x, point.x)}", f"{names[1]} {term_words(deal, y, point.y)}")
    cover = "" if point.cover is None else f"cover {shown(point.cover, 'x', deal.currency)[0]}"
    return FrontierDot(
        partner.shown(point.partner),
        vendor.shown(point.vendor),
        ", ".join(words),
        tuple(part for part in (*words, cover) if part),
        frontier_changes(deal, found, point),
        ", ".join(words),
        ((found.x.path, point.x), (found.y.path, point.y)),
    )
