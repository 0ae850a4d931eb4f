"""Files as the system keeps them: names, links, owners, and what must not be replaced."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from models.deal.storage import LONGEST_NAME, companion, replace_file, shown_name, shown_path


def test_a_companion_has_a_name_that_fits() -> None:
    """Its name is that of the file between two pieces; one too long is cut, by whole letters, and stays its own."""
    assert companion(Path("/a/b.deal"), ".", ".lock") == Path("/a/.b.deal.lock")
    names = [
        companion(Path("/a") / (letter * 125 + end), after=".bak").name for letter in "üä" for end in ("12345", "1")
    ]
    assert len(set(names)) == 4
    assert all(len(os.fsencode(name)) <= LONGEST_NAME and name.endswith(".bak") for name in names)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a.deal", "a.deal"),
        ("a\nb.deal", "a\\nb.deal"),
        ("\u202egnp.deal", "\\u202egnp.deal"),
        (os.fsdecode(b"caf\xe9.deal"), "caf\\udce9.deal"),
        ("👨‍💻 می‌خواهم.deal", "👨‍💻 می‌خواهم.deal"),
        ("x" * 100 + ".deal", "x" * 40 + "…" + "x" * 14 + ".deal"),
    ],
)
def test_a_name_is_shown_in_one_line(name: str, shown: str) -> None:
    """Nothing in a name breaks a line, turns its direction or widens a message; its end stays to be seen."""
    assert shown_name(Path(name)) == shown
    assert shown_path(Path("/folder") / name) == f"/folder{os.sep}{shown}"


def test_what_is_no_file_is_not_replaced(tmp_path: Path) -> None:
    """A pipe stays a pipe, as a device would stay one."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match="not a file"):
        replace_file(pipe, b"x")
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert os.listdir(tmp_path) == ["pipe"]


def test_a_second_name_keeps_what_it_had(tmp_path: Path) -> None:
    """Of a file with two names the one written to changes; the other holds the version before, whole."""
    (tmp_path / "a").write_bytes(b"before")
    os.link(tmp_path / "a", tmp_path / "b")
    replace_file(tmp_path / "a", b"after")
    assert ((tmp_path / "a").read_bytes(), (tmp_path / "b").read_bytes()) == (b"after", b"before")


@pytest.mark.parametrize(("refused", "mode"), [(False, 0o664), (True, 0o644)])
def test_no_other_group_gets_a_groups_rights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refused: bool, mode: int
) -> None:
    """Where the group of the file before cannot be given to the new one, its rights are those of all others."""
    file = tmp_path / "a"
    file.write_bytes(b"before")
    file.chmod(0o664)
    asked: list[tuple[int, int]] = []

    def chown(_path: object, owner: int, group: int) -> None:
        asked.append((owner, group))
        if refused:
            raise PermissionError

    monkeypatch.setattr(os, "chown", chown)
    replace_file(file, b"after")
    assert stat.S_IMODE(file.stat().st_mode) == mode
    assert [owner == -1 for owner, _ in asked] == ([False, True] if refused else [False])
    assert {group for _, group in asked} == {file.stat().st_gid}
