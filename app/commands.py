"""What the program does without a window: evaluate, check and export a deal; and the way to the window.

Nothing here imports Qt before a window opens, nor NumPy before figures are asked for.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import models
from app.output import figures_json, figures_table, lines_csv, say, tell, write_file

if TYPE_CHECKING:
    from models import Case, Deal

DONE, REFUSED, INTERRUPTED = 0, 2, 130
EDITIONS = ("partner", "internal")
SUMMARY = """Usage: backstop [DEAL]
       backstop evaluate DEAL [--lines OUT.csv] [--json]
       backstop check DEAL
       backstop export DEAL --edition partner|internal -o OUT.xlsx [--date YYYY-MM-DD]

DEAL is a deal file or the name of a shipped template: {templates}.
Without a command the window opens, on the deal if one is named.

  evaluate   print the key figures; --lines writes every line of the model, month by month
  check      name what is wrong with a deal or deserves a look
  export     write the model as a workbook with live formulas

  --version  print the version
  -h, --help print this; after a command, what the command takes
"""


class Refusal(Exception):
    """Something the program cannot do as asked; the text is one or more sentences for the user."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(*sentences)
        self.sentences = sentences


def run(arguments: Sequence[str]) -> int:
    """Do what the arguments ask; returns 0, or 2 after one sentence a problem on stderr."""
    try:
        return _dispatch(list(arguments))
    except Refusal as refusal:
        tell(refusal.sentences)
        return REFUSED
    except KeyboardInterrupt:
        return INTERRUPTED


def _dispatch(arguments: list[str]) -> int:
    first, *rest = arguments or [""]
    if first in COMMANDS:
        command, parser = COMMANDS[first]
        return command(_parsed(parser(), first, rest))
    if first in ("-h", "--help"):
        say(SUMMARY.format(templates=", ".join(_template_names())))
    elif first == "--version":
        say(f"backstop {models.VERSION}\n")
    elif first.startswith("-"):
        raise Refusal(
            f"{_quoted(first)} is no option; backstop takes --version, --help, the name of a deal, or one of the "
            f"commands {_listed(COMMANDS)}."
        )
    elif rest:
        near = get_close_matches(first, COMMANDS, n=1)
        guess = f"did you mean {_quoted(near[0])}?" if near else f"the commands are {_listed(COMMANDS)}."
        raise Refusal(f"{_quoted(first)} is no command; {guess}")
    else:
        return _open_window(first)
    return DONE


def _open_window(given: str) -> int:
    kind, name = _found(given, COMMANDS) if given else ("", "")
    from app.start import run_window  # noqa: PLC0415 - only a window needs Qt

    return run_window(template=name) if kind == "template" else run_window(name or None)


def _evaluate(given: argparse.Namespace) -> int:
    deal = _deal(given.deal)
    if given.lines is not None:
        _spare_the_deal(given.deal, given.lines)
    case = _case(deal)
    if given.lines is not None:
        _write(given.lines, lines_csv(case))
    say(figures_json(case) if given.json else figures_table(case, models.line_items(deal)))
    return DONE


def _check(given: argparse.Namespace) -> int:
    problems = models.check_deal(_deal(given.deal))
    errors = [problem.message for problem in problems if problem.severity == "error"]
    if errors:
        raise Refusal(*errors)
    say("".join(f"Warning: {problem.message}\n" for problem in problems) or "Nothing is wrong with this deal.\n")
    return DONE


def _export(given: argparse.Namespace) -> int:
    if given.edition not in EDITIONS:
        said = f"{_quoted(given.edition)} is no edition" if given.edition else "the edition is missing"
        raise Refusal(f"{said[0].upper()}{said[1:]}; give --edition {' or --edition '.join(EDITIONS)}.")
    if not given.output:
        raise Refusal("The name of the workbook is missing; give -o OUT.xlsx.")
    if not given.output.lower().endswith(".xlsx"):
        raise Refusal(f"{_quoted(given.output)} is no name for a workbook; it must end in .xlsx.")
    date = None if given.date is None else _date(given.date)
    deal = _deal(given.deal)
    try:
        models.export_workbook(deal, given.edition, given.output, date=date)
    except models.DealError as error:
        raise Refusal(*(problem.message for problem in error.problems)) from error
    except ValueError as error:  # figures beyond all measure, or a text that no workbook can hold
        raise Refusal(str(error)) from error
    say(f"Wrote {_shown(given.output)}, the {given.edition} edition of {deal.name}.\n")
    return DONE


def _case(deal: Deal) -> Case:
    try:
        return models.evaluate(deal)
    except models.FiguresError as error:
        raise Refusal(str(error)) from error


def _deal(given: str | None) -> Deal:
    if not given:
        raise Refusal(f"The deal is missing; name a deal file or one of the templates {_listed(_template_names())}.")
    kind, name = _found(given)
    try:
        return models.load_template(name) if kind == "template" else models.load_deal(name)
    except models.DealError as error:
        shown = [problem.message for problem in error.problems[:MOST_SHOWN]]
        left = len(error.problems) - len(shown)
        raise Refusal(*shown, *([f"And {left} more."] if left else [])) from error


MOST_SHOWN = 20


def _found(given: str, others: Iterable[str] = ()) -> tuple[str, str]:
    """"file" or "template", and its name; a file that exists comes before a template of the same name."""
    if os.path.exists(given):
        return "file", given
    templates = _template_names()
    if given in templates:
        return "template", given
    folder, name = os.path.split(given)
    files: list[str] = []
    with suppress(OSError, ValueError):
        files = [os.path.join(folder, each) for each in sorted(os.listdir(folder or ".")) if each.endswith(".deal")]
    bare = name == given and not name.endswith(".deal")
    known = [*others, *templates, *files] if bare else [*files, *templates]
    near = get_close_matches(given[:200], known, n=1)
    end = f"did you mean {_quoted(near[0])}?" if near else f"the templates are {_listed(templates)}."
    raise Refusal(f"There is no {'deal' if bare else 'file'} {_quoted(given)}; {end}")


def _template_names() -> list[str]:
    return [template.name for template in models.template_names()]


def _date(given: str) -> dt.date:
    with suppress(ValueError):
        if re.fullmatch(r"\d{4}-\d\d-\d\d", given, re.ASCII):
            return dt.date.fromisoformat(given)
    raise Refusal(f"{_quoted(given)} is no date; give it as YYYY-MM-DD, such as 2027-03-31.")


def _spare_the_deal(given: str, target: str) -> None:
    with suppress(OSError, ValueError):
        if os.path.samefile(given, target):
            raise Refusal(f"{_quoted(target)} is the deal itself; its lines need a file of their own.")


def _write(target: str, data: bytes) -> None:
    try:
        write_file(target, data)
    except (OSError, ValueError) as error:
        reason = (error.strerror or "") if isinstance(error, OSError) else "this is not the name of a file"
        raise Refusal(f"{_quoted(target)} could not be written: {reason.lower() or 'the system refused'}.") from error


class _Parser(argparse.ArgumentParser):
    """A parser that refuses with a sentence instead of ending the process."""

    def error(self, message: str) -> NoReturn:
        option, _, _ = message.removeprefix("argument ").partition(":")
        if message.endswith("expected one argument"):
            raise Refusal(f"{option.split('/')[0]} must be followed by {_FOLLOWED_BY[option.split('/')[0]]}.")
        raise Refusal(f"{message[:1].upper()}{message[1:]}; see {self.prog} --help.")


_FOLLOWED_BY = {
    "--lines": "the name of a file",
    "-o": "the name of a workbook, OUT.xlsx",
    "--edition": " or ".join(EDITIONS),
    "--date": "a date, YYYY-MM-DD",
}


def _parser(name: str, does: str) -> _Parser:
    parser = _Parser(f"backstop {name}", description=does, add_help=False, allow_abbrev=False)
    parser.add_argument("deal", nargs="?", metavar="DEAL", help="a deal file or the name of a shipped template")
    return parser


def _evaluate_parser() -> _Parser:
    parser = _parser("evaluate", "Print the key figures of a deal.")
    parser.add_argument("--lines", metavar="OUT.csv", help="write every line of the model, month by month")
    parser.add_argument("--json", action="store_true", help="print the key figures as JSON")
    return parser


def _check_parser() -> _Parser:
    return _parser("check", "Name what is wrong with a deal or deserves a look.")


def _export_parser() -> _Parser:
    parser = _parser("export", "Write the model of a deal as a workbook with live formulas.")
    parser.add_argument("--edition", metavar="|".join(EDITIONS), help="whom the workbook is for")
    parser.add_argument("-o", "--output", metavar="OUT.xlsx", help="the workbook to write")
    parser.add_argument("--date", metavar="YYYY-MM-DD", help="the date shown in it; today if none is given")
    return parser


COMMANDS: dict[str, tuple[Callable[[argparse.Namespace], int], Callable[[], _Parser]]] = {
    "evaluate": (_evaluate, _evaluate_parser),
    "check": (_check, _check_parser),
    "export": (_export, _export_parser),
}


def _parsed(parser: _Parser, command: str, arguments: list[str]) -> argparse.Namespace:
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    if "-h" in options or "--help" in options:
        say(parser.format_help())
        return argparse.Namespace(help=True)
    given, extra = parser.parse_known_args(arguments)
    for word in extra:
        if not word.startswith("-"):
            raise Refusal(f"{_quoted(word)} is one word too many; {command} takes one deal.")
        known = [option for action in parser._actions for option in action.option_strings]
    return given


def _shown(text: str) -> str:
    """What the user typed, on one line and not too long."""
    clipped = text if len(text) <= 200 else f"{text[:199]}…"
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in clipped)


def _quoted(text: str) -> str:
    return f'"{_shown(text)}"'


def _listed(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
