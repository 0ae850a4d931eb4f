"""Trials: one deal with other numbers in each column, evaluated at once, with its key figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.analysis.terms import Term, bound_paths
from models.deal.paths import with_values
from models.deal.place import steps_of
from models.deal.problems import DealError
from models.deal.schema import Deal
from models.engine.case import KEY_FIGURES, program_of
from models.engine.columns import ColumnFigures, figures_of, lines_for
from models.engine.evaluate import FiguresError, evaluate_columns
from models.lines.binding import Inputs, bind
from models.lines.structure import structure_key

Array = NDArray[np.float64]
Cancelled = Callable[[], bool]
Progress = Callable[[float], None]


_SIZING = frozenset({
    "debt_amount", "debt_cover_capacity", "advance_limit", "capex", "loan_to_cost", "gross_commitment",
})  # fmt: skip
"""Key figures that no month of the waterfall is needed for."""

ENDING = "floor_prices"
"""The table by contract year that ends in 0; the others go on with their last entry."""


def never() -> bool:
    """Nobody asks to stop."""
    return False


def unheard(_share: float) -> None:
    """Nobody wants to know how far it is."""


@dataclass(frozen=True)
class Figures:
    """Key figures by column: shape (columns,), NaN where one does not exist, and then why."""

    values: Mapping[str, Array]
    reasons: Mapping[str, tuple[str | None, ...]]

    def at(self, name: str, column: int) -> float | None:
        """A key figure of a column, None where it does not exist."""
        value = float(self.values[name][column])
        return None if np.isnan(value) else value


class Trials:
    """The numbers of a deal in so many columns; each starts as the deal has it."""

    def __init__(self, deal: Deal, columns: int) -> None:
        self.deal = deal
        self.columns = columns
        self.inputs: Inputs = bind(deal)

    def put(self, term: Term, values: Array, columns: slice | Sequence[int] = slice(None)) -> None:
        """Give a term its values in some columns, on top of what is there.

        Args:
            values: one for each of these columns, in file units (factors for a term that scales).
            columns: by default all.
        """
        for target in term.targets:
            for path, row in self._places(target):
                wide = self._wide(path)
                if term.scales:
                    scaled = wide[:, columns] * values if row is None else wide[row, columns] * values
                    wide[slice(None) if row is None else row, columns] = (
                        np.round(scaled) if term.field.whole else scaled
                    )
                else:
                    wide[0 if row is None else row, columns] = values

    def _places(self, target: str) -> list[tuple[str, int | None]]:
        """The bound inputs behind a field or an entry, with the row of a table."""
        steps = steps_of(target)
        if steps[:2] == ("revenue_share", "rates") and len(steps) == 4:
            return [(f"revenue_share.rates_{steps[3]}", int(steps[2]))]
        if target in self.inputs:
            return [(target, None)]
        if isinstance(steps[-1], int) and target.rpartition("[")[0] in self.inputs:
            return [(target.rpartition("[")[0], steps[-1])]
        return [(path, None) for path in bound_paths(self.deal, target) if path in self.inputs]

    def _wide(self, path: str) -> Array:
        value = self.inputs[path]
        column = value if isinstance(value, np.ndarray) else np.full((1, 1), value)
        if column.shape[1] != self.columns:
            self.inputs[path] = column = np.repeat(column, self.columns, axis=1)
        elif not isinstance(value, np.ndarray):
            self.inputs[path] = column
        return column

    def figures(self, names: Sequence[str], *, cancelled: Cancelled = never, progress: Progress = unheard) -> Figures:
        """Key figures of every column. One whose numbers are beyond all measure has none, and says so.

        Raises:
            CancelledError: `cancelled` said so.
        """
        return figures_in(self.deal, self.inputs, self.columns, names, cancelled=cancelled, progress=progress)


def figures_in(
    deal: Deal,
    inputs: Mapping[str, Array | float],
    columns: int,
    names: Sequence[str],
    *,
    cancelled: Cancelled = never,
    progress: Progress = unheard,
) -> Figures:
    """Key figures of columns of inputs of deals of this structure; as `Trials.figures`."""
    if columns == 1:  # a single case is evaluated over plain numbers
        plain = bind(deal)
        inputs = {
            path: value if isinstance(plain.get(path), np.ndarray) else float(np.asarray(value).reshape(()))
            for path, value in inputs.items()
        }
    try:
        lines = evaluate_columns(
            program_of(deal), inputs, deal.months, _lines_for(names), cancelled=cancelled, progress=progress
        )
    except FiguresError as error:
        if columns == 1:
            return Figures({n: np.full(1, np.nan) for n in names}, {n: (str(error),) for n in names})
        half = columns // 2
        parts = [
            figures_in(deal, _part(inputs, at), at.stop - at.start, names, cancelled=cancelled)
            for at in (slice(0, half), slice(half, columns))
        ]
        return Figures(
            {n: np.concatenate([part.values[n] for part in parts]) for n in names},
            {n: tuple(reason for part in parts for reason in part.reasons[n]) for n in names},
        )
    return _of_columns(figures_of(lines, names), columns, names)


def _lines_for(names: Sequence[str]) -> tuple[str, ...]:
    """The lines to evaluate: the same ones whatever is asked, so that the model is printed once for all questions.

    Figures that are settled when the debt is sized are the exception: they need a tenth of the time alone.
    """
    return lines_for(names if _SIZING.issuperset(names) else [figure.name for figure in KEY_FIGURES])


def _part(inputs: Mapping[str, Array | float], at: slice) -> Inputs:
    return {
        path: value[:, at] if isinstance(value, np.ndarray) and value.shape[1] > 1 else value
        for path, value in inputs.items()
    }


def _of_columns(found: ColumnFigures, columns: int, names: Sequence[str]) -> Figures:
    values = {n: np.broadcast_to(found.values[n], (columns,)) for n in names}
    single = found.values[names[0]].shape[0] == 1 if names else True
    return Figures(
        values,
        {
            n: tuple(found.reason(n, 0 if single else k) for k in range(columns))
            if np.isnan(values[n]).any()
            else (None,) * columns
            for n in names
        },
    )


def figures_of_deals(
    deals: Sequence[Deal], names: Sequence[str], *, cancelled: Cancelled = never, progress: Progress = unheard
) -> Figures:
    """Key figures of any deals side by side: those of one structure and length are columns of one evaluation.

    Raises:
        CancelledError: `cancelled` said so.
    """
    alike: dict[tuple[object, ...], list[int]] = {}
    for k, deal in enumerate(deals):
        alike.setdefault((structure_key(deal), deal.months), []).append(k)
    values = {n: np.full(len(deals), np.nan) for n in names}
    reasons: dict[str, list[str | None]] = {n: [None] * len(deals) for n in names}
    done = 0
    for where in alike.values():
        found = _alike(deals, where, names, cancelled)
        for n in names:
            values[n][where] = found.values[n]
            for at, reason in zip(where, found.reasons[n], strict=True):
                reasons[n][at] = reason
        done += len(where)
        progress(done / len(deals))
    return Figures(values, {n: tuple(reasons[n]) for n in names})


def _alike(deals: Sequence[Deal], where: Sequence[int], names: Sequence[str], cancelled: Cancelled) -> Figures:
    return figures_in(deals[where[0]], stacked([bind(deals[k]) for k in where]), len(where), names, cancelled=cancelled)


def stacked(columns: Sequence[Mapping[str, Array | float]]) -> Inputs:
    """Inputs of deals of one structure side by side; tables of different length go on as the model reads them."""
    result: Inputs = {}
    for path, first in columns[0].items():
        all_values = [each[path] for each in columns]
        if isinstance(first, np.ndarray):
            tables = [np.asarray(value) for value in all_values]
            longest = max(table.shape[0] for table in tables)
            ends = path.endswith(ENDING)
            full = [as_long(table, longest, ends=ends) for table in tables]
            result[path] = full[0] if all(np.array_equal(full[0], each) for each in full) else np.hstack(full)
        else:
            row = np.array([all_values], dtype=np.float64)
            result[path] = first if (row == first).all() else row
    return result


def as_long(table: Array, length: int, *, ends: bool) -> Array:
    """A table by contract year filled up: floor prices end, others repeat their last entry."""
    missing = length - table.shape[0]
    if not missing:
        return table
    last = np.zeros((1, table.shape[1])) if ends else table[-1:]
    return np.vstack([table, np.repeat(last, missing, axis=0)])


def refusal(deal: Deal, changes: dict[str, object]) -> str:
    """Why a deal with these changes could not be used, in a sentence; "" where it can."""
    try:
        with_values(deal, changes)
    except DealError as error:
        return str(error)
    return ""
