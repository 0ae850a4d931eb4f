"""The process that reads: it answers, or is ended in good order, whatever it does."""

from __future__ import annotations

import json
import sys
import threading
from time import perf_counter

import pytest

from models.workbook.reading import READ_WORKBOOK
from models.workbook.reading.facts import Area, Cell, address, area_of, facts_of
from models.workbook.reading.limits import LARGEST_ANSWER, MEMORY
from models.workbook.reading.process import StoppedError, read_workbook, reader_command
from models.workbook.reading.refusal import RefusedError
from tests.models.workbook.written import deal_of

from .hostile import sound

SWALLOW = "import sys; sys.stdin.buffer.read(); "


def started_as(code: str) -> tuple[str, ...]:
    """The command of a reader that does as told instead of reading."""
    return (sys.executable, "-c", code)


def test_a_sound_workbook_comes_back_as_facts() -> None:
    """The reader gives every sheet with its cells, formulas with the values they showed, and names as areas."""
    facts = read_workbook(sound())
    assert set(facts.sheets) >= {"Summary", "Inputs", "Model", "Changes", "About"}
    named = facts.names["senior_debt.target_dscr"]
    assert named is not None
    cell = facts.at(named.sheet, named.top, named.left)
    assert cell is not None
    assert cell == Cell("n", deal_of("seed 888").senior_debt.target_dscr)
    model = facts.sheets["Model"]
    assert sum(cell.kind == "f" for cell in model.values()) > 1000
    band = facts.at("Inputs", 2, 4)
    assert band is not None
    assert (band.kind, band.computed) == ("f", "All checks hold")
    assert facts.at("Inputs", 4999, 1) is None


def test_a_reader_that_hangs_is_ended() -> None:
    """A reader that takes too long is ended, and the sentence says how long reading takes."""
    started = perf_counter()
    with pytest.raises(RefusedError, match="takes longer than"):
        read_workbook(b"", command=started_as(SWALLOW + "import threading; threading.Event().wait()"), seconds=0.3)
    assert perf_counter() - started < 10


def test_a_reader_that_does_not_take_the_file_is_ended() -> None:
    """A reader that never reads what it is given cannot hold the program up."""
    with pytest.raises(RefusedError, match="takes longer than"):
        read_workbook(bytes(9_000_000), command=started_as("import threading; threading.Event().wait()"), seconds=0.3)


def test_reading_can_be_stopped() -> None:
    """Where the caller no longer wants the answer, the reader is ended at once."""
    asked = threading.Event()

    def cancelled() -> bool:
        asked.set()
        return True

    with pytest.raises(StoppedError):
        read_workbook(b"", command=started_as(SWALLOW + "import threading; threading.Event().wait()"),
                      cancelled=cancelled)  # fmt: skip
    assert asked.is_set()


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("import sys; sys.exit(1)", "more time or memory"),
        (SWALLOW + "import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "more time or memory"),
        (SWALLOW + "print('{')", "cut off"),
        (SWALLOW + "print('[1]')", "makes no sense"),
        (SWALLOW + 'print(\'{"found": {"sheets": 3, "names": {}, "date1904": false}}\')', "makes no sense"),
        (SWALLOW + 'print(\'{"refused": "So it is."}\')', "So it is."),
        (SWALLOW + f"sys.stdout.write('x' * {LARGEST_ANSWER + 10})", "more text than any"),
    ],
)
def test_an_odd_answer_is_a_refusal(code: str, words: str) -> None:
    """A reader that ends badly, talks nonsense or too much leads to one sentence, never to trust."""
    with pytest.raises(RefusedError, match=words):
        read_workbook(b"PK", command=started_as(code))


def test_the_reader_cannot_take_more_memory_than_allowed() -> None:
    """The reader's own limits hold: filling memory without end ends in an error of its own, not of the machine."""
    code = (
        "import sys; from models.workbook.reading.confine import confine; confine()\n"
        "held = []\n"
        "try:\n"
        "    while True: held.append(bytearray(16_000_000))\n"
        "except MemoryError:\n"
        "    size = len(held) * 16_000_000; held.clear(); sys.stdin.buffer.read()\n"
        '    print(\'{"refused": "%d"}\' % size)\n'
    )
    with pytest.raises(RefusedError) as refusal:
        read_workbook(b"", command=started_as(code))
    assert 0 < int(str(refusal.value)) < MEMORY


def test_the_reader_can_write_no_file(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The reader's own limits hold: what is in a file cannot be made to write another one."""
    target = tmp_path_factory.mktemp("reader") / "written"
    code = (
        "import sys, signal; from models.workbook.reading.confine import confine; confine()\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); sys.stdin.buffer.read()\n"
        "try:\n"
        f"    open({str(target)!r}, 'wb', buffering=0).write(b'x')\n"
        "except OSError as error:\n"
        '    print(\'{"refused": "%s"}\' % error.strerror)\n'
    )
    with pytest.raises(RefusedError, match="File too large"):
        read_workbook(b"", command=started_as(code))
    assert target.read_bytes() == b""


def test_a_frozen_program_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """Frozen, the program is its own reader, told so by a private word; from source Python starts the package."""
    assert reader_command() == (sys.executable, "-P", "-m", "models.workbook.reading")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert reader_command() == (sys.executable, READ_WORKBOOK)


@pytest.mark.parametrize(
    "cell",
    [
        [0, 1, "n", 1.0], [1, 501, "n", 1.0], [True, 1, "n", 1.0], [1, 1, "x", 1.0], [1, 1, "n", "1"],
        [1, 1, "b", 1], [1, 1, "s", 5], [1, 1, "f", "=1", 2.0, 3.0], [1, 1], ["1", 1, "n", 1.0],
    ],
)  # fmt: skip
def test_facts_take_nothing_on_trust(cell: list[object]) -> None:
    """A cell outside the limits, of no kind, or with a value of another kind than it says is refused."""
    said = {"found": {"sheets": [{"name": "A", "cells": [cell]}], "names": {}, "date1904": False}}
    with pytest.raises(RefusedError, match="makes no sense"):
        facts_of(said)


def test_facts_hold_what_was_found() -> None:
    """Cells come back by row and column, names as areas, and a name that is no area as None."""
    found = {
        "sheets": [{"name": "A b", "cells": [[2, 3, "f", "=1+1", 2.0], [2, 4, "s", "x"]]}],
        "names": {"one": "'A b'!$C$2", "row": "'It''s'!$C$2:$AA$2", "none": "1", "lost": "#REF!"},
        "date1904": False,
    }
    facts = facts_of(json.loads(json.dumps({"found": found})))
    assert facts.at("A b", 2, 3) == Cell("f", "=1+1", 2.0)
    assert facts.at("A b", 2, 4) == Cell("s", "x")
    assert facts.names == {
        "one": Area("A b", 2, 3, 2, 3), "row": Area("It's", 2, 3, 2, 27), "none": None, "lost": None
    }  # fmt: skip
    assert area_of("A!B2:A1") == Area("A", 2, 2, 1, 1)
    assert address(12, 28) == "AB12"
    with pytest.raises(RefusedError, match="1904"):
        facts_of({"found": {**found, "date1904": True}})
