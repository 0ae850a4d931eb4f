"""Key figures of many columns at once: scenarios, sensitivities, candidates of a solver, simulated paths."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.engine.case import KEY_FIGURES, KeyFigure
from models.engine.evaluate import TILE, Program, evaluate_columns
from models.engine.returns import irr

Array = NDArray[np.float64]

FIGURE = {figure.name: figure for figure in KEY_FIGURES}


@dataclass(frozen=True)
class ColumnFigures:
    """Key figures by column.

    Attributes:
        values: by name of the key figure, shape (columns,), NaN where a figure does not exist.
        no_rate: for each column the reason why it has no rate of return, None where it has one; empty if not asked for.
    """

    values: Mapping[str, Array]
    no_rate: tuple[str | None, ...] = ()

    def reason(self, name: str, column: int) -> str | None:
        """Why a figure does not exist in a column; None where it does."""
        if not np.isnan(self.values[name][column]):
            return None
        return self.no_rate[column] if FIGURE[name].how == "irr" else FIGURE[name].missing


def lines_for(names: Collection[str]) -> tuple[str, ...]:
    """The lines that key figures are read from, each once."""
    return tuple(dict.fromkeys(FIGURE[name].line for name in names))


def wanted_for(names: Collection[str]) -> tuple[tuple[str, ...], dict[str, tuple[str, str]]]:
    """What key figures are read from, for `Program.keeping`: lines to keep, and figures over months to add up.

    Lines of which only a total counts are not held month by month.
    """
    keep: dict[str, None] = {}
    over_months: dict[str, tuple[str, str]] = {}
    for figure in map(FIGURE.__getitem__, names):
        if figure.how in OVER_MONTHS:
            over_months[_over_months(figure)] = (OVER_MONTHS[figure.how], figure.line)
        else:
            keep[figure.line] = None
    return tuple(keep), over_months


OVER_MONTHS = {"total": "total", "ever": "largest"}
"""How a figure is taken from all months of its line."""


def _over_months(figure: KeyFigure) -> str:
    return f"{OVER_MONTHS[figure.how]} of {figure.line}"


def figures_of(lines: Mapping[str, Array], names: Collection[str]) -> ColumnFigures:
    """Key figures read from lines that are evaluated.

    Args:
        lines: what `wanted_for(names)` or `lines_for(names)` asks for, shape (months, columns), or (1, columns) for
            lines with one value and for figures over months.
        names: key figures wanted.
    """
    values: dict[str, Array] = {}
    reasons: list[str | None] = []
    for name in names:
        figure = FIGURE[name]
        if figure.how == "irr":
            values[name], reasons = irr(lines[figure.line])
        else:
            values[name] = _read(figure, lines)
    return ColumnFigures(values, tuple(reasons))


def _read(figure: KeyFigure, lines: Mapping[str, Array]) -> Array:
    if figure.how not in OVER_MONTHS:
        row = lines[figure.line][0]
        return np.where(np.isfinite(row), row, np.nan)
    added_up = lines.get(_over_months(figure))
    if figure.how == "total":
        return np.asarray(lines[figure.line].sum(axis=0) if added_up is None else added_up[0])
    largest = lines[figure.line].max(axis=0) if added_up is None else added_up[0]
    return np.asarray(largest > 0, dtype=np.float64)


def key_figures(
    program: Program,
    inputs: Mapping[str, Array | float],
    months: int,
    names: Collection[str] | None = None,
    *,
    tile: int = TILE,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[float], None] = lambda _share: None,
) -> ColumnFigures:
    """Key figures for any number of columns; only the lines they rest on are evaluated.

    Args:
        program: `program_of(deal)`.
        inputs: as for `Program.run`, any of them different by column.
        months: length of the model.
        names: key figures wanted, by default all in the order of `KEY_FIGURES`.
        tile: columns evaluated together; the figures do not depend on it.
        cancelled: asked between tiles.
        progress: told the share done, 0..1.

    Raises:
        CancelledError: `cancelled` said so.
        FiguresError: a figure of a column is beyond all measure.
    """
    wanted = tuple(FIGURE) if names is None else tuple(names)
    keep, over_months = wanted_for(wanted)
    lines = evaluate_columns(
        program, inputs, months, keep, over_months=over_months, tile=tile, cancelled=cancelled, progress=progress
    )
    return figures_of(lines, wanted)
