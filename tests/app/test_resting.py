"""What may wait is held back while the deal is typed into."""

from pytestqt.qtbot import QtBot

from app.resting import Rest
from app.window import Window
from tests.app.acting import open_template, type_into


def test_what_may_wait_is_called_once_after_the_last_key(window: Window, qtbot: QtBot) -> None:
    """At rest a call comes at once; while keys come it is held back, and of several only the newest is made."""
    open_template(window, qtbot)
    rest, called = Rest(window.document, window), list[int]()
    rest.then(lambda: called.append(0))
    assert called == [0]
    type_into(window, qtbot, "senior_debt.target_dscr", "1.42")
    rest.then(lambda: called.append(1))
    rest.then(lambda: called.append(2))
    assert called == [0]
    qtbot.waitUntil(lambda: called == [0, 2])


def test_what_is_held_back_is_dropped_with_the_deal(window: Window, qtbot: QtBot) -> None:
    """Once the deal is closed nothing of it is asked for any more."""
    open_template(window, qtbot)
    rest, called = Rest(window.document, window), list[int]()
    type_into(window, qtbot, "senior_debt.target_dscr", "1.42")
    rest.then(lambda: called.append(1))
    window.document.close()
    rest.then(lambda: called.append(2))
    assert called == [2]
