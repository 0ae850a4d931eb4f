"""The smoke test of the built program fails when it should: a test that lets a broken program pass is worth nothing."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

TRY = """
import sys
import smoke
smoke.LIMIT = float(sys.argv[2])
smoke.try_program(smoke.Path(sys.argv[1]))
"""


def tried(tmp_path: Path, program: str, limit: float = 60.0) -> tuple[int, str]:
    """The exit code of the smoke test, and what it says, of a program made of one script."""
    folder = tmp_path / "backstop"
    folder.mkdir()
    script = folder / "backstop"
    script.write_text(f"#!{sys.executable}\nimport sys, time\n{program}\n", encoding="utf-8")
    script.chmod(0o755)
    done = subprocess.run(
        [sys.executable, "-c", TRY, str(folder), str(limit)],
        cwd=ROOT / "packaging",
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return done.returncode, done.stderr


@pytest.mark.parametrize(
    ("program", "why"),
    [
        ("print('backstop 1'); print('a warning', file=sys.stderr)", "a warning"),
        ("print('backstop 1'); sys.exit(3)", "code 3"),
        ("pass", "prints nothing"),
        ("print('another program')", "calls itself"),
        (
            "print('backstop 1'); open(sys.argv[-1], 'w').write('line,0') if 'evaluate' in sys.argv else 0",
            "austral.csv",
        ),
    ],
)
def test_a_program_that_is_not_right_does_not_pass(tmp_path: Path, program: str, why: str) -> None:
    """A word on stderr, another exit code than 0, silence, another name and other figures are failures, each named."""
    code, said = tried(tmp_path, program)
    assert code == 1
    assert why in said


def test_a_program_that_hangs_does_not_pass(tmp_path: Path) -> None:
    """A program that has not ended within the limit is ended and counts as a failure."""
    code, said = tried(tmp_path, "print('backstop 1', flush=True); sys.stdin = None\nwhile True: pass", limit=1.0)
    assert code == 1
    assert "not done after" in said
