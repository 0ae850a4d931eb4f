"""The files that people fetch: tar.xz and .deb on Linux, a zip on Windows, an image on macOS, and the sums of all.

    uv run python packaging/archives.py     # of what stands in dist, once it is signed

The installer for Windows is made by packaging/windows/backstop.iss; its sum is taken too when it is there.
"""

import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

from environment import FOLDER, ROOT, run

from models.version import VERSION

SMALLEST_SYSTEM = "libgl1, libegl1, libfontconfig1, fonts-dejavu-core | fonts-freefont-ttf, libdbus-1-3"
"""What Qt looks for at run time and the program does not bring along, in the words of Debian."""
MIME = "application/vnd.backstop.deal+json"
CONTROL = """\
Package: backstop
Version: {version}
Architecture: {architecture}
Section: misc
Priority: optional
Maintainer: Backstop <backstop@localhost>
Installed-Size: {size}
Depends: libc6 (>= {glibc}), {depends}
Recommends: libcups2
Description: structure credit support and revenue shares for AI factories
 A desktop program for the deals by which a GPU vendor helps an AI cloud to
 finance its AI factory, with a project-finance engine inside and a live
 workbook as its output. It never speaks to a network.
"""


def write(program: Path, target: Path, version: str) -> list[Path]:
    """Write the files for this system into a folder; their paths, the sums last."""
    if sys.platform == "linux":
        made = [tar(program, target, version), deb(program, target, version)]
    elif sys.platform == "win32":
        name = target / f"backstop-{version}-windows-{platform.machine().lower()}"
        made = [Path(shutil.make_archive(str(name), "zip", target, program.name)), *target.glob("*-setup.exe")]
    else:
        made = [image(target / "Backstop.app", target / f"backstop-{version}-macos-{platform.machine()}.dmg")]
    sums = target / "SHA256SUMS"
    rows = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in made]
    sums.write_text("".join(rows), encoding="utf-8")
    return [*made, sums]


def moment() -> int:
    """The time stamped on every file: that of the last commit, so that the same source gives the same archive."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    return int(given or run(["git", "log", "-1", "--format=%ct"]).strip())


def image(bundle: Path, target: Path) -> Path:
    """The bundle in a disk image, beside a link to where programs go."""
    stage = ROOT / "build" / "image"
    shutil.rmtree(stage, ignore_errors=True)
    shutil.copytree(bundle, stage / bundle.name, symlinks=True)
    (stage / "Applications").symlink_to("/Applications")
    run(["hdiutil", "create", "-volname", "Backstop", "-srcfolder", stage, "-format", "ULFO", "-ov", target])
    return target


def tar(program: Path, target: Path, version: str) -> Path:
    """The folder as tar.xz, with what a desktop wants of it in share/."""
    name = f"backstop-{version}-linux-{platform.machine()}"
    stamp = moment()

    def plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = "root"
        entry.mtime = stamp
        entry.mode = 0o755 if entry.isdir() or entry.mode & 0o100 else 0o644
        return entry

    stage = ROOT / "build" / "tar" / name
    shutil.rmtree(stage, ignore_errors=True)
    shutil.copytree(program, stage, symlinks=True)
    share(stage / "share", "backstop")
    whole = target / f"{name}.tar"
    with tarfile.open(whole, "w", format=tarfile.PAX_FORMAT) as archive:
        archive.add(stage, name, recursive=False, filter=plain)
        for path in sorted(stage.rglob("*")):
            archive.add(path, f"{name}/{path.relative_to(stage).as_posix()}", recursive=False, filter=plain)
    subprocess.run(["xz", "--force", "-6", "--threads=0", str(whole)], check=True)
    return whole.with_name(f"{whole.name}.xz")


def deb(program: Path, target: Path, version: str) -> Path:
    """The folder as a Debian package: /usr/lib/backstop, a command on the path, and its place in the desktop."""
    architecture = run(["dpkg", "--print-architecture"]).strip()
    stage = ROOT / "build" / "deb"
    shutil.rmtree(stage, ignore_errors=True)
    shutil.copytree(program, stage / "usr" / "lib" / "backstop", symlinks=True)
    share(stage / "usr" / "share", "/usr/bin/backstop")
    (stage / "usr" / "bin").mkdir()
    (stage / "usr" / "bin" / "backstop").symlink_to("../lib/backstop/backstop")
    papers = stage / "usr" / "share" / "doc" / "backstop"
    papers.mkdir(parents=True)
    shutil.copyfile(program / "licences" / "NOTICE.txt", papers / "copyright")
    for path in [stage, *stage.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    size = sum(path.stat().st_size for path in stage.rglob("*") if path.is_file() and not path.is_symlink())
    control = stage / "DEBIAN" / "control"
    control.parent.mkdir(mode=0o755)
    control.write_text(
        CONTROL.format(
            version=version,
            architecture=architecture,
            size=size // 1024,
            glibc=platform.libc_ver()[1],
            depends=SMALLEST_SYSTEM,
        ),
        encoding="utf-8",
    )
    package = target / f"backstop_{version}_{architecture}.deb"
    options = ["--root-owner-group", "-Zxz", "--threads-max=0"]
    run(["dpkg-deb", *options, "--build", stage, package], SOURCE_DATE_EPOCH=str(moment()))
    return package


def share(folder: Path, command: str) -> None:
    """Desktop entry, kind of file and icons, in the folders where a desktop looks for them."""
    entry = (FOLDER / "linux" / "backstop.desktop").read_text(encoding="utf-8").replace("@COMMAND@", command)
    kinds = folder / "mime" / "packages"
    applications = folder / "applications"
    for place in (kinds, applications):
        place.mkdir(parents=True)
    (applications / "backstop.desktop").write_text(entry, encoding="utf-8")
    shutil.copyfile(FOLDER / "linux" / "backstop.xml", kinds / "backstop.xml")
    sides = [(png.stem.rpartition("-")[2], png) for png in sorted((FOLDER / "icons").glob("*.png"))]
    sized = [(f"{side}x{side}", png) for side, png in sides]
    for size, picture in [*sized, ("scalable", ROOT / "resources" / "program" / "backstop.svg")]:
        for kind, name in (("apps", "backstop"), ("mimetypes", MIME.replace("/", "-"))):
            place = folder / "icons" / "hicolor" / size / kind
            place.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(picture, place / f"{name}{picture.suffix}")


if __name__ == "__main__":
    for written in write(ROOT / "dist" / "backstop", ROOT / "dist", VERSION):
        sys.stdout.write(f"{written.relative_to(ROOT)}\n")
