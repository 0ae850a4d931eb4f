"""Unsaved work in a file of its own: what comes back, and what is refused."""

from datetime import datetime
from pathlib import Path

import pytest

from models.deal.paths import with_value
from models.deal.problems import DealError
from models.deal.recovery import Recovery, new_recovery_file, read_recovery, recovery_files, write_recovery
from tests.models.deal.samples import austral

WORK = Recovery(
    with_value(austral(), "senior_debt.margin", 0.04),
    austral(),
    "/deals/austral.deal",
    "ab12",
    datetime(2027, 1, 2, 3, 4),
)


def test_unsaved_work_comes_back_whole(tmp_path: Path) -> None:
    """Both deals, the path, the digest and the time are read back as they were kept."""
    file = new_recovery_file(tmp_path / "new folder")
    write_recovery(WORK, file)
    assert read_recovery(file) == WORK
    assert recovery_files(file.parent) == (file,)


def test_keeping_again_replaces_what_was_kept(tmp_path: Path) -> None:
    """A file holds the newest work only, and nothing else is left in the folder."""
    file = new_recovery_file(tmp_path)
    write_recovery(WORK, file)
    write_recovery(Recovery(austral(), austral(), None, None, WORK.written), file)
    assert read_recovery(file).path is None
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize(
    "data", [b"", b"\xff", b"[]", b'{"recovery": 2}', b'{"recovery": 1, "saved": {}}', b"[" * 100_000]
)
def test_what_is_no_unsaved_work_is_refused(tmp_path: Path, data: bytes) -> None:
    """A file that is damaged, of another kind or without a deal is refused with a sentence."""
    file = new_recovery_file(tmp_path)
    file.write_bytes(data)
    with pytest.raises(DealError, match=r"\.$"):
        read_recovery(file)


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    """Before anything was ever kept there is nothing to offer."""
    assert recovery_files(tmp_path / "none") == ()
