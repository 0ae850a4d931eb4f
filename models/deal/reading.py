"""The bytes of a deal file as plain fields. Nothing in a file is trusted: every fault is a sentence."""

import json
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter
from collections.abc import Iterable

from models.deal.place import Steps, path_of
from models.deal.problems import DealError, Problem
from models.deal.values import clipped, raw_text

LARGEST_FILE = 20_000_000
MOST_VALUES = 100_000
LONGEST_LIST = 1_000
DEEPEST = 40
LONGEST_NUMBER = 100


def fields_of(data: bytes) -> dict[str, object]:
    """The named fields that `data`, a deal file, holds; DealError where it cannot be read."""
    if len(data) > LARGEST_FILE:
        raise DealError(f"This file is larger than {LARGEST_FILE // 1_000_000} MB; a deal file is far smaller.")
    if sum(map(data.count, (b",", b"[", b"{"))) > MOST_VALUES:
        raise DealError(f"This file holds more than {MOST_VALUES:,} values; a deal file holds far fewer.")
    value = _parsed(_text(data))
    _refuse_oddities(value, ())
    if not isinstance(value, dict):
        raise DealError(f"A deal file holds one object with named fields; this one holds {raw_text(value)}.")
    return value


def _text(data: bytes) -> str:
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) or b"\0" in data[:4]:
        raise DealError("This file is written in UTF-16; save it as UTF-8.")
    try:
        text = data.removeprefix(BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DealError(f"Line {line} is not written in UTF-8; save the file as UTF-8.") from None
    if not text.strip():
        raise DealError("This file is empty.")
    return text


def _parsed(text: str) -> object:
    try:
        return json.loads(text, object_pairs_hook=_Pairs, parse_int=_whole, parse_float=_real)
    except json.JSONDecodeError as error:
        reason = error.msg[:1].lower() + error.msg[1:].removesuffix(" at")
        raise DealError(f"Line {error.lineno}, column {error.colno} is not JSON: {reason}.") from None
    except RecursionError:
        raise DealError("This file is nested too deeply for a deal.") from None


class _Pairs(dict[str, object]):
    """An object of the file that remembers a name given twice."""

    def __init__(self, pairs: list[tuple[str, object]]) -> None:
        super().__init__(pairs)
        self.doubled: str | None = None
        if len(self) < len(pairs):
            self.doubled = Counter(name for name, _ in pairs).most_common(1)[0][0]


def _refuse_oddities(value: object, steps: Steps) -> None:
    """DealError where a name stands twice, a list is longer or the nesting deeper than in any deal."""
    if len(steps) > DEEPEST:
        raise DealError("This file is nested too deeply for a deal.")
    inside: Iterable[tuple[str | int, object]] = ()
    if isinstance(value, _Pairs):
        if value.doubled is not None:
            path = path_of((*steps, value.doubled))
            raise DealError((Problem(path, f'"{clipped(path)}" stands twice; each field may stand only once.'),))
        inside = value.items()
    elif isinstance(value, list):
        if steps and len(value) > LONGEST_LIST:
            path = path_of(steps)
            raise DealError(
                (
                    Problem(
                        path,
                        f'"{clipped(path)}" has {len(value):,} entries; no list of a deal has more '
                        f"than {LONGEST_LIST:,}.",
                    ),
                )
            )
        inside = enumerate(value)
    for step, inner in inside:
        if isinstance(inner, list | dict):
            _refuse_oddities(inner, (*steps, step))


def _whole(digits: str) -> int | float:
    return int(digits) if len(digits) <= LONGEST_NUMBER else float("inf")


def _real(digits: str) -> float:
    return float(digits) if len(digits) <= LONGEST_NUMBER else float("nan")
