"""Countries by name: a deal may call them by code, and a contract does not."""

from __future__ import annotations

from functools import cache

from models.resources import resource


def country_name(country: str) -> str:
    """The name of a country as it stands in a sentence; what is no code of ISO 3166-1 stays as it is written."""
    return _names().get(country.strip().upper(), country)


@cache
def _names() -> dict[str, str]:
    text = resource("countries", "names.txt").read_text(encoding="utf-8")
    return {line[:2]: line[3:] for line in text.splitlines() if not line.startswith("#")}
