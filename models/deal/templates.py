"""The deals the program ships as starting points. Their figures are illustrations, no one's terms."""

import json
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import TypedDict

from models.deal.files import load_deal
from models.deal.problems import DealError
from models.deal.schema import Deal
from models.deal.values import clipped
from models.resources import resource

FOLDER = "templates"


@dataclass(frozen=True)
class Template:
    """One shipped deal: its name, and what the start page says of it (`icon` names a file of the icon set).

    `source` says which public facts it follows, and what is invented.
    """

    name: str
    title: str
    when_to_use: str
    terms: str
    icon: str
    source: str


class _Index(TypedDict):
    note: str
    templates: list[dict[str, str]]


@cache
def template_names() -> tuple[Template, ...]:
    """All templates, in the order of the start page."""
    return tuple(Template(**entry) for entry in _index()["templates"])


def load_template(name: str) -> Deal:
    """The deal of the template called `name`; DealError, with the nearest name, where there is none."""
    names = [template.name for template in template_names()]
    if name in names:
        return load_deal(resource(FOLDER, f"{name}.deal"))
    near = get_close_matches(name[:80], names, n=1)
    guess = f'Did you mean "{near[0]}"?' if near else f"There are {', '.join(names)}."
    raise DealError(f'There is no template "{clipped(name)}". {guess}')


@cache
def _index() -> _Index:
    index: _Index = json.loads(resource(FOLDER, "index.json").read_text(encoding="utf-8"))
    return index
