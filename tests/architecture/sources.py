"""The files of the repository, as the tests of this folder see them: what git tracks, or would if it were here."""

import ast
import subprocess
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("app", "models", "resources", "tests", "packaging", ".ci")
"""The folders that hold files of the project."""


def ignored() -> tuple[str, ...]:
    """The patterns of .gitignore, without the slash that marks folders."""
    lines = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    return tuple(line.strip().rstrip("/") for line in lines if line.strip() and not line.startswith("#"))


def top_level() -> set[str]:
    """The names at the top level.

    With git, those it tracks. Without it (an unpacked archive), everything there that .gitignore does not name, but
    for loose files: an export made beside the README is no part of the project.
    """
    try:
        listed = subprocess.run(
            ["git", "ls-files", "--full-name", "-z", "."], cwd=ROOT, capture_output=True, text=True, check=False
        ).stdout
    except FileNotFoundError:
        listed = ""
    if listed:
        return {path.split("/")[0] for path in listed.split("\0") if path}
    return {
        path.name
        for path in ROOT.iterdir()
        if path.is_dir() and path.name != ".git" and not any(fnmatch(path.name, pattern) for pattern in ignored())
    }


@cache
def project_files() -> tuple[Path, ...]:
    """Every file below FOLDERS that .gitignore does not name, and the files of the top level the project has."""
    patterns = ignored()

    def below(folder: Path) -> Iterator[Path]:
        for path in sorted(folder.iterdir()):
            if any(fnmatch(path.name, pattern) for pattern in patterns):
                continue
            if path.is_dir():
                yield from below(path)
            else:
                yield path

    tops = [path for name in ("pyproject.toml", "README.md", ".gitignore") if (path := ROOT / name).is_file()]
    return (*tops, *(path for name in FOLDERS if (ROOT / name).is_dir() for path in below(ROOT / name)))


def python_files(*folders: str) -> list[Path]:
    """The Python files of the project below the named folders of the top level; all of them when none is named."""
    return [
        path
        for path in project_files()
        if path.suffix == ".py" and (not folders or path.relative_to(ROOT).parts[0] in folders)
    ]


def text_files() -> Iterator[tuple[Path, str]]:
    """Every file of the project that is UTF-8 text, with its text."""
    for path in project_files():
        content = path.read_bytes()
        if b"\0" in content:
            continue
        try:
            yield path, content.decode("utf-8")
        except UnicodeDecodeError:
            continue


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse(path.read_bytes(), filename=str(path))


def place(path: Path, line: int) -> str:
    """How a finding is reported: `app/window.py:12`."""
    return f"{path.relative_to(ROOT).as_posix()}:{line}"
