"""Evaluate a model for the numbers of a deal, or for many columns of them at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from models.engine.printing import Block, print_loop, print_whole
from models.language.model import Model
from models.language.ordering import Group
from models.language.tree import Input, Ref, names_in, walk

Array = NDArray[np.float64]
Lines = dict[str, Array]

TILE = 4096
"""Columns evaluated together: enough to spread the cost of a call, few enough to stay in cache."""


class CancelledError(Exception):
    """The evaluation was asked to stop."""


class FiguresError(ValueError):
    """The numbers of the deal lead to a figure beyond all measure; the message names the line and the month."""


@dataclass
class Program:
    """The code printed for one model. Printing happens once; new numbers only run it again."""

    model: Model
    keep: frozenset[str] | None = None
    """Lines wanted; None for all. Lines that these do not rest on are not evaluated."""

    _plain: list[Block] = field(default_factory=list)
    _wide: list[Block] = field(default_factory=list)

    _keeping: dict[frozenset[str], Program] = field(default_factory=dict)

    def keeping(self, names: Collection[str]) -> Program:
        """The same model for chosen lines only; printed once for each choice."""
        wanted = frozenset(names)
        return self._keeping.setdefault(wanted, Program(self.model, wanted))

    def blocks(self, *, plain: bool) -> list[Block]:
        if plain:
            self._plain = self._plain or _print(self.model, self.keep, plain=True)
            return self._plain
        self._wide = self._wide or _print(self.model, self.keep, plain=False)
        return self._wide

    def run(self, inputs: Mapping[str, Array | float], months: int) -> Lines:
        """The lines wanted, for one set of inputs.

        Args:
            inputs: by path. A float; a series of shape (months, 1); a table of shape (years, 1); or any of these with
                columns instead of the 1.
            months: rows of the result.

        Returns:
            For each line its figures, shape (months, columns) or (months, 1) where it does not vary by column; for a
            line with one value for the deal (1, columns) or (1, 1).

        Raises:
            FiguresError: a figure is not a number or too large to hold.
        """
        columns = _columns(inputs)
        with np.errstate(all="ignore"):
            if columns > 1:
                lines = self._run(inputs, months, columns, plain=False)
            else:
                try:
                    lines = self._run(inputs, months, columns, plain=True)
                except (OverflowError, ZeroDivisionError):
                    # rows hold infinity where a float refuses to, so the line at fault can be named
                    lines = self._run(inputs, months, columns, plain=False)
        result = {name: _two_dimensional(value) for name, value in lines.items()}
        _refuse_nonsense(result, self.model)
        return result

    def _run(
        self, inputs: Mapping[str, Array | float], months: int, columns: int, *, plain: bool
    ) -> dict[str, Array | float]:
        month = np.arange(months, dtype=np.float64)[:, None]
        lines: dict[str, Array | float] = {}
        varying = set() if columns == 1 else _varying(self.model, inputs)
        blocks = self.blocks(plain=plain)
        last = {need.name: k for k, block in enumerate(blocks) for need in block.needs if not need.is_input}
        for k, block in enumerate(blocks):
            self._run_block(block, lines, inputs, month, columns, varying)
            if self.keep is not None:
                for name in [name for name in lines if name not in self.keep and last.get(name, -1) <= k]:
                    del lines[name]
        return lines

    def _run_block(
        self,
        block: Block,
        lines: dict[str, Array | float],
        inputs: Mapping[str, Array | float],
        month: Array,
        columns: int,
        varying: Collection[str],
    ) -> None:
        months = month.shape[0]
        source = [inputs[need.name] if need.is_input else lines[need.name] for need in block.needs]
        if block.plain:
            listed = [value.ravel().tolist() if isinstance(value, np.ndarray) else float(value) for value in source]
            rows = [[0.0] * months for _ in block.outputs]
            found = block.run(months, month, *rows, *listed)
            lines.update({n: np.array(v)[:, None] for n, v in zip(block.outputs, found, strict=True)})
            return
        # a float of NumPy becomes infinite where one of Python would raise
        given = [value if isinstance(value, np.ndarray) else np.float64(value) for value in source]
        out = [np.empty((months, columns if n in varying else 1)) for n in block.outputs] if block.loops else []
        lines.update(zip(block.outputs, block.run(months, month, *out, *given), strict=True))


def _columns(inputs: Mapping[str, Array | float]) -> int:
    return max((np.shape(v)[1] for v in inputs.values() if np.ndim(v) == 2), default=1)


def _two_dimensional(value: Array | float) -> Array:
    if isinstance(value, np.ndarray) and value.ndim == 2:
        return value
    return np.asarray(value, dtype=np.float64).reshape(-1, np.shape(value)[1] if np.ndim(value) == 2 else 1)


def _print(model: Model, keep: frozenset[str] | None, *, plain: bool) -> list[Block]:
    groups = model.groups if keep is None else _rested_on(model, keep)
    batches: list[tuple[Group, ...]] = []
    for group in groups:
        if group.direction == 0 and batches and batches[-1][0].direction == 0:
            batches[-1] = (*batches[-1], group)
        else:
            batches.append((group,))
    blocks: list[Block] = []
    wanted = set(model.lines) if keep is None else set(keep)
    for batch in reversed(batches):
        names = tuple(name for group in batch for name in group.names)
        if batch[0].direction == 0:
            block = print_whole(model.lines, names, wanted)
        else:
            block = print_loop(model.lines, batch[0], wanted, plain=plain)
        blocks.append(block)
        wanted |= {need.name for need in block.needs if not need.is_input}
    return blocks[::-1]


def _rested_on(model: Model, keep: frozenset[str]) -> tuple[Group, ...]:
    """Groups that the lines wanted rest on, in order."""
    needed = set(keep)
    for group in reversed(model.groups):
        if needed.intersection(group.names):
            for name in group.names:
                needed |= names_in(model.lines[name].formula) | names_in(model.lines[name].start)
    return tuple(group for group in model.groups if needed.intersection(group.names))


def _varying(model: Model, inputs: Mapping[str, Array | float]) -> set[str]:
    """Names of the lines that differ from column to column because an input they rest on does."""
    wide = {path for path, value in inputs.items() if np.ndim(value) == 2 and np.shape(value)[1] > 1}
    found: set[str] = set()
    for group in model.groups:
        uses: set[str] = set()
        for name in group.names:
            for expr in (model.lines[name].formula, model.lines[name].start):
                for node in walk(expr):
                    if isinstance(node, Input) and node.path in wide:
                        uses.add(node.path)
                    elif isinstance(node, Ref) and node.name in found:
                        uses.add(node.name)
        if uses:
            found.update(group.names)
    return found


def _refuse_nonsense(lines: Lines, model: Model) -> None:
    missing = {name for name in lines if model.lines[name].may_be_missing}
    if all(values.shape[1] == 1 for values in lines.values()):  # all at once: most of the time goes into calls
        nothing = [np.zeros((1, 1))]
        sure = np.concatenate(nothing + [values for name, values in lines.items() if name not in missing])
        unsure = np.concatenate(nothing + [lines[name] for name in missing])
        if np.isfinite(sure).all() and not np.isnan(unsure).any():
            return
    for name, values in lines.items():
        if np.isfinite(values).all():
            continue
        if np.isnan(values).any() or name not in missing:
            raise FiguresError(
                f'The numbers of this deal make "{model.lines[name].label}" too large to compute; '
                "look for a rate or a price that is far off."
            )


def evaluate_columns(
    program: Program,
    inputs: Mapping[str, Array | float],
    months: int,
    keep: Collection[str],
    *,
    tile: int = TILE,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[float], None] = lambda _share: None,
) -> Lines:
    """Chosen lines for any number of columns, evaluated tile by tile so that memory stays bounded.

    Args:
        keep: names of the lines wanted.
        tile: columns evaluated together; the figures do not depend on it, to the last bit.
        cancelled: asked between tiles.
        progress: told the share done, 0..1.

    Raises:
        CancelledError: `cancelled` said so.
    """
    columns = _columns(inputs)
    parts: dict[str, list[Array]] = {name: [] for name in keep}
    for start, stop in _tiles(columns, tile):
        if cancelled():
            raise CancelledError
        part = {
            path: value[:, start:stop] if isinstance(value, np.ndarray) and value.shape[1] > 1 else value
            for path, value in inputs.items()
        }
        lines = program.keeping(keep).run(part, months)
        for name in keep:
            values = lines[name]
            parts[name].append(values if values.shape[1] > 1 else np.repeat(values, stop - start, axis=1))
        progress(stop / columns)
    return {name: np.concatenate(values, axis=1) for name, values in parts.items()}


def _tiles(columns: int, tile: int) -> list[tuple[int, int]]:
    """Bounds of the tiles. None holds a lone column of many: sums over it would be taken in another order."""
    starts = list(range(0, columns, max(2, tile)))
    if len(starts) > 1 and columns - starts[-1] == 1:
        starts.pop()
    return list(zip(starts, [*starts[1:], columns], strict=True))
