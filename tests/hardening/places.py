"""Deals in every kind of place, through window and command line: `uv run python -m tests.hardening.places [FOLDER]`.

Odd names, links, a full disk, folders and files that cannot be read or written, that vanish or become something else
while the deal is open, other programs at work on the same file. Each must end in the file as it should be or in a
sentence, with nothing lost of the deal that is open. FOLDER may lie on a file system of its own, such as a tiny one in
memory; without it a temporary folder is used.
"""

from __future__ import annotations

import os
import resource as system
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from traceback import extract_tb

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from app.dialogs import Elsewhere, Outside
from app.theme import apply_theme
from models import Recovery, dumps_deal, save_deal, with_value, write_recovery
from tests.hardening.ground import MONTHS, Ground, Program, names, until
from tests.hardening.privileges import obey_permissions

NAMES = (
    "two\nlines.deal", "tab\t.deal", "\"quoted\" 'twice'.deal", "emoji 🚀.deal", "عقد.deal", "\u202egnp.deal",
    "-x.deal", "--help", "100%s %n %1.deal", "a&b;c|d $HOME `x`.deal", "back\\slash.deal", "dots and spaces. . ",
    ".hidden.deal", "a@b.deal", "<b>bold.deal", os.fsdecode(b"caf\xe9.deal"), "x" * 255, "ü" * 125 + ".deal",
    "n" * 246 + ".deal",
)  # fmt: skip


# the cases


def odd_names(ground: Ground) -> None:
    """A deal under any name is checked, opened, saved twice with its backup, kept aside, held and listed as recent."""
    window = ground.window
    for name in NAMES:
        path = ground.folder / "names" / name
        path.parent.mkdir(exist_ok=True)
        save_deal(ground.deal, path)
        assert ground.command("check", "--", str(path))[0] == 0, name
        window.open_path(str(path))
        assert window.document.path == path, (name, ground.replies.asked)
        assert window.windowTitle().isprintable(), name
        other = ground.other
        ground.replies.answers["opened elsewhere"] = Elsewhere.CANCEL
        other.open_path(str(path))
        assert not other.document.is_open, name
        assert ground.told().startswith("opened elsewhere | "), name
        for months in (MONTHS, MONTHS + 1):
            window.document.edit("months", months, "edit", "")
            assert window.filing.save(), (name, ground.told())
        assert ground.months(path) == MONTHS + 1
        kept = [each for each in os.listdir(path.parent) if each.endswith(".bak")]
        assert [ground.months(path.parent / each) for each in kept] == [MONTHS], (name, kept)
        window.document.edit("months", MONTHS + 2, "edit", "")
        window.recovering.keep()
        until(lambda: len(ground.program.kept()) == 1)
        window.filing.save()
        window.filing.close()
        until(lambda: ground.program.kept() == ())
        assert ground.replies.asked == [], ground.replies.asked
        shutil.rmtree(path.parent)


def full_disk(ground: Ground) -> None:
    """Where nothing more can be written the file stays whole, and the save succeeds once there is room."""
    window = ground.opened()
    before = ground.file.read_bytes()
    target = ground.folder / "lines.csv"
    with _no_room(ground.folder) as reason:
        ground.refuses_to_save(window, reason)
        ground.refuses("could not be written", "evaluate", str(ground.file), "--lines", str(target))
    assert ground.file.read_bytes() == before
    assert names(ground.folder) == [".a.deal.lock", "a.deal"]
    assert window.filing.save()
    assert ground.months() == MONTHS


TINY = 4_000_000
"""Bytes that are soon filled."""


@contextmanager
def _no_room(folder: Path) -> Iterator[str]:
    """Leave no room for another deal: fill the disk where it is tiny, else let no file grow beyond 2,000 bytes."""
    found = os.statvfs(folder)
    if found.f_bavail * found.f_frsize < TINY:
        filler = folder.parent / "filler"
        with suppress(OSError), filler.open("wb", buffering=0) as file:
            while file.write(b" " * 512):
                pass
        yield "no space left"
        filler.unlink()
        return
    before = system.getrlimit(system.RLIMIT_FSIZE)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    system.setrlimit(system.RLIMIT_FSIZE, (2_000, before[1]))
    try:
        yield "too large"
    finally:
        system.setrlimit(system.RLIMIT_FSIZE, before)


def read_only_file(ground: Ground) -> None:
    """A protected file can be read, is not replaced, and the deal can go elsewhere."""
    ground.file.chmod(0o444)
    window = ground.opened()
    ground.refuses_to_save(window, "the file is read-only")
    ground.refuses("read-only", "evaluate", "austral", "--lines", str(ground.file))
    assert ground.months() == 74
    assert ground.save_as(window, ground.folder / "b.deal")
    assert ground.months(ground.folder / "b.deal") == MONTHS


def read_only_folder(ground: Ground) -> None:
    """In a protected folder a deal opens without a lock and is not saved; nothing is left there."""
    folder = ground.folder / "protected"
    folder.mkdir()
    save_deal(ground.deal, folder / "a.deal")
    folder.chmod(0o555)
    window = ground.opened(folder / "a.deal")
    ground.refuses_to_save(window, "permission denied")
    other = ground.other
    other.open_path(str(folder / "a.deal"))
    assert other.document.is_open
    assert ground.replies.asked == []
    ground.refuses("permission denied", "evaluate", "austral", "--lines", str(folder / "lines.csv"))
    assert names(folder) == ["a.deal"]
    folder.chmod(0o755)
    assert window.filing.save()


def unreadable(ground: Ground) -> None:
    """A file or folder that may not be read is told; one that becomes so while the deal is open loses nothing."""
    window = ground.opened()
    ground.file.chmod(0)
    window.filing.look_at_disk()
    ground.replies.answers["overwrite outside"] = Outside.OURS
    ground.refuses_to_save(window, "the file is read-only")
    ground.refuses_to_open(ground.file, "permission denied")
    ground.file.chmod(0o600)
    inner = ground.folder / "inner"
    inner.mkdir()
    save_deal(ground.deal, inner / "a.deal")
    second = ground.opened(inner / "a.deal")
    inner.chmod(0)
    second.filing.look_at_disk()
    ground.refuses_to_save(second, "permission denied")
    ground.refuses_to_open(inner / "a.deal", "permission denied")
    inner.chmod(0o700)
    assert second.filing.save()


def vanished_folder(ground: Ground) -> None:
    """With its folder gone a deal stays open, says so, and is saved once the folder is back, or elsewhere."""
    folder = ground.folder / "share"
    folder.mkdir()
    save_deal(ground.deal, folder / "a.deal")
    window = ground.opened(folder / "a.deal")
    shutil.rmtree(folder)
    window.filing.look_at_disk()
    assert "was deleted or moved" in window.status.words()[1]
    ground.refuses_to_save(window, "its folder")
    ground.refuses_to_open(folder / "a.deal", "There is no file")
    ground.refuses("could not be written", "evaluate", "austral", "--lines", str(folder / "lines.csv"))
    folder.mkdir()
    assert window.filing.save()
    assert ground.months(folder / "a.deal") == MONTHS


def removed_or_replaced(ground: Ground) -> None:
    """A file deleted meanwhile is written again; one that became a folder or another deal is not replaced unasked."""
    window = ground.opened()
    ground.file.unlink()
    window.filing.look_at_disk()
    assert window.status.words()[1] == "a.deal was deleted or moved; saving writes it again"
    assert window.filing.save()
    assert window.status.words()[1].startswith("Saved ")
    assert ground.months() == MONTHS
    window.document.edit("months", 81, "edit", "")
    ground.file.unlink()
    ground.file.mkdir()
    ground.replies.answers["overwrite outside"] = Outside.OURS
    ground.refuses_to_save(window, "there is a folder of that name")
    ground.refuses_to_open(ground.file, "is a folder")
    ground.file.rmdir()
    theirs = with_value(ground.deal, "months", 90)
    ground.file.write_bytes(dumps_deal(theirs))
    ground.replies.answers["overwrite outside"] = Outside.CANCEL
    assert not window.filing.save()
    assert ground.told() == "overwrite outside | a.deal"
    assert ground.months() == 90
    ground.replies.answers["changed outside"] = Outside.THEIRS
    window.filing.look_at_disk()
    assert window.document.base == theirs
    assert not window.document.is_modified


def no_file(ground: Ground) -> None:
    """Over a folder, a pipe or a socket nothing is saved, and none is opened."""
    window = ground.opened()
    (ground.folder / "sub.deal").mkdir()
    os.mkfifo(ground.folder / "pipe.deal")
    for name, reason, why in (
        ("sub.deal", "there is a folder", "is a folder"),
        ("pipe.deal", "is not a file", "a file"),
    ):
        ground.refuses_to_save(window, reason, ground.folder / name)
        ground.refuses_to_open(ground.folder / name, why)
    assert stat.S_ISFIFO((ground.folder / "pipe.deal").stat().st_mode)
    (ground.folder / "a.deal.bak").mkdir()
    ground.refuses_to_save(window, "the version before could not be kept as a.deal.bak")
    assert ground.months() == 74


def links(ground: Ground) -> None:
    """A save goes through a symbolic link, a hanging one too; a circle is told; of two hard links the other stays."""
    link = ground.folder / "link.deal"
    link.symlink_to("a.deal")
    window = ground.opened(link)
    assert window.filing.save()
    assert link.is_symlink()
    assert ground.months() == MONTHS
    other = ground.other
    ground.replies.answers["opened elsewhere"] = Elsewhere.CANCEL
    other.open_path(str(ground.file))  # the same file by its own name
    assert ground.told().startswith("opened elsewhere | a.deal | another Backstop")
    hanging = ground.folder / "hanging.deal"
    hanging.symlink_to("new.deal")
    ground.refuses_to_open(hanging, "it is a link to one that is gone")
    window.document.edit("months", 81, "edit", "")
    assert ground.save_as(window, hanging)
    assert hanging.is_symlink()
    assert ground.months(ground.folder / "new.deal") == 81
    circle = ground.folder / "circle.deal"
    circle.symlink_to("circle.deal")
    window.document.edit("months", 82, "edit", "")
    ground.refuses_to_open(circle, "too many levels of symbolic links")
    ground.refuses_to_save(window, "too many levels of symbolic links", circle)
    ground.file.chmod(0o640)
    os.link(ground.file, ground.folder / "second.deal")
    assert ground.save_as(window, ground.file)
    assert (ground.months(), ground.months(ground.folder / "second.deal")) == (82, MONTHS)
    assert stat.S_IMODE(ground.file.stat().st_mode) == 0o640


def no_deal(ground: Ground) -> None:
    """A newer file, one in another encoding or cut off is refused; an older one says what saving makes of it."""
    data = dumps_deal(ground.deal)
    for name, content, reason in (
        ("newer", data.replace(b'"schema": 1', b'"schema": 2'), "newer Backstop (schema 2)"),
        ("utf-16", data.decode().encode("utf-16"), "UTF-16"),
        ("cut", data[: len(data) // 2], "is not JSON"),
        ("empty", b"", "empty"),
    ):
        (ground.folder / name).write_bytes(content)
        ground.refuses_to_open(ground.folder / name, reason)
    ground.refuses_to_open(ground.folder / ("y" * 300), "file name too long")
    older = data.replace(b'"schema": 1', b'"schema": 0')
    ground.file.write_bytes(older)
    code, out, _ = ground.command("check", str(ground.file))
    assert code == 0
    assert out.startswith("Made by an earlier version of Backstop (schema 0)"), out
    window = ground.window
    window.filing.close()
    window.open_path(str(ground.file))
    assert window.status.words()[1].startswith("Made by an earlier version of Backstop (schema 0)")
    for months in (MONTHS, MONTHS + 1):
        window.document.edit("months", months, "edit", "")
        assert window.filing.save()
    assert window.status.words()[1].startswith("Saved ")
    assert (ground.folder / "a.deal.schema-0.bak").read_bytes() == older
    assert ground.months(ground.folder / "a.deal.bak") == MONTHS


def unsaved_work_where_nothing_may_be_written(ground: Ground) -> None:
    """Work left behind in a folder in which no lock can be made is offered and restored all the same."""
    folder = ground.program.folder / "recovery"
    changed = with_value(ground.deal, "months", MONTHS)
    write_recovery(Recovery(changed, ground.deal, str(ground.file), None, datetime(2027, 1, 1)), folder / "a.recovery")
    folder.chmod(0o555)
    try:
        (left,) = ground.other.recovering.found()
        ground.other.filing.restore(left)
        assert ground.other.document.base == changed
        assert ground.told() == ""
    finally:
        folder.chmod(0o700)
    ground.replies.answers["overwrite outside"] = Outside.OURS
    assert ground.other.filing.save()
    assert ground.months() == MONTHS
    until(lambda: ground.program.kept() == ())


def two_programs(ground: Ground) -> None:
    """A second program is told who has the file; killed, the first frees it; who saves last is asked."""
    with _another(ground) as first:
        window = ground.window
        ground.replies.answers["opened elsewhere"] = Elsewhere.CANCEL
        window.open_path(str(ground.file))
        assert f"process {first.pid}" in ground.told()
        assert not window.document.is_open
        ground.replies.answers["opened elsewhere"] = Elsewhere.SAME
        window.open_path(str(ground.file))
        ground.told()
        window.document.edit("months", MONTHS, "edit", "")
        save_deal(with_value(ground.deal, "months", 90), ground.file)  # the other saves first
        ground.replies.answers["overwrite outside"] = Outside.CANCEL
        assert not window.filing.save()
        assert ground.told() == "overwrite outside | a.deal"
        assert ground.months() == 90
        ground.replies.answers["overwrite outside"] = Outside.OURS
        assert window.filing.save()
        assert (ground.months(), ground.months(ground.folder / "a.deal.bak")) == (MONTHS, 90)
        ground.told()
        first.kill()
        first.wait()
    third = ground.other
    third.open_path(str(ground.file))
    assert third.document.is_open
    assert ground.replies.asked == []


@contextmanager
def _another(ground: Ground) -> Iterator[subprocess.Popen[bytes]]:
    """The program itself, started on the same file, once it holds it."""
    folders = {name: str(ground.folder / "settings" / "other") for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME")}
    with subprocess.Popen([sys.executable, "-m", "app", str(ground.file)], env={**os.environ, **folders}) as program:
        try:
            until((ground.folder / ".a.deal.lock").exists)
            yield program
        finally:
            program.kill()


CASES: tuple[Callable[[Ground], None], ...] = (
    odd_names, full_disk, read_only_file, read_only_folder, unreadable, vanished_folder, removed_or_replaced, no_file,
    links, no_deal, unsaved_work_where_nothing_may_be_written, two_programs,
)  # fmt: skip


def check(folder: Path, cases: Sequence[Callable[[Ground], None]] = CASES) -> dict[str, str]:
    """What became of each case: "" or what was wrong. The process obeys permissions from then on."""
    obey_permissions()
    found = {}
    program = Program(folder / "settings")
    for case in cases:
        ground = Ground(Path(tempfile.mkdtemp(dir=folder)), program)
        try:
            case(ground)
            assert program.broken == [], program.broken
            found[case.__name__] = ""
        except Exception as error:  # whatever it is goes into the table
            lines = [frame.lineno for frame in extract_tb(error.__traceback__) if frame.filename == __file__]
            found[case.__name__] = f"line {lines[-1]}: {type(error).__name__}: {error}"
        program.clear()
    program.close()
    return found


def main(arguments: Sequence[str]) -> int:
    """Try every case; 1 where anything was wrong."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    apply_theme(application, "light")
    began = time.monotonic()
    traces: list[str] = []
    sys.excepthook = lambda kind, error, _trace: traces.append(f"{kind.__name__}: {error}")
    with tempfile.TemporaryDirectory(prefix="backstop-places-", dir=arguments[0] if arguments else None) as folder:
        found = check(Path(folder))
    wrong = [f"{name}: {what}" for name, what in found.items() if what] + traces
    lines = [f"{'wrong' if what else 'holds':6} {name.replace('_', ' ')}" for name, what in found.items()]
    took = time.monotonic() - began
    sys.stdout.write(
        "\n".join([*lines, *wrong, f"{len(found)} kinds of places, {len(wrong)} wrong ({took:.0f} s)"]) + "\n"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
