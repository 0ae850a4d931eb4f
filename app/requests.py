"""What can be asked of a deal beyond its base case: each request computes itself in the thread of a job."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import models  # its engine is loaded in the thread of the job
from app.runner import Progress

if TYPE_CHECKING:
    from models import (
        BridgePicture,
        Deal,
        FigureInfo,
        FrontierPicture,
        GridPicture,
        SolvePicture,
        StatesPicture,
        SweepPicture,
        Swing,
        Term,
        Threshold,
        TornadoPicture,
    )

Range = tuple[float, float] | None


@dataclass(frozen=True)
class TornadoRequest:
    """Each term moved alone: by a part of itself, over all it is allowed, or between ends of its own."""

    kpi: str
    spread: float = 0.1
    by_range: bool = False
    inputs: tuple[Swing, ...] | None = None

    def run(self, deal: Deal, progress: Progress) -> TornadoPicture:
        found = models.tornado(
            deal,
            self.kpi,
            self.inputs,
            spread=self.spread,
            by_range=self.by_range,
            cancelled=progress.cancelled,
            progress=progress,
        )
        return models.tornado_picture(deal, found)


@dataclass(frozen=True)
class SweepRequest:
    """One term over a range."""

    kpi: str
    path: str
    low: float | None = None
    high: float | None = None

    def run(self, deal: Deal, progress: Progress) -> SweepPicture:
        found = models.sweep(
            deal, self.path, [self.kpi], self.low, self.high, cancelled=progress.cancelled, progress=progress
        )
        return models.sweep_picture(deal, found, self.kpi)


@dataclass(frozen=True)
class GridRequest:
    """Two terms against each other, with a contour at the threshold of a label, "" for none."""

    kpi: str
    x: str
    y: str
    threshold: str = ""

    def run(self, deal: Deal, progress: Progress) -> GridPicture:
        known = {each.label: each for each in models.thresholds(deal, self.kpi)}
        level = known.get(self.threshold)
        found = models.grid(
            deal,
            self.x,
            self.y,
            self.kpi,
            threshold=None if level is None else level.value,
            cancelled=progress.cancelled,
            progress=progress,
        )
        return models.grid_picture(deal, found, level)


@dataclass(frozen=True)
class Offer:
    """What can be asked of a deal: terms by path, which of them a tornado moves, key figures and their levels."""

    terms: tuple[Term, ...]
    usual: tuple[str, ...]
    figures: tuple[FigureInfo, ...]
    levels: Mapping[str, tuple[Threshold, ...]]
    currency: str
    simulated: tuple[FigureInfo, ...] = ()

    def labelled(self) -> tuple[tuple[str, str], ...]:
        """Terms as (path, label), dates among them."""
        return tuple(
            (term.path, term.label.removesuffix(", factor") + (" × factor" if term.scales else ""))
            for term in self.terms
        )

    def term(self, path: str) -> Term | None:
        """The term at a path."""
        return next((term for term in self.terms if term.path == path), None)


def offer_of(deal: Deal) -> Offer:
    """What can be asked of a deal; made in the worker's thread."""
    figures = models.figures_on_offer(deal)
    levels = {figure.name: models.thresholds(deal, figure.name) for figure in figures}
    simulated = models.simulated_on_offer()
    levels |= {figure.name: models.thresholds(deal, figure.name) for figure in simulated}
    return Offer(models.terms_on_offer(deal), models.usual_inputs(deal), figures, levels, deal.currency, simulated)


@dataclass(frozen=True)
class BridgeRequest:
    """Why a key figure moved from one state to another; the states are snapshots."""

    kpi: str
    before: Deal
    after: Deal

    def run(self, _deal: Deal, progress: Progress) -> BridgePicture:
        found = models.bridge(self.before, self.after, self.kpi, cancelled=progress.cancelled, progress=progress)
        return models.bridge_picture(self.before, self.after, found)


@dataclass(frozen=True)
class StatesRequest:
    """Any number of states side by side, each with its name."""

    states: tuple[tuple[str, Deal], ...]

    def run(self, _deal: Deal, progress: Progress) -> StatesPicture:
        return models.states_picture(self.states, cancelled=progress.cancelled)


@dataclass(frozen=True)
class SolveRequest:
    """The value of a term at which a key figure, or a measure of the simulation, meets a target."""

    path: str
    kpi: str
    target: float
    low: float | None = None
    high: float | None = None

    def run(self, deal: Deal, progress: Progress) -> SolvePicture:
        search = models.solve_simulated if self.kpi in models.SIMULATED_FIGURES else models.solve
        found = search(
            deal,
            self.path,
            self.kpi,
            self.target,
            low=self.low,
            high=self.high,
            cancelled=progress.cancelled,
            progress=progress,
        )
        return models.solve_picture(deal, found)


@dataclass(frozen=True)
class FrontierRequest:
    """The deals of two terms that no other beats for vendor and partner at once, above a least cover."""

    x: str
    y: str
    least: float | None = None

    def run(self, deal: Deal, progress: Progress) -> FrontierPicture:
        found = models.frontier(deal, self.x, self.y, least=self.least, cancelled=progress.cancelled, progress=progress)
        return models.frontier_picture(deal, found)
