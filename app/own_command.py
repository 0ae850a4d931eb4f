"""How the program starts itself again, for work that belongs in a process of its own."""

from __future__ import annotations

import sys


def own_command() -> tuple[str, ...]:
    """The words before the arguments: the installed program itself, or Python and this package when run from source."""
    if getattr(sys, "frozen", False):
        return (sys.executable,)
    return (sys.executable, "-m", "app")
