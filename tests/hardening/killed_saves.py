"""Saves cut off by the end of the process: `uv run python -m tests.hardening.killed_saves 200 [SEED]`.

A process saves one of two deals over and over and is killed at a random moment. The file and its backup must each hold
one of the two, whole; and unsaved work that was kept aside must come back.
"""

from __future__ import annotations

import os
import random
import select
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import count
from pathlib import Path

from models.deal.files import backup_of, load_deal, save_deal
from models.deal.paths import with_value
from models.deal.problems import DealError
from models.deal.recovery import Recovery, read_recovery, write_recovery
from models.deal.schema import Deal
from models.deal.templates import load_template

LONGEST = 0.02  # seconds until the kill, once the process has begun to save


def killed_while(work: Callable[[int], None], after: float) -> None:
    """Call `work(0)`, `work(1)`, ... in a process of its own, and kill that so many seconds after the first call."""
    reader, writer = os.pipe()
    process = os.fork()
    if process == 0:
        try:
            for number in count():
                work(number)
                if number == 0:
                    os.write(writer, b".")
        finally:
            os._exit(1)
    os.close(writer)
    os.read(reader, 1)
    select.select([], [], [], after)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    os.close(reader)


def check(times: int, seed: int, folder: Path) -> tuple[Counter[str], list[str]]:
    """What the files held after each kill, and what was wrong."""
    dice, counts, wrong = random.Random(seed), Counter[str](), []
    deals = (load_template("austral"), with_value(load_template("fjord"), "name", "Fjord " + "x" * 150))
    path, kept = folder / "a.deal", folder / "a.recovery"
    save_deal(deals[0], path)
    recoveries = tuple(Recovery(deal, deals[0], str(path), None, datetime(2027, 1, 1)) for deal in deals)

    def save(number: int) -> None:
        save_deal(deals[number % 2], path)
        write_recovery(recoveries[number % 2], kept)

    readers: dict[str, Callable[[], Deal]] = {
        "file": lambda: load_deal(path),
        "backup": lambda: load_deal(backup_of(path)),
        "unsaved work": lambda: read_recovery(kept).deal,
    }
    for time_ in range(times):
        killed_while(save, dice.uniform(0, LONGEST))
        for name, held in readers.items():
            try:
                found = held()
            except DealError as error:
                wrong.append(f"kill {time_}: the {name} is not whole: {error}")
                continue
            if found not in deals:
                wrong.append(f"kill {time_}: the {name} holds another deal")
            counts[f"{name}: {'first' if found == deals[0] else 'second'} deal"] += 1
    left = [each.name for each in folder.iterdir() if each.suffix == ".tmp"]
    counts["files left half written beside it"] = len(left)
    return counts, wrong


def main(arguments: Sequence[str]) -> int:
    """Kill as many saves as asked; 1 where any left a file that is not whole."""
    times = int(arguments[0]) if arguments else 200
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="backstop-saves-") as folder:
        counts, wrong = check(times, int(arguments[1]) if len(arguments) > 1 else 0, Path(folder))
    lines = [f"{number:6} {what}" for what, number in sorted(counts.items())]
    took = time.monotonic() - began
    sys.stdout.write("\n".join([*lines, *wrong, f"{times} kills, {len(wrong)} wrong ({took:.0f} s)"]) + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
