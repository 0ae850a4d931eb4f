"""From definitions to a model: trace every line for one structure of a deal and put the lines in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from models.language.line import Book, Definition, Kind, unknown
from models.language.ordering import Group, order
from models.language.tree import (
    NOT_AVAILABLE,
    ZERO,
    Const,
    Expr,
    LineError,
    MemberRef,
    Ref,
    as_expr,
    is_const,
    names_in,
    walk,
)


@dataclass(frozen=True)
class Line:
    """A line item of one model: its definition, which member of a family it is, and its formula."""

    name: str
    definition: Definition
    member: int | None
    label: str
    formula: Expr
    start: Expr

    @property
    def once(self) -> bool:
        return self.definition.once

    @property
    def constant_zero(self) -> bool:
        return is_const(self.formula, 0) and is_const(self.start, 0)

    @cached_property
    def may_be_missing(self) -> bool:
        """Whether the formula says that the figure does not exist in some cases."""
        return any(is_const(node, NOT_AVAILABLE) for node in walk(self.formula))

    @property
    def sums(self) -> bool:
        """Whether the total over months means anything."""
        return self.definition.kind is Kind.FLOW and not self.once


@dataclass(frozen=True, eq=False)
class Model:
    """All lines of a deal of one structure, in the order written and in the order of evaluation."""

    lines: Mapping[str, Line]
    groups: tuple[Group, ...]

    @cached_property
    def by_month(self) -> tuple[str, ...]:
        """Names of the lines with a value a month."""
        return tuple(name for name, line in self.lines.items() if not line.once)

    @cached_property
    def once(self) -> tuple[str, ...]:
        """Names of the lines with one value for the deal."""
        return tuple(name for name, line in self.lines.items() if line.once)

    @cached_property
    def may_be_missing(self) -> frozenset[str]:
        """Names of the lines that do not exist in some cases."""
        return frozenset(name for name, line in self.lines.items() if line.may_be_missing)


@dataclass(frozen=True)
class Surroundings:
    """What line items may name besides each other: inputs by section, and the members of each kind of family."""

    names: Mapping[str, Any]
    members: Mapping[str, Sequence[Any]]
    given: Mapping[str, Expr] = field(default_factory=dict)
    """Lines that are not computed but given, by name, each with what stands in place of its formula."""


def build(book: Book, surroundings: Surroundings) -> Model:
    """Trace every line of the book.

    Raises:
        LineError: a line is defined wrongly: an unknown ingredient, a truth test, a cycle within a month.
    """
    present: dict[str, tuple[Ref | Const, ...]] = {}
    lines: dict[str, Line] = {}
    book.check([*surroundings.names, *surroundings.members])
    # Two passes: which lines this structure has is known only when each has been traced once.
    for _ in range(_PASSES):
        before = {name: tuple(isinstance(ref, Const) for ref in refs) for name, refs in present.items()}
        lines = _trace_all(book, surroundings, present)
        present = _references(book, surroundings, lines)
        if before == {name: tuple(isinstance(ref, Const) for ref in refs) for name, refs in present.items()}:
            break
    known = set(lines)
    for line in lines.values():
        for name in names_in(line.formula) - known:
            raise LineError(f"line {line.name!r} looks at {name!r}, {unknown(name, known)}")
    return Model(lines, order(lines))


_PASSES = 8


def _trace_all(
    book: Book, surroundings: Surroundings, present: Mapping[str, tuple[Ref | Const, ...]]
) -> dict[str, Line]:
    lines: dict[str, Line] = {}
    for definition in book.definitions.values():
        for member in _members(definition, surroundings):
            name = _name(definition, member)
            formula = surroundings.given.get(name)
            if formula is None:
                formula = _call(definition, definition.function, member, book, surroundings, present)
            start: Expr = ZERO
            if callable(definition.start):
                start = _call(definition, definition.start, member, book, surroundings, present)
            elif definition.start:
                start = as_expr(definition.start)
            label = definition.label
            if member is not None and definition.each is not None:
                label = f"{label}, {definition.each} {member + 1}"
            lines[name] = Line(name, definition, member, label, formula, start)
    return lines


def _references(
    book: Book, surroundings: Surroundings, lines: Mapping[str, Line]
) -> dict[str, tuple[Ref | Const, ...]]:
    """How each definition is seen by others: a reference, or 0 where this structure has no such thing."""
    result: dict[str, tuple[Ref | Const, ...]] = {}
    for definition in book.definitions.values():
        refs: list[Ref | Const] = []
        for member in _members(definition, surroundings):
            name = _name(definition, member)
            if lines[name].constant_zero:
                refs.append(ZERO)
            elif member is None:
                refs.append(Ref(name))
            else:
                previous = refs[-1] if refs else None
                refs.append(MemberRef(name, previous if isinstance(previous, Ref) else None))
        result[definition.name] = tuple(refs)
    return result


def _members(definition: Definition, surroundings: Surroundings) -> Sequence[int | None]:
    return [None] if definition.each is None else range(len(surroundings.members[definition.each]))


def _name(definition: Definition, member: int | None) -> str:
    return definition.output if member is None else f"{definition.output}[{member}]"


def _call(
    definition: Definition,
    function: Any,
    member: int | None,
    book: Book,
    surroundings: Surroundings,
    present: Mapping[str, tuple[Ref | Const, ...]],
) -> Expr:
    values: dict[str, Any] = {}
    names = function.__code__.co_varnames[: function.__code__.co_argcount]
    for name in names:
        if name in surroundings.members and member is not None and name == definition.each:
            values[name] = surroundings.members[name][member]
        elif name in surroundings.names:
            values[name] = surroundings.names[name]
        elif name in book.definitions:
            values[name] = _ingredient(book.definitions[name], definition, member, surroundings, present)
        else:
            raise LineError(f"line {definition.name!r} uses {name!r}, {unknown(name, book.definitions)}")
    try:
        result = function(**values)
        return ZERO if result is None else as_expr(result)
    except LineError as error:
        raise LineError(f"line {definition.name!r}: {error}") from error


def _ingredient(
    ingredient: Definition,
    user: Definition,
    member: int | None,
    surroundings: Surroundings,
    present: Mapping[str, tuple[Ref | Const, ...]],
) -> Any:
    refs = present.get(ingredient.name)
    if refs is None:
        refs = tuple(Ref(_name(ingredient, m)) for m in _members(ingredient, surroundings))
        if ingredient.each is not None:
            chain: list[Ref | Const] = []
            for ref in refs:
                last = chain[-1] if chain else None
                chain.append(MemberRef(ref.name, last if isinstance(last, Ref) else None))
            refs = tuple(chain)
    if ingredient.each is None:
        return refs[0]
    if ingredient.each == user.each and member is not None:
        return refs[member]
    return refs
