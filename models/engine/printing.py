"""Print line items as Python: whole rows at once, or a loop through the months for lines that recur.

The same loop is printed twice: over plain floats for a single case, and over rows of columns for many.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from math import ceil
from struct import Struct
from typing import Any

import numpy as np

from models.engine import functions
from models.language.model import Line
from models.language.operators import OPERATORS
from models.language.ordering import Group
from models.language.tree import (
    ByYear,
    Const,
    Expr,
    Input,
    LineError,
    Month,
    Named,
    Next,
    Op,
    Over,
    Prior,
    Ref,
    Window,
    names_in,
    walk,
)

PLAIN_NAMES: dict[str, Any] = {
    "ceil": ceil,
    "abs": abs,
    "min": min,
    "max": max,
    "float": float,
    "int": int,
    "inf": float("inf"),
    "dot": functions.dot,
    "days_in_month": functions.days_in_month,
    "level_payment": functions.level_payment,
    "trailing": functions.trailing,
    "prior": functions.prior_list,
    "following": functions.following_list,
}
ROW_NAMES: dict[str, Any] = {
    "abs": np.abs,
    "ceil": np.ceil,
    "where": np.where,
    "inf": float("inf"),
    "least": functions.least,
    "greatest": functions.greatest,
    "dot": functions.dot,
    "power": functions.power,
    "ratio": functions.ratio,
    "days_in_month": functions.days_in_month,
    "level_payment": functions.level_payment,
    "trailing": functions.trailing,
    "prior": functions.prior,
    "following": functions.following,
    "as_rows": functions.as_rows,
    "as_one": functions.as_one,
    "total": functions.total,
    "smallest": functions.smallest,
    "largest": functions.largest,
    "product": functions.product,
    "by_year": functions.by_year,
    "window": functions.window,
}


@dataclass(frozen=True)
class Need:
    """Something a block of code is called with: an input by path, or a line."""

    name: str
    is_input: bool


@dataclass
class Block:
    """Compiled code for some lines. `run(months, month, *needs)` gives the outputs in order.

    A packed loop wants three more before the needs, see `print_loop`.
    """

    outputs: tuple[str, ...]
    needs: tuple[Need, ...]
    run: Callable[..., list[Any]]
    plain: bool
    source: str
    looked_back: int = 0
    """How many of its lines a packed loop looks back on further than a month."""


@dataclass
class Writer:
    """Prints expressions and notes down what they need from outside.

    `known` holds the lines that the block itself has evaluated (in a loop: evaluates), with their variables.
    """

    lines: Mapping[str, Line]
    known: dict[str, str]
    plain: bool
    loop: bool
    needs: dict[Need, str] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    letter: str = "x"
    added_up: Collection[str] = ()
    """Figures over all months that are there already, by `over_name`."""
    held: int = 0
    """Names given so far to values that are compared and then used."""

    def need(self, need: Need) -> str:
        if need not in self.needs:
            self.needs[need] = f"{self.letter}{len(self.needs)}"
        return self.needs[need]

    def text(self, expr: Expr) -> str:  # noqa: PLR0911, PLR0912 - one return for each kind of expression
        match expr:
            case Const(value) | Named(_, value):
                return repr(float(value))
            case Month():
                return "month"
            case Input(path):
                return self._outside(Need(path, True), path)
            case Prior(of) | Next(of):
                return self._moved(of, "prior" if isinstance(expr, Prior) else "following")
            case Ref(name):
                if name in self.known:
                    return self.known[name]
                return self._outside(Need(name, False), name)
            case Over(how, rows):
                self._whole_only(how)
                there = self.need(Need(over_name(expr), False)) if over_name(expr) in self.added_up else ""
                return there or f"{how}({', '.join(self.text(row) for row in rows)})"
            case Window(of, first, None) if self.loop:
                if of.name not in self.known:
                    raise LineError(f"sum_since({of.name}) stands in a recursion of other lines; give it its own line")
                return f"trailing(o{self.known[of.name]}, {self.text(first)}, m)"
            case Window(of, first, last):
                self._whole_only("sum_between")
                end = "month" if last is None else self.text(last)
                return f"window({self.text(of)}, {self.text(first)}, {end}, month)"
            case ByYear(table, year, ends):
                self._whole_only("by_year")
                return f"by_year({self.text(table)}, {self.text(year)}, {ends})"
            case Op(("least" | "greatest") as operator, args) if self.plain:
                return self._extreme("<" if operator == "least" else ">", [self.text(arg) for arg in args])
            case Op(operator, args):
                spelling = OPERATORS[operator]
                template = spelling.plain if self.plain else spelling.rows
                texts = [self.text(arg) for arg in args]
                return template.format(*texts, all=spelling.joins[0 if self.plain else 1].join(texts))
        raise LineError(f"no Python for {type(expr).__name__}")

    def _extreme(self, better: str, texts: list[str]) -> str:
        """The least or greatest of some values, compared in place: a call of min or max takes three times as long."""
        best = texts[0]
        for text in texts[1:]:
            (other, its_name), (so_far, best_name) = self._named(text), self._named(best)
            best = f"({its_name} if {other} {better} {so_far} else {best_name})"
        return best

    def _named(self, text: str) -> tuple[str, str]:
        """A value where it is first used, and what it is called from then on."""
        if text.isidentifier() or text[:1].isdigit():
            return text, text
        self.held += 1
        return f"(h{self.held} := {text})", f"h{self.held}"

    def _whole_only(self, word: str) -> None:
        if self.loop:
            raise LineError(f"{word}(...) stands in a recursion by month; give it a line of its own")

    def _outside(self, need: Need, name: str) -> str:
        text = self.need(need)
        if not self.loop:
            return text
        once = not need.is_input and self.lines[name].once
        by_month = (not need.is_input and not once) or (need.is_input and is_series(name))
        return f"{text}[m]" if by_month else text

    def _moved(self, of: Ref, word: str) -> str:
        if self.loop and of.name in self.known:
            return f"p{self.known[of.name]}"
        row = self.known.get(of.name) or self.need(Need(of.name, False))
        call = f"{word}({row}, {self.text(self.lines[of.name].start)}, months)"
        if not self.loop:
            return call
        ident = self.moved.setdefault(call, f"s{len(self.moved)}")
        return f"{ident}[m]"


def over_name(over: Over) -> str:
    """What a figure over all months is called where it was added up on the way."""
    return f"{over.how}({', '.join(row.name for row in over.rows)})"


SERIES_FIELDS = ("gpus_by_month", "demand_factor", "price_factor")
"""Inputs that have a value for every month."""


def is_series(path: str) -> bool:
    return path.rsplit(".", 1)[-1] in SERIES_FIELDS


def print_whole(
    lines: Mapping[str, Line],
    names: tuple[str, ...],
    stored: Collection[str] | None = None,
    added_up: Collection[str] = (),
) -> Block:
    """Code that evaluates lines one after the other over whole rows and returns those in `stored` (by default all).

    A row that is not returned is let go after its last use, so that memory holds only what is still needed.
    """
    stored = names if stored is None else stored
    writer = Writer(lines, {}, plain=False, loop=False, added_up=added_up)
    last_use = {used: name for name in names for used in _uses(lines[name]) & set(names)}
    body: list[str] = []
    for name in names:
        text = writer.text(lines[name].formula)
        ident = f"v{len(writer.known)}"
        body.append(f"    {ident} = " + (f"as_one({text})" if lines[name].once else f"as_rows({text}, months)"))
        writer.known[name] = ident
        body += [
            f"    del {writer.known[used]}" for used, user in last_use.items() if user == name and used not in stored
        ]
    outputs = tuple(name for name in names if name in stored)
    body.append(f"    return [{', '.join(writer.known[name] for name in outputs)}]")
    return _compile(writer, outputs, body, ROW_NAMES)


def _uses(line: Line) -> set[str]:
    return names_in(line.formula) | names_in(line.start)


def print_loop(
    lines: Mapping[str, Line], group: Group, stored: Collection[str] | None = None, *, packed: bool = False
) -> Block:
    """Code that walks through the months over plain numbers, for a single case.

    Its first arguments after the months are the rows to fill, one for each line in `stored` (by default all) and for
    each line whose past the loop itself looks back on. Where it is `packed`, it fills an array of shape (months,
    outputs) instead, month by month at one go: the arguments are then the function that puts numbers into memory, that
    memory, and a list of rows for the lines that it looks back on.
    """
    stored = group.names if stored is None else stored
    idents = {name: f"v{i}" for i, name in enumerate(group.names)}
    writer = Writer(lines, idents, plain=True, loop=True)
    nodes = [node for name in group.names for node in walk(lines[name].formula)]
    looked_back_on = {node.of.name for node in nodes if isinstance(node, Window) and node.last is None}
    outputs = tuple(name for name in group.names if name in stored or name in looked_back_on)
    filled = tuple(name for name in outputs if name in looked_back_on) if packed else outputs
    steps = []
    for name in group.names:
        target = f"{idents[name]} = o{idents[name]}[m]" if name in filled else idents[name]
        steps.append(f"        {target} = {writer.text(lines[name].formula)}")
    moves = [node.of.name for node in nodes if isinstance(node, Prior | Next)]
    carried = {name: idents[name] for name in moves if name in idents}
    rows = tuple(f"o{idents[name]}" for name in filled)
    body = [f"    {row} = history[{k}]" for k, row in enumerate(rows)] if packed else []
    for name, ident in carried.items():
        start = writer.text(lines[name].start) if group.direction > 0 else "0.0"
        body.append(f"    p{ident} = {start}")
    body += [f"    {ident} = {call}" for call, ident in writer.moved.items()]
    body.append("    for m in range(months):" if group.direction > 0 else "    for m in range(months - 1, -1, -1):")
    body.append("        month = float(m)")
    body += steps
    if packed:
        size = Struct(f"{len(outputs)}d").size
        body.append(f"        put(memory, m * {size}, {', '.join(idents[name] for name in outputs)})")
    body += [f"        p{ident} = {ident}" for ident in carried.values()]
    body.append("    return []" if packed else f"    return [{', '.join(rows)}]")
    block = _compile(writer, outputs, body, PLAIN_NAMES, ("put", "memory", "history") if packed else rows)
    return replace(block, looked_back=len(filled)) if packed else block


def _compile(
    writer: Writer, outputs: tuple[str, ...], body: list[str], names: Mapping[str, Any], rows: tuple[str, ...] = ()
) -> Block:
    parameters = ", ".join(["months", "month", *rows, *writer.needs.values()])
    source = "\n".join([f"def run({parameters}):", *body])
    space: dict[str, Any] = dict(names)
    exec(compile(source, f"<{len(outputs)} lines from {outputs[0]}>", "exec"), space)
    return Block(outputs, tuple(writer.needs), space["run"], writer.plain, source)
