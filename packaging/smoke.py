"""Tries a built program as a stranger's machine would: in a bare folder, with almost no environment, from outside.

    uv run python packaging/smoke.py [dist/backstop]

Anything on stderr, an exit code that is not 0, or 120 seconds in all is a failure.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from time import monotonic

import openpyxl

ROOT = Path(__file__).resolve().parent.parent
LIMIT = 120.0
"""Seconds for everything."""
COMPARED = ("austral", "fjord")
"""Templates of which every figure of every month must be the same as from source."""
KEPT = ("SYSTEMROOT", "WINDIR", "TEMP", "TMP")
"""What a process on Windows cannot do without."""


def try_program(program: Path) -> None:
    """Try the program in a folder; SystemExit says what failed."""
    began = monotonic()
    with tempfile.TemporaryDirectory(prefix="backstop smoke ") as name:  # a blank in the path is part of the test
        bare = Path(name)
        copy = bare / "program" / program.name
        shutil.copytree(program, copy, symlinks=True)
        quiet = _Quiet(bare, began)
        version = quiet.run([_command(copy), "--version"])
        _hold(version.split()[0] == "backstop", f"It calls itself {version!r}.")
        for template in COMPARED:
            same_file(quiet, copy, ["evaluate", template, "--lines"], f"{template}.csv")
        same_words(quiet, copy, ["simulate", "austral", "--paths", "2000", "--json", "--threads"], "2", "1")
        same_file(quiet, copy, ["export", "austral", "--edition", "partner", "--date", "2027-03-31", "-o"], "terms.pdf")
        returned_workbook(quiet, copy)
        for line in quiet.run([_window(copy), "selftest", str(bare / "selftest")], silent=_is_mute()).splitlines():
            _tell(line)
        first_run(quiet, copy)
        papers(copy)
        left = sorted(path.name for path in bare.iterdir())
        asked = {"returned.xlsx", "terms.pdf", "selftest", *(f"{each}.csv" for each in COMPARED)}
        _hold(left == sorted({"program", "home", *asked}), f"It left {left}.")
    _tell(f"{monotonic() - began:.0f} s in all")


def same_file(quiet: "_Quiet", copy: Path, command: list[str], name: str) -> None:
    """What a command writes is to the byte what the source program writes."""
    target = quiet.folder / name
    quiet.run([_command(copy), *command, str(target)])
    with tempfile.TemporaryDirectory() as folder:
        expected = Path(folder) / name
        from_source(quiet, [*command, str(expected)])
        _hold(target.read_bytes() == expected.read_bytes(), f"{name} is not what the source program writes.")
    _tell(f"{' '.join(command[:2])}: {name}, {target.stat().st_size} bytes, the same as from source")


def same_words(quiet: "_Quiet", copy: Path, command: list[str], here: str, there: str) -> None:
    """What a command prints is what the source program prints, whose last word differs where that changes nothing."""
    said = quiet.run([_command(copy), *command, here])
    _hold(
        said == from_source(quiet, [*command, there]),
        f"{' '.join([*command, here])}: not what the source program prints.",
    )
    _tell(f"{' '.join([*command, here])}: the same as from source")


def returned_workbook(quiet: "_Quiet", copy: Path) -> None:
    """A workbook that comes back with one cell changed is read, in a process that the program starts of itself."""
    book = quiet.folder / "returned.xlsx"
    quiet.run([_command(copy), "export", "austral", "--edition", "partner", "-o", str(book)])
    sheets = openpyxl.load_workbook(book)
    label = next(cell for cell in sheets["Inputs"]["A"] if cell.value == "Tax rate")
    sheets["Inputs"].cell(label.row, 2).value = 0.28
    sheets.save(book)
    command = ["redline", "austral", "returned.xlsx", "--json"]
    said = json.loads(quiet.run([_command(copy), *command]))
    changes = [(change["path"], change["theirs"]) for change in said["changes"]]
    _hold(changes == [("partner.tax_rate", 0.28)], f"{' '.join(command)}: it finds {changes}.")
    _tell(f"{' '.join(command)}: {changes}")


def first_run(quiet: "_Quiet", copy: Path) -> None:
    """A window opened by somebody new leaves its settings where the platform keeps them, and nothing else anywhere."""
    quiet.run([_window(copy), "selftest"], silent=_is_mute())
    if sys.platform == "linux":  # elsewhere the system names these folders, and they are those of whoever builds
        home = quiet.folder / "home"
        files = [path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file()]
        _hold(files == [".config/backstop/settings.json"], f"A first run writes {files}.")
    _tell("first run: nothing written but its settings")


def papers(copy: Path) -> None:
    """Origin, list of parts and licences are inside, and what the program has no use for is not."""
    root = copy / "Contents" / "Resources" if copy.suffix == ".app" else copy
    for paper in ("BUILD.txt", "backstop.cdx.json", "licences/NOTICE.txt", "licences/shiboken6/LGPL-3.0.txt"):
        _hold((root / paper).is_file(), f"{paper} is missing.")
    useless = [path.name for path in copy.rglob("*") if "QtNetwork" in path.name or "Qt6Network" in path.name]
    useless += [path.name for path in copy.rglob("*.qm")]
    _hold(not useless, f"It holds {useless}.")
    _tell("licences, list of parts and origin are inside")


def from_source(quiet: "_Quiet", words: list[str]) -> str:
    """What the source program prints, in the same surroundings."""
    command, env = [sys.executable, "-m", "app", *words], quiet.environment
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True).stdout


class _Quiet:
    """Runs commands in a folder that must end well without a word on stderr."""

    def __init__(self, folder: Path, began: float) -> None:
        self.folder = folder
        self.environment = dict(_environment(folder / "home"))
        self._began = began
        (folder / "home").mkdir()

    def run(self, command: list[str], *, silent: bool = False) -> str:
        """What the command prints; SystemExit where it fails, complains, says nothing or takes too long."""
        left = LIMIT - (monotonic() - self._began)
        words = " ".join([Path(command[0]).name, *command[1:]])
        try:
            done = subprocess.run(
                command,
                cwd=self.folder,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                check=False,
                timeout=max(left, 0.1),
            )
        except subprocess.TimeoutExpired as late:
            raise SystemExit(f"{words}: not done after {LIMIT:.0f} s in all.\n{late.stdout!r}") from late
        _hold(done.returncode == 0 and not done.stderr, f"{words}: code {done.returncode}\n{done.stdout}{done.stderr}")
        _hold(silent or bool(done.stdout), f"{words}: it prints nothing.")
        return done.stdout


def _environment(home: Path) -> Mapping[str, str]:
    """As little as a process can have; OpenBLAS is still told what this machine must tell it of its processor.

    Qt's order of things in memory is fixed, which decides in what order a PDF holds its fonts.
    """
    kept = {name: value for name, value in os.environ.items() if name in KEPT or name.startswith("OPENBLAS_")}
    own = {"HOME": str(home), "USERPROFILE": str(home), "APPDATA": str(home), "LOCALAPPDATA": str(home)}
    return {**kept, **own, "LANG": "C.UTF-8", "QT_HASH_SEED": "0", "QT_QPA_PLATFORM": "offscreen"}


def _command(copy: Path) -> str:
    """The executable for scripts."""
    return str(copy / "backstop-console.exe") if sys.platform == "win32" else _window(copy)


def _window(copy: Path) -> str:
    """The executable for people."""
    if copy.suffix == ".app":
        return str(copy / "Contents" / "MacOS" / "backstop")
    return str(copy / ("backstop.exe" if sys.platform == "win32" else "backstop"))


def _is_mute() -> bool:
    """Whether a program with a window prints nothing even where somebody listens."""
    return sys.platform == "win32"


def _tell(words: str) -> None:
    sys.stdout.write(f"  {words}\n")
    sys.stdout.flush()


def _hold(holds: bool, sentence: str) -> None:
    if not holds:
        raise SystemExit(f"The smoke test failed. {sentence}")


if __name__ == "__main__":
    try_program(Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "dist" / "backstop"))
