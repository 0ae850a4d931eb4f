"""The order of evaluation: lines that recur through time form groups, all else is one whole-array step each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from models.language.tree import Expr, LineError, Next, Over, Prior, Ref, Window


class HasFormula(Protocol):
    """What the order is made from: a line's formula, and its value before the first month."""

    @property
    def formula(self) -> Expr: ...

    @property
    def start(self) -> Expr: ...

    @property
    def once(self) -> bool: ...


@dataclass(frozen=True)
class Group:
    """Lines evaluated together: one line over whole rows (`direction` 0), or a recursion through the months."""

    names: tuple[str, ...]
    direction: int


@dataclass
class Uses:
    """Lines that a line looks at: in the same month, the month before, the month after, or over whole rows."""

    now: dict[str, None]
    before: dict[str, None]
    after: dict[str, None]
    whole: dict[str, None]

    def all(self) -> dict[str, None]:
        return {**self.now, **self.before, **self.after, **self.whole}


def order(lines: Mapping[str, HasFormula]) -> tuple[Group, ...]:
    """Groups in the order of evaluation.

    Raises:
        LineError: a line needs itself within one month (the cycle is named), from the whole of its own row, or
            from both the month before and the month after.
    """
    uses = {name: uses_of(line) for name, line in lines.items()}
    groups: list[Group] = []
    for names in _components({name: list(use.all()) for name, use in uses.items()}):
        inside = set(names)
        back = any(inside & set(uses[n].before) for n in names)
        ahead = any(inside & set(uses[n].after) for n in names)
        whole = [n for n in names if inside & set(uses[n].whole)]
        recursive = len(names) > 1 or names[0] in uses[names[0]].all()
        if not recursive:
            groups.append(Group((names[0],), 0))
            continue
        if whole:
            raise LineError(f"line {whole[0]!r} needs a total of a row that depends on {whole[0]!r} itself")
        within = {n: [m for m in uses[n].now if m in inside] for n in names}
        inner = _within_month(within, [n for n in lines if n in inside])
        if back and ahead:
            raise LineError(f"lines {', '.join(sorted(inside))} recur both forward and backward in time")
        once = [n for n in names if lines[n].once]
        if once:
            raise LineError(f"line {once[0]!r} has one value for the deal and cannot recur by month")
        groups.append(Group(tuple(inner), -1 if ahead else 1))
    return tuple(groups)


def uses_of(line: HasFormula) -> Uses:
    """What the formula and the start of a line look at."""
    uses = Uses({}, {}, {}, {})

    def visit(expr: Expr) -> None:
        match expr:
            case Prior(of):
                uses.before[of.name] = None
            case Next(of):
                uses.after[of.name] = None
            case Over(_, rows):
                uses.whole.update({row.name: None for row in rows})
            case Window(of, first, last):
                (uses.now if last is None else uses.whole)[of.name] = None
                visit(first)
                if last is not None:
                    visit(last)
            case Ref(name):
                uses.now[name] = None
            case _:
                for child in expr.children():
                    visit(child)

    visit(line.formula)
    visit(line.start)
    return uses


def _within_month(uses: Mapping[str, list[str]], written: list[str]) -> list[str]:
    """Names so that each comes after what it needs in the same month, as near to the order written as can be."""
    done: dict[str, None] = {}
    path: list[str] = []

    def visit(name: str) -> None:
        if name in done:
            return
        if name in path:
            cycle = [*path[path.index(name) :], name]
            raise LineError("these lines need each other within one month: " + " -> ".join(cycle))
        path.append(name)
        for used in uses[name]:
            visit(used)
        path.pop()
        done[name] = None

    for name in written:
        visit(name)
    return list(done)


def _components(graph: Mapping[str, list[str]]) -> list[list[str]]:
    """Strongly connected components, what is needed before what needs it (Tarjan, without recursion)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    on_stack: set[str] = set()
    stack: list[str] = []
    result: list[list[str]] = []
    for root in graph:
        if root in index:
            continue
        work = [(root, iter(graph[root]))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            node, children = work[-1]
            for child in children:
                if child not in graph:
                    continue
                if child not in index:
                    index[child] = low[child] = len(index)
                    stack.append(child)
                    on_stack.add(child)
                    work.append((child, iter(graph[child])))
                    break
                if child in on_stack:
                    low[node] = min(low[node], index[child])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    component: list[str] = []
                    while True:
                        name = stack.pop()
                        on_stack.discard(name)
                        component.append(name)
                        if name == node:
                            break
                    result.append(component)
    return result
