"""For everyone: every control has a name, every key a single meaning, no words are cut off."""

from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.window import Window
from models import sections
from tests.app.acting import open_template


@pytest.fixture
def desk(window: Window, qtbot: QtBot) -> Window:
    """A window with the Austral template open and computed."""
    open_template(window, qtbot)
    return window


def below(interface: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    """An interface and all below it that stand for widgets."""
    yield interface
    for index in range(interface.childCount()):
        child = interface.child(index)
        if child is not None and child.object() is not None:
            yield from below(child)


def nameless(root: QWidget) -> list[str]:
    """The visible controls below a widget that take the keyboard focus and have no name."""
    start = QAccessible.queryAccessibleInterface(root)
    assert start is not None
    found = []
    for interface in below(start):
        widget = interface.object()
        if not isinstance(widget, QWidget) or not widget.isVisible():
            continue
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not interface.text(QAccessible.Text.Name):
            found.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
    return found


def test_every_control_of_the_start_page_has_a_name(window: Window) -> None:
    """A screen reader finds a name on whatever the Tab key reaches on the start page."""
    assert nameless(window) == []


@pytest.mark.parametrize("key", [section.key for section in sections()])
def test_every_control_of_a_section_has_a_name(desk: Window, key: str) -> None:
    """A screen reader finds a name on whatever the Tab key reaches in a section, the list and the rail."""
    desk.desk.sections.choose(key)
    assert nameless(desk) == []


def test_every_control_of_the_results_has_a_name(desk: Window) -> None:
    """A screen reader finds a name on whatever the Tab key reaches on each tab."""
    for title in desk.desk.results.titles():
        desk.desk.results.choose(title)
        assert nameless(desk) == []


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


@pytest.mark.parametrize("size", [(1280, 800), (1440, 900)])
def test_no_words_are_cut_off(desk: Window, qtbot: QtBot, size: tuple[int, int]) -> None:
    """At the smallest common screen every label and button shows all of its words."""
    desk.resize(*size)
    for section in sections():
        desk.desk.sections.choose(section.key)
        qtbot.waitUntil(desk.desk.forms.page().isVisible)
        assert cut_off(desk) == [], section.title


def cut_off(root: QWidget) -> list[str]:
    """The words of labels and buttons below a widget that have no room."""
    found = []
    for widget in root.findChildren(QLabel) + root.findChildren(QPushButton):
        if not widget.isVisible() or not widget.text() or QApplication.activePopupWidget():
            continue
        wraps = isinstance(widget, QLabel) and widget.wordWrap()
        room = widget.contentsRect().width() if isinstance(widget, QLabel) else widget.width()
        needed = 0 if wraps else widget.fontMetrics().horizontalAdvance(widget.text().replace("&", ""))
        if needed > room + 1:
            found.append(widget.text())
    return found
