"""Opening and closing deals in short: the same deal again and again leaves nothing behind, and what is left is seen."""

from collections import Counter

import pytest

from tests.architecture.sources import ROOT
from tests.architecture.test_imports import run_python
from tests.hardening.open_close import Left, grown
from tests.hardening.soak import Count


@pytest.mark.timeout(120)
def test_a_closed_deal_leaves_nothing() -> None:
    """No life of a deal after its second leaves more widgets, objects, threads or memory than the one before."""
    code = """
import sys, tempfile
from pathlib import Path
from PySide6.QtWidgets import QApplication
from tests.hardening.open_close import grown, rounds
app = QApplication([])
with tempfile.TemporaryDirectory() as folder:
    found = rounds(4, ("flat-price",), Path(folder))
print(len(found), grown(found))
"""
    assert run_python(code, cwd=ROOT).split() == ["4", "[]"]


def test_what_is_left_is_named() -> None:
    """A class with more objects than before is told with both numbers, and so are threads and memory."""
    before = Left(Count(10, 3, 100.0), Counter({"widget QLabel": 4}))
    between = Left(Count(10, 3, 100.0), Counter({"widget QLabel": 5, "object QTimer": 7}))
    after = Left(Count(11, 4, 120.0), Counter({"widget QLabel": 6, "object QTimer": 7}))
    assert grown([before, before, between, after]) == [
        "widget QLabel: 4 became 6",
        "threads: 3 became 4",
        "megabytes: 100 became 120",
    ]
    assert grown([before] * 4) == []
