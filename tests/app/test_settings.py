"""What the program remembers, and that nothing broken makes it fail."""

import json
import os
import stat
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from app.settings import MOST_RECENT, RecentDeal, Settings, told_apart


def recent(path: Path, name: str = "Austral", irr: float | None = 0.148) -> RecentDeal:
    """A deal as it is remembered."""
    path.write_text("{}", encoding="utf-8")
    return RecentDeal(str(path), name, "Austral Compute", irr, 1_790_000_000.0)


def test_what_is_kept_is_read_again(tmp_path: Path) -> None:
    """Theme, states and recent deals of one session are there in the next."""
    first = Settings(tmp_path / "deep" / "folder")
    first.theme = "dark"
    first.keep_state("window", b"\x00\xff state")
    first.remember(recent(tmp_path / "a.deal"))
    second = Settings(tmp_path / "deep" / "folder")
    assert second.theme == "dark"
    assert second.state("window") == b"\x00\xff state"
    assert second.recent() == (recent(tmp_path / "a.deal"),)
    assert second.last_folder == str(tmp_path)
    assert second.folder == tmp_path / "deep" / "folder"


def test_recent_deals_come_newest_first_and_once(tmp_path: Path) -> None:
    """A deal remembered again moves to the head; only so many are kept; those whose file is gone are not listed."""
    settings = Settings(tmp_path)
    for number in range(MOST_RECENT + 3):
        settings.remember(recent(tmp_path / f"{number}.deal", f"Deal {number}"))
    settings.remember(recent(tmp_path / "5.deal", "Deal 5", None))
    names = [deal.name for deal in settings.recent()]
    assert names[0] == "Deal 5"
    assert names.count("Deal 5") == 1
    assert len(names) == MOST_RECENT
    (tmp_path / "5.deal").unlink()
    assert "Deal 5" not in [deal.name for deal in settings.recent()]


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[]", '{"theme": 3, "state.window": "%%", "recent": 1, "last_folder": 5}',
        '{"recent": [1, {"path": 2}, {"path": 1, "name": "x", "partner": "y", "partner_irr": 1, "changed": 0}]}',
    ],
)  # fmt: skip
def test_a_broken_file_counts_as_none(tmp_path: Path, text: str) -> None:
    """Whatever stands in the file, the program starts as if it were new."""
    (tmp_path / "settings.json").write_text(text, encoding="utf-8")
    settings = Settings(tmp_path)
    assert (settings.theme, settings.state("window"), settings.recent()) == ("system", None, ())
    assert settings.last_folder == ""


def test_a_file_nested_too_deeply_counts_as_none(tmp_path: Path) -> None:
    """Brackets without end are no settings."""
    (tmp_path / "settings.json").write_text("[" * 100_000, encoding="utf-8")
    assert Settings(tmp_path).recent() == ()


@pytest.mark.parametrize("changed", [1e300, float("inf"), float("nan"), -1e18])
def test_a_time_that_cannot_be_told_is_no_recent_deal(tmp_path: Path, changed: float) -> None:
    """A recent deal of no time that a calendar knows is left out, as the start page could not show it."""
    deal = recent(tmp_path / "a.deal")
    kept = [{**asdict(deal), "changed": changed}, {**asdict(deal), "partner_irr": 1e300}]
    (tmp_path / "settings.json").write_text(json.dumps({"recent": kept}), encoding="utf-8")
    assert Settings(tmp_path).recent() == (replace(deal, partner_irr=None),)


def test_a_folder_that_cannot_be_written_costs_only_the_memory(tmp_path: Path) -> None:
    """Where settings cannot be written the session goes on with what it knows."""
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    settings = Settings(tmp_path / "file")
    settings.theme = "light"
    assert settings.theme == "light"
    assert Settings(tmp_path / "file").theme == "system"


def test_the_platform_says_where(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Settings of the user live in the platform's folder for the program."""
    monkeypatch.setattr("app.settings.user_config_path", lambda name, **_known: tmp_path / name)
    assert Settings.of_this_user().folder == tmp_path / "backstop"


def test_what_is_kept_is_for_its_owner_only(tmp_path: Path) -> None:
    """Nobody else may read which deals were opened; no other figure of a deal is kept than the partner's IRR."""
    settings = Settings(tmp_path / "config")
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "settings.part").write_text("left behind", encoding="utf-8")
    settings.remember(recent(tmp_path / "a.deal"))
    (file,) = (tmp_path / "config").iterdir()
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    (kept,) = json.loads(file.read_text(encoding="utf-8"))["recent"]
    assert kept.keys() == {"path", "name", "partner", "partner_irr", "changed"}


def test_versions_of_a_deal_are_told_apart(tmp_path: Path) -> None:
    """A name of several recent deals gives way to their files, and a file name of several to file and folder."""
    files = ("a.deal", "Austral v1.deal", "Austral v2.deal", "old/Austral v2.deal")
    names = ("Fjord", "Austral", "Austral", "Austral")
    (tmp_path / "old").mkdir()
    deals = [recent(tmp_path / file, name) for file, name in zip(files, names, strict=True)]
    assert told_apart(deals) == [
        "Fjord",
        "Austral v1.deal",
        f"Austral v2.deal, {tmp_path.name}",
        "Austral v2.deal, old",
    ]
