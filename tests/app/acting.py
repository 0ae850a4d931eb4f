"""What a user does at the keyboard, for tests of the window."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.forms.cell_delegate import CellEditor
from app.window import Window


def focus() -> QWidget:
    """The widget that takes what is typed."""
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the focus"
    return widget


def type_into(window: Window, qtbot: QtBot, path: str, text: str, end: Qt.Key | None = Qt.Key.Key_Return) -> None:
    """Go to the field of a path and type over what stands there, then press a key and wait until a cell has closed."""
    window.desk.go_to(path)
    QTest.keyClick(focus(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    for letter in text:
        QTest.keyClicks(focus(), letter)
    if end is not None:
        QTest.keyClick(focus(), end)
        qtbot.waitUntil(lambda: not isinstance(QApplication.focusWidget(), CellEditor))


def press(window: Window, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    """Press a key with modifiers, wherever the focus is."""
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    QTest.keyClick(QApplication.focusWidget() or window, key, held)


def open_template(window: Window, qtbot: QtBot, name: str = "austral") -> None:
    """Open a template by its card and wait for its figures."""
    card = next(card for card in window.start.cards() if card.template.name == name)
    with qtbot.waitSignal(window.live.shown, timeout=20_000):
        QTest.mouseClick(card, Qt.MouseButton.LeftButton)
