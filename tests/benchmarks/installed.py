"""The built program beside the source program: how large it is, and how soon its window is painted.

    uv run python packaging/build.py
    uv run python -m tests.benchmarks.installed [dist/backstop]

Times are of whole processes from their start until the window has been painted once, taken in turns; what counts is
their ratio, since a machine's load is the same for both. Sizes count everything in the folder.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from tests.architecture.sources import ROOT

LARGEST, LARGEST_ARCHIVE = 250_000_000, 75_000_000  # bytes
SLOWEST = 1.5
"""How many times as long as from source the built program may take until its window is painted."""
ROUNDS = 7


def seconds_to_paint(command: Sequence[str]) -> float:
    """Seconds from the start of a program until it says that its window is painted."""
    with tempfile.TemporaryDirectory() as home:
        own = {"HOME": home, "XDG_CONFIG_HOME": home, "XDG_STATE_HOME": home, "QT_QPA_PLATFORM": "offscreen"}
        began = perf_counter()
        with subprocess.Popen(
            [*command, "selftest"], cwd=ROOT, env={**os.environ, **own}, stdout=subprocess.PIPE
        ) as run:
            assert run.stdout is not None
            said = run.stdout.readline()
            taken = perf_counter() - began
        assert (said.strip(), run.returncode) == (b"painted", 0), said
    return taken


def in_turns(first: Sequence[str], second: Sequence[str], rounds: int = ROUNDS) -> tuple[float, float]:
    """The least seconds to paint of two programs, each run once unmeasured and then in turns with the other."""
    seconds_to_paint(first)
    seconds_to_paint(second)
    times = [(seconds_to_paint(first), seconds_to_paint(second)) for _ in range(rounds)]
    return min(one for one, _ in times), min(other for _, other in times)


def unpacked(folder: Path) -> int:
    """Bytes of the files of a folder, each once."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def main() -> int:
    """Print sizes and times, and return 1 where one is beyond its limit."""
    program = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "dist" / "backstop"
    executable = program / ("backstop.exe" if sys.platform == "win32" else "backstop")
    if not executable.is_file():
        raise SystemExit(f"{executable} is not there: uv run python packaging/build.py")
    sizes = [(program, unpacked(program), LARGEST)]
    archives = (path for path in program.parent.iterdir() if path.suffix in {".xz", ".deb", ".zip", ".dmg"})
    sizes += [(path, path.stat().st_size, LARGEST_ARCHIVE) for path in sorted(archives)]
    built, source = in_turns([str(executable.resolve())], [sys.executable, "-m", "app"])
    for path, size, limit in sizes:
        print(f"{path.name:<40} {size / 1e6:6.1f} MB, at most {limit / 1e6:.0f}")  # noqa: T201 - what it is run for
    print(  # noqa: T201 - what it is run for
        f"first paint {built * 1000:.0f} ms, from source {source * 1000:.0f} ms: "
        f"{built / source:.2f} times as long, at most {SLOWEST}"
    )
    return int(any(size > limit for _, size, limit in sizes) or built > SLOWEST * source)


if __name__ == "__main__":
    sys.exit(main())
