"""Print lines as a walk through the months over rows of columns, for as many columns as stay in the cache.

Every step writes into a row that is no longer needed, so that a walk touches few rows again and again; what is the same
in all columns is computed before it, and figures over all months are added up on the way.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.engine import functions
from models.engine.printing import ROW_NAMES, Need
from models.engine.steps import Form, Step, Steps, looked_back_on
from models.language.model import Line
from models.language.operators import OPERATORS
from models.language.tree import Over

Array = NDArray[np.float64]

_NAMES: dict[str, Any] = {
    **ROW_NAMES,
    **{operator.ufunc: getattr(np, operator.ufunc) for operator in OPERATORS.values() if operator.ufunc},
    "add_up": np.add.reduce,
    "by_month": functions.by_month,
    "by_year": functions.by_year_in_month,
    "choose": functions.choose,
    "copyto": np.copyto,
    "logical_not": np.logical_not,
    "number": functions.number,
    "power": functions.power,
}


@dataclass
class Walk:
    """Compiled code that walks through the months.

    Attributes:
        outputs: lines whose rows by month it fills.
        totals: figures over all months that it adds up, and how.
        fixed_needs: what `fix(months, month, *fixed_needs)` is called with; it gives what is the same in all columns.
        needs: what differs by column: the last arguments of `run(months, month, rows, masks, zero, fixed, outputs,
            totals, *needs)`.
        rows: rows of numbers to work in.
        masks: rows of conditions to work in.
    """

    outputs: tuple[str, ...]
    totals: Mapping[str, str]
    fixed_needs: tuple[Need, ...]
    needs: tuple[Need, ...]
    rows: int
    masks: int
    fix: Callable[..., list[Any]]
    run: Callable[..., None]
    source: str


def print_walk(
    lines: Mapping[str, Line],
    names: tuple[str, ...],
    direction: int,
    *,
    wide: Collection[str],
    wide_inputs: Collection[str],
    kept: Collection[str],
    totals: Mapping[str, tuple[Over, ...]],
) -> Walk:
    """Code for lines that are evaluated in one walk.

    Args:
        names: the lines, each after what it needs in the same month.
        direction: 1 from the first month to the last, -1 from the last to the first.
        wide: all lines that differ by column.
        wide_inputs: all inputs that do, by path.
        kept: lines whose rows by month are wanted.
        totals: figures over all months, each under the last of the lines it is made of.
    """
    looked_back = {of.name for name in names for of in looked_back_on(lines[name].formula)}
    outputs = tuple(name for name in names if name in kept or name in looked_back)
    steps = Steps(lines, names, direction, wide, wide_inputs, outputs, totals)
    places = _Places(steps)
    parameters = ", ".join(["months", "month", *steps.same.needs.values()])
    fix = [f"def fix({parameters}):", *(f"    {name} = {call}" for call, name in steps.fixed.items())]
    fix.append(f"    return [{', '.join(steps.fixed.values())}]")
    source = "\n".join([*fix, "", *_walk(steps, places, direction)])
    space: dict[str, Any] = dict(_NAMES)
    exec(compile(source, f"<walk over {len(names)} lines from {names[0]}>", "exec"), space)
    return Walk(
        outputs, steps.over_names, tuple(steps.same.needs), tuple(steps.outside.needs),
        places.rows.most, places.masks.most, space["fix"], space["run"], source,
    )  # fmt: skip


def _walk(steps: Steps, places: _Places, direction: int) -> list[str]:
    rows = [f"{row}_by_month" for row in map(steps.row_of, steps.outputs)]
    sums = [f"t{k}" for k in range(len(steps.over_names))]
    parameters = [
        "months",
        "month",
        "rows",
        "masks",
        "zero",
        "fixed",
        "outputs",
        "totals",
        *steps.outside.needs.values(),
    ]
    body = [f"def run({', '.join(parameters)}):"]
    unpacked = {"rows": places.rows.names, "masks": places.masks.names, "fixed": list(steps.fixed.values())}
    for given, names in {**unpacked, "outputs": rows, "totals": sums}.items():
        body += [f"    [{', '.join(names)}] = {given}"] if names else []
    body += [f"    {name} = {call}" for call, name in (steps.at_once | steps.moved).items()]
    body += [f"    copyto({name}, {steps.steps[start].source})" for name, start in places.starts.items()]
    turned = "" if direction > 0 else "[::-1]"
    walked = {"m": f"range(months){turned}", **{name: f"{name}{turned}" for name in steps.by_month}}
    walked |= {row: f"{row}_by_month{turned}" for row in map(steps.row_of, steps.outputs)}
    body.append(f"    for {', '.join(walked)} in zip({', '.join(walked.values())}):")
    body += places.body
    return body


class _Pool:
    """Rows of one kind: each is used again once nothing needs what it holds."""

    def __init__(self, letter: str) -> None:
        self._letter = letter
        self._free: list[str] = []
        self.names: list[str] = []

    @property
    def most(self) -> int:
        return len(self.names)

    def take(self) -> str:
        if not self._free:
            self.names.append(f"{self._letter}{len(self.names)}")
            return self.names[-1]
        return self._free.pop()

    def give(self, name: str) -> None:
        self._free.append(name)


class _Places:
    """The row of every step.

    Attributes:
        starts: by row that holds the month before, the value it starts with.
        body: the steps of one month as Python source.
    """

    def __init__(self, steps: Steps) -> None:
        self.steps = steps
        self.rows, self.masks = _Pool("r"), _Pool("b")
        self.starts: dict[str, int] = {}
        self.body: list[str] = []
        self._last: dict[int, int] = {}
        self._places: dict[int, str] = {}
        self._skipped: set[int] = set()
        self._at_end: list[str] = []
        self._find_last_uses()
        self._place_kept()
        self._carry()
        for index, step in enumerate(steps.steps):
            if step.form is not Form.GIVEN and index in self._last and index not in self._skipped:
                self._print(index, step)
        self.body += [f"        {line}" for line in self._at_end] or []

    def _find_last_uses(self) -> None:
        end = len(self.steps.steps)
        for name in self.steps.before:
            self._last[self.steps.done[name]] = end
        for index in range(end - 1, -1, -1):
            step = self.steps.steps[index]
            if step.form is Form.EFFECT:
                self._last[index] = index
            if index in self._last:
                until = self._last[index] if step.form is Form.CHOSEN else index
                for used in step.uses:
                    self._last[used] = max(self._last.get(used, -1), until)

    def _place_kept(self) -> None:
        """A value that is kept goes straight to its row by month, where it is computed into a row of its own."""
        for index, step in enumerate(self.steps.steps):
            if step.form is Form.EFFECT and step.source.startswith("copyto("):
                value = step.uses[0]
                if self.steps.steps[value].form in (Form.INTO, Form.APART) and value not in self._places:
                    self._places[value] = step.source.removeprefix("copyto(").split(",")[0]
                    self._skipped.add(index)

    def _carry(self) -> None:
        """Where a value waits for the next month: its row by month, a row of its own, or two that change places."""
        for name, k in self.steps.before.items():
            before, value = f"p{k}", self.steps.done[name]
            step = self.steps.steps[value]
            self.starts[before] = self.steps.starts[name]
            self.rows.names.append(before)
            if name in self.steps.outputs:
                self._at_end.append(f"{before} = {self.steps.row_of(name)}")
                continue
            if value in self._places or step.form is Form.FRESH:
                self._at_end.append(f"{before} = {self._word(value)}")
                continue
            last_use = self._last.get(self.steps.known(before), -1)
            if last_use < value or (last_use == value and step.form is Form.INTO):
                self._places[value] = before
                continue
            self.rows.names.append(f"n{k}")
            self._places[value] = f"n{k}"
            self._at_end.append(f"{before}, n{k} = n{k}, {before}")

    def _print(self, index: int, step: Step) -> None:
        words = [self._word(used) for used in step.uses]
        pool = self.masks if step.mask else self.rows
        ends = [used for used in dict.fromkeys(step.uses) if self._last[used] == index]
        if step.form is Form.INTO:
            self._release(ends)
        if step.form in (Form.INTO, Form.APART):
            place = self._places.get(index) or pool.take()
            self._places[index] = place
            text = step.source.format(*words, out=place)
        elif step.form is Form.EFFECT:
            text = step.source.format(*words)
        else:
            text = f"v{index} = {step.source.format(*words)}"
        if step.form is not Form.INTO:
            self._release(ends)
        named = ", ".join(self.steps.ends.get(index, ()))
        self.body.append(f"        {text}" + (f"  # {named}" if named else ""))

    def _release(self, values: list[int]) -> None:
        for value in values:
            place = self._places.get(value, "")
            if place[:1] == "r":
                self.rows.give(place)
            elif place[:1] == "b":
                self.masks.give(place)

    def _word(self, value: int) -> str:
        step = self.steps.steps[value]
        if step.form is Form.GIVEN:
            return step.source
        return self._places.get(value, f"v{value}")
