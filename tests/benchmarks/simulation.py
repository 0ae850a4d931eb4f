"""How fast many paths are simulated, through every line that the key figures rest on, random numbers included.

    uv run --group benchmarks python -m tests.benchmarks.simulation [paths] [rounds]

Beside it in the same run: the same lines as one scalar loop compiled by numba, on one thread, and a scenario of the
project-finance model Singleowner of NREL's PySAM. Then how time and memory grow from 1,000 to 1,000,000 paths. Without
the group `benchmarks` only the engine is measured. On a machine that does other work as well, wall times of two threads
say little; the processor time of the process stands beside them.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from importlib.util import find_spec
from statistics import median
from time import perf_counter, process_time

import numpy as np
from numpy.typing import NDArray

from models import Deal, load_template
from models.engine.evaluate import TILE
from models.risk.drivers import Drivers, terms_of
from models.risk.figures import KPI_NAMES, wanted_of
from models.risk.model import SimulatedModel, simulated_program
from models.risk.paths import pass_over
from models.risk.settings import RiskSettings, settings_of
from models.risk.streams import BLOCK

Array = NDArray[np.float64]

NAME = "austral"
PATHS, ROUNDS = 100_000, 5
SIZES = (1_000, 10_000, 100_000, 1_000_000)

ENGINE, ONE, LINES = "engine, two threads", "engine, one thread", "engine, lines alone"
NUMBA, NUMBA_LINES, PYSAM = "numba, one thread", "numba, lines alone", "PySAM Singleowner"


@dataclass
class Measured:
    """Seconds of wall and of processor time for all paths, by contender and round."""

    paths: int
    months: int
    wall: dict[str, list[float]] = field(default_factory=dict)
    processor: dict[str, list[float]] = field(default_factory=dict)

    def time(self, name: str, work: Callable[[], object], paths: int) -> None:
        """Let a contender work on so many paths."""
        begun, busy = perf_counter(), process_time()
        work()
        wall, processor = perf_counter() - begun, process_time() - busy
        self.wall.setdefault(name, []).append(wall * self.paths / paths)
        self.processor.setdefault(name, []).append(processor * self.paths / paths)


def measure(paths: int = PATHS, rounds: int = ROUNDS, *, beside: bool | None = None) -> Measured:
    """Let the contenders work in turn.

    Args:
        beside: whether numba and PySAM are measured too; by default if they are installed.
    """
    deal = load_template(NAME)
    settings = settings_of(deal, paths=paths, seed=1)
    measured = Measured(paths, deal.months)
    blocks = min(TILE, paths) // BLOCK or 1
    drawing = Drivers(terms_of(deal), settings)
    drawn = drawing.tile(0, blocks)
    keep, over_months = wanted_of(KPI_NAMES, events=True)
    model = SimulatedModel(deal, keep, over_months)
    model.run(drawn)  # printed before the clock runs
    contenders: list[tuple[str, Callable[[], object], int]] = [
        (ENGINE, partial(pass_over, [deal], settings, threads=2), paths),
        (ONE, partial(pass_over, [deal], settings, threads=1), paths),
        (LINES, partial(model.run, drawn), blocks * BLOCK),
    ]
    if beside is None:
        beside = all(find_spec(name) for name in ("numba", "PySAM"))
    if beside:
        contenders += _beside(deal, drawing, blocks)
    for _ in range(rounds):
        for name, work, number in contenders:
            measured.time(name, work, number)
    return measured


def _beside(deal: Deal, drawing: Drivers, blocks: int) -> list[tuple[str, Callable[[], object], int]]:
    from PySAM import Singleowner  # noqa: PLC0415 - not installed by default

    from tests.benchmarks.fused_loop import FusedLoop  # noqa: PLC0415 - nor is numba

    program, inputs = simulated_program(deal)
    drawn = drawing.tile(0, blocks)
    keep, over_months = wanted_of(KPI_NAMES, events=True)
    loop = FusedLoop(program.keeping(keep, over_months), {**inputs, **drawn}, deal.months)
    by_path = {name: np.ascontiguousarray(rows.T) for name, rows in drawn.items()}
    found = dict(zip(loop.names, loop.run(by_path), strict=True))  # compiled before the clock runs
    lines = program.keeping(keep, over_months).run({**inputs, **drawn}, deal.months)
    for name, (how, line) in over_months.items():
        differs = f"{how}({line})" in found  # else it is the same on all paths
        if differs and not np.allclose(found[f"{how}({line})"], lines[name][0], rtol=1e-9):
            raise AssertionError(f"{name} differs between the engine and the compiled loop")

    def draw_and_run() -> None:
        drawing.tile(0, blocks)
        loop.run(by_path)

    scenario = Singleowner.default("PVWattsSingleOwner")
    scenario.SystemOutput.gen = [10_000.0] * 8760
    scenario.execute(0)
    return [
        (NUMBA, draw_and_run, blocks * BLOCK),
        (NUMBA_LINES, partial(loop.run, by_path), blocks * BLOCK),
        (PYSAM, partial(scenario.execute, 0), 1),
    ]


def report(measured: Measured) -> str:
    """What was measured, in words: medians, and the median of the ratios of each round."""
    lines = [
        f"{measured.paths:,} paths x {measured.months} months of {NAME}, medians of {len(measured.wall[ENGINE])} rounds"
    ]
    steps = measured.paths * measured.months
    for name, walls in measured.wall.items():
        busy = median(measured.processor[name])
        lines.append(
            f"  {name:22} {median(walls):10.2f} s wall {busy:10.2f} s processor"
            f" {1e9 * median(walls) / steps:10.0f} ns wall {1e9 * busy / steps:10.0f} ns processor a path-month"
        )
    for top, bottom in ((ENGINE, NUMBA), (LINES, NUMBA_LINES), (PYSAM, ENGINE)):
        if top in measured.wall and bottom in measured.wall:
            by_clock = _ratio(measured.wall[top], measured.wall[bottom])
            by_processor = _ratio(measured.processor[top], measured.processor[bottom])
            lines.append(f"  {top} / {bottom}: {by_clock:,.2f} by wall, {by_processor:,.2f} by processor time")
    return "\n".join(lines) + "\n"


def _ratio(tops: list[float], bottoms: list[float]) -> float:
    return median(top / bottom for top, bottom in zip(tops, bottoms, strict=True))


def alone(paths: int) -> str:
    """One simulation in this process, with the most memory that it ever held."""
    deal = load_template(NAME)
    settings: RiskSettings = settings_of(deal, paths=paths, seed=1)
    begun, busy = perf_counter(), process_time()
    pass_over([deal], settings, threads=2)
    wall, processor = perf_counter() - begun, process_time() - busy
    each = 1e9 / paths / deal.months
    return (
        f"  {paths:9,} paths {wall:8.2f} s wall {processor:8.2f} s processor {wall * each:8.0f} ns wall"
        f" {processor * each:8.0f} ns processor a path-month {_peak_megabytes():8.0f} MB\n"
    )


def _peak_megabytes() -> float:
    try:
        import resource  # noqa: PLC0415 - Windows has none
    except ImportError:
        return float("nan")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)


def scaling(sizes: tuple[int, ...] = SIZES) -> str:
    """How time and memory grow with the paths, each size in a process of its own, code printed anew."""
    command = [sys.executable, "-m", "tests.benchmarks.simulation", "alone"]
    outs = [subprocess.run([*command, str(n)], capture_output=True, text=True, check=True).stdout for n in sizes]
    return "Growth, each size in a process of its own:\n" + "".join(outs)


def main(arguments: list[str]) -> int:
    """Measure and say what was found."""
    if arguments[:1] == ["alone"]:
        sys.stdout.write(alone(int(arguments[1])))
        return 0
    numbers = [int(argument) for argument in arguments]
    sys.stdout.write(report(measure(*numbers)))
    sys.stdout.write(scaling())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
