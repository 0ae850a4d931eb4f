"""Where a figure stands: what is asked when a figure is to be explained."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:  # made by the engine, which is loaded with the first figures
    from models import Between, BridgePicture, Deal, Percentile


@dataclass(frozen=True)
class FigurePlace:
    """A line or key figure of the case, in a month counted from 0, or over months up to `last`; None for all.

    With `simulated` a measure of risk, or the mean of a key figure over the paths of the simulation, or a `part` of
    what its charts show.
    """

    name: str
    month: int | None = None
    last: int | None = None
    simulated: bool = False
    part: Between | Percentile | None = None


@dataclass(frozen=True)
class DealPlace:
    """A figure of another deal than the one shown, such as a state that is compared or one end of a bar of a tornado.

    `title` is what that deal is called; `terms` are changed in it, by path, before the figure is looked at, and named
    behind the title then.
    """

    place: FigurePlace
    deal: Deal
    title: str
    terms: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True)
class StepPlace:
    """One contribution of a bridge, counted from 0; `names` are those of the states before and after."""

    bridge: BridgePicture
    at: int
    names: tuple[str, str]

    @property
    def name(self) -> str:
        """The key figure that the bridge is about."""
        return self.bridge.kpi


AnyPlace = FigurePlace | DealPlace | StepPlace
"""Whatever can be explained."""


@runtime_checkable
class Explainable(Protocol):
    """A widget that shows figures and knows where the one in focus stands."""

    def figure_in_focus(self) -> AnyPlace | None:
        """Where the figure in focus stands, None where the focus is on none."""
