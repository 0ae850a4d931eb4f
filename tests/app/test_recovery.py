"""Unsaved work: kept aside while it is worked on, offered after the program ended without saving it."""

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.dialogs import Elsewhere, Left, Outside
from app.recovery import Recovering
from app.window import Window
from models import load_deal, load_template, read_recovery, recovery_files, save_deal, value_at, with_value
from tests.app.conftest import Script

FLOOR = "credit_support[0].floor_prices[1]"

WORK = """
import os, sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from app.document import Document
from app.recovery import Recovering
from app.runner import Runner
app = QApplication([])
document, runner = Document(), Runner()
recovering = Recovering(document, runner, Path(sys.argv[1]))
runner.answered.connect(lambda *_: print("kept", flush=True))
if len(sys.argv) > 2:
    document.open(Path(sys.argv[2]))
else:
    from models import load_template
    document.start_from(load_template("austral"))
document.edit("credit_support[0].floor_prices[1]", 3.3, "Floor price, year 2: 3.15 → 3.30", "")
recovering.keep()
app.exec()
"""


def work_and_be_killed(folder: Path, deal: Path | None = None) -> None:
    """Edit a deal in another process, until its work is kept, and kill that process."""
    words = [sys.executable, "-c", WORK, str(folder), *([str(deal)] if deal else [])]
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, text=True, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    ) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == "kept\n"
        run.send_signal(signal.SIGKILL)


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A deal in a file."""
    path = tmp_path / "austral.deal"
    save_deal(load_template("austral"), path)
    return path


def test_work_of_a_killed_program_is_offered_and_restored(
    make_window: Callable[[], Window], qtbot: QtBot, tmp_path: Path
) -> None:
    """After a kill the start page offers the work; restored, it is one edit over the saved deal, and still kept."""
    folder = tmp_path / "settings" / "recovery"
    work_and_be_killed(folder)
    window = make_window()
    (left,) = window.recovering.found()
    assert window.start.leftovers.isVisible()
    assert left.changes == ("Credit support, Capacity commitment: Floor prices, year 2",) or "year 2" in left.changes[0]
    with qtbot.waitSignal(window.live.shown, timeout=20_000):
        window.filing.restore(left)
    document = window.document
    assert value_at(document.deal, FLOOR) == 3.3
    assert document.is_modified
    assert recovery_files(folder) == (left.file,)
    assert document.stack.undoText() == "Unsaved work restored"
    document.stack.undo()
    assert value_at(document.deal, FLOOR) == 3.15


def test_opening_the_file_offers_its_unsaved_work(
    make_window: Callable[[], Window], dialogs: Script, tmp_path: Path, saved: Path
) -> None:
    """Whoever opens a file that was being edited when the program was killed is asked for that work."""
    work_and_be_killed(tmp_path / "settings" / "recovery", saved)
    window = make_window()
    dialogs.expect("left_unsaved", Left.RESTORE)
    window.open_path(str(saved))
    assert value_at(window.document.deal, FLOOR) == 3.3
    assert window.document.path == saved
    window.filing.save()
    assert value_at(load_deal(saved), FLOOR) == 3.3


def test_discarded_work_is_gone(
    make_window: Callable[[], Window], dialogs: Script, tmp_path: Path, saved: Path
) -> None:
    """Work that the user discards is offered no more, and the file opens as it was saved."""
    work_and_be_killed(tmp_path / "settings" / "recovery", saved)
    window = make_window()
    dialogs.expect("left_unsaved", Left.DISCARD)
    window.open_path(str(saved))
    assert value_at(window.document.deal, FLOOR) == 3.15
    assert window.recovering.found() == ()


def test_work_is_kept_for_its_owner_only(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    """What is kept holds the work as it is, in a file and a folder that nobody else may read."""
    folder = tmp_path / "settings" / "recovery"
    window.filing.open_template("austral")
    window.document.edit(FLOOR, 3.3, "edit", "")
    with qtbot.waitSignal(window._runner.answered, check_params_cb=lambda slot, _: slot == "recovery"):
        window.recovering.keep()
    (file,) = recovery_files(folder)
    assert value_at(read_recovery(file).deal, FLOOR) == 3.3
    assert value_at(read_recovery(file).saved, FLOOR) == 3.15
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_an_edit_is_kept_after_a_while_of_itself(window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pause after an edit is enough: nobody has to ask for the work to be kept."""
    monkeypatch.setattr("app.recovery.IDLE", 1)
    window.filing.open_template("austral")
    with qtbot.waitSignal(window._runner.answered, check_params_cb=lambda slot, _: slot == "recovery"):
        window.document.edit(FLOOR, 3.3, "edit", "")


def test_saved_work_is_kept_no_longer(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    """Once the deal is saved, or its edits are undone, nothing is kept aside."""
    folder = tmp_path / "settings" / "recovery"
    window.filing.open_template("austral")
    window.document.edit(FLOOR, 3.3, "edit", "")
    window.recovering.keep()
    qtbot.waitUntil(lambda: len(recovery_files(folder)) == 1)
    window.document.save(tmp_path / "a.deal")
    qtbot.waitUntil(lambda: recovery_files(folder) == ())
    window.document.edit(FLOOR, 3.4, "edit", "")
    window.recovering.keep()
    qtbot.waitUntil(lambda: len(recovery_files(folder)) == 1)
    window.document.stack.undo()
    qtbot.waitUntil(lambda: recovery_files(folder) == ())


def test_work_of_a_running_program_is_not_offered(
    window: Window, make_window: Callable[[], Window], qtbot: QtBot, tmp_path: Path
) -> None:
    """A second window does not offer what a first one is still working on."""
    window.filing.open_template("austral")
    window.document.edit(FLOOR, 3.3, "edit", "")
    window.recovering.keep()
    qtbot.waitUntil(lambda: len(recovery_files(tmp_path / "settings" / "recovery")) == 1)
    assert make_window().recovering.found() == ()


def test_work_that_another_program_has_restored_is_left_to_it(
    make_window: Callable[[], Window], dialogs: Script, tmp_path: Path
) -> None:
    """Two windows offer the same work; what one has restored the other can neither restore again nor discard."""
    window = make_window()
    window.filing.open_template("austral")
    window.document.edit(FLOOR, 3.3, "edit", "")
    window.give_up()
    first, second = make_window(), make_window()
    (left,), (same,) = first.recovering.found(), second.recovering.found()
    first.filing.restore(left)
    assert first.document.is_modified
    second.start.leftovers.discard_wished.emit(same)
    assert recovery_files(tmp_path / "settings" / "recovery") == (left.file,)
    dialogs.expect("tell")
    second.filing.restore(same)
    assert dialogs.told[-1][1] == "Another Backstop has restored or discarded this unsaved work meanwhile."
    assert not second.document.is_open
    assert not second.start.leftovers.isVisible()


def test_an_abandoned_window_leaves_its_work(make_window: Callable[[], Window], tmp_path: Path) -> None:
    """A window that is closed without a question leaves its unsaved work for the next run."""
    window = make_window()
    window.filing.open_template("austral")
    window.document.edit(FLOOR, 3.3, "edit", "")
    window.give_up()
    (file,) = recovery_files(tmp_path / "settings" / "recovery")
    assert value_at(read_recovery(file).deal, FLOOR) == 3.3


def test_work_that_cannot_be_read_is_told(make_window: Callable[[], Window], tmp_path: Path) -> None:
    """A damaged file of unsaved work is named with a sentence and can be discarded."""
    folder = tmp_path / "settings" / "recovery"
    folder.mkdir(parents=True)
    (folder / "ab.recovery").write_bytes(b'{"recovery": 1, "deal": {')
    window = make_window()
    (left,) = window.recovering.found()
    assert left.recovery is None
    assert "damaged" in left.reason
    window.recovering.discard(left)
    assert not window.start.leftovers.isVisible()


def test_a_folder_that_cannot_be_written_is_told(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    """Where unsaved work cannot be kept, the user learns why and goes on working."""
    (tmp_path / "settings").mkdir(exist_ok=True)
    (tmp_path / "settings" / "recovery").write_text("a file in the way")
    window.filing.open_template("austral")
    window.document.edit(FLOOR, 3.3, "edit", "")
    with qtbot.waitSignal(window.recovering.failed) as told:
        window.recovering.keep()
    assert told.args is not None
    assert told.args[0].startswith("Unsaved work cannot be kept for a crash: ")


def test_a_file_changed_by_another_program_is_not_replaced_unasked(
    window: Window, dialogs: Script, saved: Path, tmp_path: Path
) -> None:
    """Saving over a file that has changed since it was read asks first, and can go under another name."""
    window.open_path(str(saved))
    window.document.edit(FLOOR, 3.3, "edit", "")
    theirs = with_value(load_deal(saved), "senior_debt.margin", 0.05)
    save_deal(theirs, saved)
    dialogs.expect("overwrite_outside", Outside.CANCEL)
    assert not window.filing.save()
    assert load_deal(saved) == theirs
    dialogs.expect("overwrite_outside", Outside.ELSEWHERE)
    dialogs.expect("save_deal", tmp_path / "ours.deal")
    assert window.filing.save()
    assert load_deal(saved) == theirs
    assert value_at(load_deal(tmp_path / "ours.deal"), FLOOR) == 3.3


def test_a_change_on_disk_is_asked_about_once(window: Window, dialogs: Script, saved: Path) -> None:
    """Back at the window, the user hears of a file that has changed, once, and can read it again."""
    window.open_path(str(saved))
    save_deal(with_value(load_deal(saved), "senior_debt.margin", 0.05), saved)
    dialogs.expect("changed_outside", Outside.OURS)
    window.filing.look_at_disk()
    window.filing.look_at_disk()
    save_deal(with_value(load_deal(saved), "senior_debt.margin", 0.06), saved)
    dialogs.expect("changed_outside", Outside.THEIRS)
    window.filing.look_at_disk()
    assert value_at(window.document.deal, "senior_debt.margin") == 0.06


def test_a_deal_open_elsewhere_is_told(
    window: Window, make_window: Callable[[], Window], dialogs: Script, saved: Path
) -> None:
    """A second window learns that a deal is open in a first one, and opens it, or a copy, only if the user wishes."""
    window.open_path(str(saved))
    other = make_window()
    dialogs.expect("opened_elsewhere", Elsewhere.CANCEL)
    other.open_path(str(saved))
    assert not other.document.is_open
    dialogs.expect("opened_elsewhere", Elsewhere.SAME)
    other.open_path(str(saved))
    assert other.document.is_open
    window.filing.close()
    third = make_window()
    third.open_path(str(saved))
    assert third.document.is_open


def test_a_copy_leaves_the_file_to_who_has_it_open(
    window: Window, make_window: Callable[[], Window], dialogs: Script, saved: Path, tmp_path: Path
) -> None:
    """A copy has the deal and no file: what is changed in it never meets the file of the other, unless the user names
    that very file, and then only after a question."""
    window.open_path(str(saved))
    before = saved.read_bytes()
    other = make_window()
    dialogs.expect("opened_elsewhere", Elsewhere.COPY)
    other.open_path(str(saved))
    assert (other.document.deal, other.document.path) == (window.document.deal, None)
    assert other.document.state_words() == "Copy of austral.deal, not saved yet"
    other.document.edit(FLOOR, 3.3, "edit", "")
    dialogs.expect("save_deal", saved)
    dialogs.expect("opened_elsewhere", Elsewhere.CANCEL)
    assert not other.filing.save()
    assert [said[-1] for question, said in dialogs.asked if question == "opened_elsewhere"] == [False, True]
    dialogs.expect("save_deal", tmp_path / "mine.deal")
    assert other.filing.save()
    assert other.document.state_words().startswith("Saved ")
    assert saved.read_bytes() == before
    assert value_at(load_deal(tmp_path / "mine.deal"), FLOOR) == 3.3
    window.document.edit(FLOOR, 3.2, "edit", "")
    assert window.filing.save()


def test_closing_leaves_no_file_behind(make_window: Callable[[], Window], saved: Path, tmp_path: Path) -> None:
    """Locks and unsaved work are gone once a window has been closed in good order."""
    window = make_window()
    window.open_path(str(saved))
    window.close()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["austral.deal", "settings"]
    assert list((tmp_path / "settings").rglob("*.lock")) == []
    assert isinstance(window.recovering, Recovering)
