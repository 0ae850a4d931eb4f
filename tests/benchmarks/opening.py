"""How long the program takes from its start until its window is painted, with the start page or with a deal named.

    uv run python -m tests.benchmarks.opening [rounds]

Whole processes are timed, as somebody who starts the program waits for them; the first of each kind, which warms the
caches of the disk, does not count. Where the machine has other work, the time its processor worked says more.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from models import save_deal
from tests.architecture.sources import ROOT
from tests.benchmarks.large_deal import large_deal

ROUNDS = 9
WANTED = 0.6
"""Seconds until the window is painted, warm."""

PROGRAM = """
import sys
from pathlib import Path
from time import process_time
from app.start import load_before_qt
load_before_qt()
from app.first_paint import AfterFirstPaint
from app.session import Session
from app.settings import Settings

def told(what):
    print(what, process_time(), flush=True)

session = Session(sys.argv[:1], Settings(Path(sys.argv[1])))
window, named = session.window, sys.argv[2:]
wanted = ["window", "deal", "figures"] if named else ["window"]

def painted(*shown):
    for what in shown:
        told(what)
        wanted.remove(what)
    if not wanted:
        window.give_up()

def window_painted():
    painted("window", *(["deal"] if named and window.desk.isVisible() else []))

AfterFirstPaint(window, window_painted)
window.live.shown.connect(lambda _figures: AfterFirstPaint(window.desk.rail, lambda: painted("figures")))
path = named[0] if named and named[0].endswith(".deal") else None
sys.exit(session.run(path, named[0] if named and path is None else None))
"""


@dataclass(frozen=True)
class Opened:
    """One start: seconds until something was painted, and the seconds the processor had worked by then."""

    seconds: float
    worked: float


def opened(folder: Path, *named: str) -> dict[str, Opened]:
    """Start the program with a template, a file or nothing, end it, and say when what was painted."""
    found: dict[str, Opened] = {}
    command = [sys.executable, "-c", PROGRAM, str(folder), *named]
    began = perf_counter()
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # a program that is installed is compiled once
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        for line in run.stdout:
            what, worked = line.split()
            found[what] = Opened(perf_counter() - began, float(worked))
    assert run.returncode == 0, found
    return found


def main(rounds: int = ROUNDS) -> int:
    """Print the figures; 1 where the window is not painted as soon as wanted."""
    say = sys.stdout.write
    late = False
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home)
        save_deal(large_deal(), folder / "large.deal")
        for words, named in (("start page", ()), ("austral", ("austral",)), ("large deal", (f"{folder}/large.deal",))):
            opened(folder / "settings", *named)
            runs = [opened(folder / "settings", *named) for _ in range(rounds)]
            for what in runs[0]:
                seconds = [run[what].seconds for run in runs]
                worked = median(run[what].worked for run in runs)
                say(f"{words:10}  {what:8} painted after {median(seconds):.2f} s, at best {min(seconds):.2f} s")
                say(f", of which the processor worked {worked:.2f} s\n")
                late |= what == "window" and median(seconds) > WANTED
    say(f"wanted: the window within {WANTED} s: {'NOT held' if late else 'held'}\n")
    return int(late)


if __name__ == "__main__":
    sys.exit(main(*(int(word) for word in sys.argv[1:2])))
