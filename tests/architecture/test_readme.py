"""The README is true: its commands run as written, and what it points at is there."""

import ast
import re
import shlex
import shutil
import subprocess
import sysconfig
from pathlib import Path

import openpyxl
import pytest

from tests.architecture.sources import ROOT, parsed, python_files

README = (ROOT / "README.md").read_text(encoding="utf-8")
EXPORT = "uv run backstop export austral --edition partner -o austral.xlsx"


def commands() -> list[str]:
    """The indented lines of the README that run something."""
    return re.findall(r"(?m)^ {4}((?:uv|apt-get) .+)$", README)


def headless() -> list[str]:
    """The commands of the README that run the program without a window, less the `uv run` before them."""
    return [
        command.removeprefix("uv run ")
        for command in commands()
        if re.match(r"uv run backstop (?:check|evaluate|export|explain|sensitivity|solve|compare) ", command)
    ]


def qt_packages(text: str) -> set[str]:
    """The system packages that a text names."""
    return set(re.findall(r"\blib[a-z][\w.+-]*\d[\w.+-]*", text))


def test_the_two_commands_stand_there_as_agreed() -> None:
    """The README opens with the command that starts the program, its twin without a screen, and the tests."""
    assert commands()[:3] == ["uv run backstop", EXPORT, "uv run pytest"]
    assert "`pip install uv`" in README


@pytest.mark.parametrize("command", headless())
def test_a_command_runs_as_written(command: str, tmp_path: Path) -> None:
    """Every headless command of the README runs through the installed entry point and says nothing on stderr."""
    program = shutil.which("backstop", path=sysconfig.get_path("scripts"))
    assert program, "The entry point is not installed: uv sync"
    name, *arguments = shlex.split(command)
    assert name == "backstop"
    done = subprocess.run([program, *arguments], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    promised = re.findall(r"\S+\.(?:xlsx|csv|pdf|docx)\b", command)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(promised)
    assert promised or done.stdout.strip()
    for path in tmp_path.glob("*.xlsx"):
        book = openpyxl.load_workbook(path)
        assert {"Summary", "Inputs", "Model", "Checks", "About"} <= set(book.sheetnames)
        book.close()


def test_every_file_it_names_exists() -> None:
    """Pictures, folders and files of the repository that the README names are there."""
    named = {*re.findall(r"\]\(([^)#]+)\)", README), *re.findall(r"`((?:\.ci|packaging|resources)/[\w./-]+)`", README)}
    named |= set(re.findall(r"(?m)^ {4}(\w+/) ", README))
    named |= {f"models/{part}" for part in re.findall(r"(?m)^ {6}(\w+/) ", README)}
    assert {"resources/screenshots/desk-light.png", "packaging/requirements.lock", "models/", "app/"} <= named
    assert sorted(name for name in named if not (ROOT / name).exists()) == []


def test_the_tests_list_their_commands() -> None:
    """Every module of the tests that runs as a command stands in their README, and it names no other."""
    own = (ROOT / "tests" / "README.md").read_text(encoding="utf-8")
    found = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__main__")
        for path in (ROOT / "tests").rglob("*.py")
        if '\nif __name__ == "__main__":' in path.read_text(encoding="utf-8")
    }
    assert set(re.findall(r"python -m (tests[\w.]+)", own)) == found


def test_it_names_the_templates_that_are_shipped() -> None:
    """The bare names the README offers are the templates in resources, all of them."""
    row = re.search(r"(?s)as a bare name, a shipped template: (.+?)\.", README)
    assert row
    shipped = {path.stem for path in (ROOT / "resources" / "templates").glob("*.deal")}
    assert set(re.findall(r"`([\w-]+)`", row[1])) == shipped


def test_the_apt_line_is_the_same_everywhere() -> None:
    """README, the checks of a bare machine and the program itself name the same system packages for Qt."""
    (line,) = (command for command in commands() if command.startswith("apt-get "))
    packages = qt_packages(line)
    assert len(packages) == 11
    script = re.search(r"(?s)\nqt=\((.*?)\)", (ROOT / ".ci" / "run").read_text(encoding="utf-8"))
    assert script
    assert qt_packages(script[1]) == packages
    said = [
        node.value
        for path in python_files("app")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "libxcb-cursor0" in node.value
    ]
    assert said, "The program does not say what to install where a library of Qt is missing"
    assert all(qt_packages(text) == packages for text in said)
