"""The lines of a simulation as one loop over paths and months, compiled by numba: what the engine is measured against.

The loop is printed from the same definitions as the engine's own code, with the spelling for plain numbers. Like the
engine, it computes beforehand what is the same on all paths, and takes totals on the way. It needs the dependency
group `benchmarks`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import ceil
from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from models.engine.evaluate import Program
from models.engine.planning import added_up, in_walks, rested_on, varying
from models.engine.printing import is_series, over_name, print_loop, print_whole
from models.language.ordering import Group
from models.language.tree import Over, names_in

Array = NDArray[np.float64]


@numba.njit
def trailing(history: Array, first: float, month: int) -> float:
    """Sum of a row from a month to the current one."""
    total = 0.0
    for m in range(max(0, int(first)), month + 1):
        total += history[m]
    return total


@numba.njit
def dot(*values: float) -> float:
    """Sum of the products of the first half of the values with the second half."""
    half = len(values) // 2
    total = 0.0
    for k in range(half):
        total += values[k] * values[k + half]
    return total


class FusedLoop:
    """Totals and other figures over all months of a program, path by path."""

    def __init__(self, program: Program, inputs: Mapping[str, Array | float], months: int) -> None:
        """Print and compile the loop for a program with the lines wanted, and compute what is the same on all paths.

        Args:
            program: with `keep` set.
            inputs: all of them; those with columns vary from path to path.
        """
        model, keep = program.model, program.keep or frozenset()
        wide_inputs = {path for path, value in inputs.items() if np.ndim(value) == 2 and np.shape(value)[1] > 1}
        groups = rested_on(model, keep)
        wide = varying(model.lines, groups, wide_inputs)
        parts = in_walks(model.lines, groups, wide)
        overs = added_up(model.lines, parts)
        at = max(range(len(parts)), key=lambda k: len(parts[k].names))
        names = parts[at].names
        before = tuple(name for part in parts[:at] for name in part.names)
        self.names = tuple(over_name(over) for over in overs.values())
        stored = {row.name for over in overs.values() for row in over.rows if row.name in names}
        block = print_loop(model.lines, Group(names, 1), stored)
        self._before = print_whole(model.lines, before)
        made_of = {used for name in (*names, *before) for used in names_in(model.lines[name].formula)} | {
            row.name for over in overs.values() for row in over.rows
        }
        same = program.keeping(made_of - wide).run({p: v for p, v in inputs.items() if p not in wide_inputs}, months)
        self._inputs, self._same, self._month = dict(inputs), same, np.arange(months, dtype=np.float64)[:, None]
        self._given: list[Any] = []
        self._paths: list[str] = []
        words = []
        for need in block.needs:
            if need.name in (wide_inputs if need.is_input else before):
                by_month = is_series(need.name) if need.is_input else not model.lines[need.name].once
                words.append(f"y{len(self._paths)}[k]" + ("" if by_month else "[0]"))
                self._paths.append(need.name)
            else:
                value = inputs[need.name] if need.is_input else same[need.name]
                once = np.size(value) == 1 and not (need.is_input and is_series(need.name))
                words.append(f"x{len(self._given)}")
                self._given.append(float(np.reshape(value, ())) if once else np.ravel(np.asarray(value)).copy())
        rows = [f"o{k}" for k in range(len(block.outputs))]
        factors = {name: f"o{k}[m]" for k, name in enumerate(block.outputs)}
        grown = []
        for number, over in enumerate(overs.values()):
            for row in over.rows:
                if row.name not in factors:
                    factors[row.name] = f"x{len(self._given)}[m]"
                    self._given.append(same[row.name].ravel().copy())
            grown.append(_grown(over, number, " * ".join(factors[row.name] for row in over.rows)))
        given = [f"x{k}" for k in range(len(self._given))] + [f"y{k}" for k in range(len(self._paths))]
        source = "\n".join(
            [
                f"def run(months, paths, {', '.join(given)}):",
                f"    found = np.zeros(({len(grown)}, paths))",
                *(f"    {row} = np.empty(months)" for row in rows),
                "    for k in range(paths):",
                f"        walk(months, 0.0, {', '.join([*rows, *words])})",
                "        for m in range(months):",
                *(f"            {line}" for line in grown),
                "    return found",
            ]
        )
        names_known = {"ceil": ceil, "abs": abs, "min": min, "max": max, "float": float, "int": int,
                       "inf": float("inf"), "np": np, "dot": dot, "trailing": trailing}  # fmt: skip
        filled = block.source.rpartition("\n")[0] + "\n    return 0.0"  # the rows are filled in place
        step = numba.njit(_function(filled, names_known))
        self._run: Callable[..., Array] = numba.njit(nogil=True)(_function(source, {**names_known, "walk": step}))
        self._months = months

    def run(self, drivers: Mapping[str, Array]) -> Array:
        """Figures over all months, shape (figures, paths).

        Args:
            drivers: inputs that vary, shape (paths, months or 1): a path's numbers side by side.
        """
        known = {**self._inputs, **{path: rows.T for path, rows in drivers.items()}}
        needed = [known[need.name] if need.is_input else self._same[need.name] for need in self._before.needs]
        found = self._before.run(self._months, self._month, *needed)
        before = {name: np.ascontiguousarray(rows.T) for name, rows in zip(self._before.outputs, found, strict=True)}
        given = [drivers[path] if path in drivers else before[path] for path in self._paths]
        return self._run(self._months, given[0].shape[0], *self._given, *given)


def _grown(over: Over, number: int, value: str) -> str:
    place = f"found[{number}, k]"
    if over.how in ("total", "product"):
        return f"{place} += {value}"
    word = "min" if over.how == "smallest" else "max"
    return f"{place} = {value} if m == 0 else {word}({place}, {value})"


def _function(source: str, names: Mapping[str, Any]) -> Callable[..., Any]:
    space = dict(names)
    exec(compile(source, "<fused loop>", "exec"), space)
    function: Callable[..., Any] = space["run"]
    return function
