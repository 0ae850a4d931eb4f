"""Who may import whom: the engine knows no window, the window knows only the surface of the engine."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import models
from tests.architecture.sources import ROOT, parsed, place, python_files


def imports(path: Path) -> Iterator[tuple[str, str | None, int]]:
    """Every import of a file, wherever in the file it stands: module, imported name (None for `import x`), line."""
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, None, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join((*above, *([node.module] if node.module else ())))
            yield from ((module, alias.name, node.lineno) for alias in node.names)


def importers(of: str, *folders: str) -> list[str]:
    """The places below the folders that import the top-level package `of`."""
    return [
        place(path, line)
        for path in python_files(*folders)
        for module, _, line in imports(path)
        if module.split(".")[0] == of
    ]


def run_python(code: str, *arguments: str, cwd: Path = ROOT, seconds: float = 60) -> str:
    """Runs code in a fresh interpreter with warnings as errors and gives what it printed."""
    command = [sys.executable, "-W", "error", "-c", code, *arguments]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, timeout=seconds)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_there_is_something_to_parse() -> None:
    """The rules of this file read real files: an empty listing would let everything pass."""
    assert len(python_files("models")) > 5
    assert len(python_files("app")) > 5
    assert importers("PySide6", "app")


@pytest.mark.parametrize("package", ["PySide6", "shiboken6", "app", "tests"])
def test_models_knows_no_window(package: str) -> None:
    """The deal and its engine import neither Qt nor anything of the window."""
    assert importers(package, "models") == []


@pytest.mark.parametrize("package", ["PySide6", "shiboken6"])
def test_only_app_imports_qt(package: str) -> None:
    """Outside the window and its tests nothing imports Qt."""
    assert importers(package, "models", "resources", "packaging") == []


def test_app_uses_only_the_surface() -> None:
    """The window takes everything from `models` itself, by names the surface promises, never from a part of it."""
    surface = set(vars(models)["__all__"])
    wrong = [
        f"{place(path, line)} takes {name or 'the module'} from {module}"
        for path in python_files("app")
        for module, name, line in imports(path)
        if module.split(".")[0] == "models" and (module != "models" or name not in {*surface, None})
    ]
    # `import models` keeps what is heavy unloaded until it is used; what is used of it is of the surface too
    wrong += [
        f"{place(path, node.lineno)} takes {node.attr} from models"
        for path in python_files("app")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "models"
        if node.attr not in surface
    ]
    assert not wrong, "\n".join(wrong)


def test_the_surface_keeps_its_promise() -> None:
    """Every name the surface lists exists, is listed once and is no part of the package by mistake."""
    names = list(vars(models)["__all__"])
    assert names
    assert len(set(names)) == len(names)
    for name in names:
        assert not isinstance(getattr(models, name), type(models)), name


def test_every_import_of_the_project_exists_as_a_file() -> None:
    """An import of our own packages, the late ones inside functions included, names a module that is there."""
    lost = []
    for path in python_files("app", "models", "tests"):
        for module, _, line in imports(path):
            if module.split(".")[0] in {"app", "models", "tests"}:
                target = ROOT.joinpath(*module.split("."))
                if not (target.is_dir() or target.with_suffix(".py").is_file()):
                    lost.append(f"{place(path, line)}: {module}")
    assert not lost, "\n".join(lost)


def test_the_command_line_starts_without_qt() -> None:
    """Importing the program, as every command does, loads neither Qt nor the libraries only the engine needs."""
    heavy = ["PySide6", "numpy", "pandas", "openpyxl", "xlsxwriter"]
    code = f"import sys, app.__main__, models; print([name for name in {heavy} if name in sys.modules])"
    assert run_python(code).strip() == "[]"


def test_headless_commands_run_where_qt_cannot(tmp_path: Path) -> None:
    """Check, evaluate and export do their work with Qt out of reach, as on a server without its libraries."""
    code = (
        "import sys\n"
        "sys.modules['PySide6'] = None\n"
        "from app.__main__ import main\n"
        "for line in sys.argv[1:]:\n"
        "    assert main(line.split()) in (0, None), line\n"
    )
    commands = [
        "check austral",
        "evaluate austral --lines lines.csv --json",
        "export austral --edition partner -o partner.xlsx",
        "export austral --edition internal -o internal.xlsx",
    ]
    assert run_python(code, *commands, cwd=tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"lines.csv", "partner.xlsx", "internal.xlsx"}
