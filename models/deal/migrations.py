"""Bringing the fields of older deal files to the present schema, one version at a time.

Every schema that ever was has a file in `tests/models/deal/earlier`, which must open for good. A field that is added
and may be left out does not make another schema; a field that is renamed, moved or read otherwise does.
"""

from collections.abc import Callable, Mapping

from models.deal.problems import DealError, Problem
from models.deal.schema import SCHEMA
from models.deal.values import raw_text

Fields = dict[str, object]
Step = Callable[[Fields], Fields]

OLDEST = 0


def _from_0(fields: Fields) -> Fields:
    """Schema 0 is the form of the first deals, before a deal named the vendor, clauses and days of its offer.

    Nor did it set the confidence that capital is held for. All of them are none in schema 1, unless they stand there.
    """
    uncertainty = fields.get("uncertainty")
    if isinstance(uncertainty, dict):
        uncertainty = {"capital_confidence": None, **uncertainty}
    documents: Fields = {"vendor_name": None, "clauses": None, "valid_days": None}
    return {**documents, **fields, **({} if uncertainty is None else {"uncertainty": uncertainty})}


# From a version to the next: the fields of a file of that version become those of the next, "schema" apart.
STEPS: Mapping[int, Step] = {0: _from_0}


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
    """The schema a file is written in; DealError where it is not one of `OLDEST` to `newest`."""
    if "schema" not in data:
        raise _refusal(f'Schema (schema) is missing; a deal file says "schema": {newest}.')
    version = data["schema"]
    if isinstance(version, bool) or not isinstance(version, int) or version < OLDEST:
        raise _refusal(
            f"Schema (schema) is {raw_text(version)}; it must be {newest}, or {OLDEST} or more in an older file."
        )
    if version > newest:
        raise _refusal(
            f"This file was written by a newer Backstop (schema {raw_text(version)}); this one reads schemas up to "
            f"{newest}. Open it with that one, or ask for a file of schema {newest}."
        )
    return version


def earlier_words(schema: int) -> str:
    """What the reader of a file in an older schema should know, as a sentence; "" where it is of the present one."""
    if schema >= SCHEMA:
        return ""
    return f"Made by an earlier version of Backstop (schema {schema}); saving makes it schema {SCHEMA}."


def _refusal(sentence: str) -> DealError:
    return DealError((Problem("schema", sentence),))
