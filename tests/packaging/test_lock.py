"""The locks that make an installation repeatable hold what pyproject.toml asks for, and no address."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-build.lock", "requirements-sbom.lock")


def locked(name: str) -> list[tuple[Requirement, list[str]]]:
    """Every package of a lock with its hashes."""
    text = (ROOT / "packaging" / name).read_text(encoding="utf-8")
    rows = re.sub(r"(?m)^\s*#.*\n?", "", text).replace("\\\n", " ").splitlines()
    return [(Requirement(row.split(" --hash=")[0]), re.findall(r"--hash=sha256:(\w+)", row)) for row in rows if row]


def asked(name: str) -> list[Requirement]:
    """What pyproject.toml asks for, in the part a lock is written from."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    program, groups = settings["project"]["dependencies"], settings["dependency-groups"]
    texts = {
        "requirements.lock": program,
        "requirements-dev.lock": [*program, *groups["dev"]],
        "requirements-build.lock": groups["build"],
        "requirements-sbom.lock": groups["sbom"],
    }[name]
    return [Requirement(text) for text in texts]


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_host(name: str) -> None:
    """No line of a lock is an address or an option that names an index; comments say whence each package is needed."""
    text = (ROOT / "packaging" / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"(?m)^-|--(?:index|extra-index|find-links|trusted-host)", text)
    assert not re.search(r"(?i)\b[\w-]+\.(?:org|com|net|io|dev)\b", text)


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_covers_the_dependencies(name: str) -> None:
    """Every dependency of pyproject.toml is in the lock, at versions it allows."""
    versions: dict[str, list[str]] = {}
    for requirement, _ in locked(name):
        versions.setdefault(canonicalize_name(requirement.name), []).append(str(requirement.specifier)[2:])
    for requirement in asked(name):
        found = versions.get(canonicalize_name(requirement.name), [])
        assert found, f"{requirement.name} is not locked: run packaging/lock.py"
        assert all(version in requirement.specifier for version in found), f"{requirement} is locked at {found}"


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_pins_every_package_by_hash(name: str) -> None:
    """Every package of a lock has one exact version and at least one SHA-256 hash."""
    rows = locked(name)
    assert len(rows) >= len(asked(name))
    for requirement, hashes in rows:
        assert re.fullmatch(r"==[\w.!+-]+", str(requirement.specifier)), requirement
        assert hashes, requirement
        assert all(re.fullmatch(r"[0-9a-f]{64}", digest) for digest in hashes), requirement


def test_the_locks_agree() -> None:
    """The tests run on the very versions the program is shipped with."""
    run_time = {str(requirement) for requirement, _ in locked("requirements.lock")}
    assert run_time <= {str(requirement) for requirement, _ in locked("requirements-dev.lock")}
