"""A few of the damaged files and killed saves that the commands beside this try by the thousand, and odd places."""

from pathlib import Path

from tests.architecture.sources import ROOT
from tests.architecture.test_imports import run_python
from tests.hardening import killed_saves, mutated_deals


def test_damaged_files_give_a_deal_or_a_sentence() -> None:
    """Files damaged in every way are refused in words or compute, none with a traceback, none slowly."""
    counts, wrong = mutated_deals.check(range(300))
    assert wrong == []
    assert {what.partition(":")[0] for what in counts} == set(mutated_deals.WAYS)


def test_killed_saves_leave_whole_files(tmp_path: Path) -> None:
    """After each kill the file, its backup and the unsaved work hold one of the deals that were written."""
    counts, wrong = killed_saves.check(15, 1, tmp_path)
    assert wrong == []
    assert sum(number for what, number in counts.items() if what.startswith("file:")) == 15


def test_deals_in_every_kind_of_place() -> None:
    """Odd names, links, a full disk, what may not be read or written, what vanishes, and two programs lose nothing."""
    said = run_python("from tests.hardening.places import main; assert main([]) == 0", cwd=ROOT)
    assert "11 kinds of places, 0 wrong" in said
