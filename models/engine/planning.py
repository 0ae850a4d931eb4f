"""What is evaluated together: lines that differ from column to column, in as few walks through the months as can be."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from models.engine.printing import over_name
from models.language.model import Line, Model
from models.language.ordering import Group, uses_of
from models.language.tree import Input, Over, names_in, walk


@dataclass(frozen=True)
class Part:
    """Lines evaluated together: over whole rows (`direction` 0), or in a walk through the months (1 on, -1 back)."""

    names: tuple[str, ...]
    direction: int


def rested_on(model: Model, keep: Collection[str]) -> tuple[Group, ...]:
    """Groups that the lines wanted rest on, in order."""
    needed = set(keep)
    for group in reversed(model.groups):
        if needed.intersection(group.names):
            for name in group.names:
                needed |= names_in(model.lines[name].formula) | names_in(model.lines[name].start)
    return tuple(group for group in model.groups if needed.intersection(group.names))


def varying(lines: Mapping[str, Line], groups: tuple[Group, ...], paths: Collection[str]) -> frozenset[str]:
    """Names of the lines that differ from column to column because an input they rest on does."""
    found: set[str] = set()
    for group in groups:
        expressions = [expr for name in group.names for expr in (lines[name].formula, lines[name].start)]
        looks_at = set().union(*map(names_in, expressions))
        if looks_at & found or any(
            isinstance(node, Input) and node.path in paths for expr in expressions for node in walk(expr)
        ):
            found.update(group.names)
    return frozenset(found)


def by_group(groups: tuple[Group, ...], wide: Collection[str]) -> list[Part]:
    """Recursions walk through the months, all else is evaluated over whole rows: best for few columns."""
    parts: list[Part] = []
    for group in groups:
        if group.names[0] not in wide:
            continue
        if group.direction == 0 and parts and parts[-1].direction == 0:
            parts[-1] = Part(parts[-1].names + group.names, 0)
        else:
            parts.append(Part(group.names, group.direction))
    return parts


def in_walks(lines: Mapping[str, Line], groups: tuple[Group, ...], wide: Collection[str]) -> list[Part]:
    """All lines by month walk together, as far as none needs the total of another: best for many columns.

    Walks are numbered, even ones going forward and odd ones backward; each line stands in the first walk that comes
    after all it needs. A line with one value for the deal stands between two walks.
    """
    walks: dict[int, list[str]] = {}
    between: dict[int, list[str]] = {}
    place: dict[str, int] = {}
    apart: set[str] = set()
    for group in groups:
        if group.names[0] not in wide:
            continue
        uses = [uses_of(lines[name]) for name in group.names]
        outside = set(wide) - set(group.names)
        whole = {used for use in uses for used in use.whole if used in outside}
        after = {used for use in uses for used in use.after if used in outside}
        others = {used for use in uses for used in (*use.now, *use.before) if used in outside}
        if group.direction == 0 and (lines[group.names[0]].once or whole):
            number = max((place[used] for used in whole | after | others), default=-1)
            between.setdefault(number, []).extend(group.names)
            apart.update(group.names)
        else:
            parity = 1 if group.direction < 0 else 0
            least = [0]
            for used in after | others:
                complete = used in apart or used in after or place[used] % 2 == 1 or parity == 1
                least.append(place[used] + 1 if complete else place[used])
            number = max(least)
            number += number % 2 != parity
            walks.setdefault(number, []).extend(group.names)
        place.update(dict.fromkeys(group.names, number))
    parts: list[Part] = []
    for number in sorted({*walks, *between}):
        if number in walks:
            parts.append(Part(tuple(walks[number]), -1 if number % 2 else 1))
        if number in between:
            parts.append(Part(tuple(between[number]), 0))
    return parts


def added_up(lines: Mapping[str, Line], parts: list[Part]) -> dict[str, Over]:
    """Figures over all months that a walk forward can add up on its way: it passes all that they are made of."""
    walk_of = {name: k for k, part in enumerate(parts) if part.direction > 0 for name in part.names}
    part_of = {name: k for k, part in enumerate(parts) for name in part.names}
    found: dict[str, Over] = {}
    for part in parts:
        for name in part.names:
            for node in walk(lines[name].formula):
                if part.direction == 0 and isinstance(node, Over):
                    made_of = {part_of[row.name] for row in node.rows if row.name in part_of}
                    if len(made_of) == 1 and all(row.name in walk_of or row.name not in part_of for row in node.rows):
                        found[over_name(node)] = node
    return found
