"""Deal files: what is read, what is refused, and that saving never leaves half a file."""

import errno
import json
import os
import resource as system
import signal
import stat
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.deal.files import dumps_deal, load_deal, loads_deal, save_deal
from models.deal.paths import deal_from, with_value
from models.deal.problems import DealError, Problem
from models.deal.schema import Deal
from models.resources import resource
from tests.agreement.random_deals import random_deal
from tests.models.deal.samples import FILES, austral, every_support, raw

AUSTRAL = resource("templates", "austral.deal").read_bytes()


def changed(old: bytes, new: bytes) -> bytes:
    """The file of the Austral deal with one piece of it replaced."""
    assert AUSTRAL.count(old) >= 1
    return AUSTRAL.replace(old, new, 1)


@pytest.mark.parametrize("name", FILES)
def test_a_round_trip_loses_nothing(name: str) -> None:
    """A deal written and read is equal, and its file holds the values of the file it came from, as they were."""
    again = json.loads(dumps_deal(deal_from(raw(name))))
    assert repr(_sorted(again)) == repr(_sorted(raw(name)))


def test_the_order_of_fields_is_kept() -> None:
    """A deal whose fields stand in the usual order is written byte for byte as it was, but for the line's end."""
    file = resource("templates", "fjord.deal").read_bytes()
    assert dumps_deal(loads_deal(file)) == file + b"\n"


def test_later_fields_come_back_and_stay_absent_where_they_were() -> None:
    """Scenarios and the later fields of the simulation are kept; a file without them gets none."""
    deal = deal_from(every_support())
    assert loads_deal(dumps_deal(deal)) == deal
    assert b"scenarios" not in dumps_deal(austral())
    assert b"sampling" not in dumps_deal(austral())


def test_random_deals_come_back() -> None:
    """Deals over the whole schema survive a round trip."""
    for seed in range(100):
        deal = deal_from(random_deal(seed))
        assert loads_deal(dumps_deal(deal)) == deal


def test_text_is_written_as_it_reads() -> None:
    """Letters beyond ASCII stand in the file as themselves, and a byte order mark in front is no fault."""
    deal = with_value(austral(), "partner.name", "Nørd & Søn — 日本")
    data = dumps_deal(deal)
    assert "Nørd & Søn — 日本".encode() in data
    assert loads_deal(b"\xef\xbb\xbf" + data) == deal


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "This file is empty."),
        (b" \n", "This file is empty."),
        (b"[1, 2]", "A deal file holds one object with named fields; this one holds a list of 2."),
        (b"null", "A deal file holds one object with named fields; this one holds null."),
        (b"<html>", "Line 1, column 1 is not JSON: expecting value."),
        (AUSTRAL[:300], "is not JSON:"),
        (AUSTRAL + b"{}", "is not JSON: extra data."),
        (AUSTRAL.decode().encode("utf-16"), "This file is written in UTF-16; save it as UTF-8."),
        (AUSTRAL.decode().encode("utf-16-le"), "This file is written in UTF-16; save it as UTF-8."),
        (changed(b"Austral", "Aüstral".encode("latin-1")), "Line 3 is not written in UTF-8; save the file as UTF-8."),
        (changed(b'"schema": 1,', b""), 'Schema (schema) is missing; a deal file says "schema": 1.'),
        (
            changed(b'"schema": 1', b'"schema": 2'),
            "This file was written by a newer Backstop (schema 2); this one reads schemas up to 1.",
        ),
        (changed(b'"schema": 1', b'"schema": "1"'), 'Schema (schema) is "1"; it must be 1, or 0 or more in an older'),
        (changed(b'"schema": 1', b'"schema": true'), "Schema (schema) is true; it must be 1, or 0 or more in an older"),
        (changed(b'"schema": 1', b'"schema": -1'), "Schema (schema) is -1; it must be 1, or 0 or more in an older"),
        (changed(b'"months": 74', b'"months": 74, "months": 75'), '"months" stands twice'),
        (
            changed(b'"availability": 0.985', b'"availability": 0.985, "availability": 1'),
            '"phases[0].availability" stands twice',
        ),
        (changed(b"0.985", b"NaN"), "(phases[0].availability) is not a finite number"),
        (changed(b"0.985", b"-Infinity"), "(phases[0].availability) is not a finite number"),
        (changed(b"0.985", b"1e999"), "(phases[0].availability) is not a finite number"),
        (changed(b"10000,", b"1" + b"0" * 5000 + b","), "(phases[0].gpus) is not a finite number"),
        (changed(b"10000,", b"1" + b"0" * 50 + b","), "(phases[0].gpus) is a number of more than 20 digits"),
        (changed(b"0.985", b"0." + b"9" * 1_000_000), "(phases[0].availability) is not a finite number"),
        (changed(b'"Austral"', rb'"\ud800"'), r'Name (name) is "\ud800"'),
        (changed(b'"Austral"', rb'"a\u0000b"'), r'Name (name) is "a\x00b"'),
        (changed(b'"months"', rb'"\ud800": 1, "months"'), r'"\ud800" is not a field of a deal.'),
        (changed(b'"months"', rb'"": 1, "months"'), '"" is not a field of a deal.'),
        (b"[" + b"1," * 2_000 + b"1]", "A deal file holds one object with named fields; this one holds "),
        (b"[" * 100_000, "nested too deeply"),
        (b"[" * 45_000 + b"]" * 45_000, "nested too deeply"),
        (b'{"a":' * 45_000 + b"1" + b"}" * 45_000, "nested too deeply"),
        (b'{"schema": 1, "name": ' + b"[" * 60 + b"]" * 60 + b"}", "nested too deeply"),
        (b" " * 20_000_001, "This file is larger than 20 MB"),
        (b"[" + b",".join([b"1"] * 200_000) + b"]", "This file holds more than 100,000 values"),
        (b'{"schema": 1, "phases": [' + b",".join([b"{}"] * 40_000) + b"]}", '"phases" has 40,000 entries'),
        (b'{"schema": 1' + b"".join(b', "k%d": 1' % n for n in range(90_000)) + b"}", "And 80 more."),
        (changed(b'"Austral"', b'"' + b"x" * 10_000_000 + b'"'), "Name (name) is"),
        (
            changed(b'"uncertainty"', b'"scenarios": [{"name": "A", "changes": {"months": 1e999}}], "uncertainty"'),
            "changes",
        ),
    ],
    ids=range(38),
)
def test_a_bad_file_is_told_in_sentences(data: bytes, words: str) -> None:
    """However a file is broken, the answer is a sentence that fits on a screen, and it comes soon."""
    began = perf_counter()
    with pytest.raises(DealError) as refused:
        loads_deal(data)
    assert words in str(refused.value)
    assert str(refused.value).isprintable()
    assert len(str(refused.value)) < 5000
    assert perf_counter() - began < 2


@given(st.binary(max_size=300) | st.text(max_size=100).map(str.encode))
def test_any_bytes_are_refused_politely(data: bytes) -> None:
    """Bytes that are no deal file never raise anything but a sentence."""
    with pytest.raises(DealError):
        loads_deal(data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.data())
def test_any_value_anywhere_is_accepted_or_told(data: st.DataObject) -> None:
    """With any JSON value in the place of any field, a file is a deal or a sentence."""
    fields = every_support()
    node: object = fields
    while isinstance(node, dict | list) and node:
        keys = list(node) if isinstance(node, dict) else list(range(len(node)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(node[key], dict | list) or data.draw(st.booleans()):
            node[key] = data.draw(JSON)
            break
        node = node[key]
    deal, sentences = _read(json.dumps(fields).encode())
    assert all(sentence[-1] in ".?" and sentence.isprintable() for sentence in sentences)
    assert sentences or (deal is not None and loads_deal(dumps_deal(deal)) == deal)


def _read(data: bytes) -> tuple[Deal | None, list[str]]:
    try:
        return loads_deal(data), []
    except DealError as error:
        return None, [problem.message for problem in error.problems]


def test_a_deal_is_saved_and_loaded(tmp_path: Path) -> None:
    """What was saved is what is loaded; the folder holds the file and nothing else."""
    path = tmp_path / "a.deal"
    save_deal(austral(), path)
    assert load_deal(path) == austral()
    assert os.listdir(tmp_path) == ["a.deal"]


def test_the_version_before_is_kept(tmp_path: Path) -> None:
    """Saving over a file leaves the version before beside it."""
    path, later = tmp_path / "a.deal", with_value(austral(), "months", 80)
    for deal in (austral(), later, with_value(later, "months", 90)):
        save_deal(deal, path)
    assert load_deal(path).months == 90
    assert load_deal(tmp_path / "a.deal.bak") == later
    assert sorted(os.listdir(tmp_path)) == ["a.deal", "a.deal.bak"]


def test_mode_and_symbolic_link_are_kept(tmp_path: Path) -> None:
    """A file keeps its mode, and a symbolic link goes on pointing to the file that is replaced."""
    path, link = tmp_path / "a.deal", tmp_path / "link.deal"
    save_deal(austral(), path)
    path.chmod(0o640)
    link.symlink_to(path)
    save_deal(with_value(austral(), "months", 80), link)
    assert link.is_symlink()
    assert load_deal(path).months == 80
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_without_hard_links_the_backup_is_a_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a file system that knows no hard links the version before is copied."""
    path = tmp_path / "a.deal"
    save_deal(austral(), path)
    monkeypatch.setattr(os, "link", _failing(OSError(errno.EPERM, "Operation not permitted")))
    save_deal(with_value(austral(), "months", 80), path)
    assert load_deal(tmp_path / "a.deal.bak") == austral()


def _failing(error: BaseException) -> Callable[..., NoReturn]:
    def fail(*_args: object, **_kwargs: object) -> NoReturn:
        raise error

    return fail


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_full_disk_leaves_the_old_file_whole(step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where writing fails, a sentence says so, the old file is as it was, and nothing is left behind."""
    path = tmp_path / "a.deal"
    save_deal(austral(), path)
    before = path.read_bytes()
    monkeypatch.setattr(os, step, _failing(OSError(errno.ENOSPC, "No space left on device")))
    with pytest.raises(DealError, match=r"a\.deal could not be saved: .*no space left on device"):
        save_deal(with_value(austral(), "months", 80), path)
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["a.deal"]


def test_an_interrupted_save_leaves_the_old_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever stops a save before the last step, the old file is as it was."""
    path = tmp_path / "a.deal"
    save_deal(austral(), path)
    monkeypatch.setattr(os, "fsync", _failing(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        save_deal(with_value(austral(), "months", 80), path)
    assert load_deal(path) == austral()
    assert os.listdir(tmp_path) == ["a.deal"]


def test_what_killed_saves_left_is_swept_up(tmp_path: Path) -> None:
    """A temporary file of an hour ago goes with the next save; a fresh one may be somebody's and stays."""
    old, fresh = tmp_path / ".backstop-00ff.tmp", tmp_path / ".backstop-11ff.tmp"
    old.write_bytes(b"half a de")
    fresh.write_bytes(b"half a de")
    os.utime(old, (0, 0))
    save_deal(austral(), tmp_path / "a.deal")
    assert sorted(each.name for each in tmp_path.iterdir()) == [".backstop-11ff.tmp", "a.deal"]


def test_a_full_disk_is_met_for_real(tmp_path: Path) -> None:
    """Where the system lets a file grow no further, saving says so and the old file and its backup stay whole."""
    path = tmp_path / "a.deal"
    save_deal(austral(), path)
    process = os.fork()
    if process == 0:  # limits bind the process that sets them for good
        code = 1
        try:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            system.setrlimit(system.RLIMIT_FSIZE, (2_000, 2_000))
            save_deal(with_value(austral(), "months", 80), path)
        except DealError as error:
            code = 0 if "too large" in str(error) and "unchanged" in str(error) else 2
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 0
    assert load_deal(path) == austral()
    assert os.listdir(tmp_path) == ["a.deal"]


def test_a_read_only_file_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file its owner protected stays, although its folder would allow to replace it."""
    path = tmp_path / "a.deal"
    save_deal(austral(), path)
    monkeypatch.setattr(os, "access", lambda *_args: False)
    with pytest.raises(DealError, match="read-only"):
        save_deal(with_value(austral(), "months", 80), path)
    assert load_deal(path) == austral()


def test_a_deal_that_breaks_a_rule_is_not_saved(tmp_path: Path) -> None:
    """A deal put together past the checks is refused before anything is written."""
    wrong = Deal.model_validate(raw() | {"months": 6})
    with pytest.raises(DealError, match="inside the model"):
        save_deal(wrong, tmp_path / "a.deal")
    assert os.listdir(tmp_path) == []


def test_what_cannot_be_opened_is_told(tmp_path: Path) -> None:
    """A missing file, a folder, a pipe and a name that is none each get a sentence."""
    os.mkfifo(tmp_path / "pipe")
    for path, words in (
        (tmp_path / "none.deal", "There is no file"),
        (tmp_path, "is a folder, not a file"),
        (tmp_path / "pipe", "is not a file"),
        (tmp_path / "a\0b", "not the name of a file"),
        (tmp_path / ("x" * 300), "could not be read"),
    ):
        with pytest.raises(DealError, match=words):
            load_deal(path)


def test_a_folder_that_does_not_exist_is_told(tmp_path: Path) -> None:
    """Saving into a folder that is not there gives a sentence."""
    with pytest.raises(DealError, match=r"could not be saved: its folder .*no is not there"):
        save_deal(austral(), tmp_path / "no" / "a.deal")


def test_many_problems_are_cut_short_in_text_and_kept_in_full() -> None:
    """As text an error shows twenty sentences and the count of the rest; its problems are all there."""
    error = DealError(Problem("", f"Sentence {number}.") for number in range(30))
    assert len(error.problems) == 30
    assert str(error).endswith("Sentence 19. And 10 more.")


def _sorted(value: object) -> object:
    if isinstance(value, dict):
        return {name: _sorted(value[name]) for name in sorted(value)}
    return [_sorted(inner) for inner in value] if isinstance(value, list) else value
