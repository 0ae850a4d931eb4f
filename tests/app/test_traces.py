"""What a session leaves behind: on the disk, in the log, in the report of a fault."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.fault import fault_text
from app.problems import Faults
from app.window import Window
from models import Deal, load_template, save_deal, write_whole
from tests.agreement.reading import Book
from tests.app.conftest import Script
from tests.models.workbook.planting import PARENT, SCENARIO, SCENARIO_NUMBER, holds_text, leaks, numbers_of, planted

FIGURE = 0.0731415


@pytest.fixture
def open_to_all() -> Iterator[None]:
    """New files and folders are for everybody, as far as the program says nothing else."""
    before = os.umask(0)
    yield
    os.umask(before)


def telling_deal() -> tuple[Deal, list[float]]:
    """A deal whose internal figures, and one that is shared, can be told from all others."""
    deal, values = planted(load_template("austral"))
    operations = deal.operations.model_copy(update={"power_price_kwh": FIGURE})
    vendor_name = "Quiet Falcon"
    telling = deal.model_copy(update={"operations": operations, "vendor_name": vendor_name})
    return telling, [*numbers_of(values.values()), SCENARIO_NUMBER, FIGURE]


@pytest.mark.usefixtures("open_to_all")
def test_figures_stay_in_the_deal_and_its_recovery(
    window: Window,
    qtbot: QtBot,
    dialogs: Script,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """After edits, saves, a failed export and a fault only deal, backup and recovery hold figures of the deal.

    No other file does, nor the log or the report. What holds figures is no more open to others than the deal itself.
    """
    deal, figures = telling_deal()
    file = tmp_path / "deals" / "telling.deal"
    file.parent.mkdir()
    save_deal(deal, file)
    file.chmod(0o600)
    with qtbot.waitSignal(window.live.shown, timeout=20_000):
        window.open_path(str(file))
    window.document.edit("operations.pue", 1.31, "PUE", "")
    assert window.filing.save()
    window.document.edit("operations.pue", 1.32, "PUE", "")
    with qtbot.waitSignal(window._runner.answered, check_params_cb=lambda slot, _: slot == "recovery"):
        window.recovering.keep()
    dialogs.expect("save_workbook", tmp_path / "nowhere" / "deal.pdf")
    dialogs.expect("tell")
    with qtbot.waitSignal(window.exporting.ended, timeout=20_000):
        window.exporting.start("internal")
    qtbot.waitUntil(lambda: dialogs.left() == [])
    faults = Faults()
    faults.show_report(fault_text(ValueError(f"{figures} of {SCENARIO}, Quiet Falcon")))
    report = faults.window()
    assert report is not None

    held = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    telling = {path for path, content in held.items() if leaks(Book({"file": content}), figures, 5)}
    (recovery,) = (tmp_path / "settings" / "recovery").glob("*.recovery")
    assert telling == {file, file.with_name("telling.deal.bak"), recovery}
    assert {stat.S_IMODE(path.stat().st_mode) for path in telling} == {0o600}
    assert stat.S_IMODE(recovery.parent.stat().st_mode) == 0o700
    quiet = Book({path.name: content for path, content in held.items() if path not in telling})
    assert len(quiet.parts) >= 3  # locks and settings
    told = "\n".join([caplog.text, *capfd.readouterr(), report.report(), *dialogs.told[0]])
    said = Book({**quiet.parts, "told": told.encode()})
    assert "ValueError" in told
    assert leaks(said, figures, 5) == set()
    assert [word for word in (PARENT, SCENARIO, "Quiet Falcon") if holds_text(b"", said, word)] == []
    faults.remove()
    caplog.get_records("call").clear()


@pytest.mark.usefixtures("open_to_all")
def test_a_recovery_folder_that_was_open_to_others_is_closed(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    """A folder that was there already, readable by all, is its owner's alone once unsaved work is kept in it."""
    folder = tmp_path / "settings" / "recovery"
    folder.mkdir(parents=True)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o777
    window.filing.open_template("austral")
    window.document.edit("operations.pue", 1.31, "PUE", "")
    with qtbot.waitSignal(window._runner.answered, check_params_cb=lambda slot, _: slot == "recovery"):
        window.recovering.keep()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_documents_are_no_more_open_than_those_they_replace(tmp_path: Path) -> None:
    """A document keeps the permissions of the one it replaces; a new one has those that the user gives new files."""
    file = tmp_path / "deal.pdf"
    before = os.umask(0o077)
    try:
        write_whole(file, b"one")
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        file.chmod(0o640)
        write_whole(file, b"two")
    finally:
        os.umask(before)
    assert (file.read_bytes(), stat.S_IMODE(file.stat().st_mode)) == (b"two", 0o640)
