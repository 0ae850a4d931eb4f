"""What the program says of itself."""

from __future__ import annotations

import platform

from PySide6.QtCore import qVersion

from models import VERSION


def built_with() -> str:
    """The versions a fault report needs, on one line."""
    return (
        f"Backstop {VERSION}, Python {platform.python_version()}, Qt {qVersion()}, "
        f"{platform.system()} {platform.machine()}"
    )


def about() -> tuple[str, str]:
    """Title and text of the About message."""
    return (
        f"Backstop {VERSION}",
        "Structure, price and explain credit support for AI factories. Figures of the templates are illustrations, "
        f"no one’s terms.\n\n{built_with()}. Icons: Lucide (ISC licence).",
    )
