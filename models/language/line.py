"""The decorator that makes a plain function a line item, and the book that holds all of them."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from typing import Any

from models.language.tree import LineError


class Kind(StrEnum):
    """How a line adds up over a quarter or a year."""

    FLOW = "flow"
    BALANCE = "balance"
    RATIO = "ratio"
    PRICE = "price"
    FLAG = "flag"
    COUNT = "count"


class Measure(StrEnum):
    """What a line is counted in."""

    MONEY = "money"
    GPU_HOURS = "GPU-hours"
    HOURS = "hours"
    GPUS = "GPUs"
    KILOWATTS = "kW"
    PRICE = "money per GPU-hour"
    TOKEN_PRICE = "money per million tokens"
    MILLION_TOKENS = "million tokens per GPU-hour"
    FRACTION = "fraction"
    MULTIPLE = "x"
    MONTHS = "months"
    MONTH = "month number"
    YEAR = "contract year"
    YEARS = "years"
    RATE = "a month"
    FLAG = "1 or 0"
    NUMBER = "number"


_FLOWS = frozenset({Measure.MONEY, Measure.GPU_HOURS, Measure.HOURS})


@dataclass(frozen=True)
class Definition:
    """One line item as written: a function whose parameters name its ingredients."""

    name: str
    output: str
    label: str
    measure: Measure
    kind: Kind
    section: str
    each: str | None
    once: bool
    internal: bool
    start: float | Callable[..., Any]
    function: Callable[..., Any]
    reason: str
    ingredients: tuple[str, ...]


@dataclass
class Book:
    """All line items, in the order in which they are written; those that `shared` does not name are internal."""

    definitions: dict[str, Definition] = field(default_factory=dict)
    shared: frozenset[str] = frozenset()

    def line(
        self,
        label: str,
        measure: Measure,
        *,
        section: str,
        kind: Kind | None = None,
        each: str | None = None,
        once: bool = False,
        name: str | None = None,
        start: float | Callable[..., Any] = 0.0,
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Make a function a line item.

        Args:
            label: what a deal team calls it.
            measure: what it is counted in.
            section: block of the model it stands in.
            kind: how it adds up over time; by default amounts are flows, all else is a ratio.
            each: one line for every phase, segment, ... instead of one.
            once: one value for the deal instead of one a month.
            name: name of the line where it differs from the function's, such as a family's common name.
            start: value before the first month, a number or a function of the deal's inputs.

        Raises:
            LineError: the name is taken or the function says nothing about itself.
        """

        def register(function: Callable[..., Any]) -> Callable[..., Any]:
            if function.__name__ in self.definitions:
                raise LineError(f"line {function.__name__!r} is defined twice")
            reason = inspect.getdoc(function)
            if not reason:
                raise LineError(f"line {function.__name__!r} has no docstring to say why it exists")
            default = Kind.FLOW if measure in _FLOWS else Kind.FLAG if measure is Measure.FLAG else Kind.RATIO
            self.definitions[function.__name__] = Definition(
                name=function.__name__,
                output=name or function.__name__,
                label=label,
                measure=measure,
                kind=kind or default,
                section=section,
                each=each,
                once=once,
                internal=(name or function.__name__) not in self.shared,
                start=start,
                function=function,
                reason=reason,
                ingredients=tuple(inspect.signature(function).parameters),
            )
            return function

        return register

    def check(self, others: Iterable[str]) -> None:
        """Every ingredient is a line item or one of the other names known.

        Raises:
            LineError: an ingredient names nothing; the message gives the nearest name.
        """
        known = set(self.definitions) | set(others)
        for definition in self.definitions.values():
            parameters = list(definition.ingredients)
            if callable(definition.start):
                parameters += inspect.signature(definition.start).parameters
            for name in parameters:
                if name not in known:
                    raise LineError(f"line {definition.name!r} uses {name!r}, {unknown(name, known)}")


def unknown(name: str, known: Iterable[str]) -> str:
    """The end of a sentence about a name that means nothing, with the nearest one that does."""
    near = get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f"which does not exist; did you mean {near[0]!r}?" if near else "which does not exist"
