"""What may be said on the command line, and what was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import takewhile
from textwrap import fill

EDITIONS = ("partner", "internal")
_USAGE = """\
Usage: backstop [DEAL]
       backstop evaluate DEAL [--lines OUT.csv] [--json]
       backstop check DEAL
       backstop simulate DEAL [--paths N] [--seed S] [--threads N] [--json]
       backstop simulate DEAL --path K [--seed S] [--lines OUT.csv] [--json]
       backstop explain DEAL LINE [--month M] [--json]
       backstop sensitivity DEAL --kpi KPI [--inputs FIELD,...] [--range 0.1] [--paths N] [--seed S] [--json]
       backstop solve DEAL --vary FIELD --target KPI=VALUE [--paths N] [--seed S] [--json]
       backstop compare A B [--kpi KPI] [--json]
       backstop export DEAL --edition partner|internal -o OUT.xlsx|.pdf|.docx [--date YYYY-MM-DD] [--simulate]
       backstop redline DEAL RETURNED.xlsx [--json]

DEAL is a deal file or the name of a shipped template:
{templates}.
DEAL@SCENARIO is the deal as one of its scenarios has it.
FIELD is the path of a number in the deal file, such as senior_debt.target_dscr or credit_support[0].coverage; a *
behind it scales a whole table, revenue_share.rates*.
Without a command the window opens, on the deal if one is named.

  evaluate           print the key figures of a deal
    --lines OUT.csv    write every line of the model, month by month, in full precision
    --json             print JSON, with a reason for each figure that does not exist
  check              name what is wrong with a deal or deserves a look
  simulate           simulate the deal and measure the vendor's risk; for the vendor's own eyes
    --paths N          paths, in place of the deal's own number
    --seed S           start of the random numbers, in place of the deal's own
    --threads N        threads that work at the same time; the results do not depend on it
    --json             print JSON
    --path K           print the key figures of one path alone, the first being 0
    --lines OUT.csv    write every line of that path and what drives it, month by month, in full precision
  explain            say what a line or key figure is, its formula, and the values that went in
    --month M          of the month with this number, the first being 0, or YYYY-MM
    --json             print JSON
  sensitivity        move inputs down and up, each alone, and rank them by how far a key figure moves
    --kpi KPI          the key figure, by its name in evaluate --json
    --inputs FIELD,... the inputs, in place of all that move it; FIELD=LOW:HIGH gives one ends of its own
    --range 0.1        the part of itself by which an input moves
    --paths N          paths for a simulated figure such as raroc; all trials run on the same
    --seed S           start of their random numbers, in place of the deal's own
    --json             print JSON
  solve              find the value of a number at which a key figure meets a target, debt re-sized at each trial
    --vary FIELD       the number, or a factor on a table
    --target KPI=VALUE the target, of a simulated figure such as raroc too
    --paths N          paths for that; all trials run on the same
    --seed S           start of their random numbers, in place of the deal's own
    --json             print JSON
  compare            name the fields in which the deals A and B differ, and how the key figures moved
    --kpi KPI          say also what each difference contributes to this key figure
    --json             print JSON
  export             write the model as a workbook with live formulas, or its term sheet as PDF or Word document
    --edition          for whom: partner, or internal with the vendor's own figures
    -o OUT.xlsx        the workbook to write; OUT.pdf or OUT.docx for the term sheet alone
    --date YYYY-MM-DD  the date shown in it, today if none is given
    --simulate         simulate the deal first, and print that and what moves it most in the internal workbook
  redline            lay a workbook that came back beside the deal: what its sender changed, and what that does
    --json             print JSON, with every key figure for each change alone and for all together

  --version          print the version
  -h, --help         print this, behind a command what there is to say of it
"""

# For each command its options and what must follow them, "" where nothing does
_OPTIONS: Mapping[str, Mapping[str, str]] = {
    "evaluate": {"--lines": "the name of a file, OUT.csv", "--json": ""},
    "check": {},
    "simulate": {
        "--paths": "a whole number of paths",
        "--seed": "a whole number",
        "--threads": "a whole number of threads",
        "--path": "the number of a path, the first being 0",
        "--lines": "the name of a file, OUT.csv",
        "--json": "",
    },
    "explain": {"--month": "the number of a month or YYYY-MM", "--json": ""},
    "sensitivity": {
        "--kpi": "the name of a key figure",
        "--inputs": "paths of fields, with commas between them",
        "--range": "a part, such as 0.1",
        "--paths": "a whole number of paths",
        "--seed": "a whole number",
        "--json": "",
    },
    "solve": {
        "--vary": "the path of a field",
        "--target": "KPI=VALUE, such as min_dscr=1.3",
        "--paths": "a whole number of paths",
        "--seed": "a whole number",
        "--json": "",
    },
    "compare": {"--kpi": "the name of a key figure", "--json": ""},
    "export": {
        "--edition": " or ".join(EDITIONS),
        "-o": "the name of a file, OUT.xlsx, OUT.pdf or OUT.docx",
        "--date": "a date, YYYY-MM-DD",
        "--simulate": "",
    },
    "redline": {"--json": ""},
}
_SECOND = {  # what follows the deal
    "redline": "the workbook that came back, RETURNED.xlsx",
    "compare": "another deal, a file, a template or DEAL@SCENARIO",
    "explain": "a line or key figure, such as share_paid",
}
_ONE_OF = {"redline": "workbook", "compare": "other", "explain": "line or key figure"}
COMMANDS = tuple(_OPTIONS)
_PRIVATE = ("selftest",)  # said by the program's own processes and builds, with at most one word after it
_SAME = {"--output": "-o", "-h": "--help"}


class Refusal(Exception):  # noqa: N818 - a refusal is an answer to the user, not a fault of the program
    """Something the program cannot do as asked, in one or more sentences for the user."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(*sentences)
        self.sentences = sentences


@dataclass(frozen=True)
class Asked:
    """What the command line asks for: a command ("window", "help" and "version" included), a deal, and options.

    `other` is what commands that take something more are given: another deal, a line, a file. Of "help" `deal` is the
    command that is asked about, "" for all.
    """

    command: str
    deal: str = ""
    options: Mapping[str, str] | None = None
    other: str = ""

    def option(self, name: str) -> str | None:
        """What followed an option, "" for one that takes nothing; None where it was not given."""
        return None if self.options is None else self.options.get(name)


def asked(words: Sequence[str]) -> Asked:
    """What the words of the command line ask for.

    Raises:
        Refusal: a word means nothing here; the sentence names those that do.
    """
    first, *rest = words or [""]
    if first in _PRIVATE:
        return Asked(first, rest[0] if rest else "")
    if first in COMMANDS:
        return _of_command(first, rest)
    if _SAME.get(first, first) in ("--help", "--version"):
        return Asked(_SAME.get(first, first).removeprefix("--"))
    if first.startswith("-"):
        raise Refusal(
            f"There is no option {quoted(first)}; backstop takes --help, --version, the name of a deal, or one of the "
            f"commands {listed(COMMANDS)}."
        )
    if rest:
        near = get_close_matches(first, COMMANDS, n=1)
        end = f"did you mean {quoted(near[0])}?" if near else f"the commands are {listed(COMMANDS)}."
        raise Refusal(f"There is no command {quoted(first)}; {end}")
    return Asked("window", first)


def usage(command: str, templates: Sequence[str]) -> str:
    """How the program is called, or one of its commands, "" for all; with the names of the templates."""
    said = _USAGE.format(templates=fill(", ".join(templates), 116, break_on_hyphens=False))
    if not command:
        return said
    calls, deal, options = said.split("\n\n")[:3]
    lines = [line[7:] for line in calls.splitlines() if line[7:].startswith(f"backstop {command} ")]
    about = options.split(f"  {command} ", 1)[1].splitlines()
    what = about[0].strip()
    block = [f"{what[0].upper()}{what[1:]}.", *takewhile(lambda line: line.startswith("    "), about[1:])]
    means = [*takewhile(lambda line: "FIELD" in lines[0] or not line.startswith("FIELD"), deal.splitlines()[:-1])]
    return "\n".join([f"Usage: {lines[0]}", *(f"       {line}" for line in lines[1:]), "", *means, "", *block, ""])


def _of_command(command: str, words: Sequence[str]) -> Asked:
    takes = _OPTIONS[command]
    options: dict[str, str] = {}
    deals: list[str] = []
    left = iter(words)
    for word in left:
        if word == "--":
            deals += left
        elif not word.startswith("-") or word == "-":
            deals.append(word)
        else:
            option, joined, value = word.partition("=")
            option = _SAME.get(option, option)
            if option == "--help":
                return Asked("help", command)
            if option not in takes or (joined and not takes[option]):
                raise Refusal(_no_option(command, word))
            options[option] = value if joined or not takes[option] else next(left, "")
            if takes[option] and not options[option]:
                raise Refusal(f"{option} must be followed by {takes[option]}.")
    most = 1 + (command in _SECOND)
    if len(deals) > most:
        takes_words = f"a deal and one {_ONE_OF[command]}" if most > 1 else "one deal"
        raise Refusal(f"{quoted(deals[most])} is one word too many; {command} takes {takes_words}.")
    if deals and len(deals) < most:
        raise Refusal(f"After the deal, {command} must be given {_SECOND[command]}.")
    return Asked(command, deals[0] if deals else "", options, deals[1] if most > 1 and deals else "")


def _no_option(command: str, word: str) -> str:
    known = [*_OPTIONS[command], "--help"]
    near = get_close_matches(word, known, n=1)
    end = f"did you mean {near[0]}?" if near else f"it takes {listed(known)}."
    return f"{command} has no option {quoted(word)}; {end}"


def quoted(text: str) -> str:
    """What the user typed, between quotation marks, on one line and not too long."""
    clipped = text if len(text) <= 200 else f"{text[:199]}…"
    return '"' + "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in clipped) + '"'


def listed(names: Iterable[str]) -> str:
    """Names in a row, the last one after "and"."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
