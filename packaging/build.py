"""Builds the program that people install, and tries it.

    uv run python packaging/build.py             # dist/backstop, on macOS also dist/Backstop.app
    uv run python packaging/build.py --archives  # and the files for people, with their SHA-256 sums

The environment it is built from is made anew from the locks. Nothing counts as built that has not passed the smoke
test. PyInstaller needs binutils on Linux, and a Python with a shared library.
"""

import argparse
import ast
import hashlib
import json
import os
import shutil
import sys
from pathlib import Path

import archives
import environment
import notices
import smoke
from environment import ROOT, run

from models.version import VERSION

BUILD, DIST = ROOT / "build", ROOT / "dist"
PROGRAM = DIST / "backstop"
NOTICES = BUILD / "notices"
LARGEST, LARGEST_ARCHIVE = 250_000_000, 75_000_000
"""Bytes of the folder, unpacked and as an archive."""


def main() -> int:
    """Builds, measures and tries the program; SystemExit with the reason where one of these fails."""
    parser = argparse.ArgumentParser(description="Builds the program that people install, and tries it.")
    parser.add_argument("--archives", action="store_true", help="also write the files for people")
    wanted = parser.parse_args()
    say("environment from requirements.lock")
    python = environment.make(BUILD / "lean", "requirements.lock")
    say("licences and parts list")
    gather_notices(python)
    say("program")
    environment.add(python, "requirements-build.lock")
    freeze(python)
    size = sum(path.stat().st_size for path in PROGRAM.rglob("*") if path.is_file() and not path.is_symlink())
    say(f"{size / 1e6:.0f} MB in {PROGRAM.relative_to(ROOT)}")
    if size > LARGEST:
        raise SystemExit(f"The program is larger than {LARGEST / 1e6:.0f} MB.")
    say("smoke test")
    smoke.try_program(DIST / "Backstop.app" if sys.platform == "darwin" else PROGRAM)
    if wanted.archives:
        say("archives")
        for archive in archives.write(PROGRAM, DIST, VERSION):
            size = archive.stat().st_size
            say(f"{size / 1e6:.1f} MB in {archive.relative_to(ROOT)}")
            if size > LARGEST_ARCHIVE:
                raise SystemExit(f"{archive.name} is larger than {LARGEST_ARCHIVE / 1e6:.0f} MB.")
    return 0


def gather_notices(python: Path) -> None:
    """Licence texts, list of parts (CycloneDX), changes, and what this build was made from."""
    names = run([python, ROOT / "packaging" / "notices.py", NOTICES / "licences"])
    (BUILD / "parts").write_text(names, encoding="utf-8")
    lister = environment.make(BUILD / "sbom", "requirements-sbom.lock")
    listing = NOTICES / "backstop.cdx.json"
    options = ["--pyproject", "pyproject.toml", "--mc-type", "application", "--output-reproducible", "--of", "JSON"]
    run([lister, "-m", "cyclonedx_py", "environment", python, *options, "--output-file", listing])
    parts = json.loads(listing.read_text(encoding="utf-8"))
    parts["metadata"]["component"]["version"] = VERSION  # which pyproject.toml leaves to the program
    listing.write_text(json.dumps(parts, indent=2) + "\n", encoding="utf-8")
    shutil.copyfile(ROOT / "resources" / "help" / "changes.md", NOTICES / "CHANGELOG.md")
    (NOTICES / "BUILD.txt").write_text(made_from(python), encoding="utf-8")


def made_from(python: Path) -> str:
    """The inputs of this build: two builds with the same lines have the same inputs."""
    lines = [f"Backstop {VERSION}", f"source {source()}"]
    lines.append(run([python, "-c", "import platform, sys; print(platform.platform(), 'Python', sys.version)"]).strip())
    for lock in ("requirements.lock", "requirements-build.lock"):
        lines.append(f"{lock} sha256 {hashlib.sha256((ROOT / 'packaging' / lock).read_bytes()).hexdigest()}")
    return "\n".join(lines) + "\n"


def source() -> str:
    """The commit that is built, and whether anything differs from it; "unknown" without git or outside a repository."""
    try:
        commit, changes = run(["git", "rev-parse", "HEAD"]).strip(), run(["git", "status", "--porcelain"]).strip()
    except SystemExit:
        return "unknown"
    return f"{commit} with changes" if changes else commit


def freeze(python: Path) -> None:
    """Runs PyInstaller and puts licences, parts list and origin beside the program."""
    variables = {
        "BACKSTOP_VERSION": VERSION,
        "BACKSTOP_PARTS": (BUILD / "parts").read_text(encoding="utf-8"),
        "BACKSTOP_NOTICES": str(NOTICES),
        "PYTHONHASHSEED": "0",  # the same files from the same inputs
    }
    if sys.platform == "win32":
        variables["BACKSTOP_WINDOWS_VERSION"] = str(windows_version())
    options = ["--noconfirm", "--log-level", "WARN", "--distpath", str(DIST), "--workpath", str(BUILD / "work")]
    run([python, "-m", "PyInstaller", *options, ROOT / "packaging" / "backstop.spec"], **variables)
    if sys.platform != "darwin":
        shutil.copytree(NOTICES, PROGRAM, dirs_exist_ok=True)
    if sys.platform == "linux":
        unknown = notices.gather_of_system(system_libraries(), PROGRAM / "licences")
        if unknown:
            say(f"no licence text of {', '.join(path.name for path in unknown)}: ship what is built on Debian")


def system_libraries() -> list[Path]:
    """The files of the program that come from the system rather than from the environment or from Python."""
    collected = ast.literal_eval((BUILD / "work" / "backstop" / "COLLECT-00.toc").read_text(encoding="utf-8"))
    own = tuple(str(place) + os.sep for place in (BUILD, ROOT, Path(sys.base_prefix), Path(sys.prefix)))
    sources = {source for _, source, kind in collected[0] if kind == "BINARY" and not source.startswith(own)}
    return [Path(source) for source in sorted(sources) if Path(source).is_absolute()]


def windows_version() -> Path:
    """The file from which Windows shows name and version of the program."""
    numbers = ", ".join([*VERSION.split("."), "0"])
    strings = {
        "FileDescription": "Backstop",
        "FileVersion": VERSION,
        "OriginalFilename": "backstop.exe",
        "ProductName": "Backstop",
        "ProductVersion": VERSION,
    }
    rows = ", ".join(f"StringStruct({name!r}, {value!r})" for name, value in strings.items())
    place = BUILD / "windows-version.txt"
    place.write_text(
        f"VSVersionInfo(ffi=FixedFileInfo(filevers=({numbers}), prodvers=({numbers})), "
        f"kids=[StringFileInfo([StringTable('040904B0', [{rows}])]), "
        "VarFileInfo([VarStruct('Translation', [1033, 1200])])])\n",
        encoding="utf-8",
    )
    return place


def say(words: str) -> None:
    """Tells how far the build is."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
