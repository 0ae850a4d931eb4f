"""Many columns at once: the code for lines that differ by column, and how it is run for one tile of columns."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.engine.planning import added_up, by_group, in_walks, rested_on, varying
from models.engine.printing import Block, Need, print_whole
from models.engine.rows import Walk, print_walk
from models.language.model import Model
from models.language.tree import Over, names_in

Array = NDArray[np.float64]
Inputs = Mapping[str, Array | float]

WALKING = Lock()
"""Held by the thread that runs code for many columns: its rows are shared, and two that walk hinder each other."""

NOTHING_YET = {"total": 0.0, "product": 0.0, "smallest": np.inf, "largest": -np.inf}
"""What a figure over all months is before the first."""


@dataclass
class Scratch:
    """Rows that a walk works in, for a number of columns."""

    columns: int
    rows: list[Array]
    masks: list[NDArray[np.bool_]]
    zero: Array


@dataclass
class Wide:
    """Code for the lines that differ by column.

    Attributes:
        lines: their names.
        needed: names of the other lines that they are made of.
        parts: what is evaluated together, in order.
    """

    lines: frozenset[str]
    needed: frozenset[str]
    keep: frozenset[str]
    parts: list[Block | Walk]

    def fix(self, inputs: Inputs, same: Mapping[str, Array], months: int) -> list[list[Any]]:
        """What each walk needs that is the same in all columns; computed once for any number of tiles."""
        month = np.arange(months, dtype=np.float64)[:, None]
        return [
            part.fix(months, month, *(_given(need, inputs, same) for need in part.fixed_needs))
            for part in self.parts
            if isinstance(part, Walk)
        ]

    def run(
        self, inputs: Inputs, same: Mapping[str, Array], fixed: Sequence[list[Any]], months: int, columns: int
    ) -> dict[str, Array]:
        """The lines wanted, shape (months, columns), or (1, columns) for lines with one value for the deal.

        Args:
            inputs: all of them, those that vary with the columns of this tile.
            same: lines that do not vary.
            fixed: from `fix`.
        """
        month = np.arange(months, dtype=np.float64)[:, None]
        lines: dict[str, Array] = dict(same)
        last = {need.name: k for k, part in enumerate(self.parts) for need in part.needs if not need.is_input}
        scratch, of_walk = self._rows(columns), iter(fixed)
        for k, part in enumerate(self.parts):
            given = [_given(need, inputs, lines) for need in part.needs]
            if isinstance(part, Walk):
                outputs = [np.empty((months, columns)) for _ in part.outputs]
                totals = [np.full(columns, NOTHING_YET[how]) for how in part.totals.values()]
                rows, masks = scratch.rows[: part.rows], scratch.masks[: part.masks]
                part.run(months, month, rows, masks, scratch.zero, next(of_walk), outputs, totals, *given)
                lines.update(zip(part.outputs, outputs, strict=True))
                lines.update({name: total[None, :] for name, total in zip(part.totals, totals, strict=True)})
            else:
                lines.update(zip(part.outputs, part.run(months, month, *given), strict=True))
            for name in [name for name in lines if name not in self.keep and last.get(name, -1) <= k]:
                del lines[name]
        return {name: lines[name] for name in self.keep}

    def _rows(self, columns: int) -> Scratch:
        walks = [part for part in self.parts if isinstance(part, Walk)]
        rows = max((part.rows for part in walks), default=0)
        masks = max((part.masks for part in walks), default=0)
        return _work_room.of(columns, rows, masks)


class _WorkRoom:
    """The rows that all walks work in, one after the other: of its own each program would keep some megabytes."""

    def __init__(self) -> None:
        self._scratch = Scratch(0, [], [], np.zeros(0))

    def of(self, columns: int, rows: int, masks: int) -> Scratch:
        """At least so many rows for so many columns, holding anything; who holds `WALKING` may use them."""
        if columns == 1:  # where a single case is evaluated in rows, nobody holds the lock
            return _scratch(columns, rows, masks)
        held = self._scratch
        if held.columns != columns or len(held.rows) < rows or len(held.masks) < masks:
            if held.columns == columns:
                rows, masks = max(rows, len(held.rows)), max(masks, len(held.masks))
            self._scratch = _scratch(columns, rows, masks)
        return self._scratch


def _scratch(columns: int, rows: int, masks: int) -> Scratch:
    made = np.empty((masks, columns), dtype=np.bool_)
    return Scratch(columns, list(np.empty((rows, columns))), list(made), np.zeros(columns))


_work_room = _WorkRoom()


def _given(need: Need, inputs: Inputs, lines: Mapping[str, Array]) -> Any:
    if not need.is_input:
        return lines[need.name]
    value = inputs[need.name]
    # a float of NumPy becomes infinite where one of Python would raise
    return value if isinstance(value, np.ndarray) else np.float64(value)


def print_wide(model: Model, keep: Collection[str], paths: frozenset[str] | None, *, walks: bool) -> Wide:
    """Code for the lines wanted that differ by column, because an input of `paths` does (None: all lines do).

    Args:
        walks: whether as much as possible is evaluated in walks through the months, which is best for many columns.
    """
    groups = rested_on(model, keep)
    every = frozenset(name for group in groups for name in group.names)
    wide = every if paths is None else varying(model.lines, groups, paths)
    parts = in_walks(model.lines, groups, wide) if walks else by_group(groups, wide)
    overs = added_up(model.lines, parts) if walks else {}
    wanted = wide.intersection(keep)
    printed: list[Block | Walk] = []
    for part in reversed(parts):
        if part.direction == 0:
            block: Block | Walk = print_whole(model.lines, part.names, wanted, overs)
        else:
            totals = {name: over for name, over in overs.items() if name in wanted}
            block = print_walk(
                model.lines, part.names, part.direction, wide=wide, wide_inputs=paths or frozenset(), kept=wanted,
                totals=_by_line(part.names, totals.values()),
            )  # fmt: skip
        printed.append(block)
        wanted = wanted | {need.name for need in block.needs if not need.is_input}
    made_of = {
        used
        for part in parts
        for name in part.names
        for used in names_in(model.lines[name].formula) | names_in(model.lines[name].start)
    }
    return Wide(wide, frozenset(made_of - wide), wide.intersection(keep), printed[::-1])


def _by_line(names: Sequence[str], overs: Collection[Over]) -> dict[str, tuple[Over, ...]]:
    """Figures over all months under the last of the lines of a walk that each is made of."""
    found: dict[str, tuple[Over, ...]] = {}
    for over in overs:
        made_of = [row.name for row in over.rows if row.name in names]
        if made_of:
            last = max(made_of, key=names.index)
            found[last] = (*found.get(last, ()), over)
    return found
