"""The benchmark of the large deal runs, on a deal as large as promised; how fast it is is for people to read."""

import os
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from models import sections
from tests.architecture.sources import ROOT
from tests.architecture.test_imports import run_python
from tests.benchmarks.large_deal import MONTHS, PHASES, SEGMENTS, large_deal


def test_the_large_deal_is_large() -> None:
    """It has the phases, segments, months and yearly tables that the window must bear."""
    deal = large_deal()
    assert (len(deal.phases), len(deal.demand), deal.months) == (PHASES, SEGMENTS, MONTHS) == (12, 20, 240)
    assert len(deal.revenue_share.rates) == MONTHS // 12
    assert sum(segment.gpus_by_month is not None for segment in deal.demand) == 15


@pytest.mark.timeout(120)
def test_the_benchmark_types_and_scrolls(tmp_path: Path) -> None:
    """The large deal opens, steps, sections, tabs and periods are painted, keys bring figures, a paste is undone."""
    code = f"""
from pathlib import Path
from PySide6.QtWidgets import QApplication
from tests.benchmarks.keystroke import measure
from tests.benchmarks.large import new_window, open_large, pasted, scrolled, switched
app = QApplication([])
window = new_window(Path({str(tmp_path)!r}))
assert open_large(window, Path({str(tmp_path)!r})) > 0
keys, steps = measure(window, 1), scrolled(window)
switches, pastes = switched(window, 1), pasted(window)
window.give_up()
print(len(keys), len(steps), sum(map(len, switches.values())), len(pastes))
"""
    keys, steps, switches, pastes = map(int, run_python(code, cwd=ROOT).split())
    assert keys >= 6
    assert steps > MONTHS // 2
    assert (switches, pastes) == (len(sections()) + 8 + 3, 2)
