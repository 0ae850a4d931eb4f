"""What the program says of itself."""

from __future__ import annotations

import platform

from PySide6.QtCore import qVersion

from app.licences import parts
from models import VERSION


def built_with() -> str:
    """The versions a fault report needs, on one line."""
    return (
        f"Backstop {VERSION}, Python {platform.python_version()}, Qt {qVersion()}, "
        f"{platform.system()} {platform.machine()}"
    )


def about() -> tuple[str, str]:
    """Title and text of the About message."""
    made_of = "\n".join(f"{part.name} {part.version}".strip() + f": {part.licence}" for part in parts())
    return (
        f"Backstop {VERSION}",
        "Structure, price and explain credit support for AI factories. Figures of the templates are illustrations, "
        f"no one’s terms.\n\n{built_with()}.\n\nMade with these parts of others; their texts are in the folder "
        f"licences of an installed program:\n{made_of}\n\nQt is used under the LGPL, version 3: its "
        "libraries are files of their own and may be replaced.",
    )
