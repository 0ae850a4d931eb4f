"""Work that the deal has moved on from: what it found is marked, or nobody hears of it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

import models
from app.runner import Progress
from app.window import Window
from models import Deal, load_template, save_deal, with_value
from tests.app.acting import open_template
from tests.app.conftest import Script


@dataclass(frozen=True)
class Held:
    """A request that ends when it is told to, however much it is asked to stop."""

    begun: Event
    go_on: Event

    def run(self, deal: Deal, _progress: Progress) -> Deal:
        self.begun.set()
        assert self.go_on.wait(20)
        return deal


@pytest.fixture
def held() -> Held:
    """A request that has not been told to end."""
    return Held(Event(), Event())


@pytest.fixture
def desk(window: Window, qtbot: QtBot) -> Window:
    """A window with the Austral template open and computed."""
    open_template(window, qtbot)
    return window


def overtaken(desk: Window, qtbot: QtBot, held: Held, act: Callable[[], object]) -> None:
    """Let something happen between the end of a job and the moment the window hears of it."""
    held.begun.wait(20)
    act()
    held.go_on.set()
    qtbot.waitUntil(lambda: desk._runner.jobs() == (), timeout=20_000)


def test_what_a_study_finds_of_an_earlier_deal_is_marked(desk: Window, qtbot: QtBot, held: Held) -> None:
    """A search that ends after an edit tells its answer and, at once, that the deal has changed since."""
    study = desk.finding.solving.study
    heard: list[str] = []
    study.found.connect(lambda *_: heard.append("found"))
    study.outdated.connect(lambda: heard.append("outdated"))
    study.ask(held)
    overtaken(desk, qtbot, held, lambda: desk.document.edit("months", 80, "edit", ""))
    assert heard == ["outdated", "found", "outdated"]
    assert not study.is_current


def test_a_study_of_the_deal_as_it_is_is_not_marked(desk: Window, qtbot: QtBot, held: Held) -> None:
    """An edit that is undone before the search ends leaves its answer as good as it was."""
    study = desk.finding.solving.study
    heard: list[str] = []
    study.found.connect(lambda *_: heard.append("found"))
    study.ask(held)

    def edit_and_undo() -> None:
        desk.document.edit("months", 80, "edit", "")
        desk.document.stack.undo()
        study.outdated.connect(lambda: heard.append("outdated"))

    overtaken(desk, qtbot, held, edit_and_undo)
    assert heard == ["found"]
    assert study.is_current


@pytest.mark.parametrize("closing", [True, False])
def test_a_workbook_read_for_a_deal_that_is_gone_is_not_shown(
    desk: Window, qtbot: QtBot, dialogs: Script, held: Held, monkeypatch: pytest.MonkeyPatch, closing: bool
) -> None:
    """Where another deal is open by then, or none, the redline of the one before does not come up."""
    broken: list[str] = []
    desk.broken.connect(broken.append)

    def read(deal: Deal, _path: Path, **_named: object) -> object:
        return held.run(deal, None)  # type: ignore[arg-type]  # it is not asked

    monkeypatch.setattr(models, "read_redline", read)
    dialogs.expect("open_workbook", Path("back.xlsx"))
    desk.redlining.start()
    with qtbot.waitSignal(desk.redlining.ended) as ended:
        overtaken(desk, qtbot, held, desk.filing.close if closing else lambda: desk.filing.open_template("fjord"))
    assert ended.args == ["Reading back.xlsx was stopped"]
    assert desk.redlining.view is None
    assert broken == []


@pytest.mark.parametrize("gone", ["deal", "tenant"])
def test_a_series_read_for_a_deal_that_is_gone_is_not_taken(
    desk: Window, qtbot: QtBot, dialogs: Script, held: Held, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, gone: str
) -> None:
    """Where another deal is open by then, or the tenant was taken out, nothing is asked and nothing changes."""
    other = tmp_path / "other.deal"
    save_deal(load_template("fjord"), other)

    def read(_path: Path, **_named: object) -> object:
        held.run(load_template("austral"), None)  # type: ignore[arg-type]  # it is not asked
        return ()

    monkeypatch.setattr(models, "read_tables", read)
    dialogs.expect("open_table", Path("series.csv"))
    last = len(desk.document.deal.demand) - 1
    desk.importing.start(last)
    fewer = with_value(desk.document.deal, "demand", desk.document.deal.demand[:last])

    def overtake() -> None:
        if gone == "deal":
            desk.filing.open_file(other)
        else:
            desk.document.edit("", fewer, "tenant taken out", "")

    with qtbot.waitSignal(desk.importing.ended):
        overtaken(desk, qtbot, held, overtake)
    assert desk.document.base == (load_template("fjord") if gone == "deal" else fewer)
