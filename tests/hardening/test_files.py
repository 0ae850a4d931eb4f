"""A few of the damaged files and killed saves that the commands beside this try by the thousand, and odd places."""

from pathlib import Path

import pytest

from tests.architecture.sources import ROOT
from tests.architecture.test_imports import run_python
from tests.hardening import killed_saves, mutated_deals
from tests.hardening.opened_deals import Opening


def test_damaged_files_give_a_deal_or_a_sentence() -> None:
    """Files damaged in every way are refused in words or compute, none with a traceback, none slowly."""
    counts, wrong = mutated_deals.check(range(300))
    assert wrong == []
    assert {what.partition(":")[0] for what in counts} == set(mutated_deals.WAYS)


@pytest.mark.usefixtures("qapp")
def test_damaged_files_open_or_are_told_in_a_window(tmp_path: Path) -> None:
    """Opened in a window they are told in a message, and the deal that is open stays as it is, or they open."""
    opening = Opening(tmp_path)
    counts, wrong = mutated_deals.check(range(300, 360), opening.outcome)
    opening.program.close()
    assert wrong == []
    assert {what.rpartition(" ")[2] for what in counts} == {"opens", "refused"}


def test_killed_saves_leave_whole_files(tmp_path: Path) -> None:
    """After each kill the file, its backup and the unsaved work hold one of the deals that were written."""
    counts, wrong = killed_saves.check(15, 1, tmp_path)
    assert wrong == []
    assert sum(number for what, number in counts.items() if what.startswith("file:")) == 15


@pytest.mark.timeout(200)
def test_deals_in_every_kind_of_place() -> None:
    """Odd names, links, a full disk, what may not be read or written, what vanishes, and two programs lose nothing."""
    said = run_python("from tests.hardening.places import main; assert main([]) == 0", cwd=ROOT, seconds=180)
    assert "12 kinds of places, 0 wrong" in said
