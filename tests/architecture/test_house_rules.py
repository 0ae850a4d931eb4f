"""The rules of the house: what the repository holds, how long its files are and what its code never does."""

import ast
import io
import re
import tokenize
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, parsed, place, project_files, python_files, text_files, top_level

TOP_LEVEL = {"pyproject.toml", "README.md", "app", "models", "packaging", "resources", "tests"}
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "common", "misc"}

FORBIDDEN = {
    "time.sleep": "waits blindly",
    "asyncio.sleep": "waits blindly",
    "QThread.sleep": "waits blindly",
    "QThread.msleep": "waits blindly",
    "qtbot.wait": "waits blindly",
    "QTest.qWait": "waits blindly",
    "QTest.qSleep": "waits blindly",
    "processEvents": "runs the event loop inside a slot",
    "QDoubleSpinBox": "multiplies by ten where the decimal mark is a comma",
    "QDoubleValidator": "multiplies by ten where the decimal mark is a comma",
    "pytest.skip": "leaves a test out",
    "pytest.xfail": "leaves a test out",
    "pytest.importorskip": "leaves a test out",
    "mark.skip": "leaves a test out",
    "mark.skipif": "leaves a test out",
    "mark.xfail": "leaves a test out",
    "unittest.skip": "leaves a test out",
    "unittest.skipIf": "leaves a test out",
    "unittest.skipUnless": "leaves a test out",
}

EXEMPTION = re.compile(r"#\s*(?:noqa\b|type:\s*ignore\b|mypy:|ruff:|pragma:|pyright:)")
EXPLAINED = re.compile(
    r"#\s*(?:noqa:\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*|type:\s*ignore\[[\w, -]+\])\s*(?:#|-|–)\s*\S+\s+\S+"
)

ADDRESS = re.compile(r"\b(?:https?|ftp|ssh|git)://(?P<host>[\w.-]+)|\bgit@[\w.-]+")
NAMESPACES = ("w3.org", "openxmlformats.org", "schemas.microsoft.com", "openoffice.org", "purl.org", "freedesktop.org")
"""Hosts whose addresses are names of XML vocabularies, which nobody fetches."""
REGISTRIES = re.compile(r"py" r"pi\.org|python" r"hosted|ana" r"conda\.org", re.IGNORECASE)
MACHINE_PATH = re.compile(r"(?:^|[\s\"'(=:])/(?:tmp|work|root|home|Users|mnt)/\w|\b[A-Z]:\\Users\b", re.MULTILINE)
UNFINISHED = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|X" r"XX|Not" r"ImplementedError)\b|#\s*st" r"ub\b")


VERBATIM = ROOT / "packaging" / "licences"
"""Licence texts of others, which may be passed on only as they are, addresses included."""


def test_the_top_level_holds_the_agreed_names() -> None:
    """The top level holds the two files and five folders agreed upon, and else only names that begin with a dot."""
    extra = {name for name in top_level() if not name.startswith(".")} - TOP_LEVEL
    assert extra == set()
    assert all((ROOT / name).exists() for name in TOP_LEVEL)


@pytest.mark.parametrize("path", python_files("app", "models"), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_files_stay_short(path: Path) -> None:
    """No file of the program is longer than 400 lines, and the window, which only assembles, not than 250."""
    limit = 250 if path == ROOT / "app" / "window.py" else 400
    assert len(path.read_text(encoding="utf-8").splitlines()) <= limit


def test_no_file_has_a_vague_name() -> None:
    """No file or folder is named after the fact that something had to go somewhere."""
    vague = [path for path in project_files() if VAGUE_NAMES & {path.stem, *path.relative_to(ROOT).parts[:-1]}]
    assert vague == []


def test_code_neither_sleeps_nor_skips() -> None:
    """Code neither waits blindly nor runs the event loop by hand, uses no spin box for figures and skips no test."""
    found = [
        f"{place(path, line)}: {name} {FORBIDDEN[name]}"
        for path in python_files()
        for used, line in _names(parsed(path))
        for name in FORBIDDEN
        if f".{used}".endswith(f".{name}")
    ]
    assert not found, "\n".join(found)


def test_every_exemption_has_a_reason() -> None:
    """A comment that silences the linter or the type checker names the rule and goes on to say why."""
    bare = []
    for path in python_files():
        with tokenize.open(path) as file:
            tokens = list(tokenize.generate_tokens(io.StringIO(file.read()).readline))
        bare += [
            f"{place(path, token.start[0])}: {token.string}"
            for token in tokens
            if token.type == tokenize.COMMENT and EXEMPTION.search(token.string) and not EXPLAINED.search(token.string)
        ]
    assert not bare, "\n".join(bare)


def test_every_exemption_of_the_settings_has_a_reason() -> None:
    """The lists of ignored rules in pyproject.toml carry a comment on each entry; those of warnings stay empty."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    settings = tomllib.loads(text)
    lint = settings["tool"]["ruff"]["lint"]
    per_file = lint.get("per-file-ignores", {})
    for code in [*lint.get("ignore", ()), *(code for codes in per_file.values() for code in codes)]:
        assert re.search(rf'"{code}".*#\s*\w+\s+\w+', text), f"{code} is ignored without a reason"
    for override in settings["tool"]["mypy"].get("overrides", ()):
        lines = [name.startswith("models.lines.") for name in override["module"]]
        untyped = {"disallow_untyped_defs", "disallow_untyped_calls"} if all(lines) else set()
        beside = {"disallow_untyped_decorators"} if override["module"] == ["tests.benchmarks.fused_loop"] else set()
        assert set(override) <= {"module", "ignore_missing_imports", *untyped, *beside}, override
    for block in text.split("[[tool.mypy.overrides]]")[1:]:
        assert re.search(r"#\s*\w+\s+\w+", block.split("[tool.")[0]), f"An override without a reason: {block[:80]}"
    assert settings["tool"]["pytest"]["ini_options"]["filterwarnings"] == ["error"]


def test_nothing_is_left_unfinished() -> None:
    """No Python file carries a mark of work put off."""
    found = [
        place(path, text[: match.start()].count("\n") + 1)
        for path, text in text_files()
        if path.suffix == ".py"
        for match in UNFINISHED.finditer(text)
    ]
    assert not found, "\n".join(found)


def test_no_text_names_an_address_or_a_machine() -> None:
    """No file names a host, a registry of packages or a path of the machine it was written on."""
    found = []
    for path, text in text_files():
        for match in ADDRESS.finditer("" if path.parent == VERBATIM else text):
            if not (match["host"] or "").endswith(NAMESPACES):
                found.append(f"{place(path, text[: match.start()].count(chr(10)) + 1)}: {match[0]}")
        for pattern in (REGISTRIES, MACHINE_PATH):
            found += [
                f"{place(path, text[: match.start()].count(chr(10)) + 1)}: {match[0].strip()}"
                for match in pattern.finditer(text)
            ]
    assert not found, "\n".join(found)


def test_every_test_says_what_it_holds_true() -> None:
    """Every test has a docstring that is a sentence."""
    silent = [
        f"{place(path, node.lineno)}: {node.name}"
        for path in python_files("tests")
        if path.name.startswith("test_")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
        and not re.match(r"\S+\s+\S.*[.!?]", ast.get_docstring(node) or "", re.DOTALL)
    ]
    assert not silent, "\n".join(silent)


def test_every_folder_of_tests_is_a_package() -> None:
    """Two tests may share a file name, and tests/models is never taken for models: each folder is a package."""
    folders = {path.parent for path in python_files("tests")}
    assert [folder for folder in sorted(folders) if not (folder / "__init__.py").is_file()] == []


def _names(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Every name a file uses or imports, dotted as far as it is spelt out (`pytest.mark.skip`), with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name | ast.Attribute):
            yield _dotted(node), node.lineno
        elif isinstance(node, ast.ImportFrom):
            yield from ((f"{node.module or ''}.{alias.name}", node.lineno) for alias in node.names)


def _dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def test_only_one_place_tells_a_fault() -> None:
    """Errors become text for reports in app/fault.py alone, which keeps what they say of a deal apart."""
    tellers = {
        "traceback.format_exception",
        "traceback.format_exc",
        "traceback.print_exc",
        "traceback.format_exception_only",
    }
    found = [
        f"{place(path, line)}: {used}"
        for path in python_files("app", "models")
        for used, line in _names(parsed(path))
        if used in tellers or used.startswith("format_exc")
    ]
    assert found == []
