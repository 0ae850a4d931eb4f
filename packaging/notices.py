"""Gathers what must go with the program: licence texts of all its parts, and a notice that says which is which.

Run by packaging/build.py with the interpreter of the environment that is shipped:

    python packaging/notices.py FOLDER
"""

import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable
from importlib.metadata import distribution
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parent
sys.path.insert(0, str(ROOT))  # the environment that is shipped does not hold the program itself

from app.licences import ICONS, Part, parts  # noqa: E402 - found only on the path set above

TEXT = re.compile(r"licen[cs]e|copying|notice|authors", re.IGNORECASE)
WITHOUT_TEXTS = ("pyside6-essentials", "shiboken6")
"""Packages that come without the texts of their licences; these are kept beside this file."""

NOTICE = """\
Backstop is made with the parts below. Each keeps its own licence; the full texts stand in this folder, one folder for
each part.

{table}

Qt and its Python bindings
--------------------------
Qt, PySide6 and shiboken6 are used under the GNU Lesser General Public License, version 3 (LGPL-3.0.txt, with the
GPL-3.0.txt that it builds on). Their libraries are files of their own in this installation, none is linked into the
program: you may replace each of them with another build of the same version, and you may study the program as far as
that needs. Their source code is published by the Qt project under the same version numbers. What Qt itself is made
with is listed in its documentation under "Licenses Used in Qt".

The program that starts all this (the boot loader of PyInstaller) is under the GPL, version 2 or later, with an
exception that lets programs of any licence be shipped with it.
"""


def gather(folder: Path) -> tuple[Part, ...]:
    """Write notice and texts into a folder made anew; SystemExit names a part whose text is missing."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    found = parts()
    for part in found:
        texts = list(_texts(part))
        if not texts:
            raise SystemExit(f"There is no licence text of {part.name} {part.version}.")
        for number, text in enumerate(texts):
            place = folder / part.name.replace(" ", "-").lower()
            place.mkdir(exist_ok=True)
            name = text.name if not (place / text.name).exists() else f"{text.stem}-{number}{text.suffix}"
            shutil.copyfile(text, place / name)
    width = max(len(f"{part.name} {part.version}") for part in found)
    table = "\n".join(f"{f'{part.name} {part.version}':<{width}}  {part.licence}" for part in found)
    (folder / "NOTICE.txt").write_text(NOTICE.format(table=table), encoding="utf-8")
    return found


def _texts(part: Part) -> Iterable[Path]:
    if part.name == ICONS:
        yield ROOT / "resources" / "icons" / "LICENSE"
    elif part.package in WITHOUT_TEXTS:
        yield from sorted((FOLDER / "licences").glob("*.txt"))
    elif part.package:
        package = distribution(part.package)
        for file in package.files or ():
            if ".dist-info" in file.parts[0] and TEXT.search(file.name):
                yield Path(str(package.locate_file(file)))
    else:
        version = ".".join(part.version.split(".")[:2])
        places = (
            Path(sysconfig.get_path("stdlib")) / "LICENSE.txt",
            Path(sys.base_prefix) / "LICENSE.txt",
            Path(f"/usr/share/doc/python{version}/copyright"),
            Path(f"/usr/share/doc/python{version}-minimal/copyright"),
            Path(f"/usr/share/doc/libpython{version}-minimal/copyright"),
        )
        yield from (place for place in places if place.is_file())


def gather_of_system(libraries: Iterable[Path], folder: Path) -> list[Path]:
    """Add the licence texts of the system's own libraries that are bundled, as Debian keeps them.

    Returns:
        The libraries of which the system does not say where they come from.
    """
    unknown: list[Path] = []
    for library in libraries:
        text = _text_of_system(library)
        if text is None:
            unknown.append(library)
            continue
        (folder / "system").mkdir(exist_ok=True)
        shutil.copyfile(text, folder / "system" / f"{text.parent.name}.txt")
    return unknown


def _text_of_system(library: Path) -> Path | None:
    # a system whose /lib leads to /usr/lib may know the file by either name
    for name in dict.fromkeys((library, library.resolve(), Path(str(library.resolve()).removeprefix("/usr")))):
        try:
            asked = subprocess.run(["dpkg", "--search", str(name)], capture_output=True, text=True, check=False)
        except FileNotFoundError:
            return None
        text = Path("/usr/share/doc") / asked.stdout.split(":")[0] / "copyright"
        if asked.returncode == 0 and text.is_file():
            return text
    return None


if __name__ == "__main__":
    sys.stdout.write(" ".join(part.package for part in gather(Path(sys.argv[1])) if part.package))
