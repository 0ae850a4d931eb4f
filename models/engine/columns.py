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


def figures_of(lines: Mapping[str, Array], names: Collection[str]) -> ColumnFigures:
    """Key figures read from lines that are evaluated.

    Args:
        lines: those of `lines_for(names)`, shape (months, columns), or (1, columns) for lines with one value.
        names: key figures wanted.
    """
    values: dict[str, Array] = {}
    reasons: list[str | None] = []
    for name in names:
        figure = FIGURE[name]
        row = lines[figure.line]
        if figure.how == "irr":
            values[name], reasons = irr(row)
        else:
            values[name] = _read(figure, row)
    return ColumnFigures(values, tuple(reasons))


def _read(figure: KeyFigure, row: Array) -> Array:
    if figure.how == "ever":
        return np.asarray(row.max(axis=0) > 0, dtype=np.float64)
    if figure.how == "total":
        return np.asarray(row.sum(axis=0))
    return np.where(np.isfinite(row[0]), row[0], np.nan)


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
    lines = evaluate_columns(
        program, inputs, months, lines_for(wanted), tile=tile, cancelled=cancelled, progress=progress
    )
    return figures_of(lines, wanted)
