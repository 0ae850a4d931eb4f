"""The one way to a file the program ships: icons, templates, help. It works in a frozen program too."""

import sys
from functools import cache
from pathlib import Path


def resource(*parts: str) -> Path:
    """The path of a shipped file or folder, such as `resource("templates", "austral.deal")`.

    FileNotFoundError where it is not shipped, ValueError where the parts lead outside the shipped files.
    """
    root = _root(getattr(sys, "_MEIPASS", None))  # where a frozen program unpacks what it carries
    path = root.joinpath(*parts)
    if not path.resolve().is_relative_to(root):
        raise ValueError(f"{'/'.join(parts)} is not a shipped file")
    if not path.exists():
        raise FileNotFoundError(f"{'/'.join(parts)} is not a shipped file")
    return path


@cache
def _root(bundle: str | None) -> Path:
    return ((Path(bundle) if bundle else Path(__file__).parent.parent) / "resources").resolve()
