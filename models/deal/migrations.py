"""Bringing the fields of older deal files to the present schema, one version at a time."""

from collections.abc import Callable, Mapping

from models.deal.problems import DealError, Problem
from models.deal.schema import SCHEMA
from models.deal.values import raw_text

Fields = dict[str, object]
Step = Callable[[Fields], Fields]

# From a version to the next: the fields of a file of that version become those of the next, "schema" apart.
STEPS: Mapping[int, Step] = {}


def migrated(data: Fields, steps: Mapping[int, Step] = STEPS, newest: int = SCHEMA) -> Fields:
    """The fields of a deal file as schema `newest` has them; `data` stays as it is.

    DealError where the schema is missing, no whole number, or newer than this program.
    """
    version = version_of(data, newest)
    while version < newest:
        data = {**steps[version](data), "schema": version + 1}
        version += 1
    return data


def version_of(data: Fields, newest: int = SCHEMA) -> int:
    """The schema a file is written in; DealError where it is not one of 1 to `newest`."""
    if "schema" not in data:
        raise DealError((Problem("schema", f'Schema (schema) is missing; a deal file says "schema": {newest}.'),))
    version = data["schema"]
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        raise DealError(
            (Problem("schema", f"Schema (schema) is {raw_text(version)}; it must be {_versions(newest)}."),)
        )
    if version > newest:
        raise DealError(
            (
                Problem(
                    "schema",
                    f"This file was written by a newer Backstop (schema {raw_text(version)}); this one reads schema "
                    f"{_versions(newest)}.",
                ),
            )
        )
    return version


def _versions(newest: int) -> str:
    return "1" if newest == 1 else f"1 to {newest}"
