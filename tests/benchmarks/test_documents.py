"""The benchmark of the documents works; what it measures is for people to read."""

import re

from tests.architecture.sources import ROOT
from tests.architecture.test_imports import run_python


def test_documents_are_measured() -> None:
    """One round measures the base case and each document of a deal as it is and stretched, a line for each."""
    lines = run_python("from tests.benchmarks.documents import main; main(['1'])", cwd=ROOT).splitlines()
    assert [line.split(",")[0] for line in lines if "months" in line] == ["74 months", "120 months"]
    measured = [line for line in lines if re.fullmatch(r"[\w, ]+ +\d+\.\d{3} s", line)]
    assert len(measured) == 2 * 5
