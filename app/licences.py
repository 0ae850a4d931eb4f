"""The parts of others that the program is made of, with version and licence, read from what is installed or bundled."""

from __future__ import annotations

import platform
import re
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution

DIRECT = ("numpy", "openpyxl", "pandas", "platformdirs", "pydantic", "pyside6-essentials", "xlsxwriter")
"""What pyproject.toml asks for; what these need in turn is looked up."""

ICONS = "Lucide icons"


@dataclass(frozen=True)
class Part:
    """A part, its version ("" where it has none of its own), its licence as an SPDX expression, and its package."""

    name: str
    version: str
    licence: str
    package: str = ""


def parts() -> tuple[Part, ...]:
    """Every part, by name: Python, Qt's bindings, the icons, and the libraries with all that they need in turn."""
    found: dict[str, Part] = {}
    waiting = list(DIRECT)
    while waiting:
        name = _canonical(waiting.pop())
        if name in found:
            continue
        try:
            package = distribution(name)
        except PackageNotFoundError:  # needed on another system only
            continue
        metadata = package.metadata
        found[name] = Part(metadata["Name"], package.version, _licence(package), name)
        needs = (text for text in package.requires or () if "extra ==" not in text)
        waiting += [_canonical(re.split(r"[\s\[<>=!~;(]", text, maxsplit=1)[0]) for text in needs]
    own = (Part("Python", platform.python_version(), "PSF-2.0"), Part(ICONS, "", "ISC"))
    return tuple(sorted((*found.values(), *own), key=lambda part: part.name.casefold()))


def _licence(package: Distribution) -> str:
    """The licence that a package states of itself, on one line."""
    metadata = package.metadata
    stated: list[str] = [*metadata.get_all("License-Expression", []), *metadata.get_all("License", [])]
    return stated[0].strip().splitlines()[0] if stated else "see its licence text"


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
