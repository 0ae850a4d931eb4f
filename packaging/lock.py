"""Writes the locks beside this file: every package with its version and hashes, and the address of none.

    uv run python packaging/lock.py             # what pyproject.toml asks for now
    uv run python packaging/lock.py --upgrade   # the newest versions it allows

Installed by `pip install --require-hashes -r packaging/requirements.lock`, from whatever index pip is set to.
"""

import argparse
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
LOCKS = {
    "requirements.lock": ("what the program needs to run", ["--no-dev"]),
    "requirements-dev.lock": ("what the program and its tests need", []),
    "requirements-build.lock": ("what freezes the program", ["--only-group", "build"]),
    "requirements-sbom.lock": ("what lists the parts of the program", ["--only-group", "sbom"]),
}


def export(options: list[str]) -> str:
    """The packages uv resolves from pyproject.toml, in the form pip reads; raises SystemExit when uv cannot."""
    command = ["uv", "export", "--quiet", "--format", "requirements-txt", "--no-emit-project", "--no-header", *options]
    done = subprocess.run(command, cwd=FOLDER.parent, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"uv cannot resolve the dependencies:\n{done.stderr}")
    if "://" in done.stdout:
        raise SystemExit("The lock would name an address: a dependency is not taken from an index.")
    return done.stdout


def main() -> int:
    """Writes every lock."""
    parser = argparse.ArgumentParser(description="Writes the locks of packaging/.")
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions pyproject.toml allows")
    upgrade = parser.parse_args().upgrade
    for name, (purpose, options) in LOCKS.items():
        # the first export renews uv's own notes, the second reads them: all locks hold the same versions
        text = export([*options, "--upgrade"] if upgrade else options)
        upgrade = False
        (FOLDER / name).write_text(f"# Written by packaging/lock.py: {purpose}.\n{text}", encoding="utf-8")
        sys.stdout.write(f"packaging/{name}: {purpose}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
