"""How much of a section differs from the saved deal, and the wishes that undo it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.forms.comparing import BASE
from app.forms.plan import Wish
from models import Deal, Section, differences, fields, section_of, value_at


def changes_in(section_key: str, deal: Deal, saved: Deal) -> int:
    """How many fields of a section differ from the saved deal; an item added or removed counts once."""
    if deal == saved:
        return 0
    return sum(section_of(found.path).key == section_key for found in differences(saved, deal))


def reverting(section: Section, deal: Deal, saved: Deal, below: str = "") -> Iterator[Wish]:
    """The wishes that bring a section back to what was saved, or to what a scenario builds on (`below` names it).

    Whole parts and lists where the section shows all.
    """
    words = f"{section.title}: back to {below.lower() if below == BASE else below or 'what was saved'}"
    for group in section.groups:
        whole = group.path and (not group.names or (not group.many and _shows_all(deal, group.path, group.names)))
        if whole:
            before = _list_before(group.path, deal, saved) if group.many else value_at(saved, group.path)
            if value_at(deal, group.path) != before:
                yield Wish(group.path, before, words)
            continue
        if group.many:
            yield from _items(group.path, group.names, deal, saved, words)
            continue
        for name in group.names:
            path = f"{group.path}.{name}".removeprefix(".")
            if value_at(deal, path) != value_at(saved, path):
                yield Wish(path, value_at(saved, path), words)


def _shows_all(deal: Deal, path: str, names: tuple[str, ...]) -> bool:
    part: Any = value_at(deal, path)
    return set(type(part).model_fields) == set(names)


def _list_before(path: str, deal: Deal, saved: Deal) -> tuple[Any, ...]:
    """The saved list, with the internal fields of now: those belong to another section."""
    now, made = getattr(deal, path), []
    for at, old in enumerate(getattr(saved, path)):
        item = now[at] if at < len(now) and type(now[at]) is type(old) else old
        internal = {name: getattr(item, name) for name, field in fields(old.__class__).items() if field.internal}
        made.append(old.model_copy(update=internal))
    return tuple(made)


def _items(path: str, names: tuple[str, ...], deal: Deal, saved: Deal, words: str) -> Iterator[Wish]:
    """Single fields of the items of a list, as far as both deals have them."""
    now, before = getattr(deal, path), getattr(saved, path)
    for at, (item, old) in enumerate(zip(now, before, strict=False)):
        for name in names:
            if type(item) is type(old) and hasattr(item, name) and getattr(item, name) != getattr(old, name):
                yield Wish(f"{path}[{at}].{name}", getattr(old, name), words)
