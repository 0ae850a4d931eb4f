"""For everyone: every control has a name, every key a single meaning, no words are cut off."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.about import about
from app.dialogs import Elsewhere, Left, Mend, Outside, QtDialogs, Unsaved
from app.paper import Sheet
from app.theme import apply_theme
from app.window import Window
from models import sections
from tests.app.acting import open_template
from tests.app.conftest import Script
from tests.app.measuring import clashes, cut_off, nameless, out_of_order
from tests.app.tour import Tour, lay_out

LARGE = 15.0
"""Points of type: as large as the desktops offer it for people who see badly, half as large again as usual."""
LOOKED_FOR = (nameless, clashes, cut_off, out_of_order)


@pytest.fixture
def large_type(themed: QApplication) -> Iterator[None]:
    """The system's font is large."""
    usual = themed.font()
    large = themed.font()
    large.setPointSizeF(LARGE)
    themed.setFont(large)
    apply_theme(themed, "light")
    yield
    themed.setFont(usual)
    apply_theme(themed, "light")


@pytest.mark.usefixtures("large_type")
def test_everything_is_named_and_whole_in_large_type(
    make_window: Callable[[], Window], dialogs: Script, qtbot: QtBot, tmp_path: Path
) -> None:
    """On a small screen, at every place: plain names, one thing for each letter, nothing cut off, Tab as one reads."""
    window = make_window()
    window.resize(1280, 800)
    found = []
    for place, root in Tour(window, dialogs, qtbot, tmp_path).stations():
        found += [f"{place}: {finding}" for look in LOOKED_FOR for finding in look(root)]
        assert window.width() == 1280, place
    assert found == []


Question = Callable[[QtDialogs, QWidget], object]
QUESTIONS: tuple[tuple[Question, object], ...] = (
    (lambda ask, parent: ask.unsaved(parent, "Austral", "2 fields differ from the saved deal."), Unsaved.CANCEL),
    (lambda ask, parent: ask.opened_elsewhere(parent, "A.deal", "Backstop on a", saving=False), Elsewhere.CANCEL),
    (lambda ask, parent: ask.opened_elsewhere(parent, "A.deal", "Backstop on a", saving=True), Elsewhere.CANCEL),
    (lambda ask, parent: ask.unfit_scenario(parent, "Late", "It starts too late.", "Phase 1: Delivery"), Mend.LEAVE),
    (lambda ask, parent: ask.lost_changes(parent, "Low", ["Segment 6: Price"]), False),
    (lambda ask, parent: ask.changed_outside(parent, "Austral.deal", "1 field would be given up."), Outside.OURS),
    (lambda ask, parent: ask.overwrite_outside(parent, "Austral.deal"), Outside.CANCEL),
    (lambda ask, parent: ask.left_unsaved(parent, "Austral", "1 field changed."), Left.LATER),
    (lambda ask, parent: ask.name(parent, "New scenario", "Low", ["Low"], "Make"), None),
    (lambda ask, parent: ask.tell(parent, *about()), None),
    (lambda ask, parent: ask.preview(parent, Sheet("<p>Terms</p>", "Austral", "Partner edition")), None),
)


@pytest.mark.usefixtures("large_type")
def test_questions_are_named_and_whole_and_answered_by_escape(qtbot: QtBot) -> None:
    """Each dialog of the program's own holds the same in large type, and Escape is the answer that changes nothing."""
    parent = QWidget()
    qtbot.addWidget(parent)
    found: list[str] = []

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            QTimer.singleShot(5, answer)
            return
        lay_out()
        found.extend(f"{dialog.windowTitle()}: {each}" for look in LOOKED_FOR for each in look(dialog))
        QTest.keyClick(QApplication.focusWidget() or dialog, Qt.Key.Key_Escape)

    for ask, changes_nothing in QUESTIONS:
        QTimer.singleShot(0, answer)
        assert ask(QtDialogs(), parent) == changes_nothing
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # as between two acts of a user
    assert found == []


@pytest.fixture
def desk(window: Window, qtbot: QtBot) -> Window:
    """A window with the Austral template open and computed."""
    open_template(window, qtbot)
    return window


def test_no_two_commands_share_a_key(desk: Window) -> None:
    """Each shortcut of the window belongs to one command."""
    actions = [action for menu in desk.menuBar().findChildren(QMenu) for action in menu.actions()]
    keys = Counter(
        sequence.toString() for action in set(actions) for sequence in action.shortcuts() if sequence != QKeySequence()
    )
    assert [key for key, count in keys.items() if count > 1] == []
    assert len(keys) > 20


def mnemonic(action: QAction) -> str:
    """The underlined letter of a menu entry."""
    text = action.text().replace("&&", "")
    at = text.find("&")
    return text[at + 1].lower() if at >= 0 else ""


def test_no_two_entries_of_a_menu_share_a_letter(desk: Window) -> None:
    """In the menu bar and in every menu an underlined letter stands for one entry."""
    lists = [desk.menuBar().actions(), *(menu.actions() for menu in desk.menuBar().findChildren(QMenu))]
    for actions in lists:
        letters = Counter(letter for action in actions if (letter := mnemonic(action)))
        assert [letter for letter, count in letters.items() if count > 1] == []


def test_no_words_are_cut_off_in_usual_type(desk: Window) -> None:
    """At the smallest common screen every section shows all of its words."""
    desk.resize(1280, 800)
    for section in sections():
        desk.desk.sections.choose(section.key)
        lay_out()
        assert cut_off(desk) == [], section.title
