"""Where a figure stands: what is asked when a figure is to be explained."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable


@dataclass(frozen=True)
class FigurePlace:
    """A line or key figure of the case, in a month counted from 0, or over months up to `last`; None for all.

    With `simulated` a measure of risk, or the mean of a key figure over the paths of the simulation.
    """

    name: str
    month: int | None = None
    last: int | None = None
    simulated: bool = False


@runtime_checkable
class Explainable(Protocol):
    """A widget that shows figures and knows where the one in focus stands."""

    def figure_in_focus(self) -> FigurePlace | None:
        """Where the figure in focus stands, None where the focus is on none."""


@runtime_checkable
class ExplainsItself(Protocol):
    """A widget whose figures belong to other deals than the one shown, such as states laid side by side."""

    def explain_in_focus(self) -> bool:
        """Ask for the figure in focus to be explained; False where the focus is on none."""
        ...
