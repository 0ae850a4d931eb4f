"""What a returned workbook must not be able to do: each kind of hostile file is refused at once, by a small process."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from time import perf_counter

import pytest

from models.workbook.reading.process import reader_command, reader_surroundings

from .hostile import HOSTILE, sound

SECONDS, MEGABYTES = 2.0, 300.0
PER_MEGABYTE = 1_000_000.0 if sys.platform == "darwin" else 1_000.0


@dataclass(frozen=True)
class Measured:
    """What reading took, and the answer."""

    answer: dict[str, object]
    seconds: float
    megabytes: float
    code: int


# The peak memory of a process counts what its parent had when it was started: so a small one stands in between
_BETWEEN = """
import os, subprocess, sys
process = subprocess.Popen(sys.argv[1:])
_, status, used = os.wait4(process.pid, 0)
process.returncode = os.waitstatus_to_exitcode(status)
print(process.returncode, used.ru_maxrss, file=sys.stderr)
"""


def measured(data: bytes) -> Measured:
    """The reader's answer to a file, with the wall time and the peak memory of its process."""
    command = [sys.executable, "-c", _BETWEEN, *reader_command()]
    started = perf_counter()
    done = subprocess.run(command, input=data, capture_output=True, env=reader_surroundings(), check=True, timeout=60)
    seconds = perf_counter() - started
    code, largest = map(int, done.stderr.split())
    return Measured(json.loads(done.stdout), seconds, largest / PER_MEGABYTE, code)


@pytest.mark.parametrize("kind", HOSTILE)
def test_every_hostile_file_is_refused_at_once(kind: str) -> None:
    """Each kind of hostile file ends with one sentence that says what is wrong, within 2 seconds and 300 MB."""
    build, words = HOSTILE[kind]
    data = build()
    found = measured(data)
    if found.seconds >= SECONDS:  # once more, in case the machine was busy with something else
        found = measured(data)
    assert found.answer.keys() == {"refused"}
    said = str(found.answer["refused"])
    assert words in said
    assert said.endswith(".")
    assert "\n" not in said
    assert found.code == 0
    assert found.megabytes < MEGABYTES
    assert found.seconds < SECONDS


def test_the_sound_workbook_is_read_within_the_same_bounds() -> None:
    """What all hostile files are made from is read, so that each is refused for its own fault."""
    found = measured(sound())
    assert found.answer.keys() == {"found"}
    assert found.megabytes < MEGABYTES
