"""The soak in short: a few deals used at random break nothing and leave nothing; growth is seen where there is any."""

import pytest

from tests.architecture.sources import ROOT
from tests.architecture.test_imports import run_python
from tests.hardening.soak import WARM, Count, grown


@pytest.mark.timeout(120)
def test_a_short_soak_breaks_nothing() -> None:
    """Deals are opened, used at random and closed, and the window is closed while a simulation runs."""
    said = run_python("from tests.hardening.soak import main; assert main(0.15, 3) == 0", cwd=ROOT)
    assert "nothing broke and nothing grew" in said
    assert "after the window is closed: Count(widgets=0" in said


def test_growth_is_seen() -> None:
    """Counts that rise from deal to deal are told; steady ones are not."""
    steady = [Count(1000, 3, 200.0)] * (WARM + 9)
    assert grown(steady) == []
    rising = [Count(1000 + 50 * deal, 3, 200.0 + 10 * deal) for deal in range(WARM + 9)]
    assert [words.split()[0] for words in grown(rising)] == ["widgets", "megabytes"]
