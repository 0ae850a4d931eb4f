"""Evaluate a model for the numbers of a deal, or for many columns of them at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from struct import Struct
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.engine.planning import rested_on
from models.engine.printing import Block, Need, print_loop, print_whole
from models.engine.wide import WALKING, Wide, print_wide
from models.language.model import Line, Model
from models.language.ordering import Group
from models.language.tree import ZERO, Over, Ref

Array = NDArray[np.float64]
Lines = dict[str, Array]

TILE = 3072
"""Columns evaluated together: enough to spread the cost of a call, few enough to stay in cache."""

KEPT_CODES = 16
"""Choices of varying inputs for which the code of a program is kept."""

MANY = 400
"""Columns from which lines outside a recursion, too, are cheaper in a walk by month than over whole rows."""


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
    _wide: dict[tuple[frozenset[str], bool], Wide] = field(default_factory=dict)
    _keeping: dict[object, Program] = field(default_factory=dict)

    def keeping(self, names: Collection[str], over_months: Mapping[str, tuple[str, str]] | None = None) -> Program:
        """The same model for chosen lines only; printed once for each choice.

        Args:
            names: lines wanted month by month, or as the one value they have.
            over_months: figures wanted besides, each by a name of its own: how (total, smallest or largest) and the
                line it is taken from. For many columns they are added up on the way, the line itself is not held.
        """
        more = over_months or {}
        key = (frozenset(names), frozenset(more.items()))
        if key not in self._keeping:
            self._keeping[key] = Program(_with_figures(self.model, more), frozenset([*names, *more]))
        return self._keeping[key]

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
        if columns_of(inputs) > 1:
            return self.prepare(inputs, months).run(inputs)
        result = self.single(inputs, months)
        _refuse_nonsense(result, self.model)
        return result

    def single(self, inputs: Mapping[str, Array | float], months: int) -> Lines:
        """The lines wanted for inputs without columns, not yet looked at for figures too large to hold."""
        with np.errstate(all="ignore"):
            try:
                return self._single(inputs, months)
            except (OverflowError, ZeroDivisionError):
                # rows hold infinity where a float refuses to, so the line at fault can be named
                keep = self.model.lines if self.keep is None else self.keep
                code = print_wide(self.model, keep, None, walks=False)
                return code.run(inputs, {}, code.fix(inputs, {}, months), months, 1)

    def _single(self, inputs: Mapping[str, Array | float], months: int) -> Lines:
        month = np.arange(months, dtype=np.float64)[:, None]
        lines: Lines = {}
        blocks = self.plain()
        last = {need.name: k for k, block in enumerate(blocks) for need in block.needs if not need.is_input}
        for k, block in enumerate(blocks):
            source = [inputs[need.name] if need.is_input else lines[need.name] for need in block.needs]
            if block.plain:
                listed = [self._listed(need, value) for need, value in zip(block.needs, source, strict=True)]
                found = np.empty((months, len(block.outputs)))
                put = Struct(f"{len(block.outputs)}d").pack_into
                history = [[0.0] * months for _ in range(block.looked_back)]
                block.run(months, month, put, found.data.cast("B"), history, *listed)
                rows = np.ascontiguousarray(found.T)
                lines.update({name: row[:, None] for name, row in zip(block.outputs, rows, strict=True)})
            else:
                given = [value if isinstance(value, np.ndarray) else np.float64(value) for value in source]
                lines.update(zip(block.outputs, block.run(months, month, *given), strict=True))
            if self.keep is not None:
                for name in [name for name in lines if name not in self.keep and last.get(name, -1) <= k]:
                    del lines[name]
        return lines

    def _listed(self, need: Need, value: Array | float) -> list[float] | float:
        """A value as code for a single case takes it: a number, or the numbers of a series."""
        if not isinstance(value, np.ndarray):
            return float(value)
        once = not need.is_input and self.model.lines[need.name].once
        numbers: list[float] = value.ravel().tolist()
        return numbers[0] if once else numbers

    def prepare(self, inputs: Mapping[str, Array | float], months: int) -> Prepared:
        """Evaluate what does not vary by column, to run the rest for one tile of columns after the other.

        Args:
            inputs: as for `run`; which of them vary by column counts, not how many columns there are.
        """
        return Prepared(self, inputs, months)

    def plain(self) -> list[Block]:
        """Code for a single case."""
        self._plain = self._plain or _print(self.model, self.keep)
        return self._plain

    def wide(self, paths: frozenset[str], *, in_walks: bool) -> Wide:
        """Code for many columns in which the inputs named vary."""
        found = self._wide.get((paths, in_walks))
        if found is None:
            keep = self.model.lines if self.keep is None else self.keep
            found = print_wide(self.model, keep, paths, walks=in_walks)
            # the newest ones are kept: an hour of questions about ever other inputs must not fill the memory
            recent = list(self._wide.items())[1 - KEPT_CODES :]
            self._wide = {**dict(recent), (paths, in_walks): found}
        return found


def _with_figures(model: Model, figures: Mapping[str, tuple[str, str]]) -> Model:
    """The model with figures over all months as lines of their own."""
    lines = dict(model.lines)
    for name, (how, source) in figures.items():
        if name in lines:
            raise ValueError(f"{name!r} is a line of the model; a figure over months needs a name of its own")
        line = lines[source]
        definition = replace(line.definition, once=True)
        lines[name] = Line(name, definition, line.member, line.label, Over(how, (Ref(source),)), ZERO)
    return Model(lines, (*model.groups, *(Group((name,), 0) for name in figures)))


class Prepared:
    """A program with all that is the same in every column evaluated; what differs is run tile by tile.

    Several threads may run tiles of it. One walks through the months at a time: short steps on rows hand the
    interpreter to and fro, so that two threads that walk are slower than one. Threads gain what each does besides, such
    as drawing the paths of the next tile.
    """

    def __init__(self, program: Program, inputs: Mapping[str, Array | float], months: int) -> None:
        self._program = program
        self._months = months
        self._paths = frozenset(path for path, value in inputs.items() if columns_of({path: value}) > 1)
        self._inputs = {path: value for path, value in inputs.items() if path not in self._paths}
        code = program.wide(self._paths, in_walks=False)
        keep = program.model.lines if program.keep is None else program.keep
        names = code.needed.union(keep) - code.lines
        self._same = program.keeping(names).single(self._inputs, months) if names else {}
        self._kept = names.intersection(keep)
        self._fixed: dict[bool, list[list[Any]]] = {}

    def run(self, inputs: Mapping[str, Array | float]) -> Lines:
        """The lines wanted for one tile of columns, in shapes as `Program.run` gives them.

        Args:
            inputs: those that vary, with the columns of the tile; others are not looked at.

        Raises:
            FiguresError: a figure is not a number or too large to hold.
        """
        tile = {path: inputs[path] for path in self._paths}
        columns = columns_of(tile)
        walks = columns >= MANY
        result = {name: self._same[name] for name in self._kept}
        if self._paths:
            code = self._program.wide(self._paths, in_walks=walks)
            given = self._inputs | tile
            with WALKING, np.errstate(all="ignore"):
                if walks not in self._fixed:
                    self._fixed[walks] = code.fix(given, self._same, self._months)
                lines = code.run(given, self._same, self._fixed[walks], self._months, columns)
            for values in lines.values():
                np.add(values, 0.0, out=values)  # a zero has no sign, however it came about
            result |= lines
        result = {name: result[name] for name in self._program.model.lines if name in result}
        _refuse_nonsense(result, self._program.model)
        return result


def columns_of(inputs: Mapping[str, Array | float]) -> int:
    """How many columns inputs have."""
    return max((v.shape[1] for v in inputs.values() if isinstance(v, np.ndarray) and v.ndim == 2), default=1)


def _print(model: Model, keep: frozenset[str] | None) -> list[Block]:
    groups = model.groups if keep is None else rested_on(model, keep)
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
            block = print_loop(model.lines, batch[0], wanted, packed=True)
        blocks.append(block)
        wanted |= {need.name for need in block.needs if not need.is_input}
    return blocks[::-1]


def _refuse_nonsense(lines: Lines, model: Model) -> None:
    missing = model.may_be_missing
    if all(values.shape[1] == 1 for values in lines.values()):  # all at once: most of the time goes into calls
        nothing = [np.zeros((1, 1))]
        sure = np.concatenate(nothing + [values for name, values in lines.items() if name not in missing])
        unsure = np.concatenate(nothing + [values for name, values in lines.items() if name in missing])
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
    over_months: Mapping[str, tuple[str, str]] | None = None,
    tile: int = TILE,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[float], None] = lambda _share: None,
) -> Lines:
    """Chosen lines for any number of columns, evaluated tile by tile so that memory stays bounded.

    Args:
        keep: names of the lines wanted.
        over_months: figures over all months wanted besides, as for `Program.keeping`.
        tile: columns evaluated together; the figures do not depend on it, to the last bit.
        cancelled: asked between tiles.
        progress: told the share done, 0..1.

    Raises:
        CancelledError: `cancelled` said so.
    """
    columns = columns_of(inputs)
    prepared = program.keeping(keep, over_months).prepare(inputs, months)
    found: Lines = {}
    for start, stop in _tiles(columns, tile):
        if cancelled():
            raise CancelledError
        part = {
            path: value[:, start:stop]
            for path, value in inputs.items()
            if isinstance(value, np.ndarray) and value.shape[1] > 1
        }
        for name, values in prepared.run(part).items():
            if name not in found:
                found[name] = np.empty((values.shape[0], columns))
            found[name][:, start:stop] = values
        progress(stop / columns)
    return found


def _tiles(columns: int, tile: int) -> list[tuple[int, int]]:
    """Bounds of the tiles. None holds a lone column of many: sums over it would be taken in another order."""
    starts = list(range(0, columns, max(2, tile)))
    if len(starts) > 1 and columns - starts[-1] == 1:
        starts.pop()
    return list(zip(starts, [*starts[1:], columns], strict=True))
