"""The one version number of the program."""

from __future__ import annotations

VERSION = "0.1.0"


def version() -> str:
    """Version as `major.minor.patch`."""
    return VERSION
