"""Deal files damaged at random: `uv run python -m tests.hardening.mutated_deals 10000 [FIRST]`.

Each damaged file must give a deal that computes or is refused with sentences, within 2 s of the processor and 500 MB;
never a traceback. `opened_deals` beside this does the same in a window.
"""

from __future__ import annotations

import json
import random
import resource as system
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from copy import deepcopy
from typing import Any

from models.deal.files import dumps_deal, loads_deal
from models.deal.paths import deal_from
from models.deal.problems import DealError
from models.engine.case import evaluate
from models.engine.evaluate import FiguresError
from models.resources import resource
from tests.models.deal.samples import FILES, every_support

SECONDS, MEGABYTES = 2.0, 500
HUNG = 30.0
"""Seconds after which a file counts as met too slowly although the processor was busy with other programs."""
LARGE = 100_000_000
LONGEST = 20_000  # characters of a refusal

_ODD: tuple[Any, ...] = (
    None, True, False, -1, 0, 1e308, -1e308, 10**400, "", "x", "2027-13", "2027-01", [], [[]], {}, [None], {"a": {}},
    "\u202e", "\ud800", "=cmd|' /C calc'!A0", 0.1 + 0.2, [1e9] * 700,
)  # fmt: skip
_BARE = (b"NaN", b"Infinity", b"-Infinity", b"1e999", b"0x10", b"01", b"'a'", b"undefined", b"-0", b"1_000")


def samples() -> list[bytes]:
    """The files that are damaged: shipped deals, and one with every support and scenarios."""
    shipped = [resource("templates", f"{name}.deal").read_bytes() for name in FILES]
    return [*shipped, dumps_deal(deal_from(every_support()))]


def damaged(seed: int, files: Sequence[bytes]) -> tuple[str, bytes]:
    """A file damaged in one of many ways, and the name of the way."""
    dice = random.Random(seed)
    way = dice.choice(tuple(WAYS))
    return way, WAYS[way](dice, dice.choice(files))


def _flipped(dice: random.Random, data: bytes) -> bytes:
    held = bytearray(data)
    for _ in range(dice.randint(1, 8)):
        held[dice.randrange(len(held))] ^= 1 << dice.randrange(8)
    return bytes(held)


def _cut(dice: random.Random, data: bytes) -> bytes:
    start = 0 if dice.random() < 0.7 else dice.randrange(len(data))
    return data[start : dice.randrange(start, len(data))]


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Every holder with a key of it, however deep."""
    found: list[tuple[Any, Any]] = []
    keys = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        found.append((value, key))
        found += _places(value[key])
    return found


def _retyped(dice: random.Random, data: bytes) -> bytes:
    fields = json.loads(data)
    for _ in range(dice.randint(1, 3)):
        holder, key = dice.choice(_places(fields))
        holder[key] = deepcopy(dice.choice(_ODD))
    return json.dumps(fields, ensure_ascii=True).encode()


def _renamed(dice: random.Random, data: bytes) -> bytes:
    fields = json.loads(data)
    holder, key = dice.choice([place for place in _places(fields) if isinstance(place[0], dict)])
    value = holder.pop(key)
    if dice.random() < 0.7:
        holder[dice.choice((f"{key}s", key.upper(), "", "__class__", "schema", "\u0000", "a" * 5_000))] = value
    return json.dumps(fields).encode()


def _scaled(dice: random.Random, data: bytes) -> bytes:
    fields = json.loads(data)
    numbers = [(h, k) for h, k in _places(fields) if isinstance(h[k], int | float) and not isinstance(h[k], bool)]
    for _ in range(dice.randint(1, 6)):
        holder, key = dice.choice(numbers)
        holder[key] *= dice.choice((-1, 0, 1e-9, 1e3, 1e9, 1e60))
    return json.dumps(fields).encode()


def _doubled(dice: random.Random, data: bytes) -> bytes:
    at = data.index(b":", dice.randrange(len(data) - 50))
    name = data[: at + 1].rsplit(b"\n", 1)[-1].strip() or b'"name":'
    return data.replace(b"{", b"{" + name + b" 1, ", 1)


def _bare(dice: random.Random, data: bytes) -> bytes:
    at = data.index(b": ", dice.randrange(len(data) - 200)) + 2
    end = min(index for mark in b",\n" if (index := data.find(bytes([mark]), at)) > 0)
    return data[:at] + dice.choice(_BARE) + data[end:]


def _deep(dice: random.Random, data: bytes) -> bytes:
    depth = dice.choice((30, 100, 5_000, 200_000))
    opened, closed = dice.choice(((b"[", b"]"), (b'{"a":', b"}")))
    return data.replace(b"[", opened * depth + b"0" + closed * depth + b",[", 1)


def _encoded(dice: random.Random, data: bytes) -> bytes:
    text = data.decode()
    accented = text.replace('"name": "', '"name": "é', 1)
    return dice.choice(
        (
            *(text.encode(name) for name in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "cp037")),
            b"\xef\xbb\xbf\xff" + data, "é".encode("latin-1") + data, accented.encode("latin-1"),
            b"\xef\xbb\xbf" + data, accented.encode(), text.replace("\n", "\r\n").encode(),
            text.replace("\n", "\r").encode(), text.replace("\n", "\u2028").encode(), data + b"\x1a",
            data + b"\0" * 512,
        )
    )  # fmt: skip


def _newer(dice: random.Random, data: bytes) -> bytes:
    return data.replace(
        b'"schema": 1', b'"schema": ' + dice.choice((b"2", b"99", b"0", b"-1", b"1.5", b'"1"', b"9" * 50))
    )


def _stuffed(dice: random.Random, data: bytes) -> bytes:
    if dice.random() < 0.02:
        return data[:-2] + b" " * LARGE + b"}"
    piece = dice.choice((b"1,", b"[],", b'"a",', b"1e5,", b"[[1],[2]],"))
    return data.replace(b"[", b"[" + piece * dice.choice((50, 5_000, 120_000)), 1)


WAYS: dict[str, Callable[[random.Random, bytes], bytes]] = {
    "bits flipped": _flipped, "cut off": _cut, "other types": _retyped, "other names": _renamed, "scaled": _scaled,
    "name twice": _doubled, "no JSON number": _bare, "deep": _deep, "other encoding": _encoded,
    "other schema": _newer, "stuffed": _stuffed,
}  # fmt: skip


def outcome(data: bytes) -> str:
    """What becomes of a file: "computes", or "refused".

    Raises:
        AssertionError: a refusal without a sentence.
    """
    try:
        evaluate(loads_deal(data))
    except (DealError, FiguresError) as error:
        text = str(error)
    else:
        return "computes"
    assert text.strip(), "a refusal without words"
    assert "Traceback" not in text
    assert len(text) < LONGEST
    return "refused"


def check(seeds: range, outcome: Callable[[bytes], str] = outcome) -> tuple[Counter[str], list[str]]:
    """What became of the damaged files, and what was wrong."""
    files, counts, wrong = samples(), Counter[str](), []
    for seed in seeds:
        way, data = damaged(seed, files)
        began, busy = time.perf_counter(), time.process_time()
        try:
            counts[f"{way}: {outcome(data)}"] += 1
        except Exception as error:
            wrong.append(f"seed {seed} ({way}): {type(error).__name__}: {error}"[:300])
        took, busy = time.perf_counter() - began, time.process_time() - busy
        if busy > SECONDS or took > HUNG:
            wrong.append(f"seed {seed} ({way}): {took:.1f} s")
    return counts, wrong


def main(arguments: Sequence[str], outcome: Callable[[bytes], str] = outcome) -> int:
    """Damage as many files as asked; 1 where any was not met with a deal or a sentence."""
    count = int(arguments[0]) if arguments else 1_000
    first = int(arguments[1]) if len(arguments) > 1 else 0
    counts, wrong = check(range(first, first + count), outcome)
    lines = [f"{number:6} {what}" for what, number in sorted(counts.items())]
    memory = system.getrusage(system.RUSAGE_SELF).ru_maxrss / 1024
    if memory > MEGABYTES:
        wrong.append(f"{memory:.0f} MB of memory")
    sys.stdout.write("\n".join([*lines, *wrong, f"{len(wrong)} wrong, {memory:.0f} MB at most"]) + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
