"""Do the tests notice a wrong model: `uv run python -m tests.hardening.mutations 100 [SEED]`.

In a copy of the project, cosmic-ray changes one operator, comparison or number of `models/lines` or `models/language`
at a time, each place at most once and places drawn at random. A few random deals are held to the month loop, then the
tests nearest to the model run until one fails. What no test notices is shown as a difference of the source: a test is
missing, or the change means the same.
"""

from __future__ import annotations

import json
import os
import random
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from tests.agreement import many_loops
from tests.architecture.sources import ROOT

TOOL = ("uvx", "--from", "cosmic-ray==8.4.3", "cosmic-ray")
NEAREST = (
    "tests/agreement/test_engine.py",
    "tests/models/lines",
    "tests/models/language",
    "tests/models/workbook/test_brackets.py",
    "tests/models/engine",
)
"""In the order in which they notice most for their time."""
FIRST = ("4", "4")
"""Random deals before these, and the first of them: without the start of a test run they notice most changes."""
NEARBY = "nearby"
"""The argument with which this module runs those tests, in the copy."""
PARTS = ("app", "models", "packaging", "resources", "tests", "pyproject.toml", "README.md")
SLOWEST = 600
"""Seconds until the tests of one change count as failed: a change may well loop for ever."""
SETTINGS = f"""
[cosmic-ray]
module-path = ["models/lines", "models/language"]
timeout = {SLOWEST}
excluded-modules = ["models/lines/reference.py"]
test-command = {{command}}
[cosmic-ray.distributor]
name = "local"
"""
ARITHMETIC = "(Add|Sub|Mul|Div|Pow)"
ORDER = "(Lt|LtE|Gt|GtE|Eq|NotEq)"
WORTH = re.compile(
    rf"core/(ReplaceBinaryOperator_{ARITHMETIC}_{ARITHMETIC}|ReplaceComparisonOperator_{ORDER}_{ORDER}|NumberReplacer|"
    r"AddNot|ReplaceUnaryOperator_.*|Replace(True|False|And|Or|Break|Continue)With.*|ZeroIterationForLoop)"
)
"""Changes that a formula could bear: operators it does not have, and lines removed whole, fail at once."""


def sample(session: Path, number: int, seed: int) -> int:
    """Keep so many changes of a session, one for each place; return of how many places they were drawn."""
    with closing(sqlite3.connect(session)) as base, base:
        found = base.execute(
            "select job_id, operator_name, module_path, start_pos_row, start_pos_col from mutation_specs"
        )
        places: dict[tuple[str, str, int, int], list[str]] = {}
        for job, operator, module, row, column in found:
            if WORTH.fullmatch(operator):
                places.setdefault((module, operator.split("_")[0], row, column), []).append(job)
        rng = random.Random(seed)
        drawn = rng.sample(sorted(places), min(number, len(places)))
        kept = [(rng.choice(sorted(places[place])),) for place in drawn]
        base.execute("create temp table kept (job_id varchar)")
        base.executemany("insert into kept values (?)", kept)
        for table in ("mutation_specs", "work_items"):
            base.execute(f"delete from {table} where job_id not in (select job_id from kept)")
    return len(places)


def outcomes(session: Path) -> tuple[int, list[str]]:
    """How many changes were tried, and the differences of those that no test noticed."""
    with closing(sqlite3.connect(session)) as base:
        tried = base.execute("select test_outcome, diff from work_results order by diff").fetchall()
    return len(tried), [diff for outcome, diff in tried if outcome == "SURVIVED"]


def run(folder: Path, number: int, seed: int) -> tuple[int, int, list[str]]:
    """Try so many changes in a copy of the project: places there are, changes tried, differences not noticed."""
    for name in PARTS:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    tests = [sys.executable, "-m", "tests.hardening.mutations", NEARBY]
    (folder / "settings.toml").write_text(SETTINGS.format(command=json.dumps(shlex.join(tests))), encoding="utf-8")
    subprocess.run(tests, cwd=folder, check=True, stdout=subprocess.DEVNULL)  # they pass, and are compiled
    session = folder / "session.sqlite"
    # a change of the same second and length would be taken from the compiled source of the one before
    surroundings = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run([*TOOL, "init", "settings.toml", session.name], cwd=folder, check=True)
    places = sample(session, number, seed)
    subprocess.run([*TOOL, "exec", "settings.toml", session.name], cwd=folder, check=True, env=surroundings)
    return places, *outcomes(session)


def nearby() -> int:
    """Run what is nearest to the model, quickest first, until something fails: 0 where nothing does."""
    return many_loops.main(FIRST) or pytest.main(["-x", "-q", "-p", "no:cacheprovider", *NEAREST])


def main(arguments: Sequence[str]) -> int:
    """Try as many changes as asked; 1 where the tests notice less than nine in ten."""
    if arguments[:1] == [NEARBY]:
        return nearby()
    number = int(arguments[0]) if arguments else 100
    seed = int(arguments[1]) if len(arguments) > 1 else 0
    with tempfile.TemporaryDirectory(prefix="backstop-mutations-") as folder:
        places, tried, unnoticed = run(Path(folder), number, seed)
    sys.stdout.write("\n".join([*unnoticed, f"{tried - len(unnoticed)} of {tried} noticed, of {places} places"]) + "\n")
    return 1 if len(unnoticed) > tried / 10 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
