"""What goes with an installed program says the same on every system, and what the program says of itself."""

import configparser
import plistlib
import re
import struct
import xml.etree.ElementTree as ET

import pytest

from models import VERSION
from tests.architecture.sources import ROOT

FOLDER = ROOT / "packaging"
KIND = "application/vnd.backstop.deal+json"


def text(*parts: str) -> str:
    """A file of packaging/ as text."""
    return FOLDER.joinpath(*parts).read_text(encoding="utf-8")


def entry() -> configparser.SectionProxy:
    """The desktop entry."""
    reader = configparser.ConfigParser(interpolation=None)
    reader.optionxform = str  # type: ignore[assignment,method-assign]  # keys of a desktop entry have capitals
    reader.read_string(text("linux", "backstop.desktop"))
    return reader["Desktop Entry"]


def test_the_kind_of_a_deal_has_one_name() -> None:
    """Linux, Windows and macOS call the file of a deal by the same name and the same ending."""
    kinds = ET.fromstring(text("linux", "backstop.xml"))
    space = {"": "http://www.freedesktop.org/standards/shared-mime-info"}
    assert [kind.get("type") for kind in kinds.findall("mime-type", space)] == [KIND]
    assert [glob.get("pattern") for glob in kinds.findall("mime-type/glob", space)] == ["*.deal"]
    assert entry()["MimeType"] == f"{KIND};"
    assert KIND in text("windows", "backstop.iss")
    assert r"Software\Classes\.deal" in text("windows", "backstop.iss")
    assert f'"public.mime-type": "{KIND}"' in text("backstop.spec")
    assert '"public.filename-extension": ["deal"]' in text("backstop.spec")
    assert f'MIME = "{KIND}"' in text("archives.py")


def test_the_desktop_finds_the_running_program() -> None:
    """The desktop entry opens the file it is given, and its names are those the window tells the desktop."""
    session = (ROOT / "app" / "session.py").read_text(encoding="utf-8")
    assert entry()["Exec"] == "@COMMAND@ %f"
    assert f'setDesktopFileName("{entry()["StartupWMClass"]}")' in session
    assert entry()["Terminal"] == "false"


def test_every_system_has_its_icon_in_every_size() -> None:
    """The icons hold the sizes their names promise: PNG for Linux, one file of many for Windows and for macOS."""
    pictures = sorted((FOLDER / "icons").glob("*.png"))
    assert len(pictures) >= 6
    for picture in pictures:
        side = int(picture.stem.rpartition("-")[2])
        assert struct.unpack(">II", picture.read_bytes()[16:24]) == (side, side)
    windows = (FOLDER / "icons" / "backstop.ico").read_bytes()
    count = struct.unpack("<HHH", windows[:6])[2]
    assert {windows[6 + 16 * number] or 256 for number in range(count)} >= {16, 32, 48, 256}
    macos = (FOLDER / "icons" / "backstop.icns").read_bytes()
    assert struct.unpack(">4sI", macos[:8]) == (b"icns", len(macos))
    assert all(kind in macos for kind in (b"ic07", b"ic08", b"ic09", b"ic10"))


def test_the_changes_begin_with_the_version() -> None:
    """The list of changes starts with the version that the program has."""
    assert re.search(r"(?m)^## (\S+?),", text("..", "resources", "help", "changes.md")).group(1) == VERSION  # type: ignore[union-attr]  # or fails
    assert re.fullmatch(r"\d+\.\d+\.\d+", VERSION)


def test_the_release_list_names_what_is_there() -> None:
    """Every file that the list of a release names is in the repository, and every command's module too."""
    listed = text("RELEASE.md")
    files = re.findall(r"`?(?:bash |python )?((?:packaging|models|\.ci)/[\w./-]+\w)", listed)
    files += [module.replace(".", "/") + ".py" for module in re.findall(r"python -m ([\w.]+)", listed)]
    assert len(files) >= 6
    assert [name for name in files if not (ROOT / name).exists()] == []
    assert listed.count("- [ ]") >= 12


def test_the_rights_of_the_program_on_macos_are_two() -> None:
    """The entitlements can be read, and grant nothing but what ctypes and replaceable libraries need."""
    rights = plistlib.loads((FOLDER / "macos" / "entitlements.plist").read_bytes())
    assert {name.rpartition(".")[2] for name, granted in rights.items() if granted} == {
        "allow-unsigned-executable-memory",
        "disable-library-validation",
    }


@pytest.mark.parametrize("system", ["linux", "windows", "macos"])
def test_the_workflow_builds_on_every_system_and_signs_when_told(system: str) -> None:
    """Each system is built and tried by the same command; no step that reads a secret runs unless signing is asked."""
    workflow = (ROOT / ".github" / "workflows" / "release.yml").read_text(encoding="utf-8")
    assert re.search(r"sign:(?:\n {8}.*)*\n {8}default: false", workflow)
    job = re.search(rf"(?ms)^  {system}:\n(.*?)(?=^  \w+:\n|\Z)", workflow)
    assert job
    assert "uv run python packaging/build.py" in job[1]
    for step in re.split(r"(?m)^ {6}- ", job[1]):
        secrets = set(re.findall(r"secrets\.(\w+)", step))
        assert not secrets - {"WINDOWS_TIMESTAMP_SERVER"} or "if: ${{ inputs.sign }}" in step, step


def test_the_installer_for_windows_takes_what_the_build_writes() -> None:
    """The installer is refused without a version, takes the folder of the build and starts the program in it."""
    script = text("windows", "backstop.iss")
    assert "#ifndef Version" in script
    assert r'Source: "..\..\dist\backstop\*"' in script
    assert set(re.findall(r"\{app\}\\([\w-]+\.exe)", script)) == {"backstop.exe"}
