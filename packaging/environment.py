"""Environments of their own, filled from the locks by hash: what is built never depends on what a developer has."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parent


def run(command: list[str | Path], **environment: str) -> str:
    """What a command prints; SystemExit with all that it said when it fails, or with its name when it is missing."""
    words = [str(word) for word in command]
    try:
        done = subprocess.run(
            words, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False
        )
    except FileNotFoundError as error:
        raise SystemExit(f"{words[0]} is missing.") from error
    if done.returncode != 0:
        raise SystemExit(f"{Path(command[0]).name} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def make(place: Path, *locks: str) -> Path:
    """A new environment at `place` with what the locks name and nothing else; its interpreter."""
    shutil.rmtree(place, ignore_errors=True)
    run([_uv(), "venv", "--quiet", "--python", sys.executable, place])
    python = place / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    add(python, *locks)
    return python


def add(python: Path, *locks: str) -> None:
    """Install what the locks name into the environment of an interpreter, each file checked by its hash."""
    named = [word for lock in locks for word in ("--requirements", str(FOLDER / lock))]
    run([_uv(), "pip", "install", "--quiet", "--python", python, "--require-hashes", *named])


def _uv() -> str:
    """The uv that started this program, or the one on the path."""
    found = os.environ.get("UV") or shutil.which("uv")
    if not found:
        raise SystemExit("uv is missing: pip install uv")
    return found
