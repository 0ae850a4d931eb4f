"""What the program says of the parts it is made of."""

import re
import tomllib

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from app.about import about
from app.licences import DIRECT, parts
from tests.architecture.sources import ROOT
from tests.packaging.test_lock import locked


def test_the_parts_begin_with_what_the_project_asks_for() -> None:
    """The libraries named in the program are those of pyproject.toml, all of them."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert set(DIRECT) == {canonicalize_name(Requirement(text).name) for text in settings["project"]["dependencies"]}


def test_every_package_of_the_lock_is_a_part() -> None:
    """Every package that is shipped, what others need included, is listed; and nothing that is not shipped."""
    shipped = {
        canonicalize_name(requirement.name)
        for requirement, _ in locked("requirements.lock")
        if requirement.marker is None or requirement.marker.evaluate()
    }
    assert {part.package for part in parts() if part.package} == shipped


def test_about_names_every_part_with_its_licence() -> None:
    """About lists each part with version and a licence in the words of SPDX, Python, Qt and the icons included."""
    _, text = about()
    for part in parts():
        assert f"{part.name} {part.version}".strip() + f": {part.licence}" in text
        assert re.fullmatch(r"[\w.+-]+(?: (?:AND|OR|WITH) [\w.+-]+)*", part.licence), part
    names = {part.name for part in parts()}
    assert {"Python", "PySide6_Essentials", "Lucide icons"} <= names
    assert "LGPL" in text
