"""The scales of the lines of a cash flow, by what they are counted in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # made by the engine, which is loaded with the first figures
    from models import Row


@dataclass(frozen=True)
class Scale:
    """How the figures of a unit are shown: divided by 10**power, with so many decimals, the unit said in the label."""

    power: int
    decimals: int
    suffix: str = ""


_SCALES = {
    "money": Scale(6, 1),
    "fraction": Scale(-2, 1, "%"),
    "x": Scale(0, 2, "x"),
    "GPU-hours": Scale(6, 1, "million"),
    "GPUs": Scale(0, 0, "GPUs"),
}


def scale_of(row: Row) -> Scale:
    """The scale of a line by its unit; an unknown unit is shown as it is, with two decimals."""
    return _SCALES.get(row.unit, Scale(0, 2, row.unit))
