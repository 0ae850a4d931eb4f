"""What the command line prints and writes: key figures as a table or as JSON, lines as CSV, sentences."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path

import models
from app.arguments import Refusal
from app.fault import fault_text, without_words

Shown = tuple[str, str, str]
"""A key figure as printed: label, value, unit or reason."""


def say(text: str) -> None:
    """Print to stdout; a reader who has seen enough and left is no error.

    Raises:
        Refusal: what stdout leads to cannot take it.
    """
    stream = sys.stdout
    if stream is None:  # started without one, as a program with a window can be
        return
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        _close_quietly(stream.fileno())
    except OSError as error:
        _close_quietly(stream.fileno())
        reason = (error.strerror or str(error)).lower()
        raise Refusal(f"The output could not be written: {reason}.") from error


def _close_quietly(number: int) -> None:
    """Let what is still to be flushed at the end of the process go nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, number)
    os.close(nowhere)


def tell(sentences: Iterable[str]) -> None:
    """Print sentences to stderr, each on a line of its own that names the program."""
    if sys.stderr is None:
        return
    with suppress(BrokenPipeError):
        for sentence in sentences:
            sys.stderr.write(f"backstop: {sentence}\n")
        sys.stderr.flush()


def tell_fault(error: Exception) -> None:
    """Print to stderr where in the program a fault happened, without the words of the error, which can name figures."""
    tell(["The program made a mistake. Please send the lines below to whoever gave you the program."])
    if sys.stderr is not None:
        with suppress(BrokenPipeError):
            sys.stderr.write(without_words(fault_text(error)))
            sys.stderr.flush()


def lines_csv(case: models.Case, more: Mapping[str, Sequence[float]] | None = None) -> bytes:
    """Every monthly line: a row each, a column a month, full precision, `inf` where a figure does not exist.

    Rows of `more` come last.
    """
    rows = [",".join(["line", *map(str, range(case.months))])]
    rows += [",".join([name, *map(repr, values.tolist())]) for name, values in case.lines.items()]
    rows += [",".join([name, *map(repr, values)]) for name, values in (more or {}).items()]
    return ("\n".join(rows) + "\n").encode()


def figures_json(case: models.Case) -> str:
    """The key figures by name, null where one does not exist, and under `reasons` why."""
    return json.dumps({**case.kpis, "reasons": dict(case.reasons)}, indent=1, allow_nan=False) + "\n"


def figures_table(case: models.Case, title: str) -> str:
    """The key figures for people, under the title given: label, figure, unit; or the reason why there is none."""
    first, last = (models.month_label(case.dates[m]) for m in (0, -1))
    rows = list(_shown(case))
    label, value = (max(len(row[column]) for row in rows) for column in (0, 1))
    head = f"{title}, {first} to {last}"
    return "\n".join([head, "", *(f"{a:<{label}}  {b:>{value}}  {c}".rstrip() for a, b, c in rows)]) + "\n"


def _shown(case: models.Case) -> Iterator[Shown]:
    units = {info.name: info.unit for info in models.line_items(case.deal)}
    for figure in models.KEY_FIGURES:
        found = case.kpis[figure.name]
        if found is None:
            yield figure.label, "none", case.reasons[figure.name]
        else:
            yield figure.label, *_figure(case, found, figure.how if figure.how == "irr" else units[figure.line])


def _figure(case: models.Case, value: float, unit: str) -> tuple[str, str]:
    if unit == "month number":
        return f"{value:.0f}", f"months after the first, in {models.month_label(case.dates[round(value)])}"
    percent = f"{value:.2%}".removesuffix("%")
    forms = {
        "money": (f"{value:,.0f}", case.deal.currency),
        "fraction": (percent, "%"),
        "irr": (percent, "% a year"),
        "1 or 0": ("yes" if value else "no", ""),
    }
    return forms.get(unit, (f"{value:.2f}", unit))


def write_file(target: str, data: bytes) -> None:
    """Write a file whole or not at all: beside its place first, then into it; what is no file is written to as it is.

    Raises:
        OSError: it cannot be written; what stood there before is unchanged.
    """
    if os.path.exists(target) and not os.path.isfile(target) and not os.path.isdir(target):
        Path(target).write_bytes(data)  # a pipe or a device
        return
    models.replace_file(Path(os.path.realpath(target)), data)
