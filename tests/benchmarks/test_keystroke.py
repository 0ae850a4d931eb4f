"""The benchmark of the window runs; how fast the figures are is for people to read."""

import re

from tests.architecture.sources import ROOT
from tests.architecture.test_imports import run_python


def test_the_benchmark_prints_its_figures() -> None:
    """Each template and tab gets one line with the median and the 95th percentile of its keystrokes."""
    code = "from tests.benchmarks.keystroke import main; main(1)"
    lines = run_python(code, cwd=ROOT).splitlines()
    tabs = [[line[11:24].strip() for line in lines if line.startswith(name)] for name in ("austral", "fjord")]
    assert tabs[0] == tabs[1]
    assert {"Cash flow", "Risk", "Explain"} <= set(tabs[0])
    assert all(re.fullmatch(r"\w+ +[\w& ]+ \d+ keystrokes  p50 +[\d.]+ ms  p95 +[\d.]+ ms", line) for line in lines)
