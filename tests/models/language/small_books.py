"""Small books of line items, built and evaluated without any deal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.engine.evaluate import Program
from models.language.line import Book
from models.language.model import Model, Surroundings, build
from models.language.tree import Input, Month

Array = NDArray[np.float64]


def model_of(book: Book, inputs: Sequence[str] = (), members: Mapping[str, Sequence[Any]] | None = None) -> Model:
    """The model of a book whose lines may name `month`, the inputs given and families over the members given."""
    return build(book, Surroundings({"month": Month(), **{name: Input(name) for name in inputs}}, members or {}))


def figures(
    book: Book,
    months: int,
    inputs: Mapping[str, Array | float] | None = None,
    members: Mapping[str, Sequence[Any]] | None = None,
) -> dict[str, list[float]]:
    """The lines of a book for one set of inputs: a figure a month, or a single one for a line with one value."""
    given = dict(inputs or {})
    rows = Program(model_of(book, [name for name in given if "." not in name], members)).run(given, months)
    return {name: row[:, 0].tolist() for name, row in rows.items()}


def series(*values: float) -> Array:
    """Figures by month (or a table by year) as an input holds them: shape (months, 1)."""
    return np.array(values, dtype=np.float64)[:, None]
