"""Shipped files are found wherever the program runs, and nothing else is."""

import sys
from pathlib import Path

import pytest

from models.resources import resource


def test_shipped_files_are_found() -> None:
    """A shipped file has a path that exists."""
    assert resource("templates", "austral.deal").is_file()


def test_a_frozen_program_finds_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a frozen program files come from where it was unpacked."""
    (tmp_path / "resources").mkdir()
    (tmp_path / "resources" / "x.txt").write_text("here", encoding="utf-8")
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resource("x.txt").read_text(encoding="utf-8") == "here"


def test_what_is_not_shipped_is_an_error() -> None:
    """A name that is not shipped, or leads outside, is refused."""
    with pytest.raises(FileNotFoundError):
        resource("nothing.txt")
    with pytest.raises(ValueError, match="not a shipped file"):
        resource("..", "pyproject.toml")
