"""The deals that a command line names: a file, a shipped template, or a scenario of either."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches

import models
from app.arguments import Refusal, listed, quoted

MOST_SHOWN = 20
"""Problems of one deal that are named one by one."""
OF_SCENARIO = "@"


@dataclass(frozen=True)
class Given:
    """A deal as named: as its scenario has it where one is named, then without scenarios of its own."""

    deal: models.Deal
    scenario: str
    words: str
    note: str = ""  # what its file says of an earlier version of the program

    @property
    def title(self) -> str:
        """The deal with its scenario, for people."""
        return f"{self.deal.name}, {self.scenario}" if self.scenario else self.deal.name


def given_deal(words: str) -> Given:
    """The deal that words name: `FILE`, `TEMPLATE`, or one of them with `@SCENARIO` behind it.

    Raises:
        Refusal: there is no such deal or scenario, or it cannot be used.
    """
    if not words:
        raise Refusal(f"The deal is missing; name a deal file or one of the templates {listed(template_names())}.")
    place, scenario = parted(words)
    path, template = found(place)
    try:
        deal, note = models.load_template(template) if template else None, ""
        if deal is None:
            stored = models.load_stored(path)
            deal, note = stored.deal, models.earlier_words(stored.schema)
        return Given(models.scenario_deal(deal, scenario) if scenario else deal, scenario, words, note)
    except models.DealError as error:
        raise refusal_of(error) from error


def parted(words: str) -> tuple[str, str]:
    """The deal and the scenario named; what stands before the sign must be a deal, or all of it is a name."""
    if os.path.exists(words):
        return words, ""
    for at in (at for at, letter in reversed(list(enumerate(words))) if letter == OF_SCENARIO):
        if os.path.exists(words[:at]) or words[:at] in template_names():
            return words[:at], words[at + 1 :]
    return words, ""


def refusal_of(error: models.DealError) -> Refusal:
    """The problems of a deal as sentences, not too many."""
    shown = [problem.message for problem in error.problems[:MOST_SHOWN]]
    more = error.problems[MOST_SHOWN:]
    return Refusal(*shown, *([f"And {len(more)} more."] if more else []))


def found(given: str, words: Sequence[str] = ()) -> tuple[str, str]:
    """The path of a deal and "", or "" and the name of a template; a file comes before a template of its name.

    Raises:
        Refusal: there is neither; the nearest name is suggested, one of `words` too.
    """
    if _is_there(given):
        return given, ""
    templates = template_names()
    if given in templates:
        return "", given
    folder, name = os.path.split(given)
    files: list[str] = []
    with suppress(OSError, ValueError):
        files = [os.path.join(folder, each) for each in sorted(os.listdir(folder or ".")) if each.endswith(".deal")]
    near = get_close_matches(given[:200], [*words, *templates, *files], n=1)
    bare = name == given and not name.endswith(".deal")
    others = f"; the templates are {listed(templates)}." if bare else "."
    end = f"; did you mean {quoted(near[0])}?" if near else others
    raise Refusal(f"There is no {'deal' if bare else 'file'} {quoted(given)}{end}")


def _is_there(path: str) -> bool:
    """Whether something has that name, a link to nothing too, or may have it: reading it says what it is."""
    try:
        os.lstat(path)
    except PermissionError:
        return True
    except (OSError, ValueError):
        return False
    return True


def template_names() -> list[str]:
    """The names of the shipped templates."""
    return [template.name for template in models.template_names()]
